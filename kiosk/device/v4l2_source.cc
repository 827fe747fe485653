#include "kiosk/device/v4l2_source.h"

#include <linux/videodev2.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "kiosk/base/limits.h"
#include "kiosk/base/log.h"
#include "kiosk/base/wipe.h"

namespace mimika::device {
namespace {

constexpr unsigned kFormatsLookedAt = 64;  // a driver that never says "no more" is not listened to for ever
constexpr unsigned kStaleFrames = 16;      // the same of one that always has another

// A call that failed, as what it means for the whole.
SourceFault fault_of(int error) {
  switch (-error) {
    case EBUSY:
      return SourceFault::kInUse;
    case ENODEV:
    case ENXIO:
    case ENOENT:
      return SourceFault::kGone;
    default:
      return SourceFault::kUnusable;
  }
}

// Before a camera is open there is none that could be gone.
SourceFault opening_fault(SourceFault fault) {
  return fault == SourceFault::kGone ? SourceFault::kNotFound : fault;
}

// Nobody else can have taken what we hold.
SourceFault running_fault(int error) {
  return fault_of(error) == SourceFault::kGone ? SourceFault::kGone : SourceFault::kUnusable;
}

v4l2_buffer empty_buffer() {
  v4l2_buffer buffer{};
  buffer.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
  buffer.memory = V4L2_MEMORY_MMAP;
  return buffer;
}

}  // namespace

std::expected<void, SourceFault> V4l2Source::open() {
  close();
  SourceFault worst = SourceFault::kNotFound;
  for (const std::string& path : io_->devices()) {
    const auto opened = open_device(path);
    if (opened) {
      log_info("camera", "{}: {} x {}, {}", path, size_.width, size_.height,
               format_ == FrameFormat::kMjpeg ? "MJPEG" : "YUYV");
      return {};
    }
    close();
    // One that would do, were it free, is what a person can do most about.
    const SourceFault fault = opening_fault(opened.error());
    if (fault == SourceFault::kInUse || worst == SourceFault::kNotFound) worst = fault;
  }
  return std::unexpected(worst);
}

std::expected<void, SourceFault> V4l2Source::open_device(const std::string& path) {
  fd_ = io_->open(path);
  if (fd_ < 0) {
    const int error = std::exchange(fd_, -1);
    if (-error != EACCES && -error != EPERM) return std::unexpected(fault_of(error));
    if (!std::exchange(told_of_permission_, true)) {
      log_warning("camera", "{}: no permission (is the kiosk's user in the group video?)", path);
    }
    return std::unexpected(SourceFault::kNotFound);
  }
  TRY(check_is_camera());
  TRY(agree_on_format());
  ask_for_rate();
  return share_buffers();
}

// Cameras come with a second device, for metadata, and encoders and tuners have devices as well: no camera, no fault.
std::expected<void, SourceFault> V4l2Source::check_is_camera() {
  v4l2_capability capability{};
  if (const int error = io_->control(fd_, VIDIOC_QUERYCAP, &capability); error < 0) {
    return std::unexpected(-error == ENOTTY || -error == EINVAL ? SourceFault::kNotFound : fault_of(error));
  }
  const bool per_device = (capability.capabilities & V4L2_CAP_DEVICE_CAPS) != 0;
  const auto can = per_device ? capability.device_caps : capability.capabilities;
  if ((can & V4L2_CAP_VIDEO_CAPTURE) == 0 || (can & V4L2_CAP_STREAMING) == 0) {
    return std::unexpected(SourceFault::kNotFound);
  }
  return {};
}

bool V4l2Source::offers(unsigned format) {
  for (unsigned index = 0; index < kFormatsLookedAt; ++index) {
    v4l2_fmtdesc description{};
    description.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    description.index = index;
    if (io_->control(fd_, VIDIOC_ENUM_FMT, &description) < 0) return false;
    if (description.pixelformat == format) return true;
  }
  return false;
}

// MJPEG first: at this size USB 2 carries but ten frames a second of YUYV.
std::expected<void, SourceFault> V4l2Source::agree_on_format() {
  SourceFault fault = SourceFault::kUnusable;
  for (const auto& [code, format] :
       {std::pair{V4L2_PIX_FMT_MJPEG, FrameFormat::kMjpeg}, std::pair{V4L2_PIX_FMT_JPEG, FrameFormat::kMjpeg},
        std::pair{V4L2_PIX_FMT_YUYV, FrameFormat::kYuyv}}) {
    if (!offers(code)) continue;
    v4l2_format wanted{};
    wanted.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    wanted.fmt.pix.width = static_cast<unsigned>(kWanted.width);
    wanted.fmt.pix.height = static_cast<unsigned>(kWanted.height);
    wanted.fmt.pix.pixelformat = code;
    wanted.fmt.pix.field = V4L2_FIELD_ANY;
    if (const int error = io_->control(fd_, VIDIOC_S_FMT, &wanted); error < 0) {
      fault = fault_of(error);
      continue;
    }
    // The driver answers with what it will do, which may be something else altogether.
    const v4l2_pix_format& agreed = wanted.fmt.pix;
    const unsigned most = static_cast<unsigned>(limits::kPictureSide);
    const bool sensible = agreed.width > 0 && agreed.height > 0 && agreed.width <= most && agreed.height <= most &&
                          agreed.bytesperline <= limits::kCameraFrameBytes;
    if (agreed.pixelformat != code || !sensible) continue;
    format_ = format;
    size_ = {.width = static_cast<int>(agreed.width), .height = static_cast<int>(agreed.height)};
    row_bytes_ = static_cast<int>(agreed.bytesperline);
    // Some drivers leave it out, which means "no padding".
    if (row_bytes_ == 0 && format == FrameFormat::kYuyv) row_bytes_ = size_.width * 2;
    return {};
  }
  return std::unexpected(fault);
}

// A wish: a camera that cannot do it runs at its own rate.
void V4l2Source::ask_for_rate() {
  v4l2_streamparm parameters{};
  parameters.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
  parameters.parm.capture.timeperframe = {.numerator = 1, .denominator = kFramesPerSecond};
  static_cast<void>(io_->control(fd_, VIDIOC_S_PARM, &parameters));
}

std::expected<void, SourceFault> V4l2Source::share_buffers() {
  v4l2_requestbuffers request{};
  request.count = kBuffers;
  request.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
  request.memory = V4L2_MEMORY_MMAP;
  if (const int error = io_->control(fd_, VIDIOC_REQBUFS, &request); error < 0) {
    return std::unexpected(fault_of(error));
  }
  if (request.count == 0) return std::unexpected(SourceFault::kUnusable);
  for (unsigned index = 0; index < std::min(request.count, 2 * kBuffers); ++index) {
    v4l2_buffer buffer = empty_buffer();
    buffer.index = index;
    if (const int error = io_->control(fd_, VIDIOC_QUERYBUF, &buffer); error < 0) {
      return std::unexpected(fault_of(error));
    }
    if (buffer.length == 0 || buffer.length > 2 * limits::kCameraFrameBytes) {
      return std::unexpected(SourceFault::kUnusable);
    }
    const std::span<unsigned char> memory = io_->map(fd_, buffer.length, buffer.m.offset);
    if (memory.empty()) return std::unexpected(SourceFault::kUnusable);
    buffers_.push_back(memory);
    if (const int error = io_->control(fd_, VIDIOC_QBUF, &buffer); error < 0) return std::unexpected(fault_of(error));
  }
  int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
  if (const int error = io_->control(fd_, VIDIOC_STREAMON, &type); error < 0) return std::unexpected(fault_of(error));
  streaming_ = true;
  return {};
}

std::expected<void, SourceFault> V4l2Source::give_back() {
  if (!lent_) return {};
  v4l2_buffer buffer = empty_buffer();
  buffer.index = *std::exchange(lent_, std::nullopt);
  if (const int error = io_->control(fd_, VIDIOC_QBUF, &buffer); error < 0)
    return std::unexpected(running_fault(error));
  return {};
}

std::expected<std::optional<V4l2Source::Fetched>, SourceFault> V4l2Source::fetch() {
  v4l2_buffer buffer = empty_buffer();
  if (const int error = io_->control(fd_, VIDIOC_DQBUF, &buffer); error < 0) {
    // EIO: the transfer of this frame failed, the device is still there (it says ENODEV otherwise).
    if (-error == EAGAIN || -error == EIO) return std::nullopt;
    return std::unexpected(running_fault(error));
  }
  if (buffer.index >= buffers_.size()) return std::unexpected(SourceFault::kUnusable);
  const bool broken = (buffer.flags & V4L2_BUF_FLAG_ERROR) != 0 || buffer.bytesused > buffers_[buffer.index].size();
  return Fetched{.buffer = buffer.index, .bytes = broken ? 0 : buffer.bytesused};
}

std::expected<FrameView, SourceFault> V4l2Source::next_frame(int timeout_ms) {
  if (!streaming_) return std::unexpected(SourceFault::kGone);
  TRY(give_back());
  const int ready = io_->wait(fd_, timeout_ms);
  if (ready < 0) return std::unexpected(running_fault(ready));
  if (ready == 0) {
    // Not every driver wakes those who wait when its device is pulled out.
    v4l2_capability capability{};
    const int error = io_->control(fd_, VIDIOC_QUERYCAP, &capability);
    return std::unexpected(error < 0 ? running_fault(error) : SourceFault::kNothing);
  }
  std::optional<Fetched> newest;
  for (unsigned i = 0; i < kStaleFrames; ++i) {
    TRY_ASSIGN(const std::optional<Fetched> fetched, fetch());
    if (!fetched) break;
    TRY(give_back());  // an older one that nobody saw
    newest = fetched;
    lent_ = fetched->buffer;
  }
  if (!newest) return std::unexpected(SourceFault::kNothing);
  return FrameView{.format = format_,
                   .size = size_,
                   .row_bytes = row_bytes_,
                   .bytes = ByteView(buffers_[newest->buffer]).first(newest->bytes)};
}

// Also after a failure in the middle of opening, and after the device is gone: every call may fail, none is checked.
void V4l2Source::close() {
  if (streaming_) {
    int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    static_cast<void>(io_->control(fd_, VIDIOC_STREAMOFF, &type));
    streaming_ = false;
  }
  for (const std::span<unsigned char> memory : buffers_) {
    overwrite_memory(memory.data(), memory.size());
    io_->unmap(memory);
  }
  buffers_.clear();
  lent_.reset();
  if (fd_ >= 0) io_->close(std::exchange(fd_, -1));
}

}  // namespace mimika::device
