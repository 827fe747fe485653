// The kernel's side of a V4L2 camera, as far as ours speaks with it: every call can fail, every answer can be odd. It
// checks as well that whoever speaks with it gives back what was taken.
#pragma once

#include <linux/videodev2.h>

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "kiosk/base/bytes.h"
#include "kiosk/device/v4l2_io.h"

namespace mimika::device::test {

struct FakeDevice {
  std::uint32_t capabilities = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;
  std::vector<std::uint32_t> formats = {V4L2_PIX_FMT_YUYV, V4L2_PIX_FMT_MJPEG};
  // What VIDIOC_S_FMT answers; 0: what was asked for.
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  std::uint32_t row_bytes = 0;
  std::uint32_t format = 0;
  std::uint32_t buffers = 4;
  std::uint32_t buffer_bytes = 64 * 1024;
  int open_error = 0;  // errno
  bool endless_formats = false;
  // A call that fails from the nth time on (from 0), with this errno, for so many times.
  struct Failure {
    int error = 0;
    int from = 0;
    int times = 1'000'000;
  };
  std::map<unsigned long, Failure> failures = {};
};

class FakeKernel {
 public:
  std::map<std::string, FakeDevice> devices;
  struct Frame {
    Bytes bytes;
    std::uint32_t flags = 0;
    std::int64_t claims_bytes = -1;  // bytesused, when it lies
    std::int64_t claims_index = -1;
  };
  std::deque<Frame> frames;  // ready to be fetched
  int wait_error = 0;        // errno of poll()
  bool wakes_for_nothing = false;
  bool map_fails = false;

  // What is held at the moment.
  int open_descriptors = 0;
  int mapped = 0;
  bool streaming = false;
  std::map<unsigned long, int> calls;
  bool wiped = true;  // every buffer held nothing but zeros when it was given back
  std::vector<std::string> wrongs;

 private:
  friend class FakeIo;
  std::string open_path_;
  std::vector<Bytes> memory_;
  std::vector<bool> queued_;
};

class FakeIo final : public V4l2Io {
 public:
  explicit FakeIo(FakeKernel& kernel) : kernel_(kernel) {}
  std::vector<std::string> devices() override;
  int open(const std::string& path) override;
  void close(int fd) override;
  int control(int fd, unsigned long request, void* argument) override;
  std::span<unsigned char> map(int fd, std::size_t bytes, std::size_t offset) override;
  void unmap(std::span<unsigned char> memory) override;
  int wait(int fd, int timeout_ms) override;

 private:
  int answer(FakeDevice& device, unsigned long request, void* argument);
  int fetch(v4l2_buffer& buffer);
  FakeKernel& kernel_;
};

}  // namespace mimika::device::test
