// Apart from the rest because it alone knows the crypto library's way of being handed another source of randomness.
#include <sodium.h>

#include "tests/sim/universe.h"

namespace mimika::sim {
namespace {

Rng* source = nullptr;

std::uint32_t random_word() {
  return static_cast<std::uint32_t>(source->next());
}

void random_bytes(void* out, std::size_t size) {
  auto* bytes = static_cast<std::uint8_t*>(out);
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::uint8_t>(source->next() >> 32);
}

}  // namespace

SeededCrypto::SeededCrypto(Rng& rng) {
  static randombytes_implementation ours = {
      [] { return "mimika-sim"; }, random_word, nullptr, nullptr, random_bytes, nullptr};
  static const bool ready = sodium_init() >= 0;
  if (ready) {
    source = &rng;
    randombytes_set_implementation(&ours);
  }
}

SeededCrypto::~SeededCrypto() {
  randombytes_set_implementation(&randombytes_sysrandom_implementation);
  source = nullptr;
}

}  // namespace mimika::sim
