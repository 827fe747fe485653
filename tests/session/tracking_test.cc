// Finding a ticket by its number, and what the receipt code opens.
#include <catch2/catch.hpp>

#include "tests/session/session_world.h"

using namespace mimika;
using namespace mimika::testing;

namespace {

std::string right_number() {
  return format_ticket_number({{"JLA1"}, 417});
}

SessionWorld& search(SessionWorld& world, const std::string& number) {
  return world.play(action::Start{}, action::OpenTile{action::HomeTile::kTrack},
                    action::SetText{TextTarget::kTrackNumber, number}, action::Next{});
}

SessionWorld& find(SessionWorld& world, Confidentiality known) {
  search(world, right_number());
  return world.play(action::TicketFound{world.last<effect::LookUpTicket>().id, sample_ticket(known)});
}

}  // namespace

TEST_CASE("A number is looked up however it was typed") {
  const auto typed = GENERATE(as<std::string>{}, "jla1 0417 ", "JLA10417", "jLa1-0417-");
  SessionWorld world;
  search(world, typed + std::string(1, ticket_check_letter({"JLA1"}, 417)));
  CHECK(world.session.screen == Screen::kTrackSearching);
  CHECK(world.last<effect::LookUpTicket>().number == TicketNumber{{"JLA1"}, 417});
}

TEST_CASE("A mistyped letter is caught before anything is looked up") {
  SessionWorld world;
  std::string number = right_number();
  number[6] = number[6] == '9' ? '8' : '9';
  search(world, number);
  CHECK(world.session.screen == Screen::kTrackNumber);
  CHECK(world.session.personal.tracking.problem == TrackProblem::kNumberMistyped);
  CHECK(world.count<effect::LookUpTicket>() == 0);
}

TEST_CASE("Typing on takes the reproach away") {
  SessionWorld world;
  search(world, "JLA1");
  CHECK(world.session.personal.tracking.problem == TrackProblem::kNumberIncomplete);
  world.play(action::SetText{TextTarget::kTrackNumber, "JLA10"});
  CHECK(world.session.personal.tracking.problem == TrackProblem::kNone);
}

TEST_CASE("A ticket that this kiosk does not know is said to be unknown, and the number stays to be corrected") {
  SessionWorld world;
  search(world, right_number());
  world.play(action::TicketNotFound{world.last<effect::LookUpTicket>().id});
  CHECK(world.session.screen == Screen::kTrackMissing);
  world.play(action::Back{});
  CHECK(world.session.screen == Screen::kTrackNumber);
  CHECK_FALSE(world.session.personal.tracking.number.empty());
}

TEST_CASE("An open ticket and one with a hidden name show their timeline, the others nothing without the code") {
  const auto known = GENERATE(Confidentiality::kOpen, Confidentiality::kNameHidden, Confidentiality::kAnonymous,
                              Confidentiality::kSecret, Confidentiality::kSecretAnonymous);
  SessionWorld world;
  find(world, known);
  CHECK(world.session.screen == Screen::kTrackTicket);
  const bool shown = known == Confidentiality::kOpen || known == Confidentiality::kNameHidden;
  CHECK(ticket_is_shown(world.session.personal.tracking) == shown);
}

TEST_CASE("The right code opens the answers and is forgotten at once") {
  SessionWorld world;
  find(world, Confidentiality::kSecret);
  world.play(action::OpenCode{}, action::SetText{TextTarget::kTrackCode, "4827 1093-5561 2048"}, action::Next{});
  CHECK(world.session.screen == Screen::kTrackOpening);
  CHECK(world.last<effect::OpenReplies>().code.view() == "4827109355612048");
  CHECK(world.last<effect::OpenReplies>().ticket == sample_ticket(Confidentiality::kSecret).id);
  world.play(action::RepliesOpened{world.last<effect::OpenReplies>().id,
                                   {{.event = {}, .text = PersonalText("Pipa sudah diganti.")}}});
  CHECK(world.session.screen == Screen::kTrackTicket);
  CHECK(ticket_is_shown(world.session.personal.tracking));
  CHECK(world.session.personal.tracking.replies.size() == 1);
  CHECK(world.session.personal.tracking.code.empty());
}

TEST_CASE("An incomplete code is not sent") {
  SessionWorld world;
  find(world, Confidentiality::kSecret);
  world.play(action::OpenCode{}, action::SetText{TextTarget::kTrackCode, "482710935561204"}, action::Next{});
  CHECK(world.session.screen == Screen::kTrackCode);
  CHECK(world.session.personal.tracking.problem == TrackProblem::kCodeIncomplete);
  CHECK(world.count<effect::OpenReplies>() == 0);
}

TEST_CASE("A refused code says whether it was mistyped or belongs to another ticket") {
  const auto [code, problem] = GENERATE(table<ErrorCode, TrackProblem>({
      {ErrorCode::kInvalidInput, TrackProblem::kCodeMistyped},
      {ErrorCode::kUnauthorised, TrackProblem::kCodeWrong},
      {ErrorCode::kStorageFailed, TrackProblem::kReadFailed},
  }));
  SessionWorld world;
  find(world, Confidentiality::kAnonymous);
  world.play(action::OpenCode{}, action::SetText{TextTarget::kTrackCode, "4827109355612048"}, action::Next{});
  world.play(action::RepliesRefused{world.last<effect::OpenReplies>().id, code});
  CHECK(world.session.screen == Screen::kTrackCode);
  CHECK(world.session.personal.tracking.problem == problem);
  CHECK_FALSE(ticket_is_shown(world.session.personal.tracking));
}

TEST_CASE("Answers that come late are not shown to the next person") {
  SessionWorld world;
  find(world, Confidentiality::kSecret);
  world.play(action::OpenCode{}, action::SetText{TextTarget::kTrackCode, "4827109355612048"}, action::Next{});
  const RequestId late = world.last<effect::OpenReplies>().id;
  world.pass_ms(200'000);
  REQUIRE(world.session.screen == Screen::kAttract);

  find(world, Confidentiality::kSecret);
  world.play(action::OpenCode{}, action::SetText{TextTarget::kTrackCode, "4827109355612048"}, action::Next{});
  REQUIRE(world.session.screen == Screen::kTrackOpening);
  world.play(action::RepliesOpened{late, {{.event = {}, .text = PersonalText("Rahasia orang lain")}}});
  CHECK(world.session.screen == Screen::kTrackOpening);
  CHECK(world.session.personal.tracking.replies.empty());
}

TEST_CASE("Leaving a ticket forgets what its code opened") {
  SessionWorld world;
  find(world, Confidentiality::kSecret);
  world.play(action::OpenCode{}, action::SetText{TextTarget::kTrackCode, "4827109355612048"}, action::Next{});
  world.play(
      action::RepliesOpened{world.last<effect::OpenReplies>().id, {{.event = {}, .text = PersonalText("Jawaban")}}});
  world.play(action::Back{}, action::Back{});
  CHECK(world.session.screen == Screen::kHome);
  CHECK(world.session.personal == Personal{});
}

TEST_CASE("A ticket that arrives while it stands on the screen is read again, and the screen changes by itself") {
  SessionWorld world;
  find(world, Confidentiality::kNameHidden);
  const std::int64_t touched = world.session.last_activity_ms;
  world.context.monotonic_ms += 5'000;
  world.play(action::TicketsChanged{});
  CHECK(world.last<effect::RefreshTicket>().number == sample_ticket(Confidentiality::kNameHidden).number);
  CHECK(world.session.last_activity_ms == touched);  // nobody touched anything

  Ticket arrived = sample_ticket(Confidentiality::kNameHidden);
  arrived.arrived_ms = kTuesdayMorning;
  arrived.status = TicketStatus::kUnverified;
  const Step step = apply(world.session, action::TicketRefreshed{arrived}, world.context);
  CHECK(step.redraw);
  CHECK(step.session.screen == Screen::kTrackTicket);
  CHECK(step.session.personal.tracking.ticket == arrived);
}

TEST_CASE("What changed elsewhere draws nothing: no ticket on the screen, another one, or the same as before") {
  SessionWorld world;
  CHECK_FALSE(apply(world.session, action::TicketsChanged{}, world.context).redraw);
  CHECK(apply(world.session, action::TicketsChanged{}, world.context).effects.empty());

  find(world, Confidentiality::kNameHidden);
  const Ticket shown = *world.session.personal.tracking.ticket;
  Ticket other = shown;
  other.number.counter = 418;
  other.arrived_ms = kTuesdayMorning;
  for (const Ticket& told : {shown, other}) {
    const Step step = apply(world.session, action::TicketRefreshed{told}, world.context);
    CHECK_FALSE(step.redraw);
    CHECK(step.session.personal.tracking.ticket == shown);
  }
}

TEST_CASE("A ticket that is locked stays locked when something of it changes") {
  SessionWorld world;
  find(world, Confidentiality::kSecret);
  Ticket arrived = sample_ticket(Confidentiality::kSecret);
  arrived.arrived_ms = kTuesdayMorning;
  world.play(action::TicketRefreshed{arrived});
  CHECK_FALSE(ticket_is_shown(world.session.personal.tracking));
}

TEST_CASE("A sealed answer that comes while the others are open asks for the code once more") {
  SessionWorld world;
  find(world, Confidentiality::kSecret);
  const auto open = [&] {
    world.play(action::OpenCode{}, action::SetText{TextTarget::kTrackCode, "4827109355612048"}, action::Next{});
    world.play(action::RepliesOpened{world.last<effect::OpenReplies>().id, {}});
  };
  open();
  Ticket answered = sample_ticket(Confidentiality::kSecret);
  TimelineEntry sealed;
  sealed.kind = TimelineKind::kPrivateMessage;
  sealed.sealed_text = {1, 2, 3};
  answered.timeline.push_back(sealed);
  world.play(action::TicketRefreshed{answered});
  CHECK(world.session.personal.tracking.sealed_news);
  CHECK(ticket_is_shown(world.session.personal.tracking));
  open();
  CHECK_FALSE(world.session.personal.tracking.sealed_news);
}

TEST_CASE("The next person is not shown the ticket that was looked up before") {
  SessionWorld world;
  find(world, Confidentiality::kNameHidden);
  world.pass_ms(200'000);
  REQUIRE(world.session.screen == Screen::kAttract);
  const Step step =
      apply(world.session, action::TicketRefreshed{sample_ticket(Confidentiality::kNameHidden)}, world.context);
  CHECK_FALSE(step.redraw);
  CHECK_FALSE(step.session.personal.tracking.ticket);
}
