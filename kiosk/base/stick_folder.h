// Files on a medium that people pull out: written so that either the old content or the new one is there, read back
// from the medium itself before anyone is told that they are there, and read also where some sectors are bad. Knows
// nothing of what is in them.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/base/bytes.h"
#include "kiosk/base/result.h"

namespace mimika {

struct FoundFile {
  std::string name;  // without a folder
  std::uint64_t bytes = 0;
};
// The plain files of a folder with that ending, sorted by name; links and folders are passed over. kTooLarge when there
// are more than `most`.
[[nodiscard]] Result<std::vector<FoundFile>> list_files(const std::string& folder, std::string_view ending,
                                                        std::size_t most);

// Everything of a folder in one pass, for one that strangers filled: of plain files whose names are harmless up to
// `most` that `rank` gives 1 and up to `most` that it gives 2, each sorted by name; the rest is counted. Looks at no
// more than limits::kStickEntries names.
struct ScannedFolder {
  std::vector<std::string> first;
  std::vector<std::string> second;
  std::uint64_t folders = 0;
  std::uint64_t links = 0;
  std::uint64_t special = 0;        // pipes, sockets, devices
  std::uint64_t strange_names = 0;  // of plain files
  std::uint64_t beyond = 0;         // more than may be looked at
};
using NameRank = std::function<int(std::string_view name)>;  // 0: of no interest, and counted nowhere
// Asked after every so many bytes or names; its error ends what is being done.
using BlockWatch = std::function<Status(std::size_t bytes)>;
[[nodiscard]] Result<ScannedFolder> scan_folder(const std::string& folder, std::size_t most, const NameRank& rank,
                                                const BlockWatch& watch = {});

// The first bytes of a plain file, fewer when it is shorter; empty for anything else.
[[nodiscard]] Bytes read_beginning(const std::string& folder, const std::string& name, std::size_t bytes);

// Makes a folder in `folder`, durably; it may be there. kConflict when something else has that name, a link too.
[[nodiscard]] Status make_stick_folder(const std::string& folder, const std::string& name);

// Whether a plain file of that name holds these bytes, read from the medium.
[[nodiscard]] bool holds_exactly(const std::string& folder, const std::string& name, ByteView content);

// kStorageFull when this many bytes more would not fit.
[[nodiscard]] Status check_free_space(const std::string& folder, std::uint64_t bytes);

// Temporary name, fsync, rename, fsync of the folder, caches dropped, read back, compared. On an error the file of that
// name is as it was before, unless the medium itself failed after the rename.
inline constexpr std::string_view kPartEnding = ".part";  // of the temporary name
[[nodiscard]] Status write_and_verify(const std::string& folder, const std::string& name, ByteView content,
                                      const BlockWatch& watch = {});

// Parts of 4 KiB that the medium cannot give come back as zeros. kTooLarge over `max_bytes`, kStorageFailed when
// nothing can be read at all.
[[nodiscard]] Result<Bytes> read_what_is_left(const std::string& folder, const std::string& name, std::size_t max_bytes,
                                              const BlockWatch& watch = {});

[[nodiscard]] Status remove_file(const std::string& folder, const std::string& name);

}  // namespace mimika
