#include "kiosk/app/ctl_print.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "kiosk/base/bytes.h"
#include "sync/wire/receipt_statement.h"

namespace mimika {
namespace {

using Json = nlohmann::json;

wire::ReceiptStatement statement() {
  wire::ReceiptStatement s;
  s.number = {DeviceCode{"JLA1"}, 417};
  s.key = {DeviceId{7}, Epoch{3}, Seq{1234}};
  s.filed_ms = 1'795'500'000'000;
  return s;
}

TEST_CASE("a receipt is genuine under the key of its kiosk, however a telephone copied it, and under no other") {
  FakeEnv env{0};
  const auto key = crypto::SigningKey::generate(env);
  const auto other = crypto::SigningKey::generate(env);
  const std::string payload = wire::encode_receipt_statement(statement(), key);

  const CtlAnswer genuine = check_receipt(payload, key.verify_key());
  CHECK(genuine.exit_code == kGenuineExit);
  CHECK(Json::parse(genuine.json)["genuine"] == true);
  CHECK(Json::parse(genuine.json)["number"].get<std::string>().starts_with("JLA1-0417-"));
  CHECK(check_receipt(payload.substr(0, 40) + "\r\n" + payload.substr(40) + "\n", key.verify_key()).exit_code == 0);

  CHECK(check_receipt(payload, other.verify_key()).exit_code == kNotGenuineExit);
  for (const std::string& bad :
       {std::string(), std::string("https://example.org/"), payload.substr(1), payload + "A"}) {
    const CtlAnswer answer = check_receipt(bad, key.verify_key());
    CHECK(answer.exit_code == kNotGenuineExit);
    CHECK(Json::parse(answer.json)["genuine"] == false);
  }
}

TEST_CASE("a verify key is 64 hexadecimal digits") {
  FakeEnv env{0};
  const auto key = crypto::SigningKey::generate(env);
  CHECK(parse_verify_key(to_hex(key.verify_key())).value() == key.verify_key());
  for (const std::string& bad : {std::string(), std::string("zz"), std::string(62, 'a'), std::string(66, 'a')}) {
    CHECK(parse_verify_key(bad).error().code == ErrorCode::kInvalidInput);
  }
}

TEST_CASE("a print test says what is wrong in words, and by its exit code") {
  const auto env = make_system_env();
  const auto none = print_test("", "JLA1", "", *env);
  REQUIRE(none.has_value());
  CHECK(none->exit_code == kNotReadyExit);
  CHECK(Json::parse(none->json)["printer"] == "none_set_up");

  const auto off = print_test("ipp://127.0.0.1:9/ipp/print", "JLA1", "", *env);
  REQUIRE(off.has_value());
  CHECK(off->exit_code == kNotReadyExit);
  CHECK(Json::parse(off->json)["printer"] == "offline");
  CHECK(Json::parse(off->json)["words"].get<std::string>().find("cannot be reached") != std::string::npos);

  CHECK(print_test("usb://EPSON", "JLA1", "", *env).error().code == ErrorCode::kInvalidInput);
}

}  // namespace
}  // namespace mimika
