#include "tests/screens/golden.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace mimika::testing {
namespace {

constexpr int kChannels = 3;
constexpr double kAllOff = 255;

std::size_t at(const Picture& picture, int x, int y) {
  return (static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width) + static_cast<std::size_t>(x)) *
         kChannels;
}

bool flat(const Picture& picture, int left, int top) {
  const std::uint8_t* first = picture.rgb.data() + at(picture, left, top);
  for (int y = top; y < std::min(top + kGoldenCell, picture.height); ++y) {
    for (int x = left; x < std::min(left + kGoldenCell, picture.width); ++x) {
      if (!std::equal(first, first + kChannels, picture.rgb.data() + at(picture, x, y))) return false;
    }
  }
  return true;
}

double allowed(const Picture& golden, const Picture& actual, int left, int top) {
  return flat(golden, left, top) && flat(actual, left, top) ? kMostFlatDifference : kMostCellDifference;
}

// The largest difference of the cell's means over the channels.
double cell_difference(const Picture& a, const Picture& b, int left, int top) {
  std::array<double, kChannels> sums{};
  int pixels = 0;
  for (int y = top; y < std::min(top + kGoldenCell, a.height); ++y) {
    for (int x = left; x < std::min(left + kGoldenCell, a.width); ++x, ++pixels) {
      for (std::size_t channel = 0; channel < kChannels; ++channel) {
        sums.at(channel) += static_cast<double>(a.rgb[at(a, x, y) + channel]) - b.rgb[at(b, x, y) + channel];
      }
    }
  }
  double most = 0;
  for (const double sum : sums) most = std::max(most, std::fabs(sum) / pixels);
  return most;
}

template <typename Look>
void for_each_cell(const Picture& picture, Look&& look) {
  for (int y = 0; y < picture.height; y += kGoldenCell) {
    for (int x = 0; x < picture.width; x += kGoldenCell) look(x, y);
  }
}

}  // namespace

Picture shrunk(int width, int height, std::span<const std::uint8_t> rgba) {
  Picture small{width / kGoldenShrink, height / kGoldenShrink, {}};
  small.rgb.resize(static_cast<std::size_t>(small.width) * static_cast<std::size_t>(small.height) * kChannels);
  for (int y = 0; y < small.height; ++y) {
    for (int x = 0; x < small.width; ++x) {
      std::array<unsigned, kChannels> sums{};
      for (int down = 0; down < kGoldenShrink; ++down) {
        for (int right = 0; right < kGoldenShrink; ++right) {
          const std::size_t from =
              (static_cast<std::size_t>(y * kGoldenShrink + down) * static_cast<std::size_t>(width) +
               static_cast<std::size_t>(x * kGoldenShrink + right)) *
              4;
          for (std::size_t channel = 0; channel < kChannels; ++channel) sums.at(channel) += rgba[from + channel];
        }
      }
      constexpr unsigned kPixels = kGoldenShrink * kGoldenShrink;
      for (std::size_t channel = 0; channel < kChannels; ++channel) {
        small.rgb[at(small, x, y) + channel] = static_cast<std::uint8_t>((sums.at(channel) + kPixels / 2) / kPixels);
      }
    }
  }
  return small;
}

std::optional<GoldenDifference> difference(const Picture& golden, const Picture& actual) {
  if (golden.width != actual.width || golden.height != actual.height) return GoldenDifference{.worst = kAllOff};
  GoldenDifference found;
  for_each_cell(golden, [&](int x, int y) {
    const double off = cell_difference(golden, actual, x, y);
    found.cells += off > allowed(golden, actual, x, y) ? 1 : 0;
    if (off > found.worst) {
      found.worst = off;
      found.x = x * kGoldenShrink;
      found.y = y * kGoldenShrink;
    }
  });
  return found.cells > 0 ? std::optional(found) : std::nullopt;
}

Picture difference_picture(const Picture& golden, const Picture& actual) {
  Picture shown = golden;
  for (std::size_t i = 0; i + 2 < shown.rgb.size(); i += kChannels) {
    const int grey = (2 * golden.rgb[i] + 5 * golden.rgb[i + 1] + golden.rgb[i + 2]) / 8;
    for (std::size_t channel = 0; channel < kChannels; ++channel) {
      shown.rgb[i + channel] = static_cast<std::uint8_t>(128 + grey / 2);  // faint, so that the red stands out
    }
  }
  if (golden.width != actual.width || golden.height != actual.height) return shown;
  for_each_cell(golden, [&](int left, int top) {
    const double off = cell_difference(golden, actual, left, top);
    if (off <= allowed(golden, actual, left, top)) return;
    const double paint = std::min(1.0, 0.4 + off / 128);
    for (int y = top; y < std::min(top + kGoldenCell, shown.height); ++y) {
      for (int x = left; x < std::min(left + kGoldenCell, shown.width); ++x) {
        constexpr std::array<int, kChannels> kRed = {200, 0, 0};
        for (std::size_t channel = 0; channel < kChannels; ++channel) {
          std::uint8_t& value = shown.rgb[at(shown, x, y) + channel];
          value = static_cast<std::uint8_t>(value * (1 - paint) + kRed.at(channel) * paint);
        }
      }
    }
  });
  return shown;
}

}  // namespace mimika::testing
