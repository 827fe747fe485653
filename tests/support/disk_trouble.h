// When a test's disk fails, and what it then says: shared by the one over real files (fault_vfs.h) and the ones in
// memory (memory_vfs.h).
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

namespace mimika::test {

enum class Fault {
  kNone,
  kIoError,    // the nth write, sync, truncation or deletion fails, half done; those after it work again
  kReadError,  // the nth read fails, once
  kDiskFull,   // from the nth on, everything that takes space fails
  kPowerCut,   // the nth happens or does not, and nothing after it does
};

// What becomes of the writes no sync has confirmed.
enum class Unsynced {
  kAllLost,
  kAllKept,
  kDiced,  // each kept, lost, or torn at a sector's edge, as the dice fall
};

struct DiskTrouble {
  Fault fault = Fault::kNone;
  std::uint64_t nth = 0;
  std::uint64_t writes = 0;
  std::uint64_t reads = 0;
  bool struck = false;
  bool off = false;   // there is no power
  bool lies = false;  // syncs do nothing

  enum class Verdict { kDo, kFail, kFull, kCut };

  // Before a write, sync, truncation or deletion.
  Verdict ask() {
    ++writes;
    if (off) return Verdict::kFail;
    const bool here = writes == nth;
    if (fault == Fault::kIoError && here) {
      struck = true;
      return Verdict::kFail;
    }
    if (fault == Fault::kDiskFull && writes >= nth) {
      struck = true;
      return Verdict::kFull;
    }
    if (fault == Fault::kPowerCut && here) {
      struck = true;
      off = true;
      return Verdict::kCut;
    }
    return Verdict::kDo;
  }

  // Before a read.
  bool read_fails() {
    ++reads;
    if (fault != Fault::kReadError || reads != nth) return false;
    struck = true;
    return true;
  }

  void fail_at(std::uint64_t operation, Fault with) {
    clear();
    nth = operation;
    fault = with;
  }

  void clear() {
    const bool lying = lies;
    *this = {};
    lies = lying;
  }
};

// A write, or a truncation, that no sync has confirmed.
struct DiskChange {
  std::size_t offset = 0;
  std::vector<std::uint8_t> bytes;
  std::optional<std::size_t> truncate_to;
};

inline void carry_out(std::vector<std::uint8_t>& content, const DiskChange& change) {
  if (change.truncate_to) {
    if (*change.truncate_to < content.size()) content.resize(*change.truncate_to);
    return;
  }
  if (content.size() < change.offset + change.bytes.size()) content.resize(change.offset + change.bytes.size());
  std::copy(change.bytes.begin(), change.bytes.end(), content.begin() + static_cast<std::ptrdiff_t>(change.offset));
}

}  // namespace mimika::test
