// A picture file in place of a camera, for demonstrations and tests: what is held before it can be exchanged while the
// program runs, since the file is read whenever the camera is switched on.
#pragma once

#include <optional>
#include <string>

#include "kiosk/base/result.h"
#include "kiosk/device/recorded_camera.h"

namespace mimika {

class PictureCamera final : public device::CameraSource {
 public:
  explicit PictureCamera(std::string file) : file_(std::move(file)) {}
  ~PictureCamera() override { close(); }
  // Whether the file can be shown; ui::read_png() has the reasons.
  [[nodiscard]] static Status check(const std::string& file);

  // kNotFound without a file, kUnusable for one that cannot be shown; the log says why.
  [[nodiscard]] std::expected<void, device::SourceFault> open() override;
  [[nodiscard]] std::expected<device::FrameView, device::SourceFault> next_frame(int timeout_ms) override;
  void close() override;

 private:
  std::string file_;
  // Only while it is open: what it showed must not stay behind.
  std::optional<device::RecordedScene> scene_;
  std::optional<device::RecordedCamera> camera_;
};

}  // namespace mimika
