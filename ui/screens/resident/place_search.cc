#include "ui/screens/resident/place_search.h"

#include <algorithm>

#include "kiosk/model/name_search.h"
#include "ui/screens/resident/layout.h"

namespace mimika::screens {
namespace {

constexpr std::size_t kMostAcross = 2;

}  // namespace

std::vector<std::string_view> kampung_names(const Catalogue& catalogue) {
  std::vector<std::string_view> names;
  for (const District& district : catalogue.districts) {
    for (const Kampung& kampung : district.kampung) names.emplace_back(kampung.name);
  }
  return names;
}

PlaceSearchView make_place_search_view(const Session& session, const SessionContext& context, const Text& text) {
  PlaceSearchView view;
  view.title = text("place.search.title");
  view.back = back_key(text);
  const std::string_view typed = text_of(session, TextTarget::kPlaceSearch, context);
  view.field = {.id = "place.search.field",
                .text = std::string(typed),
                .limit_bytes = kSearchedBytes,
                .hint = text("place.search.hint"),
                .starts_active = true};
  const std::vector<std::string_view> names = kampung_names(context.catalogue);
  std::vector<std::size_t> found = find_names(names, typed, kMostFound);
  std::size_t first = 0;
  std::vector<std::pair<const Kampung*, const District*>> places(names.size());
  for (const District& district : context.catalogue.districts) {
    for (const Kampung& kampung : district.kampung) places[first++] = {&kampung, &district};
  }
  for (const std::size_t index : found) {
    const auto& [kampung, district] = places[index];
    view.found.push_back({.id = "found." + kampung->code.value,
                          .label = kampung->name,
                          .detail = text.format("place.search.district", {district->name}),
                          .selected = session.personal.complaint.kampung == kampung->code});
    view.actions.emplace_back(action::ChooseKampung{kampung->code});
  }
  if (found.empty()) view.note = text(folded_name(typed).empty() ? "place.search.start" : "place.search.none");
  return view;
}

std::optional<Action> draw_place_search(const PlaceSearchView& view, ui::Ui& ui) {
  ui.background();
  ui::Rect area = ui.content();
  std::optional<Action> action;
  ui.publish("header.title", view.title);
  // Back stands beside the field: a low panel has no height for a footer under the keyboard.
  ui::KeyView back = view.back;
  back.icon_only = !ui.landscape() || ui.metrics().text_size() != ui::TextSize::kNormal;
  const ui::Size back_size = ui.key_size(back);
  const float field_height = ui.field_height(view.field, area.w, 1);
  const float top = std::max(field_height, back_size.h);

  const float used = top + ui.px(ui::mm::kKeyEdge) + 2 * ui.px(3);
  const auto row_height = [&](int columns) {
    const float width = ui::columns({0, 0, area.w, 0}, columns, ui.gap()).front().w;
    float height = 0;
    for (const ui::ChoiceView& choice : view.found) height = std::max(height, ui.choice_height(choice, width));
    return height;
  };
  int across = ui.landscape() ? static_cast<int>(kMostAcross) : 1;
  // Large words find room in one wide column before they become smaller.
  const float room = area.h - ui.keyboard_least_height(ui::KeyboardKind::kText) - used;
  if (across > 1 && row_height(across) > room) across = 1;
  float row = row_height(across);
  const float note = ui.text_height(view.note, ui::TextStyle::kBodyStrong, area.w);
  const float needed = used + std::max({row, note, ui.px(ui::mm::kTarget)});
  ui.keyboard(ui::KeyboardKind::kText, area, needed);
  const float title = ui.text_height(view.title, ui::TextStyle::kTitle, area.w);
  if (area.h >= needed + title + 2 * ui.gap()) {
    ui.text(view.title, area.cut_top(title, ui.gap()), {.style = ui::TextStyle::kTitle});
  }
  ui::Rect line = area.cut_top(top + ui.px(ui::mm::kKeyEdge), ui.px(3));
  line.h = top;
  const ui::Rect back_place = line.cut_left(back_size.w, ui.gap());
  if (ui.key(back, {back_place.x, line.y + (top - back_size.h) / 2, back_size.w, back_size.h})) action = action::Back{};
  if (auto typed = ui.field(view.field, line)) action = action::SetText{TextTarget::kPlaceSearch, *std::move(typed)};

  if (!view.note.empty()) {
    ui.text(view.note, area, {.style = ui::TextStyle::kBodyStrong});
    return action;
  }
  std::size_t at = 0;
  // One row is always shown; where it has no height, its words are seen not to fit, and the text becomes smaller.
  row = std::min(row, std::max(area.h, ui.px(ui::mm::kTargetFloor)));
  while (at < view.found.size() && area.h >= row) {
    const std::vector<ui::Rect> cells = ui::columns(area.cut_top(row, ui.px(3)), across, ui.gap());
    for (std::size_t i = 0; i < cells.size() && at < view.found.size(); ++i, ++at) {
      if (ui.choice(view.found[at], cells[i])) action = view.actions[at];
    }
  }
  ui.publish("place.search.shown", std::to_string(at));
  return action;
}

void overwrite(PlaceSearchView& view) {
  overwrite(view.field);
}

}  // namespace mimika::screens
