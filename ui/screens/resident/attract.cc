#include "ui/screens/resident/attract.h"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>
#include <vector>

#include "ui/screens/resident/common.h"
#include "ui/screens/resident/layout.h"
#include "ui/text/dates.h"

namespace mimika::screens {
namespace {

constexpr float kBandMm = 8.0F;
constexpr float kStaffGapMm = 3.4F;  // above and below the line for staff; a key has its edge there
// Of the landscape's height, what text can stand on without a ground: the sky, and the mountains, but not the trees.
constexpr float kSkyShare = 0.55F;
constexpr float kSkyShareOfWide = 0.28F;  // a wide place cuts the sky off
constexpr float kWide = 2.8F;             // width to height

std::string state_words(const SessionContext& context, const Text& text) {
  switch (context.office) {
    case OfficeState::kOpen:
      if (context.open_until) return text.format("state.open_until", {clock_time(text, *context.open_until)});
      return text("state.open");
    case OfficeState::kPaused:
      return text("state.paused");
    case OfficeState::kClosed:
      return text("state.closed");
  }
  return {};
}

ui::MarkKind state_sign(OfficeState state) {
  switch (state) {
    case OfficeState::kOpen:
      return ui::MarkKind::kGreen;
    case OfficeState::kPaused:
      return ui::MarkKind::kHeld;
    case OfficeState::kClosed:
      return ui::MarkKind::kGrey;
  }
  return ui::MarkKind::kGrey;
}

struct Line {
  std::string_view words;
  ui::TextStyle style;
};

ui::Size block_size(const ui::Ui& ui, std::span<const Line> lines, float width) {
  ui::Size block;
  for (const Line& line : lines) {
    block.w = std::max(block.w, std::min(width, ui.measure(line.words, line.style).w));
    block.h += ui.text_height(line.words, line.style, width);
  }
  return block;
}

// Lines one below the other; what reaches down into the landscape stands on a ground of its own. Leaves what is below.
void draw_block(ui::Ui& ui, std::span<const Line> lines, ui::Align align, float sky_px, ui::Rect& area) {
  const ui::Size block = block_size(ui, lines, area.w);
  // In the sun words stand on white whatever is behind them.
  const bool plain = ui.colours().plain();
  if ((plain || block.h > sky_px) && !ui.colours().high()) {
    const float pad = ui.px(2);
    ui::Colour ground = ui.colours().surface;
    if (!plain) ground.a = 215;
    const float x = align == ui::Align::kRight ? area.right() - block.w : area.x;
    ui.round({x - pad, area.y - pad, block.w + 2 * pad, block.h + 2 * pad}, pad * 2, ground);
  }
  for (const Line& line : lines) {
    const float height = ui.text_height(line.words, line.style, area.w);
    ui.text(line.words, area.cut_top(height), {.style = line.style, .align = align});
  }
}

void draw_office(const AttractView& view, ui::Ui& ui, ui::Rect area, float sky_px) {
  using ui::TextStyle;
  const TextStyle name = one_line_style(ui, view.office, area.w, {TextStyle::kDisplay, TextStyle::kTitle});
  const std::array<Line, 2> lines = {{{view.office, name}, {view.regency, TextStyle::kKey}}};
  draw_block(ui, lines, ui::Align::kLeft, sky_px, area);
  area.cut_top(ui.px(3));
  // In large letters on a narrow panel the hour does not fit; that the office is open does.
  const bool whole = ui.mark_pill_size(view.state_sign, view.state).w <= area.w;
  const std::string& state = whole ? view.state : view.state_short;
  ui::Size pill = ui.mark_pill_size(view.state_sign, state);
  pill.w = std::min(pill.w, area.w);
  ui.mark_pill(view.state_sign, state, {area.x, area.y, pill.w, pill.h});
}

void draw_time(const AttractView& view, ui::Ui& ui, ui::Rect area, float sky_px) {
  using ui::TextStyle;
  if (view.clock.empty()) return;
  std::vector<Line> lines = {
      {view.clock, TextStyle::kNumber}, {view.weekday, TextStyle::kBodyStrong}, {view.date, TextStyle::kBodyStrong}};
  // On a low panel with much to say to staff the weekday makes room.
  if (block_size(ui, lines, area.w).h > area.h) lines.erase(lines.begin() + 1);
  draw_block(ui, lines, ui::Align::kRight, sky_px, area);
}

}  // namespace

AttractView make_attract_view(const Session& session, const SessionContext& context, const Text& text) {
  AttractView view{
      .office = context.office_name,
      .regency = text("attract.regency"),
      .state = state_words(context, text),
      .state_short = context.office == OfficeState::kOpen ? text("state.open") : state_words(context, text),
      .state_sign = state_sign(context.office),
      .clock = {},
      .weekday = {},
      .date = {},
      .start = {.id = "attract.start",
                .label = text("attract.start"),
                .icon = "hand",
                .style = ui::TextStyle::kDisplay},
      .languages = {},
      .staff = make_staff_line(context, text)};
  if (clock_is_plausible(context)) {
    view.clock = clock_time(text, local_time(context.wall_ms));
    view.weekday = text.format("attract.weekday", {weekday_name(text, context.today)});
    view.date = plain_date(text, context.today);
  }
  for (const Language language : {Language::kIndonesian, Language::kEnglish}) {
    const std::string code = language_code(language);
    view.languages.push_back({.key = {.id = "attract.lang." + code,
                                      .label = text("language." + code),
                                      .icon = "lang",
                                      .kind = ui::KeyKind::kTool,
                                      .selected = session.preferences.language == language},
                              .language = language});
  }
  return view;
}

std::optional<Action> draw_attract(const AttractView& view, ui::Ui& ui) {
  std::optional<Action> action;
  ui::Rect area = ui.screen();
  const float margin = ui.px(ui::mm::kMargin);

  // From the bottom: the line for staff, languages, the start key, the band; the landscape fills what is left.
  float language_height = ui.px(ui::mm::kTarget);
  const int across = static_cast<int>(view.languages.size());
  for (const auto& language : view.languages) {
    const float width = (area.w - 2 * margin - ui.gap() * static_cast<float>(across - 1)) / static_cast<float>(across);
    language_height = std::max(language_height, ui.key_size(language.key, width).h);
  }
  const float start_height = std::max(ui.px(22), ui.key_size(view.start, area.w - 2 * margin).h);
  const float staff_height = staff_line_height(view.staff, ui, area.w - 2 * margin);
  const float below = staff_height > 0 ? ui.px(kStaffGapMm) + staff_height + ui.px(kStaffGapMm) : margin / 2 + ui.px(2);
  const float ground_height = margin / 2 + start_height + ui.gap() + language_height + below;
  ui::Rect ground = area.cut_bottom(ground_height);
  ui.fill(ground, ui.colours().deeper);
  ui.band(area.cut_bottom(ui.px(kBandMm)));
  if (ui.colours().high()) {
    ui.fill(area, ui.colours().paper);
  } else {
    ui.picture("pictures/attract", area, ui::Fit::kSlice, 0, ui::kNoCorners);
  }

  ui::Rect head = area.inset(margin, margin * 0.8F);
  const float right_share = ui.landscape() ? 0.36F : 0.42F;
  ui::Rect right = head.cut_right(head.w * right_share, ui.gap());
  const float sky_px = head.h * (area.w > kWide * area.h ? kSkyShareOfWide : kSkyShare);
  draw_office(view, ui, head, sky_px);
  draw_time(view, ui, right, sky_px);

  ground = ground.inset(margin, 0);
  ground.cut_top(margin / 2);
  if (ui.key(view.start, ground.cut_top(start_height, ui.gap()))) action = action::Start{};
  const std::vector<ui::Rect> places = ui::columns(ground.cut_top(language_height), across, ui.gap());
  for (std::size_t i = 0; i < view.languages.size(); ++i) {
    if (ui.key(view.languages[i].key, places[i])) action = action::ChooseLanguage{view.languages[i].language};
  }
  ground.cut_top(ui.px(kStaffGapMm));
  draw_staff_line(view.staff, ui, ground.cut_top(staff_height));
  return action;
}

}  // namespace mimika::screens
