// Overwriting what a person wrote or said, in a way the compiler may not leave out.
#pragma once

#include <string.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace mimika {

inline void overwrite_memory(void* data, std::size_t bytes) {
  if (bytes > 0) explicit_bzero(data, bytes);
}

// Overwrites what calls that have returned left below on this thread's stack: short strings live there, and are gone
// without having been overwritten. To be called from a thread's outermost loop, where little lies above.
inline constexpr std::size_t kDeadStackBytes = std::size_t{256} * 1024;
[[gnu::noinline]] inline void overwrite_dead_stack() {
  char dead[kDeadStackBytes];
  overwrite_memory(dead, sizeof dead);
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

// For containers that overwrite whatever memory they give back, whether they grow, are assigned over or destroyed.
template <typename T>
struct WipingAllocator {
  using value_type = T;
  WipingAllocator() = default;
  template <typename Other>
  WipingAllocator(const WipingAllocator<Other>&) {}  // NOLINT(google-explicit-constructor): allocators rebind so
  [[nodiscard]] T* allocate(std::size_t count) { return std::allocator<T>{}.allocate(count); }
  void deallocate(T* block, std::size_t count) {
    overwrite_memory(block, count * sizeof(T));
    std::allocator<T>{}.deallocate(block, count);
  }
  friend bool operator==(const WipingAllocator&, const WipingAllocator&) { return true; }
};

using WipedBytes = std::vector<std::uint8_t, WipingAllocator<std::uint8_t>>;

}  // namespace mimika
