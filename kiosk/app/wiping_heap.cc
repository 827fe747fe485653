// Whatever is given back to the heap is overwritten first, by whoever: the standard library's strings and nodes, the
// window system, SQLite, protobuf, curl. The places that hold a person's words overwrite them themselves
// (kiosk/session/personal_text.h, kiosk/base/wipe.h); this is the net below them, for the copies that nobody thought
// of. Only mimika-kiosk is built with it.
//
// glibc keeps its allocator; these only stand before it. Its own switch for the same, M_PERTURB, leaves out every small
// block. Sanitizers have heaps of their own, and none of this.
#include <malloc.h>
#include <string.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

extern "C" {

void __libc_free(void* block);  // NOLINT(bugprone-reserved-identifier): glibc's own name for it

void free(void* block) noexcept {
  if (block == nullptr) return;
  explicit_bzero(block, malloc_usable_size(block));
  __libc_free(block);
}

// Growing where it stands would be quicker; moving is what leaves nothing behind.
void* realloc(void* block, std::size_t bytes) noexcept {
  if (block == nullptr) return malloc(bytes);
  if (bytes == 0) {
    free(block);
    return nullptr;
  }
  const std::size_t before = malloc_usable_size(block);
  if (bytes <= before && bytes >= before / 2) {
    explicit_bzero(static_cast<char*>(block) + bytes, before - bytes);
    return block;
  }
  void* moved = malloc(bytes);
  if (moved == nullptr) return nullptr;
  memcpy(moved, block, bytes < before ? bytes : before);
  free(block);
  return moved;
}

void* reallocarray(void* block, std::size_t count, std::size_t bytes) noexcept {
  std::size_t all = 0;
  if (__builtin_mul_overflow(count, bytes, &all)) {
    errno = ENOMEM;
    return nullptr;
  }
  return realloc(block, all);
}

}  // extern "C"

#endif
