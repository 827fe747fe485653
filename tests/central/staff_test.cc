// Those who work at kiosks, the centre's side: who may make their accounts, what reaches which kiosk, and what is
// answered by telephone.
#include "sync/central/cli/staff.h"

#include <functional>
#include <map>
#include <set>

#include "sync/central/cli/commands.h"
#include "sync/central/cli/trust.h"
#include "sync/central/keys/office_keys.h"
#include "sync/central/store/devices.h"
#include "sync/central/store/documents.h"
#include "sync/central/workflow/policy.h"
#include "sync/central/workflow/staff.h"
#include "sync/wire/enrolment.h"
#include "sync/wire/maintenance_key.h"
#include "sync/wire/staff_accounts.h"
#include "tests/central/centre_world.h"

namespace mimika::test {
namespace {

constexpr crypto::PinCost kCheapPin{1, crypto::kLeastPinMemoryBytes};
constexpr const char* kJila = "94.04.06";
constexpr const char* kAgimuga = "94.04.02";

struct StaffWorld : CentreWorld {
  StaffOffice office{env, folder.keys, catalogue, kCheapPin};
  StaffDesk desk{"rosa", Role::kSuperAdmin};

  StartPin add(const std::string& login, Role role = Role::kOfficer, const std::string& district = kJila) {
    const bool technician = role == Role::kTechnician;
    auto start =
        office.add(database(), desk, {login, "Nama " + login, role, DistrictCode{technician ? "" : district}, false});
    REQUIRE(start);
    return *std::move(start);
  }
  // As the kiosk gets it: newest document of its district, opened with its key.
  Result<wire::StaffAccounts> accounts_at(const TestKiosk& kiosk) {
    const auto heads = newer_documents(database(), kiosk.district, {});
    REQUIRE(heads);
    for (const wire::DocumentHead& head : *heads) {
      if (head.kind != wire::DocumentKind::kAccounts) continue;
      const auto document = find_document(database(), wire::DocumentKind::kAccounts, head.version);
      REQUIRE(document);
      REQUIRE(*document);
      return wire::open_accounts_document(**document, kiosk.device, kiosk.key);
    }
    return fail(ErrorCode::kNotFound, "no document");
  }
  std::set<std::string> logins_at(const TestKiosk& kiosk) {
    const auto accounts = accounts_at(kiosk);
    std::set<std::string> logins;
    if (accounts) {
      for (const wire::StaffAccount& account : accounts->accounts) logins.insert(account.login);
    }
    return logins;
  }
  wire::StaffAccount account_at(const TestKiosk& kiosk, const std::string& login) {
    const auto accounts = accounts_at(kiosk);
    REQUIRE(accounts);
    for (const wire::StaffAccount& account : accounts->accounts) {
      if (account.login == login) return account;
    }
    FAIL("no account " << login);
    return {};
  }
};

using Logins = std::set<std::string>;

TEST_CASE("an officer's account comes to the kiosks of the district, with the office's key under the start PIN") {
  StaffWorld world;
  const TestKiosk first = world.enrolled_kiosk(kJila);
  const TestKiosk second = world.enrolled_kiosk(kJila);
  const TestKiosk elsewhere = world.enrolled_kiosk(kAgimuga);
  CHECK(world.logins_at(first).empty());
  const StartPin start = world.add("yohana");
  CHECK(start.pin.size() == kStartPinDigits);
  CHECK(crypto::check_pin(start.pin) == crypto::PinFault::kNone);
  CHECK_FALSE(start.key_file.has_value());
  for (const TestKiosk* kiosk : {&first, &second}) {
    const wire::StaffAccount account = world.account_at(*kiosk, "yohana");
    CHECK(account.name == "Nama yohana");
    CHECK(account.role == Role::kOfficer);
    CHECK(account.version == 1);
    CHECK(account.must_change_pin);
    const auto seed = crypto::open_credential(account.credential, start.pin, nullptr);
    REQUIRE(seed);
    const auto office = find_office_key(world.database(), DistrictCode{kJila});
    REQUIRE(office);
    CHECK(crypto::BoxKey::from_seed(*seed).public_key() == (*office)->box_public);
  }
  CHECK(world.logins_at(elsewhere).empty());
  // Each kiosk has a secret of its own for challenges, the same in every version.
  const Bytes secret = world.accounts_at(first)->challenge_secret;
  CHECK(secret != world.accounts_at(second)->challenge_secret);
  world.add("markus", Role::kDistrictHead);
  CHECK(world.accounts_at(first)->challenge_secret == secret);
}

TEST_CASE("a technician's account comes to every kiosk and opens no case") {
  StaffWorld world;
  const TestKiosk jila = world.enrolled_kiosk(kJila);
  const TestKiosk agimuga = world.enrolled_kiosk(kAgimuga);
  const StartPin start = world.add("tekno", Role::kTechnician);
  for (const TestKiosk* kiosk : {&jila, &agimuga}) {
    const wire::StaffAccount account = world.account_at(*kiosk, "tekno");
    CHECK(account.credential.wrapped_seed.empty());
    CHECK(crypto::open_credential(account.credential, start.pin, nullptr).value().empty());
  }
}

TEST_CASE("a kiosk that enrols later, or changes its key, gets the accounts under the key it has") {
  StaffWorld world;
  world.add("yohana");
  world.add("tekno", Role::kTechnician);
  TestKiosk kiosk = world.enrolled_kiosk(kJila);
  CHECK(world.logins_at(kiosk) == Logins{"tekno", "yohana"});
  const crypto::SigningKey next = crypto::SigningKey::generate(world.env);
  REQUIRE(world.post("/v1/rekey", wire::encode_rekey_request(kiosk.device, 0, kiosk.key, next)).status == 200);
  CHECK(world.accounts_at(kiosk).error().code == ErrorCode::kUnauthorised);
  kiosk.key = crypto::SigningKey::from_seed(next.seed());
  CHECK(world.logins_at(kiosk) == Logins{"tekno", "yohana"});
}

TEST_CASE("the accounts come down with the answer to a call, and again when they change while a kiosk fetches them") {
  StaffWorld world;
  TestKiosk kiosk = world.enrolled_kiosk(kJila);
  world.add("yohana");
  const auto head_in = [](const wire::Answer& answer) {
    for (const wire::DocumentHead& head : answer.documents) {
      if (head.kind == wire::DocumentKind::kAccounts) return head;
    }
    return wire::DocumentHead{};
  };
  const wire::DocumentHead first = head_in(world.sync(kiosk));
  REQUIRE(first.version == 1);
  world.add("markus", Role::kDistrictHead);
  // The kiosk asks on for what it has begun, and gets at once what is newer: an old list of accounts is of no use.
  wire::Call call = kiosk.call(kiosk.journal.size() + 1);
  call.header.wants.push_back({first.content, {}});
  const http::Response response = world.post("/v1/sync", kiosk.encoded(call));
  REQUIRE(response.status == 200);
  const auto answer = wire::decode_answer(as_bytes(response.body), world.keys().signing.verify_key());
  REQUIRE(answer);
  CHECK(head_in(*answer).version == 2);
  REQUIRE(answer->parts.size() == 1);
  CHECK(answer->parts[0].blob == head_in(*answer).content);
  CHECK(answer->parts[0].blob != first.content);
}

TEST_CASE("whom the policy revokes, and whoever is disabled, is in no document, and comes back with another change") {
  StaffWorld world;
  const TestKiosk kiosk = world.enrolled_kiosk(kJila);
  world.add("yohana");
  world.add("markus", Role::kDistrictHead);
  const auto revoke = [&](const std::vector<std::string>& accounts) {
    REQUIRE(change_policy(world.database(), world.env, world.keys(),
                          [&](wire::Policy& policy) { policy.revoked_accounts = accounts; }));
  };
  revoke({"yohana"});
  CHECK(world.logins_at(kiosk) == Logins{"markus"});
  REQUIRE(world.office.set_state(world.database(), world.desk, "markus", false));
  CHECK(world.logins_at(kiosk).empty());
  revoke({});
  CHECK(world.logins_at(kiosk) == Logins{"yohana"});
  REQUIRE(world.office.set_state(world.database(), world.desk, "markus", true));
  CHECK(world.logins_at(kiosk) == Logins{"markus", "yohana"});
}

TEST_CASE("a revoked kiosk gets no further accounts") {
  StaffWorld world;
  const TestKiosk stolen = world.enrolled_kiosk(kJila);
  const TestKiosk other = world.enrolled_kiosk(kJila);
  world.add("yohana");
  REQUIRE(set_kiosk_trust(world.env, world.memory.path(), stolen.code.value, KioskTrust::kRevoked));
  CHECK(world.accounts_at(stolen).error().code == ErrorCode::kNotFound);
  CHECK(world.logins_at(other) == Logins{"yohana"});
  REQUIRE(set_kiosk_trust(world.env, world.memory.path(), stolen.code.value, KioskTrust::kTrusted));
  CHECK(world.logins_at(stolen) == Logins{"yohana"});
}

TEST_CASE("another PIN and letting in raise an account's version, another name does not") {
  StaffWorld world;
  const TestKiosk kiosk = world.enrolled_kiosk(kJila);
  const StartPin first = world.add("yohana");
  const auto second = world.office.reset_pin(world.database(), world.desk, "yohana");
  REQUIRE(second);
  wire::StaffAccount account = world.account_at(kiosk, "yohana");
  CHECK(account.version == 2);
  CHECK(crypto::open_credential(account.credential, second->pin, nullptr));
  CHECK(crypto::open_credential(account.credential, first.pin, nullptr).error().code == ErrorCode::kUnauthorised);
  REQUIRE(world.office.unlock(world.database(), world.desk, "yohana"));
  account = world.account_at(kiosk, "yohana");
  CHECK(account.version == 3);
  CHECK(crypto::open_credential(account.credential, second->pin, nullptr));
  REQUIRE(world.office.rename(world.database(), world.desk, "yohana", " Yohana Magal "));
  account = world.account_at(kiosk, "yohana");
  CHECK(account.version == 3);
  CHECK(account.name == "Yohana Magal");
}

TEST_CASE("an account may ask for a key file, which is told once like the PIN") {
  StaffWorld world;
  const TestKiosk kiosk = world.enrolled_kiosk(kJila);
  const auto start =
      world.office.add(world.database(), world.desk, {"yohana", "Yohana", Role::kOfficer, DistrictCode{kJila}, true});
  REQUIRE(start);
  REQUIRE(start->key_file);
  const wire::StaffAccount account = world.account_at(kiosk, "yohana");
  CHECK(account.credential.needs_key_file);
  CHECK(crypto::open_credential(account.credential, start->pin, &*start->key_file));
  CHECK(crypto::open_credential(account.credential, start->pin, nullptr).error().code == ErrorCode::kUnauthorised);
  const auto again = world.office.reset_pin(world.database(), world.desk, "yohana");
  REQUIRE(again);
  REQUIRE(again->key_file);
  CHECK_FALSE(crypto::equal_in_constant_time(start->key_file->view(), again->key_file->view()));
}

TEST_CASE("who may make which account") {
  for (const Role who :
       {Role::kSystem, Role::kSuperAdmin, Role::kLiaison, Role::kOpdPic, Role::kOpdHead, Role::kInspectorate,
        Role::kRegent, Role::kSystemAdmin, Role::kOfficer, Role::kDistrictHead, Role::kTechnician}) {
    for (int number = 0; number <= static_cast<int>(kLastRole); ++number) {
      const auto whose = static_cast<Role>(number);
      const bool expected = is_kiosk_role(whose) &&
                            (who == Role::kSuperAdmin || (who == Role::kSystemAdmin && whose == Role::kTechnician));
      CAPTURE(static_cast<int>(who), number);
      CHECK(may_manage(who, whose) == expected);
    }
    using crypto::ChallengePurpose;
    CHECK(may_answer(who, ChallengePurpose::kMaintenance) == (who == Role::kSuperAdmin || who == Role::kSystemAdmin));
    CHECK(may_answer(who, ChallengePurpose::kUnlockAccount) == (who == Role::kSuperAdmin));
    CHECK(may_answer(who, ChallengePurpose::kRetire) == (who == Role::kSuperAdmin));
  }
}

TEST_CASE("a system admin looks after technicians and touches no officer") {
  StaffWorld world;
  world.add("yohana");
  const StaffDesk admin{"adi", Role::kSystemAdmin};
  CHECK(world.office.add(world.database(), admin, {"tekno", "Tekno", Role::kTechnician, {}, false}));
  CHECK(world.office.reset_pin(world.database(), admin, "tekno"));
  CHECK(
      world.office.add(world.database(), admin, {"x1", "X", Role::kOfficer, DistrictCode{kJila}, false}).error().code ==
      ErrorCode::kUnauthorised);
  CHECK(world.office.reset_pin(world.database(), admin, "yohana").error().code == ErrorCode::kUnauthorised);
  CHECK(world.office.unlock(world.database(), admin, "yohana").error().code == ErrorCode::kUnauthorised);
  CHECK(world.office.set_state(world.database(), admin, "yohana", false).error().code == ErrorCode::kUnauthorised);
  CHECK(world.office.rename(world.database(), admin, "yohana", "X").error().code == ErrorCode::kUnauthorised);
}

TEST_CASE("what is no account is refused, and nothing of it is kept") {
  StaffWorld world;
  world.add_account("rosa", Role::kSuperAdmin);
  const auto refused = [&](const NewStaff& wanted) {
    const auto made = world.office.add(world.database(), world.desk, wanted);
    return made ? ErrorCode::kInternal : made.error().code;
  };
  const DistrictCode jila{kJila};
  CHECK(refused({"Yohana", "Yohana", Role::kOfficer, jila, false}) == ErrorCode::kInvalidInput);
  CHECK(refused({"yohana", " ", Role::kOfficer, jila, false}) == ErrorCode::kInvalidInput);
  CHECK(refused({"yohana", std::string(121, 'x'), Role::kOfficer, jila, false}) == ErrorCode::kInvalidInput);
  CHECK(refused({"yohana", "Yohana", Role::kOfficer, DistrictCode{"94.04.99"}, false}) == ErrorCode::kInvalidInput);
  CHECK(refused({"yohana", "Yohana", Role::kOfficer, {}, false}) == ErrorCode::kInvalidInput);
  CHECK(refused({"yohana", "Yohana", Role::kTechnician, jila, false}) == ErrorCode::kInvalidInput);
  CHECK(refused({"yohana", "Yohana", Role::kLiaison, {}, false}) == ErrorCode::kInvalidInput);
  CHECK(refused({"rosa", "Rosa", Role::kOfficer, jila, false}) == ErrorCode::kConflict);
  CHECK(world.count("staff_account") == 0);
  world.add("yohana");
  CHECK(refused({"yohana", "Yohana", Role::kOfficer, DistrictCode{kAgimuga}, false}) == ErrorCode::kConflict);
  CHECK(world.office.reset_pin(world.database(), world.desk, "nobody").error().code == ErrorCode::kNotFound);
}

TEST_CASE("a district has at most 64 open accounts, technicians among them") {
  StaffWorld world;
  world.add("tekno", Role::kTechnician);
  for (std::size_t i = 1; i < wire::kStaffAccountsPerDistrict; ++i) world.add("p" + std::to_string(i));
  const NewStaff one_more{"more", "More", Role::kOfficer, DistrictCode{kJila}, false};
  const NewStaff technician{"tekno2", "More", Role::kTechnician, {}, false};
  CHECK(world.office.add(world.database(), world.desk, one_more).error().code == ErrorCode::kTooLarge);
  CHECK(world.office.add(world.database(), world.desk, technician).error().code == ErrorCode::kTooLarge);
  world.add("elsewhere", Role::kOfficer, kAgimuga);
  REQUIRE(world.office.set_state(world.database(), world.desk, "p1", false));
  CHECK(world.office.add(world.database(), world.desk, one_more));
  CHECK(world.office.set_state(world.database(), world.desk, "p1", true).error().code == ErrorCode::kTooLarge);
}

TEST_CASE("two admins at once: both changes stand, in two versions") {
  StaffWorld world;
  const TestKiosk kiosk = world.enrolled_kiosk(kJila);
  const auto pool = DatabasePool::open(world.folder.database_path(), 1);
  REQUIRE(pool);
  const auto other = (*pool)->borrow();
  REQUIRE(other);
  world.add("yohana");
  REQUIRE(world.office.add(**other, {"adi", Role::kSuperAdmin},
                           {"markus", "Markus", Role::kDistrictHead, DistrictCode{kJila}, false}));
  REQUIRE(
      world.office.add(**other, world.desk, {"yohana", "X", Role::kOfficer, DistrictCode{kJila}, false}).error().code ==
      ErrorCode::kConflict);
  CHECK(world.logins_at(kiosk) == Logins{"markus", "yohana"});
  CHECK(newest_version(world.database(), wire::DocumentKind::kAccounts).value() == 2);
}

TEST_CASE("the office's key opens after the centre has changed its own, and a new credential can be made of it") {
  StaffWorld world;
  const TestKiosk kiosk = world.enrolled_kiosk(kJila);
  world.add("yohana");
  const auto before = office_seed_of(world.database(), world.keys(), DistrictCode{kJila});
  REQUIRE(before);
  const Bytes secret = world.accounts_at(kiosk)->challenge_secret;
  REQUIRE(renew_keys(world.database(), world.env, world.folder));
  const auto after = office_seed_of(world.database(), world.keys(), DistrictCode{kJila});
  REQUIRE(after);
  CHECK(crypto::equal_in_constant_time(before->view(), after->view()));
  REQUIRE(world.office.reset_pin(world.database(), world.desk, "yohana"));
  CHECK(world.accounts_at(kiosk)->challenge_secret == secret);
}

TEST_CASE("a challenge is answered with what the kiosk expects, once, and it is noted who did") {
  StaffWorld world;
  const TestKiosk kiosk = world.enrolled_kiosk(kJila);
  world.add("yohana");
  const auto secret = crypto::SecretBytes::copy_of(world.accounts_at(kiosk)->challenge_secret);
  const crypto::Challenge challenge = crypto::make_challenge(world.env, 7).value();
  const StaffOffice::Question question{kiosk.code.value, crypto::ChallengePurpose::kMaintenance, "",
                                       crypto::format_challenge(challenge)};
  const auto told = world.office.answer(world.database(), world.desk, question);
  REQUIRE(told);
  CHECK_FALSE(told->went_back);
  const crypto::ChallengeFor what{kiosk.device, crypto::ChallengePurpose::kMaintenance, ""};
  CHECK(crypto::check_answer(secret, what, challenge, told->answer));
  CHECK(world.office.answer(world.database(), world.desk, question).error().code == ErrorCode::kConflict);
  const auto answers = list_challenge_answers(world.database(), 10);
  REQUIRE(answers);
  REQUIRE(answers->size() == 1);
  CHECK(answers->front().by == "rosa");

  SECTION("also not for another purpose, which would be a second answer to it") {
    StaffOffice::Question other = question;
    other.purpose = crypto::ChallengePurpose::kRetire;
    CHECK(world.office.answer(world.database(), world.desk, other).error().code == ErrorCode::kConflict);
  }
  SECTION("a kiosk that shows an earlier challenge than before has perhaps been put back") {
    StaffOffice::Question earlier = question;
    earlier.signs = crypto::format_challenge(crypto::make_challenge(world.env, 6).value());
    CHECK(world.office.answer(world.database(), world.desk, earlier).value().went_back);
  }
  SECTION("for an account it opens that account alone") {
    const crypto::Challenge next = crypto::make_challenge(world.env, 8).value();
    StaffOffice::Question unlock{kiosk.code.value, crypto::ChallengePurpose::kUnlockAccount, "yohana",
                                 crypto::format_challenge(next)};
    const auto opened = world.office.answer(world.database(), world.desk, unlock);
    REQUIRE(opened);
    crypto::ChallengeFor whose{kiosk.device, crypto::ChallengePurpose::kUnlockAccount, "yohana"};
    CHECK(crypto::check_answer(secret, whose, next, opened->answer));
    whose.account = "markus";
    CHECK_FALSE(crypto::check_answer(secret, whose, next, opened->answer));
  }
}

TEST_CASE("a challenge is not answered for a kiosk, an account or a desk that it is not for") {
  StaffWorld world;
  const TestKiosk kiosk = world.enrolled_kiosk(kJila);
  world.add("yohana");
  world.add("frans", Role::kOfficer, kAgimuga);
  const std::string signs = crypto::format_challenge(crypto::make_challenge(world.env, 7).value());
  using crypto::ChallengePurpose;
  const auto refused = [&](const StaffDesk& desk, const StaffOffice::Question& question) {
    const auto told = world.office.answer(world.database(), desk, question);
    return told ? ErrorCode::kInternal : told.error().code;
  };
  const std::string code = kiosk.code.value;
  CHECK(refused(world.desk, {"AGA9", ChallengePurpose::kMaintenance, "", signs}) == ErrorCode::kNotFound);
  CHECK(refused(world.desk, {"x", ChallengePurpose::kMaintenance, "", signs}) == ErrorCode::kInvalidInput);
  CHECK(refused(world.desk, {code, ChallengePurpose::kMaintenance, "", "2222-2223"}) == ErrorCode::kInvalidInput);
  CHECK(refused(world.desk, {code, ChallengePurpose::kUnlockAccount, "", signs}) == ErrorCode::kNotFound);
  CHECK(refused(world.desk, {code, ChallengePurpose::kUnlockAccount, "frans", signs}) == ErrorCode::kNotFound);
  CHECK(refused({"adi", Role::kSystemAdmin}, {code, ChallengePurpose::kRetire, "", signs}) == ErrorCode::kUnauthorised);
  CHECK(refused({"lo", Role::kLiaison}, {code, ChallengePurpose::kMaintenance, "", signs}) == ErrorCode::kUnauthorised);
  REQUIRE(set_kiosk_trust(world.env, world.memory.path(), code, KioskTrust::kRevoked));
  CHECK(refused(world.desk, {code, ChallengePurpose::kMaintenance, "", signs}) == ErrorCode::kUnauthorised);
  CHECK(world.office.answer(world.database(), world.desk, {code, ChallengePurpose::kRetire, "", signs}));
}

TEST_CASE("a technician's stick is for one kiosk or one district, and its numbers grow") {
  StaffWorld world;
  const TestKiosk kiosk = world.enrolled_kiosk(kJila);
  world.add("tekno", Role::kTechnician);
  world.add("yohana");
  const auto read = [&](const Bytes& file) {
    const auto key = wire::decode_maintenance_key(file, world.keys().signing.verify_key());
    REQUIRE(key);
    return *key;
  };
  const auto first = world.office.make_stick_key(world.database(), world.desk, {"tekno", kiosk.code.value, {}});
  REQUIRE(first);
  CHECK(read(*first).serial == 1);
  CHECK(wire::is_for(read(*first), kiosk.code, kiosk.district));
  const auto second = world.office.make_stick_key(world.database(), world.desk, {"tekno", "", DistrictCode{kAgimuga}});
  REQUIRE(second);
  CHECK(read(*second).serial == 2);
  CHECK_FALSE(wire::is_for(read(*second), kiosk.code, kiosk.district));
  CHECK(read(*second).login == "tekno");
  const auto refused = [&](const StaffOffice::StickOrder& order) {
    return world.office.make_stick_key(world.database(), world.desk, order).error().code;
  };
  CHECK(refused({"yohana", kiosk.code.value, {}}) == ErrorCode::kInvalidInput);
  CHECK(refused({"tekno", "", {}}) == ErrorCode::kInvalidInput);
  CHECK(refused({"tekno", "AGA9", {}}) == ErrorCode::kNotFound);
  CHECK(refused({"nobody", kiosk.code.value, {}}) == ErrorCode::kNotFound);
  REQUIRE(world.office.set_state(world.database(), world.desk, "tekno", false));
  CHECK(refused({"tekno", kiosk.code.value, {}}) == ErrorCode::kInvalidInput);
}

TEST_CASE("the accounts of the centre's pages and those of kiosks are never mixed up") {
  StaffWorld world;
  for (const char* role : {"officer", "district_head", "technician"}) {
    const Status added =
        add_user(world.env, world.memory.path(), world.catalogue, {"x1", "X", role, "", "sungai-7777"});
    REQUIRE_FALSE(added);
    CHECK(added.error().code == ErrorCode::kInvalidInput);
    CHECK(contains(added.error().message, "staff add"));
  }
  world.add("yohana");
  const Status taken =
      add_user(world.env, world.memory.path(), world.catalogue, {"yohana", "X", "liaison", "", "sungai-7777"});
  REQUIRE_FALSE(taken);
  CHECK(taken.error().code == ErrorCode::kConflict);
  // A PIN of a kiosk opens no page.
  Browser browser(world);
  CHECK(browser.log_in("yohana", "whatever").status != 303);
}

}  // namespace
}  // namespace mimika::test
