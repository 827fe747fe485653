// The tools, always in the same corner and order: a rail at the right of a landscape panel, a bar below a portrait one.
#include <algorithm>
#include <cmath>

#include "ui/widgets/ui_state.h"

namespace mimika::ui {
namespace {

constexpr float kBandMm = 4.3F;
constexpr float kSideMm = 1.9F;
constexpr float kLeastIconMm = 5.0F;  // as a key shrinks it
constexpr float kMostToolMm = 27.0F;
constexpr float kToolPadMm = 4.0F;
constexpr float kAroundWordMm =
    kBandMm + 2 * kSideMm + 2.4F;  // of a landscape rail: band, sides, a key's least padding
constexpr const char* kIds[kTools] = {"tool.listen", "tool.language", "tool.text_size", "tool.contrast", "tool.help"};
constexpr const char* kIcons[kTools] = {"speaker", "lang", "text", "contrast", "help"};
constexpr float kUnderClockMm = 3.0F;
constexpr float kMarkRoomMm = 7.0F;  // of the sign beside the state, with its gap
// The rail grows with the text, but less: what it gains the question loses.
constexpr float kGrowth[kTextSizes] = {1.0F, 1.1F, 1.2F, 1.3F};

// The page's text size comes back once the rail is drawn.
class PageSize {
 public:
  explicit PageSize(Metrics& metrics) : metrics_(metrics), page_(metrics) {}
  ~PageSize() { metrics_ = page_; }
  PageSize(const PageSize&) = delete;
  PageSize& operator=(const PageSize&) = delete;

 private:
  Metrics& metrics_;
  Metrics page_;
};

// Whether the tools of a landscape rail have room for their words, stepped down if need be, and their icons.
bool has_room(const Ui& ui, const RailView& view, const Rect& inside) {
  const float clock =
      view.clock.empty() ? 0 : ui.text_height(view.clock, TextStyle::kTitle, inside.w) + ui.px(kUnderClockMm);
  const float state = ui.text_height(view.state, TextStyle::kBodyStrong, inside.w - ui.px(kMarkRoomMm));
  const TextStyle style = stepped_down(TextStyle::kBodyStrong, ui.metrics().text_size());
  float words = 0;
  float count = 0;
  for (std::size_t i = 0; i < kTools; ++i) {
    if (!view.hidden.at(i)) {
      words = std::max(words, ui.text_height(view.labels.at(i), style, inside.w - ui.px(2)));
      count += 1;
    }
  }
  const float tools = inside.h - clock - state - ui.px(kUnderClockMm) - ui.px(mm::kKeyGap) * (count - 1);
  return words + ui.px(kLeastIconMm) + ui.px(1) <= std::floor(tools / std::max(1.0F, count));
}

}  // namespace

float Ui::State::rail_px() const {
  const float growth = kGrowth[static_cast<std::size_t>(metrics.text_size())];
  if (!metrics.landscape()) {
    return metrics.px(mm::kBarHeight * growth);
  }
  // Its words keep the size of running text in every language; larger ones step down in it.
  const LetterWidth width_of = letter_width(type_at(TextStyle::kBodyStrong, TextSize::kNormal));
  float widest = 0;
  for (const std::string& word : words.tools) {
    widest = std::max(widest, text_width(word, width_of));
  }
  return std::max(metrics.px(mm::kRailWidth * growth), std::ceil(widest) + metrics.px(kAroundWordMm));
}

std::optional<Tool> Ui::rail(const RailView& view) {
  State& s = *state_;
  const Palette& c = colours();
  const bool upright = landscape();
  const SpokenPart part_before = speak_in(SpokenPart::kTools);
  Rect area = screen();
  area = upright ? area.cut_right(s.rail_px()) : area.cut_bottom(s.rail_px());
  fill(area, c.deep);
  band(upright ? area.cut_left(px(kBandMm)) : area.cut_top(px(kBandMm)));
  const Colour on_rail = c.high() ? c.ink : c.on_dark;
  Rect inside = area.inset(px(kSideMm), px(upright ? 4.0F : 3.6F));
  // On a low panel large words leave no room for five tools. The rail then keeps to the largest size at which they have
  // room; the page beside it has the one that was asked for.
  const auto asked = static_cast<int>(metrics().text_size());
  const PageSize page(s.metrics);
  for (int size = asked; upright && size > 0 && !has_room(*this, view, inside);) {
    s.metrics = s.metrics.with(static_cast<TextSize>(--size));
  }

  // A portrait bar has no room for the clock; the home screen shows it.
  if (upright) {
    if (!view.clock.empty()) {
      const float height = text_height(view.clock, TextStyle::kTitle, inside.w);
      text(view.clock, inside.cut_top(height),
           {.style = TextStyle::kTitle, .colour = on_rail, .align = Align::kCentre});
      publish("rail.clock", view.clock);
    }
    const float room = inside.w - px(kMarkRoomMm);
    const float height = text_height(view.state, TextStyle::kBodyStrong, room);
    const float width = std::min(room, measure(view.state, TextStyle::kBodyStrong, room).w);
    const Rect line = inside.cut_top(height, px(kUnderClockMm));
    const float size = px(5);
    const float x = line.centre().x - (size + px(2) + width) / 2;
    const MarkKind sign = view.sign == ServiceSign::kOpen     ? MarkKind::kGreen
                          : view.sign == ServiceSign::kPaused ? MarkKind::kHeld
                                                              : MarkKind::kGrey;
    mark(sign, {x, line.centre().y - size / 2, size, size});
    text(view.state, {x + size + px(2), line.y, width + 1, line.h},
         {.style = TextStyle::kBodyStrong, .colour = on_rail, .valign = VAlign::kMiddle});
    publish("rail.state", view.state);
  }

  std::vector<std::size_t> shown;
  for (std::size_t i = 0; i < kTools; ++i) {
    if (!view.hidden.at(i)) {
      shown.push_back(i);
    }
  }
  if (shown.empty()) {
    speak_in(part_before);
    return std::nullopt;
  }
  const float gap = px(mm::kKeyGap);
  const auto count = static_cast<float>(shown.size());
  if (upright) {
    // From the bottom, so that a tool keeps its corner whatever stands above.
    const float height = std::min(px(kMostToolMm), std::floor((inside.h - gap * (count - 1)) / count));
    inside = inside.cut_bottom(height * count + gap * (count - 1));
  }
  // In a bar a long word takes from the short ones, so that all keep their size.
  std::vector<float> shares;
  for (const std::size_t tool : shown) {
    shares.push_back(measure(view.labels.at(tool), TextStyle::kBodyStrong).w + px(kToolPadMm));
  }
  const std::vector<Rect> cells =
      upright ? rows(inside, static_cast<int>(shown.size()), gap) : columns(inside, shares, gap);
  // Large words that leave no room for their icons step down together; they never go below running text's normal size.
  const float least_icon = px(kLeastIconMm);
  TextStyle style = TextStyle::kBodyStrong;
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const std::size_t tool = shown[i];
    const Size words = measure(view.labels.at(tool), style, cells.at(i).w - px(2));
    if (words.h + least_icon + px(1) > cells.at(i).h) {
      style = stepped_down(TextStyle::kBodyStrong, metrics().text_size());
    }
  }
  std::optional<Tool> chosen;
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const std::size_t tool = shown[i];
    KeyView key_of{.id = kIds[tool], .label = view.labels.at(tool)};
    key_of.icon = kIcons[tool];
    key_of.kind = KeyKind::kTool;
    key_of.icon_side = IconSide::kAbove;
    key_of.style = style;
    key_of.selected = view.selected.at(tool);
    if (key(key_of, cells[i])) {
      chosen = static_cast<Tool>(tool);
    }
  }
  speak_in(part_before);
  return chosen;
}

}  // namespace mimika::ui
