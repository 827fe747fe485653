// The centre's policy on the kiosk: what it trusts from then on, and how long staff may work without word.
#include "sync/wire/policy.h"

#include "sync/wire/event_codec.h"
#include "tests/store/store_world.h"

namespace mimika {
namespace {

using test::file;
using test::kHour;
using test::kStart;
using test::World;

struct PolicyWorld : World {
  FakeEnv dice{0, 5};
  crypto::SigningKey first = crypto::SigningKey::generate(dice);
  crypto::SigningKey second = crypto::SigningKey::generate(dice);
  crypto::BoxKey second_box = crypto::BoxKey::generate(dice);

  [[nodiscard]] StoreOptions trusting() const {
    StoreOptions with = options();
    with.centre_verify_key = first.verify_key();
    return with;
  }
  [[nodiscard]] std::unique_ptr<Store> open_trusting() {
    auto store = Store::open(trusting(), env);
    if (!store) FAIL(store.error().message);
    return *std::move(store);
  }
  [[nodiscard]] wire::Policy policy(std::uint32_t version) const {
    wire::Policy out;
    out.version = version;
    out.issued_ms = kStart;
    out.verify_key = first.verify_key();
    out.box_key = test::keys().centre.public_key();
    return out;
  }
  // The centre's answer to a call with nothing in it, with this policy.
  void answer(Store& store, Bytes bytes) const {
    wire::Answer answer = test::answer_to(test::outgoing(store), kStart, 0);
    answer.policy = std::move(bytes);
    const auto taken = store.apply_answer(test::outgoing(store).epoch, answer);
    INFO((taken ? std::string() : taken.error().message));
    REQUIRE(taken);
  }
};

std::uint32_t version_of(Store& store) {
  const auto keys = store.centre_keys();
  REQUIRE(keys);
  return keys->policy_version;
}

TEST_CASE("a policy that the centre signed is kept, also over a restart") {
  PolicyWorld world;
  wire::Policy policy = world.policy(3);
  policy.revoked_accounts = {"petugas.jila"};
  policy.staff_days = 14;
  {
    const auto store = world.open_trusting();
    REQUIRE(version_of(*store) == 0);
    REQUIRE_FALSE(store->policy().value());
    world.answer(*store, wire::encode_policy(policy, world.first));
  }
  const auto store = world.open_trusting();
  REQUIRE(version_of(*store) == 3);
  REQUIRE(store->policy().value() == policy);
}

TEST_CASE("an old policy, a forged one and bytes that are none change nothing, and nothing else stops") {
  PolicyWorld world;
  const auto store = world.open_trusting();
  world.answer(*store, wire::encode_policy(world.policy(3), world.first));
  const Bytes refused =
      GENERATE_REF(wire::encode_policy(world.policy(2), world.first), wire::encode_policy(world.policy(3), world.first),
                   wire::encode_policy(world.policy(9), world.second), Bytes{1, 2, 3}, Bytes(wire::kPolicyBytes + 1));
  world.env.advance_ms(kHour);
  world.answer(*store, refused);
  REQUIRE(version_of(*store) == 3);
}

TEST_CASE(
    "after other keys came, the next policy is the new key's to sign, and filings are sealed to the new box key") {
  PolicyWorld world;
  const auto store = world.open_trusting();
  static_cast<void>(file(*store));
  wire::Policy change = world.policy(1);
  change.verify_key = world.second.verify_key();
  change.box_key = world.second_box.public_key();
  world.answer(*store, wire::encode_policy(change, world.first));
  REQUIRE(store->centre_keys()->verify_key == world.second.verify_key());

  wire::Policy later = change;
  later.version = 2;
  world.answer(*store, wire::encode_policy(later, world.first));
  REQUIRE(version_of(*store) == 1);
  world.answer(*store, wire::encode_policy(later, world.second));
  REQUIRE(version_of(*store) == 2);

  static_cast<void>(file(*store));
  const Outgoing out = test::outgoing(*store);
  const std::vector<Event> events = test::decoded(out);
  const Event& last = events.back();
  REQUIRE(last.sealed_at);
  const auto& stream = std::get<SealStreamOpened>(events.at(last.sealed_at->stream.value - 1).payload);
  const auto open = [&](const crypto::BoxKey& key) {
    return crypto::open_message(key, crypto::Recipient::kCentre, stream.centre_sealed_key, last.sealed_at->index,
                                last.key, out.records.back().sealed);
  };
  REQUIRE(open(world.second_box));
  REQUIRE_FALSE(open(test::keys().centre));
}

TEST_CASE("staff may do less after long powered time without word, and all again after a word") {
  PolicyWorld world;
  const auto store = world.open_trusting();
  wire::Policy policy = world.policy(1);
  policy.staff_days = 2;
  world.answer(*store, wire::encode_policy(policy, world.first));
  const auto run_for = [&](int hours) {
    for (int i = 0; i < hours; ++i) {
      world.env.advance_ms(kHour);
      REQUIRE(store->note_powered());
    }
  };
  REQUIRE(store->note_powered());
  run_for(47);
  REQUIRE(store->staff_scope() == StaffScope::kFull);
  SECTION("time without power does not count") {
    world.env.advance_ms(1000 * kHour);
    world.env.reboot();
    REQUIRE(store->note_powered());
    REQUIRE(store->staff_scope() == StaffScope::kFull);
  }
  run_for(2);
  REQUIRE(store->staff_scope() == StaffScope::kNarrow);
  world.env.set_wall_ms(0);  // a clock that is set back gives no time back
  REQUIRE(store->staff_scope() == StaffScope::kNarrow);
  world.answer(*store, {});
  REQUIRE(store->staff_scope() == StaffScope::kFull);
}

}  // namespace
}  // namespace mimika
