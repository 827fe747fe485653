// Coming to the counter and leaving it.
#include <catch2/catch.hpp>

#include "tests/staff/staff_world.h"

using namespace mimika;
using namespace mimika::testing;
namespace st = mimika::staff;
namespace act = mimika::staff::action;
namespace eff = mimika::staff::effect;

namespace {

StaffWorld& to_pin(StaffWorld& world) {
  return world.play(act::Open{}, act::PeopleRead{sample_people()}, act::ChoosePerson{"rina"});
}

}  // namespace

TEST_CASE("The counter opens on the accounts, and an account leads to its PIN") {
  StaffWorld world;
  world.act(act::Open{});
  REQUIRE(world.session.screen == st::Screen::kWho);
  REQUIRE(world.count<eff::ReadPeople>() == 1);
  to_pin(world);
  REQUIRE(world.session.screen == st::Screen::kPin);
  REQUIRE(world.session.entry.login == "rina");
  world.act(act::Back{});
  REQUIRE(world.session.screen == st::Screen::kWho);
  world.act(act::Leave{});
  REQUIRE(world.count<eff::Close>() == 1);
}

TEST_CASE("A locked account says so and leads nowhere") {
  StaffWorld world;
  world.play(act::Open{}, act::PeopleRead{sample_people()}, act::ChoosePerson{"yohanes"});
  REQUIRE(world.session.screen == st::Screen::kWho);
  REQUIRE(world.session.trouble == st::Trouble::kLocked);
}

TEST_CASE("The PIN goes with the question and stands nowhere else") {
  StaffWorld world;
  to_pin(world).play(act::SetText{st::TextTarget::kPin, "48 02x16"});
  REQUIRE(world.session.entry.pin.view() == "480216");
  world.act(act::EnterPin{});
  REQUIRE(world.session.screen == st::Screen::kEntering);
  REQUIRE(world.session.entry.pin.empty());
  REQUIRE(world.last<eff::SignIn>()->pin.view() == "480216");
}

TEST_CASE("A short PIN is not tried") {
  StaffWorld world;
  to_pin(world).play(act::SetText{st::TextTarget::kPin, "48021"}, act::EnterPin{});
  REQUIRE(world.session.trouble == st::Trouble::kPinTooShort);
  REQUIRE(world.count<eff::SignIn>() == 0);
}

TEST_CASE("A passphrase takes letters, and changing to it forgets the digits") {
  StaffWorld world;
  to_pin(world).play(act::SetText{st::TextTarget::kPin, "4802"}, act::TogglePassphrase{});
  REQUIRE(world.session.entry.pin.empty());
  world.play(act::SetText{st::TextTarget::kPin, "hujan di Jila"});
  REQUIRE(world.session.entry.pin.view() == "hujan di Jila");
}

TEST_CASE("After a wrong PIN nothing is tried until the wait is over, and the seconds count down") {
  StaffWorld world;
  to_pin(world).play(act::SetText{st::TextTarget::kPin, "480217"}, act::EnterPin{});
  world.act(act::LetInRefused{world.session.request, st::Trouble::kPinWrong, 30'000});
  REQUIRE(world.session.screen == st::Screen::kPin);
  REQUIRE(world.session.trouble == st::Trouble::kPinWrong);
  REQUIRE(seconds_until_try(world.session, world.context) == 30);
  REQUIRE(ms_until_next_tick(world.session, world.context) <= 1000);
  world.play(act::SetText{st::TextTarget::kPin, "480216"}, act::EnterPin{});
  REQUIRE(world.session.trouble == st::Trouble::kPinWait);
  REQUIRE(world.count<eff::SignIn>() == 1);
  world.pass_ms(30'000);
  REQUIRE(world.session.trouble == st::Trouble::kNone);
  world.act(act::EnterPin{});
  REQUIRE(world.count<eff::SignIn>() == 2);
}

TEST_CASE("A wait that was there before is counted from when the accounts were read") {
  StaffWorld world;
  std::vector<st::Person> people = sample_people();
  people[0].wait_ms = 20'000;
  world.play(act::Open{}, act::PeopleRead{people});
  world.pass_ms(5'000).play(act::ChoosePerson{"rina"});
  REQUIRE(seconds_until_try(world.session, world.context) == 15);
}

TEST_CASE("The last wrong PIN locks, and the accounts say so") {
  StaffWorld world;
  to_pin(world).play(act::SetText{st::TextTarget::kPin, "480217"}, act::EnterPin{});
  world.act(act::LetInRefused{world.session.request, st::Trouble::kLocked, 0});
  REQUIRE(world.session.screen == st::Screen::kWho);
  REQUIRE(world.session.trouble == st::Trouble::kLocked);
}

TEST_CASE("Signing in leads to the queue") {
  StaffWorld world;
  world.sign_in();
  REQUIRE(world.session.screen == st::Screen::kQueue);
  REQUIRE(world.session.queue.rows.size() == sample_queue().rows.size());
  REQUIRE(world.session.entry.login.empty());
}

TEST_CASE("An answer to an earlier try lets nobody in") {
  StaffWorld world;
  to_pin(world).play(act::SetText{st::TextTarget::kPin, "480216"}, act::EnterPin{});
  const RequestId early{world.session.request.value - 1};
  world.act(act::LetInDone{early, sample_duty(0)});
  REQUIRE_FALSE(world.session.duty.has_value());
  REQUIRE(world.session.screen == st::Screen::kEntering);
}

TEST_CASE("A first PIN must be changed before anything else, by the same words twice") {
  StaffWorld world;
  to_pin(world).play(act::SetText{st::TextTarget::kPin, "480216"}, act::EnterPin{});
  st::Duty duty = sample_duty(world.context.monotonic_ms);
  duty.must_change_pin = true;
  world.act(act::LetInDone{world.session.request, duty});
  REQUIRE(world.session.screen == st::Screen::kNewPin);
  world.play(act::OpenQueue{}, act::OpenSearch{}, act::Back{});
  REQUIRE(world.session.screen == st::Screen::kNewPin);

  const auto trouble_with = [&](const char* pin, const char* again) {
    world.play(act::SetText{st::TextTarget::kNewPin, pin}, act::SetText{st::TextTarget::kNewPinAgain, again},
               act::EnterPin{});
    return world.session.trouble;
  };
  REQUIRE(trouble_with("12345", "12345") == st::Trouble::kPinTooShort);
  REQUIRE(trouble_with("123456", "123456") == st::Trouble::kPinTooSimple);
  REQUIRE(trouble_with("777777", "777777") == st::Trouble::kPinTooSimple);
  REQUIRE(trouble_with("730915", "730916") == st::Trouble::kPinsDiffer);
  REQUIRE(world.count<eff::ChangePin>() == 0);
  REQUIRE(trouble_with("730915", "730915") == st::Trouble::kNone);
  REQUIRE(world.last<eff::ChangePin>()->pin.view() == "730915");
  REQUIRE(world.session.entry.pin.empty());
  REQUIRE(world.session.entry.again.empty());

  SECTION("the same as before is refused, and asked for anew") {
    world.act(act::Refused{world.session.request, st::Trouble::kPinSame});
    REQUIRE(world.session.screen == st::Screen::kNewPin);
    REQUIRE(world.session.trouble == st::Trouble::kPinSame);
  }
  SECTION("saved, the queue opens") {
    world.act(act::PinChanged{world.session.request});
    REQUIRE(world.session.screen == st::Screen::kQueue);
    REQUIRE(world.session.done);
  }
}

TEST_CASE("Signing out asks once, and the residents' first screen stands again") {
  StaffWorld world;
  world.sign_in().play(act::SignOut{});
  REQUIRE(world.session.dialog == st::Dialog::kConfirmSignOut);
  world.act(act::CloseDialog{});
  REQUIRE(world.session.duty.has_value());
  world.play(act::SignOut{}, act::ConfirmDialog{});
  REQUIRE_FALSE(world.session.duty.has_value());
  REQUIRE(world.count<eff::SignOut>() == 1);
  REQUIRE_FALSE(world.last<eff::SignOut>()->timed_out);
  REQUIRE(world.count<eff::Close>() == 1);
}
