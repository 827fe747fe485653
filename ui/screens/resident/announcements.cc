#include "ui/screens/resident/announcements.h"

#include "kiosk/model/announcements.h"

namespace mimika::screens {

AnnouncementsView make_announcements_view(const SessionContext& context, const Text& text) {
  AnnouncementsView view;
  view.header = {.title = text("home.announcements.title"), .icon = "screen"};
  view.empty = {.icon = "screen", .title = text("announcements.empty"), .text = text("announcements.empty.detail")};
  view.foot.view.back = back_key(text);
  const std::optional<LocalDate> today = clock_is_plausible(context) ? std::optional(context.today) : std::nullopt;
  for (const Announcement& announcement : context.announcements) {
    if (!is_current(announcement, today)) continue;
    view.cards.push_back({.icon = "screen",
                          .title = in_language(announcement.title, text),
                          .text = in_language(announcement.text, text)});
  }
  return view;
}

std::optional<Action> draw_announcements(const AnnouncementsView& view, ui::Ui& ui) {
  ui.background();
  ui::Rect area = ui.content();
  ui.header(fitted(ui, view.header, area.w), area);
  const std::optional<Action> action = draw_foot(view.foot, ui, area);
  ui.publish("announcements.count", std::to_string(view.cards.size()));
  std::string titles;
  for (const CardView& card : view.cards) titles += (titles.empty() ? "" : " | ") + card.title;
  ui.publish("announcements.titles", titles);
  if (view.cards.empty()) {
    draw_card_in(ui, view.empty, ui.colours().sky, area);
    return action;
  }
  ui.scroll("announcements", area, [&](ui::Flow& flow) {
    for (const CardView& card : view.cards) {
      draw_card(ui, card, ui.colours().sky, flow.next(card_height(ui, card, flow.width())));
    }
  });
  return action;
}

}  // namespace mimika::screens
