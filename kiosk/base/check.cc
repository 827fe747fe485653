#include "kiosk/base/check.h"

#include <cstdlib>

#include "kiosk/base/log.h"

namespace mimika {

void check_failed(const char* condition, const char* file, int line) {
  log_error("check", "failed: {} at {}:{}", condition, file, line);
  flush_log();
  std::abort();
}

}  // namespace mimika
