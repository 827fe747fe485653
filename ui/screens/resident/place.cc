#include "ui/screens/resident/place.h"

#include <algorithm>

#include "ui/screens/resident/layout.h"

namespace mimika::screens {
namespace {

constexpr float kPlaceLeadMm = 27.0F;  // padding and radio button beside the words
constexpr int kMostColumns = 3;

}  // namespace

PlaceView make_place_view(const Session& session, const SessionContext& context, const Text& text) {
  PlaceView view;
  const Draft& draft = session.personal.complaint;
  const District* district = listed_district(session, context);
  const bool here = district != nullptr && district->code == context.district;
  view.header = {.title = text("place.title"),
                 .subtitle = district == nullptr ? std::string() : text.format("place.subtitle", {district->name}),
                 .steps = steps_of(session, context)};
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
  const bool chosen = draft.kampung || draft.place_unknown;
  view.foot = journey_foot(session, text, chosen ? std::string() : text("place.missing"));
  return view;
}

PlaceView make_districts_view(const Session& session, const SessionContext& context, const Text& text) {
  PlaceView view;
  view.header = {
      .title = text("districts.title"), .subtitle = text("districts.subtitle"), .steps = steps_of(session, context)};
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

std::optional<Action> draw_place(const PlaceView& view, ui::Ui& ui) {
  ui.background();
  ui::Rect area = ui.content();
  ui.header(fitted(ui, view.header, area.w), area);
  std::optional<Action> action = draw_foot(view.foot, ui, area);

  if (view.landmark && view.districts) {
    const float half = (area.w - ui.gap()) / 2;
    const float height = std::max(ui.key_size(*view.landmark, half).h, ui.key_size(*view.districts, half).h);
    const std::vector<ui::Rect> pair =
        ui::columns(area.cut_bottom(height + ui.px(ui::mm::kKeyEdge), ui.gap()), 2, ui.gap());
    ui::Rect left = pair[0];
    ui::Rect right = pair[1];
    left.h = right.h = height;
    if (ui.key(*view.landmark, left)) action = action::OpenLandmark{};
    if (ui.key(*view.districts, right)) action = action::OpenDistricts{};
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
