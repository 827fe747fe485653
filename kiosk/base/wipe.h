// Overwriting what a person wrote, in a way the compiler may not leave out.
#pragma once

#include <string.h>

#include <cstddef>

namespace mimika {

inline void overwrite_memory(void* data, std::size_t bytes) {
  if (bytes > 0) explicit_bzero(data, bytes);
}

// Overwrites a string's or byte vector's whole buffer, not only what is in use, and leaves it empty.
template <typename Container>
void wipe(Container& container)
  requires requires { container.capacity(); }
{
  container.resize(container.capacity());
  overwrite_memory(container.data(), container.size());
  container.clear();
}

}  // namespace mimika
