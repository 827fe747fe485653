// Help, over any screen: what the keys do, and that there is always a person to ask.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ui/screens/resident/common.h"

namespace mimika::screens {

struct HelpView {
  struct Line {
    std::string icon;
    std::string title;
    std::string text;
  };
  ui::HeaderView header;
  std::vector<Line> lines;
  Foot foot;
};

[[nodiscard]] HelpView make_help_view(const Text& text);
[[nodiscard]] std::optional<Action> draw_help(const HelpView& view, ui::Ui& ui);

}  // namespace mimika::screens
