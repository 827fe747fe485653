#include "kiosk/eventlog/event_disk.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "kiosk/base/files.h"

namespace mimika::eventlog {
namespace {

constexpr int kLockTries = 400;
constexpr useconds_t kBetweenTriesUs = 5'000;  // two seconds in all

struct flock byte_of(std::uint64_t seq, short type) {
  struct flock lock{};
  lock.l_type = type;
  lock.l_whence = SEEK_SET;
  lock.l_start = static_cast<off_t>(seq);
  lock.l_len = 1;
  return lock;
}

}  // namespace

Status EventDisk::append(const FileDescriptor& file, ByteView content) {
  while (!content.empty()) {
    const ssize_t wrote = ::write(file.get(), content.data(), content.size());
    if (wrote < 0) {
      if (errno == EINTR) continue;
      return std::unexpected(error_from_errno(errno, "writing an event"));
    }
    content = content.subspan(static_cast<std::size_t>(wrote));
  }
  return {};
}

Status EventDisk::sync(const FileDescriptor& file) {
  if (::fdatasync(file.get()) != 0) return std::unexpected(error_from_errno(errno, "syncing the event log"));
  return {};
}

Status EventDisk::cut(const FileDescriptor& file, std::uint64_t size) {
  if (::ftruncate(file.get(), static_cast<off_t>(size)) != 0) {
    return std::unexpected(error_from_errno(errno, "cutting off a torn event"));
  }
  return {};
}

Status EventDisk::remove(const std::string& path) {
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) {
    return std::unexpected(error_from_errno(errno, "removing " + path));
  }
  return {};
}

Result<FileDescriptor> open_event_file(const std::string& path) {
  FileDescriptor file(::open(path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!file.valid()) return std::unexpected(error_from_errno(errno, "opening " + path));
  return file;
}

Result<std::uint64_t> size_of(const FileDescriptor& file) {
  struct stat now{};
  if (::fstat(file.get(), &now) != 0) return std::unexpected(error_from_errno(errno, "looking at the event log"));
  return static_cast<std::uint64_t>(now.st_size);
}

Result<FileDescriptor> lock_events(const std::string& path) {
  TRY_ASSIGN(FileDescriptor file, open_event_file(path));
  for (int tries = 0; ::flock(file.get(), LOCK_EX | LOCK_NB) != 0; ++tries) {
    if (errno != EWOULDBLOCK && errno != EINTR) {
      return std::unexpected(error_from_errno(errno, "locking the event log"));
    }
    if (tries == kLockTries) return fail(ErrorCode::kTooSlow, "another process keeps the event log locked");
    ::usleep(kBetweenTriesUs);
  }
  return file;
}

Status hold_span(const FileDescriptor& file, std::uint64_t seq) {
  struct flock lock = byte_of(seq, F_WRLCK);
  if (::fcntl(file.get(), F_OFD_SETLK, &lock) != 0) {
    return std::unexpected(error_from_errno(errno, "marking what has begun"));
  }
  return {};
}

void let_go_of_span(const FileDescriptor& file, std::uint64_t seq) {
  struct flock lock = byte_of(seq, F_UNLCK);
  static_cast<void>(::fcntl(file.get(), F_OFD_SETLK, &lock));  // at the latest it goes with the process
}

bool span_is_held(const FileDescriptor& file, std::uint64_t seq) {
  struct flock lock = byte_of(seq, F_WRLCK);
  // A file system without such locks knows of nobody, and says that nobody works on it.
  return ::fcntl(file.get(), F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}

}  // namespace mimika::eventlog
