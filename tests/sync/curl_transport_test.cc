#include "sync/client/curl_transport.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>

#include "kiosk/base/limits.h"
#include "tests/support/tls_server.h"

namespace mimika::test {
namespace {

using namespace std::chrono_literals;

const TestAuthority& our_authority() {
  static const TestAuthority authority;
  return authority;
}

TlsServer::Handler echo() {
  return [](const std::string&, const std::string&, const Bytes& body) {
    TlsReply reply;
    reply.body = body;
    return reply;
  };
}

TlsServer::Handler always(TlsReply reply) {
  return [reply](const std::string&, const std::string&, const Bytes&) { return reply; };
}

std::unique_ptr<sync::CurlTransport> open_to(const std::string& url, const std::string& ca_pem = our_authority().pem(),
                                             sync::TransportOptions options = {}) {
  options.url = url;
  options.ca_pem = ca_pem;
  auto transport = sync::CurlTransport::open(options);
  REQUIRE(transport);
  return *std::move(transport);
}

std::int64_t milliseconds_of(const auto& action) {
  const auto before = std::chrono::steady_clock::now();
  action();
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - before).count();
}

TEST_CASE("bytes go to the centre and come back as they were") {
  std::string path;
  std::string head;
  TlsServer server(our_authority(), {}, [&](const std::string& asked, const std::string& headers, const Bytes& body) {
    path = asked;
    head = headers;
    TlsReply reply;
    reply.body = body;
    reply.status = 409;
    return reply;
  });
  const auto transport = open_to(server.url());
  Bytes body(100'000);
  for (std::size_t i = 0; i < body.size(); ++i) body[i] = static_cast<std::uint8_t>(i * 31);
  const auto response = transport->post("/v1/sync", body);
  REQUIRE(response);
  REQUIRE(response->status == 409);  // a status is a response, not an error
  REQUIRE(response->body == body);
  REQUIRE(path == "/v1/sync");
  REQUIRE(head.find("Content-Type") == std::string::npos);
  REQUIRE(head.find("Expect:") == std::string::npos);
  REQUIRE(head.size() < 150);
}

TEST_CASE("one connection serves call after call until a fresh one is asked for") {
  TlsServer server(our_authority(), {}, echo());
  const auto transport = open_to(server.url());
  for (int i = 0; i < 5; ++i) REQUIRE(transport->post("/v1/sync", as_bytes("hello")));
  REQUIRE(server.connections == 1);
  transport->use_fresh_connection();
  REQUIRE(transport->post("/v1/sync", as_bytes("hello")));
  REQUIRE(server.connections == 2);
  REQUIRE(transport->post("/v1/sync", as_bytes("hello")));
  REQUIRE(server.connections == 2);
  REQUIRE(transport->traffic().connections == 2);
}

TEST_CASE("a kept connection that the centre ended meanwhile is replaced without an error") {
  TlsServer server(our_authority(), {}, echo());
  const auto transport = open_to(server.url());
  REQUIRE(transport->post("/v1/sync", as_bytes("one")));
  server.hang_up();
  std::this_thread::sleep_for(50ms);
  REQUIRE(transport->post("/v1/sync", as_bytes("two")));
  REQUIRE(server.connections == 2);
}

TEST_CASE("a kept connection that ends during the call fails it at once, without another connection") {
  bool hangs_up = false;
  TlsServer server(our_authority(), {}, [&](const std::string&, const std::string&, const Bytes& body) {
    TlsReply reply;
    reply.body = body;
    reply.hangs_up = hangs_up;
    return reply;
  });
  const auto transport = open_to(server.url());
  REQUIRE(transport->post("/v1/sync", as_bytes("one")));
  hangs_up = true;
  const auto response = transport->post("/v1/sync", Bytes(50'000, 2));
  REQUIRE_FALSE(response);
  REQUIRE(response.error().code == ErrorCode::kUnreachable);
  REQUIRE(server.connections == 1);  // the centre may have stored it: whoever called decides what comes next
  hangs_up = false;
  REQUIRE(transport->post("/v1/sync", as_bytes("two")));
  REQUIRE(server.connections == 2);
}

TEST_CASE("bytes are counted as the application and as the socket see them") {
  std::uint64_t sent_by_server = 0;
  std::uint64_t received_by_server = 0;
  sync::Traffic traffic;
  {
    TlsServer server(our_authority(), {}, echo());
    const auto transport = open_to(server.url());
    const Bytes body(10'000, 7);
    const auto response = transport->post("/v1/sync", body);
    REQUIRE(response);
    REQUIRE(response->bytes_sent > 10'000);
    REQUIRE(response->bytes_sent < 10'300);
    REQUIRE(response->bytes_received > 10'000);
    REQUIRE(response->bytes_received < 10'100);
    traffic = transport->traffic();
    REQUIRE(traffic.calls == 1);
    REQUIRE(traffic.application_sent == response->bytes_sent);
    REQUIRE(traffic.application_received == response->bytes_received);
    server.hang_up();
    std::this_thread::sleep_for(100ms);
    sent_by_server = server.bytes_sent;
    received_by_server = server.bytes_received;
  }
  REQUIRE(traffic.socket_sent == received_by_server);
  REQUIRE(traffic.socket_received > traffic.application_received + 400);  // the handshake is in it
  REQUIRE(traffic.socket_received <= sent_by_server);
}

TEST_CASE("a server of another authority is refused before a byte of ours is sent") {
  const TestAuthority theirs;
  TlsServer server(theirs, {}, echo());
  const auto transport = open_to(server.url());
  const auto response = transport->post("/v1/sync", as_bytes("secret"));
  REQUIRE_FALSE(response);
  REQUIRE(response.error().code == ErrorCode::kUnauthorised);
  REQUIRE(server.requests == 0);
}

TEST_CASE("the machine's own list of authorities is not asked") {
  // The environment may name one as well; neither may help a stranger.
  const TestAuthority theirs;
  TlsServer server(theirs, {}, echo());
  const std::string path = "/tmp/mimika-test-authority-" + std::to_string(::getpid()) + ".pem";
  FILE* file = std::fopen(path.c_str(), "w");
  REQUIRE(file != nullptr);
  std::fputs(theirs.pem().c_str(), file);
  std::fclose(file);
  for (const char* name : {"SSL_CERT_FILE", "CURL_CA_BUNDLE"}) ::setenv(name, path.c_str(), 1);
  const auto response = open_to(server.url())->post("/v1/sync", as_bytes("secret"));
  for (const char* name : {"SSL_CERT_FILE", "CURL_CA_BUNDLE"}) ::unsetenv(name);
  std::remove(path.c_str());
  REQUIRE_FALSE(response);
  REQUIRE(response.error().code == ErrorCode::kUnauthorised);
}

TEST_CASE("a server that speaks no more than TLS 1.2 is refused") {
  TlsServerOptions options;
  options.newest_version = TLS1_2_VERSION;
  TlsServer server(our_authority(), options, echo());
  const auto response = open_to(server.url())->post("/v1/sync", as_bytes("secret"));
  REQUIRE_FALSE(response);
  REQUIRE(server.handshakes == 0);
  REQUIRE(server.requests == 0);
}

TEST_CASE("a certificate for another name is refused") {
  TlsServerOptions options;
  options.names = GENERATE("DNS:localhost", "IP:127.0.0.2", "DNS:127.0.0.1");
  TlsServer server(our_authority(), options, echo());
  const auto response = open_to(server.url())->post("/v1/sync", as_bytes("secret"));
  REQUIRE_FALSE(response);
  REQUIRE(response.error().code == ErrorCode::kUnauthorised);
  REQUIRE(server.requests == 0);
}

TEST_CASE("a kiosk whose clock is wrong still reaches its centre") {
  // Seen from a kiosk in 1970 every certificate lies in the future, from one in 2099 in the past.
  const long year = 365L * 24 * 3600;
  const Validity validity = GENERATE(Validity{50 * year, 60 * year}, Validity{-50 * year, -40 * year});
  const TestAuthority authority(validity);
  TlsServerOptions options;
  options.validity = validity;
  TlsServer server(authority, options, echo());
  REQUIRE(open_to(server.url(), authority.pem())->post("/v1/sync", as_bytes("hello")));
  // And the pin holds all the same.
  REQUIRE_FALSE(open_to(server.url())->post("/v1/sync", as_bytes("hello")));
}

TEST_CASE("nothing but https is spoken, and redirections are answers like others") {
  sync::TransportOptions options;
  options.ca_pem = our_authority().pem();
  for (const char* url : {"http://127.0.0.1:1", "ftp://127.0.0.1", "127.0.0.1", ""}) {
    options.url = url;
    const auto opened = sync::CurlTransport::open(options);
    REQUIRE_FALSE(opened);
    REQUIRE(opened.error().code == ErrorCode::kInvalidInput);
  }
  options.url = "https://127.0.0.1:1";
  options.ca_pem.clear();
  REQUIRE_FALSE(sync::CurlTransport::open(options));

  TlsServer elsewhere(our_authority(), {}, echo());
  TlsReply moved;
  moved.status = 307;
  moved.extra_headers = "Location: " + elsewhere.url() + "/v1/sync\r\n";
  TlsServer server(our_authority(), {}, always(moved));
  const auto response = open_to(server.url())->post("/v1/sync", as_bytes("secret"));
  REQUIRE(response);
  REQUIRE(response->status == 307);
  REQUIRE(elsewhere.connections == 0);
}

TEST_CASE("a proxy named by the environment is not used") {
  TlsServer server(our_authority(), {}, echo());
  for (const char* name : {"https_proxy", "HTTPS_PROXY", "all_proxy"}) ::setenv(name, "http://127.0.0.1:1", 1);
  const auto response = open_to(server.url())->post("/v1/sync", as_bytes("hello"));
  for (const char* name : {"https_proxy", "HTTPS_PROXY", "all_proxy"}) ::unsetenv(name);
  REQUIRE(response);
}

TEST_CASE("an authority that is not one is an error at the first call") {
  TlsServer server(our_authority(), {}, echo());
  REQUIRE_FALSE(open_to(server.url(), "not a certificate")->post("/v1/sync", as_bytes("hello")));
  REQUIRE(server.requests == 0);
}

TEST_CASE("nobody at the address is unreachable, and found out at once") {
  std::string url;
  {
    TlsServer server(our_authority(), {}, echo());
    url = server.url();
  }
  const auto transport = open_to(url);
  const std::int64_t took = milliseconds_of([&] {
    const auto response = transport->post("/v1/sync", as_bytes("hello"));
    REQUIRE_FALSE(response);
    REQUIRE(response.error().code == ErrorCode::kUnreachable);
  });
  REQUIRE_FALSE(transport->was_heard());
  REQUIRE(took < 1'000);
}

TEST_CASE("a server that never answers is given up") {
  TlsReply silence;
  silence.never = true;
  TlsServer server(our_authority(), {}, always(silence));
  sync::TransportOptions options;
  SECTION("after the time a call may take") {
    options.call_timeout_ms = 700;
  }
  SECTION("when nothing moves") {
    options.low_speed_seconds = 1;
  }
  const auto transport = open_to(server.url(), our_authority().pem(), options);
  const std::int64_t took = milliseconds_of([&] {
    const auto response = transport->post("/v1/sync", as_bytes("hello"));
    REQUIRE_FALSE(response);
    REQUIRE(response.error().code == ErrorCode::kUnreachable);
  });
  REQUIRE(transport->was_heard());
  REQUIRE(took > 500);
  REQUIRE(took < 8'000);
}

TEST_CASE("an answer that drips is given up, and told apart from a link that is gone") {
  TlsReply reply;
  reply.body = Bytes(100'000, 'x');
  reply.drips = true;
  TlsServer server(our_authority(), {}, always(reply));
  sync::TransportOptions options;
  SECTION("after the time a call may take") {
    options.call_timeout_ms = 1'000;
  }
  SECTION("when it comes slower than an answer may") {
    options.low_speed_seconds = 1;
    options.low_speed_bytes_per_second = 1'000;
  }
  const auto transport = open_to(server.url(), our_authority().pem(), options);
  const std::int64_t took = milliseconds_of([&] {
    const auto response = transport->post("/v1/sync", as_bytes("hello"));
    REQUIRE_FALSE(response);
    REQUIRE(response.error().code == ErrorCode::kTooSlow);
  });
  REQUIRE(took < 8'000);
}

TEST_CASE("a server that accepts and says nothing does not hold a call for longer than connecting may take") {
  TlsServerOptions silent;
  silent.silent = true;
  TlsServer server(our_authority(), silent, echo());
  sync::TransportOptions options;
  options.connect_timeout_ms = 500;
  const auto response = open_to(server.url(), our_authority().pem(), options)->post("/v1/sync", as_bytes("hello"));
  REQUIRE_FALSE(response);
  REQUIRE(response.error().code == ErrorCode::kUnreachable);
}

TEST_CASE("a connection that breaks in the middle of the answer is unreachable, not half an answer") {
  TlsReply half;
  half.body = Bytes(50'000, 1);
  half.close_in_the_middle = true;
  TlsServer server(our_authority(), {}, always(half));
  const auto response = open_to(server.url())->post("/v1/sync", as_bytes("hello"));
  REQUIRE_FALSE(response);
  REQUIRE(response.error().code == ErrorCode::kUnreachable);
}

TEST_CASE("an answer may be as large as a call and not larger") {
  TlsReply reply;
  SECTION("at the limit") {
    reply.body = Bytes(limits::kCallBytes, 1);
    TlsServer server(our_authority(), {}, always(reply));
    const auto response = open_to(server.url())->post("/v1/sync", as_bytes("hello"));
    REQUIRE(response);
    REQUIRE(response->body.size() == limits::kCallBytes);
  }
  SECTION("one byte over it") {
    reply.body = Bytes(limits::kCallBytes + 1, 1);
    TlsServer server(our_authority(), {}, always(reply));
    const auto response = open_to(server.url())->post("/v1/sync", as_bytes("hello"));
    REQUIRE_FALSE(response);
    REQUIRE(response.error().code == ErrorCode::kTooLarge);
  }
  SECTION("headers without end") {
    for (int i = 0; i < 300; ++i) reply.extra_headers += "X-Filler: " + std::string(100, 'x') + "\r\n";
    TlsServer server(our_authority(), {}, always(reply));
    const auto response = open_to(server.url())->post("/v1/sync", as_bytes("hello"));
    REQUIRE_FALSE(response);
    REQUIRE(response.error().code == ErrorCode::kTooLarge);
  }
}

TEST_CASE("cancel ends a running call in less than a second, and every later one") {
  TlsReply silence;
  silence.never = true;
  TlsServer server(our_authority(), {}, always(silence));
  const auto transport = open_to(server.url());
  std::thread canceller([&] {
    while (server.requests == 0) std::this_thread::sleep_for(1ms);
    transport->cancel();
  });
  const std::int64_t took = milliseconds_of([&] {
    const auto response = transport->post("/v1/sync", as_bytes("hello"));
    REQUIRE_FALSE(response);
    REQUIRE(response.error().code == ErrorCode::kUnreachable);
  });
  canceller.join();
  REQUIRE(took < 1'000);
  REQUIRE_FALSE(transport->post("/v1/sync", as_bytes("hello")));
  REQUIRE(server.requests == 1);
}

TEST_CASE("cancel ends a call that is still connecting") {
  TlsServerOptions silent;
  silent.silent = true;
  TlsServer server(our_authority(), silent, echo());
  const auto transport = open_to(server.url());
  std::thread canceller([&] {
    while (server.connections == 0) std::this_thread::sleep_for(1ms);
    transport->cancel();
  });
  const std::int64_t took = milliseconds_of([&] { REQUIRE_FALSE(transport->post("/v1/sync", as_bytes("hello"))); });
  canceller.join();
  REQUIRE(took < 1'000);
}

}  // namespace
}  // namespace mimika::test
