#include "tests/device/pictures.h"

#include <qrencode.h>

#include <cmath>
#include <memory>
#include <numbers>

#include "kiosk/base/env.h"

namespace mimika::device::test {
namespace {

constexpr int kQuietModules = 4;
constexpr int kSamples = 3;  // a pixel's side, so that edges are grey as a lens makes them

void blur_once(GreyImage& image, int radius) {
  const GreyImage from = {.size = image.size,
                          .luma = WipedBytes(Bytes(image.luma.view().begin(), image.luma.view().end()))};
  for (int y = 0; y < image.size.height; ++y) {
    for (int x = 0; x < image.size.width; ++x) {
      int sum = 0;
      int count = 0;
      for (int v = std::max(0, y - radius); v <= std::min(image.size.height - 1, y + radius); ++v) {
        for (int u = std::max(0, x - radius); u <= std::min(image.size.width - 1, x + radius); ++u) {
          sum += from.luma.data()[v * image.size.width + u];
          ++count;
        }
      }
      image.luma.data()[y * image.size.width + x] = static_cast<std::uint8_t>(sum / count);
    }
  }
}

}  // namespace

std::vector<std::uint8_t> jpeg_markers(ByteView jpeg) {
  std::vector<std::uint8_t> markers;
  if (jpeg.size() < 4 || jpeg[0] != 0xFF || jpeg[1] != 0xD8) return {};
  for (std::size_t at = 2; at + 4 <= jpeg.size();) {
    if (jpeg[at] != 0xFF) return {};
    markers.push_back(jpeg[at + 1]);
    if (markers.back() == 0xDA) break;
    at += 2 + static_cast<std::size_t>(jpeg[at + 2] << 8 | jpeg[at + 3]);
  }
  if (jpeg[jpeg.size() - 2] == 0xFF && jpeg.back() == 0xD9) markers.push_back(0xD9);
  return markers;
}

Image one_colour(PixelSize size, int r, int g, int b) {
  Image image = make_image(size);
  for (std::size_t i = 0; i < image.rgba.size(); i += 4) {
    image.rgba.data()[i] = static_cast<std::uint8_t>(r);
    image.rgba.data()[i + 1] = static_cast<std::uint8_t>(g);
    image.rgba.data()[i + 2] = static_cast<std::uint8_t>(b);
    image.rgba.data()[i + 3] = 255;
  }
  return image;
}

Image noise(PixelSize size, std::uint64_t seed) {
  Image image = make_image(size);
  FakeEnv(0, seed).fill_random(image.rgba.span());
  for (std::size_t i = 3; i < image.rgba.size(); i += 4) image.rgba.data()[i] = 255;
  return image;
}

Image paper(PixelSize size) {
  Image image = one_colour(size, 244, 242, 236);
  FakeEnv env(0, 7);
  const auto below = [&](int limit) {
    return static_cast<int>(random_integer<std::uint32_t>(env) % static_cast<std::uint32_t>(limit));
  };
  for (int line = size.height / 10; line + 12 < size.height; line += 22) {
    for (int letter = size.width / 12; letter + 10 < size.width * 11 / 12; letter += 9) {
      if (below(6) == 0) continue;  // between two words
      for (int stroke = 0; stroke < 3; ++stroke) {
        const int x0 = letter + below(6);
        const int y0 = line + below(4);
        const bool upright = below(2) == 0;
        for (int i = 0; i < 7; ++i) {
          const int x = upright ? x0 : letter + i;
          const int y = upright ? line + i : y0;
          std::uint8_t* pixel = image.rgba.data() + (y * size.width + x) * 4;
          pixel[0] = pixel[1] = pixel[2] = 40;
        }
      }
    }
  }
  return image;
}

bool all_opaque(const Image& image) {
  for (std::size_t i = 3; i < image.rgba.size(); i += 4) {
    if (image.rgba.data()[i] != 255) return false;
  }
  return true;
}

double difference(const Image& a, const Image& b) {
  if (a.size != b.size) return 255;
  double sum = 0;
  for (std::size_t i = 0; i < a.rgba.size(); ++i) sum += std::abs(int{a.rgba.data()[i]} - int{b.rgba.data()[i]});
  return sum / static_cast<double>(a.rgba.size()) * 4 / 3;
}

GreyImage draw_code(const std::string& text, PixelSize size, const CodeLook& look) {
  const std::unique_ptr<QRcode, void (*)(QRcode*)> code(
      QRcode_encodeString(text.c_str(), 0, QR_ECLEVEL_Q, QR_MODE_8, 1), QRcode_free);
  GreyImage image = make_grey_image(size);
  const double angle = look.degrees * std::numbers::pi / 180;
  const double half = code->width / 2.0;
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      int sum = 0;
      for (int sample = 0; sample < kSamples * kSamples; ++sample) {
        const double dx = x + (sample % kSamples + 0.5) / kSamples - size.width / 2.0;
        const double dy = y + (sample / kSamples + 0.5) / kSamples - size.height / 2.0;
        const double u = (dx * std::cos(angle) + dy * std::sin(angle)) / look.module_px + half;
        const double v = (dy * std::cos(angle) - dx * std::sin(angle)) / look.module_px + half;
        const bool paper = u > -kQuietModules && v > -kQuietModules && u < code->width + kQuietModules &&
                           v < code->width + kQuietModules;
        const bool inside = u >= 0 && v >= 0 && u < code->width && v < code->width;
        const bool dark = inside && (code->data[static_cast<int>(v) * code->width + static_cast<int>(u)] & 1) != 0;
        sum += dark ? look.dark : paper ? look.light : (look.dark + look.light) / 2;
      }
      image.luma.data()[y * size.width + x] = static_cast<std::uint8_t>(sum / (kSamples * kSamples));
    }
  }
  if (look.blur_px > 0) {
    blur_once(image, look.blur_px);
    blur_once(image, look.blur_px);
  }
  return image;
}

Image in_colour(const GreyImage& grey) {
  Image image = make_image(grey.size);
  for (std::size_t i = 0; i < grey.luma.size(); ++i) {
    for (std::size_t c = 0; c < 3; ++c) image.rgba.data()[i * 4 + c] = grey.luma.data()[i];
    image.rgba.data()[i * 4 + 3] = 255;
  }
  return image;
}

}  // namespace mimika::device::test
