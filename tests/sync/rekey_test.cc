// A kiosk gives itself another key, and the power goes, or the link, at every moment of it.
#include "sync/client/rekey.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <functional>

#include "kiosk/base/files.h"
#include "tests/support/memory_folder.h"

namespace mimika::test {
namespace {

namespace fs = std::filesystem;

enum class Fate { kTaken, kNoLink, kAnswerLost, kRefused, kStranger };

// An enrolled kiosk, and the centre's side of POST /v1/rekey.
class RekeyWorld final : public sync::Transport {
 public:
  RekeyWorld() {
    facts_.url = "https://127.0.0.1:8443";
    facts_.identity = {DeviceId{17}, DeviceCode{"JLA1"}, DistrictCode{"94.04.06"}};
    facts_.verify_key = centre_.verify_key();
    const auto key = sync::prepare_device_key(folder.path(), env);
    REQUIRE(key);
    first = key->verify_key();
    bound = first;
    REQUIRE(sync::save_enrolment(folder.path(), facts_, "authority", certificate_for(first, centre_)));
  }

  Result<sync::HttpResponse> post(const std::string& path, ByteView body) override {
    REQUIRE(path == "/v1/rekey");
    if (fate == Fate::kNoLink) return fail(ErrorCode::kUnreachable, "no link");
    sync::HttpResponse response;
    response.status = 403;
    if (fate == Fate::kRefused) return response;
    auto request = wire::decode_rekey_request(body, bound);
    if (!request) request = wire::decode_rekey_request(body, first);
    REQUIRE(request);
    bound = request->new_key;
    if (fate == Fate::kAnswerLost) return fail(ErrorCode::kUnreachable, "the answer was lost");
    response.status = 200;
    response.body = certificate_for(bound, fate == Fate::kStranger ? stranger_ : centre_);
    return response;
  }
  void use_fresh_connection() override {}
  void cancel() override {}

  [[nodiscard]] crypto::VerifyKey key_now() {
    const auto loaded = sync::load_enrolment(folder.path());
    INFO((loaded ? std::string() : loaded.error().message));
    REQUIRE(loaded);
    return loaded->device_key.verify_key();
  }
  [[nodiscard]] std::string key_file(const std::string& name) const { return folder.path() + "/keys/" + name; }

  MemoryFolder folder;
  FakeEnv env{1'771'200'000'000};
  crypto::VerifyKey first{};
  crypto::VerifyKey bound{};  // as the centre knows it
  Fate fate = Fate::kTaken;

 private:
  [[nodiscard]] Bytes certificate_for(const crypto::VerifyKey& key, const crypto::SigningKey& by) {
    return wire::encode_certificate(
        {facts_.identity.device, facts_.identity.device_code, facts_.identity.district, key, env.wall_ms()}, by);
  }
  crypto::SigningKey centre_ = crypto::SigningKey::generate(env);
  crypto::SigningKey stranger_ = crypto::SigningKey::generate(env);
  sync::CentreFacts facts_;
};

TEST_CASE("a kiosk that changes its key has the new one, at the centre and here") {
  RekeyWorld world;
  const auto renewed = sync::rekey(world.folder.path(), world, world.env);
  REQUIRE(renewed);
  REQUIRE(world.bound != world.first);
  REQUIRE(renewed->device_key.verify_key() == world.bound);
  REQUIRE(world.key_now() == world.bound);
  REQUIRE_FALSE(sync::rekey_is_pending(world.folder.path()));
  REQUIRE_FALSE(sync::finish_pending_rekey(world.folder.path(), world, world.env).value());
}

TEST_CASE("without a link, refused, or answered by a stranger, the old key stays and the change can go on") {
  RekeyWorld world;
  world.fate = GENERATE(Fate::kNoLink, Fate::kRefused, Fate::kStranger);
  REQUIRE_FALSE(sync::rekey(world.folder.path(), world, world.env));
  REQUIRE(world.key_now() == world.first);
  REQUIRE(sync::rekey_is_pending(world.folder.path()));
  world.fate = Fate::kTaken;
  const auto finished = sync::finish_pending_rekey(world.folder.path(), world, world.env);
  REQUIRE(finished);
  REQUIRE(*finished);
  REQUIRE((**finished).verify_key() == world.bound);
  REQUIRE(world.key_now() == world.bound);
}

TEST_CASE("when the answer is lost the same new key is asked for again") {
  RekeyWorld world;
  world.fate = Fate::kAnswerLost;
  REQUIRE_FALSE(sync::rekey(world.folder.path(), world, world.env));
  const crypto::VerifyKey asked = world.bound;
  REQUIRE(asked != world.first);
  world.fate = Fate::kNoLink;
  REQUIRE(sync::finish_pending_rekey(world.folder.path(), world, world.env).error().code == ErrorCode::kUnreachable);
  world.fate = Fate::kTaken;
  REQUIRE(sync::finish_pending_rekey(world.folder.path(), world, world.env).value());
  REQUIRE(world.bound == asked);
  REQUIRE(world.key_now() == asked);
}

TEST_CASE("a power cut between the new certificate and the new key is mended at the next start") {
  RekeyWorld world;
  world.fate = Fate::kNoLink;
  REQUIRE_FALSE(sync::rekey(world.folder.path(), world, world.env));
  const Bytes old_seed = read_file(world.key_file("sign.seed"), 1000).value();
  const Bytes next_seed = read_file(world.key_file("next.seed"), 1000).value();
  world.fate = Fate::kTaken;
  REQUIRE(sync::rekey(world.folder.path(), world, world.env));
  // The certificate is on the disk, and nothing that came after it.
  REQUIRE(write_file_durably(world.key_file("sign.seed"), old_seed, FileMode::kPrivate));
  REQUIRE(write_file_durably(world.key_file("next.seed"), next_seed, FileMode::kPrivate));
  REQUIRE(world.key_now() == world.bound);
  REQUIRE_FALSE(fs::exists(world.key_file("next.seed")));
  SECTION("also when the key was there and only the other file had not gone") {
    REQUIRE(write_file_durably(world.key_file("next.seed"), next_seed, FileMode::kPrivate));
    REQUIRE(world.key_now() == world.bound);
    REQUIRE_FALSE(fs::exists(world.key_file("next.seed")));
  }
}

}  // namespace
}  // namespace mimika::test
