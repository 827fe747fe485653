// A camera of this machine, through Video4Linux 2: MJPEG or YUYV, in buffers shared with the kernel. Takes the first
// device that can do it. Knows nothing of pictures.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "kiosk/device/camera_source.h"
#include "kiosk/device/v4l2_io.h"

namespace mimika::device {

class V4l2Source final : public CameraSource {
 public:
  // What is asked for; a camera may give another size.
  static constexpr PixelSize kWanted{.width = 1280, .height = 720};
  static constexpr unsigned kFramesPerSecond = 15;  // longer exposures than at 30: offices are dim
  static constexpr unsigned kBuffers = 4;

  explicit V4l2Source(std::unique_ptr<V4l2Io> io) : io_(std::move(io)) {}
  ~V4l2Source() override { close(); }

  [[nodiscard]] std::expected<void, SourceFault> open() override;
  [[nodiscard]] std::expected<FrameView, SourceFault> next_frame(int timeout_ms) override;
  void close() override;

 private:
  [[nodiscard]] std::expected<void, SourceFault> open_device(const std::string& path);
  [[nodiscard]] std::expected<void, SourceFault> agree_on_format();
  [[nodiscard]] std::expected<void, SourceFault> share_buffers();
  [[nodiscard]] std::expected<void, SourceFault> check_is_camera();
  [[nodiscard]] bool offers(unsigned format);
  void ask_for_rate();
  [[nodiscard]] std::expected<void, SourceFault> give_back();
  struct Fetched {
    unsigned buffer = 0;
    std::size_t bytes = 0;
  };
  // Nothing when there is none at the moment.
  [[nodiscard]] std::expected<std::optional<Fetched>, SourceFault> fetch();

  std::unique_ptr<V4l2Io> io_;
  int fd_ = -1;
  bool streaming_ = false;
  bool told_of_permission_ = false;
  FrameFormat format_ = FrameFormat::kMjpeg;
  PixelSize size_;
  int row_bytes_ = 0;
  std::vector<std::span<unsigned char>> buffers_;
  std::optional<unsigned> lent_;  // the buffer that the last frame stands in
};

}  // namespace mimika::device
