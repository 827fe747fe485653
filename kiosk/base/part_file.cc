#include "kiosk/base/part_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include "kiosk/base/files.h"

namespace mimika {

Result<PartFile> PartFile::open(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (descriptor < 0) return std::unexpected(error_from_errno(errno, "opening " + path));
  return PartFile(descriptor, path);
}

PartFile::PartFile(PartFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), path_(std::move(other.path_)) {}

PartFile::~PartFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Status PartFile::write_at(std::uint64_t offset, ByteView content) {
  while (!content.empty()) {
    const ssize_t wrote = ::pwrite(descriptor_, content.data(), content.size(), static_cast<off_t>(offset));
    if (wrote < 0) {
      if (errno == EINTR) continue;
      return std::unexpected(error_from_errno(errno, "writing " + path_));
    }
    content = content.subspan(static_cast<std::size_t>(wrote));
    offset += static_cast<std::uint64_t>(wrote);
  }
  return {};
}

Status PartFile::sync() {
  if (::fsync(descriptor_) != 0) return std::unexpected(error_from_errno(errno, "syncing " + path_));
  return sync_folder(std::filesystem::path(path_).parent_path().string());
}

Result<Bytes> read_file_at(const std::string& path, std::uint64_t offset, std::size_t count) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return std::unexpected(error_from_errno(errno, "opening " + path));
  Bytes content(count);
  std::size_t done = 0;
  int problem = 0;
  while (done < count && problem == 0) {
    const ssize_t got = ::pread(descriptor, content.data() + done, count - done, static_cast<off_t>(offset + done));
    if (got == 0) break;
    if (got > 0) done += static_cast<std::size_t>(got);
    if (got < 0 && errno != EINTR) problem = errno;
  }
  ::close(descriptor);
  if (problem != 0) return std::unexpected(error_from_errno(problem, "reading " + path));
  if (done < count) return fail(ErrorCode::kCorrupt, path + " is shorter than it should be");
  return content;
}

Result<std::uint64_t> free_bytes(const std::string& folder) {
  std::error_code error;
  const std::filesystem::space_info space = std::filesystem::space(folder, error);
  if (error) return std::unexpected(error_from_errno(error.value(), "asking for the space of " + folder));
  return space.available;
}

}  // namespace mimika
