#include "kiosk/crypto/keys.h"

#include <sys/stat.h>

#include <catch2/catch.hpp>

#include "kiosk/base/files.h"
#include "tests/support/temp_folder.h"

namespace mimika::crypto {
namespace {

TEST_CASE("a signature verifies under its key, for its message, unchanged") {
  FakeEnv env(0);
  const SigningKey key = SigningKey::generate(env);
  const SigningKey other = SigningKey::generate(env);
  const Bytes message(100, 'm');
  const Signature signature = key.sign(message);
  CHECK(verify(key.verify_key(), message, signature));
  CHECK_FALSE(verify(other.verify_key(), message, signature));

  for (std::size_t i = 0; i < message.size(); ++i) {
    Bytes changed = message;
    changed[i] ^= 1;
    CHECK_FALSE(verify(key.verify_key(), changed, signature));
  }
  for (std::size_t i = 0; i < signature.size(); ++i) {
    Signature changed = signature;
    changed[i] ^= 1;
    CHECK_FALSE(verify(key.verify_key(), message, changed));
  }
  CHECK_FALSE(verify(key.verify_key(), ByteView(message).first(99), signature));
  CHECK(verify(key.verify_key(), {}, key.sign({})));
}

TEST_CASE("a key comes back whole from its seed") {
  FakeEnv env(0);
  const SigningKey signing = SigningKey::generate(env);
  CHECK(SigningKey::from_seed(signing.seed()).verify_key() == signing.verify_key());
  CHECK(SigningKey::from_seed(signing.seed()).sign(as_bytes("x")) == signing.sign(as_bytes("x")));

  const BoxKey box = BoxKey::generate(env);
  const Bytes sealed = seal_to(box.public_key(), as_bytes("x")).value();
  CHECK(as_text(BoxKey::from_seed(box.seed()).open(sealed).value().view()) == "x");
}

TEST_CASE("what is sealed opens with the recipient's key alone") {
  FakeEnv env(0);
  const BoxKey recipient = BoxKey::generate(env);
  const BoxKey other = BoxKey::generate(env);
  for (const std::string_view message :
       {std::string_view(""), std::string_view("x"), std::string_view("a longer one")}) {
    const Bytes sealed = seal_to(recipient.public_key(), as_bytes(message)).value();
    CHECK(sealed.size() == message.size() + kSealOverheadBytes);
    CHECK(as_text(recipient.open(sealed).value().view()) == message);
    CHECK(other.open(sealed).error().code == ErrorCode::kUnauthorised);
  }
}

TEST_CASE("what is sealed to a signing key's twin opens with that signing key alone") {
  FakeEnv env(0);
  const SigningKey recipient = SigningKey::generate(env);
  const SigningKey other = SigningKey::generate(env);
  const Bytes sealed = seal_to_twin(recipient.verify_key(), as_bytes("a message")).value();
  CHECK(as_text(recipient.open(sealed).value().view()) == "a message");
  CHECK(other.open(sealed).error().code == ErrorCode::kUnauthorised);
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    Bytes changed = sealed;
    changed[i] ^= 1;
    CHECK_FALSE(recipient.open(changed));
    CHECK_FALSE(recipient.open(ByteView(sealed).first(i)));
  }
  CHECK(seal_to_twin(VerifyKey{}, as_bytes("x")).error().code == ErrorCode::kInvalidInput);
}

TEST_CASE("sealing the same words twice shows nobody that they are the same") {
  FakeEnv env(0);
  const BoxKey recipient = BoxKey::generate(env);
  CHECK(seal_to(recipient.public_key(), as_bytes("x")).value() !=
        seal_to(recipient.public_key(), as_bytes("x")).value());
}

TEST_CASE("sealed bytes that were changed or cut do not open") {
  FakeEnv env(0);
  const BoxKey recipient = BoxKey::generate(env);
  const Bytes sealed = seal_to(recipient.public_key(), as_bytes("a message")).value();
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    Bytes changed = sealed;
    changed[i] ^= 0x10;
    INFO(i);
    CHECK(recipient.open(changed).error().code == ErrorCode::kUnauthorised);
  }
  for (std::size_t size = 0; size < sealed.size(); ++size) {
    INFO(size);
    CHECK_FALSE(recipient.open(ByteView(sealed).first(size)));
  }
}

TEST_CASE("a seed survives in a file that only its owner reads") {
  FakeEnv env(0);
  const test::TempFolder folder;
  const std::string path = folder / "sign.seed";
  const SigningKey key = SigningKey::generate(env);
  REQUIRE(save_seed(path, key.seed()));
  struct stat info{};
  REQUIRE(::stat(path.c_str(), &info) == 0);
  CHECK((info.st_mode & 0777) == 0600);
  CHECK(SigningKey::from_seed(load_seed(path).value()).verify_key() == key.verify_key());

  SECTION("a final newline, as an editor adds it, does no harm") {
    Bytes text = read_file(path, 256).value();
    text.push_back('\n');
    REQUIRE(write_file_durably(path, text, FileMode::kPrivate));
    CHECK(load_seed(path));
  }
}

TEST_CASE("a file that is not a seed is refused") {
  const test::TempFolder folder;
  const std::string path = folder / "sign.seed";
  CHECK(load_seed(path).error().code == ErrorCode::kNotFound);
  for (const std::string& wrong :
       {std::string(), std::string("\n"), std::string(62, 'a'), std::string(66, 'a'), std::string(63, 'a') + "g"}) {
    REQUIRE(write_file_durably(path, as_bytes(wrong), FileMode::kPrivate));
    INFO(wrong);
    CHECK(load_seed(path).error().code == ErrorCode::kCorrupt);
  }
  REQUIRE(write_file_durably(path, Bytes(1000, 'a'), FileMode::kPrivate));
  CHECK(load_seed(path).error().code == ErrorCode::kTooLarge);
}

TEST_CASE("a key has 32 bytes") {
  CHECK(to_key(Bytes(32, 7)).value()[31] == 7);
  CHECK(to_key(Bytes(31)).error().code == ErrorCode::kCorrupt);
  CHECK(to_key(Bytes(33)).error().code == ErrorCode::kCorrupt);
  CHECK(to_key({}).error().code == ErrorCode::kCorrupt);
}

TEST_CASE("sealing to bytes that are no key at all is an error, not the end of the program") {
  const auto sealed = seal_to(BoxPublicKey{}, as_bytes("x"));
  REQUIRE_FALSE(sealed.has_value());
  CHECK(sealed.error().code == ErrorCode::kInvalidInput);
}

}  // namespace
}  // namespace mimika::crypto
