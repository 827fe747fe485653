#include "ui/screens/resident/place.h"

#include <algorithm>
#include <utility>

#include "ui/screens/resident/layout.h"

namespace mimika::screens {
namespace {

constexpr float kPlaceLeadMm = 27.0F;  // padding and radio button beside the words
constexpr float kKeyLeadMm = 12.0F;    // padding beside the words of a key, and between them and its icon
constexpr float kIconShare = 1.5F;     // of a key, in capital letters
constexpr int kMostColumns = 3;

}  // namespace

PlaceView make_place_view(const Session& session, const SessionContext& context, const Text& text) {
  PlaceView view;
  const Draft& draft = session.personal.complaint;
  const District* district = listed_district(session, context);
  const bool here = district != nullptr && district->code == context.district;
  view.header = {.title = text("place.title"),
                 .subtitle = district == nullptr ? std::string() : text.format("place.subtitle", {district->name}),
                 .steps = steps_of(session, context, text)};
  if (district != nullptr) {
    for (const Kampung& kampung : district->kampung) {
      view.choices.push_back(
          {.id = "place." + kampung.code.value, .label = kampung.name, .selected = draft.kampung == kampung.code});
      view.actions.emplace_back(action::ChooseKampung{kampung.code});
    }
  }
  if (here) {
    view.choices.push_back({.id = "place.unknown", .label = text("place.unknown"), .selected = draft.place_unknown});
    view.actions.emplace_back(action::ChoosePlaceUnknown{});
  }
  const bool has_landmark = !draft.landmark.empty();
  view.landmark = ui::KeyView{.id = "place.landmark",
                              .label = text(has_landmark ? "place.landmark.filled" : "place.landmark"),
                              .icon = has_landmark ? "check" : "flag",
                              .style = ui::TextStyle::kBodyStrong};
  view.districts = ui::KeyView{
      .id = "place.districts", .label = text("place.districts"), .icon = "pin", .style = ui::TextStyle::kBodyStrong};
  view.search = ui::KeyView{
      .id = "place.search", .label = text("place.search"), .icon = "search", .style = ui::TextStyle::kBodyStrong};
  const bool chosen = draft.kampung || draft.place_unknown;
  view.foot = journey_foot(session, text, chosen ? std::string() : text("place.missing"));
  return view;
}

PlaceView make_districts_view(const Session& session, const SessionContext& context, const Text& text) {
  PlaceView view;
  view.header = {.title = text("districts.title"),
                 .subtitle = text("districts.subtitle"),
                 .steps = steps_of(session, context, text)};
  const District* listed = listed_district(session, context);
  for (const District& district : context.catalogue.districts) {
    view.choices.push_back({.id = "district." + district.code.value,
                            .label = district.name,
                            .selected = listed != nullptr && listed->code == district.code});
    view.actions.emplace_back(action::ChooseDistrict{district.code});
  }
  view.foot.view.back = back_key(text);
  return view;
}

namespace {

// Each as wide as its words need, so that all of them keep the size that was asked for; cut off the bottom of `area`.
std::vector<ui::Rect> row_of_keys(const ui::Ui& ui, const std::vector<const ui::KeyView*>& keys, ui::Rect& area) {
  std::vector<float> by_words;
  std::vector<float> by_lines;
  for (const ui::KeyView* key : keys) {
    by_words.push_back(widest_word(ui, key->label, key->style) + ui.px(kKeyLeadMm) +
                       kIconShare * ui.metrics().cap_height(key->style));
    by_lines.push_back(ui.key_size(*key).w);
  }
  std::vector<ui::Rect> places;
  float height = 0;
  for (const std::vector<float>& shares : {by_words, by_lines}) {
    std::vector<ui::Rect> tried = ui::columns({area.x, 0, area.w, 0}, shares, ui.gap());
    float needed = 0;
    for (std::size_t i = 0; i < keys.size(); ++i) needed = std::max(needed, ui.key_size(*keys[i], tried[i].w).h);
    if (!places.empty() && needed >= height) continue;
    places = std::move(tried);
    height = needed;
  }
  const ui::Rect row = area.cut_bottom(height + ui.px(ui::mm::kKeyEdge), ui.gap());
  for (ui::Rect& place : places) place = {place.x, row.y, place.w, height};
  return places;
}

}  // namespace

std::optional<Action> draw_place(const PlaceView& view, ui::Ui& ui) {
  ui.background();
  ui::Rect area = ui.content();
  ui.header(fitted(ui, view.header, area.w), area);
  std::optional<Action> action = draw_foot(view.foot, ui, area);

  if (view.landmark && view.districts && view.search) {
    // Three side by side; an upright panel has no width for that, and the search stands over the other two.
    std::vector<const ui::KeyView*> beside = {&*view.districts, &*view.landmark};
    std::vector<ui::Rect> places;
    if (ui.landscape()) {
      beside.insert(beside.begin(), &*view.search);
    } else {
      const float height = ui.key_size(*view.search, area.w).h;
      places.push_back(area.cut_bottom(height + ui.px(ui::mm::kKeyEdge), ui.gap()));
      places.front().h = height;
    }
    for (const ui::Rect& place : row_of_keys(ui, beside, area)) places.push_back(place);
    const ui::SpokenPart part = ui.speak_in(ui::SpokenPart::kClosing);
    if (ui.key(*view.search, places[0])) action = action::OpenPlaceSearch{};
    if (ui.key(*view.districts, places[1])) action = action::OpenDistricts{};
    if (ui.key(*view.landmark, places[2])) action = action::OpenLandmark{};
    ui.speak_in(part);
  }

  std::vector<std::string> labels;
  labels.reserve(view.choices.size());
  for (const ui::ChoiceView& choice : view.choices) labels.push_back(choice.label);
  ui.scroll("places", area, [&](ui::Flow& flow) {
    const int across = columns_for_words(ui, labels, ui::TextStyle::kKey, kPlaceLeadMm, flow.width(), kMostColumns);
    const float width = ui::columns({0, 0, flow.width(), 0}, across, ui.gap()).front().w;
    float height = 0;
    for (const ui::ChoiceView& choice : view.choices) height = std::max(height, ui.choice_height(choice, width));
    for (std::size_t first = 0; first < view.choices.size(); first += static_cast<std::size_t>(across)) {
      const std::vector<ui::Rect> cells = ui::columns(flow.next(height), across, ui.gap());
      for (std::size_t i = 0; i < cells.size() && first + i < view.choices.size(); ++i) {
        if (ui.choice(view.choices[first + i], cells[i])) action = view.actions[first + i];
      }
    }
  });
  return action;
}

}  // namespace mimika::screens
