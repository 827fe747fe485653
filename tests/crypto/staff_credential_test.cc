#include "kiosk/crypto/staff_credential.h"

#include <catch2/catch.hpp>
#include <string>

namespace mimika::crypto {
namespace {

constexpr PinCost kCheap{1, kLeastPinMemoryBytes};
constexpr std::string_view kPin = "407193";

SecretBytes random_secret(Env& env, std::size_t size = 32) {
  SecretBytes secret(size);
  env.fill_random(secret.span());
  return secret;
}

struct World {
  FakeEnv env{0};
  SecretBytes seed = random_secret(env);
  SecretBytes key_file = random_secret(env, kKeyFileBytes);
  StaffCredential plain = make_credential(env, kPin, nullptr, &seed, kCheap).value();
  StaffCredential with_file = make_credential(env, kPin, &key_file, &seed, kCheap).value();
};

TEST_CASE("a PIN has six digits or more, a passphrase eight letters, and neither is what everybody tries first") {
  CHECK(check_pin("407193") == PinFault::kNone);
  CHECK(check_pin("4071935521") == PinFault::kNone);
  CHECK(check_pin("ikan asar") == PinFault::kNone);
  CHECK(check_pin("112358") == PinFault::kNone);
  CHECK(check_pin("121212") == PinFault::kNone);
  CHECK(check_pin(std::string(62, 'a') + "bc") == PinFault::kNone);
  CHECK(check_pin("") == PinFault::kTooShort);
  CHECK(check_pin("40719") == PinFault::kTooShort);
  CHECK(check_pin("ikan as") == PinFault::kTooShort);
  CHECK(check_pin("éééééaé") == PinFault::kTooShort);  // seven letters in thirteen bytes
  CHECK(check_pin("407193a") == PinFault::kTooShort);
  CHECK(check_pin(std::string(65, '7') + "1") == PinFault::kTooLong);
  for (const char* simple : {"000000", "77777777", "123456", "654321", "345678", "567890", "098765", "112233", "554466",
                             "aaaaaaaa", "abcdefgh"}) {
    INFO(simple);
    CHECK(check_pin(simple) == PinFault::kTooSimple);
  }
}

TEST_CASE("the right PIN gives the office's seed back, and no other PIN gives anything") {
  World world;
  CHECK(equal_in_constant_time(open_credential(world.plain, kPin, nullptr).value().view(), world.seed.view()));
  for (const std::string_view wrong : {"407194", "40719", "", "4071930", "407193 "}) {
    INFO(wrong);
    CHECK(open_credential(world.plain, wrong, nullptr).error().code == ErrorCode::kUnauthorised);
  }
  CHECK(open_credential(world.plain, std::string(2000, '4'), nullptr).error().code == ErrorCode::kUnauthorised);
}

TEST_CASE("where a key file is asked for, neither it nor the PIN is enough alone") {
  World world;
  const SecretBytes other = random_secret(world.env, kKeyFileBytes);
  const SecretBytes cut = SecretBytes::copy_of(world.key_file.view().first(kKeyFileBytes - 1));
  CHECK(equal_in_constant_time(open_credential(world.with_file, kPin, &world.key_file).value().view(),
                               world.seed.view()));
  CHECK(open_credential(world.with_file, kPin, nullptr).error().code == ErrorCode::kUnauthorised);
  CHECK(open_credential(world.with_file, kPin, &other).error().code == ErrorCode::kUnauthorised);
  CHECK(open_credential(world.with_file, kPin, &cut).error().code == ErrorCode::kUnauthorised);
  CHECK(open_credential(world.with_file, "407194", &world.key_file).error().code == ErrorCode::kUnauthorised);
  // A stick that happens to be plugged in keeps nobody out who needs none.
  CHECK(open_credential(world.plain, kPin, &other));
}

TEST_CASE("saying that no key file is needed does not make it so") {
  World world;
  world.with_file.needs_key_file = false;
  CHECK(open_credential(world.with_file, kPin, nullptr).error().code == ErrorCode::kUnauthorised);
  CHECK(open_credential(world.with_file, kPin, &world.key_file).error().code == ErrorCode::kUnauthorised);
}

TEST_CASE("a credential without a seed proves the PIN and gives nothing") {
  World world;
  const StaffCredential technician = make_credential(world.env, kPin, nullptr, nullptr, kCheap).value();
  CHECK(technician.wrapped_seed.empty());
  CHECK(open_credential(technician, kPin, nullptr).value().empty());
  CHECK(open_credential(technician, "407194", nullptr).error().code == ErrorCode::kUnauthorised);
}

TEST_CASE("a changed credential opens nothing") {
  World world;
  const auto opens = [](const StaffCredential& credential) { return open_credential(credential, kPin, nullptr); };
  for (std::size_t i = 0; i < world.plain.salt.size(); ++i) {
    StaffCredential changed = world.plain;
    changed.salt[i] ^= 1;
    CHECK(opens(changed).error().code == ErrorCode::kUnauthorised);
  }
  for (std::size_t i = 0; i < world.plain.verifier.size(); ++i) {
    StaffCredential changed = world.plain;
    changed.verifier[i] ^= 1;
    CHECK(opens(changed).error().code == ErrorCode::kUnauthorised);
  }
  for (std::size_t i = 0; i < world.plain.wrapped_seed.size(); ++i) {
    StaffCredential changed = world.plain;
    changed.wrapped_seed[i] ^= 1;
    CHECK(opens(changed).error().code == ErrorCode::kCorrupt);
    changed.wrapped_seed =
        Bytes(world.plain.wrapped_seed.begin(), world.plain.wrapped_seed.begin() + static_cast<std::ptrdiff_t>(i));
    CHECK((i == 0 || opens(changed).error().code == ErrorCode::kCorrupt));
  }
  StaffCredential other_cost = world.plain;
  other_cost.cost.passes = 2;
  CHECK(opens(other_cost).error().code == ErrorCode::kUnauthorised);
}

TEST_CASE("the seed of one account does not open under another's, though the PIN is the same") {
  World world;
  StaffCredential mixed = make_credential(world.env, kPin, nullptr, &world.seed, kCheap).value();
  CHECK(mixed.verifier != world.plain.verifier);
  mixed.wrapped_seed = world.plain.wrapped_seed;
  CHECK(open_credential(mixed, kPin, nullptr).error().code == ErrorCode::kCorrupt);
}

TEST_CASE("a cost out of range is refused before anything is paid for it") {
  World world;
  const PinCost wrong[] = {{0, kLeastPinMemoryBytes},
                           {kMostPinPasses + 1, kLeastPinMemoryBytes},
                           {1, kLeastPinMemoryBytes - 1},
                           {1, kMostPinMemoryBytes + 1},
                           {~std::uint64_t{0}, ~std::uint64_t{0}}};
  for (const PinCost& cost : wrong) {
    StaffCredential changed = world.plain;
    changed.cost = cost;
    CHECK(open_credential(changed, kPin, nullptr).error().code == ErrorCode::kCorrupt);
    CHECK(make_credential(world.env, kPin, nullptr, nullptr, cost).error().code == ErrorCode::kInvalidInput);
    try_nobody(kPin, {1, kLeastPinMemoryBytes});
  }
}

TEST_CASE("a PIN or a key file that may not be chosen makes no credential") {
  World world;
  const SecretBytes cut(kKeyFileBytes - 1);
  CHECK(make_credential(world.env, "123456", nullptr, nullptr, kCheap).error().code == ErrorCode::kInvalidInput);
  CHECK(make_credential(world.env, "4071", nullptr, nullptr, kCheap).error().code == ErrorCode::kInvalidInput);
  CHECK(make_credential(world.env, kPin, &cut, nullptr, kCheap).error().code == ErrorCode::kInvalidInput);
}

TEST_CASE("what is sealed at rest opens on this device, for its purpose, unchanged") {
  World world;
  const SecretBytes device = random_secret(world.env);
  const SecretBytes other = random_secret(world.env);
  for (const std::string_view plain : {std::string_view(""), std::string_view("x"), std::string_view("a longer one")}) {
    const Bytes sealed = seal_at_rest(world.env, device, "accounts", as_bytes(plain));
    CHECK(as_text(open_at_rest(device, "accounts", sealed).value().view()) == plain);
    CHECK(open_at_rest(other, "accounts", sealed).error().code == ErrorCode::kUnauthorised);
    CHECK(open_at_rest(device, "account", sealed).error().code == ErrorCode::kUnauthorised);
    CHECK(seal_at_rest(world.env, device, "accounts", as_bytes(plain)) != sealed);
    for (std::size_t i = 0; i < sealed.size(); ++i) {
      Bytes changed = sealed;
      changed[i] ^= 1;
      CHECK(open_at_rest(device, "accounts", changed).error().code == ErrorCode::kUnauthorised);
      CHECK_FALSE(open_at_rest(device, "accounts", ByteView(sealed).first(i)));
    }
  }
}

}  // namespace
}  // namespace mimika::crypto
