// At the end of a session nothing of the person is left: not in the session, and not in memory that was given back.
//
// Story: someone writes the same marker into every text of the kiosk, files a complaint, opens answers with the code,
// starts another complaint and a service request, and walks away. Two minutes and twenty seconds later the next person
// touches the screen.
#include <catch2/catch.hpp>

#include "tests/session/memory_watch.h"
#include "tests/session/session_world.h"

using namespace mimika;
using namespace mimika::testing;

namespace {

constexpr std::string_view kMarker = "penanda rahasia seorang warga";

// Runs an action and, like the program does, overwrites what its effects carried.
void play(SessionWorld& world, Action action) {
  Step step = apply(std::move(world.session), std::move(action), world.context);
  world.session = std::move(step.session);
  for (Effect& effect : step.effects) {
    if (auto* file = std::get_if<effect::FileTicket>(&effect)) wipe(file->request);
  }
}

void write(SessionWorld& world, TextTarget target) {
  play(world, action::SetText{target, std::string(kMarker)});
}

void fill_complaint(SessionWorld& world) {
  play(world, action::OpenTile{action::HomeTile::kComplaint});
  play(world, action::ChooseCategory{{"air"}});
  play(world, action::OpenPlaceSearch{});
  write(world, TextTarget::kPlaceSearch);
  play(world, action::Back{});
  play(world, action::OpenLandmark{});
  write(world, TextTarget::kLandmark);
  play(world, action::Back{});
  play(world, action::ChoosePlaceUnknown{});
  play(world, action::Next{});
  write(world, TextTarget::kStory);
  play(world, action::Next{});
  play(world, action::Next{});
  write(world, TextTarget::kName);
  play(world, action::Next{});
  REQUIRE(world.session.screen == Screen::kReview);
}

void leave_everything_behind(SessionWorld& world) {
  play(world, action::Start{});
  fill_complaint(world);
  play(world, action::ToggleConsent{});
  play(world, action::Save{});
  REQUIRE(world.session.screen == Screen::kSaving);
  play(world, action::FilingDone{.request = world.session.request,
                                 .number = {{"JLA1"}, 417},
                                 .code = PersonalText(kMarker),
                                 .qr_payload = "MIMIKA1:TEST",
                                 .filed_ms = world.context.wall_ms});
  play(world, action::ToggleWritten{});
  play(world, action::ReceiptDone{});

  play(world, action::OpenTile{action::HomeTile::kCivil});
  play(world, action::ChooseService{{"akta_lahir"}});
  play(world, action::Next{});
  write(world, TextTarget::kAnswer);
  play(world, action::NextLanguage{});
  play(world, action::NextTextSize{});
  play(world, action::NextContrast{});
}

}  // namespace

TEST_CASE("After the time-out the session is as good as new and no freed memory holds what was written") {
  SessionWorld world;
  const MemoryWatch watch(kMarker);
  leave_everything_behind(world);
  REQUIRE(session_has_input(world.session));
  world.pass_ms(140'000);

  CHECK(world.session.personal == Personal{});
  CHECK(world.session.preferences == Preferences{});
  Session fresh;
  fresh.request = world.session.request;
  fresh.last_activity_ms = world.session.last_activity_ms;
  CHECK(world.session == fresh);
  CHECK(watch.blocks_freed() > 20);
  CHECK(watch.blocks_holding_marker() == 0);
}

TEST_CASE("A receipt that nobody said they had is wiped with the rest") {
  SessionWorld world;
  world.complaint_to_review().file_and_answer();
  REQUIRE(world.session.personal.receipt);
  world.pass_ms(140'000);
  CHECK(world.session.screen == Screen::kAttract);
  CHECK(world.session.personal == Personal{});
}

TEST_CASE("Opened answers and the code are wiped at the end") {
  SessionWorld world;
  const MemoryWatch watch(kMarker);
  world.play(action::Start{}, action::OpenTile{action::HomeTile::kTrack},
             action::SetText{TextTarget::kTrackNumber, format_ticket_number({{"JLA1"}, 417})}, action::Next{});
  world.play(action::TicketFound{world.session.request, sample_ticket(Confidentiality::kSecret)}, action::OpenCode{},
             action::SetText{TextTarget::kTrackCode, "4827109355612048"}, action::Next{});
  std::vector<OpenedReply> replies;
  replies.push_back({.event = {}, .text = PersonalText(kMarker)});
  world.play(action::RepliesOpened{world.session.request, std::move(replies)});
  world.pass_ms(140'000);
  CHECK(world.session.personal == Personal{});
  CHECK(watch.blocks_holding_marker() == 0);
}
