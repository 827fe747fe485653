#include "sync/client/refusal.h"

#include <catch2/catch.hpp>
#include <string>

namespace mimika::sync {
namespace {

Refusal refused(int status, const std::string& body) {
  HttpResponse response;
  response.status = status;
  const ByteView bytes = as_bytes(body);
  response.body.assign(bytes.begin(), bytes.end());
  return read_refusal(response);
}

TEST_CASE("a refusal says what kind it is and in the centre's words why") {
  const Refusal refusal = refused(403, R"({"error":"unknown_device","message":"device 9 is not enrolled here"})");
  REQUIRE(refusal.error.code == ErrorCode::kUnauthorised);
  REQUIRE(refusal.error.message.find("unknown_device: device 9 is not enrolled here") != std::string::npos);
  REQUIRE(refused(401, "").error.code == ErrorCode::kUnauthorised);
  REQUIRE(refused(400, "").error.code == ErrorCode::kInvalidInput);
  REQUIRE(refused(404, "").error.code == ErrorCode::kNotFound);
  REQUIRE(refused(409, R"({"error":"broken_chain"})").error.code == ErrorCode::kConflict);
  REQUIRE(refused(413, "").error.code == ErrorCode::kTooLarge);
  REQUIRE(refused(426, "").error.code == ErrorCode::kNewerVersion);
  REQUIRE(refused(400, R"({"error":"newer_version"})").error.code == ErrorCode::kNewerVersion);
}

TEST_CASE("a failing centre is never taken for a missing one") {
  for (const int status : {201, 302, 429, 500, 502, 503, 504, 599}) {
    REQUIRE(refused(status, "").error.code == ErrorCode::kInternal);
  }
}

TEST_CASE("only a replay refusal carries the last call number, and only a sane one") {
  REQUIRE(refused(409, R"({"error":"replayed_call","last_call_no":41})").last_call_no == 41U);
  REQUIRE_FALSE(refused(500, R"({"error":"replayed_call","last_call_no":41})").last_call_no);
  REQUIRE_FALSE(refused(409, R"({"error":"broken_chain","last_call_no":41})").last_call_no);
  REQUIRE_FALSE(refused(409, R"({"error":"replayed_call"})").last_call_no);
  REQUIRE_FALSE(refused(409, R"({"error":"replayed_call","last_call_no":-1})").last_call_no);
  REQUIRE_FALSE(refused(409, R"({"error":"replayed_call","last_call_no":"41"})").last_call_no);
  REQUIRE_FALSE(refused(409, R"({"error":"replayed_call","last_call_no":9223372036854775807})").last_call_no);
}

TEST_CASE("hostile refusals end up as one short line") {
  REQUIRE(refused(500, "<html>not ours</html>").error.message == "the centre refused with 500");
  REQUIRE(refused(500, R"([1,2,3])").error.message == "the centre refused with 500");
  REQUIRE(refused(500, R"({"error":7,"message":["x"]})").error.message == "the centre refused with 500");
  const std::string line =
      refused(500, "{\"error\":\"a\\nb\\u001b[2J\",\"message\":\"" + std::string(5'000, 'x') + "\"}").error.message;
  REQUIRE(line.find('\n') == std::string::npos);
  REQUIRE(line.find('\x1b') == std::string::npos);
  REQUIRE(line.size() < 700);
  REQUIRE(refused(500, "{\"error\":\"" + std::string(100'000, 'x') + "\"}").error.message ==
          "the centre refused with 500");
}

}  // namespace
}  // namespace mimika::sync
