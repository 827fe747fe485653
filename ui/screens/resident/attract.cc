#include "ui/screens/resident/attract.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "ui/screens/resident/common.h"
#include "ui/screens/resident/layout.h"
#include "ui/text/dates.h"

namespace mimika::screens {
namespace {

constexpr float kBandMm = 8.0F;
constexpr float kSkyShare = 0.34F;  // of the landscape's height, above the first peaks

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

void draw_office(const AttractView& view, ui::Ui& ui, ui::Rect area) {
  using ui::TextStyle;
  const auto line = [&](const std::string& words, TextStyle style) {
    const float height = ui.text_height(words, style, area.w);
    ui.text(words, area.cut_top(height), {.style = style});
  };
  line(view.office, one_line_style(ui, view.office, area.w, {TextStyle::kDisplay, TextStyle::kTitle}));
  line(view.regency, TextStyle::kKey);
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
  struct Line {
    const std::string& words;
    TextStyle style;
    float height;
  };
  std::vector<Line> lines;
  ui::Size block;
  for (const auto& [words, style] : {std::pair{&view.clock, TextStyle::kNumber},
                                     {&view.weekday, TextStyle::kBodyStrong},
                                     {&view.date, TextStyle::kBodyStrong}}) {
    lines.push_back({*words, style, ui.text_height(*words, style, area.w)});
    block.w = std::max(block.w, std::min(area.w, ui.measure(*words, style).w));
    block.h += lines.back().height;
  }
  // What reaches down from the sky into the landscape needs a ground of its own.
  if (block.h > sky_px) {
    const float pad = ui.px(2);
    ui::Colour ground = ui.colours().surface;
    ground.a = 215;
    ui.round({area.right() - block.w - pad, area.y - pad, block.w + 2 * pad, block.h + 2 * pad}, pad * 2, ground);
  }
  for (const Line& line : lines) {
    ui.text(line.words, area.cut_top(line.height), {.style = line.style, .align = ui::Align::kRight});
  }
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
      .languages = {}};
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

  // From the bottom: languages, the start key, the band; the landscape fills what is left.
  float language_height = ui.px(ui::mm::kTarget);
  const int across = static_cast<int>(view.languages.size());
  for (const auto& language : view.languages) {
    const float width = (area.w - 2 * margin - ui.gap() * static_cast<float>(across - 1)) / static_cast<float>(across);
    language_height = std::max(language_height, ui.key_size(language.key, width).h);
  }
  const float start_height = std::max(ui.px(22), ui.key_size(view.start, area.w - 2 * margin).h);
  const float ground_height = margin / 2 + start_height + ui.gap() + language_height + margin / 2 + ui.px(2);
  ui::Rect ground = area.cut_bottom(ground_height);
  ui.fill(ground, ui.colours().deeper);
  ui.band(area.cut_bottom(ui.px(kBandMm)));
  ui.picture("pictures/attract", area, ui::Fit::kSlice, 0, ui::kNoCorners);

  ui::Rect head = area.inset(margin, margin * 0.8F);
  const float right_share = ui.landscape() ? 0.36F : 0.42F;
  ui::Rect right = head.cut_right(head.w * right_share, ui.gap());
  draw_office(view, ui, head);
  draw_time(view, ui, right, head.h * kSkyShare);

  ground = ground.inset(margin, 0);
  ground.cut_top(margin / 2);
  if (ui.key(view.start, ground.cut_top(start_height, ui.gap()))) action = action::Start{};
  const std::vector<ui::Rect> places = ui::columns(ground.cut_top(language_height), across, ui.gap());
  for (std::size_t i = 0; i < view.languages.size(); ++i) {
    if (ui.key(view.languages[i].key, places[i])) action = action::ChooseLanguage{view.languages[i].language};
  }
  return action;
}

}  // namespace mimika::screens
