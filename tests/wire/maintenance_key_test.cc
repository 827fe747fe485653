#include "sync/wire/maintenance_key.h"

#include <catch2/catch.hpp>

#include "sync/wire/policy.h"

namespace mimika::wire {
namespace {

struct World {
  FakeEnv env{0};
  crypto::SigningKey centre = crypto::SigningKey::generate(env);
  crypto::SigningKey other = crypto::SigningKey::generate(env);
  MaintenanceKey key{
      DistrictCode{"94.04.06"}, DeviceCode{"JLA1"}, crypto::ChallengePurpose::kMaintenance, "yohana", 17, 3,
      1'795'500'000'000};
};

TEST_CASE("a technician's key comes back under the centre's key, whole and unchanged, and under no other") {
  World world;
  const Bytes bytes = encode_maintenance_key(world.key, world.centre);
  CHECK(bytes.size() <= kMaintenanceKeyBytes);
  CHECK(decode_maintenance_key(bytes, world.centre.verify_key()).value() == world.key);
  CHECK(decode_maintenance_key(bytes, world.other.verify_key()).error().code == ErrorCode::kUnauthorised);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    Bytes changed = bytes;
    changed[i] ^= 1;
    INFO(i);
    CHECK_FALSE(decode_maintenance_key(changed, world.centre.verify_key()));
    CHECK_FALSE(decode_maintenance_key(ByteView(bytes).first(i), world.centre.verify_key()));
  }
  world.key.kiosk.reset();
  const Bytes any = encode_maintenance_key(world.key, world.centre);
  CHECK(decode_maintenance_key(any, world.centre.verify_key()).value() == world.key);
}

TEST_CASE("a technician's key that says too little is refused though the centre signed it") {
  World world;
  const auto refused = [&](const auto& change) {
    MaintenanceKey key = world.key;
    change(key);
    const auto read = decode_maintenance_key(encode_maintenance_key(key, world.centre), world.centre.verify_key());
    return !read;
  };
  CHECK(refused([](MaintenanceKey& key) { key.district.value.clear(); }));
  CHECK(refused([](MaintenanceKey& key) { key.serial = 0; }));
  CHECK(refused([](MaintenanceKey& key) { key.login = "Yo hana"; }));
  CHECK(refused([](MaintenanceKey& key) { key.purpose = crypto::ChallengePurpose{0}; }));
  CHECK(refused([](MaintenanceKey& key) { key.purpose = crypto::ChallengePurpose{4}; }));
  CHECK(refused([](MaintenanceKey& key) { key.kiosk = DeviceCode{"XX"}; }));
}

TEST_CASE("a technician's key is for one kiosk, or for those of one district") {
  World world;
  const DistrictCode jila{"94.04.06"};
  CHECK(is_for(world.key, DeviceCode{"JLA1"}, jila));
  CHECK_FALSE(is_for(world.key, DeviceCode{"JLA2"}, jila));
  CHECK_FALSE(is_for(world.key, DeviceCode{"JLA1"}, DistrictCode{"94.04.01"}));
  world.key.kiosk.reset();
  CHECK(is_for(world.key, DeviceCode{"JLA2"}, jila));
  CHECK_FALSE(is_for(world.key, DeviceCode{"AGA1"}, DistrictCode{"94.04.01"}));
}

TEST_CASE("another file under that name is no technician's key") {
  World world;
  CHECK(decode_maintenance_key({}, world.centre.verify_key()).error().code == ErrorCode::kCorrupt);
  CHECK(decode_maintenance_key(as_bytes("hello"), world.centre.verify_key()).error().code == ErrorCode::kCorrupt);
  CHECK(decode_maintenance_key(Bytes(kMaintenanceKeyBytes + 1), world.centre.verify_key()).error().code ==
        ErrorCode::kTooLarge);
  CHECK_FALSE(decode_maintenance_key(encode_policy(Policy{}, world.centre), world.centre.verify_key()));
}

}  // namespace
}  // namespace mimika::wire
