// The server as the outside sees it: real TLS on loopback, real threads, the real clock.
#include "sync/central/http/server.h"

#include <chrono>
#include <thread>

#include "kiosk/base/files.h"
#include "kiosk/base/limits.h"
#include "sync/central/ingest/enrolment.h"
#include "sync/central/tls/authority.h"
#include "sync/wire/enrolment.h"
#include "tests/central/centre_world.h"
#include "tests/support/tls_client.h"

namespace mimika::test {
namespace {

// A served centre. The fake clock of the world stands still, so that threads may read it.
class ServedWorld {
 public:
  ServedWorld() : env_(make_system_env()) {
    auto folder = open_data_folder(*env_, memory.path());
    REQUIRE(folder);
    ca_pem = folder->ca_pem;
    keys = std::make_unique<CentreKeys>(std::move(open_data_folder(*env_, memory.path())->keys));
    const auto identity = central::tls::prepare_server_identity(memory.path(), {"mimika.example"});
    REQUIRE(identity);
    auto made = CentralSite::open(*env_, *std::move(folder), real_catalogue());
    REQUIRE(made);
    site_ = *std::move(made);
    auto opened = http::Server::open(*site_, {"127.0.0.1", 0, identity->certificate_path, identity->key_path});
    REQUIRE(opened);
    server = *std::move(opened);
    serving_ = std::thread([this] { server->run(false); });
  }
  ~ServedWorld() { stop(); }
  ServedWorld(const ServedWorld&) = delete;
  ServedWorld& operator=(const ServedWorld&) = delete;

  void stop() {
    if (!serving_.joinable()) return;
    server->stop();
    serving_.join();
  }

  [[nodiscard]] std::unique_ptr<TlsClient> connect() {
    auto client = std::make_unique<TlsClient>(server->port(), TlsClientOptions{.ca_pem = ca_pem});
    REQUIRE(client->connected());
    return client;
  }

  [[nodiscard]] TestKiosk enrolled_kiosk() {
    const auto pool = DatabasePool::open(memory / kDatabaseFile, 1);
    const auto database = (*pool)->borrow();
    auto folder = open_data_folder(*env_, memory.path());
    EnrolmentOrder order;
    order.district = DistrictCode{"94.04.06"};
    order.url = "https://127.0.0.1:8443";
    const auto ticket = order_enrolment(**database, *env_, *folder, real_catalogue(), order);
    REQUIRE(ticket);
    TestKiosk kiosk(*env_, ticket->device, ticket->device_code, ticket->district, ticket->centre_box_key);
    const std::string answer = request("/v1/enrol", wire::encode_enrol_request(ticket->token, kiosk.key));
    REQUIRE(answer.starts_with("HTTP/1.1 200"));
    kiosk.append(DeviceStarted{"test", 7});
    return kiosk;
  }

  [[nodiscard]] std::string request(const std::string& path, const Bytes& body) {
    const auto client = connect();
    REQUIRE(client->send(post_of(path, body)));
    return client->read_response();
  }

  static std::string post_of(const std::string& path, const Bytes& body) {
    return "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
           std::string(as_text(body));
  }

  [[nodiscard]] std::int64_t count(const std::string& table) {
    const auto pool = DatabasePool::open(memory / kDatabaseFile, 1);
    const auto database = (*pool)->borrow();
    return (*(**database).query("SELECT COUNT(*) FROM " + table))[0].integer(0);
  }

  [[nodiscard]] std::int64_t counted(const std::string& reason) {
    const auto pool = DatabasePool::open(memory / kDatabaseFile, 1);
    const auto database = (*pool)->borrow();
    // Gathered in memory and written four times a second.
    for (int i = 0; i < 100; ++i) {
      const auto rows = (**database).query("SELECT times FROM refusal WHERE reason = $1", {reason});
      if (!rows->empty()) return (*rows)[0].integer(0);
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return 0;
  }

  MemoryFolder memory;
  std::string ca_pem;
  std::unique_ptr<CentreKeys> keys;
  std::unique_ptr<http::Server> server;

 private:
  std::unique_ptr<Env> env_;
  std::unique_ptr<CentralSite> site_;
  std::thread serving_;
};

std::string body_of(const std::string& response) {
  const std::size_t end = response.find("\r\n\r\n");
  return end == std::string::npos ? std::string() : response.substr(end + 4);
}

}  // namespace

TEST_CASE("a kiosk enrols and syncs over TLS, again and again on one connection") {
  ServedWorld world;
  TestKiosk kiosk = world.enrolled_kiosk();
  const auto client = world.connect();
  for (int i = 0; i < 3; ++i) {
    kiosk.file();
    REQUIRE(client->send(ServedWorld::post_of("/v1/sync", kiosk.encoded(kiosk.call()))));
    const std::string response = client->read_response();
    REQUIRE(response.starts_with("HTTP/1.1 200"));
    const auto answer = wire::decode_answer(as_bytes(body_of(response)), world.keys->signing.verify_key());
    REQUIRE(answer);
    REQUIRE(answer->acknowledged.value == kiosk.journal.size());
  }
  REQUIRE(world.count("ticket") == 3);
}

TEST_CASE("the server proves itself to a client that believes it is 1970, or 2099, under each of its names") {
  ServedWorld world;
  const auto try_with = [&](TlsClientOptions options) {
    options.ca_pem = world.ca_pem;
    return TlsClient(world.server->port(), options).connected();
  };
  REQUIRE(try_with({.believed_time = 86'400}));
  REQUIRE(try_with({.believed_time = 4'070'908'800}));
  REQUIRE(try_with({.name = "localhost"}));
  REQUIRE(try_with({.name = "mimika.example"}));
  REQUIRE_FALSE(try_with({.name = "other.example"}));
  REQUIRE_FALSE(try_with({.newest_version = TLS1_2_VERSION}));
}

TEST_CASE("a certificate is kept while it covers the names, and another is issued by the same authority when not") {
  ServedWorld world;
  const auto read = [&] { return *read_file(world.memory / "server.pem", 100'000); };
  const Bytes before = read();
  REQUIRE(central::tls::prepare_server_identity(world.memory.path(), {"mimika.example"}));
  REQUIRE(read() == before);
  REQUIRE(central::tls::prepare_server_identity(world.memory.path(), {"center.example"}));
  REQUIRE(read() != before);
}

TEST_CASE("a body of 10 MB is refused before it is read, with a reason, and the server goes on") {
  ServedWorld world;
  const auto client = world.connect();
  REQUIRE(client->send("POST /v1/sync HTTP/1.1\r\nHost: x\r\nContent-Length: 10000000\r\n\r\n"));
  SECTION("sent whole all the same") {
    const std::string block(100'000, 'x');
    for (int i = 0; i < 100; ++i) {
      if (!client->send(block)) break;
    }
  }
  SECTION("not sent") {}
  const std::string response = client->read_response();
  REQUIRE(response.starts_with("HTTP/1.1 413"));
  REQUIRE(contains(response, "too_large"));
  REQUIRE(world.counted("too_large") == 1);
  REQUIRE(contains(world.request("/v1/sync", {1, 2, 3}), "malformed"));
}

TEST_CASE("a call cut off in the middle keeps its whole frames and is counted") {
  ServedWorld world;
  TestKiosk kiosk = world.enrolled_kiosk();
  kiosk.file();
  const std::string whole = ServedWorld::post_of("/v1/sync", kiosk.encoded(kiosk.call()));
  const std::int64_t before = world.count("event");
  {
    const auto client = world.connect();
    REQUIRE(client->send(whole.substr(0, whole.size() - 1)));
    client->hang_up();
  }
  REQUIRE(world.counted("truncated") == 1);
  REQUIRE(world.count("event") == before + static_cast<std::int64_t>(kiosk.journal.size()));
  REQUIRE(world.request("/v1/sync", kiosk.encoded(kiosk.call())).starts_with("HTTP/1.1 200"));
  REQUIRE(world.count("event") == before + static_cast<std::int64_t>(kiosk.journal.size()));
}

TEST_CASE("requests that are no HTTP, too long, or of an unknown kind are refused in words") {
  ServedWorld world;
  const auto answer_to = [&](const std::string& bytes) {
    const auto client = world.connect();
    REQUIRE(client->send(bytes));
    return client->read_response();
  };
  REQUIRE(answer_to("hello there\r\n\r\n").starts_with("HTTP/1.1 400"));
  REQUIRE(answer_to("GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n").starts_with("HTTP/1.1 400"));
  REQUIRE(answer_to("GET / HTTP/1.1\r\nHost: x\r\nX: " + std::string(20'000, 'a') + "\r\n\r\n")
              .starts_with("HTTP/1.1 431"));
  REQUIRE(answer_to("POST /v1/sync HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
              .starts_with("HTTP/1.1 411"));
  REQUIRE(answer_to("GET /v1/sync HTTP/1.1\r\nHost: x\r\n\r\n").starts_with("HTTP/1.1 405"));
  REQUIRE(answer_to("POST /v1/other HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n").starts_with("HTTP/1.1 404"));
  REQUIRE(answer_to("DELETE /login HTTP/1.1\r\nHost: x\r\n\r\n").starts_with("HTTP/1.1 405"));
  REQUIRE(answer_to("GET /login HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello").starts_with("HTTP/1.1 413"));
  const std::string form_too_large = ServedWorld::post_of("/login", Bytes(mimika::limits::kFormBytes + 1, 'a'));
  REQUIRE(answer_to(form_too_large).starts_with("HTTP/1.1 413"));
  REQUIRE(answer_to("GET /login HTTP/1.1\r\nHost: x\r\n\r\n").starts_with("HTTP/1.1 200"));
}

TEST_CASE("a client that waits for leave to send gets it, or the refusal instead") {
  ServedWorld world;
  {
    const auto client = world.connect();
    REQUIRE(client->send("POST /v1/sync HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n"));
    REQUIRE(client->read_response().starts_with("HTTP/1.1 100"));
    REQUIRE(client->send("abc"));
    REQUIRE(contains(client->read_response(), "malformed"));
  }
  const auto client = world.connect();
  REQUIRE(client->send("POST /v1/sync HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 9999999\r\n\r\n"));
  REQUIRE(client->read_response().starts_with("HTTP/1.1 413"));
}

TEST_CASE("HEAD answers with the size and without the page") {
  ServedWorld world;
  const auto client = world.connect();
  REQUIRE(client->send("HEAD /login HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
  const std::string response = client->read_to_end();
  REQUIRE(response.starts_with("HTTP/1.1 200"));
  REQUIRE(contains(response, "Content-Length: "));
  REQUIRE(body_of(response).empty());
}

TEST_CASE("pages are packed for those who can unpack them") {
  ServedWorld world;
  const auto client = world.connect();
  REQUIRE(client->send("GET /login HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n"));
  const std::string packed = client->read_response();
  REQUIRE(contains(packed, "Content-Encoding: gzip"));
  REQUIRE(client->send("GET /login HTTP/1.1\r\nHost: x\r\n\r\n"));
  const std::string plain = client->read_response();
  REQUIRE_FALSE(contains(plain, "Content-Encoding"));
  REQUIRE(body_of(packed).size() < body_of(plain).size() / 2);
}

TEST_CASE("many silent connections do not keep others from being served") {
  ServedWorld world;
  std::vector<std::unique_ptr<TlsClient>> silent;
  for (int i = 0; i < 100; ++i) {
    silent.push_back(world.connect());
    REQUIRE(silent.back()->send("POST /v1/sync HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nabc"));
  }
  const auto client = world.connect();
  REQUIRE(client->send("GET /login HTTP/1.1\r\nHost: x\r\n\r\n"));
  REQUIRE(client->read_response().starts_with("HTTP/1.1 200"));
}

TEST_CASE("stopping answers what is under way and ends idle connections at once") {
  ServedWorld world;
  const auto idle = world.connect();
  REQUIRE(idle->send("GET /login HTTP/1.1\r\nHost: x\r\n\r\n"));
  REQUIRE(idle->read_response().starts_with("HTTP/1.1 200"));
  const auto busy = world.connect();
  // A login takes about a tenth of a second by intent: long enough to stop in the middle of it.
  const std::string form = "login=nobody&password=something";
  REQUIRE(
      busy->send("POST /login HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                 "Content-Length: " +
                 std::to_string(form.size()) + "\r\n\r\n" + form));
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  world.stop();
  const std::string answer = busy->read_response();
  const bool answered_or_never_begun = answer.empty() || answer.starts_with("HTTP/1.1 401");
  REQUIRE(answered_or_never_begun);
  REQUIRE(idle->read_to_end().empty());
}

}  // namespace mimika::test
