#include "tests/support/failing_memory.h"

#include <sqlite3.h>

#include <atomic>
#include <cstdlib>

namespace mimika::test {
namespace {

sqlite3_mem_methods real;
std::atomic<std::uint64_t> asked_now{0};
std::atomic<std::uint64_t> first_to_fail{0};
std::atomic<std::uint64_t> last_to_fail{0};

bool refused() {
  const std::uint64_t nth = ++asked_now;
  return first_to_fail != 0 && nth >= first_to_fail && nth <= last_to_fail;
}

void* give(int bytes) {
  return refused() ? nullptr : real.xMalloc(bytes);
}

void* give_more(void* memory, int bytes) {
  return refused() ? nullptr : real.xRealloc(memory, bytes);
}

// Only without a database open may the library be told this.
void configure(const sqlite3_mem_methods& methods) {
  sqlite3_mem_methods copy = methods;
  if (sqlite3_shutdown() != SQLITE_OK || sqlite3_config(SQLITE_CONFIG_MALLOC, &copy) != SQLITE_OK ||
      sqlite3_initialize() != SQLITE_OK) {
    std::abort();
  }
}

}  // namespace

FailingMemory::FailingMemory() {
  if (sqlite3_initialize() != SQLITE_OK || sqlite3_shutdown() != SQLITE_OK ||
      sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real) != SQLITE_OK) {
    std::abort();
  }
  sqlite3_mem_methods failing = real;
  failing.xMalloc = give;
  failing.xRealloc = give_more;
  fail_at(0);
  configure(failing);
}

FailingMemory::~FailingMemory() {
  fail_at(0);
  configure(real);
}

void FailingMemory::fail_at(std::uint64_t nth, std::uint64_t in_a_row) {
  asked_now = 0;
  first_to_fail = nth;
  last_to_fail = nth + in_a_row - 1;
}

std::uint64_t FailingMemory::asked() const {
  return asked_now;
}

bool FailingMemory::struck() const {
  return first_to_fail != 0 && asked_now >= first_to_fail;
}

}  // namespace mimika::test
