#include "kiosk/device/stick_mount.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "kiosk/base/file_descriptor.h"
#include "kiosk/base/files.h"
#include "kiosk/base/log.h"
#include "kiosk/device/stick_finder.h"

namespace mimika::device {
namespace {

// Not in the headers of glibc 2.36. Kernels before 5.10 do not know it and refuse.
constexpr unsigned long kNoSymlinkFollow = 256;
constexpr unsigned long kHarmless = MS_NOSUID | MS_NODEV | MS_NOEXEC | MS_NOATIME;
constexpr const char* kExfatFuse = "/usr/sbin/mount.exfat-fuse";

struct Driver {
  const char* name;
  const char* options;
};

// A file system that finds itself broken stops writing instead of making it worse.
Driver driver_of(StickKind kind) {
  if (kind == StickKind::kFat) return {"vfat", "utf8,umask=0077,errors=remount-ro"};
  if (kind == StickKind::kExFat) return {"exfat", "umask=0077,errors=remount-ro"};
  return {"ext4", "errors=remount-ro"};
}

std::unexpected<Error> mount_failed(int number, const std::string& device) {
  const std::string doing = "mounting " + device;
  switch (number) {
    case EPERM:
      return fail(ErrorCode::kUnauthorised, doing + ": this program may not mount");
    case ENODEV:
      return fail(ErrorCode::kNotFound, doing + ": this system knows no such file system");
    case ENXIO:
    case ENOMEDIUM:
      return fail(ErrorCode::kNotFound, doing + ": it is gone");
    case EINVAL:
    case EUCLEAN:
      return fail(ErrorCode::kCorrupt, doing + ": the file system is damaged");
    default:
      return std::unexpected(error_from_errno(number, doing));
  }
}

bool run_exfat_fuse(const std::string& device, const std::string& place, StickAccess access) {
  std::string program = kExfatFuse;
  std::string flag = "-o";
  std::string options = "nosuid,nodev,noexec,noatime,umask=0077";
  options += access == StickAccess::kRead ? ",ro" : ",rw";
  std::string from = device;
  std::string to = place;
  char* arguments[] = {program.data(), flag.data(), options.data(), from.data(), to.data(), nullptr};
  std::string path = "PATH=/usr/sbin:/usr/bin:/sbin:/bin";
  char* environment[] = {path.data(), nullptr};
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t child = -1;
  const int failed = ::posix_spawn(&child, kExfatFuse, &actions, nullptr, arguments, environment);
  ::posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) return false;
  int state = 0;
  while (::waitpid(child, &state, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(state) && WEXITSTATUS(state) == 0;
}

class Mounted final : public MountedStick {
 public:
  explicit Mounted(std::string folder) : folder_(std::move(folder)) {}
  Mounted(const Mounted&) = delete;
  Mounted& operator=(const Mounted&) = delete;
  ~Mounted() override {
    if (const Status done = unmount(); !done) {
      log_warning("stick", "{}", done.error().message);
      // Pulled, or still read by somebody: it goes when they do.
      ::umount2(folder_.c_str(), MNT_DETACH);
      ::rmdir(folder_.c_str());
    }
  }
  [[nodiscard]] const std::string& folder() const override { return folder_; }
  [[nodiscard]] Status unmount() override {
    if (!mounted_) return {};
    int problem = 0;
    {
      const FileDescriptor opened(::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
      if (!opened.valid() || ::syncfs(opened.get()) != 0) problem = errno;
    }
    if (::umount2(folder_.c_str(), 0) != 0) {
      return std::unexpected(error_from_errno(errno, "unmounting " + folder_));
    }
    mounted_ = false;
    ::rmdir(folder_.c_str());
    if (problem != 0) return std::unexpected(error_from_errno(problem, "writing the last of " + folder_));
    return {};
  }

 private:
  std::string folder_;
  bool mounted_ = true;
};

class Given final : public MountedStick {
 public:
  explicit Given(std::string folder) : folder_(std::move(folder)) {}
  [[nodiscard]] const std::string& folder() const override { return folder_; }
  [[nodiscard]] Status unmount() override { return {}; }

 private:
  std::string folder_;
};

}  // namespace

Result<std::unique_ptr<MountedStick>> LinuxStickMount::mount(const std::string& device, const StickReport& report,
                                                             StickAccess access) {
  const bool allowed = access == StickAccess::kRead ? report.can_import() : report.can_export();
  if (!allowed) return fail(ErrorCode::kInvalidInput, device + " is not to be used so: " + name_of(report.verdict));
  TRY(make_private_folder(place_));
  const std::string node = device_of_partition(device, report.partition);
  const Driver driver = driver_of(report.kind);
  unsigned long flags = kHarmless | kNoSymlinkFollow;
  if (access == StickAccess::kRead) flags |= MS_RDONLY;
  int problem = 0;
  const auto attempt = [&] {
    problem = ::mount(node.c_str(), place_.c_str(), driver.name, flags, driver.options) == 0 ? 0 : errno;
  };
  attempt();
  if (problem == EINVAL) {
    flags &= ~kNoSymlinkFollow;
    attempt();
  }
  if (problem == ENODEV && report.kind == StickKind::kExFat && run_exfat_fuse(node, place_, access)) problem = 0;
  if (problem != 0) {
    ::rmdir(place_.c_str());
    return mount_failed(problem, node);
  }
  return std::unique_ptr<MountedStick>(std::make_unique<Mounted>(place_));
}

Result<std::unique_ptr<MountedStick>> FolderAsStick::mount(const std::string& /*device*/, const StickReport& /*report*/,
                                                           StickAccess /*access*/) {
  struct stat facts{};
  if (::stat(folder_.c_str(), &facts) != 0) {
    return std::unexpected(error_from_errno(errno, "opening the folder " + folder_));
  }
  if (!S_ISDIR(facts.st_mode)) return fail(ErrorCode::kInvalidInput, folder_ + " is no folder");
  return std::unique_ptr<MountedStick>(std::make_unique<Given>(folder_));
}

}  // namespace mimika::device
