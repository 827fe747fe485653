#include "sync/wire/receipt_statement.h"

#include <qrencode.h>
#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <memory>

#include "tests/wire/generators.h"

namespace mimika::wire {
namespace {

struct World {
  FakeEnv env{0};
  crypto::SigningKey key = crypto::SigningKey::generate(env);
  crypto::SigningKey other = crypto::SigningKey::generate(env);
};

World& world() {
  static World the_world;
  return the_world;
}

ReceiptStatement statement() {
  ReceiptStatement s;
  s.number = {DeviceCode{"JLA1"}, 417};
  s.key = {DeviceId{7}, Epoch{0xDEADBEEF}, Seq{1234}};
  s.filed_ms = 1'795'500'000'000;
  s.content = {1, 2, 3, 4};
  return s;
}

TEST_CASE("a statement says whose key it wants to be checked with") {
  CHECK(device_of_receipt_statement(encode_receipt_statement(statement(), world().key)).value() == DeviceId{7});
  CHECK_FALSE(device_of_receipt_statement("MK1:JLA1-0417-K:").has_value());
  CHECK_FALSE(device_of_receipt_statement("").has_value());
}

TEST_CASE("a statement comes back from its text as it was") {
  CHECK(rc::check([] {
    ReceiptStatement s;
    s.number = *test::any_number();
    s.key = *test::any_key();
    s.filed_ms = *test::any_integer<std::int64_t>();
    s.content = *test::any_array<16>();
    RC_ASSERT(decode_receipt_statement(encode_receipt_statement(s, world().key), world().key.verify_key()).value() ==
              s);
  }));
}

TEST_CASE("the number stands in clear, for whoever reads the code with a telephone") {
  CHECK(encode_receipt_statement(statement(), world().key).starts_with("MK1:JLA1-0417-"));
}

TEST_CASE("a statement of another kiosk is refused") {
  const std::string text = encode_receipt_statement(statement(), world().other);
  CHECK(decode_receipt_statement(text, world().key.verify_key()).error().code == ErrorCode::kUnauthorised);
}

TEST_CASE("a changed character anywhere is refused") {
  const std::string text = encode_receipt_statement(statement(), world().key);
  for (std::size_t i = 0; i < text.size(); ++i) {
    for (const char other : {'A', 'B', '2', '7', '1', ':', '-', ' ', 'a', '\0'}) {
      if (text[i] == other) continue;
      std::string changed = text;
      changed[i] = other;
      INFO(i << " " << changed);
      CHECK_FALSE(decode_receipt_statement(changed, world().key.verify_key()));
    }
  }
}

TEST_CASE("a signature is not good for another number") {
  const std::string text = encode_receipt_statement(statement(), world().key);
  ReceiptStatement other = statement();
  other.number.counter = 418;
  const std::string forged = "MK1:" + format_ticket_number(other.number) + text.substr(text.find(':', 4));
  CHECK(decode_receipt_statement(forged, world().key.verify_key()).error().code == ErrorCode::kUnauthorised);
}

TEST_CASE("a text that is cut, lengthened or something else is refused") {
  const std::string text = encode_receipt_statement(statement(), world().key);
  for (std::size_t size = 0; size < text.size(); ++size) {
    CHECK_FALSE(decode_receipt_statement(text.substr(0, size), world().key.verify_key()));
  }
  for (const std::string& wrong : {text + "A", text + "AAAAAAAA", std::string("MK2:") + text.substr(4),
                                   std::string("https://example.org"), std::string("MK1:"), std::string("MK1::")}) {
    INFO(wrong);
    CHECK_FALSE(decode_receipt_statement(wrong, world().key.verify_key()));
  }
}

TEST_CASE("the number is read from a receipt of any kiosk") {
  CHECK(ticket_number_of_receipt(encode_receipt_statement(statement(), world().key)).value() == statement().number);
  CHECK(ticket_number_of_receipt(encode_receipt_statement(statement(), world().other)).value() == statement().number);
}

TEST_CASE("what is no receipt, a later one, or a damaged one is told apart") {
  const std::string text = encode_receipt_statement(statement(), world().key);
  for (const std::string& other :
       {std::string(), std::string("https://example.org"), std::string("JLA1-0417-K"), std::string("MK"),
        std::string("MK:"), std::string("MKX:1"), std::string("MK2"), std::string("MK1234:"),
        std::string("mk1:") + text.substr(4), " " + text, std::string(300, 'M')}) {
    INFO(other);
    CHECK(ticket_number_of_receipt(other).error().code == ErrorCode::kInvalidInput);
  }
  CHECK(ticket_number_of_receipt("MK2:whatever it may hold").error().code == ErrorCode::kNewerVersion);
  CHECK(ticket_number_of_receipt("MK17:").error().code == ErrorCode::kNewerVersion);
  for (std::size_t size = 4; size < text.size(); ++size) {
    CHECK(ticket_number_of_receipt(text.substr(0, size)).error().code == ErrorCode::kCorrupt);
  }
  CHECK(ticket_number_of_receipt(text + "A").error().code == ErrorCode::kCorrupt);
  std::string misspelt = text;
  misspelt[9] = '9';
  CHECK(ticket_number_of_receipt(misspelt).error().code == ErrorCode::kCorrupt);
}

TEST_CASE("the longest statement fits a QR code of version 10 in its compact mode, a quarter of it damaged") {
  ReceiptStatement longest = statement();
  longest.number.counter = kMaxTicketCounter;
  const std::string text = encode_receipt_statement(longest, world().key);
  CHECK(text.size() == 187);
  CHECK(text.find_first_not_of("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:") == std::string::npos);
  const std::unique_ptr<QRcode, void (*)(QRcode*)> code(
      QRcode_encodeString(text.c_str(), 0, QR_ECLEVEL_Q, QR_MODE_8, 1), QRcode_free);
  REQUIRE(code != nullptr);
  CHECK(code->version <= 10);
}

}  // namespace
}  // namespace mimika::wire
