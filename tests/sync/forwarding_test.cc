// When others' bundles go on: never in the way of the kiosk's own, and ever more seldom over a link that does not bear
// them.
#include "sync/client/forwarding.h"

#include <catch2/catch.hpp>

#include "kiosk/base/limits.h"
#include "tests/sync/kiosk_world.h"

namespace mimika::test {
namespace {

constexpr std::int64_t kMinuteMs = 60'000;

bool always() {
  return true;
}

struct ForwardingWorld {
  class Link final : public sync::Transport {
   public:
    Result<sync::HttpResponse> post(const std::string&, ByteView body) override {
      ++posts;
      last.assign(body.begin(), body.end());
      if (broken) return fail(ErrorCode::kUnreachable, "the link broke");
      sync::HttpResponse response;
      if (!ack.empty()) {
        response.status = 200;
        response.body = ack;
        return response;
      }
      response.status = 409;
      const std::string_view json = R"({"error":"gap","message":"an earlier one is missing"})";
      response.body.assign(json.begin(), json.end());
      return response;
    }
    void use_fresh_connection() override {}
    void cancel() override {}
    int posts = 0;
    bool broken = false;
    Bytes last;
    Bytes ack;  // empty: an earlier bundle is missing
  };
  Bytes ack_for(std::uint32_t device) {
    wire::Ack ack;
    ack.device = DeviceId{device};
    ack.version = 1;
    const auto centre = crypto::SigningKey::generate(env);
    const auto other = crypto::SigningKey::generate(env);
    return wire::encode_ack(ack, {centre, FakeCentre::box(), other.verify_key()}, env).value();
  }

  void carry(std::uint32_t device) {
    wire::Call call;
    call.header.device = DeviceId{device};
    call.header.epoch = Epoch{5};
    call.records.push_back({Bytes(100, 1), {}});
    const auto key = crypto::SigningKey::generate(env);
    const auto file = wire::encode_bundle(call, key, FakeCentre::box().public_key(), env);
    REQUIRE(file);
    sync::Courier courier(folder.path(), DeviceId{17}, {}, {64 * limits::kMiB, 500, 0});
    REQUIRE(courier.keep_bundle(wire::read_stick_file(*file).value()) == sync::Kept::kNew);
  }
  int posts_of_a_run(const std::function<bool()>& go_on = always) {
    const int before = link.posts;
    forwarding.run(go_on);
    return link.posts - before;
  }

  MemoryFolder folder;
  FakeEnv env{kMorning, 1};
  Link link;
  sync::Forwarding forwarding{folder.path(), DeviceId{17}, link, env};
};

TEST_CASE("a bundle that must wait for another is offered once an hour, and a new one at once") {
  ForwardingWorld world;
  world.carry(21);
  CHECK(world.posts_of_a_run() == 1);
  CHECK(world.posts_of_a_run() == 0);
  world.carry(22);
  CHECK(world.posts_of_a_run() == 1);
  world.env.advance_ms(59 * kMinuteMs);
  CHECK(world.posts_of_a_run() == 0);
  world.env.advance_ms(kMinuteMs);
  CHECK(world.posts_of_a_run() == 2);
}

TEST_CASE("a link that breaks under others' bundles is left to this kiosk for longer each time") {
  ForwardingWorld world;
  world.carry(21);
  world.link.broken = true;
  std::int64_t pause_ms = sync::kForwardPauseFirstMs;
  for (int attempt = 0; attempt < 10; ++attempt) {
    CHECK(world.posts_of_a_run() == 1);
    world.env.advance_ms(pause_ms - 1);
    CHECK(world.posts_of_a_run() == 0);
    world.env.advance_ms(1);
    pause_ms = std::min(2 * pause_ms, sync::kForwardPauseMostMs);
  }
  CHECK(pause_ms == sync::kForwardPauseMostMs);
  // Being told to wait is no proof that the link bears a bundle; the centre's ACK is.
  world.link.broken = false;
  CHECK(world.posts_of_a_run() == 1);
  world.link.ack = world.ack_for(22);
  world.carry(22);
  CHECK(world.posts_of_a_run() == 1);
  world.link.broken = true;
  world.carry(23);
  CHECK(world.posts_of_a_run() == 1);
  world.env.advance_ms(sync::kForwardPauseFirstMs);
  CHECK(world.posts_of_a_run() == 1);
}

TEST_CASE("a bundle that is too much for the link does not stop the others") {
  ForwardingWorld world;
  world.carry(21);
  world.carry(22);
  world.link.broken = true;
  CHECK(world.posts_of_a_run() == 1);
  const Bytes too_much = world.link.last;
  world.env.advance_ms(sync::kForwardPauseFirstMs);
  CHECK(world.posts_of_a_run() == 1);
  CHECK(world.link.last != too_much);
}

TEST_CASE("who files while others' bundles go waits for one of them at most") {
  ForwardingWorld world;
  for (std::uint32_t device = 21; device < 26; ++device) world.carry(device);
  int asked = 0;
  CHECK(world.posts_of_a_run([&] { return ++asked <= 2; }) == 2);
  CHECK(world.posts_of_a_run() == 3);
}

TEST_CASE("a kiosk that carries nothing forwards nothing") {
  ForwardingWorld world;
  CHECK(world.posts_of_a_run() == 0);
  sync::Forwarding none("", DeviceId{17}, world.link, world.env);
  none.run(always);
  CHECK(world.link.posts == 0);
}

}  // namespace
}  // namespace mimika::test
