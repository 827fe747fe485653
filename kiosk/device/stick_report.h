// What is on a stick, as it was found without mounting it. The process that reads it says it in lines of text, which
// are read here as strictly as anything that comes from a stranger.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/base/result.h"

namespace mimika::device {

enum class StickKind : std::uint8_t { kNone, kFat, kExFat, kExt4, kOther, kEncrypted };
enum class StickTable : std::uint8_t { kNone, kMbr, kGpt };

enum class StickVerdict : std::uint8_t {
  kUsable,
  kNeedsRepair,  // it was pulled while in use; can be read, and mounting or a check repairs it
  kReadOnly,     // a switch on it, or its file system says so
  kFull,         // under limits::kStickFreeLeast
  kForeign,      // no file system that we write
  kEmpty,        // no file system at all: it must be formatted
  kHostile,      // it says of itself what cannot be, or is made to hold us up
  kUnreadable,   // reading it ended in an error, a crash or never
};

// Why, where the verdict alone does not say it.
enum class StickWhy : std::uint8_t {
  kNothing,
  kWasPulled,          // needs repair: not unmounted
  kHasErrors,          // needs repair: its file system noted errors
  kLargerThanMedium,   // hostile: also a stick that is sold as larger than it is
  kTooManyEntries,     // hostile: over limits::kStickFolderEntries in a folder that we look into
  kStrangeNames,       // hostile: line ends, slashes, "..", what is no text
  kTakesTooMuch,       // hostile: over the limits of time, memory or bytes read
  kOtherFileSystem,    // foreign
  kEncryptedMedium,    // foreign
  kSeveralPartitions,  // foreign: which one is meant cannot be known
  kAmbiguous,          // foreign: two file systems on one place
  kMediumFails,        // unreadable: it gives errors
  kNotAllowed,         // unreadable: this program may not open it
  kReaderFailed,       // unreadable: what reads it crashed or made no sense
};

struct StickEntry {
  enum class Where : std::uint8_t { kRoot, kOurs };  // the first folder, or "mimika" in it
  enum class Type : std::uint8_t { kFile, kFolder, kLink, kSpecial };
  Where where = Where::kRoot;
  Type type = Type::kFile;
  std::uint64_t bytes = 0;  // as the stick says; never to be trusted
  std::string name;         // as it stands there; shown_name() for people
  bool operator==(const StickEntry&) const = default;
};

struct StickReport {
  StickVerdict verdict = StickVerdict::kUnreadable;
  StickWhy why = StickWhy::kNothing;
  StickKind kind = StickKind::kNone;
  std::string file_system;  // "vfat", "ntfs", …; empty when there is none
  std::string label;
  StickTable table = StickTable::kNone;
  std::uint32_t partition = 0;  // the one that is meant; 0: the whole medium
  std::uint64_t offset = 0;     // where it begins
  std::uint64_t medium_bytes = 0;
  std::uint64_t bytes = 0;                  // of the file system, as it says
  std::optional<std::uint64_t> free_bytes;  // as it says
  bool dirty = false;
  bool errors = false;
  bool read_only = false;
  std::vector<StickEntry> entries;  // at most limits::kStickEntriesShown a folder
  std::uint64_t entries_seen = 0;
  std::uint64_t strange_names = 0;
  bool operator==(const StickReport&) const = default;

  // Whether files of ours can be put on it, or taken from it.
  [[nodiscard]] bool can_export() const {
    return verdict == StickVerdict::kUsable || verdict == StickVerdict::kNeedsRepair;
  }
  [[nodiscard]] bool can_import() const {
    return can_export() || verdict == StickVerdict::kReadOnly || verdict == StickVerdict::kFull;
  }
};

// Short stable names: "needs_repair", "larger_than_medium", "exfat", "gpt", "link".
[[nodiscard]] const char* name_of(StickVerdict verdict);
[[nodiscard]] const char* name_of(StickWhy why);
[[nodiscard]] const char* name_of(StickKind kind);
[[nodiscard]] const char* name_of(StickTable table);
[[nodiscard]] const char* name_of(StickEntry::Type type);

// The lines of a report, and back. kCorrupt for anything that write_report() does not write.
[[nodiscard]] std::string write_report(const StickReport& report);
[[nodiscard]] Result<StickReport> read_report(std::string_view text);

}  // namespace mimika::device
