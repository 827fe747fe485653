// Writing pictures of the screen. The same pixels give the same bytes.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "kiosk/base/result.h"

namespace mimika::ui {

// rgba: width × height × 4 bytes, row by row. kStorageFailed when the file cannot be written.
[[nodiscard]] Status write_png(const std::string& path, int width, int height, std::span<const std::uint8_t> rgba);

}  // namespace mimika::ui
