// A file that survives bad sectors: blocks of 4 KiB, each of which says by itself to which file it belongs and carries
// a hash that finds it damaged, and a tenth of Reed–Solomon parity that brings damaged ones back. There is no header
// that could be lost: every block has it. docs/stick.md is the specification. Knows nothing of what the content means.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "kiosk/base/bytes.h"

namespace mimika::wire {

// Every block begins so.
inline constexpr std::string_view kStickMagic = "MKB";

// What lies in the file. The number stands in every block.
enum class StickKind : std::uint8_t { kBundle = 1, kAck = 2 };

inline constexpr std::uint8_t kStickVersion = 1;
inline constexpr std::size_t kStickBlockBytes = 4096;  // what flash and disks lose at once, and how files are aligned
inline constexpr std::size_t kStickBlockHeadBytes = 64;
inline constexpr std::size_t kStickPayloadBytes = kStickBlockBytes - kStickBlockHeadBytes;

// Where the blocks of a content of this size stand: data block i belongs to group i mod `groups`, and the same holds
// for the parity blocks behind them, so that a burst is shared out to all groups.
struct ParityLayout {
  std::size_t data = 0;
  std::size_t groups = 0;
  std::size_t parity_per_group = 0;
  [[nodiscard]] std::size_t parity() const { return groups * parity_per_group; }
  [[nodiscard]] std::size_t blocks() const { return data + parity(); }
  [[nodiscard]] std::size_t data_in(std::size_t group) const { return (data - group + groups - 1) / groups; }
};
[[nodiscard]] ParityLayout parity_layout(std::size_t content_bytes);  // from 1

// The same content gives the same file. `content` has 1 to limits::kStickContentBytes bytes.
[[nodiscard]] Bytes encode_stick_blocks(StickKind kind, ByteView content);

struct StickContent {
  StickKind kind = StickKind::kBundle;
  Bytes content;
  std::size_t damaged = 0;  // blocks that were missing or bad, and do not matter
};
// kCorrupt when it is no such file or more is damaged than parity brings back: then nothing comes out. kNewerVersion;
// kTooLarge over the limits. Bytes after the last block are passed over: a rescued file is often as long as its
// clusters.
[[nodiscard]] Result<StickContent> decode_stick_blocks(ByteView file);

}  // namespace mimika::wire
