#include "tests/session/memory_watch.h"

#include <malloc.h>

#include <cstdlib>
#include <new>

namespace {

// Plain data, so that watching allocates nothing itself.
struct Watched {
  const char* marker = nullptr;
  std::size_t marker_bytes = 0;
  std::size_t freed = 0;
  std::size_t found = 0;
};
Watched watched;

void look_through(void* block) {
  if (watched.marker == nullptr || block == nullptr) return;
  ++watched.freed;
  const std::string_view bytes(static_cast<const char*>(block), malloc_usable_size(block));
  if (bytes.find(std::string_view(watched.marker, watched.marker_bytes)) != std::string_view::npos) ++watched.found;
}

}  // namespace

void* operator new(std::size_t bytes) {
  if (void* block = std::malloc(bytes == 0 ? 1 : bytes)) return block;
  throw std::bad_alloc();
}
void* operator new(std::size_t bytes, const std::nothrow_t& /*unused*/) noexcept {
  return std::malloc(bytes == 0 ? 1 : bytes);
}
void operator delete(void* block) noexcept {
  look_through(block);
  std::free(block);
}
void operator delete(void* block, const std::nothrow_t& /*unused*/) noexcept {
  look_through(block);
  std::free(block);
}
void operator delete(void* block, std::size_t) noexcept {
  look_through(block);
  std::free(block);
}

namespace mimika::testing {

MemoryWatch::MemoryWatch(std::string_view marker) {
  watched = {.marker = marker.data(), .marker_bytes = marker.size()};
}
MemoryWatch::~MemoryWatch() {
  watched = {};
}
std::size_t MemoryWatch::blocks_freed() const {
  return watched.freed;
}
std::size_t MemoryWatch::blocks_holding_marker() const {
  return watched.found;
}

}  // namespace mimika::testing
