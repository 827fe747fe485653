#include "tests/maintenance/mock_bus.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

namespace mimika::test {
namespace {

constexpr int kTries = 400;

// Debian's own Python: it is the one that Debian's python3-dbusmock belongs to.
constexpr const char* kPython = "/usr/bin/python3";

pid_t start(const std::vector<std::string>& words, const std::string& log) {
  std::vector<char*> argv;
  for (const std::string& word : words) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  const pid_t pid = fork();
  REQUIRE(pid >= 0);
  if (pid == 0) {
    const int fd = open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    dup2(fd, 1);
    dup2(fd, 2);
    execvp(argv[0], argv.data());
    _exit(127);
  }
  return pid;
}

int run(const std::vector<std::string>& words, const std::string& log) {
  int status = 0;
  const pid_t pid = start(words, log);
  REQUIRE(waitpid(pid, &status, 0) == pid);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

void wait_a_little() {
  std::this_thread::sleep_for(std::chrono::milliseconds(25));
}

}  // namespace

MockBus::MockBus() {
  if (run({kPython, "-c", "import dbusmock"}, folder_ / "python.log") != 0) return;
  started_.push_back(
      start({"dbus-daemon", "--session", "--nofork", "--nopidfile", "--address=" + address()}, folder_ / "bus.log"));
  for (int i = 0; i < kTries && !std::filesystem::exists(folder_ / "bus"); ++i) wait_a_little();
  available_ = std::filesystem::exists(folder_ / "bus");
}

MockBus::~MockBus() {
  for (auto pid = started_.rbegin(); pid != started_.rend(); ++pid) {
    kill(*pid, SIGKILL);
    waitpid(*pid, nullptr, 0);
  }
}

void MockBus::play(const std::string& service, const std::string& bus_name, const std::string& parameters) {
  started_.push_back(
      start({"env", "DBUS_SYSTEM_BUS_ADDRESS=" + address(), "DBUS_SESSION_BUS_ADDRESS=" + address(), kPython, "-m",
             "dbusmock", "--system", "--logfile", folder_ / "heard", "--template", service, "--parameters", parameters},
            folder_ / (service + ".log")));
  for (int i = 0; i < kTries; ++i) {
    if (run({"dbus-send", "--bus=" + address(), "--print-reply", "--dest=" + bus_name, "/",
             "org.freedesktop.DBus.Peer.Ping"},
            folder_ / "ping.log") == 0) {
      return;
    }
    wait_a_little();
  }
  FAIL("the played service " << service << " did not come");
}

void MockBus::call(const std::vector<std::string>& words) const {
  std::vector<std::string> all = {"dbus-send", "--bus=" + address(), "--print-reply"};
  all.insert(all.end(), words.begin(), words.end());
  REQUIRE(run(all, folder_ / "call.log") == 0);
}

std::string MockBus::heard() const {
  std::ifstream file(folder_ / "heard");
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace mimika::test
