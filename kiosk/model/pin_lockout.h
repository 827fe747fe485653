// What wrong PINs cost: each one doubles the wait before the next try, from a quarter of a minute to an hour, and the
// fifteenth closes the account until somebody opens it. Counted before the PIN is looked at and kept on the disk, on
// the monotonic clock: neither a power cut nor a set clock gives a try for nothing. Pure.
#pragma once

#include <cstdint>

namespace mimika {

inline constexpr std::uint32_t kWrongPinsToLock = 15;
inline constexpr std::int64_t kFirstPinWaitMs = 15'000;
// Without an end to the doubling, fourteen slips of somebody who only wants to annoy would keep an officer from the
// counter for days; with it they take seven hours and a quarter, and the lock is the same.
inline constexpr std::int64_t kLongestPinWaitMs = 3'600'000;

struct PinTries {
  std::uint32_t wrong = 0;         // in a row, the one that is being tried included
  std::uint64_t boot_id = 0;       // of the machine, when the wait was set
  std::int64_t wait_until_ms = 0;  // monotonic, of that boot
  friend bool operator==(const PinTries&, const PinTries&) = default;
};

[[nodiscard]] constexpr bool is_locked(const PinTries& tries) {
  return tries.wrong >= kWrongPinsToLock;
}
// After so many wrong ones in a row. 0 for none.
[[nodiscard]] std::int64_t pin_wait_ms(std::uint32_t wrong);
// The same tries as this boot sees them: after a restart the whole wait begins again, since nobody knows how long the
// machine was off.
[[nodiscard]] PinTries in_boot(const PinTries& tries, std::uint64_t boot_id, std::int64_t monotonic_ms);
// How long until the next try may be made; 0: now. `tries` of this boot.
[[nodiscard]] std::int64_t wait_left_ms(const PinTries& tries, std::int64_t monotonic_ms);
// One more is about to be looked at: counted as wrong until it is known to be right.
[[nodiscard]] PinTries with_one_more(const PinTries& tries, std::uint64_t boot_id, std::int64_t monotonic_ms);

}  // namespace mimika
