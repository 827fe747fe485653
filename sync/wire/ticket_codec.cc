#include "kiosk/crypto/keys.h"
#include "sync/wire/event_codec.h"
#include "sync/wire/proto_helpers.h"

namespace mimika::wire {
namespace {

void write_entry(const TimelineEntry& entry, pb::TimelineEntry& out) {
  to_proto(entry.event, *out.mutable_event());
  out.set_kind(static_cast<std::uint32_t>(entry.kind));
  out.set_at_ms(static_cast<std::uint64_t>(entry.at_ms));
  out.set_confidence(static_cast<std::uint32_t>(entry.confidence));
  to_proto(entry.actor, *out.mutable_actor());
  out.set_opd(entry.opd.value);
  out.set_text(entry.text);
  out.set_sealed_text(to_proto_bytes(entry.sealed_text));
  out.set_applied(entry.applied);
  out.set_score(entry.score);
  out.set_pending(entry.pending);
  out.set_refused(entry.refused);
  if (entry.arrived_ms) out.set_arrived_ms(static_cast<std::uint64_t>(*entry.arrived_ms));
}

Result<TimelineEntry> read_entry(const pb::TimelineEntry& in) {
  TimelineEntry entry;
  entry.event = from_proto(in.event());
  TRY_ASSIGN(entry.kind, to_enum(in.kind(), kLastTimelineKind));
  entry.at_ms = static_cast<WallMs>(in.at_ms());
  TRY_ASSIGN(entry.confidence, to_enum(in.confidence(), ClockConfidence::kRanBackwards));
  TRY_ASSIGN(entry.actor, from_proto(in.actor()));
  entry.opd = OpdId{in.opd()};
  entry.text = in.text();
  entry.sealed_text = from_proto_bytes(in.sealed_text());
  entry.applied = in.applied();
  entry.pending = in.pending();
  entry.refused = in.refused();
  if (in.has_arrived_ms()) entry.arrived_ms = static_cast<WallMs>(in.arrived_ms());
  if (in.score() != 0) {
    TRY_ASSIGN(entry.score, read_score(in.score()));
  }
  return entry;
}

}  // namespace

Bytes encode_ticket(const Ticket& ticket) {
  pb::Ticket out;
  to_proto(ticket.id, *out.mutable_id());
  out.set_device_code(ticket.number.device.value);
  out.set_counter(ticket.number.counter);
  out.set_kind(static_cast<std::uint32_t>(ticket.kind));
  out.set_confidentiality(static_cast<std::uint32_t>(ticket.confidentiality));
  out.set_district(ticket.district.value);
  if (ticket.category) out.set_category(ticket.category->value);
  if (ticket.service) out.set_service(ticket.service->value);
  if (ticket.kampung) out.set_kampung(ticket.kampung->value);
  out.set_receipt_key(to_proto_bytes(ticket.receipt_key));
  out.set_status(static_cast<std::uint32_t>(ticket.status));
  out.set_filed_ms(static_cast<std::uint64_t>(ticket.filed_ms));
  out.set_filed_confidence(static_cast<std::uint32_t>(ticket.filed_confidence));
  if (ticket.arrived_ms) out.set_arrived_ms(static_cast<std::uint64_t>(*ticket.arrived_ms));
  if (ticket.opd) out.set_opd(ticket.opd->value);
  if (ticket.first_follow_up_ms) out.set_first_follow_up_ms(static_cast<std::uint64_t>(*ticket.first_follow_up_ms));
  if (ticket.closed_ms) out.set_closed_ms(static_cast<std::uint64_t>(*ticket.closed_ms));
  out.set_reopened(ticket.reopened);
  if (ticket.reopened_ms) out.set_reopened_ms(static_cast<std::uint64_t>(*ticket.reopened_ms));
  if (ticket.rating) out.set_rating(*ticket.rating);
  out.set_awaits_person(ticket.awaits_person);
  for (const TimelineEntry& entry : ticket.timeline) write_entry(entry, *out.add_timeline());
  return serialise(out);
}

Result<Ticket> decode_ticket(ByteView bytes) {
  pb::Ticket in;
  TRY(parse_into(bytes, in, "a ticket"));
  Ticket ticket;
  ticket.id = from_proto(in.id());
  TRY_ASSIGN(ticket.number.device, parse_device_code(in.device_code()));
  TRY_ASSIGN(ticket.number.counter, read_counter(in.counter()));
  TRY_ASSIGN(ticket.kind, to_enum(in.kind(), TicketKind::kService));
  TRY_ASSIGN(ticket.confidentiality, to_enum(in.confidentiality(), Confidentiality::kSecretAnonymous));
  ticket.district = DistrictCode{in.district()};
  if (in.has_category()) ticket.category = CategoryId{in.category()};
  if (in.has_service()) ticket.service = ServiceId{in.service()};
  if (in.has_kampung()) ticket.kampung = KampungCode{in.kampung()};
  TRY_ASSIGN(ticket.receipt_key, crypto::to_key(as_bytes(in.receipt_key())));
  TRY_ASSIGN(ticket.status, to_enum(in.status(), TicketStatus::kArchived));
  ticket.filed_ms = static_cast<WallMs>(in.filed_ms());
  TRY_ASSIGN(ticket.filed_confidence, to_enum(in.filed_confidence(), ClockConfidence::kRanBackwards));
  if (in.has_arrived_ms()) ticket.arrived_ms = static_cast<WallMs>(in.arrived_ms());
  if (in.has_opd()) ticket.opd = OpdId{in.opd()};
  if (in.has_first_follow_up_ms()) ticket.first_follow_up_ms = static_cast<WallMs>(in.first_follow_up_ms());
  if (in.has_closed_ms()) ticket.closed_ms = static_cast<WallMs>(in.closed_ms());
  ticket.reopened = in.reopened();
  if (in.has_reopened_ms()) ticket.reopened_ms = static_cast<WallMs>(in.reopened_ms());
  if (in.has_rating()) {
    TRY_ASSIGN(ticket.rating, read_score(in.rating()));
  }
  ticket.awaits_person = in.awaits_person();
  for (const pb::TimelineEntry& entry : in.timeline()) {
    TRY_ASSIGN(TimelineEntry read, read_entry(entry));
    ticket.timeline.push_back(std::move(read));
  }
  return ticket;
}

}  // namespace mimika::wire
