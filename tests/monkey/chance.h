// One seed, every decision. Not std::uniform_int_distribution, which may differ from library to library.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>

namespace mimika::monkey {

class Chance {
 public:
  explicit Chance(std::uint64_t seed) : engine_(seed) {}
  // From 0 up to and without `end`; 0 when `end` is.
  std::uint64_t below(std::uint64_t end) { return end == 0 ? 0 : engine_() % end; }
  std::int64_t between(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(high - low + 1)));
  }
  bool one_in(std::uint64_t count) { return below(count) == 0; }
  template <typename Container>
  const auto& of(const Container& container) {
    return container[static_cast<std::size_t>(below(std::size(container)))];
  }
  // Another generator, which takes nothing from this one's later decisions.
  Chance branch() { return Chance(engine_()); }

 private:
  std::mt19937_64 engine_;
};

}  // namespace mimika::monkey
