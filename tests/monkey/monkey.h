// Plays a kiosk at random: the real session, screens and widgets, on a clock and a panel of its own, in the loop that
// kiosk/app runs. One seed decides everything. What must always hold is in promises.h.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace mimika::monkey {

// A bug put in on purpose, so that it is known that the promises notice it.
enum class Planted : std::uint8_t { kNothing, kKeepsTexts, kNeverTicks, kEndlessFrames };

struct MonkeyOptions {
  std::uint64_t seed = 1;
  std::int64_t simulated_ms = 600'000;
  // Letters and drawings by FreeType and SDL, a hundred times slower, instead of boxes of their size.
  bool real_display = false;
  bool trace = false;
  Planted planted = Planted::kNothing;
};

struct MonkeyReport {
  std::uint64_t touches = 0;
  std::uint64_t keys = 0;
  std::uint64_t frames = 0;
  std::uint64_t actions = 0;
  std::uint64_t visits = 0;   // that came to their end
  std::uint64_t filings = 0;  // that the desk saved
  std::uint64_t screens = 0;  // different ones that were seen
  std::int64_t simulated_ms = 0;
  std::vector<std::string> findings;  // broken promises, with the moment
};

[[nodiscard]] MonkeyReport play(const MonkeyOptions& options);

}  // namespace mimika::monkey
