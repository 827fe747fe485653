#include "kiosk/base/personal_memory.h"

#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <iterator>
#include <new>

#include "kiosk/base/limits.h"
#include "kiosk/base/log.h"
#include "kiosk/base/wipe.h"

namespace mimika {
namespace {

constexpr std::size_t kCell = 64;  // blocks begin and end at its multiples, so that they also fit any type

std::size_t page_bytes() {
  static const auto bytes = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  return bytes;
}

std::size_t raised_to(std::size_t bytes, std::size_t step) {
  return (bytes + step - 1) / step * step;
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
// The sanitizers know the ends of their own blocks, and not those of ours.
constexpr bool kUseArena = false;
#else
constexpr bool kUseArena = true;
#endif

// Never destroyed: what holds a text may be destroyed after anything else.
PersonalArena& shared_arena() {
  static auto* const arena = [] {
    auto* made = new PersonalArena(limits::kPersonalArenaBytes);  // NOLINT(cppcoreguidelines-owning-memory)
    if (!made->locked()) {
      log_warning("memory",
                  "{} KiB may not be locked: what people write is overwritten all the same, but may reach "
                  "the swap before",
                  limits::kPersonalArenaBytes / limits::kKiB);
    }
    return made;
  }();
  return *arena;
}

}  // namespace

PersonalArena::PersonalArena(std::size_t bytes) : bytes_(raised_to(bytes, page_bytes())) {
  const std::size_t guard = page_bytes();
  void* all = mmap(nullptr, bytes_ + 2 * guard, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (all == MAP_FAILED) return;
  pages_ = static_cast<std::byte*>(all) + guard;
  if (mprotect(pages_, bytes_, PROT_READ | PROT_WRITE) != 0) {
    munmap(all, bytes_ + 2 * guard);
    pages_ = nullptr;
    return;
  }
  free_.emplace(0, bytes_);
  free_bytes_ = bytes_;
  left_out_of_dumps_ = madvise(pages_, bytes_, MADV_DONTDUMP) == 0;
  // A child of this process finds zeros there.
  static_cast<void>(madvise(pages_, bytes_, MADV_WIPEONFORK));
  // Pages are locked as they are first touched: most visits need a few of them.
  locked_ = mlock2(pages_, bytes_, MLOCK_ONFAULT) == 0;
}

PersonalArena::~PersonalArena() {
  if (pages_ == nullptr) return;
  if (free_bytes_ != bytes_) overwrite_memory(pages_, bytes_);
  munmap(pages_ - page_bytes(), bytes_ + 2 * page_bytes());
}

void* PersonalArena::take(std::size_t bytes) {
  if (bytes > bytes_) return nullptr;
  const std::size_t wanted = raised_to(bytes == 0 ? 1 : bytes, kCell);
  const std::lock_guard lock(mutex_);
  for (auto hole = free_.begin(); hole != free_.end(); ++hole) {
    const auto [at, room] = *hole;
    if (room < wanted) continue;
    free_.erase(hole);
    if (room > wanted) free_.emplace(at + wanted, room - wanted);
    free_bytes_ -= wanted;
    return pages_ + at;
  }
  return nullptr;
}

bool PersonalArena::give_back(void* block, std::size_t bytes) noexcept {
  auto* const begin = static_cast<std::byte*>(block);
  if (pages_ == nullptr || begin < pages_ || begin >= pages_ + bytes_) return false;
  const std::size_t length = raised_to(bytes == 0 ? 1 : bytes, kCell);
  overwrite_memory(begin, length);
  auto at = static_cast<std::size_t>(begin - pages_);
  std::size_t room = length;
  const std::lock_guard lock(mutex_);
  const auto after = free_.lower_bound(at);
  if (after != free_.end() && after->first == at + room) {
    room += after->second;
    free_.erase(after);
  }
  const auto above = free_.lower_bound(at);
  if (above != free_.begin()) {
    const auto before = std::prev(above);
    if (before->first + before->second == at) {
      at = before->first;
      room += before->second;
      free_.erase(before);
    }
  }
  free_.emplace(at, room);
  free_bytes_ += length;
  return true;
}

std::size_t PersonalArena::in_use() const {
  const std::lock_guard lock(mutex_);
  return bytes_ - free_bytes_;
}

void* take_personal_memory(std::size_t bytes) {
  if constexpr (kUseArena) {
    if (void* block = shared_arena().take(bytes)) return block;
    static std::atomic<bool> said{false};
    if (!said.exchange(true)) log_warning("memory", "the locked memory is full; what comes now is only overwritten");
  }
  return ::operator new(bytes);
}

void give_personal_memory_back(void* block, std::size_t bytes) noexcept {
  if constexpr (kUseArena) {
    if (shared_arena().give_back(block, bytes)) return;
  }
  overwrite_memory(block, bytes);
  ::operator delete(block);
}

bool forbid_core_dumps() {
  const rlimit none{0, 0};
  const bool no_file = setrlimit(RLIMIT_CORE, &none) == 0;
  return prctl(PR_SET_DUMPABLE, 0) == 0 && no_file;
}

}  // namespace mimika
