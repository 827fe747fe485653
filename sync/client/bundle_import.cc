#include "sync/client/bundle_import.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "kiosk/base/limits.h"
#include "kiosk/base/log.h"
#include "kiosk/base/stick_folder.h"
#include "sync/client/update_package.h"
#include "sync/wire/bundle.h"
#include "sync/wire/parity.h"

namespace mimika::sync {
namespace {

constexpr std::size_t kBeginningBytes = 32;

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
  Import(Store& store, const crypto::SigningKey& device_key, Courier& courier, const UpdatesFrom& updates,
         ImportReport& report, StickWatch& watch)
      : store_(store), device_key_(device_key), courier_(courier), updates_(updates), report_(report), watch_(watch) {}

  Status run(const std::string& folder) {
    TRY(watch_.begin(StickStep::kLooking));
    TRY_ASSIGN(const std::vector<std::string> found, find_files(folder));
    TRY(watch_.begin(StickStep::kReading));
    // Trouble with what belongs to others must not keep this kiosk from hearing of its own.
    Status carried;
    for (const std::string& name : found) {
      TRY(watch_.begin_file(name));
      const Status looked = look_at(folder, name);
      if (!looked && looked.error().code == ErrorCode::kCancelled) return looked;
      if (!looked) carried = looked;
      watch_.end_file();
    }
    // The oldest first: where a newer one leaves a hole in the feed, an older one may fill it.
    TRY(watch_.begin(StickStep::kTaking));
    std::ranges::sort(own_acks_, {}, &OwnAck::version);
    for (const OwnAck& own : own_acks_) {
      TRY(watch_.go_on());
      TRY(take_ack(folder, own));
    }
    TRY(watch_.begin(StickStep::kUpdates));
    TRY(take_updates(folder));
    return carried;
  }

 private:
  // Read again when its turn comes: anybody may write a stick full of them, and memory holds one.
  struct OwnAck {
    std::uint64_t version;
    std::size_t place;  // in the report
  };

  struct FoundNote {
    wire::UpdateNote note;
    std::string text;
    std::size_t place;  // in the report
    bool used = false;
  };

  // Files of kiosks by their content. Those that are called so are looked at in any case, since a bad sector may have
  // taken what they begin with; a thousand of them and some thousand others, however many there are.
  Result<std::vector<std::string>> find_files(const std::string& folder) {
    const auto rank = [](std::string_view name) {
      if (name.starts_with('.') || name.ends_with(kPartEnding)) return 0;
      return name.ends_with(wire::kStickSuffix) ? 1 : 2;
    };
    TRY_ASSIGN(ScannedFolder found, scan_folder(folder, limits::kStickSniffed, rank, watch_.blocks()));
    PassedOver& passed = report_.passed_over;
    passed.folders = found.folders;
    passed.links = found.links;
    passed.special = found.special;
    passed.strange_names = found.strange_names;
    passed.beyond = found.beyond;
    std::vector<std::string> names = std::move(found.first);
    if (names.size() > limits::kStickFiles) {
      passed.beyond += names.size() - limits::kStickFiles;
      names.resize(limits::kStickFiles);
    }
    for (std::string& name : found.second) {
      TRY(watch_.go_on());
      const Bytes beginning = read_beginning(folder, name, kBeginningBytes);
      if (begins_as_package(beginning)) {
        packages_.push_back(std::move(name));
      } else if (as_text(beginning).starts_with(wire::kUpdateNoteBegins)) {
        look_at_note(folder, name);
      } else if (!as_text(beginning).starts_with(wire::kStickMagic)) {
        ++passed.not_ours;
      } else if (names.size() < limits::kStickFiles) {
        names.push_back(std::move(name));
      } else {
        ++passed.beyond;
      }
    }
    watch_.expect_files(names.size() + packages_.size());
    return names;
  }

  void look_at_note(const std::string& folder, const std::string& name) {
    ImportedFile& file = report_.files.emplace_back();
    file.name = name;
    const auto bytes = read_what_is_left(folder, name, limits::kUpdateNoteBytes);
    const auto note = bytes ? wire::decode_update_note(as_text(*bytes)) : std::unexpected(bytes.error());
    if (!note) return refuse(file, refusal_name(note.error().code), note.error());
    if (notes_.size() >= limits::kUpdatePackages) {
      return refuse(file, "too_large", {ErrorCode::kTooLarge, "more updates than may be looked at"});
    }
    file.result = "note";
    file.version = note->version;
    notes_.push_back({*note, std::string(as_text(*bytes)), report_.files.size() - 1});
  }

  Status take_updates(const std::string& folder) {
    for (std::size_t i = 0; i < packages_.size(); ++i) {
      ImportedFile& file = report_.files.emplace_back();
      file.name = packages_[i];
      if (i >= limits::kUpdatePackages) {
        refuse(file, "too_large", {ErrorCode::kTooLarge, "more updates than may be looked at"});
        continue;
      }
      TRY(watch_.begin_file(packages_[i]));
      TRY(take_update(folder, packages_[i], file));
      watch_.end_file();
    }
    for (const FoundNote& note : notes_) {
      ImportedFile& file = report_.files[note.place];
      if (!note.used) refuse(file, "no_package", {ErrorCode::kNotFound, "the package it names is not on the stick"});
    }
    return {};
  }

  Status take_update(const std::string& folder, const std::string& name, ImportedFile& file) {
    const auto end_with = [&](const Error& error, const char* word) -> Status {
      if (error.code == ErrorCode::kCancelled) return std::unexpected(error);
      refuse(file, word, error);
      return {};
    };
    const auto hash = hash_package(folder, name, watch_.blocks());
    if (!hash) {
      if (hash.error().code == ErrorCode::kStorageFailed) ++report_.medium_failed;
      return end_with(hash.error(), refusal_name(hash.error().code));
    }
    Result<StagedUpdate> staged = fail(ErrorCode::kUnauthorised, "the centre's signature for it is not on the stick");
    bool any = false;
    for (FoundNote& note : notes_) {
      if (note.note.package != *hash) continue;
      note.used = any = true;
      staged = stage_update(folder, name, note.note, note.text, updates_.centre_keys, updates_.folder,
                            updates_.reserve_bytes, watch_.blocks());
      if (staged || staged.error().code != ErrorCode::kUnauthorised) break;
    }
    if (staged) {
      file.result = staged->had ? "had" : "staged";
      file.version = staged->version;
      return {};
    }
    const ErrorCode code = staged.error().code;
    if (!any) return end_with(staged.error(), "unsigned");
    return end_with(staged.error(), code == ErrorCode::kTooLarge ? "updates_full" : refusal_name(code));
  }

  Status look_at(const std::string& folder, const std::string& name) {
    ImportedFile& file = report_.files.emplace_back();
    file.name = name;
    const auto bytes = read_what_is_left(folder, name, limits::kStickFileBytes, watch_.blocks());
    if (!bytes && bytes.error().code == ErrorCode::kCancelled) {
      report_.files.pop_back();
      return std::unexpected(bytes.error());
    }
    if (!bytes) {
      if (bytes.error().code == ErrorCode::kStorageFailed || bytes.error().code == ErrorCode::kNotFound) {
        ++report_.medium_failed;
      }
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
      if (!bytes) ++report_.medium_failed;
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
  const UpdatesFrom& updates_;
  ImportReport& report_;
  StickWatch& watch_;
  std::vector<OwnAck> own_acks_;
  std::vector<FoundNote> notes_;
  std::vector<std::string> packages_;  // names
};

}  // namespace

Status import_files(const std::string& folder, Store& store, const crypto::SigningKey& device_key, Courier& courier,
                    const UpdatesFrom& updates, ImportReport& report, StickWatch& watch) {
  report = {};
  return Import(store, device_key, courier, updates, report, watch).run(folder);
}

Status import_files(const std::string& folder, Store& store, const crypto::SigningKey& device_key, Courier& courier,
                    ImportReport& report) {
  StickWatch nobody;
  return import_files(folder, store, device_key, courier, UpdatesFrom(), report, nobody);
}

}  // namespace mimika::sync
