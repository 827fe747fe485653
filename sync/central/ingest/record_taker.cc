#include "sync/central/ingest/record_taker.h"

#include <algorithm>

#include "kiosk/base/limits.h"
#include "kiosk/base/log.h"
#include "sync/central/central_limits.h"
#include "sync/central/ingest/staff_check.h"
#include "sync/central/store/blobs.h"
#include "sync/central/store/clocks.h"
#include "sync/central/store/tickets.h"
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
  if (const auto* answered = std::get_if<SurveyAnswered>(&event.payload)) {
    return answered->district == device.district ? std::string() : "another_district";
  }
  // The agency alone says in public what it does: that would clear red without anything being done.
  if (doer_of(event) != nullptr) {
    return std::holds_alternative<FollowUpPublished>(event.payload) ? "kind_not_allowed" : std::string();
  }
  const bool allowed =
      std::holds_alternative<PersonReplied>(event.payload) || std::holds_alternative<TicketReopened>(event.payload) ||
      std::holds_alternative<TicketRated>(event.payload) || std::holds_alternative<AttachmentAdded>(event.payload) ||
      std::holds_alternative<DeviceStarted>(event.payload) || std::holds_alternative<SealStreamOpened>(event.payload) ||
      std::holds_alternative<UnknownEvent>(event.payload);
  return allowed ? std::string() : "kind_not_allowed";
}

}  // namespace

std::string RecordTaker::who() const {
  return device_.code.value + " epoch " + std::to_string(stand_.epoch.value);
}

Status RecordTaker::take(const wire::EventRecord& record) {
  const EventKey key{device_.id, stand_.epoch, stand_.next};
  if (record.event.size() + record.sealed.size() > mimika::limits::kEventBytes) {
    return fail(ErrorCode::kTooLarge, "event " + to_string(key) + " is over its limit");
  }
  const crypto::Hash chain = wire::chain_next(stand_.chain, key, record.event, record.sealed);
  if (stand_.fork) {
    TRY(set_aside_as_fork(key, record, chain));
  } else if (key.seq.value <= head_.last_seq.value) {
    TRY_ASSIGN(const auto held, chains_between(database_, device_.id, stand_.epoch, key.seq, key.seq));
    if (held.size() != 1) return fail(ErrorCode::kCorrupt, "event " + to_string(key) + " is missing here");
    if (held.front() != chain) {
      log_error("ingest", "ALARM {}: a fork at seq {}", who(), key.seq.value);
      stand_.fork = true;
      TRY(set_aside_as_fork(key, record, chain));
    }  // else it was sent again, which is success
  } else {
    TRY(store(key, record, chain));
  }
  stand_.chain = chain;
  ++stand_.next.value;
  return {};
}

// Same key, other bytes: a cloned or restored disk. What we hold stays; what came is kept beside it.
Status RecordTaker::set_aside_as_fork(const EventKey& key, const wire::EventRecord& record, const crypto::Hash& chain) {
  reject(key.seq, kForkReason);
  return keep_in_quarantine(key, record, chain, kForkReason);
}

// People come back to any kiosk of their district, to say more or to show it. A ticket that is not here was filed at
// another kiosk and lost with a centre that was restored: what is said of it waits for it.
Result<std::string> RecordTaker::objection_to_answer(const Event& event) {
  const bool answers = std::holds_alternative<PersonReplied>(event.payload) ||
                       std::holds_alternative<TicketReopened>(event.payload) ||
                       std::holds_alternative<TicketRated>(event.payload);
  const bool shows = std::holds_alternative<AttachmentAdded>(event.payload);
  if (!answers && !shows) return std::string();
  const TicketId id = ticket_of(event).value();
  TRY_ASSIGN(const auto row, find_ticket(database_, id));
  if (!row) {
    if (id.device == device_.id) return answers ? std::string("unknown_ticket") : std::string();
    // Whoever will file it belongs to a district already.
    TRY_ASSIGN(const auto filer, find_device(database_, id.device));
    return filer && filer->district == device_.district ? std::string() : std::string("foreign_ticket");
  }
  if (row->ticket.district != device_.district) return std::string("foreign_ticket");
  if (shows) return std::string();
  const auto said =
      static_cast<std::size_t>(std::ranges::count_if(row->ticket.timeline, [](const TimelineEntry& entry) {
        return entry.kind == TimelineKind::kPersonReply || entry.kind == TimelineKind::kReopened ||
               entry.kind == TimelineKind::kRated;
      }));
  return said < limits::kSaidPerTicket ? std::string() : std::string("too_many_replies");
}

Result<std::string> RecordTaker::too_many_attachments(const Event& event) {
  const auto* added = std::get_if<AttachmentAdded>(&event.payload);
  if (added == nullptr) return std::string();
  TRY_ASSIGN(const std::int64_t count, count_attachments(database_, added->ticket));
  return count < limits::kAttachmentsPerTicket ? std::string() : std::string("too_many_attachments");
}

Status RecordTaker::store(const EventKey& key, const wire::EventRecord& record, const crypto::Hash& chain) {
  StoredEvent stored{key, 0, record.event, record.sealed, chain, now_ms_, std::nullopt};
  const auto event = wire::decode_event(key, record.event);
  std::string objection = event ? objection_to(*event, device_) : "undecodable";
  if (objection.empty()) {
    TRY_ASSIGN(objection, too_many_attachments(*event));
  }
  if (objection.empty()) {
    TRY_ASSIGN(objection, objection_to_answer(*event));
  }
  if (objection.empty()) {
    TRY_ASSIGN(objection, StaffCheck(database_, catalogue_, device_, now_ms_).objection_to(*event));
  }
  // Later events of a revoked kiosk are kept for people to look at, and change nothing.
  if (objection.empty() && device_.revoked_ms) objection = "revoked";
  // The chain must go on over a record that is no good, or one poison record would block all that follow.
  if (!objection.empty()) {
    stored.set_aside = objection;
    log_error("ingest", "ALARM {}: seq {} set aside: {}", who(), key.seq.value, objection);
    TRY(keep_in_quarantine(key, record, chain, objection));
    reject(key.seq, objection);
  }
  TRY(insert_event(database_, stored));
  if (objection.empty()) {
    if (const auto* started = std::get_if<DeviceStarted>(&event->payload)) {
      TRY(note_boot(database_, key, event->time.boot, wire::boot_mark(started->boot_id)));
    }
  }
  if (objection.empty()) TRY(projector_.apply(database_, *event, record.sealed, stored.position, now_ms_));
  head_.last_seq = key.seq;
  head_.chain = chain;
  ++stored_;
  return {};
}

Status RecordTaker::keep_in_quarantine(const EventKey& key, const wire::EventRecord& record, const crypto::Hash& chain,
                                       const std::string& reason) {
  TRY_ASSIGN(const bool kept, quarantine(database_, {key, chain, record.event, record.sealed, reason, now_ms_}));
  if (!kept) log_error("ingest", "{}: the quarantine is full, seq {} was not kept", who(), key.seq.value);
  return {};
}

void RecordTaker::reject(Seq seq, const std::string& reason) {
  if (rejects_.size() < limits::kRejectsPerAnswer) rejects_.push_back({seq, reason});
}

}  // namespace mimika::central
