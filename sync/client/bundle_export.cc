#include "sync/client/bundle_export.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "kiosk/base/limits.h"
#include "kiosk/base/log.h"
#include "kiosk/base/stick_folder.h"
#include "sync/client/call_header.h"
#include "sync/wire/bundle.h"

namespace mimika::sync {
namespace {

// A record of its own in every frame is the worst case, and a call has so many frames.
constexpr std::size_t kRecordsPerBundle = limits::kCallFrames;

struct OwnBundle {
  std::string name;
  wire::BundleHead head;
  std::uint64_t bytes = 0;
};

struct OnStick {
  std::vector<OwnBundle> bundles;  // whole, and signed by this kiosk
  std::vector<wire::AckHead> acks;
  std::vector<std::string> ack_names;
};

bool covers(const OwnBundle& bundle, const UnsentLife& life, Seq next) {
  return bundle.head.epoch == life.epoch && bundle.head.first <= next && bundle.head.last >= next;
}

class Export {
 public:
  Export(const std::string& folder, Store& store, const crypto::SigningKey& device_key, Courier& courier, Env& env,
         ExportReport& report, StickWatch& watch)
      : folder_(folder),
        store_(store),
        device_key_(device_key),
        courier_(courier),
        env_(env),
        report_(report),
        watch_(watch) {}

  Status run() {
    TRY_ASSIGN(centre_, store_.centre_keys());
    TRY_ASSIGN(const OutboxStatus status, store_.outbox_status());
    heard_ms_ = std::max<WallMs>(status.last_contact_ms.value_or(0), 0);
    TRY(watch_.begin(StickStep::kLooking));
    TRY(look());
    TRY_ASSIGN(const std::vector<UnsentLife> lives, store_.unsent_lives());
    TRY(clear_away());
    TRY(watch_.begin(StickStep::kEvents));
    for (const UnsentLife& life : lives) {
      const std::uint64_t events = life.last.value - std::min(life.acked.value, life.last.value);
      watch_.expect_files((events + kRecordsPerBundle - 1) / kRecordsPerBundle);
    }
    for (const UnsentLife& life : lives) TRY(export_life(life));
    TRY(watch_.begin(StickStep::kCarried));
    TRY(carry_acks());
    TRY(watch_.begin(StickStep::kAttachments));
    TRY(export_attachments(lives));
    return report_.bundles.empty() ? ask_for_news(lives) : Status();
  }

 private:
  // What cannot be read or is not ours is left alone: a damaged bundle of ours is written anew under its own name.
  Status look() {
    // Ours first: strangers may have filled the folder with files that are called as ours are.
    const std::string own = std::to_string(store_.identity().device.value) + "-";
    const auto rank = [&](std::string_view name) {
      if (name.ends_with(kPartEnding)) return is_own_leftover(name, own) ? 1 : 0;
      if (!name.ends_with(wire::kStickSuffix) || name.starts_with('.')) return 0;
      return name.starts_with(own) ? 1 : 2;
    };
    TRY_ASSIGN(const ScannedFolder found, scan_folder(folder_, limits::kStickFiles, rank, watch_.blocks()));
    for (const auto* names : {&found.first, &found.second}) {
      for (const std::string& name : *names) TRY(look_at(name));
    }
    return {};
  }

  // "17-1-1-40.kb.part" of device 17: what write_and_verify() left when the stick was pulled.
  static bool is_own_leftover(std::string_view name, std::string_view own) {
    name.remove_suffix(kPartEnding.size());
    if (!name.starts_with(own) || !name.ends_with(wire::kStickSuffix)) return false;
    name.remove_suffix(wire::kStickSuffix.size());
    return std::ranges::all_of(name,
                               [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || c == '-'; });
  }

  Status look_at(const std::string& name) {
    TRY(watch_.go_on());
    if (name.ends_with(kPartEnding)) {
      TRY(remove_file(folder_, name));
      report_.leftovers.push_back(name);
      return {};
    }
    const auto bytes = read_what_is_left(folder_, name, limits::kStickFileBytes);
    if (!bytes) return {};
    const auto read = wire::read_stick_file(*bytes);
    if (!read) return {};
    if (const auto* ack = std::get_if<wire::AckHead>(&read->head)) {
      on_stick_.acks.push_back(*ack);
      on_stick_.ack_names.push_back(name);
      return {};
    }
    const auto& head = std::get<wire::BundleHead>(read->head);
    const bool ours = head.device == store_.identity().device && read->damaged == 0 &&
                      head.sealed_to == wire::key_mark(centre_.box_key) &&
                      wire::is_signed_by(*read, device_key_.verify_key());
    if (ours) on_stick_.bundles.push_back({name, head, bytes->size()});
    return {};
  }

  // Our bundles that have arrived wholly, and ACKs for us that were taken.
  Status clear_away() {
    std::vector<OwnBundle> kept;
    for (const OwnBundle& bundle : on_stick_.bundles) {
      TRY_ASSIGN(const Seq arrived, store_.arrived_until(bundle.head.epoch));
      if (bundle.head.parts == wire::PartsMark{} && bundle.head.last <= arrived) {
        TRY(remove(bundle.name));
      } else {
        kept.push_back(bundle);
      }
    }
    on_stick_.bundles = std::move(kept);
    TRY_ASSIGN(const ExportState state, store_.export_state());
    for (std::size_t i = 0; i < on_stick_.acks.size(); ++i) {
      const wire::AckHead& ack = on_stick_.acks[i];
      const bool taken = ack.device == store_.identity().device && ack.version <= state.ack_version;
      if (taken) TRY(remove(on_stick_.ack_names[i]));
    }
    return {};
  }

  Status remove(const std::string& name) {
    TRY(remove_file(folder_, name));
    report_.removed.push_back(name);
    return {};
  }

  Status export_life(const UnsentLife& life) {
    Seq next{life.acked.value + 1};
    while (next <= life.last) {
      const auto there =
          std::ranges::find_if(on_stick_.bundles, [&](const OwnBundle& bundle) { return covers(bundle, life, next); });
      if (there != on_stick_.bundles.end()) {
        const wire::BundleHead& head = there->head;
        // The power may have gone between the stick and the note.
        TRY(store_.note_export(head.epoch, head.first, head.last));
        report_.bundles.push_back({there->name, head.last.value - head.first.value + 1, 0, there->bytes, false});
        next = Seq{head.last.value + 1};
        watch_.end_file();
        continue;
      }
      TRY_ASSIGN(const Outgoing outgoing,
                 store_.outgoing_from(life.epoch, next, records_until_next(life, next), limits::kBundleRawBytes));
      if (outgoing.records.empty()) return {};
      TRY(write_bundle(outgoing));
      next = Seq{next.value + outgoing.records.size()};
    }
    return {};
  }

  // Up to where a bundle on the stick goes on.
  [[nodiscard]] std::size_t records_until_next(const UnsentLife& life, Seq next) const {
    std::uint64_t count = kRecordsPerBundle;
    for (const OwnBundle& bundle : on_stick_.bundles) {
      if (bundle.head.epoch == life.epoch && bundle.head.first > next && bundle.head.last >= bundle.head.first) {
        count = std::min(count, bundle.head.first.value - next.value);
      }
    }
    return count;
  }

  // After the events that name them. What is planned is the same as long as nothing arrives and nothing is added, so
  // that a bundle which lies there already is known by its mark; one that is planned no more goes, unless it may hold
  // the last copy of something.
  Status export_attachments(const std::vector<UnsentLife>& lives) {
    if (lives.empty()) return {};
    Outgoing place;
    TRY_ASSIGN(place, store_.outgoing_from(lives.back().epoch, Seq{lives.back().last.value + 1}, 0, 0));
    std::set<wire::PartsMark> planned;
    std::optional<BlobPlace> after;
    for (;;) {
      TRY_ASSIGN(const StickParts next, store_.parts_for_stick(after, limits::kBundleRawBytes));
      if (next.parts.empty()) break;
      after = next.until;
      planned.insert(wire::parts_mark(next.parts));
      TRY(export_parts(place, next.parts));
    }
    for (const OwnBundle& bundle : on_stick_.bundles) {
      if (bundle.head.parts == wire::PartsMark{} || planned.contains(bundle.head.parts)) continue;
      TRY_ASSIGN(const bool held, store_.has_attachments_until(bundle.head.epoch, Seq{bundle.head.first.value - 1}));
      if (held) TRY(remove(bundle.name));
    }
    return {};
  }

  Status export_parts(const Outgoing& place, const std::vector<wire::BlobPart>& parts) {
    const auto there = std::ranges::find(on_stick_.bundles, wire::parts_mark(parts),
                                         [](const OwnBundle& bundle) { return bundle.head.parts; });
    if (there != on_stick_.bundles.end()) {
      report_.bundles.push_back({there->name, 0, parts.size(), there->bytes, false});
      watch_.end_file();
    } else {
      TRY(write_bundle(place, parts));
    }
    return store_.note_exported_parts(parts);
  }

  // A kiosk with nothing to say still wants to hear: a bundle without events tells the centre how far its feed is.
  Status ask_for_news(const std::vector<UnsentLife>& lives) {
    if (lives.empty()) return {};
    Outgoing question;
    TRY_ASSIGN(question, store_.outgoing_from(lives.back().epoch, Seq{lives.back().acked.value + 1}, 0, 0));
    return write_bundle(question);
  }

  Status write_bundle(const Outgoing& outgoing, const std::vector<wire::BlobPart>& parts = {}) {
    wire::Call call;
    call.header = call_header(store_, outgoing, centre_, env_);
    call.header.heard_ms = heard_ms_;
    call.records = outgoing.records;
    call.parts = parts;
    const Seq last{outgoing.first_seq.value + outgoing.records.size() - 1};
    const std::string name =
        wire::file_name({call.header.device, outgoing.epoch, outgoing.first_seq, last, {}, wire::parts_mark(parts)});
    TRY_ASSIGN(const Bytes file, wire::encode_bundle(call, device_key_, centre_.box_key, env_));
    TRY(write(name, file));
    if (!outgoing.records.empty()) TRY(store_.note_export(outgoing.epoch, outgoing.first_seq, last));
    log_info("sync", "{} with {} events and {} parts is on the stick", name, outgoing.records.size(), parts.size());
    report_.bundles.push_back({name, outgoing.records.size(), parts.size(), file.size(), true});
    return {};
  }

  Status write(const std::string& name, ByteView file) {
    TRY(watch_.begin_file(name));
    TRY(check_free_space(folder_, file.size()));
    TRY(write_and_verify(folder_, name, file, watch_.blocks()));
    watch_.end_file();
    return {};
  }

  // Our own events first: whatever room is left belongs to others.
  Status carry_acks() {
    TRY_ASSIGN(const auto held, courier_.acks());
    for (const Courier::HeldAck& ack : held) {
      const bool there = std::ranges::any_of(on_stick_.acks, [&](const wire::AckHead& other) {
        return other.device == ack.device && other.version >= ack.version;
      });
      if (there) continue;
      TRY_ASSIGN(const Bytes file, courier_.read_ack(ack));
      TRY(write(ack.name, file));
      report_.acks.push_back(ack.name);
    }
    return {};
  }

  const std::string& folder_;
  Store& store_;
  const crypto::SigningKey& device_key_;
  Courier& courier_;
  Env& env_;
  ExportReport& report_;
  StickWatch& watch_;
  OnStick on_stick_;
  CentreKeysKnown centre_;
  WallMs heard_ms_ = 0;
};

}  // namespace

Status export_bundles(const std::string& folder, Store& store, const crypto::SigningKey& device_key, Courier& courier,
                      Env& env, ExportReport& report, StickWatch& watch) {
  report = {};
  return Export(folder, store, device_key, courier, env, report, watch).run();
}

Status export_bundles(const std::string& folder, Store& store, const crypto::SigningKey& device_key, Courier& courier,
                      Env& env, ExportReport& report) {
  StickWatch nobody;
  return export_bundles(folder, store, device_key, courier, env, report, nobody);
}

}  // namespace mimika::sync
