// A file that fills up piece by piece, in any order: large content on its way. Nothing is buffered here; what was
// written counts only after sync().
#pragma once

#include <cstdint>
#include <string>

#include "kiosk/base/bytes.h"
#include "kiosk/base/result.h"

namespace mimika {

class PartFile {
 public:
  // Opens or creates it, 0600. The folder must be there.
  [[nodiscard]] static Result<PartFile> open(const std::string& path);
  PartFile(PartFile&& other) noexcept;
  PartFile& operator=(PartFile&&) = delete;
  PartFile(const PartFile&) = delete;
  PartFile& operator=(const PartFile&) = delete;
  ~PartFile();

  [[nodiscard]] Status write_at(std::uint64_t offset, ByteView content);
  // Returns when the disk has what was written, and the file's name.
  [[nodiscard]] Status sync();

 private:
  PartFile(int descriptor, std::string path) : descriptor_(descriptor), path_(std::move(path)) {}
  int descriptor_;
  std::string path_;
};

// `count` bytes of a file from `offset` on. kNotFound; kCorrupt when it is shorter.
[[nodiscard]] Result<Bytes> read_file_at(const std::string& path, std::uint64_t offset, std::size_t count);

// What is left for files of this folder, for those who are not the administrator.
[[nodiscard]] Result<std::uint64_t> free_bytes(const std::string& folder);

}  // namespace mimika
