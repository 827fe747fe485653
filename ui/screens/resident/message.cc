#include "ui/screens/resident/message.h"

namespace mimika::screens {
namespace {

ui::HeaderView tile_header(const char* title, const char* icon, const Text& text) {
  return {.title = text(title), .icon = icon};
}

}  // namespace

MessageView make_announcements_view(const Text& text) {
  MessageView view;
  view.header = tile_header("home.announcements.title", "screen", text);
  view.message = {.title = text("announcements.empty"), .text = text("announcements.empty.detail"), .icon = "screen"};
  view.foot.view.back = back_key(text);
  return view;
}

MessageView make_rate_view(const Text& text) {
  MessageView view;
  view.header = tile_header("home.rate.title", "star", text);
  view.message = {.title = text("rate.not_yet"), .text = text("rate.not_yet.detail"), .icon = "badge"};
  view.foot.view.back = back_key(text);
  return view;
}

MessageView make_track_missing_view(const Session& session, const Text& text) {
  MessageView view;
  const auto number = parse_ticket_number(session.personal.tracking.number.view());
  view.header = {.title = number ? format_ticket_number(*number) : std::string(session.personal.tracking.number.view()),
                 .icon = "search"};
  view.message = {.title = text("track.missing.title"), .text = text("track.missing.text"), .icon = "search"};
  view.foot.view.back = back_key(text);
  return view;
}

std::optional<Action> draw_message(const MessageView& view, ui::Ui& ui) {
  ui.background();
  ui::Rect area = ui.content();
  ui.header(view.header, area);
  const std::optional<Action> action = draw_foot(view.foot, ui, area);
  ui.scroll("message", area, [&](ui::Flow& flow) {
    const float height = ui.error_panel_height(view.message, flow.width());
    flow.space(std::max(0.0F, (area.h - height) * 0.4F - ui.px(4)));
    ui.error_panel(view.message, flow.next(height));
  });
  return action;
}

}  // namespace mimika::screens
