#include "kiosk/model/pin_lockout.h"

#include <algorithm>

namespace mimika {

std::int64_t pin_wait_ms(std::uint32_t wrong) {
  if (wrong == 0) return 0;
  constexpr std::uint32_t kMostDoublings = 20;  // far past the longest wait, and no overflow
  const std::int64_t wait = kFirstPinWaitMs << std::min(wrong - 1, kMostDoublings);
  return std::min(wait, kLongestPinWaitMs);
}

PinTries in_boot(const PinTries& tries, std::uint64_t boot_id, std::int64_t monotonic_ms) {
  if (tries.wrong == 0) return {};  // a wait of before somebody was let in again
  if (tries.boot_id == boot_id) return tries;
  return {tries.wrong, boot_id, monotonic_ms + pin_wait_ms(tries.wrong)};
}

std::int64_t wait_left_ms(const PinTries& tries, std::int64_t monotonic_ms) {
  return std::max<std::int64_t>(tries.wait_until_ms - monotonic_ms, 0);
}

PinTries with_one_more(const PinTries& tries, std::uint64_t boot_id, std::int64_t monotonic_ms) {
  const std::uint32_t wrong = std::min(tries.wrong + 1, kWrongPinsToLock);
  return {wrong, boot_id, monotonic_ms + pin_wait_ms(wrong)};
}

}  // namespace mimika
