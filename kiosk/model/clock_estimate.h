// When something happened, by the centre's clock, however wrong the kiosk's was: from the boot's monotonic time and
// from moments at which both clocks were known. SYNC "Clock": events of a boot with such a moment are exact, of others
// an interval.
#pragma once

#include <cstdint>
#include <span>

#include "kiosk/base/env.h"
#include "kiosk/model/event.h"

namespace mimika {

enum class AnchorKind : std::uint8_t {
  kExact = 0,      // the centre's clock showed `server_ms` then (a call arrived)
  kNotLater = 1,   // it showed no more (a file written then was read at that time)
  kNotEarlier = 2  // it showed no less (an answer of that time had been read by then)
};

// One moment of a kiosk's life on both clocks.
struct ClockAnchor {
  std::uint32_t boot = 0;  // as EventTime::boot, of the same life
  std::int64_t monotonic_ms = 0;
  WallMs server_ms = 0;
  AnchorKind kind = AnchorKind::kExact;
  friend bool operator==(const ClockAnchor&, const ClockAnchor&) = default;
};

// UTC by the centre's clock; both ends belong to it.
struct TimeRange {
  WallMs earliest_ms = 0;
  WallMs latest_ms = 0;
  [[nodiscard]] bool exact() const { return earliest_ms == latest_ms; }
  friend bool operator==(const TimeRange&, const TimeRange&) = default;
};

// `known` bounds it from outside: when the kiosk enrolled, when the event arrived. Anchors may come in any order; those
// that contradict each other or `known` (a kiosk that lies, a disk put back) leave `known`. A machine's oscillator is
// good enough: it strays by seconds a day.
[[nodiscard]] TimeRange estimate_time(const EventTime& at, std::span<const ClockAnchor> anchors, TimeRange known);

}  // namespace mimika
