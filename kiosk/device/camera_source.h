// Where frames come from: a V4L2 device, or pictures of our own where there is no camera. Driven by one thread.
#pragma once

#include <expected>

#include "kiosk/base/bytes.h"
#include "kiosk/device/image.h"

namespace mimika::device {

enum class FrameFormat {
  kMjpeg,  // a JPEG; its own header says how large it is
  kYuyv,   // two bytes a pixel: Y0 U Y1 V
};

// Borrowed from the source until its next call. Nothing in it is checked: a driver may say anything.
struct FrameView {
  FrameFormat format = FrameFormat::kMjpeg;
  PixelSize size;     // as agreed with the device
  int row_bytes = 0;  // kYuyv: from one row to the next
  ByteView bytes;     // empty when the device says itself that the frame is broken
};

enum class SourceFault {
  kNotFound,  // no camera
  kInUse,     // another program has it
  kUnusable,  // a device that offers nothing we can use, or does not do what it says
  kGone,      // it was pulled out
  kNothing,   // no frame within the time; ask again
};

class CameraSource {
 public:
  virtual ~CameraSource() = default;
  // Takes the first usable camera and starts it: its light goes on. kNotFound, kInUse or kUnusable.
  [[nodiscard]] virtual std::expected<void, SourceFault> open() = 0;
  // The newest frame; waits for one. kGone, kUnusable or kNothing.
  [[nodiscard]] virtual std::expected<FrameView, SourceFault> next_frame(int timeout_ms) = 0;
  // Its light goes off, its frames are overwritten. Nothing happens when it is not open.
  virtual void close() = 0;
};

}  // namespace mimika::device
