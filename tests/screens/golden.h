// Comparing a picture of the screen with the one that was found good. What is kept is small: the screen at a fifth of
// its width and height. Small differences of another rasteriser pass, a key that moved by two millimetres, another
// colour or a missing word do not.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "kiosk/base/result.h"

namespace mimika::testing {

struct Picture {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> rgb;  // row by row
  friend bool operator==(const Picture&, const Picture&) = default;
};

inline constexpr int kGoldenShrink = 5;
// Of a picture of the screen, width × height × 4 bytes: each pixel is the mean of kGoldenShrink² of them. What stands
// over at the right and below is left out.
[[nodiscard]] Picture shrunk(int width, int height, std::span<const std::uint8_t> rgba);

// A square of the picture whose colour is another one.
inline constexpr int kGoldenCell = 4;  // pixels of the small picture: 20 of the screen, some 4 mm
// How far the mean of a cell may be off in any channel, of 255. What the palette costs is mostly less than half of it.
inline constexpr double kMostCellDifference = 10;

// The same for a cell that is of one colour in both: nothing there can be rasterised in another way.
inline constexpr double kMostFlatDifference = 4;

struct GoldenDifference {
  double worst = 0;  // of 255; 255 when the sizes differ
  int cells = 0;     // that are off by more than is allowed
  int x = 0;         // of the worst cell, in pixels of the screen
  int y = 0;
};
// Nothing when they are the same to within what is allowed.
[[nodiscard]] std::optional<GoldenDifference> difference(const Picture& golden, const Picture& actual);
// The golden in grey, with every cell that is off in red, as strongly as it is off.
[[nodiscard]] Picture difference_picture(const Picture& golden, const Picture& actual);

// PNG with a palette of at most 256 colours. The same picture gives the same bytes. kStorageFailed.
[[nodiscard]] Status write_golden(const std::string& path, const Picture& picture);
// kNotFound, kCorrupt.
[[nodiscard]] Result<Picture> read_golden(const std::string& path);

}  // namespace mimika::testing
