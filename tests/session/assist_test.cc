// An officer fills in for others: at the counter, one person; of an outreach, many in a row.
#include <catch2/catch.hpp>

#include "tests/session/session_world.h"

using namespace mimika;
using namespace mimika::testing;

namespace {

Assisted at_counter() {
  return {.officer = {.account = "rina", .name = "Rina Magal", .role = Role::kOfficer, .opd = {}},
          .how = AssistKind::kCounter,
          .day = {},
          .kampung = {}};
}

Assisted of_outreach() {
  Assisted assisted = at_counter();
  assisted.how = AssistKind::kOutreach;
  assisted.day = "2026-11-22";
  assisted.kampung = KampungCode{"94.04.06.2002"};
  return assisted;
}

void file(SessionWorld& world) {
  world.play(action::OpenTile{action::HomeTile::kComplaint}, action::ChooseCategory{{"air"}}, action::Next{});
  if (world.session.screen == Screen::kPlace) world.play(action::ChoosePlaceUnknown{}, action::Next{});
  world.play(action::SetText{TextTarget::kStory, "Air tidak keluar."}, action::Next{}, action::Next{}, action::Next{},
             action::ToggleConsent{}, action::Save{});
  REQUIRE(world.session.screen == Screen::kSaving);
  world.play(action::FilingDone{.request = world.session.request,
                                .number = {{"JLA1"}, 417},
                                .code = PersonalText("4827 1093 5561 2048"),
                                .qr_payload = "MIMIKA1:TEST",
                                .filed_ms = world.context.wall_ms});
  world.play(action::ToggleWritten{}, action::ReceiptDone{});
}

}  // namespace

TEST_CASE("The counter is asked for from the first screen, and from no other") {
  SessionWorld world;
  world.play(action::OpenStaff{});
  CHECK(world.count<effect::OpenStaff>() == 1);
  world.play(action::Start{}, action::OpenStaff{});
  CHECK(world.count<effect::OpenStaff>() == 1);
}

TEST_CASE("A filing at the counter says who helped, and leads back there with its receipt") {
  SessionWorld world;
  world.context.office = OfficeState::kPaused;  // residents are not served, officers serve
  world.play(action::BeginAssist{at_counter()});
  REQUIRE(world.session.screen == Screen::kHome);
  file(world);
  CHECK(world.last<effect::FileTicket>().assisted == at_counter());
  CHECK(world.count<effect::EndAssist>() == 1);
  CHECK(world.session.screen == Screen::kAttract);
  CHECK_FALSE(world.session.assisted.has_value());
}

TEST_CASE("An outreach goes on with the same place and day, and nothing else of the last person") {
  SessionWorld world;
  world.play(action::BeginAssist{of_outreach()});
  world.play(action::OpenTile{action::HomeTile::kComplaint});
  CHECK(world.session.personal.complaint.kampung == KampungCode{"94.04.06.2002"});
  world.play(action::Back{});
  file(world);
  CHECK(world.last<effect::FileTicket>().request.kampung == KampungCode{"94.04.06.2002"});
  CHECK(world.last<effect::FileTicket>().assisted == of_outreach());
  CHECK(world.count<effect::EndAssist>() == 0);
  CHECK(world.session.screen == Screen::kHome);
  CHECK(world.session.assisted == of_outreach());
  CHECK_FALSE(session_has_input(world.session));
  file(world);
  CHECK(world.count<effect::FileTicket>() == 2);
  world.play(action::Finish{});
  CHECK(world.count<effect::EndAssist>() == 1);
}

TEST_CASE("Whoever walks away from an assisted visit leaves the counter, not the residents' screen") {
  SessionWorld world;
  world.play(action::BeginAssist{of_outreach()});
  world.pass_ms(141'000);
  CHECK(world.count<effect::EndAssist>() == 1);
  CHECK_FALSE(world.session.assisted.has_value());
}

TEST_CASE("When the counter closes meanwhile the visit ends at once") {
  SessionWorld world;
  world.play(action::BeginAssist{at_counter()}, action::OpenTile{action::HomeTile::kComplaint}, action::EndAssist{});
  CHECK(world.session.screen == Screen::kAttract);
  CHECK_FALSE(world.session.assisted.has_value());
}

TEST_CASE("Nobody is filed for without an officer") {
  SessionWorld world;
  world.complaint_to_review().file_and_answer();
  CHECK_FALSE(world.last<effect::FileTicket>().assisted.has_value());
}
