#include "kiosk/model/reducer.h"

#include <catch2/catch.hpp>
#include <vector>

#include "tests/model/model_world.h"

namespace mimika {
namespace {

using test::at;
using test::centre_key;
using test::date;
using test::kiosk_key;
using test::make_event;

const TicketId kTicket = kiosk_key(12);
const WallMs kFiledAt = at(date(2026, 11, 23), 10);
const WallMs kArrivedAt = at(date(2026, 11, 24), 8);
const Actor kTriage{.account = "lo1", .name = "Maria", .role = Role::kLiaison, .opd = {}};
const Actor kPic{.account = "pupr1", .name = "Yulius", .role = Role::kOpdPic, .opd = OpdId{"pupr"}};

Event filed() {
  TicketFiled payload;
  payload.number = {DeviceCode{"JLA1"}, 417};
  payload.kind = TicketKind::kComplaint;
  payload.confidentiality = Confidentiality::kNameHidden;
  payload.district = DistrictCode{"94.04.06"};
  payload.category = CategoryId{"jalan"};
  payload.kampung = KampungCode{"94.04.06.2001"};
  payload.receipt_key[0] = 0xA5;
  return make_event(kTicket, kFiledAt, payload);
}

WallMs hours_after_arrival(std::uint64_t hours) {
  return kArrivedAt + static_cast<WallMs>(hours) * 3'600'000;
}

Event centre(std::uint64_t seq, EventPayload payload) {
  return make_event(centre_key(seq), hours_after_arrival(seq), std::move(payload));
}

Event verified(std::uint64_t seq) {
  return centre(seq, TicketVerified{.ticket = kTicket, .actor = kTriage});
}
Event assigned(std::uint64_t seq, const char* opd = "pupr") {
  return centre(seq, TicketAssigned{.ticket = kTicket, .actor = kTriage, .opd = OpdId{opd}});
}
Event followed_up(std::uint64_t seq) {
  return centre(seq, FollowUpPublished{.ticket = kTicket, .actor = kPic, .text = "Tim berangkat.", .sealed_text = {}});
}
Event held(std::uint64_t seq) {
  return centre(seq, TicketHeld{.ticket = kTicket, .actor = kPic, .reason = "Menunggu kapal."});
}
Event resolved(std::uint64_t seq) {
  return centre(seq, TicketResolved{.ticket = kTicket, .actor = kPic, .text = "Sudah baik.", .sealed_text = {1, 2}});
}
Event archived(std::uint64_t seq) {
  return centre(seq, TicketArchived{.ticket = kTicket, .actor = kTriage, .reason = "Ditarik kembali."});
}
Event answered(std::uint64_t seq) {
  return centre(seq, PrivateMessageAdded{.ticket = kTicket, .actor = kPic, .sealed_text = {9, 8, 7}});
}

// The ticket after its filing arrived and these events happened.
Ticket after(const std::vector<Event>& events) {
  std::optional<Ticket> ticket = apply_event(std::nullopt, filed(), kArrivedAt);
  for (const Event& event : events) ticket = apply_event(std::move(ticket), event, event.time.wall_ms);
  REQUIRE(ticket.has_value());
  return *std::move(ticket);
}

bool last_applied(const Ticket& ticket) {
  return ticket.timeline.back().applied;
}

TEST_CASE("filing makes a ticket that is saved on the kiosk") {
  const auto ticket = apply_event(std::nullopt, filed(), std::nullopt);
  REQUIRE(ticket.has_value());
  CHECK(ticket->id == kTicket);
  CHECK(ticket->number == TicketNumber{DeviceCode{"JLA1"}, 417});
  CHECK(ticket->status == TicketStatus::kSavedHere);
  CHECK(ticket->category == CategoryId{"jalan"});
  CHECK(ticket->kampung == KampungCode{"94.04.06.2001"});
  CHECK(ticket->receipt_key[0] == 0xA5);
  CHECK(ticket->filed_ms == kFiledAt);
  CHECK(ticket->filed_confidence == ClockConfidence::kSynced);
  CHECK_FALSE(ticket->arrived_ms.has_value());
  REQUIRE(ticket->timeline.size() == 1);
  CHECK(ticket->timeline[0].kind == TimelineKind::kFiled);
}

TEST_CASE("arrival at the centre turns saved into unverified and stands right after filing") {
  const Ticket ticket = after({});
  CHECK(ticket.status == TicketStatus::kUnverified);
  CHECK(ticket.arrived_ms == kArrivedAt);
  REQUIRE(ticket.timeline.size() == 2);
  CHECK(ticket.timeline[1].kind == TimelineKind::kArrived);
  CHECK(ticket.timeline[1].at_ms == kArrivedAt);
}

TEST_CASE("the first arrival stands when it is acknowledged again") {
  Ticket ticket = after({});
  const Ticket once = ticket;
  mark_arrived(ticket, kArrivedAt + 99);
  CHECK(ticket == once);
}

TEST_CASE("an arrival learned late is put after filing and takes nothing back") {
  auto ticket = apply_event(std::nullopt, filed(), std::nullopt);
  ticket = apply_event(std::move(ticket), assigned(1), std::nullopt);
  mark_arrived(*ticket, kArrivedAt);
  CHECK(ticket->status == TicketStatus::kAssigned);
  REQUIRE(ticket->timeline.size() == 3);
  CHECK(ticket->timeline[1].kind == TimelineKind::kArrived);
  CHECK(ticket->timeline[2].kind == TimelineKind::kAssigned);
}

TEST_CASE("filing the same ticket again changes nothing") {
  const Ticket once = after({verified(1), assigned(2)});
  const auto twice = apply_event(once, filed(), kArrivedAt + 5);
  CHECK(twice == once);
}

TEST_CASE("the same event twice counts once") {
  const Ticket once = after({assigned(1), followed_up(2)});
  CHECK(after({assigned(1), followed_up(2), followed_up(2), assigned(1)}) == once);
}

TEST_CASE("an event before its filing gives nothing, so the caller keeps it") {
  for (const Event& event :
       {verified(1), assigned(1), followed_up(1), held(1), resolved(1), archived(1), answered(1)}) {
    CHECK_FALSE(apply_event(std::nullopt, event, kArrivedAt).has_value());
  }
}

TEST_CASE("the whole way from filing to resolved") {
  const Ticket ticket = after({verified(1), assigned(2), followed_up(3), resolved(4)});
  CHECK(ticket.status == TicketStatus::kResolved);
  CHECK(ticket.opd == OpdId{"pupr"});
  CHECK(ticket.first_follow_up_ms == hours_after_arrival(3));
  CHECK(ticket.closed_ms == hours_after_arrival(4));
  REQUIRE(ticket.timeline.size() == 6);
  CHECK(ticket.timeline[3].opd == OpdId{"pupr"});
  CHECK(ticket.timeline[4].text == "Tim berangkat.");
  CHECK(ticket.timeline[4].actor == kPic);
  CHECK(ticket.timeline[5].text == "Sudah baik.");
  CHECK(ticket.timeline[5].sealed_text == Bytes{1, 2});
  for (const TimelineEntry& entry : ticket.timeline) CHECK(entry.applied);
}

TEST_CASE("verifying applies to tickets nobody has looked at yet") {
  CHECK(after({verified(1)}).status == TicketStatus::kVerified);
  const Ticket late = after({assigned(1), verified(2)});
  CHECK(late.status == TicketStatus::kAssigned);
  CHECK_FALSE(last_applied(late));
  const Ticket twice = after({verified(1), verified(2)});
  CHECK(twice.status == TicketStatus::kVerified);
  CHECK_FALSE(last_applied(twice));
}

TEST_CASE("a ticket may be assigned unverified, and handed on") {
  CHECK(after({assigned(1)}).status == TicketStatus::kAssigned);
  const Ticket moved = after({assigned(1), assigned(2, "bpbd")});
  CHECK(moved.status == TicketStatus::kAssigned);
  CHECK(moved.opd == OpdId{"bpbd"});
  CHECK(last_applied(moved));
}

TEST_CASE("handing on a ticket that was followed up keeps it in progress") {
  const Ticket moved = after({assigned(1), followed_up(2), assigned(3, "bpbd")});
  CHECK(moved.status == TicketStatus::kInProgress);
  CHECK(moved.opd == OpdId{"bpbd"});
}

TEST_CASE("a follow-up needs an agency that has the ticket") {
  const Ticket orphan = after({verified(1), followed_up(2)});
  CHECK(orphan.status == TicketStatus::kVerified);
  CHECK_FALSE(orphan.first_follow_up_ms.has_value());
  CHECK_FALSE(last_applied(orphan));
  CHECK(orphan.timeline.back().text == "Tim berangkat.");
}

TEST_CASE("only the first follow-up sets the time that clears red") {
  const Ticket ticket = after({assigned(1), followed_up(2), followed_up(3)});
  CHECK(ticket.status == TicketStatus::kInProgress);
  CHECK(ticket.first_follow_up_ms == hours_after_arrival(2));
  CHECK(ticket.timeline.size() == 5);
}

TEST_CASE("a ticket may be held at any open stage, with its reason, and taken up again") {
  const Ticket early = after({held(1)});
  CHECK(early.status == TicketStatus::kHeld);
  CHECK(early.timeline.back().text == "Menunggu kapal.");
  CHECK(after({assigned(1), held(2), followed_up(3)}).status == TicketStatus::kInProgress);
  CHECK(after({held(1), assigned(2)}).status == TicketStatus::kAssigned);
}

TEST_CASE("nobody resolves a ticket that was never followed up in public") {
  for (const Ticket& ticket :
       {after({resolved(1)}), after({assigned(1), resolved(2)}), after({assigned(1), held(2), resolved(3)})}) {
    CHECK(ticket.status != TicketStatus::kResolved);
    CHECK_FALSE(ticket.closed_ms.has_value());
    CHECK_FALSE(last_applied(ticket));
  }
}

TEST_CASE("a held ticket that was followed up before can be resolved") {
  CHECK(after({assigned(1), followed_up(2), held(3), resolved(4)}).status == TicketStatus::kResolved);
}

TEST_CASE("archiving closes an open ticket with its reason") {
  const Ticket ticket = after({archived(1)});
  CHECK(ticket.status == TicketStatus::kArchived);
  CHECK(ticket.closed_ms == hours_after_arrival(1));
  CHECK(ticket.timeline.back().text == "Ditarik kembali.");
}

TEST_CASE("what comes after the end stays as a visible note and changes nothing") {
  const std::vector<Event> resolved_way{assigned(1), followed_up(2), resolved(3)};
  const std::vector<Event> archived_way{assigned(1), followed_up(2), archived(3)};
  for (const auto& way : {resolved_way, archived_way}) {
    const Ticket closed = after(way);
    for (const Event& late : {verified(9), assigned(9, "bpbd"), followed_up(9), held(9), resolved(9), archived(9)}) {
      const auto noted = apply_event(closed, late, late.time.wall_ms);
      REQUIRE(noted.has_value());
      CHECK(noted->status == closed.status);
      CHECK(noted->opd == closed.opd);
      CHECK(noted->closed_ms == closed.closed_ms);
      CHECK(noted->first_follow_up_ms == closed.first_follow_up_ms);
      REQUIRE(noted->timeline.size() == closed.timeline.size() + 1);
      CHECK_FALSE(last_applied(*noted));
    }
  }
}

TEST_CASE("an answer to the person is possible at any time and changes no status") {
  const Ticket open = after({answered(1)});
  CHECK(open.status == TicketStatus::kUnverified);
  CHECK(open.timeline.back().kind == TimelineKind::kPrivateMessage);
  CHECK(open.timeline.back().sealed_text == Bytes{9, 8, 7});
  const Ticket closed = after({archived(1), answered(2)});
  CHECK(closed.status == TicketStatus::kArchived);
  CHECK(last_applied(closed));
}

TEST_CASE("events that say nothing to the reader leave the ticket as it is") {
  const Ticket before = after({assigned(1)});
  const std::vector<EventPayload> payloads{UnknownEvent{.kind = 77}, DeviceStarted{.version = "1"},
                                           SealStreamOpened{.centre_sealed_key = {}},
                                           PrivatePartRead{.ticket = kTicket, .actor = kTriage}};
  for (const EventPayload& payload : payloads) CHECK(apply_event(before, centre(9, payload), kArrivedAt) == before);
}

TEST_CASE("an event names the ticket it speaks of") {
  CHECK(ticket_of(filed()) == kTicket);
  CHECK(ticket_of(assigned(1)) == kTicket);
  CHECK(ticket_of(centre(1, PrivatePartRead{.ticket = kTicket, .actor = kTriage})) == kTicket);
  CHECK_FALSE(ticket_of(centre(1, DeviceStarted{.version = "1"})).has_value());
  CHECK_FALSE(ticket_of(centre(1, UnknownEvent{.kind = 77})).has_value());
}

}  // namespace
}  // namespace mimika
