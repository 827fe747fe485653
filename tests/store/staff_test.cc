#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "kiosk/store/store.h"
#include "tests/store/store_world.h"

namespace mimika {
namespace {

using test::World;

constexpr crypto::PinCost kCheap{.passes = 1, .memory_bytes = 8192};
const std::string kPin = "480213";

crypto::SecretBytes device_secret(std::uint8_t fill = 7) {
  crypto::SecretBytes secret(32);
  std::ranges::fill(secret.span(), fill);
  return secret;
}

wire::StaffAccount account(const std::string& login, std::uint32_t version = 1, const std::string& pin = kPin) {
  static FakeEnv env(0, 41);
  wire::StaffAccount made;
  made.login = login;
  made.name = "Yosefa Magal";
  made.version = version;
  made.credential = crypto::make_credential(env, pin, nullptr, &test::keys().office.seed(), kCheap).value();
  return made;
}

wire::StaffAccounts accounts_of(std::vector<wire::StaffAccount> accounts) {
  wire::StaffAccounts all;
  all.district = DistrictCode{"94.04.06"};
  all.accounts = std::move(accounts);
  all.challenge_secret = Bytes(32, 0x5A);
  return all;
}

bool opens(Store& store, const std::string& login, const std::string& pin) {
  const auto credential = store.staff_credential(login, device_secret());
  REQUIRE(credential);
  const auto seed = crypto::open_credential(*credential, pin, nullptr);
  return seed && as_text(seed->view()) == as_text(test::keys().office.seed().view());
}

}  // namespace

TEST_CASE("accounts come, and open the office's key with their PIN") {
  World world;
  auto store = world.open();
  CHECK(store->staff().value().empty());
  REQUIRE(store->take_staff_accounts(accounts_of({account("yosefa"), account("maria")}), device_secret()));
  const auto staff = store->staff().value();
  REQUIRE(staff.size() == 2);
  CHECK(staff[0].login == "maria");
  CHECK(staff[1].must_change_pin);
  CHECK(opens(*store, "yosefa", kPin));
  CHECK_FALSE(opens(*store, "yosefa", "480214"));
  CHECK(store->challenge_secret(device_secret()).value().size() == 32);
}

TEST_CASE("on another device's secret nothing of an account opens") {
  World world;
  auto store = world.open();
  REQUIRE(store->take_staff_accounts(accounts_of({account("yosefa")}), device_secret()));
  CHECK(store->staff_credential("yosefa", device_secret(8)).error().code == ErrorCode::kUnauthorised);
  CHECK(store->challenge_secret(device_secret(8)).error().code == ErrorCode::kUnauthorised);
  // Nor does a credential that was put beside another name.
  REQUIRE(store->take_staff_accounts(accounts_of({account("yosefa"), account("maria")}), device_secret()));
  world.run(
      "UPDATE staff_account SET credential = (SELECT credential FROM staff_account WHERE login = 'maria') "
      "WHERE login = 'yosefa'");
  CHECK(store->staff_credential("yosefa", device_secret()).error().code == ErrorCode::kUnauthorised);
}

TEST_CASE("an officer's own PIN stays until the centre gives another, and who is not listed is gone") {
  World world;
  auto store = world.open();
  REQUIRE(store->take_staff_accounts(accounts_of({account("yosefa"), account("maria")}), device_secret()));
  FakeEnv env(0, 5);
  const auto own = crypto::make_credential(env, "774410", nullptr, &test::keys().office.seed(), kCheap).value();
  REQUIRE(store->change_staff_credential("yosefa", own, device_secret()));
  CHECK_FALSE(store->staff_member("yosefa").value()->must_change_pin);
  CHECK(store->change_staff_credential("nobody", own, device_secret()).error().code == ErrorCode::kNotFound);

  REQUIRE(store->take_staff_accounts(accounts_of({account("yosefa"), account("maria")}), device_secret()));
  CHECK(opens(*store, "yosefa", "774410"));
  CHECK_FALSE(store->staff_member("yosefa").value()->must_change_pin);

  REQUIRE(store->count_pin_try("yosefa"));
  REQUIRE(store->take_staff_accounts(accounts_of({account("yosefa", 2, "112290")}), device_secret()));
  CHECK(opens(*store, "yosefa", "112290"));
  CHECK(store->staff_member("yosefa").value()->tries.wrong == 0);
  CHECK(store->staff_member("yosefa").value()->must_change_pin);
  CHECK_FALSE(store->staff_member("maria").value().has_value());
  // A version that is behind is no way back to an older PIN.
  REQUIRE(store->take_staff_accounts(accounts_of({account("yosefa", 1)}), device_secret()));
  CHECK(opens(*store, "yosefa", "112290"));
}

TEST_CASE("accounts of another district are refused") {
  World world;
  auto store = world.open();
  auto other = accounts_of({account("yosefa")});
  other.district = DistrictCode{"94.04.01"};
  CHECK(store->take_staff_accounts(other, device_secret()).error().code == ErrorCode::kConflict);
  CHECK(store->staff().value().empty());
}

TEST_CASE("a wrong PIN is counted before it is looked at, whatever happens to the program or the machine") {
  World world;
  auto store = world.open();
  REQUIRE(store->take_staff_accounts(accounts_of({account("yosefa")}), device_secret()));
  CHECK(store->count_pin_try("yosefa").value().wrong == 1);
  CHECK(store->count_pin_try("yosefa").error().code == ErrorCode::kConflict);
  store.reset();
  store = world.open();
  CHECK(store->count_pin_try("yosefa").error().code == ErrorCode::kConflict);
  world.env.advance_ms(kFirstPinWaitMs);
  CHECK(store->count_pin_try("yosefa").value().wrong == 2);
  // A restart begins the wait anew, and a clock that is set does nothing to it.
  world.env.reboot();
  world.env.set_wall_ms(test::kStart + 365 * kDayMs);
  CHECK(store->count_pin_try("yosefa").error().code == ErrorCode::kConflict);
  world.env.advance_ms(2 * kFirstPinWaitMs - 1);
  CHECK(store->count_pin_try("yosefa").error().code == ErrorCode::kConflict);
  world.env.advance_ms(1);
  CHECK(store->count_pin_try("yosefa").value().wrong == 3);
  REQUIRE(store->forget_pin_tries("yosefa"));
  CHECK(store->count_pin_try("yosefa").value().wrong == 1);
}

TEST_CASE("fifteen wrong PINs close an account until somebody opens it") {
  World world;
  auto store = world.open();
  REQUIRE(store->take_staff_accounts(accounts_of({account("yosefa")}), device_secret()));
  for (std::uint32_t i = 1; i <= kWrongPinsToLock; ++i) {
    CHECK(store->count_pin_try("yosefa").value().wrong == i);
    world.env.advance_ms(kLongestPinWaitMs);
  }
  CHECK(store->count_pin_try("yosefa").error().code == ErrorCode::kUnauthorised);
  world.env.reboot();
  world.env.advance_ms(100 * kLongestPinWaitMs);
  CHECK(store->count_pin_try("yosefa").error().code == ErrorCode::kUnauthorised);
  REQUIRE(store->take_staff_accounts(accounts_of({account("yosefa")}), device_secret()));  // the same version
  CHECK(store->count_pin_try("yosefa").error().code == ErrorCode::kUnauthorised);
  REQUIRE(store->forget_pin_tries("yosefa"));
  CHECK(store->count_pin_try("yosefa").has_value());
}

TEST_CASE("of accounts that were replaced nothing stands on in the files") {
  World world;
  auto store = world.open();
  REQUIRE(store->take_staff_accounts(accounts_of({account("yosefa")}), device_secret()));
  const Bytes before = [&] {
    const auto look = world.look();
    SQLite::Statement query(*look, "SELECT credential FROM staff_account");
    REQUIRE(query.executeStep());
    return sqlite::blob(query.getColumn(0));
  }();
  REQUIRE(store->take_staff_accounts(accounts_of({account("yosefa", 2, "112290")}), device_secret()));
  for (const char* name : {"journal.db", "journal.db-wal"}) {
    std::ifstream file(world.folder / name, std::ios::binary);
    std::stringstream content;
    content << file.rdbuf();
    INFO(name);
    CHECK(content.str().find(as_text(before)) == std::string::npos);
  }
}

TEST_CASE("no challenge is counted twice") {
  World world;
  auto store = world.open();
  CHECK(store->next_challenge().value() == 1);
  store.reset();
  store = world.open();
  CHECK(store->next_challenge().value() == 2);
}

}  // namespace mimika
