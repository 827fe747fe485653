#include "kiosk/base/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "kiosk/base/file_descriptor.h"

namespace mimika {
namespace {

Status write_all(int fd, ByteView content, const std::string& doing) {
  std::size_t done = 0;
  while (done < content.size()) {
    const ssize_t wrote = ::write(fd, content.data() + done, content.size() - done);
    if (wrote < 0) {
      if (errno == EINTR) continue;
      return std::unexpected(error_from_errno(errno, doing));
    }
    done += static_cast<std::size_t>(wrote);
  }
  return {};
}

Status replace_file(const std::string& path, const std::string& temporary, ByteView content, FileMode mode) {
  const mode_t bits = mode == FileMode::kPrivate ? 0600 : 0644;
  // A leftover of an earlier attempt would keep its own access rights.
  if (::unlink(temporary.c_str()) != 0 && errno != ENOENT) {
    return std::unexpected(error_from_errno(errno, "removing " + temporary));
  }
  {
    const FileDescriptor file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, bits));
    if (!file.valid()) return std::unexpected(error_from_errno(errno, "creating " + temporary));
    TRY(write_all(file.get(), content, "writing " + temporary));
    if (::fsync(file.get()) != 0) return std::unexpected(error_from_errno(errno, "syncing " + temporary));
  }
  if (::rename(temporary.c_str(), path.c_str()) != 0) {
    return std::unexpected(error_from_errno(errno, "renaming " + temporary));
  }
  return {};
}

}  // namespace

Status sync_folder(const std::string& path) {
  const FileDescriptor folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder.valid()) return std::unexpected(error_from_errno(errno, "opening the folder " + path));
  if (::fsync(folder.get()) != 0) return std::unexpected(error_from_errno(errno, "syncing the folder " + path));
  return {};
}

Error error_from_errno(int number, const std::string& doing) {
  ErrorCode code = ErrorCode::kStorageFailed;
  if (number == ENOSPC || number == EDQUOT) code = ErrorCode::kStorageFull;
  if (number == EROFS || number == EACCES || number == EPERM) code = ErrorCode::kStorageReadOnly;
  if (number == ENOENT) code = ErrorCode::kNotFound;
  return Error{code, doing + ": " + std::generic_category().message(number)};
}

Result<Bytes> read_file(const std::string& path, std::size_t max_bytes) {
  const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.valid()) return std::unexpected(error_from_errno(errno, "opening " + path));
  Bytes content;
  std::uint8_t block[16 * 1024];
  for (;;) {
    const ssize_t got = ::read(file.get(), block, sizeof block);
    if (got < 0) {
      if (errno == EINTR) continue;
      return std::unexpected(error_from_errno(errno, "reading " + path));
    }
    if (got == 0) return content;
    if (content.size() + static_cast<std::size_t>(got) > max_bytes) {
      return fail(ErrorCode::kTooLarge, path + " is larger than " + std::to_string(max_bytes) + " bytes");
    }
    content.insert(content.end(), block, block + got);
  }
}

Status write_file_durably(const std::string& path, ByteView content, FileMode mode) {
  const std::string temporary = path + ".new";
  if (const Status replaced = replace_file(path, temporary, content, mode); !replaced) {
    ::unlink(temporary.c_str());  // on a full disk the half-written file would hold the last of the space
    return replaced;
  }
  const std::string folder = std::filesystem::path(path).parent_path().string();
  return sync_folder(folder.empty() ? "." : folder);
}

Status overwrite_file(const std::string& path, ByteView content, FileMode mode, Durability durability) {
  const FileDescriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW));
  struct stat now{};
  if (!file.valid() || ::fstat(file.get(), &now) != 0 || now.st_size != static_cast<off_t>(content.size())) {
    return write_file_durably(path, content, mode);
  }
  TRY(write_all(file.get(), content, "writing " + path));
  if (durability == Durability::kCached) return {};
  if (::fdatasync(file.get()) != 0) return std::unexpected(error_from_errno(errno, "syncing " + path));
  return {};
}

Status make_private_folder(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) return std::unexpected(error_from_errno(error.value(), "creating the folder " + path));
  if (::chmod(path.c_str(), 0700) != 0 && errno != EPERM && errno != EROFS) {
    return std::unexpected(error_from_errno(errno, "protecting the folder " + path));
  }
  return {};
}

}  // namespace mimika
