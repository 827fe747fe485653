#include "kiosk/crypto/secret.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace mimika::crypto {
namespace {

TEST_CASE("secret memory starts as zeroes and holds a copy of what it is given") {
  const SecretBytes zeroes(40);
  CHECK(zeroes.size() == 40);
  CHECK(std::ranges::all_of(zeroes.view(), [](std::uint8_t byte) { return byte == 0; }));
  const SecretBytes copy = SecretBytes::copy_of(as_bytes("secret"));
  CHECK(as_text(copy.view()) == "secret");
  CHECK(SecretBytes(0).empty());
  CHECK(SecretBytes::copy_of({}).empty());
}

TEST_CASE("a secret that moves leaves nothing behind") {
  SecretBytes first = SecretBytes::copy_of(as_bytes("secret"));
  const std::uint8_t* const place = first.data();
  SecretBytes second = std::move(first);
  CHECK(second.data() == place);
  CHECK(as_text(second.view()) == "secret");
  CHECK(first.empty());  // NOLINT(bugprone-use-after-move): that it is empty is the promise
  CHECK(first.data() == nullptr);

  SecretBytes third = SecretBytes::copy_of(as_bytes("another"));
  third = std::move(second);
  CHECK(as_text(third.view()) == "secret");
  CHECK(second.empty());  // NOLINT(bugprone-use-after-move)

  SecretBytes& itself = third;
  third = std::move(itself);
  CHECK(as_text(third.view()) == "secret");
}

TEST_CASE("a wiped secret is empty, and may be wiped again") {
  SecretBytes secret = SecretBytes::copy_of(as_bytes("secret"));
  secret.wipe();
  CHECK(secret.empty());
  CHECK(secret.data() == nullptr);
  secret.wipe();
  CHECK(secret.view().empty());
}

TEST_CASE("wiping a container clears what it holds and what it held") {
  std::string text = "a secret that is longer than a small string";
  text.reserve(100);
  char* const memory = text.data();
  text.resize(8);  // the rest is still in memory
  wipe(text);
  CHECK(text.empty());
  CHECK(std::all_of(memory, memory + 44, [](char c) { return c == 0; }));

  Bytes bytes;
  wipe(bytes);
  CHECK(bytes.empty());
}

TEST_CASE("equality in constant time is equality") {
  CHECK(equal_in_constant_time(as_bytes("abc"), as_bytes("abc")));
  CHECK_FALSE(equal_in_constant_time(as_bytes("abc"), as_bytes("abd")));
  CHECK_FALSE(equal_in_constant_time(as_bytes("abc"), as_bytes("ab")));
  CHECK(equal_in_constant_time({}, {}));
}

TEST_CASE("the library may be started from several threads at once") {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([] {
      init_crypto();
      static_cast<void>(SecretBytes(16));
    });
  }
  for (std::thread& thread : threads) thread.join();
  SUCCEED("all came back");
}

}  // namespace
}  // namespace mimika::crypto
