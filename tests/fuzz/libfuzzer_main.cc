// One libFuzzer program a target: MIMIKA_FUZZ_TARGET names it.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "tests/fuzz/targets.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const mimika::fuzz::Target* const target = [] {
    for (const mimika::fuzz::Target& one : mimika::fuzz::targets()) {
      if (std::string_view(one.name) == MIMIKA_FUZZ_TARGET) return &one;
    }
    std::abort();
  }();
  target->run({data, size});
  return 0;
}
