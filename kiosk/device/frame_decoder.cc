#include "kiosk/device/frame_decoder.h"

#include <algorithm>

#include "kiosk/base/limits.h"

namespace mimika::device {
namespace {

constexpr std::size_t kYuyvPixelBytes = 2;
constexpr std::size_t kYuyvPairBytes = 4;

Status check_yuyv(const FrameView& frame) {
  if (frame.size.width < 2 || frame.size.height < 1) return fail(ErrorCode::kCorrupt, "a frame without pixels");
  if (frame.size.width > limits::kPictureSide || frame.size.height > limits::kPictureSide) {
    return fail(ErrorCode::kTooLarge, "a frame of too many pixels");
  }
  const auto row = static_cast<std::size_t>(frame.size.width) * kYuyvPixelBytes;
  if (frame.row_bytes < 0 || static_cast<std::size_t>(frame.row_bytes) < row) {
    return fail(ErrorCode::kCorrupt, "a frame whose rows overlap");
  }
  // The last row needs no padding behind it.
  const std::size_t needed =
      static_cast<std::size_t>(frame.row_bytes) * (static_cast<std::size_t>(frame.size.height) - 1) + row;
  if (frame.bytes.size() < needed) return fail(ErrorCode::kCorrupt, "a frame that is cut");
  return {};
}

std::uint8_t to_byte(int value) {
  return static_cast<std::uint8_t>(std::clamp(value, 0, 255));
}

// BT.601, studio range, in 1/256: what UVC cameras mean by YUYV unless they say otherwise.
void put_pixel(std::uint8_t* out, int y, int u, int v) {
  const int c = 298 * (y - 16) + 128;
  const int d = u - 128;
  const int e = v - 128;
  out[0] = to_byte((c + 409 * e) / 256);
  out[1] = to_byte((c - 100 * d - 208 * e) / 256);
  out[2] = to_byte((c + 516 * d) / 256);
  out[3] = 255;
}

// An odd last column has no partner and is left out.
PixelSize even_size(const FrameView& frame) {
  return {.width = frame.size.width / 2 * 2, .height = frame.size.height};
}

Image yuyv_to_rgba(const FrameView& frame) {
  Image image = make_image(even_size(frame));
  std::uint8_t* out = image.rgba.data();
  for (int y = 0; y < image.size.height; ++y) {
    const std::uint8_t* in =
        frame.bytes.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(frame.row_bytes);
    for (int x = 0; x < image.size.width; x += 2, in += kYuyvPairBytes, out += 8) {
      put_pixel(out, in[0], in[1], in[3]);
      put_pixel(out + 4, in[2], in[1], in[3]);
    }
  }
  return image;
}

GreyImage yuyv_to_grey(const FrameView& frame) {
  GreyImage image = make_grey_image(even_size(frame));
  std::uint8_t* out = image.luma.data();
  for (int y = 0; y < image.size.height; ++y) {
    const std::uint8_t* in =
        frame.bytes.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(frame.row_bytes);
    for (int x = 0; x < image.size.width; ++x, in += kYuyvPixelBytes) *out++ = *in;
  }
  return image;
}

template <typename Picture>
Picture fitted(Picture picture, PixelSize box) {
  const PixelSize wanted = fit_inside(picture.size, box);
  return wanted == picture.size ? std::move(picture) : scaled_down(picture, wanted);
}

}  // namespace

Result<Image> FrameDecoder::rgba(const FrameView& frame, PixelSize box) {
  if (frame.format == FrameFormat::kMjpeg) return jpeg_.rgba(frame.bytes, box, JpegOrigin::kCamera);
  TRY(check_yuyv(frame));
  return fitted(yuyv_to_rgba(frame), box);
}

Result<GreyImage> FrameDecoder::grey(const FrameView& frame, PixelSize box) {
  if (frame.format == FrameFormat::kMjpeg) return jpeg_.grey(frame.bytes, box, JpegOrigin::kCamera);
  TRY(check_yuyv(frame));
  return fitted(yuyv_to_grey(frame), box);
}

}  // namespace mimika::device
