// Finds a QR code in a picture. What it says is whatever somebody printed: text to be judged, never an instruction.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "kiosk/device/image.h"

namespace mimika::device {

// Of one thread.
class QrReader {
 public:
  // Pictures should be given in at most this size: a receipt's code that is a fifth as high as the frame is still
  // read, in half of the time that 1280 × 720 take (docs/camera.md).
  static constexpr PixelSize kPictureBox{.width = 960, .height = 540};

  QrReader();
  ~QrReader();
  QrReader(const QrReader&) = delete;
  QrReader& operator=(const QrReader&) = delete;

  // The first code's text, not empty, any bytes, cut at limits::kCodeBytes (longer ones are nobody's receipt); nothing
  // when there is none.
  [[nodiscard]] std::optional<std::string> read(const GreyImage& picture);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace mimika::device
