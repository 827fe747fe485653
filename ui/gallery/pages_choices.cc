// One of several, yes or no, and lists of them that may be longer than their place.
#include <algorithm>
#include <string>
#include <vector>

#include "ui/gallery/specimens.h"

namespace mimika::gallery {
namespace {

using ui::Rect;
using ui::TextStyle;

constexpr int kMonths = 12;

// A choice answers by becoming the chosen one of its list.
void list_of(Stand& stand, const char* id, std::vector<ui::ChoiceView> choices, const Rect& area) {
  const auto chosen_before = stand.tried.choices.find(id);
  if (chosen_before != stand.tried.choices.end()) {
    for (std::size_t i = 0; i < choices.size(); ++i) choices[i].selected = i == chosen_before->second;
  }
  if (const auto chosen = stand.ui.choice_list(id, choices, area)) {
    stand.tried.choices.insert_or_assign(id, *chosen);
    stand.tried.changed = true;
  }
}

void touch_check(Stand& stand, ui::CheckView view, const Rect& place) {
  view.checked = view.checked != stand.tried.turned.contains(view.id);
  if (!stand.ui.check(view, place)) return;
  if (stand.tried.turned.erase(view.id) == 0) stand.tried.turned.insert(view.id);
  stand.tried.changed = true;
}

}  // namespace

void draw_choices(Stand& stand, const Rect& area) {
  ui::Ui& ui = stand.ui;
  constexpr float kSignsMm = 43.0F;  // of a choice with an icon, and its padding
  constexpr float kHalfMm = 78.0F;
  flow_page(stand, "choices", area, [&](ui::Flow& flow) {
    heading(stand, flow, "gallery.choices.states");
    ui::ChoiceView base{.id = "choice", .label = stand.text("known.open"), .icon = "person"};
    base.detail = stand.text("known.recommended");
    std::vector<Specimen> states;
    states.reserve(kEveryState.size());
    for (const Shown shown : kEveryState) {
      states.push_back({state_words(stand, shown), [&, base, shown](const Rect& place) {
                          ui::ChoiceView view = base;
                          view.id += std::string(".") + state_name(shown);
                          view.selected = shown == Shown::kSelected;
                          view.disabled_reason = why_disabled(stand, shown);
                          const Posed posed(ui, shown);
                          if (ui.choice(view, place)) answer(stand, view.label);
                        }});
    }
    const float words =
        std::max(ui.measure(base.label, TextStyle::kKey).w, ui.measure(base.detail, TextStyle::kBody).w);
    const float half = std::min(std::max(ui.px(kHalfMm), words + ui.px(kSignsMm)), flow.width());
    lay_out(stand, flow, states, {.least_px = half, .height_px = ui.choice_height(base, half), .most = 2});

    heading(stand, flow, "gallery.choices.facts");
    ui::ChoiceView hidden{.id = "choice.facts.hidden", .label = stand.text("known.name_hidden"), .icon = "mask"};
    hidden.detail = stand.text("known.recommended");
    hidden.facts = {{"badge", stand.text("known.name.officers")}, {"people", stand.text("known.story.everyone")}};
    ui::ChoiceView open{.id = "choice.facts.open", .label = stand.text("known.open"), .icon = "person"};
    open.facts = {{"people", stand.text("known.name.everyone")}, {"people", stand.text("known.story.everyone")}};
    const auto before = stand.tried.choices.find("facts");
    const std::size_t chosen = before == stand.tried.choices.end() ? 0 : before->second;
    std::size_t at = 0;
    for (ui::ChoiceView* view : {&hidden, &open}) {
      view->selected = at == chosen;
      if (ui.choice(*view, flow.next(ui.choice_height(*view, flow.width())))) {
        stand.tried.choices.insert_or_assign("facts", at);
        stand.tried.changed = true;
      }
      ++at;
    }
  });
}

void draw_checks(Stand& stand, const Rect& area) {
  ui::Ui& ui = stand.ui;
  constexpr float kHalfMm = 78.0F;
  constexpr float kStackedMm = 36.0F;
  flow_page(stand, "checks", area, [&](ui::Flow& flow) {
    heading(stand, flow, "gallery.checks.states");
    ui::CheckView base{.id = "check", .label = stand.text("receipt.photographed"), .icon = "camera"};
    std::vector<Specimen> states;
    states.reserve(kEveryState.size());
    for (const Shown shown : kEveryState) {
      states.push_back({shown == Shown::kSelected ? stand.text("gallery.state.checked") : state_words(stand, shown),
                        [&, base, shown](const Rect& place) {
                          ui::CheckView view = base;
                          view.id += std::string(".") + state_name(shown);
                          view.checked = shown == Shown::kSelected;
                          view.disabled_reason = why_disabled(stand, shown);
                          const Posed posed(ui, shown);
                          touch_check(stand, view, place);
                        }});
    }
    const float half = ui.px(kHalfMm);
    lay_out(stand, flow, states, {.least_px = half, .height_px = ui.check_height(base, half), .most = 2});

    heading(stand, flow, "gallery.checks.detail");
    ui::CheckView consent{
        .id = "check.consent", .label = stand.text("review.consent"), .detail = stand.text("review.consent.detail")};
    consent.checked = true;
    touch_check(stand, consent, flow.next(ui.check_height(consent, flow.width())));

    heading(stand, flow, "gallery.checks.stacked");
    ui::CheckView photographed{.id = "check.photo", .label = stand.text("receipt.photographed"), .icon = "camera"};
    photographed.style = TextStyle::kBodyStrong;
    photographed.stacked = true;
    photographed.checked = true;
    ui::CheckView written = photographed;
    written.id = "check.pen";
    written.label = stand.text("receipt.written");
    written.icon = "pen";
    written.checked = false;
    const float stacked = std::max({ui.px(kStackedMm), ui.measure(photographed.label, photographed.style).w + ui.px(8),
                                    ui.measure(written.label, written.style).w + ui.px(8)});
    const std::vector<Specimen> pair = {{"", [&](const Rect& place) { touch_check(stand, photographed, place); }},
                                        {"", [&](const Rect& place) { touch_check(stand, written, place); }}};
    lay_out(stand, flow, pair, {.least_px = stacked, .height_px = ui.check_height(photographed, stacked), .most = 4});
  });
}

void draw_lists(Stand& stand, const Rect& area) {
  ui::Ui& ui = stand.ui;
  constexpr float kBesideWordsMm = 56.0F;  // a choice's sign and padding, and the keys that scroll
  constexpr float kLeastListMm = 70.0F;
  constexpr float kRingMm = 3.0F;  // of the focus, above the first row
  std::vector<ui::ChoiceView> months;
  for (int month = 1; month <= kMonths; ++month) {
    const std::string number = std::to_string(month);
    months.push_back({.id = "list.month." + number, .label = stand.text("month." + number)});
  }
  std::vector<ui::ChoiceView> few;
  for (const char* id : {"kind.complaint", "kind.aspiration", "kind.information"}) {
    few.push_back({.id = std::string("list.") + id, .label = stand.text(id)});
  }
  few.back().disabled_reason = stand.text("gallery.why_disabled");
  Rect inside = area;
  inside.cut_top(ui.px(kRingMm));
  float words = 0;
  for (const ui::ChoiceView& month : months) words = std::max(words, ui.measure(month.label, TextStyle::kKey).w);
  const float lane = words + ui.px(kBesideWordsMm);
  if (ui::columns_that_fit(inside.w, lane, ui.gap(), 2) == 2) {
    const std::vector<Rect> lanes = ui::columns(inside, 2, 2 * ui.gap());
    list_of(stand, "months", months, lanes[0]);
    list_of(stand, "kinds", few, lanes[1]);
    return;
  }
  // One above the other where both have room for more than a choice; else the long one alone.
  if (inside.h >= 2 * ui.px(kLeastListMm)) {
    const std::vector<Rect> halves = ui::rows(inside, 2, 2 * ui.gap());
    list_of(stand, "kinds", few, halves[1]);
    inside = halves[0];
  }
  list_of(stand, "months", months, inside);
}

}  // namespace mimika::gallery
