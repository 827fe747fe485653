#include "kiosk/app/picture_camera.h"

#include <utility>

#include "kiosk/base/log.h"
#include "ui/platform/png.h"

namespace mimika {
namespace {

constexpr int kFrameMs = 66;

}  // namespace

Status PictureCamera::check(const std::string& file) {
  TRY(ui::read_png(file));
  return {};
}

std::expected<void, device::SourceFault> PictureCamera::open() {
  close();
  auto picture = ui::read_png(file_);
  if (!picture) {
    log_warning("camera", "no picture to show: {}", picture.error().message);
    const bool missing = picture.error().code == ErrorCode::kNotFound;
    return std::unexpected(missing ? device::SourceFault::kNotFound : device::SourceFault::kUnusable);
  }
  scene_.emplace(device::FrameFormat::kMjpeg, kFrameMs);
  scene_->show({.size = {.width = picture->width, .height = picture->height},
                .rgba = device::WipedBytes(std::move(picture->rgba))});
  camera_.emplace(*scene_);
  return camera_->open();
}

std::expected<device::FrameView, device::SourceFault> PictureCamera::next_frame(int timeout_ms) {
  if (!camera_) return std::unexpected(device::SourceFault::kGone);
  return camera_->next_frame(timeout_ms);
}

void PictureCamera::close() {
  camera_.reset();
  scene_.reset();
}

}  // namespace mimika
