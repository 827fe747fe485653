// Takes out of free text whatever may be a person's, before a technician carries it away. The text log should hold
// nothing of that kind; this is for the day somebody is wrong about it. It is therefore blunt: a long number that was
// none of a person's goes as well.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace mimika::eventlog {

struct ScrubCount {
  std::uint64_t numbers = 0;    // NIK, KK, receipt codes, telephones: nine digits or more, however they are spaced
  std::uint64_t quoted = 0;     // what stands in quotation marks, or behind one that is never closed
  std::uint64_t addresses = 0;  // of e-mail
  [[nodiscard]] std::uint64_t all() const { return numbers + quoted + addresses; }
  ScrubCount& operator+=(const ScrubCount& other);
};

struct Scrubbed {
  std::string text;  // with [number], [quoted] and [address] in their places
  ScrubCount removed;
};

// Scrubbing twice changes nothing more. The date at the beginning of a line of the text log stays.
[[nodiscard]] Scrubbed scrub(std::string_view text);

}  // namespace mimika::eventlog
