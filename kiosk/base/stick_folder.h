// Files on a medium that people pull out: written so that either the old content or the new one is there, read back
// from the medium itself before anyone is told that they are there, and read also where some sectors are bad. Knows
// nothing of what is in them.
#pragma once

#include <cstdint>
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

// kStorageFull when this many bytes more would not fit.
[[nodiscard]] Status check_free_space(const std::string& folder, std::uint64_t bytes);

// Temporary name, fsync, rename, fsync of the folder, caches dropped, read back, compared. On an error the file of that
// name is as it was before, unless the medium itself failed after the rename.
[[nodiscard]] Status write_and_verify(const std::string& folder, const std::string& name, ByteView content);

// Parts of 4 KiB that the medium cannot give come back as zeros. kTooLarge over `max_bytes`, kStorageFailed when
// nothing can be read at all.
[[nodiscard]] Result<Bytes> read_what_is_left(const std::string& folder, const std::string& name,
                                              std::size_t max_bytes);

[[nodiscard]] Status remove_file(const std::string& folder, const std::string& name);

}  // namespace mimika
