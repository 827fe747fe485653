#include "tests/device/fake_kernel.h"

#include <algorithm>
#include <cerrno>

namespace mimika::device::test {
namespace {

constexpr int kFd = 77;
constexpr std::size_t kOffsetStep = 4096;

}  // namespace

std::vector<std::string> FakeIo::devices() {
  std::vector<std::string> paths;
  for (const auto& [path, device] : kernel_.devices) paths.push_back(path);
  return paths;
}

int FakeIo::open(const std::string& path) {
  const auto device = kernel_.devices.find(path);
  if (device == kernel_.devices.end()) return -ENOENT;
  if (device->second.open_error != 0) return -device->second.open_error;
  if (kernel_.open_descriptors != 0) kernel_.wrongs.push_back("opened twice");
  ++kernel_.open_descriptors;
  kernel_.open_path_ = path;
  return kFd;
}

void FakeIo::close(int fd) {
  if (fd != kFd || kernel_.open_descriptors != 1) kernel_.wrongs.push_back("closed what was not open");
  if (kernel_.mapped != 0) kernel_.wrongs.push_back("closed with buffers mapped");
  --kernel_.open_descriptors;
  kernel_.streaming = false;
}

int FakeIo::control(int fd, unsigned long request, void* argument) {
  if (fd != kFd || kernel_.open_descriptors != 1) {
    kernel_.wrongs.push_back("a call on what is not open");
    return -EBADF;
  }
  const int count = kernel_.calls[request]++;
  const auto device = kernel_.devices.find(kernel_.open_path_);
  if (device == kernel_.devices.end()) return -ENODEV;
  const auto failure = device->second.failures.find(request);
  if (failure != device->second.failures.end() && count >= failure->second.from &&
      count < failure->second.from + failure->second.times) {
    return -failure->second.error;
  }
  return answer(device->second, request, argument);
}

int FakeIo::answer(FakeDevice& device, unsigned long request, void* argument) {
  switch (request) {
    case VIDIOC_QUERYCAP: {
      auto& capability = *static_cast<v4l2_capability*>(argument);
      // As a real camera's driver: the whole can more than this device of it.
      capability.capabilities = V4L2_CAP_DEVICE_CAPS | V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;
      capability.device_caps = device.capabilities;
      return 0;
    }
    case VIDIOC_ENUM_FMT: {
      auto& description = *static_cast<v4l2_fmtdesc*>(argument);
      if (device.endless_formats) {
        description.pixelformat = V4L2_PIX_FMT_H264;
        return 0;
      }
      if (description.index >= device.formats.size()) return -EINVAL;
      description.pixelformat = device.formats[description.index];
      return 0;
    }
    case VIDIOC_S_FMT: {
      auto& pix = static_cast<v4l2_format*>(argument)->fmt.pix;
      if (device.width != 0) pix.width = device.width;
      if (device.height != 0) pix.height = device.height;
      if (device.format != 0) pix.pixelformat = device.format;
      pix.bytesperline = device.row_bytes;
      return 0;
    }
    case VIDIOC_S_PARM:
      return 0;
    case VIDIOC_REQBUFS: {
      auto& buffers = *static_cast<v4l2_requestbuffers*>(argument);
      buffers.count = device.buffers;
      kernel_.memory_.assign(device.buffers, Bytes(device.buffer_bytes));
      kernel_.queued_.assign(device.buffers, false);
      return 0;
    }
    case VIDIOC_QUERYBUF: {
      auto& buffer = *static_cast<v4l2_buffer*>(argument);
      buffer.length = device.buffer_bytes;
      buffer.m.offset = static_cast<std::uint32_t>(buffer.index * kOffsetStep);
      return 0;
    }
    case VIDIOC_QBUF: {
      const auto index = static_cast<v4l2_buffer*>(argument)->index;
      if (index >= kernel_.queued_.size()) return -EINVAL;
      if (kernel_.queued_[index]) kernel_.wrongs.push_back("gave a buffer twice");
      kernel_.queued_[index] = true;
      return 0;
    }
    case VIDIOC_DQBUF:
      return fetch(*static_cast<v4l2_buffer*>(argument));
    case VIDIOC_STREAMON:
      kernel_.streaming = true;
      return 0;
    case VIDIOC_STREAMOFF:
      kernel_.streaming = false;
      return 0;
    default:
      return -ENOTTY;
  }
}

int FakeIo::fetch(v4l2_buffer& buffer) {
  if (kernel_.frames.empty()) return -EAGAIN;
  const auto free = std::find(kernel_.queued_.begin(), kernel_.queued_.end(), true);
  if (free == kernel_.queued_.end()) return -EAGAIN;
  const FakeKernel::Frame frame = kernel_.frames.front();
  kernel_.frames.pop_front();
  *free = false;
  buffer.index = static_cast<std::uint32_t>(free - kernel_.queued_.begin());
  Bytes& memory = kernel_.memory_[buffer.index];
  std::copy_n(frame.bytes.begin(), std::min(frame.bytes.size(), memory.size()), memory.begin());
  buffer.bytesused = static_cast<std::uint32_t>(
      frame.claims_bytes >= 0 ? frame.claims_bytes : static_cast<std::int64_t>(frame.bytes.size()));
  buffer.flags = frame.flags;
  if (frame.claims_index >= 0) buffer.index = static_cast<std::uint32_t>(frame.claims_index);
  return 0;
}

std::span<unsigned char> FakeIo::map(int fd, std::size_t bytes, std::size_t offset) {
  if (kernel_.map_fails || fd != kFd) return {};
  Bytes& memory = kernel_.memory_.at(offset / kOffsetStep);
  if (bytes != memory.size()) kernel_.wrongs.push_back("mapped another size");
  ++kernel_.mapped;
  return memory;
}

void FakeIo::unmap(std::span<unsigned char> memory) {
  --kernel_.mapped;
  kernel_.wiped = kernel_.wiped && std::all_of(memory.begin(), memory.end(), [](unsigned char b) { return b == 0; });
}

int FakeIo::wait(int fd, int timeout_ms) {
  if (fd != kFd || timeout_ms < 0) kernel_.wrongs.push_back("waited for nothing");
  if (kernel_.wait_error != 0) return -kernel_.wait_error;
  return kernel_.frames.empty() && !kernel_.wakes_for_nothing ? 0 : 1;
}

}  // namespace mimika::device::test
