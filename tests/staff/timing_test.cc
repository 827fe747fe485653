// When the counter closes by itself.
#include <catch2/catch.hpp>

#include "tests/staff/staff_world.h"

using namespace mimika;
using namespace mimika::testing;
namespace st = mimika::staff;
namespace act = mimika::staff::action;
namespace eff = mimika::staff::effect;

TEST_CASE("Who does not sign in within a minute makes room for residents") {
  StaffWorld world;
  world.play(act::Open{}, act::PeopleRead{sample_people()});
  world.pass_ms(st::kSignInIdleMs - 1);
  REQUIRE(world.count<eff::Close>() == 0);
  world.pass_ms(1);
  REQUIRE(world.count<eff::Close>() == 1);
}

TEST_CASE("Thirty seconds before the end of five idle minutes a warning stands there, and counts") {
  StaffWorld world;
  world.sign_in().open_ticket();
  world.pass_ms(st::kIdleMs - st::kIdleWarningMs);
  REQUIRE(world.session.dialog == st::Dialog::kIdleWarning);
  REQUIRE(seconds_until_idle_end(world.session, world.context) == 30);
  REQUIRE(ms_until_next_tick(world.session, world.context) <= 1000);

  SECTION("any touch answers it, and does nothing else") {
    world.act(act::Compose{OfficerAction::kVerify});
    REQUIRE(world.session.dialog == st::Dialog::kNone);
    REQUIRE(world.count<eff::Act>() == 0);
    REQUIRE(world.session.ticket.has_value());
    world.pass_ms(st::kIdleMs - st::kIdleWarningMs - 1);
    REQUIRE(world.session.dialog == st::Dialog::kNone);
  }
  SECTION("unanswered, the counter signs out and says why") {
    world.pass_ms(st::kIdleWarningMs);
    REQUIRE_FALSE(world.session.duty.has_value());
    REQUIRE_FALSE(world.session.ticket.has_value());
    REQUIRE(world.last<eff::SignOut>()->timed_out);
    REQUIRE(world.session.screen == st::Screen::kWho);
    REQUIRE(world.session.trouble == st::Trouble::kTimedOut);
    world.pass_ms(st::kSignInIdleMs);
    REQUIRE(world.count<eff::Close>() == 1);
  }
}

TEST_CASE("What machines do keeps nobody signed in") {
  StaffWorld world;
  world.sign_in();
  for (int minute = 0; minute < 5; ++minute) {
    world.pass_ms(60'000).act(act::TicketsChanged{});
    if (world.session.waiting == st::Waiting::kQueue) world.answer_queue();
  }
  REQUIRE_FALSE(world.session.duty.has_value());
}

TEST_CASE("After twelve hours the turn of duty ends whatever is being done, with five minutes' warning") {
  StaffWorld world;
  world.sign_in();
  std::int64_t passed = 0;
  while (passed < st::kDutyMs - st::kDutyWarningMs) {
    world.pass_ms(60'000).act(act::Touched{});
    passed += 60'000;
  }
  world.pass_ms(1);
  REQUIRE(world.session.dialog == st::Dialog::kDutyWarning);
  REQUIRE(minutes_until_duty_end(world.session, world.context) == 5);
  world.act(act::CloseDialog{});
  world.pass_ms(60'000);
  REQUIRE(world.session.dialog == st::Dialog::kNone);  // said once
  world.play(act::OpenSearch{}, act::SetText{st::TextTarget::kSearch, "Yohana"});
  world.pass_ms(3 * 60'000).act(act::Touched{});
  world.pass_ms(60'000);
  REQUIRE_FALSE(world.session.duty.has_value());
  REQUIRE(world.session.search.empty());
  REQUIRE(world.session.trouble == st::Trouble::kDutyOver);
}

TEST_CASE("What was asked for before the end comes to nobody") {
  StaffWorld world;
  world.sign_in().play(act::OpenTicket{sample_case().ticket.id});
  const RequestId asked = world.session.request;
  world.pass_ms(st::kIdleMs);
  world.act(act::CaseRead{asked, sample_case()});
  REQUIRE_FALSE(world.session.ticket.has_value());
  world.act(act::QueueRead{asked, sample_queue()});
  REQUIRE(world.session.queue.rows.empty());
}
