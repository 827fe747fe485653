#include "kiosk/device/photo.h"

#include <array>

#include "kiosk/base/limits.h"
#include "kiosk/device/jpeg_codec.h"

namespace mimika::device {
namespace {

// A page full of small letters was read more easily with many pixels of quality 25 than with fewer of 45, in as many
// bytes; below 25 the squares that JPEG works in begin to break the strokes.
constexpr std::array kQualities = {85, 70, 55, 45, 35, 25};
constexpr double kSmaller = 0.8;  // a side, which takes away a third of the pixels
constexpr int kSmallestSide = 64;

struct Fitted {
  PixelSize size;
  WipedBytes jpeg;
};

Result<Fitted> encode_within(const Image& picture, int long_side, std::size_t most_bytes) {
  for (; long_side >= kSmallestSide; long_side = static_cast<int>(long_side * kSmaller)) {
    const PixelSize size = fit_inside(picture.size, {.width = long_side, .height = long_side});
    const bool as_is = size == picture.size;
    const Image smaller = as_is ? Image{} : scaled_down(picture, size);
    for (const int quality : kQualities) {
      TRY_ASSIGN(WipedBytes jpeg, encode_jpeg(as_is ? picture : smaller, quality));
      if (jpeg.size() <= most_bytes) return Fitted{.size = size, .jpeg = std::move(jpeg)};
    }
  }
  return fail(ErrorCode::kTooLarge, "a picture that no quality makes small enough");
}

}  // namespace

Result<Photo> make_photo(const Image& picture) {
  if (picture.size.empty()) return fail(ErrorCode::kInvalidInput, "a picture without pixels");
  TRY_ASSIGN(Fitted photo, encode_within(picture, limits::kPhotoLongSide, limits::kPhotoBytes));
  TRY_ASSIGN(Fitted preview, encode_within(picture, limits::kPreviewLongSide, limits::kPreviewBytes));
  return Photo{.size = photo.size, .jpeg = std::move(photo.jpeg), .preview = std::move(preview.jpeg)};
}

Result<Image> decode_photo(ByteView jpeg, PixelSize box) {
  return JpegDecoder().rgba(jpeg, box, JpegOrigin::kOwn);
}

}  // namespace mimika::device
