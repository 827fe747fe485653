#include "sync/central/ingest/enrolment.h"

#include <nlohmann/json.hpp>

#include "sync/central/store/devices.h"
#include "sync/wire/enrolment.h"
#include "tests/central/centre_world.h"

namespace mimika::test {
namespace {

Result<wire::EnrolmentTicket> order(CentreWorld& world, const std::string& district = "94.04.06",
                                    std::optional<int> number = std::nullopt) {
  EnrolmentOrder what;
  what.district = DistrictCode{district};
  what.number = number;
  what.url = "https://127.0.0.1:8443";
  return order_enrolment(world.database(), world.env, world.folder, world.catalogue, what);
}

std::string error_of(const http::Response& response) {
  return nlohmann::json::parse(response.body).at("error").get<std::string>();
}

}  // namespace

TEST_CASE("kiosks are numbered within their district and across the regency") {
  CentreWorld world;
  const auto first = order(world);
  const auto second = order(world);
  const auto elsewhere = order(world, "94.04.17", 3);
  REQUIRE(first->device_code.value == "JLA1");
  REQUIRE(second->device_code.value == "JLA2");
  REQUIRE(elsewhere->device_code.value == "AMR3");
  REQUIRE(first->device.value == 2);
  REQUIRE(second->device.value == 3);
  REQUIRE(elsewhere->device.value == 4);
  REQUIRE(first->office_box_key == second->office_box_key);
  REQUIRE(first->office_box_key != elsewhere->office_box_key);
  REQUIRE(contains(first->ca_pem, "BEGIN CERTIFICATE"));
}

TEST_CASE("the office's secret key opens for the centre alone") {
  CentreWorld world;
  const auto ticket = order(world);
  const auto office = find_office_key(world.database(), DistrictCode{"94.04.06"});
  REQUIRE(office);
  const auto seed = world.keys().box.open((*office)->seed_sealed);
  REQUIRE(seed);
  REQUIRE(crypto::BoxKey::from_seed(*seed).public_key() == ticket->office_box_key);
}

TEST_CASE("an order for no district, no digit or no address is refused in words") {
  CentreWorld world;
  REQUIRE(order(world, "94.04.99").error().code == ErrorCode::kInvalidInput);
  REQUIRE(order(world, "94.04.06", 10).error().code == ErrorCode::kInvalidInput);
  for (int i = 0; i < 9; ++i) REQUIRE(order(world));
  REQUIRE(order(world).error().code == ErrorCode::kConflict);
}

TEST_CASE("a token works once, the same kiosk asking again gets the same certificate") {
  CentreWorld world;
  const auto ticket = order(world);
  const crypto::SigningKey kiosk = crypto::SigningKey::generate(world.env);
  const Bytes request = wire::encode_enrol_request(ticket->token, kiosk);
  const http::Response first = world.post("/v1/enrol", request);
  REQUIRE(first.status == 200);
  world.env.advance_ms(kDayMs);
  REQUIRE(world.post("/v1/enrol", request).body == first.body);

  const crypto::SigningKey thief = crypto::SigningKey::generate(world.env);
  const http::Response refused = world.post("/v1/enrol", wire::encode_enrol_request(ticket->token, thief));
  REQUIRE(refused.status == 403);
  REQUIRE(error_of(refused) == "bad_token");
  REQUIRE(order(world, "94.04.06", 1).error().code == ErrorCode::kConflict);
}

TEST_CASE("a token ends after seven days, and a new ticket may be written for the same number") {
  CentreWorld world;
  const auto ticket = order(world);
  const crypto::SigningKey kiosk = crypto::SigningKey::generate(world.env);
  world.env.advance_ms(7 * kDayMs + 1);
  REQUIRE(error_of(world.post("/v1/enrol", wire::encode_enrol_request(ticket->token, kiosk))) == "bad_token");
  const auto again = order(world, "94.04.06", 1);
  REQUIRE(again);
  REQUIRE(again->device == ticket->device);
  REQUIRE(world.post("/v1/enrol", wire::encode_enrol_request(again->token, kiosk)).status == 200);
}

TEST_CASE("of two tickets for one kiosk only one enrols it") {
  CentreWorld world;
  const auto first = order(world, "94.04.06", 1);
  const auto second = order(world, "94.04.06", 1);
  const crypto::SigningKey kiosk = crypto::SigningKey::generate(world.env);
  const crypto::SigningKey other = crypto::SigningKey::generate(world.env);
  REQUIRE(world.post("/v1/enrol", wire::encode_enrol_request(first->token, kiosk)).status == 200);
  REQUIRE(error_of(world.post("/v1/enrol", wire::encode_enrol_request(second->token, other))) == "already_enrolled");
}

TEST_CASE("a guessed token, a bad proof and noise are refused") {
  CentreWorld world;
  const auto ticket = order(world);
  const crypto::SigningKey kiosk = crypto::SigningKey::generate(world.env);
  REQUIRE(error_of(world.post("/v1/enrol", wire::encode_enrol_request(std::string(32, '0'), kiosk))) == "bad_token");
  Bytes request = wire::encode_enrol_request(ticket->token, kiosk);
  request.back() ^= 1;
  REQUIRE(error_of(world.post("/v1/enrol", request)) == "wrong_signature");
  REQUIRE(error_of(world.post("/v1/enrol", {1, 2, 3})) == "malformed");
  REQUIRE(world.count("journal") == 1);
}

}  // namespace mimika::test
