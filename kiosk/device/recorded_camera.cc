#include "kiosk/device/recorded_camera.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>

#include "kiosk/base/check.h"
#include "kiosk/device/jpeg_codec.h"

namespace mimika::device {
namespace {

constexpr int kRecordedQuality = 88;
constexpr std::size_t kJpegStart = 2;  // of a JPEG before its first segment
constexpr std::array<std::uint8_t, 2> kFrameHeader = {0xFF, 0xC0};

struct Colour {
  int r, g, b;
};

void put(Image& image, int x, int y, Colour colour) {
  std::uint8_t* pixel =
      image.rgba.data() +
      (static_cast<std::size_t>(y) * static_cast<std::size_t>(image.size.width) + static_cast<std::size_t>(x)) * 4;
  pixel[0] = static_cast<std::uint8_t>(colour.r);
  pixel[1] = static_cast<std::uint8_t>(colour.g);
  pixel[2] = static_cast<std::uint8_t>(colour.b);
  pixel[3] = 255;
}

std::uint8_t studio(int value) {
  return static_cast<std::uint8_t>(std::clamp(value, 16, 240));
}

// BT.601, studio range, as the decoder reads it; two pixels share their colour.
Bytes to_yuyv(const Image& picture) {
  Bytes out;
  const auto width = static_cast<std::size_t>(picture.size.width) / 2 * 2;
  out.reserve(width * static_cast<std::size_t>(picture.size.height) * 2);
  const std::uint8_t* row = picture.rgba.data();
  for (int y = 0; y < picture.size.height; ++y, row += static_cast<std::size_t>(picture.size.width) * 4) {
    for (std::size_t x = 0; x < width; x += 2) {
      const std::uint8_t* p = row + x * 4;
      const auto luma = [](const std::uint8_t* q) { return studio(((66 * q[0] + 129 * q[1] + 25 * q[2]) >> 8) + 16); };
      const int r = (p[0] + p[4]) / 2;
      const int g = (p[1] + p[5]) / 2;
      const int b = (p[2] + p[6]) / 2;
      out.push_back(luma(p));
      out.push_back(studio((-38 * r - 74 * g + 112 * b) / 256 + 128));
      out.push_back(luma(p + 4));
      out.push_back(studio((112 * r - 94 * g - 18 * b) / 256 + 128));
    }
  }
  return out;
}

Bytes in_format(const Image& picture, FrameFormat format) {
  if (format == FrameFormat::kYuyv) return to_yuyv(picture);
  const auto jpeg = encode_jpeg(picture, kRecordedQuality);
  CHECK(jpeg.has_value());
  return {jpeg->view().begin(), jpeg->view().end()};
}

Image black_picture(PixelSize size) {
  Image image = make_image(size);
  for (std::size_t i = 3; i < image.rgba.size(); i += 4) image.rgba.data()[i] = 255;
  return image;
}

// A sensor's noise, for which no two frames are the same, without drawing the picture again: a comment that counts, or
// the last bit of a pixel.
void add_noise(Bytes& frame, FrameFormat format, std::uint32_t count) {
  if (format == FrameFormat::kYuyv) {
    frame[(count % 64) * 4 % frame.size()] ^= 1U;
    return;
  }
  Bytes comment = {0xFF, 0xFE, 0, 6};
  append_u32(comment, count);
  frame.insert(frame.begin() + kJpegStart, comment.begin(), comment.end());
}

}  // namespace

void RecordedScene::show(const Image& picture) {
  Bytes bytes = in_format(picture, format_);
  Bytes black = in_format(black_picture(picture.size), format_);
  const std::lock_guard lock(mutex_);
  picture_ = std::move(bytes);
  black_ = std::move(black);
  size_ = {.width = format_ == FrameFormat::kYuyv ? picture.size.width / 2 * 2 : picture.size.width,
           .height = picture.size.height};
}

void RecordedScene::plug_in() {
  const std::lock_guard lock(mutex_);
  plugged_ = true;
}

void RecordedScene::unplug() {
  {
    const std::lock_guard lock(mutex_);
    plugged_ = false;
  }
  changed_.notify_all();
}

void RecordedScene::have(RecordedTrouble trouble) {
  const std::lock_guard lock(mutex_);
  trouble_ = trouble;
}

bool RecordedScene::lit() const {
  const std::lock_guard lock(mutex_);
  return lit_;
}

int RecordedScene::openings() const {
  const std::lock_guard lock(mutex_);
  return openings_;
}

Bytes RecordedScene::next_bytes() {
  ++frames_;
  Bytes frame = trouble_ == RecordedTrouble::kBlack ? black_ : picture_;
  if (trouble_ != RecordedTrouble::kStill) add_noise(frame, format_, frames_);
  switch (trouble_) {
    case RecordedTrouble::kCut:
      frame.resize(frame.size() / 2);
      break;
    case RecordedTrouble::kEmpty:
      frame.clear();
      break;
    case RecordedTrouble::kNoise:
      for (std::size_t i = 0; i < frame.size(); ++i) frame[i] = static_cast<std::uint8_t>(i * 151 + frames_);
      if (format_ == FrameFormat::kYuyv) frame.resize(frame.size() / 3);
      break;
    case RecordedTrouble::kWrongSize: {
      const auto at = std::search(frame.begin(), frame.end(), kFrameHeader.begin(), kFrameHeader.end());
      // Height and width stand five bytes behind the mark.
      if (format_ == FrameFormat::kMjpeg && frame.end() - at > 9) std::fill(at + 5, at + 9, std::uint8_t{0xFF});
      break;
    }
    default:
      break;
  }
  return frame;
}

std::expected<void, SourceFault> RecordedCamera::open() {
  const std::lock_guard lock(scene_.mutex_);
  if (!scene_.plugged_) return std::unexpected(SourceFault::kNotFound);
  if (scene_.trouble_ == RecordedTrouble::kInUse) return std::unexpected(SourceFault::kInUse);
  if (scene_.trouble_ == RecordedTrouble::kUnusable) return std::unexpected(SourceFault::kUnusable);
  CHECK(!scene_.picture_.empty());
  open_ = true;
  scene_.lit_ = true;
  ++scene_.openings_;
  return {};
}

std::expected<FrameView, SourceFault> RecordedCamera::next_frame(int timeout_ms) {
  std::unique_lock lock(scene_.mutex_);
  if (!open_) return std::unexpected(SourceFault::kGone);
  const bool silent = scene_.trouble_ == RecordedTrouble::kSilent;
  const int wait_ms = scene_.frame_ms_ == 0 ? 0 : silent ? timeout_ms : std::min(timeout_ms, scene_.frame_ms_);
  if (scene_.changed_.wait_for(lock, std::chrono::milliseconds(wait_ms), [&] { return !scene_.plugged_; })) {
    return std::unexpected(SourceFault::kGone);
  }
  if (silent) return std::unexpected(SourceFault::kNothing);
  const bool lies = scene_.trouble_ == RecordedTrouble::kWrongSize;
  frame_ = WipedBytes(scene_.next_bytes());
  const PixelSize size{.width = scene_.size_.width, .height = scene_.size_.height * (lies ? 2 : 1)};
  return FrameView{.format = scene_.format_, .size = size, .row_bytes = size.width * 2, .bytes = frame_.view()};
}

void RecordedCamera::close() {
  frame_ = {};
  if (!open_) return;
  open_ = false;
  const std::lock_guard lock(scene_.mutex_);
  scene_.lit_ = false;
}

Image draw_sample_picture(PixelSize size) {
  Image image = make_image(size);
  for (int y = 0; y < size.height; ++y) {
    const double down = static_cast<double>(y) / size.height;
    for (int x = 0; x < size.width; ++x) {
      const double along = static_cast<double>(x) / size.width;
      const double far_ridge = 0.42 - 0.16 * std::abs(std::sin(along * 7.0));
      const double near_ridge = 0.62 - 0.10 * std::abs(std::sin(along * 11.0 + 1.0));
      const double river = 0.5 + 0.08 * std::sin(down * 14.0);
      const double to_sun = std::hypot((along - 0.78) * size.width, (down - 0.18) * size.height) / size.height;
      const int shade = static_cast<int>(down * 60);
      Colour colour{.r = 168 + shade, .g = 204 + shade / 2, .b = 226};
      if (to_sun < 0.07) colour = {.r = 250, .g = 224, .b = 120};
      if (down > far_ridge) colour = {.r = 96 + shade, .g = 130 + shade, .b = 120 + shade};
      if (down > near_ridge) colour = {.r = 60 + shade, .g = 110 + shade / 2, .b = 60};
      if (down > near_ridge + 0.04 && std::abs(along - river) < 0.02 + 0.08 * (down - 0.5)) {
        colour = {.r = 110, .g = 150, .b = 180};
      }
      put(image, x, y, colour);
    }
  }
  return image;
}

}  // namespace mimika::device
