// The few numbers of a file system's first block that libblkid does not tell: how large it says it is, what is free,
// and whether it was left in order. Every one is a claim of whoever wrote the stick.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "kiosk/base/bytes.h"
#include "kiosk/device/stick_report.h"

namespace mimika::device {

// That many bytes of the file system from there on, or fewer when it ends or fails.
using ReadAt = std::function<Bytes(std::uint64_t offset, std::size_t count)>;

struct Superblock {
  std::uint64_t bytes = 0;
  std::optional<std::uint64_t> free_bytes;
  bool dirty = false;
  bool errors = false;
  bool read_only = false;  // a feature that this system may not write
};

// Nothing when its numbers contradict each other.
[[nodiscard]] std::optional<Superblock> read_superblock(StickKind kind, const ReadAt& read);

}  // namespace mimika::device
