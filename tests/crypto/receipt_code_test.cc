#include "kiosk/crypto/receipt_code.h"

#include <catch2/catch.hpp>
#include <set>
#include <string>

namespace mimika::crypto {
namespace {

std::string digits_of(const ReceiptCode& code) {
  std::string digits;
  for (const char c : code.grouped()) {
    if (c != ' ') digits.push_back(c);
  }
  return digits;
}

TEST_CASE("a receipt code is sixteen digits in groups of four, and reads back") {
  FakeEnv env(0);
  std::set<std::string> seen;
  for (int i = 0; i < 200; ++i) {
    const ReceiptCode code = ReceiptCode::generate(env);
    const std::string text = code.grouped();
    REQUIRE(text.size() == 19);
    CHECK(text[4] == ' ');
    CHECK(text[9] == ' ');
    CHECK(text[14] == ' ');
    CHECK(digits_of(ReceiptCode::parse(text).value()) == digits_of(code));
    seen.insert(text);
  }
  CHECK(seen.size() == 200);
}

TEST_CASE("every digit occurs in every place: none is drawn less") {
  FakeEnv env(0);
  std::set<std::pair<std::size_t, char>> seen;
  for (int i = 0; i < 500; ++i) {
    const std::string digits = digits_of(ReceiptCode::generate(env));
    for (std::size_t place = 0; place < digits.size(); ++place) seen.emplace(place, digits[place]);
  }
  CHECK(seen.size() == 160);
}

TEST_CASE("a code is accepted as people write it") {
  FakeEnv env(0);
  const std::string digits = digits_of(ReceiptCode::generate(env));
  const std::string dashed =
      digits.substr(0, 4) + "-" + digits.substr(4, 4) + " - " + digits.substr(8, 4) + "-" + digits.substr(12);
  for (const std::string& text : {digits, dashed, "  " + digits + "  "}) {
    INFO(text);
    CHECK(digits_of(ReceiptCode::parse(text).value()) == digits);
  }
}

TEST_CASE("anything else is refused") {
  for (const char* wrong : {"", "0", "000000000000000", "00000000000000000", "4827 1093 5561 204X",
                            "4827.1093.5561.2048", "\xD9\xA4\x38\x32\x37"}) {
    INFO(wrong);
    const auto parsed = ReceiptCode::parse(wrong);
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().code == ErrorCode::kInvalidInput);
  }
}

TEST_CASE("one mistyped digit is always noticed") {
  FakeEnv env(0);
  for (int round = 0; round < 20; ++round) {
    const std::string digits = digits_of(ReceiptCode::generate(env));
    for (std::size_t place = 0; place < digits.size(); ++place) {
      for (char other = '0'; other <= '9'; ++other) {
        if (other == digits[place]) continue;
        std::string changed = digits;
        changed[place] = other;
        CHECK_FALSE(ReceiptCode::parse(changed));
      }
    }
  }
}

TEST_CASE("two swapped neighbours are noticed, but for the one pair no such check digit can tell apart") {
  FakeEnv env(0);
  for (int round = 0; round < 100; ++round) {
    const std::string digits = digits_of(ReceiptCode::generate(env));
    for (std::size_t place = 0; place + 1 < digits.size(); ++place) {
      std::string swapped = digits;
      std::swap(swapped[place], swapped[place + 1]);
      const std::string pair = digits.substr(place, 2);
      const bool cannot_tell = pair[0] == pair[1] || pair == "09" || pair == "90";
      INFO(digits << " at " << place);
      CHECK(ReceiptCode::parse(swapped).has_value() == cannot_tell);
    }
  }
}

TEST_CASE("a code derives the same key pair every time, and another for another code or another kiosk") {
  FakeEnv env(0);
  const ReceiptCode code = ReceiptCode::generate(env);
  const ReceiptCode other = ReceiptCode::generate(env);
  const BoxKey key = code.derive_key(DeviceId{7}).value();
  CHECK(ReceiptCode::parse(code.grouped()).value().derive_key(DeviceId{7}).value().public_key() == key.public_key());
  CHECK(code.derive_key(DeviceId{8}).value().public_key() != key.public_key());
  CHECK(other.derive_key(DeviceId{7}).value().public_key() != key.public_key());

  const Bytes answer = seal_to(key.public_key(), as_bytes("jawaban")).value();
  CHECK(as_text(code.derive_key(DeviceId{7}).value().open(answer).value().view()) == "jawaban");
  CHECK(other.derive_key(DeviceId{7}).value().open(answer).error().code == ErrorCode::kUnauthorised);
}

TEST_CASE("the derivation never changes: receipts in people's hands stay good") {
  const BoxKey key = ReceiptCode::parse("4827 1093 5561 2047").value().derive_key(DeviceId{7}).value();
  CHECK(to_hex(key.public_key()) == "1eced17ce95a3d5130f470adb6fb5f7898b90f366e39cbbbff8f22c77fa6b147");
}

}  // namespace
}  // namespace mimika::crypto
