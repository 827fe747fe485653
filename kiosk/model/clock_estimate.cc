#include "kiosk/model/clock_estimate.h"

#include <algorithm>
#include <cstdlib>
#include <optional>

namespace mimika {
namespace {

constexpr std::int64_t kLongestBootMs = 2'147'483'647LL * 1000;

// When the event happened if the anchor's own moment was exactly its `server_ms`; of the same boot.
WallMs carried_over(const EventTime& at, const ClockAnchor& anchor) {
  return anchor.server_ms + (at.monotonic_ms - anchor.monotonic_ms);
}

// The exact anchor of the same boot nearest to the event: the oscillator has strayed least.
std::optional<WallMs> exact_time(const EventTime& at, std::span<const ClockAnchor> anchors) {
  const ClockAnchor* nearest = nullptr;
  const auto distance = [&](const ClockAnchor& anchor) { return std::abs(at.monotonic_ms - anchor.monotonic_ms); };
  for (const ClockAnchor& anchor : anchors) {
    if (anchor.kind != AnchorKind::kExact || anchor.boot != at.boot) continue;
    if (nearest == nullptr || distance(anchor) < distance(*nearest)) nearest = &anchor;
  }
  if (nearest == nullptr) return std::nullopt;
  return carried_over(at, *nearest);
}

void narrow(const EventTime& at, const ClockAnchor& anchor, TimeRange& range) {
  const bool bounds_below = anchor.kind != AnchorKind::kNotLater;
  const bool bounds_above = anchor.kind != AnchorKind::kNotEarlier;
  if (anchor.boot == at.boot) {
    if (bounds_below) range.earliest_ms = std::max(range.earliest_ms, carried_over(at, anchor));
    if (bounds_above) range.latest_ms = std::min(range.latest_ms, carried_over(at, anchor));
  } else if (anchor.boot < at.boot && bounds_below) {
    range.earliest_ms = std::max(range.earliest_ms, anchor.server_ms + at.monotonic_ms);
  } else if (anchor.boot > at.boot && bounds_above) {
    range.latest_ms = std::min(range.latest_ms, anchor.server_ms - anchor.monotonic_ms);  // that boot had not begun
  }
}

}  // namespace

TimeRange estimate_time(const EventTime& at, std::span<const ClockAnchor> anchors, TimeRange known) {
  // An event may claim any number; sixty-eight years without a reboot are none.
  if (at.monotonic_ms < 0 || at.monotonic_ms > kLongestBootMs) return known;
  if (const auto exact = exact_time(at, anchors)) {
    // A call takes its time, and what it carries cannot have happened after it arrived.
    const WallMs within = std::clamp(*exact, known.earliest_ms, std::max(known.earliest_ms, known.latest_ms));
    return {within, within};
  }
  TimeRange range = known;
  for (const ClockAnchor& anchor : anchors) narrow(at, anchor, range);
  return range.earliest_ms <= range.latest_ms ? range : known;
}

}  // namespace mimika
