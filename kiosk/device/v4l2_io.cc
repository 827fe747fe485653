#include "kiosk/device/v4l2_io.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>

#include "kiosk/base/limits.h"

namespace mimika::device {
namespace {

class KernelIo final : public V4l2Io {
 public:
  // The names are tried, not the folder read: /dev holds hundreds of others, and links a person may have made.
  std::vector<std::string> devices() override {
    std::vector<std::string> found;
    for (int number = 0; number < limits::kVideoDevices; ++number) {
      std::string path = "/dev/video" + std::to_string(number);
      std::error_code error;
      if (std::filesystem::exists(path, error)) found.push_back(std::move(path));
    }
    return found;
  }

  int open(const std::string& path) override {
    const int fd = ::open(path.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC);
    return fd < 0 ? -errno : fd;
  }

  void close(int fd) override { ::close(fd); }

  int control(int fd, unsigned long request, void* argument) override {
    for (;;) {
      const int answer = ::ioctl(fd, request, argument);
      if (answer >= 0) return answer;
      if (errno != EINTR) return -errno;
    }
  }

  std::span<unsigned char> map(int fd, std::size_t bytes, std::size_t offset) override {
    void* memory = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd, static_cast<off_t>(offset));
    if (memory == MAP_FAILED) return {};
    return {static_cast<unsigned char*>(memory), bytes};
  }

  void unmap(std::span<unsigned char> memory) override { ::munmap(memory.data(), memory.size()); }

  int wait(int fd, int timeout_ms) override {
    pollfd waiting{.fd = fd, .events = POLLIN, .revents = 0};
    const int ready = ::poll(&waiting, 1, timeout_ms);
    if (ready < 0) return errno == EINTR ? 0 : -errno;
    return ready;
  }
};

}  // namespace

std::unique_ptr<V4l2Io> make_v4l2_io() {
  return std::make_unique<KernelIo>();
}

}  // namespace mimika::device
