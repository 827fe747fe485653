// One libFuzzer program a target: MIMIKA_FUZZ_TARGET names it.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "tests/fuzz/targets.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv);

namespace {

const mimika::fuzz::Target& target() {
  for (const mimika::fuzz::Target& one : mimika::fuzz::targets()) {
    if (std::string_view(one.name) == MIMIKA_FUZZ_TARGET) return one;
  }
  std::abort();
}

}  // namespace

// What is made once (a dictionary's model takes seconds under all these watchers) must not count as a slow input.
extern "C" int LLVMFuzzerInitialize(int* /*argc*/, char*** /*argv*/) {
  target().run({});
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const mimika::fuzz::Target& mine = target();
  mine.run({data, size});
  return 0;
}
