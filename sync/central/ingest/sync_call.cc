#include "sync/central/ingest/sync_call.h"

#include <algorithm>
#include <utility>

#include "kiosk/base/log.h"
#include "sync/central/central_limits.h"
#include "sync/central/ingest/answer_parts.h"
#include "sync/central/ingest/record_taker.h"
#include "sync/central/store/clocks.h"
#include "sync/central/store/documents.h"
#include "sync/central/store/journals.h"
#include "sync/central/store/policies.h"
#include "sync/central/store/sticks.h"
#include "sync/wire/envelope.h"
#include "sync/wire/event_codec.h"

namespace mimika::central {
namespace {

Refusal replayed(std::uint64_t call_no, std::uint64_t last_call_no) {
  Refusal refusal = refuse(409, "replayed_call", "call " + std::to_string(call_no) + " was taken before");
  refusal.last_call_no = last_call_no;
  return refusal;
}

Refusal broken_chain(Seq first, Seq held) {
  Refusal refusal =
      refuse(409, "broken_chain", "the chain before seq " + std::to_string(first.value) + " is not the one held here");
  refusal.acknowledged = held.value;
  return refusal;
}

JournalHead head_of_nothing(const wire::CallHeader& header) {
  return {Seq{0}, wire::chain_start(header.device, header.epoch), 0};
}

}  // namespace

std::optional<Refusal> SyncCall::meet_device(Database& database) {
  const DeviceId id = reader_.header().device;
  auto device = find_device(database, id);
  if (!device) return refusal_of(device.error());
  if (!*device || !(*device)->verify_key) {
    return refuse(403, "unknown_device", "device " + std::to_string(id.value) + " is not enrolled here");
  }
  device_ = std::move(**device);
  next_ = reader_.header().first_seq;
  reader_.use_centre_key(keys_.known_with(reader_.header().policy_version).box);
  const Status usable = reader_.use_device_key(*device_->verify_key);
  if (!usable) return refusal_of(usable.error());
  return std::nullopt;
}

std::optional<Refusal> SyncCall::take(Database& database, ByteView more) {
  reader_.add(more);
  for (;;) {
    std::vector<wire::CallFrame> frames;
    std::optional<Refusal> refusal = gather(database, frames);
    // Frames before the trouble are the kiosk's all the same: their tags have been checked.
    const bool anything = !frames.empty() || (ended_ && !begun_);
    if (device_ && anything) {
      if (auto refused = commit(database, frames)) return refused;
      take_parts(database, frames);
    }
    if (refusal || frames.size() < limits::kFramesPerCommit) return refusal;
  }
}

// No more at once than limits::kFramesPerCommit: small frames may unpack to large ones.
std::optional<Refusal> SyncCall::gather(Database& database, std::vector<wire::CallFrame>& frames) {
  while (frames.size() < limits::kFramesPerCommit) {
    const auto step = reader_.next();
    if (!step) {
      Refusal refusal = refusal_of(step.error());
      if (step.error().code == ErrorCode::kNewerVersion) refusal.newest_version = reader_.newest_version();
      return refusal;
    }
    switch (*step) {
      case wire::CallReader::Step::kHeader:
        if (auto refused = meet_device(database)) return refused;
        break;
      case wire::CallReader::Step::kFrame:
        frames.push_back(reader_.take_frame());
        break;
      case wire::CallReader::Step::kEnd:
        ended_ = true;
        return std::nullopt;
      case wire::CallReader::Step::kNeedMore:
        return std::nullopt;
    }
  }
  return std::nullopt;
}

// Its number is taken, so that it is never played again, and it is found where in the journal it begins.
Status SyncCall::begin_call(Database& database, std::optional<Refusal>& refusal) {
  const wire::CallHeader& header = reader_.header();
  TRY_ASSIGN(const auto journal, find_journal(database, header.device, header.epoch));
  JournalHead head = journal.value_or(head_of_nothing(header));
  if (journal && header.call_no <= head.last_call_no) {
    refusal = replayed(header.call_no, head.last_call_no);
    return fail(ErrorCode::kConflict, refusal->message);
  }
  const std::uint64_t before = header.first_seq.value - 1;
  if (before > head.last_seq.value) {
    log_warning("ingest", "{}: a gap, {} follows {}", device_->code.value, header.first_seq.value, head.last_seq.value);
    standing_ = Standing::kGap;  // the answer says how far we are; the kiosk begins again from there
  } else {
    chain_ = wire::chain_start(header.device, header.epoch);
    if (before > 0) {
      TRY_ASSIGN(const auto held, chains_between(database, header.device, header.epoch, Seq{before}, Seq{before}));
      if (held.size() != 1) return fail(ErrorCode::kCorrupt, "an event is missing from the database");
      chain_ = held.front();
    }
    if (wire::chain_mark(chain_) != header.chain_before) {
      refusal = broken_chain(header.first_seq, head.last_seq);
      return fail(ErrorCode::kConflict, refusal->message);
    }
    standing_ = Standing::kFits;
  }
  head.last_call_no = header.call_no;
  head.ends_at = header.ends_at;
  TRY(save_journal(database, header.device, header.epoch, head));
  TRY(note_device_policy(database, *device_, header.policy_version));
  TRY(note_anchor(database, header, AnchorKind::kExact, env_.wall_ms()));
  return note_device_call(database, header.device, env_.wall_ms(), header.wall_ms);
}

std::optional<Refusal> SyncCall::commit(Database& database, const std::vector<wire::CallFrame>& frames) {
  const wire::CallHeader& header = reader_.header();
  const Projector projector(keys_, &catalogue_);
  std::optional<Refusal> refusal;
  // What the transaction would change of this object, until it is committed.
  const auto before = std::make_tuple(standing_, next_, chain_);
  std::vector<wire::Reject> rejects;
  const Status done = in_transaction(database, [&]() -> Status {
    if (!begun_) TRY(begin_call(database, refusal));
    TRY_ASSIGN(const auto journal, find_journal(database, header.device, header.epoch));
    const JournalHead head = journal.value_or(head_of_nothing(header));
    if (head.last_call_no != header.call_no) {
      // The kiosk has given this connection up and called anew.
      refusal = replayed(header.call_no, head.last_call_no);
      return fail(ErrorCode::kConflict, refusal->message);
    }
    if (standing_ == Standing::kGap) return {};
    RecordTaker taker(database, projector, catalogue_, *device_,
                      {header.epoch, next_, chain_, standing_ == Standing::kFork}, head, env_.wall_ms());
    for (const wire::CallFrame& frame : frames) {
      const auto* records = std::get_if<std::vector<wire::EventRecord>>(&frame);
      if (records == nullptr) continue;
      for (const wire::EventRecord& record : *records) TRY(taker.take(record));
    }
    if (taker.stored() > 0) {
      TRY(save_journal(database, header.device, header.epoch, taker.head()));
      log_info("ingest", "{}: {} events, now at {}", device_->code.value, taker.stored(), taker.head().last_seq.value);
    }
    next_ = taker.stand().next;
    chain_ = taker.stand().chain;
    if (taker.stand().fork) standing_ = Standing::kFork;
    rejects = std::move(taker.rejects());
    return {};
  });
  if (!done) {
    std::tie(standing_, next_, chain_) = before;
    return refusal ? refusal : refusal_of(done.error());
  }
  begun_ = true;
  const std::size_t room = limits::kRejectsPerAnswer - rejects_.size();
  rejects.resize(std::min(rejects.size(), room));
  std::ranges::move(rejects, std::back_inserter(rejects_));
  return std::nullopt;
}

// After the events that name them, and apart from their transaction: trouble with a photo must not hold up text, and
// nobody waits for a lock while the disk takes it.
void SyncCall::take_parts(Database& database, std::vector<wire::CallFrame>& frames) {
  std::vector<wire::BlobPart> parts;
  for (wire::CallFrame& frame : frames) {
    if (auto* part = std::get_if<wire::BlobPart>(&frame)) parts.push_back(std::move(*part));
  }
  if (parts.empty()) return;
  if (!blob_taker_) blob_taker_.emplace(blobs_, device_->id);
  blob_taker_->take(database, parts);
  for (const auto& [reason, times] : blob_taker_->take_refused()) {
    const Status counted = add_refusals(database, reason, times, env_.wall_ms());
    if (!counted) log_warning("ingest", "{}", counted.error().message);
  }
}

// Those of this call that are no events here (forks), and whatever was set aside from where the call begins: the answer
// that told of it may have been lost, and what comes again is not judged again.
Status SyncCall::add_rejects(Database& database, wire::Answer& out) {
  const wire::CallHeader& header = reader_.header();
  TRY_ASSIGN(const auto aside,
             set_aside_in(database, header.device, header.epoch, limits::kRejectsPerAnswer, header.first_seq));
  out.rejects = std::move(rejects_);
  for (const SetAside& event : aside) {
    if (out.rejects.size() == limits::kRejectsPerAnswer) break;
    if (std::ranges::find(out.rejects, event.seq, &wire::Reject::seq) == out.rejects.end())
      out.rejects.push_back({event.seq, event.reason});
  }
  std::ranges::sort(out.rejects, {}, &wire::Reject::seq);
  return {};
}

Result<wire::Answer> SyncCall::answer(Database& database) {
  const wire::CallHeader& header = reader_.header();
  return in_snapshot(database, [&]() -> Result<wire::Answer> {
    TRY_ASSIGN(const auto journal, find_journal(database, header.device, header.epoch));
    TRY_ASSIGN(const JournalHead head,
               as_told(database, header.device, header.epoch, journal.value_or(head_of_nothing(header))));
    wire::Answer out;
    out.acknowledged = head.last_seq;
    out.chain_at = wire::chain_mark(head.chain);
    out.call_no = header.call_no;
    out.server_ms = env_.wall_ms();
    TRY_ASSIGN(const std::uint32_t published, newest_version(database, wire::DocumentKind::kDictionary));
    out.dictionary = std::max(wire::Dictionaries::built_in().newest(), published);
    TRY(add_rejects(database, out));
    TRY_ASSIGN(const auto policy, policy_after(database, header.policy_version));
    if (policy) out.policy = policy->body;
    if (device_->revoked_ms) return out;  // it is told nothing more
    const BlobTaker nothing_came(blobs_, device_->id);
    TRY_ASSIGN(out.wants, (blob_taker_ ? *blob_taker_ : nothing_came).wants(database));
    TRY(add_news(database, *device_, header, link_limits(header), out));
    return out;
  });
}

Answered<Bytes> SyncCall::finish(Database& database) {
  if (!ended_ || !begun_) {
    return std::unexpected(refuse(400, "malformed", "a call that ends too early"));
  }
  const auto out = answer(database);
  if (!out) return std::unexpected(refusal_of(out.error()));
  return wire::encode_answer(*out, keys_.known_with(reader_.header().policy_version).signing, reader_.version());
}

Answered<Bytes> SyncIngest::take(Database& database, ByteView body) const {
  SyncCall call = begin();
  if (auto refused = call.take(database, body)) return std::unexpected(*std::move(refused));
  return call.finish(database);
}

}  // namespace mimika::central
