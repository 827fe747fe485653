// Names and connections: a server of our own, one that does not answer, and a name server that hangs.
#include "kiosk/maintenance/network_reach.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <memory>
#include <thread>

#include "kiosk/base/env.h"
#include "kiosk/base/file_descriptor.h"

namespace {

using namespace mimika;
using namespace mimika::maintenance;

struct Listener {
  FileDescriptor fd{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
  std::uint16_t port = 0;
  Listener() {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::bind(fd.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    REQUIRE(::listen(fd.get(), 4) == 0);
    socklen_t size = sizeof address;
    REQUIRE(::getsockname(fd.get(), reinterpret_cast<sockaddr*>(&address), &size) == 0);
    port = ntohs(address.sin_port);
  }
};

}  // namespace

TEST_CASE("The centre's address is taken from its url, and nothing but https is one") {
  CHECK(parse_centre_url("https://centre.example") == CentreAddress{"centre.example", 443});
  CHECK(parse_centre_url("https://centre.example:8443/") == CentreAddress{"centre.example", 8443});
  CHECK(parse_centre_url("https://[2001:db8::1]:8443") == CentreAddress{"2001:db8::1", 8443});
  CHECK(parse_centre_url("https://10.1.2.3") == CentreAddress{"10.1.2.3", 443});
  for (const char* wrong : {"http://centre.example", "centre.example", "https://", "https://:8443", "https://a:0",
                            "https://a:99999", "https://a:b", "https://[::1", "https://[::1]x"}) {
    INFO(wrong);
    CHECK(parse_centre_url(wrong).error().code == ErrorCode::kInvalidInput);
  }
}

TEST_CASE("A server that listens is reached, and one that does not is said to be unreachable") {
  FakeEnv env(0);
  const auto reach = make_linux_reach();
  std::uint16_t closed = 0;
  {
    const Listener server;
    closed = server.port;
    CHECK(check_reach(*reach, {"127.0.0.1", server.port}, env).outcome == Outcome::kPass);
  }
  const Finding finding = check_reach(*reach, {"127.0.0.1", closed}, env);
  CHECK(finding.outcome == Outcome::kFail);
  CHECK(finding.detail.find("refused") != std::string::npos);
}

TEST_CASE("A centre that is known by its address needs no name") {
  FakeEnv env(0);
  FakeReach reach;
  reach.look_up_now = fail(ErrorCode::kUnreachable, "never asked");
  CHECK(check_name(reach, {"10.1.2.3", 443}, env).outcome == Outcome::kPass);
  CHECK(check_name(reach, {"2001:db8::1", 443}, env).outcome == Outcome::kPass);
  CHECK(check_reach(reach, {"10.1.2.3", 443}, env).outcome == Outcome::kPass);
  CHECK(check_name(reach, {"centre.example", 443}, env).outcome == Outcome::kFail);
}

TEST_CASE("A name server that hangs is waited for only so long") {
  FakeEnv env(0);
  // Lives on until the thread that hangs has looked at it.
  const auto let_go = std::make_shared<std::atomic<bool>>(false);
  const auto reach = make_linux_reach(
      [let_go](const std::string&) -> Result<std::vector<std::string>> {
        while (!*let_go) std::this_thread::sleep_for(std::chrono::milliseconds(5));
        return std::vector<std::string>{"10.0.0.1"};
      },
      50, 50);
  const Finding finding = check_name(*reach, {"centre.example", 443}, env);
  CHECK(finding.outcome == Outcome::kFail);
  CHECK(finding.detail.find("no answer in 50 ms") != std::string::npos);
  *let_go = true;
}

TEST_CASE("A host that swallows what it is sent is waited for only so long") {
  FakeEnv env(0);
  // The queue of a listener that never accepts: once it is full, further connections get no answer at all.
  const Listener server;
  const auto reach =
      make_linux_reach([](const std::string& host) { return Result<std::vector<std::string>>({host}); }, 50, 100);
  REQUIRE(::listen(server.fd.get(), 0) == 0);
  std::vector<FileDescriptor> waiting;
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(server.port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  for (int i = 0; i < 8; ++i) {
    waiting.emplace_back(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    static_cast<void>(::connect(waiting.back().get(), reinterpret_cast<sockaddr*>(&address), sizeof address));
  }
  const Finding finding = check_reach(*reach, {"127.0.0.1", server.port}, env);
  CHECK(finding.outcome == Outcome::kFail);
  CHECK(finding.detail.find("no answer") != std::string::npos);
}
