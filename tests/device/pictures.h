// Pictures for the tests, drawn here.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "kiosk/device/image.h"

namespace mimika::device::test {

// The markers of a JPEG's segments, in order, up to the end of the picture; empty when it is no JPEG.
[[nodiscard]] std::vector<std::uint8_t> jpeg_markers(ByteView jpeg);

[[nodiscard]] Image one_colour(PixelSize size, int r, int g, int b);
// The same for the same seed; nothing compresses worse.
[[nodiscard]] Image noise(PixelSize size, std::uint64_t seed);
// A page of small dark marks on white, as a paper before the camera.
[[nodiscard]] Image paper(PixelSize size);

[[nodiscard]] bool all_opaque(const Image& image);
// The mean difference of the channels, 0 to 255.
[[nodiscard]] double difference(const Image& a, const Image& b);

struct CodeLook {
  double module_px = 4;
  double degrees = 0;
  int dark = 20;
  int light = 235;
  int blur_px = 0;  // radius of a box, applied twice
};
// A QR code in the middle of a grey ground; damage level Q, as receipts are printed.
[[nodiscard]] GreyImage draw_code(const std::string& text, PixelSize size, const CodeLook& look);
[[nodiscard]] Image in_colour(const GreyImage& grey);

}  // namespace mimika::device::test
