#include "sync/wire/enrolment.h"

#include <catch2/catch.hpp>
#include <string>

namespace mimika::wire {
namespace {

struct World {
  FakeEnv env{0};
  crypto::SigningKey device = crypto::SigningKey::generate(env);
  crypto::SigningKey centre = crypto::SigningKey::generate(env);
};

World& world() {
  static World the_world;
  return the_world;
}

EnrolmentTicket ticket() {
  EnrolmentTicket t;
  t.url = "https://127.0.0.1:8443";
  t.ca_pem = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
  t.token = "0123456789abcdef0123456789abcdef";
  t.device = DeviceId{7};
  t.device_code = DeviceCode{"JLA1"};
  t.district = DistrictCode{"94.04.06"};
  t.centre_verify_key[0] = 1;
  t.centre_box_key[0] = 2;
  t.office_box_key[0] = 3;
  return t;
}

DeviceCertificate certificate() {
  return {DeviceId{7}, DeviceCode{"JLA1"}, DistrictCode{"94.04.06"}, world().device.verify_key(), 1'795'500'000'000};
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

TEST_CASE("an enrolment ticket comes back from its file as it was") {
  CHECK(decode_enrolment_ticket(encode_enrolment_ticket(ticket())).value() == ticket());
}

TEST_CASE("an enrolment ticket of another format is said to be newer") {
  const std::string text = replaced(encode_enrolment_ticket(ticket()), "mimika-enrolment-1", "mimika-enrolment-2");
  CHECK(decode_enrolment_ticket(text).error().code == ErrorCode::kNewerVersion);
}

TEST_CASE("what is no enrolment ticket is refused in words") {
  for (const std::string& wrong :
       {std::string(), std::string("x"), std::string("{}"), std::string("[]"), std::string("null"), std::string("7"),
        std::string("\"mimika-enrolment-1\""), std::string(R"({"format": 1})"), std::string(100'000, '['),
        encode_enrolment_ticket(ticket()).substr(0, 200)}) {
    INFO(wrong.substr(0, 60));
    CHECK_FALSE(decode_enrolment_ticket(wrong));
  }
}

TEST_CASE("an enrolment ticket with a wrong value is refused") {
  const std::string good = encode_enrolment_ticket(ticket());
  const auto refused = [&](const std::string& from, const std::string& to) {
    INFO(to);
    CHECK_FALSE(decode_enrolment_ticket(replaced(good, from, to)));
  };
  refused(R"("device": 7)", R"("device": "7")");
  refused(R"("device": 7)", R"("device": -1)");
  refused(R"("device": 7)", R"("device": 7.5)");
  refused(R"("device": 7)", R"("device": 4294967303)");  // 2^32 + 7 is not 7
  refused(R"("device": 7)", R"("device": 0)");
  refused(R"("device": 7)", R"("device": 1)");  // the centre itself
  refused("JLA1", "JIA1");
  refused(R"("token": ")", R"("token": 5, "x": ")");
  refused(R"("centre_verify_key": "01)", R"("centre_verify_key": ")");
  refused(R"("centre_box_key": "02)", R"("centre_box_key": "zz)");
  refused(R"("office_box_key")", R"("office_key")");
  refused(R"("url")", R"("adresse")");
}

TEST_CASE("an enrolment request proves that its sender has the key it brings") {
  const Bytes bytes = encode_enrol_request("token", world().device);
  const auto request = decode_enrol_request(bytes);
  REQUIRE(request);
  CHECK(request->token == "token");
  CHECK(request->verify_key == world().device.verify_key());
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    Bytes changed = bytes;
    changed[i] ^= 1;
    INFO(i);
    CHECK_FALSE(decode_enrol_request(changed));
  }
  for (std::size_t size = 0; size < bytes.size(); ++size)
    CHECK_FALSE(decode_enrol_request(ByteView(bytes).first(size)));
}

TEST_CASE("a device certificate comes back under the centre's key, and under no other") {
  const Bytes bytes = encode_certificate(certificate(), world().centre);
  CHECK(decode_certificate(bytes, world().centre.verify_key()).value() == certificate());
  CHECK(decode_certificate(bytes, world().device.verify_key()).error().code == ErrorCode::kUnauthorised);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    Bytes changed = bytes;
    changed[i] ^= 1;
    INFO(i);
    CHECK_FALSE(decode_certificate(changed, world().centre.verify_key()));
  }
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    CHECK_FALSE(decode_certificate(ByteView(bytes).first(size), world().centre.verify_key()));
  }
}

TEST_CASE("a signature for one purpose is none for another") {
  // The proof in an enrolment request signs "mimika enrol 1" and the token; as a certificate's signature it fails.
  const Bytes request = encode_enrol_request("token", world().centre);
  CHECK_FALSE(decode_certificate(request, world().centre.verify_key()));
}

}  // namespace
}  // namespace mimika::wire
