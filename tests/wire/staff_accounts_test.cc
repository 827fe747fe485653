#include "sync/wire/staff_accounts.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>
#include <string>

#include "tests/wire/generators.h"

namespace mimika::wire {
namespace {

rc::Gen<std::string> any_login() {
  return rc::gen::map(rc::gen::container<std::string>(rc::gen::element('a', 'z', '0', '9', '.', '-', '_')),
                      [](const std::string& text) { return ("xy" + text).substr(0, kMostStaffLoginBytes); });
}

StaffAccount account(const std::string& login, Role role = Role::kOfficer) {
  StaffAccount one;
  one.login = login;
  one.name = "Yohana Magal";
  one.role = role;
  one.version = 3;
  one.credential.salt.fill(7);
  one.credential.verifier.fill(8);
  if (is_office_role(role)) one.credential.wrapped_seed.assign(48, 9);
  return one;
}

StaffAccounts accounts() {
  return {DistrictCode{"94.04.06"},
          {account("yohana"), account("markus", Role::kDistrictHead), account("tekno", Role::kTechnician)},
          Bytes(32, 5)};
}

rc::Gen<StaffAccounts> any_accounts() {
  return rc::gen::exec([] {
    StaffAccounts out;
    out.district = DistrictCode{"94.04." + std::to_string(*rc::gen::inRange(1, 99))};
    const auto logins = *rc::gen::unique<std::vector<std::string>>(any_login());
    for (std::size_t i = 0; i < std::min(logins.size(), kStaffAccountsPerDistrict); ++i) {
      StaffAccount one = account(logins[i], *rc::gen::element(Role::kOfficer, Role::kDistrictHead, Role::kTechnician));
      one.version = *rc::gen::inRange<std::uint32_t>(1, 1'000'000'000);
      one.credential.salt = *test::any_array<16>();
      one.credential.verifier = *test::any_array<32>();
      one.credential.cost = {
          *rc::gen::inRange<std::uint64_t>(1, crypto::kMostPinPasses + 1),
          *rc::gen::inRange<std::uint64_t>(crypto::kLeastPinMemoryBytes, crypto::kMostPinMemoryBytes + 1)};
      one.credential.needs_key_file = *rc::gen::arbitrary<bool>();
      one.must_change_pin = *rc::gen::arbitrary<bool>();
      out.accounts.push_back(one);
    }
    const auto secret = *test::any_array<32>();
    out.challenge_secret.assign(secret.begin(), secret.end());
    return out;
  });
}

ErrorCode refusal_of(const std::function<void(StaffAccounts&)>& change) {
  StaffAccounts changed = accounts();
  change(changed);
  const auto read = decode_staff_accounts(encode_staff_accounts(changed));
  REQUIRE_FALSE(read);
  return read.error().code;
}

TEST_CASE("staff accounts come back as they were") {
  CHECK(decode_staff_accounts(encode_staff_accounts(accounts())).value() == accounts());
  CHECK(rc::check([] {
    const StaffAccounts out = *any_accounts();
    const auto read = decode_staff_accounts(encode_staff_accounts(out));
    RC_ASSERT(read.has_value());
    RC_ASSERT(*read == out);
  }));
}

TEST_CASE("staff accounts that were cut anywhere are refused") {
  const Bytes bytes = encode_staff_accounts(accounts());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    INFO(size);
    CHECK_FALSE(decode_staff_accounts(ByteView(bytes).first(size)));
  }
}

TEST_CASE("what does not belong into staff accounts is refused") {
  using A = StaffAccounts;
  CHECK(refusal_of([](A& a) { a.accounts[0].role = Role::kSuperAdmin; }) == ErrorCode::kCorrupt);
  CHECK(refusal_of([](A& a) { a.accounts[0].role = Role::kSystem; }) == ErrorCode::kCorrupt);
  CHECK(refusal_of([](A& a) { a.accounts[0].role = Role{99}; }) == ErrorCode::kCorrupt);
  CHECK(refusal_of([](A& a) { a.accounts[1].login = a.accounts[0].login; }) == ErrorCode::kCorrupt);
  CHECK(refusal_of([](A& a) { a.accounts[0].version = 0; }) == ErrorCode::kCorrupt);
  CHECK(refusal_of([](A& a) { a.accounts[0].name.clear(); }) == ErrorCode::kCorrupt);
  CHECK(refusal_of([](A& a) { a.accounts[0].name = "two\nlines"; }) == ErrorCode::kCorrupt);
  CHECK(refusal_of([](A& a) { a.accounts[0].name = std::string(121, 'x'); }) == ErrorCode::kTooLarge);
  CHECK(refusal_of([](A& a) { a.district.value.clear(); }) == ErrorCode::kCorrupt);
  CHECK(refusal_of([](A& a) { a.challenge_secret.pop_back(); }) == ErrorCode::kCorrupt);
  CHECK(refusal_of([](A& a) { a.accounts[0].credential.cost.passes = 0; }) == ErrorCode::kCorrupt);
  CHECK(refusal_of([](A& a) { a.accounts[0].credential.cost.passes = 17; }) == ErrorCode::kCorrupt);
  CHECK(refusal_of([](A& a) { a.accounts[0].credential.cost.memory_bytes = 8191; }) == ErrorCode::kCorrupt);
  CHECK(refusal_of([](A& a) { a.accounts[0].credential.cost.memory_bytes = 1ULL << 40; }) == ErrorCode::kCorrupt);
  CHECK(refusal_of([](A& a) { a.accounts[0].credential.wrapped_seed.pop_back(); }) == ErrorCode::kCorrupt);
  // An office's key wrapped for a technician would be a technician who reads cases.
  CHECK(refusal_of([](A& a) { a.accounts[2].credential.wrapped_seed.assign(48, 1); }) == ErrorCode::kCorrupt);
  CHECK(refusal_of([](A& a) {
          while (a.accounts.size() <= kStaffAccountsPerDistrict)
            a.accounts.push_back(account("n" + std::to_string(a.accounts.size())));
        }) == ErrorCode::kTooLarge);
  CHECK(decode_staff_accounts(Bytes(kStaffAccountsBytes + 1)).error().code == ErrorCode::kTooLarge);
}

TEST_CASE("the most accounts a district may have fit its copy") {
  StaffAccounts most = accounts();
  most.accounts.clear();
  for (std::size_t i = 0; i < kStaffAccountsPerDistrict; ++i) {
    StaffAccount one = account(std::string(28, 'a') + "-" + std::to_string(100 + i));
    one.name = std::string(120, 'x');
    most.accounts.push_back(one);
  }
  CHECK(decode_staff_accounts(encode_staff_accounts(most)).value() == most);
}

TEST_CASE("a login is short and plain") {
  for (const char* good : {"ab", "yohana.m", "x_1", "0-0"}) CHECK(is_staff_login(good));
  for (const char* bad : {"", "a", "Yohana", "yo hana", "yohané", "a/b", "yohana\n"}) CHECK_FALSE(is_staff_login(bad));
  CHECK(is_staff_login(std::string(32, 'a')));
  CHECK_FALSE(is_staff_login(std::string(33, 'a')));
}

struct World {
  FakeEnv env{0};
  crypto::SigningKey first = crypto::SigningKey::generate(env);
  crypto::SigningKey second = crypto::SigningKey::generate(env);
  std::vector<AccountsFor> kiosks{{DeviceId{7}, first.verify_key(), accounts()},
                                  {DeviceId{8}, second.verify_key(), accounts()}};
  World() { kiosks[1].accounts.challenge_secret.assign(32, 6); }
};

TEST_CASE("each kiosk opens its own copy of the accounts, and no other") {
  World world;
  const Bytes document = encode_accounts_document(world.kiosks).value();
  CHECK(open_accounts_document(document, DeviceId{7}, world.first).value() == world.kiosks[0].accounts);
  CHECK(open_accounts_document(document, DeviceId{8}, world.second).value() == world.kiosks[1].accounts);
  CHECK(open_accounts_document(document, DeviceId{9}, world.first).error().code == ErrorCode::kNotFound);
  CHECK(open_accounts_document(document, DeviceId{8}, world.first).error().code == ErrorCode::kUnauthorised);
  // Nothing of them can be read by whoever finds the file.
  CHECK(as_text(document).find("yohana") == std::string_view::npos);
}

TEST_CASE("a document of accounts that was cut anywhere, or changed in its seals, opens for nobody") {
  World world;
  const Bytes document = encode_accounts_document(world.kiosks).value();
  for (std::size_t size = 0; size < document.size(); ++size) {
    INFO(size);
    CHECK_FALSE(open_accounts_document(ByteView(document).first(size), DeviceId{7}, world.first));
  }
  for (std::size_t i = 20; i < 200; ++i) {
    Bytes changed = document;
    changed[i] ^= 1;
    INFO(i);
    CHECK_FALSE(open_accounts_document(changed, DeviceId{7}, world.first));
  }
}

TEST_CASE("a document of accounts keeps its limits") {
  World world;
  CHECK(open_accounts_document(encode_accounts_document({}).value(), DeviceId{7}, world.first).error().code ==
        ErrorCode::kNotFound);
  std::vector<AccountsFor> many(kKiosksPerDocument, world.kiosks[0]);
  CHECK(encode_accounts_document(many));
  many.push_back(world.kiosks[0]);
  CHECK(encode_accounts_document(many).error().code == ErrorCode::kTooLarge);
  StaffAccounts& crowded = world.kiosks[0].accounts;
  while (crowded.accounts.size() <= kStaffAccountsPerDistrict) crowded.accounts.push_back(account("xy"));
  CHECK(encode_accounts_document(world.kiosks).error().code == ErrorCode::kTooLarge);
  world.kiosks[0] = {DeviceId{7}, crypto::VerifyKey{}, accounts()};
  CHECK(encode_accounts_document(world.kiosks).error().code == ErrorCode::kInvalidInput);
}

}  // namespace
}  // namespace mimika::wire
