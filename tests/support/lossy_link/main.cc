// A bad network on one machine: two network namespaces, a TUN device in each, and this program between them, which
// carries the packets from one to the other as late, as slowly and as incompletely as it is told.
//
//   lossy_link NEAR_ADDRESS FAR_ADDRESS [seed=N] [NAME=VALUE…]
//
// The settings are those of commands.h. When both sides are there it prints {"near": …, "far": …}, the numbers of its
// descriptors of the two namespaces: nsenter --net=/proc/PID/fd/NUMBER runs a program on that side. Then it obeys its
// standard input, a line an answer, until "quit" or the end of it, and prints its figures as the last line. Without the
// right to make namespaces it says so and ends with status 77.
#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <string>
#include <vector>

#include "tests/support/lossy_link/commands.h"
#include "tests/support/lossy_link/network.h"

namespace mimika::lossy {
namespace {

constexpr int kNoRight = 77;  // as ctest is told for what this machine does not allow
constexpr std::int64_t kNsPerSecond = 1'000'000'000;

Nanoseconds now() {
  return std::chrono::steady_clock::now().time_since_epoch();
}

void print(const std::string& line) {
  std::puts(line.c_str());
  std::fflush(stdout);
}

class Program {
 public:
  Program(Link& link, const Side& near, const Side& far)
      : link_(link),
        near_(near),
        far_(far),
        timer_(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK)),
        watch_(::epoll_create1(EPOLL_CLOEXEC)) {}
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;
  ~Program() {
    ::close(timer_);
    ::close(watch_);
  }

  void run() {
    for (const int fd : {near_.tun(), far_.tun(), timer_, STDIN_FILENO}) {
      epoll_event event{};
      event.events = EPOLLIN;
      event.data.fd = fd;
      if (::epoll_ctl(watch_, EPOLL_CTL_ADD, fd, &event) != 0) return;
    }
    while (!ended_) {
      set_timer();
      std::array<epoll_event, 4> events{};
      const int ready = ::epoll_wait(watch_, events.data(), static_cast<int>(events.size()), -1);
      for (int i = 0; i < ready; ++i) {
        if (events[static_cast<std::size_t>(i)].data.fd == STDIN_FILENO) read_commands();
      }
      carry();
    }
  }

 private:
  void set_timer() const {
    const auto due = link_.next_due();
    itimerspec when{};
    if (due) {
      // Zero would switch the timer off.
      const std::int64_t ns = std::max<std::int64_t>(due->count(), 1);
      when.it_value.tv_sec = ns / kNsPerSecond;
      when.it_value.tv_nsec = ns % kNsPerSecond;
    }
    ::timerfd_settime(timer_, TFD_TIMER_ABSTIME, &when, nullptr);
  }

  void carry() {
    link_.obey_windows(now());
    while (auto packet = near_.read_packet()) link_.up.take_in(*std::move(packet), now(), link_.is_up());
    while (auto packet = far_.read_packet()) link_.down.take_in(*std::move(packet), now(), link_.is_up());
    while (const auto packet = link_.up.take_out(now())) far_.write_packet(*packet);
    while (const auto packet = link_.down.take_out(now())) near_.write_packet(*packet);
  }

  void read_commands() {
    std::array<char, 4096> block{};
    const ssize_t got = ::read(STDIN_FILENO, block.data(), block.size());
    if (got <= 0) {
      ended_ = true;
      return;
    }
    waiting_.append(block.data(), static_cast<std::size_t>(got));
    for (std::size_t end = 0; (end = waiting_.find('\n')) != std::string::npos && !ended_;) {
      const std::string line = waiting_.substr(0, end);
      waiting_.erase(0, end + 1);
      if (line == "quit") {
        ended_ = true;
        return;
      }
      const Result<std::string> answer = obey(link_, line, now());
      print(answer ? *answer : "error " + answer.error().message);
    }
  }

  Link& link_;
  const Side& near_;
  const Side& far_;
  int timer_;
  int watch_;
  std::string waiting_;
  bool ended_ = false;
};

Status run(const std::vector<std::string>& arguments) {
  std::uint64_t seed = 1;
  for (const std::string& argument : arguments) {
    if (argument.starts_with("seed=")) seed = std::stoull("0" + argument.substr(5));
  }
  Link link(seed);
  for (std::size_t i = 2; i < arguments.size(); ++i) {
    if (!arguments[i].starts_with("seed=")) TRY(apply_setting(link, arguments[i]));
  }
  TRY_ASSIGN(const Side near, Side::open({arguments[0], arguments[1]}));
  TRY_ASSIGN(const Side far, Side::open({arguments[1], arguments[0]}));
  print("{\"near\": " + std::to_string(near.namespace_descriptor()) +
        ", \"far\": " + std::to_string(far.namespace_descriptor()) + "}");
  Program(link, near, far).run();
  print(stats_json(link));
  return {};
}

}  // namespace
}  // namespace mimika::lossy

int main(int argc, char** argv) {
  using namespace mimika;
  if (argc < 3) {
    std::fprintf(stderr, "usage: lossy_link NEAR_ADDRESS FAR_ADDRESS [seed=N] [NAME=VALUE...]\n");
    return 2;
  }
  // Whoever reads the answers may be gone first; that is the end of standard input as well.
  std::signal(SIGPIPE, SIG_IGN);
  const Status status = lossy::run({argv + 1, argv + argc});
  if (status) return 0;
  std::fprintf(stderr, "lossy_link: %s\n", status.error().message.c_str());
  return status.error().code == ErrorCode::kUnauthorised ? lossy::kNoRight : 1;
}
