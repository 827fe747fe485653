// Writing pictures of the screen, and reading the ones a camera is to show. The same pixels give the same bytes.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "kiosk/base/bytes.h"
#include "kiosk/base/result.h"

namespace mimika::ui {

// rgba: width × height × 4 bytes, row by row. kStorageFailed when the file cannot be written.
[[nodiscard]] Status write_png(const std::string& path, int width, int height, std::span<const std::uint8_t> rgba);

struct PngPicture {
  int width = 0;
  int height = 0;
  Bytes rgba;  // as write_png() takes it
};
inline constexpr int kPngSide = 4096;
inline constexpr std::size_t kPngBytes = 64U * 1024 * 1024;

// kNotFound; kTooLarge beyond kPngBytes, or kPngSide pixels a side; kInvalidInput for what is no PNG; kCorrupt for one
// that is cut or broken. The file is looked at before memory is taken for its pixels.
[[nodiscard]] Result<PngPicture> read_png(const std::string& path);

}  // namespace mimika::ui
