// The few system calls that a V4L2 camera needs, so that a test can be the kernel and fail any of them. Nothing is
// decided here. Errors are negative errno values, as the kernel itself gives them.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace mimika::device {

class V4l2Io {
 public:
  virtual ~V4l2Io() = default;
  // "/dev/video0" …, by number, at most limits::kVideoDevices.
  [[nodiscard]] virtual std::vector<std::string> devices() = 0;
  // For reading and writing, not blocking. A descriptor, or an error.
  [[nodiscard]] virtual int open(const std::string& path) = 0;
  virtual void close(int fd) = 0;
  // 0 or more, or an error. Interrupted calls are made again.
  [[nodiscard]] virtual int control(int fd, unsigned long request, void* argument) = 0;
  // Empty when it cannot be mapped.
  [[nodiscard]] virtual std::span<unsigned char> map(int fd, std::size_t bytes, std::size_t offset) = 0;
  virtual void unmap(std::span<unsigned char> memory) = 0;
  // 1 when a frame or an error can be fetched, 0 when the time passed, or an error.
  [[nodiscard]] virtual int wait(int fd, int timeout_ms) = 0;
};

[[nodiscard]] std::unique_ptr<V4l2Io> make_v4l2_io();

}  // namespace mimika::device
