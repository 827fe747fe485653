#include "ui/screens/resident/help.h"

#include <algorithm>
#include <array>

#include "ui/screens/resident/layout.h"

namespace mimika::screens {
namespace {

constexpr float kIconMm = 14.0F;
constexpr float kLeastLineMm = 84.0F;

struct LineSpec {
  const char* icon;
  const char* words;
};
constexpr std::array<LineSpec, 6> kLines = {{{"badge", "help.officer"},
                                             {"hand", "help.touch"},
                                             {"text", "help.letters"},
                                             {"back", "help.back"},
                                             {"lock", "help.private"},
                                             {"clock", "help.time"}}};

float line_height(const HelpView::Line& line, const ui::Ui& ui, float width) {
  const float words = width - 2 * ui.px(4) - ui.px(kIconMm + 4);
  return std::max(ui.px(kIconMm), ui.text_height(line.title, ui::TextStyle::kBodyStrong, words) +
                                      ui.text_height(line.text, ui::TextStyle::kBody, words)) +
         2 * ui.px(2.5F);
}

void draw_line(const HelpView::Line& line, ui::Ui& ui, const ui::Rect& place) {
  ui.card(place);
  ui::Rect inner = place.inset(ui.px(4), ui.px(2.5F));
  const float size = ui.px(kIconMm);
  const ui::Rect square = inner.cut_left(size, ui.px(4)).centred({size, size});
  ui.round(square, ui.px(3), ui.under_ink(ui.colours().sago));
  ui.icon(line.icon, square.inset(ui.px(2.8F)));
  const float title = ui.text_height(line.title, ui::TextStyle::kBodyStrong, inner.w);
  const float words = ui.text_height(line.text, ui::TextStyle::kBody, inner.w);
  inner.cut_top(std::max(0.0F, (inner.h - title - words) / 2));
  ui.text(line.title, inner.cut_top(title), {.style = ui::TextStyle::kBodyStrong});
  ui.text(line.text, inner, {.style = ui::TextStyle::kBody});
}

}  // namespace

HelpView make_help_view(const Text& text) {
  HelpView view;
  view.header = {.title = text("help.title"), .subtitle = text("help.subtitle"), .icon = "help"};
  for (const LineSpec& spec : kLines) {
    const std::string words = spec.words;
    view.lines.push_back({.icon = spec.icon, .title = text(words), .text = text(words + ".detail")});
  }
  view.foot.view.primary = ui::KeyView{.id = "help.close",
                                       .label = text("help.close"),
                                       .icon = "check",
                                       .kind = ui::KeyKind::kPrimary,
                                       .answers_escape = true};
  view.foot.primary = action::CloseDialog{};
  return view;
}

std::optional<Action> draw_help(const HelpView& view, ui::Ui& ui) {
  ui.background();
  ui::Rect area = ui.content();
  ui.header(fitted(ui, view.header, area.w), area);
  const std::optional<Action> action = draw_foot(view.foot, ui, area);
  ui.scroll("help", area, [&](ui::Flow& flow) {
    const int across = columns_for(ui, flow.width(), kLeastLineMm, 2);
    const float width = ui::columns({0, 0, flow.width(), 0}, across, ui.gap()).front().w;
    for (std::size_t first = 0; first < view.lines.size(); first += static_cast<std::size_t>(across)) {
      const std::size_t end = std::min(view.lines.size(), first + static_cast<std::size_t>(across));
      float height = 0;
      for (std::size_t i = first; i < end; ++i) height = std::max(height, line_height(view.lines[i], ui, width));
      const std::vector<ui::Rect> cells = ui::columns(flow.next(height), across, ui.gap());
      for (std::size_t i = first; i < end; ++i) draw_line(view.lines[i], ui, cells[i - first]);
    }
  });
  return action;
}

}  // namespace mimika::screens
