#include "kiosk/base/locked_text.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstring>

#include "kiosk/base/limits.h"
#include "kiosk/base/log.h"
#include "kiosk/base/wipe.h"

namespace mimika {
namespace {

constexpr std::size_t kStepBytes = 4 * limits::kMiB;

}  // namespace

LockedText::LockedText(std::size_t most_bytes) : most_((most_bytes + kStepBytes - 1) / kStepBytes * kStepBytes) {
  void* const pages = ::mmap(nullptr, most_, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (pages == MAP_FAILED) return;
  bytes_ = static_cast<char*>(pages);
  // Only a kernel without this leaves it in a dump; the process forbids those besides.
  static_cast<void>(::madvise(pages, most_, MADV_DONTDUMP));
}

LockedText::~LockedText() {
  if (bytes_ == nullptr) return;
  clear();
  ::munmap(bytes_, most_);
}

bool LockedText::make_room(std::size_t bytes) {
  if (bytes_ == nullptr || bytes > most_ - size_) return false;
  while (ready_ - size_ < bytes) {
    if (::mprotect(bytes_ + ready_, kStepBytes, PROT_READ | PROT_WRITE) != 0) return false;
    if (::mlock(bytes_ + ready_, kStepBytes) != 0 && locked_) {
      locked_ = false;
      log_warning("office", "texts that are open to search cannot be locked in memory: raise LimitMEMLOCK");
    }
    ready_ += kStepBytes;
  }
  return true;
}

bool LockedText::append(std::string_view text) {
  if (!make_room(text.size())) return false;
  std::memcpy(bytes_ + size_, text.data(), text.size());
  size_ += text.size();
  return true;
}

void LockedText::clear() {
  if (bytes_ == nullptr || ready_ == 0) return;
  overwrite_memory(bytes_, size_);
  static_cast<void>(::munlock(bytes_, ready_));
  static_cast<void>(::madvise(bytes_, ready_, MADV_DONTNEED));
  static_cast<void>(::mprotect(bytes_, ready_, PROT_NONE));
  ready_ = size_ = 0;
  locked_ = true;
}

}  // namespace mimika
