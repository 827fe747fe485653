// A camera's frame as pixels, or an error: frames are hostile input as much as what comes over a wire.
#pragma once

#include "kiosk/device/camera_source.h"
#include "kiosk/device/jpeg_codec.h"

namespace mimika::device {

class FrameDecoder {
 public:
  // Fitted into the box without being enlarged. kCorrupt for a frame that is cut or no picture, kTooLarge beyond
  // limits::kPictureSide.
  [[nodiscard]] Result<Image> rgba(const FrameView& frame, PixelSize box);
  [[nodiscard]] Result<GreyImage> grey(const FrameView& frame, PixelSize box);

 private:
  JpegDecoder jpeg_;
};

}  // namespace mimika::device
