// CHECK: for our own bugs, never for input. Kept in release builds: it says where, and ends the process; the service
// manager starts us again with everything committed still there.
#pragma once

namespace mimika {

[[noreturn]] void check_failed(const char* condition, const char* file, int line);

}  // namespace mimika

#define CHECK(condition)                                      \
  do {                                                        \
    if (!(condition)) [[unlikely]] {                          \
      ::mimika::check_failed(#condition, __FILE__, __LINE__); \
    }                                                         \
  } while (false)
