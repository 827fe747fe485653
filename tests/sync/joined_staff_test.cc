// An officer from the centre's desk to the counter of a real kiosk, and what they do there back up.
#include "kiosk/crypto/device_secret.h"
#include "sync/central/store/staff.h"
#include "sync/central/workflow/staff.h"
#include "sync/wire/staff_accounts.h"
#include "tests/sync/joined_world.h"

namespace mimika {
namespace {

using test::JoinedWorld;

struct StaffedWorld : JoinedWorld {
  central::StaffOffice office{centre.env, centre.folder.keys, centre.catalogue, {1, crypto::kLeastPinMemoryBytes}};
  central::StaffDesk desk{"rosa", Role::kSuperAdmin};
  crypto::SecretBytes device_secret = [this] {
    crypto::SecretBytes secret(crypto::kDeviceSecretBytes);
    centre.env.fill_random(secret.span());
    return secret;
  }();

  central::StartPin hire(const std::string& login, Role role = Role::kOfficer) {
    auto start = office.add(centre.database(), desk, {login, "Nama " + login, role, person.district, false});
    if (!start) FAIL(start.error().message);
    return *std::move(start);
  }
  // What the kiosk does with a document that has come whole.
  Status take_accounts() {
    TRY_ASSIGN(const auto document, store->document(wire::DocumentKind::kAccounts));
    if (!document) return fail(ErrorCode::kNotFound, "no accounts have come");
    TRY_ASSIGN(const wire::StaffAccounts accounts,
               wire::open_accounts_document(document->content, person.device, person.key));
    return store->take_staff_accounts(accounts, device_secret);
  }
};

TEST_CASE("an officer's account made at the centre opens the office's key at the kiosk, and their work goes up",
          "[joined]") {
  StaffedWorld world;
  const central::StartPin start = world.hire("yohana");
  REQUIRE(world.round());
  REQUIRE(world.take_accounts());
  const auto credential = world.store->staff_credential("yohana", world.device_secret);
  REQUIRE(credential);
  CHECK(crypto::open_credential(*credential, start.pin, nullptr).value().size() == crypto::kSeedBytes);
  CHECK(crypto::open_credential(*credential, "000001", nullptr).error().code == ErrorCode::kUnauthorised);

  const Actor yohana{"yohana", "Nama yohana", Role::kOfficer, {}};
  REQUIRE(world.store->note_staff_act({yohana, StaffAct::kSignedIn, ""}));
  REQUIRE(world.round());
  CHECK(world.centre.count("staff_act") == 1);
  CHECK(world.centre.count("quarantine") == 0);
}

TEST_CASE("accounts that change while a kiosk fetches them over a link that breaks come in the end as they are",
          "[joined]") {
  StaffedWorld world;
  for (int i = 0; i < 40; ++i) world.hire("p" + std::to_string(i));
  central::StartPin last;
  for (int rounds = 0; rounds < 12; ++rounds) {
    world.link.lose_answers = rounds % 2;
    if (rounds % 3 == 1) last = *world.office.reset_pin(world.centre.database(), world.desk, "p7");
    if (rounds % 4 == 2) world.open();
    static_cast<void>(world.round());
  }
  world.link.lose_answers = 0;
  for (int rounds = 0; rounds < 4; ++rounds) REQUIRE(world.round());
  REQUIRE(world.take_accounts());
  CHECK(world.store->staff().value().size() == 40);
  const auto credential = world.store->staff_credential("p7", world.device_secret);
  REQUIRE(credential);
  CHECK(crypto::open_credential(*credential, last.pin, nullptr));
}

TEST_CASE("an account that was closed at the centre is gone from the kiosk with the next document", "[joined]") {
  StaffedWorld world;
  world.hire("yohana");
  world.hire("markus", Role::kDistrictHead);
  REQUIRE(world.round());
  REQUIRE(world.take_accounts());
  CHECK(world.store->staff().value().size() == 2);
  REQUIRE(world.office.set_state(world.centre.database(), world.desk, "yohana", false));
  REQUIRE(world.round());
  REQUIRE(world.take_accounts());
  CHECK(world.store->staff().value().size() == 1);
  CHECK_FALSE(world.store->staff_member("yohana").value().has_value());
}

}  // namespace
}  // namespace mimika
