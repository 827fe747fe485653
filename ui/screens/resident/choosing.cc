#include "ui/screens/resident/choosing.h"

#include <array>

#include "ui/screens/resident/layout.h"

namespace mimika::screens {
namespace {

// The grounds the icons of a list stand on, in turn, so that neighbours are told apart at a glance.
std::optional<ui::Colour> ground_for(std::size_t index, const ui::Palette& colours) {
  const std::array<ui::Colour, 4> grounds = {colours.sky, colours.sago, colours.leaf, colours.dawn};
  return grounds[index % grounds.size()];
}

Foot choosing_foot(const Session& session, const Text& text) {
  Foot foot;
  foot.view.back = back_key(text);
  if (journey_has_input(session)) foot.view.cancel = cancel_key(text);
  return foot;
}

// Coming back to a question already answered, one may also just go on.
void offer_next(Foot& foot, bool answered, const Text& text) {
  if (answered) foot.view.primary = next_key(text);
}

}  // namespace

ChoosingView make_kind_view(const Session& session, const SessionContext& context, const Text& text) {
  ChoosingView view;
  view.name = "kind";
  view.header = {
      .title = text("kind.title"), .subtitle = text("kind.subtitle"), .steps = steps_of(session, context, text)};
  const auto chosen = session.personal.idea.kind;
  const auto add = [&](TicketKind kind, const char* id, const char* words, const char* picture, const char* icon) {
    view.tiles.push_back({.id = id,
                          .label = text(std::string(words)),
                          .detail = text(std::string(words) + ".detail"),
                          .picture = picture,
                          .icon = icon,
                          .selected = chosen == kind});
    view.actions.emplace_back(action::ChooseKind{kind});
  };
  add(TicketKind::kAspiration, "kind.aspiration", "kind.aspiration", "pictures/kind-usul", "sun");
  add(TicketKind::kInformation, "kind.information", "kind.information", "pictures/home-usul", "help");
  view.look = {.most_columns = 2, .least_tile_mm = 70, .picture_mm = 34};
  view.foot = choosing_foot(session, text);
  offer_next(view.foot, chosen.has_value(), text);
  return view;
}

ChoosingView make_category_view(const Session& session, const SessionContext& context, const Text& text) {
  ChoosingView view;
  view.name = "category";
  view.header = {.title = text("category.title"),
                 .subtitle = text("category.subtitle"),
                 .steps = steps_of(session, context, text)};
  const auto& chosen = session.personal.complaint.category;
  for (const Category& category : context.catalogue.categories) {
    view.tiles.push_back({.id = "category." + category.id.value,
                          .label = in_language(category.name, text),
                          .picture = "pictures/" + category.picture,
                          .style = ui::TextStyle::kBodyStrong,
                          .selected = chosen == category.id});
    view.actions.emplace_back(action::ChooseCategory{category.id});
  }
  view.look = {.most_columns = 6, .least_tile_mm = 33, .picture_mm = 20};
  view.foot = choosing_foot(session, text);
  view.foot.view.secondary =
      ui::KeyView{.id = "category.speak", .label = text("category.speak"), .icon = "mic", .kind = ui::KeyKind::kVoice};
  view.foot.secondary = action::JustSpeak{};
  offer_next(view.foot, chosen.has_value(), text);
  return view;
}

std::string group_name(ServiceGroup group, const Text& text) {
  switch (group) {
    case ServiceGroup::kCivilRegistration:
      return text("home.civil.title");
    case ServiceGroup::kLicensing:
      return text("home.licensing.title");
    case ServiceGroup::kHealth:
      return text("home.health.title");
  }
  return {};
}

ChoosingView make_services_view(const Session& session, const SessionContext& context, const Text& text) {
  ChoosingView view;
  view.name = "services";
  view.header = {.title = group_name(session.service_group, text), .subtitle = text("services.subtitle")};
  const ui::Palette& colours = ui::palette_for(ui::Contrast::kStandard);
  for (const Service& service : context.catalogue.services) {
    if (service.group != session.service_group) continue;
    view.tiles.push_back({.id = "service." + service.id.value,
                          .label = in_language(service.name, text),
                          .picture = "icons/" + service.icon,
                          .icon = service.icon,
                          .ground = ground_for(view.tiles.size(), colours),
                          .style = ui::TextStyle::kBodyStrong});
    view.actions.emplace_back(action::ChooseService{service.id});
  }
  view.look = {.most_columns = 5, .least_tile_mm = 40, .picture_mm = 16};
  view.foot = choosing_foot(session, text);
  return view;
}

std::optional<Action> draw_choosing(const ChoosingView& view, ui::Ui& ui) {
  ui.background();
  ui::Rect area = ui.content();
  ui.header(fitted(ui, view.header, area.w), area);
  std::optional<Action> action = draw_foot(view.foot, ui, area);
  const ui::GridLook look = fitted(ui, view.tiles, view.look, area);
  if (const auto chosen = ui.tile_grid(view.name, view.tiles, look, area)) action = view.actions[*chosen];
  return action;
}

}  // namespace mimika::screens
