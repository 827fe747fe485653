#include "ui/platform/line_reader.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

#include "kiosk/base/files.h"

namespace mimika::ui {

struct LineReader::State {
  std::function<void()> wake;
  int input = -1;
  int stop = -1;
  bool close_input = false;

  std::mutex mutex;
  std::condition_variable room;
  std::vector<std::string> lines;
  bool ended = false;
  bool stopping = false;
  std::thread thread;

  ~State() {
    {
      const std::lock_guard lock(mutex);
      stopping = true;
    }
    room.notify_all();
    if (stop >= 0) {
      static_cast<void>(eventfd_write(stop, 1));
    }
    if (thread.joinable()) {
      thread.join();
    }
    if (close_input && input >= 0) {
      close(input);
    }
    if (stop >= 0) {
      close(stop);
    }
  }

  // false: the reader is being closed.
  bool push(std::string line) {
    {
      std::unique_lock lock(mutex);
      room.wait(lock, [&] { return stopping || lines.size() < kQueue; });
      if (stopping) {
        return false;
      }
      lines.push_back(std::move(line));
    }
    wake();
    return true;
  }

  void run() {
    std::string line;
    char buffer[4096];
    for (;;) {
      pollfd waits[] = {{input, POLLIN, 0}, {stop, POLLIN, 0}};
      if (poll(waits, 2, -1) < 0 && errno != EINTR) {
        break;
      }
      if (waits[1].revents != 0) {
        return;
      }
      // The lock of the line before is gone by now: push() holds it for its own length only.
      const ssize_t count = read(input, buffer, sizeof buffer);  // NOLINT(clang-analyzer-unix.BlockInCriticalSection)
      if (count < 0 && (errno == EINTR || errno == EAGAIN)) {
        continue;
      }
      if (count <= 0) {
        break;
      }
      for (ssize_t i = 0; i < count; ++i) {
        if (buffer[i] != '\n') {
          line += buffer[i];
        } else if (!push(std::exchange(line, {}))) {
          return;
        }
      }
      if (line.size() > kLineBytes) {
        line.clear();
        break;
      }
    }
    if (!line.empty() && !push(std::move(line))) {
      return;
    }
    {
      const std::lock_guard lock(mutex);
      ended = true;
    }
    wake();
  }
};

LineReader::LineReader() : state_(std::make_unique<State>()) {}
LineReader::~LineReader() = default;

Result<std::unique_ptr<LineReader>> LineReader::open(const std::string& path, std::function<void()> wake) {
  std::unique_ptr<LineReader> reader(new LineReader());
  State& state = *reader->state_;
  state.wake = std::move(wake);
  if (path == "-") {
    state.input = STDIN_FILENO;
  } else {
    state.input = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    state.close_input = true;
    if (state.input < 0) {
      return std::unexpected(error_from_errno(errno, "opening the script " + path));
    }
  }
  state.stop = eventfd(0, EFD_CLOEXEC);
  if (state.stop < 0) {
    return std::unexpected(error_from_errno(errno, "preparing to read a script"));
  }
  state.thread = std::thread([&state] { state.run(); });
  return reader;
}

LineReader::Taken LineReader::take() {
  Taken taken;
  {
    const std::lock_guard lock(state_->mutex);
    taken.lines = std::exchange(state_->lines, {});
    taken.ended = state_->ended;
  }
  state_->room.notify_all();
  return taken;
}

}  // namespace mimika::ui
