#include "kiosk/device/stick_inspector.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>

#include "kiosk/base/file_descriptor.h"
#include "kiosk/base/log.h"

namespace mimika::device {
namespace {

StickReport unreadable(StickWhy why, StickVerdict verdict = StickVerdict::kUnreadable) {
  StickReport report;
  report.verdict = verdict;
  report.why = why;
  return report;
}

// Its answer goes into the pipe, its words nowhere; it inherits no environment and no open file.
pid_t start(const std::string& program, const std::string& device, int answer) {
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_adddup2(&actions, answer, STDOUT_FILENO);
  ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  std::string name = program;
  std::string path = device;
  char* arguments[] = {name.data(), path.data(), nullptr};
  char* environment[] = {nullptr};
  pid_t child = -1;
  const int failed = ::posix_spawn(&child, program.c_str(), &actions, nullptr, arguments, environment);
  ::posix_spawn_file_actions_destroy(&actions);
  return failed == 0 ? child : -1;
}

enum class Ended : std::uint8_t { kByItself, kTooSlow, kTooMuch };

Ended listen(Env& env, int pipe, std::int64_t until_ms, std::string& said) {
  char piece[16 * 1024];
  for (;;) {
    const std::int64_t left = until_ms - env.monotonic_ms();
    if (left <= 0) return Ended::kTooSlow;
    pollfd waiting{pipe, POLLIN, 0};
    const int ready = ::poll(&waiting, 1, static_cast<int>(std::min<std::int64_t>(left, 1000)));
    if (ready < 0 && errno != EINTR) return Ended::kByItself;
    if (ready <= 0) continue;
    const ssize_t got = ::read(pipe, piece, sizeof piece);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return Ended::kByItself;
    said.append(piece, static_cast<std::size_t>(got));
    if (said.size() > limits::kInspectAnswerBytes) return Ended::kTooMuch;
  }
}

}  // namespace

std::string ProbingInspector::probe_beside_this_program() {
  std::error_code problem;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", problem);
  return (problem ? std::filesystem::path("/usr/bin") : self.parent_path()) / "mimika-stick-probe";
}

StickReport ProbingInspector::inspect(const std::string& device) {
  int ends[2] = {-1, -1};
  if (::pipe2(ends, O_CLOEXEC) != 0) return unreadable(StickWhy::kReaderFailed);
  const FileDescriptor read_end(ends[0]);
  FileDescriptor write_end(ends[1]);
  const pid_t child = start(program_, device, write_end.get());
  if (child < 0) {
    log_error("stick", "{} cannot be started", program_);
    return unreadable(StickWhy::kReaderFailed);
  }
  // Ours stays open no longer, or the end of its answer would never come.
  static_cast<void>(write_end.close());
  std::string said;
  const Ended ended = listen(env_, read_end.get(), env_.monotonic_ms() + most_ms_, said);
  if (ended != Ended::kByItself) ::kill(child, SIGKILL);
  int state = 0;
  while (::waitpid(child, &state, 0) < 0 && errno == EINTR) {
  }
  if (ended == Ended::kTooSlow || (WIFSIGNALED(state) && WTERMSIG(state) == SIGXCPU)) {
    return unreadable(StickWhy::kTakesTooMuch, StickVerdict::kHostile);
  }
  auto report = read_report(said);
  if (ended != Ended::kByItself || !WIFEXITED(state) || WEXITSTATUS(state) != 0 || !report) {
    log_warning("stick", "what reads {} ended with state {} and {} bytes", device, state, said.size());
    return unreadable(StickWhy::kReaderFailed);
  }
  return *std::move(report);
}

}  // namespace mimika::device
