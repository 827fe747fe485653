// Memory for what a person wrote: overwritten, between guards, used again, and there even when it may not be locked.
#include "kiosk/base/personal_memory.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <vector>

using namespace mimika;

namespace {

constexpr std::size_t kPage = 4096;

bool all_zero(const void* block, std::size_t bytes) {
  const auto* begin = static_cast<const unsigned char*>(block);
  return std::all_of(begin, begin + bytes, [](unsigned char byte) { return byte == 0; });
}

// How a child that runs `act` ends: its signal, or 0; -1 when it says itself that something was wrong.
template <typename Act>
int signal_of(Act act) {
  const pid_t child = fork();
  if (child == 0) {
    for (const int ending : {SIGSEGV, SIGABRT}) std::signal(ending, SIG_DFL);  // not the test's own handlers
    _exit(act() ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  if (WIFSIGNALED(status)) return WTERMSIG(status);
  return WEXITSTATUS(status) == 0 ? 0 : -1;
}

}  // namespace

TEST_CASE("What is given back to the arena is overwritten, and the room is used again") {
  PersonalArena arena(2 * kPage);
  void* block = arena.take(1000);
  REQUIRE(block != nullptr);
  std::memset(block, 'x', 1000);
  CHECK(arena.in_use() >= 1000);
  CHECK(arena.give_back(block, 1000));
  CHECK(all_zero(block, 1000));
  CHECK(arena.in_use() == 0);
  CHECK(arena.take(2 * kPage) == block);
}

TEST_CASE("Holes of the arena grow together again, in whatever order they were made") {
  PersonalArena arena(kPage);
  std::vector<void*> blocks;
  while (void* block = arena.take(100)) blocks.push_back(block);
  CHECK(blocks.size() == kPage / 128);
  for (std::size_t i = 0; i < blocks.size(); i += 2) CHECK(arena.give_back(blocks[i], 100));
  CHECK(arena.take(200) == nullptr);
  for (std::size_t i = 1; i < blocks.size(); i += 2) CHECK(arena.give_back(blocks[i], 100));
  CHECK(arena.take(kPage) != nullptr);
}

TEST_CASE("The arena gives nothing beyond its size and takes back nothing that is not its own") {
  PersonalArena arena(kPage);
  CHECK(arena.take(kPage + 1) == nullptr);
  CHECK(arena.take(static_cast<std::size_t>(-1)) == nullptr);
  char foreign[] = "not from here";
  CHECK_FALSE(arena.give_back(foreign, sizeof foreign));
  CHECK(std::string_view(foreign) == "not from here");
}

TEST_CASE("Whoever runs over an end of the arena is stopped there") {
  PersonalArena arena(kPage);
  auto* block = static_cast<volatile char*>(arena.take(kPage));
  REQUIRE(block != nullptr);
  const auto write_at = [&](std::ptrdiff_t at) {
    return signal_of([&] {
      block[at] = 1;
      return true;
    });
  };
  CHECK(write_at(kPage - 1) == 0);
  CHECK(write_at(kPage) != 0);
  CHECK(write_at(-1) != 0);
}

TEST_CASE("A child of the process finds nothing of what stands in the arena") {
  PersonalArena arena(kPage);
  void* block = arena.take(100);
  std::memset(block, 'x', 100);
  CHECK(signal_of([&] { return all_zero(block, 100); }) == 0);
}

TEST_CASE("Where nothing may be locked the memory is there all the same") {
  CHECK(signal_of([] {
          const rlimit none{0, 0};
          setrlimit(RLIMIT_MEMLOCK, &none);
          constexpr uid_t kNobody = 65534;
          if (getuid() == 0 && setuid(kNobody) != 0) return false;  // root may always lock
          PersonalArena arena(kPage);
          void* block = arena.take(10);
          if (block == nullptr || arena.locked()) return false;
          std::memset(block, 'x', 10);
          return arena.give_back(block, 10) && all_zero(block, 10);
        }) == 0);
}

TEST_CASE("More than the arena holds is ordinary memory, and comes and goes") {
  const std::vector<char, PersonalAllocator<char>> large(std::size_t{16} * 1024 * 1024, 'x');
  CHECK(large.back() == 'x');
  const std::vector<char, PersonalAllocator<char>> small(10, 'y');
  CHECK(small.back() == 'y');
}

TEST_CASE("A process that forbids core dumps may write none") {
  CHECK(signal_of([] {
          rlimit core{};
          return forbid_core_dumps() && getrlimit(RLIMIT_CORE, &core) == 0 && core.rlim_max == 0;
        }) == 0);
}
