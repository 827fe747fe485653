#include <sys/stat.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "kiosk/base/files.h"
#include "sync/client/enrol.h"
#include "sync/client/enrolment_files.h"
#include "tests/support/memory_folder.h"

namespace mimika::test {
namespace {

// The centre's side of POST /v1/enrol, with a token that works once.
class EnrolDesk final : public sync::Transport {
 public:
  explicit EnrolDesk(Env& env) : env_(env), key_(crypto::SigningKey::generate(env)) {
    ticket_.url = "https://127.0.0.1:8443";
    ticket_.ca_pem = "-----BEGIN CERTIFICATE-----\nours\n-----END CERTIFICATE-----\n";
    ticket_.token = "00112233445566778899aabbccddeeff";
    ticket_.device = DeviceId{17};
    ticket_.device_code = DeviceCode{"JLA1"};
    ticket_.district = DistrictCode{"94.04.06"};
    ticket_.centre_verify_key = key_.verify_key();
    ticket_.centre_box_key = crypto::BoxKey::generate(env).public_key();
    ticket_.office_box_key = crypto::BoxKey::generate(env).public_key();
  }
  [[nodiscard]] wire::EnrolmentTicket ticket() const { return ticket_; }

  Result<sync::HttpResponse> post(const std::string& path, ByteView body) override {
    REQUIRE(path == "/v1/enrol");
    ++asked;
    if (before_taking) before_taking();
    if (no_link) return fail(ErrorCode::kUnreachable, "no link");
    const auto request = wire::decode_enrol_request(body);
    REQUIRE(request);
    if (request->token != ticket_.token || (bound_ && *bound_ != request->verify_key)) {
      return response(403, as_bytes(R"({"error":"bad_token","message":"used by another kiosk"})"));
    }
    bound_ = request->verify_key;
    if (lose_answer) return fail(ErrorCode::kUnreachable, "the answer was lost");
    wire::DeviceCertificate certificate{ticket_.device, ticket_.device_code, ticket_.district, request->verify_key,
                                        env_.wall_ms()};
    if (spoil) spoil(certificate);
    return response(200, wire::encode_certificate(certificate, stranger ? *stranger : key_));
  }
  void use_fresh_connection() override {}
  void cancel() override {}

  int asked = 0;
  bool no_link = false;
  bool lose_answer = false;
  std::function<void(wire::DeviceCertificate&)> spoil;
  std::function<void()> before_taking;
  std::optional<crypto::SigningKey> stranger;

 private:
  static sync::HttpResponse response(int status, ByteView body) {
    sync::HttpResponse out;
    out.status = status;
    out.body.assign(body.begin(), body.end());
    return out;
  }
  Env& env_;
  crypto::SigningKey key_;
  wire::EnrolmentTicket ticket_;
  std::optional<crypto::VerifyKey> bound_;
};

struct EnrolWorld {
  MemoryFolder folder;
  FakeEnv env{1'771'200'000'000};
  EnrolDesk desk{env};
  Result<sync::Enrolment> enrol() { return sync::enrol(desk.ticket(), folder.path(), desk, env); }
};

mode_t mode_of(const std::string& path) {
  struct stat info{};
  REQUIRE(::stat(path.c_str(), &info) == 0);
  return info.st_mode & 0777U;
}

bool holds(const std::string& path, const std::string& text) {
  const auto content = read_file(path, 1'000'000);
  REQUIRE(content);
  return std::search(content->begin(), content->end(), text.begin(), text.end()) != content->end();
}

TEST_CASE("a kiosk that never enrolled says so") {
  MemoryFolder folder;
  const auto none = sync::load_enrolment(folder.path());
  REQUIRE_FALSE(none);
  REQUIRE(none.error().code == ErrorCode::kNotFound);
  REQUIRE(none.error().message.find("not enrolled") != std::string::npos);
}

TEST_CASE("an enrolled kiosk knows who it is, where the centre is, and whom to trust") {
  EnrolWorld world;
  const auto made = world.enrol();
  REQUIRE(made);
  const auto loaded = sync::load_enrolment(world.folder.path());
  REQUIRE(loaded);
  const wire::EnrolmentTicket ticket = world.desk.ticket();
  REQUIRE(loaded->centre.url == ticket.url);
  REQUIRE(loaded->ca_pem == ticket.ca_pem);
  REQUIRE(loaded->centre.verify_key == ticket.centre_verify_key);
  REQUIRE(loaded->certificate.verify_key == loaded->device_key.verify_key());
  const StoreOptions store = loaded->store_options("/data", "1.2");
  REQUIRE(store.folder == "/data");
  REQUIRE(store.identity.device == ticket.device);
  REQUIRE(store.identity.device_code == ticket.device_code);
  REQUIRE(store.identity.district == ticket.district);
  REQUIRE(store.centre_key == ticket.centre_box_key);
  REQUIRE(store.office_key == ticket.office_box_key);
  REQUIRE(store.program_version == "1.2");
  REQUIRE(loaded->transport_options().url == ticket.url);
  REQUIRE(loaded->transport_options().ca_pem == ticket.ca_pem);
}

TEST_CASE("secrets are private files, and the token is kept nowhere") {
  EnrolWorld world;
  REQUIRE(world.enrol());
  REQUIRE(mode_of(world.folder / "keys") == 0700);
  REQUIRE(mode_of(world.folder / "keys/sign.seed") == 0600);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(world.folder.path())) {
    if (entry.is_regular_file()) REQUIRE_FALSE(holds(entry.path().string(), world.desk.ticket().token));
  }
}

TEST_CASE("a lost answer is made good by asking again with the same key") {
  EnrolWorld world;
  world.desk.lose_answer = true;
  REQUIRE(world.enrol().error().code == ErrorCode::kUnreachable);
  REQUIRE(sync::load_enrolment(world.folder.path()).error().code == ErrorCode::kNotFound);
  world.desk.lose_answer = false;
  REQUIRE(world.enrol());  // the desk refuses the token to any other key
}

TEST_CASE("the key is on the disk before the centre hears of it") {
  EnrolWorld world;
  bool was_there = false;
  world.desk.before_taking = [&] { was_there = std::filesystem::exists(world.folder / "keys/sign.seed"); };
  REQUIRE(world.enrol());
  REQUIRE(was_there);
}

TEST_CASE("enrolling twice with one ticket asks the centre once") {
  EnrolWorld world;
  const auto first = world.enrol();
  REQUIRE(first);
  const auto second = world.enrol();
  REQUIRE(second);
  REQUIRE(second->device_key.verify_key() == first->device_key.verify_key());
  REQUIRE(world.desk.asked == 1);
}

TEST_CASE("an enrolled kiosk does not become another one") {
  EnrolWorld world;
  REQUIRE(world.enrol());
  EnrolDesk other(world.env);
  const auto result = sync::enrol(other.ticket(), world.folder.path(), other, world.env);
  REQUIRE_FALSE(result);
  REQUIRE(result.error().code == ErrorCode::kConflict);
  REQUIRE(result.error().message.find("JLA1") != std::string::npos);
  REQUIRE(other.asked == 0);
  REQUIRE(sync::load_enrolment(world.folder.path()));
}

TEST_CASE("a refused token is the centre's word, and nothing is enrolled") {
  EnrolWorld world;
  MemoryFolder another;
  REQUIRE(sync::enrol(world.desk.ticket(), another.path(), world.desk, world.env));
  const auto refused = world.enrol();
  REQUIRE_FALSE(refused);
  REQUIRE(refused.error().code == ErrorCode::kUnauthorised);
  REQUIRE(refused.error().message.find("used by another kiosk") != std::string::npos);
  REQUIRE(sync::load_enrolment(world.folder.path()).error().code == ErrorCode::kNotFound);
}

TEST_CASE("a certificate that does not fit the ticket is refused") {
  EnrolWorld world;
  ErrorCode expected = ErrorCode::kConflict;
  SECTION("another device") {
    world.desk.spoil = [](wire::DeviceCertificate& c) { c.device = DeviceId{18}; };
  }
  SECTION("another code") {
    world.desk.spoil = [](wire::DeviceCertificate& c) { c.device_code = DeviceCode{"JLA2"}; };
  }
  SECTION("another district") {
    world.desk.spoil = [](wire::DeviceCertificate& c) { c.district = DistrictCode{"94.04.07"}; };
  }
  SECTION("another key") {
    world.desk.spoil = [](wire::DeviceCertificate& c) { c.verify_key[0] ^= 1; };
  }
  SECTION("another signer") {
    world.desk.stranger = crypto::SigningKey::generate(world.env);
    expected = ErrorCode::kUnauthorised;
  }
  const auto result = world.enrol();
  REQUIRE_FALSE(result);
  REQUIRE(result.error().code == expected);
  REQUIRE(sync::load_enrolment(world.folder.path()).error().code == ErrorCode::kNotFound);
}

TEST_CASE("a missing part of an enrolment is damage, and its name is told") {
  const std::string part = GENERATE("keys/sign.seed", "keys/centre.json", "ca.pem");
  EnrolWorld world;
  REQUIRE(world.enrol());
  std::filesystem::remove(world.folder / part);
  const auto loaded = sync::load_enrolment(world.folder.path());
  REQUIRE_FALSE(loaded);
  REQUIRE(loaded.error().code == ErrorCode::kCorrupt);
  REQUIRE(loaded.error().message.find(part) != std::string::npos);
  // Enrolling anew over the damage would hide it, and perhaps replace the key the centre knows.
  REQUIRE_FALSE(world.enrol());
}

TEST_CASE("a damaged part of an enrolment is refused, cut at any byte") {
  EnrolWorld world;
  REQUIRE(world.enrol());
  const std::string path = world.folder / GENERATE("keys/sign.seed", "keys/centre.json", "keys/certificate");
  const auto whole = read_file(path, 100'000);
  REQUIRE(whole);
  for (std::size_t size = 0; size + 1 < whole->size(); ++size) {
    CAPTURE(path, size);
    REQUIRE(write_file_durably(path, ByteView(*whole).first(size), FileMode::kPrivate));
    const auto loaded = sync::load_enrolment(world.folder.path());
    // A closing brace or line end may be all that is missing of a text; what was read is checked against the rest.
    if (loaded) {
      REQUIRE(size + 3 > whole->size());
      continue;
    }
    const bool clear = loaded.error().code == ErrorCode::kCorrupt || loaded.error().code == ErrorCode::kUnauthorised;
    REQUIRE(clear);
  }
}

TEST_CASE("another kiosk's key or certificate in the folder is noticed") {
  EnrolWorld world;
  REQUIRE(world.enrol());
  const auto key = crypto::SigningKey::generate(world.env);
  REQUIRE(crypto::save_seed(world.folder / "keys/sign.seed", key.seed()));
  const auto loaded = sync::load_enrolment(world.folder.path());
  REQUIRE_FALSE(loaded);
  REQUIRE(loaded.error().code == ErrorCode::kCorrupt);
  REQUIRE(loaded.error().message.find("another key") != std::string::npos);
}

TEST_CASE("what is known of the centre survives being written and read") {
  sync::CentreFacts facts;
  facts.url = "https://pusat.example:8443";
  facts.identity = {DeviceId{4'000'000'000U}, DeviceCode{"TBG9"}, DistrictCode{"94.04.01"}};
  facts.verify_key.fill(1);
  facts.box_key.fill(2);
  facts.office_box_key.fill(3);
  const auto again = sync::decode_centre_facts(sync::encode_centre_facts(facts));
  REQUIRE(again);
  REQUIRE(again->url == facts.url);
  REQUIRE(again->identity.device == facts.identity.device);
  REQUIRE(again->identity.device_code == facts.identity.device_code);
  REQUIRE(again->verify_key == facts.verify_key);
  REQUIRE(again->box_key == facts.box_key);
  REQUIRE(again->office_box_key == facts.office_box_key);

  REQUIRE(sync::decode_centre_facts("{}").error().code == ErrorCode::kCorrupt);
  REQUIRE(sync::decode_centre_facts("nonsense").error().code == ErrorCode::kCorrupt);
  std::string newer = sync::encode_centre_facts(facts);
  newer.replace(newer.find("mimika-centre-1"), 15, "mimika-centre-2");
  REQUIRE(sync::decode_centre_facts(newer).error().code == ErrorCode::kNewerVersion);
}

TEST_CASE("a ticket that is not one, or does not speak https, is refused before anything is written") {
  EnrolWorld world;
  REQUIRE(sync::enrol_kiosk("not a ticket", world.folder.path(), world.env).error().code == ErrorCode::kInvalidInput);
  wire::EnrolmentTicket ticket = world.desk.ticket();
  ticket.url = "http://127.0.0.1:8443";
  const auto plain = sync::enrol_kiosk(wire::encode_enrolment_ticket(ticket), world.folder.path(), world.env);
  REQUIRE(plain.error().code == ErrorCode::kInvalidInput);
  REQUIRE_FALSE(std::filesystem::exists(world.folder / "keys"));
}

}  // namespace
}  // namespace mimika::test
