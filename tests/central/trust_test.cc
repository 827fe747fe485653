// Whom to trust: policies, the centre's other keys, kiosks that change theirs, kiosks that were stolen.
#include "sync/central/cli/trust.h"

#include <nlohmann/json.hpp>

#include "sync/central/projection/private_part.h"
#include "sync/central/store/devices.h"
#include "sync/central/store/journals.h"
#include "sync/central/workflow/policy.h"
#include "sync/wire/enrolment.h"
#include "sync/wire/event_codec.h"
#include "tests/central/centre_world.h"

namespace mimika::test {
namespace {

wire::Policy policy_in(const wire::Answer& answer, const crypto::VerifyKey& key) {
  REQUIRE_FALSE(answer.policy.empty());
  const auto policy = wire::decode_policy(answer.policy, key);
  REQUIRE(policy);
  return *policy;
}

// The answer to a call of a kiosk that holds that policy and knows these keys of the centre.
wire::Answer sync_knowing(CentreWorld& world, TestKiosk& kiosk, std::uint32_t policy_version,
                          const crypto::VerifyKey& verify_key) {
  wire::Call call = kiosk.call();
  call.header.policy_version = policy_version;
  const http::Response response = world.post("/v1/sync", kiosk.encoded(call));
  CAPTURE(response.body);
  REQUIRE(response.status == 200);
  const auto answer = wire::decode_answer(as_bytes(response.body), verify_key);
  REQUIRE(answer);
  return *answer;
}

}  // namespace

TEST_CASE("a policy comes with every answer until the kiosk has it") {
  CentreWorld world;
  TestKiosk kiosk = world.enrolled_kiosk();
  REQUIRE(world.sync(kiosk).policy.empty());
  REQUIRE(set_policy(world.env, world.memory.path(), {{"petugas.jila"}, {}, 14}));
  for (int i = 0; i < 2; ++i) {
    const wire::Policy policy = policy_in(world.sync(kiosk), world.keys().signing.verify_key());
    REQUIRE(policy.version == 1);
    REQUIRE(policy.revoked_accounts == std::vector<std::string>{"petugas.jila"});
    REQUIRE(policy.staff_days == 14);
  }
  REQUIRE(sync_knowing(world, kiosk, 1, world.keys().signing.verify_key()).policy.empty());
  REQUIRE(set_policy(world.env, world.memory.path(), {{}, {"petugas.jila"}, 0}));
  const wire::Policy next =
      policy_in(sync_knowing(world, kiosk, 1, world.keys().signing.verify_key()), world.keys().signing.verify_key());
  REQUIRE(next.version == 2);
  REQUIRE(next.revoked_accounts.empty());
  REQUIRE(next.staff_days == 14);
}

TEST_CASE("a stolen kiosk is revoked with one command, and trusted again with another") {
  CentreWorld world;
  TestKiosk kiosk = world.enrolled_kiosk();
  kiosk.file();
  world.sync(kiosk);
  REQUIRE(set_kiosk_trust(world.env, world.memory.path(), kiosk.code.value, KioskTrust::kRevoked));
  kiosk.file();
  const wire::Answer answer = world.sync(kiosk);
  REQUIRE(policy_in(answer, world.keys().signing.verify_key()).revoked_kiosks == std::vector{kiosk.code});
  REQUIRE(answer.rejects.back().reason == "revoked");
  REQUIRE(world.count("ticket") == 1);
  REQUIRE(set_kiosk_trust(world.env, world.memory.path(), kiosk.code.value, KioskTrust::kTrusted));
  kiosk.file();
  world.sync(kiosk);
  REQUIRE(world.count("ticket") == 2);
  REQUIRE(set_kiosk_trust(world.env, world.memory.path(), "XYZ9", KioskTrust::kRevoked).error().code ==
          ErrorCode::kNotFound);
}

// Story: the centre gets other keys twice while a kiosk is away. It comes back knowing only the first ones, is led from
// one policy to the next, and everything ever sealed still opens.
TEST_CASE("a kiosk that missed two changes of the centre's keys is led through both") {
  CentreWorld world;
  TestKiosk kiosk = world.enrolled_kiosk();
  const TicketId id = kiosk.file();
  const crypto::VerifyKey first = world.keys().signing.verify_key();
  REQUIRE(renew_centre_keys(world.env, world.memory.path()));
  REQUIRE(set_policy(world.env, world.memory.path(), {{"a"}, {}, 0}));
  REQUIRE(renew_centre_keys(world.env, world.memory.path()));
  world.restart();
  REQUIRE(world.keys().past.size() == 2);
  REQUIRE(world.keys().signing.verify_key() != first);

  const wire::Policy one = policy_in(sync_knowing(world, kiosk, 0, first), first);
  REQUIRE(one.version == 1);
  REQUIRE(one.verify_key != first);
  kiosk.know_centre_key(one.box_key);
  const wire::Policy three = policy_in(sync_knowing(world, kiosk, 1, one.verify_key), one.verify_key);
  REQUIRE(three.version == 3);
  REQUIRE(three.verify_key == world.keys().signing.verify_key());
  REQUIRE(three.revoked_accounts == std::vector<std::string>{"a"});
  kiosk.know_centre_key(three.box_key);
  const TicketId later = kiosk.file();
  REQUIRE(sync_knowing(world, kiosk, 3, three.verify_key).policy.empty());

  for (const TicketId& ticket : {id, later}) {
    const auto stored = find_event(world.database(), ticket);
    const Event event = wire::decode_event(ticket, (**stored).event).value();
    const auto opened = open_private_part(world.database(), world.keys(), event, (**stored).sealed);
    REQUIRE(opened);
    REQUIRE(opened->part().name == "Yosepha Alomang");
  }
  const TestKiosk fresh = world.enrolled_kiosk();  // enrols with the present keys
  REQUIRE(fresh.code != kiosk.code);
}

TEST_CASE("keys that were made and never announced change nothing, and are announced later") {
  CentreWorld world;
  const crypto::VerifyKey first = world.keys().signing.verify_key();
  REQUIRE(prepare_keys_for(world.env, world.folder, 1));
  world.restart();
  REQUIRE(world.keys().signing.verify_key() == first);
  const auto renewed = renew_keys(world.database(), world.env, world.folder);
  REQUIRE(renewed);
  REQUIRE(renewed->version == 1);
  world.restart();
  REQUIRE(world.keys().signing.verify_key() == renewed->verify_key);
}

TEST_CASE("a kiosk changes its key, and the old one is worth nothing afterwards") {
  CentreWorld world;
  TestKiosk kiosk = world.enrolled_kiosk();
  kiosk.file();
  world.sync(kiosk);
  const crypto::SigningKey old_key = crypto::SigningKey::from_seed(kiosk.key.seed());
  const crypto::SigningKey next = crypto::SigningKey::generate(world.env);
  const Bytes request = wire::encode_rekey_request(kiosk.device, 0, old_key, next);
  for (int i = 0; i < 2; ++i) {  // the answer may be lost
    const http::Response response = world.post("/v1/rekey", request);
    REQUIRE(response.status == 200);
    const auto certificate = wire::decode_certificate(as_bytes(response.body), world.keys().signing.verify_key());
    REQUIRE(certificate);
    REQUIRE(certificate->verify_key == next.verify_key());
    world.env.advance_ms(kMinuteMs);
  }
  REQUIRE(world.count("device_key") == 2);
  kiosk.file();
  REQUIRE(world.refusal(kiosk.encoded(kiosk.call())) == "wrong_signature");
  kiosk.key = crypto::SigningKey::from_seed(next.seed());
  REQUIRE(world.sync(kiosk).acknowledged.value == kiosk.journal.size());

  SECTION("the old key cannot change it once more") {
    const crypto::SigningKey thief = crypto::SigningKey::generate(world.env);
    REQUIRE(world.post("/v1/rekey", wire::encode_rekey_request(kiosk.device, 0, old_key, thief)).status == 401);
  }
  SECTION("nor can a stranger, or a revoked kiosk") {
    const crypto::SigningKey thief = crypto::SigningKey::generate(world.env);
    REQUIRE(world.post("/v1/rekey", wire::encode_rekey_request(kiosk.device, 0, thief, thief)).status == 401);
    REQUIRE(world.post("/v1/rekey", wire::encode_rekey_request(DeviceId{99}, 0, thief, thief)).status == 403);
    REQUIRE(set_revoked(world.database(), kiosk.device, 1));
    REQUIRE(world.post("/v1/rekey", wire::encode_rekey_request(kiosk.device, 0, next, thief)).status == 403);
  }
}

}  // namespace mimika::test
