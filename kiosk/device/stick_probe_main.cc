// mimika-stick-probe DEVICE-OR-IMAGE: prints what is on it (stick_report.h). Started by the kiosk for one answer, so
// that whatever a stick does to the libraries that read it happens to a process that holds no key, may open nothing
// more, and is ended when it takes too much.
#include <fcntl.h>
#include <grp.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/fs.h>
#include <linux/seccomp.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "kiosk/base/file_descriptor.h"
#include "kiosk/base/limits.h"
#include "kiosk/device/stick_probe.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
// A sanitizer maps terabytes of addresses and calls what is forbidden below; it watches over the same bytes instead.
// What the two libraries leave behind at the end is not ours.
extern "C" const char* __asan_default_options();
extern "C" const char* __asan_default_options() {
  return "detect_leaks=0";
}
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif

namespace mimika::device {
namespace {

constexpr uid_t kNobody = 65534;

void limit(int what, rlim_t most) {
  const rlimit value{most, most};
  ::setrlimit(static_cast<__rlimit_resource>(what), &value);
}

// Only what reading from an open file, memory and an answer need; anything else is an error to whoever asks.
bool close_the_door() {
  static constexpr unsigned kAllowed[] = {
      SYS_read,         SYS_pread64,       SYS_lseek,        SYS_fstat,  SYS_newfstatat, SYS_mmap,
      SYS_munmap,       SYS_mremap,        SYS_brk,          SYS_write,  SYS_exit_group, SYS_exit,
      SYS_futex,        SYS_madvise,       SYS_mprotect,     SYS_close,  SYS_fadvise64,  SYS_rt_sigprocmask,
      SYS_rt_sigreturn, SYS_clock_gettime, SYS_gettimeofday, SYS_getpid, SYS_getrandom,  SYS_fcntl,
      SYS_gettid,       SYS_tgkill,        SYS_rt_sigaction};
  constexpr std::size_t kCount = std::size(kAllowed);
  std::vector<sock_filter> rules;
#if defined(__x86_64__)
  constexpr std::uint32_t kArchitecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
  constexpr std::uint32_t kArchitecture = AUDIT_ARCH_AARCH64;
#endif
  rules.push_back(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, arch)));
  rules.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, kArchitecture, 1, 0));
  rules.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS));
  rules.push_back(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)));
  for (std::size_t i = 0; i < kCount; ++i) {
    rules.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, kAllowed[i], static_cast<std::uint8_t>(kCount - i), 0));
  }
  rules.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM));
  rules.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
  const sock_fprog program{static_cast<unsigned short>(rules.size()), rules.data()};
  return ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

// As far as this machine allows; the answer does not depend on it.
void give_up_everything() {
  if (!kSanitized) limit(RLIMIT_AS, limits::kInspectMemoryBytes);
  limit(RLIMIT_CPU, static_cast<rlim_t>(limits::kInspectMs / 1000));
  limit(RLIMIT_FSIZE, limits::kInspectAnswerBytes);
  limit(RLIMIT_CORE, 0);
  if (::geteuid() == 0) {
    [[maybe_unused]] const bool dropped = ::setgroups(0, nullptr) == 0 && ::setresgid(kNobody, kNobody, kNobody) == 0 &&
                                          ::setresuid(kNobody, kNobody, kNobody) == 0;
  }
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  ::prctl(PR_SET_PDEATHSIG, 9 /* SIGKILL */);
  if (!kSanitized) close_the_door();
}

int answer(const StickReport& report) {
  const std::string text = write_report(report);
  for (std::size_t done = 0; done < text.size();) {
    const ssize_t wrote = ::write(STDOUT_FILENO, text.data() + done, text.size() - done);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return 1;
    done += static_cast<std::size_t>(wrote);
  }
  return 0;
}

int run(const char* path) {
  StickReport report;
  const FileDescriptor medium(::open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat facts{};
  if (!medium.valid() || ::fstat(medium.get(), &facts) != 0) {
    report.why = errno == EACCES || errno == EPERM ? StickWhy::kNotAllowed : StickWhy::kMediumFails;
    return answer(report);
  }
  std::uint64_t bytes = static_cast<std::uint64_t>(facts.st_size);
  int read_only = 0;
  if (S_ISBLK(facts.st_mode)) {
    if (::ioctl(medium.get(), BLKGETSIZE64, &bytes) != 0) bytes = 0;
    if (::ioctl(medium.get(), BLKROGET, &read_only) != 0) read_only = 0;
  } else if (!S_ISREG(facts.st_mode)) {
    report.why = StickWhy::kMediumFails;
    return answer(report);
  }
  give_up_everything();
  return answer(probe_stick(medium.get(), bytes, read_only != 0));
}

}  // namespace
}  // namespace mimika::device

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: mimika-stick-probe DEVICE-OR-IMAGE\n", stderr);
    return 2;
  }
  return mimika::device::run(argv[1]);
}
