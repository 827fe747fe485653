// Several processes on one journal: the kiosk, its synchronisation, and mimika-kiosk-ctl.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <set>
#include <vector>

#include "tests/store/store_world.h"

namespace mimika {
namespace {

using test::answer_to;
using test::count_of;
using test::events_of;
using test::file;
using test::kStart;
using test::outgoing;
using test::status_of;
using test::World;

TEST_CASE("two stores that file in turn share one journal, one numbering and one chain") {
  World world;
  FakeEnv other_env(kStart, 77);
  const auto one = world.open();
  auto two = Store::open(world.options(), other_env).value();
  std::set<std::uint32_t> counters;
  for (int i = 0; i < 20; ++i) {
    counters.insert(file(i % 3 == 0 ? *two : *one).number.counter);
  }
  CHECK(counters.size() == 20);
  CHECK(*counters.rbegin() == 20);
  CHECK(status_of(*one).tickets == 20);
  CHECK(status_of(*two).tickets == 20);
  const auto events = events_of(*one);
  CHECK(count_of<DeviceStarted>(events) == 1);
  CHECK(count_of<SealStreamOpened>(events) == 2);  // each process seals with its own
  CHECK(one->verify());
  CHECK(two->verify());
}

TEST_CASE("one store files while another takes the centre's answers") {
  World world;
  FakeEnv other_env(kStart, 77);
  const auto filing = world.open();
  auto syncing = Store::open(world.options(), other_env).value();
  for (int i = 0; i < 10; ++i) {
    static_cast<void>(file(*filing));
    const Outgoing out = outgoing(*syncing);
    static_cast<void>(file(*filing));  // between the call and its answer
    REQUIRE(syncing->apply_answer(out.epoch, answer_to(out, kStart + i)));
  }
  CHECK(outgoing(*filing).records.size() == 1);
  CHECK(filing->verify());
  CHECK(status_of(*filing).tickets == 20);
}

TEST_CASE("a life that one process ends is over for the other, too") {
  World world;
  FakeEnv other_env(kStart, 77);
  const auto filing = world.open();
  auto syncing = Store::open(world.options(), other_env).value();
  static_cast<void>(file(*filing));
  const Outgoing out = outgoing(*syncing);
  wire::Answer wrong = answer_to(out, kStart);
  wrong.chain_at[0] ^= 1;
  REQUIRE_FALSE(syncing->apply_answer(out.epoch, wrong));
  CHECK(file(*filing).key.epoch != out.epoch);
  CHECK(filing->verify());
}

// Files `count` tickets in a process of its own; exits with 0 when all were saved.
pid_t file_in_a_process(const World& world, std::uint64_t seed, int count) {
  const pid_t child = ::fork();
  if (child != 0) return child;
  FakeEnv env(kStart, seed);
  auto store = Store::open(world.options(), env);
  bool fine = store.has_value();
  for (int i = 0; fine && i < count; ++i) fine = (*store)->file_ticket(test::complaint()).has_value();
  ::_exit(fine ? 0 : 1);
}

TEST_CASE("processes that file at the same time wait for each other, and nothing is lost or doubled") {
  World world;
  {
    static_cast<void>(world.open());
  }
  constexpr int kProcesses = 4;
  constexpr int kTickets = 25;
  std::vector<pid_t> children;
  for (int i = 0; i < kProcesses; ++i) {
    children.push_back(file_in_a_process(world, 1000 + static_cast<std::uint64_t>(i), kTickets));
  }
  for (const pid_t child : children) {
    int status = 0;
    ::waitpid(child, &status, 0);
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
  }
  const auto store = world.open();
  const auto tickets = store->tickets(1000).value();
  std::set<std::uint32_t> counters;
  for (const Ticket& ticket : tickets) counters.insert(ticket.number.counter);
  CHECK(counters.size() == kProcesses * kTickets);
  CHECK(*counters.rbegin() == kProcesses * kTickets);
  CHECK(store->verify());
  CHECK_FALSE(store->notice().restored);
}

TEST_CASE("a process that is killed while it files leaves whole tickets only") {
  World world;
  {
    static_cast<void>(file(*world.open()));
  }
  for (int round = 0; round < 10; ++round) {
    const pid_t child = file_in_a_process(world, 5000 + static_cast<std::uint64_t>(round), 100'000);
    ::usleep(static_cast<useconds_t>(3'000 + round * 2'500));
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    CHECK(WIFSIGNALED(status));
    const auto store = world.open();
    CHECK(store->notice().set_aside_path.empty());
    CHECK_FALSE(store->notice().restored);
    CHECK(store->verify());
    static_cast<void>(file(*store));
  }
}

}  // namespace
}  // namespace mimika
