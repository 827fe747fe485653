// A picture as it is kept and sent: a JPEG that fits the limits, and a preview that goes ahead of it over a slow link.
#pragma once

#include "kiosk/base/result.h"
#include "kiosk/device/image.h"

namespace mimika::device {

struct Photo {
  PixelSize size;
  WipedBytes jpeg;     // at most limits::kPhotoBytes, its long side at most limits::kPhotoLongSide
  WipedBytes preview;  // at most limits::kPreviewBytes
};

// Takes quality away before pixels. kInvalidInput for a picture without pixels; kTooLarge when nothing makes it small
// enough, which not even noise reaches.
[[nodiscard]] Result<Photo> make_photo(const Image& picture);

// A photo or preview for the screen, fitted into the box. kCorrupt when it is not whole.
[[nodiscard]] Result<Image> decode_photo(ByteView jpeg, PixelSize box);

}  // namespace mimika::device
