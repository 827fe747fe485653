// Letters on a slip: measuring, breaking into lines, drawing. FreeType stands in the source alone.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/base/result.h"
#include "kiosk/device/printer_image.h"

namespace mimika::device {

enum class SlipWeight : std::uint8_t { kMedium, kBold, kExtraBold };

struct SlipType {
  SlipWeight weight = SlipWeight::kMedium;
  int px = 30;
};

class SlipFont {
 public:
  [[nodiscard]] static Result<std::unique_ptr<SlipFont>> open(const std::vector<std::string>& folders);
  ~SlipFont();
  SlipFont(const SlipFont&) = delete;
  SlipFont& operator=(const SlipFont&) = delete;

  [[nodiscard]] double width(SlipType type, std::string_view text) const;
  // Lines no wider than `most`: broken at spaces and line ends, within a word only where it is wider than a line. The
  // lines are parts of `text`, so that no copy of it is left behind.
  [[nodiscard]] std::vector<std::string_view> wrap(SlipType type, std::string_view text, double most) const;
  void draw(BitImage& image, SlipType type, double left, double baseline, std::string_view text) const;

 private:
  SlipFont();
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace mimika::device
