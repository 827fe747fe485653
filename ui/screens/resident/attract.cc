#include "ui/screens/resident/attract.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "ui/screens/resident/common.h"
#include "ui/screens/resident/layout.h"
#include "ui/text/dates.h"

namespace mimika::screens {
namespace {

constexpr float kBandMm = 8.0F;
constexpr float kStaffAboveMm = 2.9F;  // a language's key has its edge there
constexpr float kStaffBelowMm = 1.8F;
// Of the landscape's height, what text can stand on without a ground: the sky, and the mountains, but not the trees.
constexpr float kSkyShare = 0.55F;
constexpr float kSkyShareOfWide = 0.28F;  // a wide place cuts the sky off
constexpr std::size_t kMostLanguages = 6;
constexpr float kLowMm = 150.0F;      // a panel of this height spares its keys what the words above need
constexpr std::size_t kMostRows = 3;  // of languages
constexpr std::size_t kMostLowRows = 2;
constexpr float kWide = 2.8F;  // width to height

std::string state_words(const SessionContext& context, const Text& text) {
  switch (context.office) {
    case OfficeState::kOpen:
      if (context.open_until) return text.format("state.open_until", {clock_time(text, *context.open_until)});
      return text("state.open");
    case OfficeState::kPaused:
      return text("state.paused");
    case OfficeState::kClosed:
      return text("state.closed_long");
  }
  return {};
}

std::string short_state_words(OfficeState state, const Text& text) {
  switch (state) {
    case OfficeState::kOpen:
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
  // With two rows of languages the date does as well, once smaller letters (ui/widgets/fit.cc) cannot make the room.
  const bool smallest = ui.metrics().text_size() == ui::TextSize::kNormal;
  if (smallest && block_size(ui, lines, area.w).h > area.h) lines.pop_back();
  draw_block(ui, lines, ui::Align::kRight, sky_px, area);
}

// The languages side by side, each key as wide as its word asks for.
struct LanguageRows {
  std::vector<std::vector<ui::KeyView>> keys;  // row by row
  std::vector<std::vector<float>> shares;
  float row = 0;
  float gap = 0;
  bool fits = true;

  [[nodiscard]] float height() const {
    const auto down = static_cast<float>(keys.size());
    return row * down + gap * std::max(0.0F, down - 1);
  }
};

LanguageRows rows_of(const AttractView& view, const ui::Ui& ui, float width, std::size_t down, bool small, bool icons) {
  LanguageRows rows;
  rows.row = ui.px(small ? ui::mm::kSmallKey : ui::mm::kTarget);
  rows.gap = ui.gap();
  const std::size_t across = (view.languages.size() + down - 1) / down;
  for (std::size_t i = 0; i < view.languages.size(); ++i) {
    if (i % across == 0) {
      rows.keys.emplace_back();
      rows.shares.emplace_back();
    }
    ui::KeyView key = view.languages[i].key;
    if (small) key.style = ui::TextStyle::kBodyStrong;
    if (!icons) key.icon.clear();
    rows.shares.back().push_back(ui.key_size(key).w);
    rows.keys.back().push_back(std::move(key));
  }
  for (std::size_t i = 0; i < rows.keys.size(); ++i) {
    const std::vector<float>& needed = rows.shares[i];
    const float gaps = rows.gap * static_cast<float>(needed.size() - 1);
    rows.fits = rows.fits && std::accumulate(needed.begin(), needed.end(), gaps) <= width;
    const std::vector<ui::Rect> places = ui::columns({0, 0, width, 0}, needed, rows.gap);
    for (std::size_t k = 0; k < places.size(); ++k) {
      rows.row = std::max(rows.row, ui.key_size(rows.keys[i][k], places[k].w).h);
    }
  }
  return rows;
}

// Large keys in one row where there is room, then smaller ones, then more rows of them.
LanguageRows language_rows(const AttractView& view, const ui::Ui& ui, float width) {
  const bool low = ui.metrics().to_mm(ui.screen().h) < kLowMm;
  const std::size_t most = low ? kMostLowRows : kMostRows;
  LanguageRows rows;
  for (std::size_t down = 1; down <= most; ++down) {
    for (const auto& [small, icons] : {std::pair{false, true}, std::pair{true, true}, std::pair{true, false}}) {
      if (low && down > 1 && icons) continue;
      rows = rows_of(view, ui, width, down, small, icons);
      if (rows.fits) return rows;
    }
  }
  return rows;
}

}  // namespace

AttractView make_attract_view(const Session& session, const SessionContext& context, const Text& text) {
  const bool paused = context.office == OfficeState::kPaused;
  AttractView view{.office = context.office_name,
                   .regency = text("attract.regency"),
                   .state = state_words(context, text),
                   .state_short = short_state_words(context.office, text),
                   .state_sign = state_sign(context.office),
                   .clock = {},
                   .weekday = {},
                   .date = {},
                   .start = {.id = "attract.start",
                             .label = text(paused ? "attract.paused" : "attract.start"),
                             .icon = paused ? "pause" : "hand",
                             .style = ui::TextStyle::kDisplay,
                             .disabled_reason = paused ? text("attract.paused.why") : std::string()},
                   .languages = {},
                   .staff = make_staff_line(context, text),
                   .staff_key = {.id = "attract.staff_key",
                                 .label = text("attract.staff_key"),
                                 .icon = "person",
                                 .kind = ui::KeyKind::kTool,
                                 .style = ui::TextStyle::kStaffStrong}};
  if (clock_is_plausible(context)) {
    view.clock = clock_time(text, local_time(context.wall_ms));
    view.weekday = text.format("attract.weekday", {weekday_name(text, context.today)});
    view.date = plain_date(text, context.today);
  }
  for (const OfferedLanguage& offered : context.languages) {
    if (view.languages.size() == kMostLanguages) break;  // the tool of the other screens goes through them all
    const std::string code = language_code(offered.language);
    const std::string name = text("language." + code);
    view.languages.push_back(
        {.key = {.id = "attract.lang." + code,
                 .label = offered.draft.empty() ? name : text.format("language.name_of_draft", {name, offered.draft}),
                 .icon = "lang",
                 .kind = ui::KeyKind::kTool,
                 .selected = session.preferences.language == offered.language},
         .language = offered.language});
  }
  return view;
}

std::optional<Action> draw_attract(const AttractView& view, ui::Ui& ui) {
  std::optional<Action> action;
  ui::Rect area = ui.screen();
  const float margin = ui.px(ui::mm::kMargin);

  // From the bottom: the line for staff, languages, the start key, the band; the landscape fills what is left.
  const LanguageRows rows = language_rows(view, ui, area.w - 2 * margin);
  const float language_height = rows.height();
  const float start_height = std::max(ui.px(22), ui.key_size(view.start, area.w - 2 * margin).h);
  const ui::Size staff_key = ui.key_size(view.staff_key);
  const float staff_words = area.w - 2 * margin - staff_key.w - ui.gap();
  const float staff_height = std::max(staff_key.h, staff_line_height(view.staff, ui, staff_words));
  const float below = ui.px(kStaffAboveMm) + staff_height + ui.px(kStaffBelowMm);
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
  ui::Rect place = ground.cut_top(language_height);
  std::size_t index = 0;
  for (std::size_t i = 0; i < rows.keys.size(); ++i) {
    const std::vector<ui::Rect> cells = ui::columns(place.cut_top(rows.row, rows.gap), rows.shares[i], rows.gap);
    for (std::size_t k = 0; k < cells.size(); ++k, ++index) {
      if (ui.key(rows.keys[i][k], cells[k])) action = action::ChooseLanguage{view.languages[index].language};
    }
  }
  ground.cut_top(ui.px(kStaffAboveMm));
  ui::Rect last = ground.cut_top(staff_height);
  ui::Rect key = last.cut_right(staff_key.w, ui.gap());
  key = {key.x, key.y + (key.h - staff_key.h) / 2, key.w, staff_key.h};
  if (ui.key(view.staff_key, key)) action = action::OpenStaff{};
  draw_staff_line(view.staff, ui, last);
  return action;
}

}  // namespace mimika::screens
