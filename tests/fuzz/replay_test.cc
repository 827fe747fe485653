// The fuzz targets without a fuzzer: their seeds, and thousands of small changes to them, in every build.
#include <algorithm>
#include <catch2/catch.hpp>

#include "kiosk/base/env.h"
#include "kiosk/model/catalogue_json.h"
#include "tests/fuzz/seeds.h"
#include "tests/fuzz/targets.h"

namespace mimika::fuzz {
namespace {

constexpr int kMutations = 2000;
constexpr std::size_t kLargest = 64 * 1024;

// One to four of: a bit flipped, a byte set, a piece removed, a piece doubled, the end cut, bytes appended.
Bytes mutated(Bytes input, Env& env) {
  const auto below = [&](std::size_t limit) {
    return limit == 0 ? 0 : static_cast<std::size_t>(random_integer<std::uint64_t>(env) % limit);
  };
  const std::size_t changes = 1 + below(4);
  for (std::size_t change = 0; change < changes; ++change) {
    const std::size_t at = below(input.size());
    const std::size_t length = std::min(1 + below(16), input.size() - at);
    const auto from = input.begin() + static_cast<std::ptrdiff_t>(at);
    const auto to = from + static_cast<std::ptrdiff_t>(length);
    switch (below(6)) {
      case 0:
        if (!input.empty()) input[at] = static_cast<std::uint8_t>(input[at] ^ (1U << below(8)));
        break;
      case 1:
        if (!input.empty()) input[at] = random_integer<std::uint8_t>(env);
        break;
      case 2:
        input.erase(from, to);
        break;
      case 3: {
        const Bytes piece(from, to);
        input.insert(from, piece.begin(), piece.end());
        break;
      }
      case 4:
        input.resize(at);
        break;
      default:
        for (std::size_t i = 0; i < length; ++i) input.push_back(random_integer<std::uint8_t>(env));
        break;
    }
  }
  if (input.size() > kLargest) input.resize(kLargest);
  return input;
}

TEST_CASE("every decoder comes back from its seeds and from thousands of changes to them") {
  FakeEnv env(0, 20'261'124);
  for (const Target& target : targets()) {
    const std::vector<Bytes> seeds = target.seeds();
    REQUIRE_FALSE(seeds.empty());
    target.run({});
    for (const Bytes& seed : seeds) target.run(seed);
    for (int i = 0; i < kMutations; ++i) {
      target.run(mutated(seeds[static_cast<std::size_t>(i) % seeds.size()], env));
    }
  }
  SUCCEED("all came back");
}

TEST_CASE("every decoder comes back from its seeds cut at every byte") {
  for (const Target& target : targets()) {
    for (const Bytes& seed : target.seeds()) {
      for (std::size_t size = 0; size < seed.size(); ++size) target.run(ByteView(seed).first(size));
    }
  }
  SUCCEED("all came back");
}

TEST_CASE("every seed of the catalogue is read by one of its readers") {
  // A seed that nobody reads teaches a fuzzer nothing.
  for (const Bytes& seed : seeds_of_catalogue()) {
    const std::string_view text = as_text(seed);
    INFO(text);
    CHECK((parse_districts(text) || parse_opds(text) || parse_categories(text) || parse_services(text) ||
           parse_closed_days(text) || parse_mark_rule(text)));
  }
}

}  // namespace
}  // namespace mimika::fuzz
