#include "kiosk/app/ticket_json.h"

#include <catch2/catch.hpp>
#include <string>

namespace mimika {
namespace {

std::string complaint_about(const char* json) {
  const auto request = filing_from_json(json);
  REQUIRE_FALSE(request.has_value());
  CHECK(request.error().code == ErrorCode::kInvalidInput);
  return request.error().message;
}

TEST_CASE("a filing in JSON carries everything the screen can ask for") {
  const auto request = filing_from_json(R"({"kind": "service", "service": "akta_lahir", "kampung": "94.04.06.2002",
      "confidentiality": "secret", "name": "Yosina", "nik": "9404065506900001", "phone": "081234567890",
      "address": "Diloa", "landmark": "dekat gereja", "story": "…", "fields": {"nama_anak": "Maria"}, "consent": true})");
  REQUIRE(request.has_value());
  CHECK(request->kind == TicketKind::kService);
  CHECK(request->service == ServiceId{"akta_lahir"});
  CHECK(request->kampung == KampungCode{"94.04.06.2002"});
  CHECK(request->confidentiality == Confidentiality::kSecret);
  CHECK(request->details.nik == "9404065506900001");
  CHECK(request->details.landmark == "dekat gereja");
  REQUIRE(request->details.fields.size() == 1);
  CHECK(request->details.fields[0].second == "Maria");
  CHECK(request->consent);
}

TEST_CASE("a malformed filing is refused with the member at fault") {
  CHECK(complaint_about("{").find("JSON") != std::string::npos);
  CHECK(complaint_about("[]").find("object") != std::string::npos);
  CHECK(complaint_about(R"({"kind": "gossip"})").find("kind") != std::string::npos);
  CHECK(complaint_about(R"({"confidentiality": 3})").find("confidentiality") != std::string::npos);
  CHECK(complaint_about(R"({"consent": "yes"})").find("consent") != std::string::npos);
  CHECK(complaint_about(R"({"fields": {"nama_anak": 7}})").find("nama_anak") != std::string::npos);
  CHECK(complaint_about(R"({"stroy": "typo"})").find("stroy") != std::string::npos);
}

}  // namespace
}  // namespace mimika
