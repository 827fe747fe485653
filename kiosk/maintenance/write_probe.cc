#include "kiosk/maintenance/write_probe.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "kiosk/base/bytes.h"
#include "kiosk/base/file_descriptor.h"
#include "kiosk/base/files.h"
#include "kiosk/maintenance/maintenance_limits.h"

namespace mimika::maintenance {
namespace {

constexpr const char* kProbeFile = "/write-probe";
constexpr std::int64_t kSecondMs = 1000;

struct RemovedFile {
  std::string path;
  ~RemovedFile() { ::unlink(path.c_str()); }
};

Status write_whole(int fd, ByteView content) {
  while (!content.empty()) {
    const ssize_t wrote = ::write(fd, content.data(), content.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) return std::unexpected(error_from_errno(errno, "writing the probe"));
    content = content.subspan(static_cast<std::size_t>(wrote));
  }
  return {};
}

Result<Bytes> read_whole(int fd, std::size_t bytes) {
  Bytes content(bytes);
  std::size_t done = 0;
  while (done < bytes) {
    const ssize_t got = ::pread(fd, content.data() + done, bytes - done, static_cast<off_t>(done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return std::unexpected(error_from_errno(errno, "reading the probe back"));
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  content.resize(done);
  return content;
}

// A clock of milliseconds: what took none is counted as one, so that nothing is infinitely fast.
std::int64_t rate(std::size_t bytes, std::int64_t ms) {
  return static_cast<std::int64_t>(bytes) * kSecondMs / std::max<std::int64_t>(ms, 1);
}

}  // namespace

Result<ProbeReading> write_and_read_back(const std::string& folder, Env& env) {
  const RemovedFile file{folder + kProbeFile};
  Bytes content(limits::kProbeBytes);
  env.fill_random(content);
  const FileDescriptor fd(::open(file.path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!fd.valid()) return std::unexpected(error_from_errno(errno, "creating " + file.path));
  const std::int64_t began = env.monotonic_ms();
  TRY(write_whole(fd.get(), content));
  const std::int64_t written = env.monotonic_ms();
  if (::fsync(fd.get()) != 0) return std::unexpected(error_from_errno(errno, "syncing the probe"));
  const std::int64_t synced = env.monotonic_ms();
  // Clean pages alone are dropped, so this stands behind the sync. Where the file system does not do it, the reading
  // comes from memory and is only too fast.
  static_cast<void>(::posix_fadvise(fd.get(), 0, 0, POSIX_FADV_DONTNEED));
  TRY_ASSIGN(const Bytes back, read_whole(fd.get(), content.size()));
  const std::int64_t read = env.monotonic_ms();
  return ProbeReading{rate(content.size(), synced - began), rate(content.size(), read - synced), synced - written,
                      back == content};
}

}  // namespace mimika::maintenance
