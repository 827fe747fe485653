#include "kiosk/office/sign_in.h"

#include <catch2/catch.hpp>

#include "tests/office/office_world.h"

namespace mimika {
namespace {

using staff::Trouble;
using test::Office;

const std::string kPin = "480213";

struct Counter : Office {
  Counter() { give({account("yosefa", Role::kOfficer), account("petrus", Role::kDistrictHead)}); }

  static wire::StaffAccount account(const std::string& login, Role role,
                                    const crypto::SecretBytes* key_file = nullptr) {
    static FakeEnv env(0, 3);
    wire::StaffAccount made;
    made.login = login;
    made.name = login == "yosefa" ? "Yosefa Magal" : "Petrus";
    made.role = role;
    made.credential = crypto::make_credential(env, kPin, key_file, &test::keys().office.seed(), test::kCheap).value();
    return made;
  }
  void give(std::vector<wire::StaffAccount> accounts) {
    wire::StaffAccounts all;
    all.district = DistrictCode{"94.04.06"};
    all.accounts = std::move(accounts);
    all.challenge_secret = Bytes(32, 1);
    REQUIRE(store->take_staff_accounts(all, test::device_secret()));
  }
  auto enter(std::string_view pin, const std::string& login = "yosefa", const crypto::SecretBytes* file = nullptr) {
    return office::sign_in(*store, world.env, test::device_secret(), login, pin, file);
  }
  std::string acts() {
    std::string out;
    for (const Event& event : test::events_of(*store)) {
      if (const auto* acted = std::get_if<StaffActed>(&event.payload))
        out += std::to_string(static_cast<int>(acted->act)) + ":" + acted->actor.account + " ";
    }
    return out;
  }
};

}  // namespace

TEST_CASE("the right PIN opens the office's key, and is written down") {
  Counter counter;
  const auto in = counter.enter(kPin);
  REQUIRE(in);
  CHECK(in->duty.actor == test::kYosefa);
  CHECK(in->duty.must_change_pin);
  REQUIRE(in->office_key);
  CHECK(in->office_key->public_key() == test::keys().office.public_key());
  CHECK(counter.acts() == "0:yosefa ");
}

TEST_CASE("a wrong PIN costs time, more each time, and says how much") {
  Counter counter;
  const auto first = counter.enter("111222");
  REQUIRE_FALSE(first);
  CHECK(first.error().trouble == Trouble::kPinWrong);
  CHECK(first.error().wait_ms == 15'000);
  const auto early = counter.enter(kPin);
  REQUIRE_FALSE(early);
  CHECK(early.error().trouble == Trouble::kPinWait);
  CHECK(early.error().wait_ms == 15'000);
  counter.world.env.advance_ms(15'000);
  CHECK(counter.enter("111222").error().wait_ms == 30'000);
  counter.world.env.advance_ms(30'000);
  CHECK(counter.enter(kPin));
  CHECK(counter.acts() == "3:yosefa 3:yosefa 0:yosefa ");
}

TEST_CASE("the fifteenth wrong PIN closes the account, also for the right one, until the head lets them in") {
  Counter counter;
  for (std::uint32_t i = 1; i < kWrongPinsToLock; ++i) {
    CHECK(counter.enter("111222").error().trouble == Trouble::kPinWrong);
    counter.world.env.advance_ms(kLongestPinWaitMs);
  }
  CHECK(counter.enter("111222").error().trouble == Trouble::kLocked);
  counter.world.env.advance_ms(kLongestPinWaitMs);
  CHECK(counter.enter(kPin).error().trouble == Trouble::kLocked);
  const auto people = office::people(counter.store->staff().value(), counter.world.env.monotonic_ms(), {});
  REQUIRE(people.size() == 2);
  CHECK(people[1].locked);
  const auto head = counter.enter(kPin, "petrus");
  REQUIRE(head);
  REQUIRE(office::let_in(*counter.store, head->duty.actor, "yosefa"));
  CHECK(counter.enter(kPin));
  CHECK(office::let_in(*counter.store, head->duty.actor, "nobody").error().code == ErrorCode::kNotFound);
}

TEST_CASE("nobody is let in without an account, and it is not said which of the two was wrong") {
  Counter counter;
  const auto nobody = counter.enter(kPin, "nobody");
  REQUIRE_FALSE(nobody);
  CHECK(nobody.error().trouble == Trouble::kPinWrong);
  CHECK(counter.acts().empty());
}

TEST_CASE("a key file is needed where the account says so") {
  Counter counter;
  crypto::SecretBytes file(crypto::kKeyFileBytes);
  std::ranges::fill(file.span(), std::uint8_t{9});
  wire::StaffAccount with_file = Counter::account("yosefa", Role::kOfficer, &file);
  with_file.version = 2;
  counter.give({with_file});
  CHECK(counter.enter(kPin).error().trouble == Trouble::kKeyFileMissing);
  CHECK(counter.store->staff_member("yosefa").value()->tries.wrong == 0);
  crypto::SecretBytes other(crypto::kKeyFileBytes);
  CHECK(counter.enter(kPin, "yosefa", &other).error().trouble == Trouble::kPinWrong);
  counter.world.env.advance_ms(15'000);
  CHECK(counter.enter(kPin, "yosefa", &file));
}

TEST_CASE("another PIN is chosen, and the one before opens nothing any more") {
  Counter counter;
  auto in = counter.enter(kPin);
  REQUIRE(in);
  const auto change = [&](std::string_view pin) {
    return office::change_pin(*counter.store, counter.world.env, test::device_secret(), in->duty.actor,
                              &*in->office_key, pin, nullptr);
  };
  CHECK(change("12345") == Trouble::kPinTooShort);
  CHECK(change("123456") == Trouble::kPinTooSimple);
  CHECK(change(kPin) == Trouble::kPinSame);
  CHECK(change("774410") == Trouble::kNone);
  CHECK(counter.enter(kPin).error().trouble == Trouble::kPinWrong);
  counter.world.env.advance_ms(15'000);
  in = counter.enter("774410");
  REQUIRE(in);
  CHECK_FALSE(in->duty.must_change_pin);
  CHECK(in->office_key->public_key() == test::keys().office.public_key());
}

}  // namespace mimika
