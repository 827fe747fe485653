#include "tests/fuzz/camera_targets.h"

#include "kiosk/base/check.h"
#include "kiosk/base/limits.h"
#include "kiosk/device/frame_decoder.h"
#include "kiosk/device/photo.h"
#include "kiosk/device/recorded_camera.h"

namespace mimika::fuzz {
namespace {

using device::FrameFormat;
using device::FrameView;

// Small, so that most of the time goes into reading frames and not into filling pixels.
constexpr device::PixelSize kBox{.width = 160, .height = 120};
constexpr int kSeedQuality = 50;

FrameView frame_of(ByteView input) {
  ByteReader reader(input);
  const std::uint8_t kind = reader.u8().value_or(0);
  if (kind % 2 == 0) return {.format = FrameFormat::kMjpeg, .size = kBox, .row_bytes = 0, .bytes = reader.rest()};
  const int width = reader.u16().value_or(0);
  const int height = reader.u16().value_or(0);
  const int row_bytes = reader.u16().value_or(0);
  return {.format = FrameFormat::kYuyv,
          .size = {.width = width, .height = height},
          .row_bytes = row_bytes,
          .bytes = reader.rest()};
}

}  // namespace

void run_camera_frame(ByteView input) {
  const FrameView frame = frame_of(input);
  device::FrameDecoder decoder;
  static_cast<void>(decoder.grey(frame, kBox));
  static_cast<void>(device::decode_photo(frame.bytes, kBox));
  const auto picture = decoder.rgba(frame, kBox);
  if (!picture) return;
  const auto photo = device::make_photo(*picture);
  CHECK(photo.has_value());
  CHECK(photo->jpeg.size() <= limits::kPhotoBytes && photo->preview.size() <= limits::kPreviewBytes);
  CHECK(device::decode_photo(photo->jpeg.view(), kBox)->size == picture->size);
}

std::vector<Bytes> seeds_of_camera_frame() {
  const auto jpeg = device::encode_jpeg(device::draw_sample_picture({.width = 32, .height = 24}), kSeedQuality).value();
  Bytes mjpeg = {0};
  append(mjpeg, jpeg.view());
  Bytes yuyv = {1};
  append_u16(yuyv, 8);
  append_u16(yuyv, 6);
  append_u16(yuyv, 20);
  yuyv.resize(yuyv.size() + std::size_t{20} * 6, 120);
  return {mjpeg, yuyv};
}

}  // namespace mimika::fuzz
