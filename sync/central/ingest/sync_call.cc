#include "sync/central/ingest/sync_call.h"

#include <algorithm>
#include <utility>

#include "kiosk/base/limits.h"
#include "kiosk/base/log.h"
#include "sync/central/central_limits.h"
#include "sync/central/projection/projector.h"
#include "sync/central/store/devices.h"
#include "sync/central/store/feed.h"
#include "sync/central/store/journals.h"
#include "sync/wire/envelope.h"
#include "sync/wire/event_codec.h"

namespace mimika::central {
namespace {

constexpr const char* kForkReason = "fork";

// Why a kiosk's event changes nothing here although it stands in the kiosk's chain; empty when it is welcome.
std::string objection_to(const Event& event, const Device& device) {
  if (const auto* filed = std::get_if<TicketFiled>(&event.payload)) {
    if (filed->district != device.district) return "another_district";
    if (filed->number.device != device.code) return "another_device_code";
    return {};
  }
  const bool allowed = std::holds_alternative<DeviceStarted>(event.payload) ||
                       std::holds_alternative<SealStreamOpened>(event.payload) ||
                       std::holds_alternative<UnknownEvent>(event.payload);
  return allowed ? std::string() : "kind_not_allowed";
}

// One call being taken, inside its transaction.
class Taking {
 public:
  Taking(Database& database, const Projector& projector, const Device& device, const wire::Call& call, JournalHead head,
         WallMs now_ms)
      : database_(database), projector_(projector), device_(device), call_(call), head_(head), now_ms_(now_ms) {}

  // kConflict: the chain before the first record is not the one we hold.
  [[nodiscard]] Status run() {
    const std::uint64_t first = call_.header.first_seq.value;
    if (first > head_.last_seq.value + 1) {
      log_warning("ingest", "{}: a gap, {} follows {}", who(), first, head_.last_seq.value);
      return {};  // the answer says how far we are; the kiosk begins again from there
    }
    TRY_ASSIGN(const std::vector<crypto::Hash> held, held_chains());
    crypto::Hash chain = held.front();
    if (wire::chain_mark(chain) != call_.header.chain_before) {
      return fail(ErrorCode::kConflict, "the chain before seq " + std::to_string(first) + " is not the one held here");
    }
    for (std::size_t i = 0; i < call_.records.size(); ++i) {
      const wire::EventRecord& record = call_.records[i];
      const EventKey key{device_.id, call_.header.epoch, Seq{first + i}};
      if (record.event.size() + record.sealed.size() > mimika::limits::kEventBytes) {
        return fail(ErrorCode::kTooLarge, "event " + to_string(key) + " is over its limit");
      }
      chain = wire::chain_next(chain, key, record.event, record.sealed);
      if (key.seq.value <= head_.last_seq.value) {
        if (chain != held[i + 1]) return set_fork_aside(i, chain);
        continue;  // sent again; that is success
      }
      TRY(store(key, record, chain));
    }
    return {};
  }

  [[nodiscard]] const JournalHead& head() const { return head_; }
  [[nodiscard]] std::vector<wire::Reject>& rejects() { return rejects_; }
  [[nodiscard]] std::uint64_t stored() const { return stored_; }

 private:
  [[nodiscard]] std::string who() const {
    return device_.code.value + " epoch " + std::to_string(call_.header.epoch.value);
  }

  // The chain at first_seq - 1, and at every seq after it that both sides have.
  [[nodiscard]] Result<std::vector<crypto::Hash>> held_chains() const {
    const std::uint64_t before = call_.header.first_seq.value - 1;
    const std::uint64_t last = std::min(head_.last_seq.value, before + call_.records.size());
    std::vector<crypto::Hash> chains;
    if (before == 0) chains.push_back(wire::chain_start(device_.id, call_.header.epoch));
    TRY_ASSIGN(const auto stored, chains_between(database_, device_.id, call_.header.epoch,
                                                 Seq{std::max<std::uint64_t>(before, 1)}, Seq{last}));
    chains.insert(chains.end(), stored.begin(), stored.end());
    if (chains.size() != last - before + 1) {
      return fail(ErrorCode::kCorrupt, "events of " + who() + " are missing from the database");
    }
    return chains;
  }

  // Same key, other bytes: a cloned or restored disk. What we hold stays; what came is kept beside it.
  [[nodiscard]] Status set_fork_aside(std::size_t from, crypto::Hash chain) {
    log_error("ingest", "ALARM {}: a fork at seq {}", who(), call_.header.first_seq.value + from);
    for (std::size_t i = from; i < call_.records.size(); ++i) {
      const wire::EventRecord& record = call_.records[i];
      const EventKey key{device_.id, call_.header.epoch, Seq{call_.header.first_seq.value + i}};
      if (i > from) chain = wire::chain_next(chain, key, record.event, record.sealed);
      TRY(keep_in_quarantine(key, record, chain, kForkReason));
      reject(key.seq, kForkReason);
    }
    return {};
  }

  [[nodiscard]] Status store(const EventKey& key, const wire::EventRecord& record, const crypto::Hash& chain) {
    StoredEvent stored{key, 0, record.event, record.sealed, chain, now_ms_, std::nullopt};
    const auto event = wire::decode_event(key, record.event);
    const std::string objection = event ? objection_to(*event, device_) : "undecodable";
    // The chain must go on over a record that is no good, or one poison record would block all that follow.
    if (!objection.empty()) {
      stored.set_aside = objection;
      log_error("ingest", "ALARM {}: seq {} set aside: {}", who(), key.seq.value, objection);
      TRY(keep_in_quarantine(key, record, chain, objection));
      reject(key.seq, objection);
    }
    TRY(insert_event(database_, stored));
    if (objection.empty()) TRY(projector_.apply(database_, *event, record.sealed, stored.position, now_ms_));
    head_.last_seq = key.seq;
    head_.chain = chain;
    ++stored_;
    return {};
  }

  [[nodiscard]] Status keep_in_quarantine(const EventKey& key, const wire::EventRecord& record,
                                          const crypto::Hash& chain, const std::string& reason) {
    TRY_ASSIGN(const bool kept, quarantine(database_, {key, chain, record.event, record.sealed, reason, now_ms_}));
    if (!kept) log_error("ingest", "{}: the quarantine is full, seq {} was not kept", who(), key.seq.value);
    return {};
  }

  void reject(Seq seq, const std::string& reason) {
    if (rejects_.size() < limits::kRejectsPerAnswer) rejects_.push_back({seq, reason});
  }

  Database& database_;
  const Projector& projector_;
  const Device& device_;
  const wire::Call& call_;
  JournalHead head_;
  WallMs now_ms_;
  std::vector<wire::Reject> rejects_;
  std::uint64_t stored_ = 0;
};

Answered<Device> calling_device(Database& database, DeviceId id) {
  auto device = find_device(database, id);
  if (!device) return std::unexpected(refusal_of(device.error()));
  if (!*device || !(*device)->verify_key) {
    return std::unexpected(
        Refusal{403, "unknown_device", "device " + std::to_string(id.value) + " is not enrolled here", {}, {}});
  }
  return std::move(**device);
}

}  // namespace

Answered<Bytes> SyncIngest::take(Database& database, ByteView body) const {
  auto unverified = wire::UnverifiedCall::parse(body);
  if (!unverified) return std::unexpected(refusal_of(unverified.error()));
  const wire::CallHeader header = unverified->header();
  auto device = calling_device(database, header.device);
  if (!device) return std::unexpected(std::move(device).error());
  const auto call = std::move(*unverified).verify(*device->verify_key);
  if (!call) return std::unexpected(refusal_of(call.error()));

  const WallMs now_ms = env_.wall_ms();
  const Projector projector(keys_.box);
  std::optional<Refusal> refusal;
  const auto answer = in_transaction(database, [&]() -> Result<wire::Answer> {
    TRY_ASSIGN(auto journal, find_journal(database, header.device, header.epoch));
    JournalHead head = journal.value_or(JournalHead{Seq{0}, wire::chain_start(header.device, header.epoch), 0});
    if (journal && header.call_no <= head.last_call_no) {
      refusal = Refusal{
          409, "replayed_call", "call " + std::to_string(header.call_no) + " was taken before", head.last_call_no, {}};
      return fail(ErrorCode::kConflict, refusal->message);
    }
    Taking taking(database, projector, *device, *call, head, now_ms);
    const Status taken = taking.run();
    if (!taken && taken.error().code == ErrorCode::kConflict) {
      refusal = Refusal{409, "broken_chain", taken.error().message, {}, head.last_seq.value};
    }
    TRY(taken);
    head = taking.head();
    head.last_call_no = header.call_no;
    TRY(save_journal(database, header.device, header.epoch, head));
    TRY(note_device_call(database, header.device, now_ms, header.wall_ms));

    wire::Answer out;
    out.acknowledged = head.last_seq;
    out.chain_at = wire::chain_mark(head.chain);
    out.call_no = header.call_no;
    out.server_ms = now_ms;
    out.rejects = std::move(taking.rejects());
    TRY_ASSIGN(FeedPage page, read_feed(database, device->district, header.feed_cursor, header.device, header.epoch));
    out.feed = std::move(page.items);
    out.feed_more = page.more;
    if (taking.stored() > 0) {
      log_info("ingest", "{}: {} events, now at {}", device->code.value, taking.stored(), head.last_seq.value);
    }
    return out;
  });
  if (refusal) return std::unexpected(*refusal);
  if (!answer) return std::unexpected(refusal_of(answer.error()));
  return wire::encode_answer(*answer, keys_.signing);
}

}  // namespace mimika::central
