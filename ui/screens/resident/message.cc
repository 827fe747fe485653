#include "ui/screens/resident/message.h"

namespace mimika::screens {
namespace {

ui::HeaderView tile_header(const char* title, const char* icon, const Text& text) {
  return {.title = text(title), .icon = icon};
}

}  // namespace

MessageView make_survey_thanks_view(const Text& text) {
  MessageView view;
  view.header = tile_header("home.rate.title", "star", text);
  view.message = {.icon = "check", .title = text("survey.thanks"), .text = text("survey.thanks.detail")};
  view.foot.view.primary =
      ui::KeyView{.id = "survey.done", .label = text("survey.done"), .icon = "check", .kind = ui::KeyKind::kPrimary};
  return view;
}

MessageView make_track_missing_view(const Session& session, const Text& text) {
  MessageView view;
  const auto number = parse_ticket_number(session.personal.tracking.number.view());
  view.header = {.title = number ? format_ticket_number(*number) : std::string(session.personal.tracking.number.view()),
                 .icon = "search"};
  view.message = {.icon = "search", .title = text("track.missing.title"), .text = text("track.missing.text")};
  view.foot.view.back = back_key(text);
  return view;
}

std::optional<Action> draw_message(const MessageView& view, ui::Ui& ui) {
  ui.background();
  ui::Rect area = ui.content();
  ui.header(fitted(ui, view.header, area.w), area);
  const std::optional<Action> action = draw_foot(view.foot, ui, area);
  draw_card_in(ui, view.message, ui.colours().sky, area);
  return action;
}

}  // namespace mimika::screens
