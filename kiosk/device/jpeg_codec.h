// JPEG in and out of pixels. What is decoded comes from a camera or a disk and may be anything: a picture or an error,
// never more memory than limits::kPictureSide allows. Encoded pictures carry pixels and nothing else: no time, no
// place, no camera's name. A codec belongs to one thread at a time.
#pragma once

#include <memory>

#include "kiosk/base/result.h"
#include "kiosk/device/image.h"

namespace mimika::device {

// Cameras fill up between the parts of a picture, which harms nothing. A file of our own has no such bytes.
enum class JpegOrigin { kCamera, kOwn };

class JpegDecoder {
 public:
  JpegDecoder();
  ~JpegDecoder();
  JpegDecoder(JpegDecoder&&) noexcept;
  JpegDecoder& operator=(JpegDecoder&&) noexcept;

  // The picture, fitted into the box without being enlarged. kCorrupt for what is cut or no picture, kTooLarge beyond
  // limits::kPictureSide.
  [[nodiscard]] Result<Image> rgba(ByteView jpeg, PixelSize box, JpegOrigin origin);
  [[nodiscard]] Result<GreyImage> grey(ByteView jpeg, PixelSize box, JpegOrigin origin);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Quality 1 to 100.
[[nodiscard]] Result<WipedBytes> encode_jpeg(const Image& picture, int quality);

}  // namespace mimika::device
