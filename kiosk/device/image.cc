#include "kiosk/device/image.h"

#include <algorithm>
#include <cmath>

#include "kiosk/base/check.h"

namespace mimika::device {
namespace {

constexpr std::size_t kRgbaChannels = 4;
constexpr int kLumaStep = 8;

std::size_t pixels_of(PixelSize size) {
  CHECK(!size.empty());
  return static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height);
}

// The pixels of a line that one pixel of the shorter line covers, the first and the last of them in part.
struct Cover {
  std::size_t first = 0;
  std::vector<float> weights;  // together 1
};

std::vector<Cover> covers(int from, int to) {
  std::vector<Cover> all(static_cast<std::size_t>(to));
  const double ratio = static_cast<double>(from) / to;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const double begin = static_cast<double>(i) * ratio;
    const double end = std::min(begin + ratio, static_cast<double>(from));
    const auto first = static_cast<std::size_t>(begin);
    const auto last = std::min(static_cast<std::size_t>(std::ceil(end)), static_cast<std::size_t>(from));
    all[i].first = first;
    for (std::size_t at = first; at < last; ++at) {
      const double part = std::min(end, static_cast<double>(at) + 1) - std::max(begin, static_cast<double>(at));
      all[i].weights.push_back(static_cast<float>(part / (end - begin)));
    }
  }
  return all;
}

template <std::size_t kChannels>
void narrow_row(const std::uint8_t* row, const std::vector<Cover>& columns, std::span<float> out) {
  for (std::size_t x = 0; x < columns.size(); ++x) {
    float sums[kChannels] = {};
    const std::uint8_t* pixel = row + columns[x].first * kChannels;
    for (const float weight : columns[x].weights) {
      for (std::size_t c = 0; c < kChannels; ++c) sums[c] += weight * static_cast<float>(pixel[c]);
      pixel += kChannels;
    }
    for (std::size_t c = 0; c < kChannels; ++c) out[x * kChannels + c] = sums[c];
  }
}

template <std::size_t kChannels>
void scale(ByteView from, PixelSize from_size, std::span<std::uint8_t> to, PixelSize to_size) {
  CHECK(to_size.width <= from_size.width && to_size.height <= from_size.height);
  const std::vector<Cover> columns = covers(from_size.width, to_size.width);
  const std::vector<Cover> rows = covers(from_size.height, to_size.height);
  const std::size_t pitch = static_cast<std::size_t>(from_size.width) * kChannels;
  const std::size_t out_pitch = static_cast<std::size_t>(to_size.width) * kChannels;
  std::vector<float> narrowed(out_pitch);
  std::vector<float> sums(out_pitch);
  // A row that two rows of the result share is narrowed once.
  std::size_t narrowed_row = static_cast<std::size_t>(from_size.height);
  for (std::size_t y = 0; y < rows.size(); ++y) {
    std::fill(sums.begin(), sums.end(), 0.0F);
    for (std::size_t i = 0; i < rows[y].weights.size(); ++i) {
      if (const std::size_t row = rows[y].first + i; row != narrowed_row) {
        narrow_row<kChannels>(from.data() + row * pitch, columns, narrowed);
        narrowed_row = row;
      }
      const float weight = rows[y].weights[i];
      for (std::size_t x = 0; x < out_pitch; ++x) sums[x] += weight * narrowed[x];
    }
    std::uint8_t* out = to.data() + y * out_pitch;
    for (std::size_t x = 0; x < out_pitch; ++x) {
      out[x] = static_cast<std::uint8_t>(std::clamp(sums[x] + 0.5F, 0.0F, 255.0F));
    }
  }
  wipe(narrowed);
  wipe(sums);
}

template <std::size_t kChannels>
int mean(ByteView pixels, PixelSize size) {
  std::uint64_t sum = 0;
  std::uint64_t count = 0;
  for (int y = 0; y < size.height; y += kLumaStep) {
    for (int x = 0; x < size.width; x += kLumaStep) {
      const std::size_t at =
          (static_cast<std::size_t>(y) * static_cast<std::size_t>(size.width) + static_cast<std::size_t>(x)) *
          kChannels;
      if constexpr (kChannels == 1) {
        sum += pixels[at];
      } else {
        sum += (pixels[at] * 77U + pixels[at + 1] * 150U + pixels[at + 2] * 29U) >> 8U;
      }
      ++count;
    }
  }
  return count == 0 ? 0 : static_cast<int>(sum / count);
}

}  // namespace

void WipedBytes::shorten(std::size_t size) {
  if (size >= bytes_.size()) return;
  overwrite_memory(bytes_.data() + size, bytes_.size() - size);
  bytes_.resize(size);
}

Image make_image(PixelSize size) {
  return {.size = size, .rgba = WipedBytes(pixels_of(size) * kRgbaChannels)};
}

GreyImage make_grey_image(PixelSize size) {
  return {.size = size, .luma = WipedBytes(pixels_of(size))};
}

PixelSize fit_inside(PixelSize picture, PixelSize box) {
  const double scale = std::min({1.0, static_cast<double>(std::max(1, box.width)) / picture.width,
                                 static_cast<double>(std::max(1, box.height)) / picture.height});
  return {.width = std::max(1, static_cast<int>(std::lround(picture.width * scale))),
          .height = std::max(1, static_cast<int>(std::lround(picture.height * scale)))};
}

Image scaled_down(const Image& picture, PixelSize to) {
  Image out = make_image(to);
  scale<kRgbaChannels>(picture.rgba.view(), picture.size, out.rgba.span(), to);
  return out;
}

GreyImage scaled_down(const GreyImage& picture, PixelSize to) {
  GreyImage out = make_grey_image(to);
  scale<1>(picture.luma.view(), picture.size, out.luma.span(), to);
  return out;
}

int mean_luma(const Image& picture) {
  return mean<kRgbaChannels>(picture.rgba.view(), picture.size);
}

int mean_luma(const GreyImage& picture) {
  return mean<1>(picture.luma.view(), picture.size);
}

}  // namespace mimika::device
