#include "sync/client/bundle_import.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "kiosk/base/limits.h"
#include "kiosk/base/log.h"
#include "kiosk/base/stick_folder.h"
#include "sync/wire/bundle.h"

namespace mimika::sync {
namespace {

const char* refusal_name(ErrorCode code) {
  switch (code) {
    case ErrorCode::kCorrupt:
      return "damaged";
    case ErrorCode::kNewerVersion:
      return "newer_version";
    case ErrorCode::kTooLarge:
      return "too_large";
    case ErrorCode::kUnauthorised:
      return "wrong_signature";
    case ErrorCode::kConflict:
      return "conflict";
    default:
      return "unreadable";
  }
}

// Trouble of this kiosk's own disk: nothing that another file could cure.
bool is_our_trouble(ErrorCode code) {
  return code == ErrorCode::kStorageFull || code == ErrorCode::kStorageReadOnly || code == ErrorCode::kStorageFailed ||
         code == ErrorCode::kInternal;
}

class Import {
 public:
  Import(Store& store, const crypto::SigningKey& device_key, Courier& courier, ImportReport& report)
      : store_(store), device_key_(device_key), courier_(courier), report_(report) {}

  Status run(const std::string& folder) {
    TRY_ASSIGN(const std::vector<FoundFile> found, list_files(folder, wire::kStickSuffix, limits::kStickFiles));
    // Trouble with what belongs to others must not keep this kiosk from hearing of its own.
    Status carried;
    for (const FoundFile& file : found) {
      if (const Status looked = look_at(folder, file); !looked) carried = looked;
    }
    // The oldest first: where a newer one leaves a hole in the feed, an older one may fill it.
    std::ranges::sort(own_acks_, {}, &OwnAck::version);
    for (const OwnAck& own : own_acks_) TRY(take_ack(folder, own));
    return carried;
  }

 private:
  // Read again when its turn comes: anybody may write a stick full of them, and memory holds one.
  struct OwnAck {
    std::uint64_t version;
    std::size_t place;  // in the report
  };

  Status look_at(const std::string& folder, const FoundFile& found) {
    ImportedFile& file = report_.files.emplace_back();
    file.name = found.name;
    const auto bytes = read_what_is_left(folder, found.name, limits::kStickFileBytes);
    if (!bytes) {
      refuse(file, bytes.error().code == ErrorCode::kTooLarge ? "too_large" : "unreadable", bytes.error());
      return {};
    }
    auto read = wire::read_stick_file(*bytes);
    if (!read) {
      refuse(file, refusal_name(read.error().code), read.error());
      return {};
    }
    file.damaged = read->damaged;
    const bool ours = read->device() == store_.identity().device;
    const bool is_ack = std::holds_alternative<wire::AckHead>(read->head);
    if (ours && is_ack) {
      own_acks_.push_back({std::get<wire::AckHead>(read->head).version, report_.files.size() - 1});
      return {};
    }
    if (ours) {
      file.result = "own";
      return {};
    }
    const auto kept = is_ack ? courier_.keep_ack(*read) : courier_.keep_bundle(*read);
    if (kept) {
      file.result = *kept == Kept::kNew ? "carried" : "had";
      return {};
    }
    refuse(file, kept.error().code == ErrorCode::kTooLarge ? "courier_full" : refusal_name(kept.error().code),
           kept.error());
    if (is_our_trouble(kept.error().code)) return std::unexpected(kept.error());
    return {};
  }

  void refuse(ImportedFile& file, const char* name, const Error& error) {
    file.result = name;
    file.message = error.message;
    log_warning("sync", "{} on the stick is refused: {}: {}", file.name, name, error.message);
    store_.note_refusal(RefusedWhat::kStickFile, name);
  }

  Status take_ack(const std::string& folder, const OwnAck& own) {
    ImportedFile& file = report_.files[own.place];
    const auto bytes = read_what_is_left(folder, file.name, limits::kStickFileBytes);
    const auto read = bytes ? wire::read_stick_file(*bytes) : std::unexpected(bytes.error());
    if (!read) {
      refuse(file, "unreadable", read.error());  // a moment ago it could be read
      return {};
    }
    // Of several the one before may have brought other keys.
    TRY_ASSIGN(const CentreKeysKnown centre, store_.centre_keys());
    const auto ack = wire::open_ack(*read, device_key_, centre.verify_key, centre.box_key);
    if (!ack) {
      refuse(file, refusal_name(ack.error().code), ack.error());
      return {};
    }
    auto outcome = store_.apply_ack(*ack);
    if (!outcome) {
      if (is_our_trouble(outcome.error().code)) return std::unexpected(outcome.error());
      refuse(file, refusal_name(outcome.error().code), outcome.error());
      return {};
    }
    file.result = outcome->taken ? "taken" : "had";
    report_.arrived += outcome->answer.newly_arrived;
    report_.feed_applied += outcome->answer.feed_applied;
    std::ranges::move(outcome->answer.rejects, std::back_inserter(report_.rejects));
    return {};
  }

  Store& store_;
  const crypto::SigningKey& device_key_;
  Courier& courier_;
  ImportReport& report_;
  std::vector<OwnAck> own_acks_;
};

}  // namespace

Status import_files(const std::string& folder, Store& store, const crypto::SigningKey& device_key, Courier& courier,
                    ImportReport& report) {
  report = {};
  return Import(store, device_key, courier, report).run(folder);
}

}  // namespace mimika::sync
