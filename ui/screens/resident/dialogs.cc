#include "ui/screens/resident/dialogs.h"

#include "ui/text/dates.h"

namespace mimika::screens {

DialogBoxView make_warning_view(const Session& session, const SessionContext& context, const Text& text) {
  DialogBoxView view;
  view.dialog = {.id = "warning",
                 .title = text("warning.title"),
                 .text = text(session_has_input(session) ? "warning.text.typed" : "warning.text"),
                 .note = text("warning.sound"),
                 .note_icon = "speaker",
                 .seconds_left = seconds_left(session, context),
                 .seconds_total = static_cast<int>(context.limits.answer_ms / 1000),
                 .seconds_word = text("warning.seconds"),
                 .keys = {},
                 .hides_screen = true};
  view.dialog.keys.push_back(
      {.id = "warning.stay", .label = text("warning.stay"), .icon = "hand", .kind = ui::KeyKind::kPrimary});
  view.dialog.keys.push_back({.id = "warning.finish", .label = text("warning.finish"), .icon = "door"});
  view.actions = {action::StillHere{}, action::EndNow{}};
  return view;
}

DialogBoxView make_draft_lost_view(const Text& text) {
  DialogBoxView view;
  view.dialog = {.id = "draft_lost",
                 .title = text("draft_lost.title"),
                 .text = text("draft_lost.text"),
                 .icon = "power",
                 .keys = {}};
  view.dialog.keys.push_back({.id = "draft_lost.seen",
                              .label = text("draft_lost.seen"),
                              .icon = "check",
                              .kind = ui::KeyKind::kPrimary,
                              .answers_escape = true});
  view.actions = {action::CloseDialog{}};
  return view;
}

DialogBoxView make_confirm_view(const Session& session, const Text& text) {
  DialogBoxView view;
  const bool finish = session.dialog == Dialog::kConfirmFinish;
  view.dialog = {.id = "confirm",
                 .title = text(finish ? "confirm.finish.title" : "confirm.cancel.title"),
                 .text = text(finish ? "confirm.finish.text" : "confirm.cancel.text"),
                 .icon = "help",
                 .keys = {}};
  view.dialog.keys.push_back({.id = "confirm.no",
                              .label = text("confirm.no"),
                              .icon = "back",
                              .kind = ui::KeyKind::kPrimary,
                              .answers_escape = true});
  view.dialog.keys.push_back({.id = "confirm.yes", .label = text("confirm.yes"), .icon = "x"});
  view.actions = {action::CloseDialog{}, action::ConfirmDialog{}};
  return view;
}

std::optional<Action> draw_dialog(const DialogBoxView& view, ui::Ui& ui) {
  // Whatever becomes of the drawing behind it: what the person wrote must not show through.
  if (view.dialog.hides_screen) ui.fill(ui.stage(), ui.colours().deep);
  if (const auto pressed = ui.dialog(view.dialog)) return view.actions[*pressed];
  return std::nullopt;
}

ToolsView make_tools_view(const Session& session, const SessionContext& context, const Text& text) {
  ToolsView view;
  ui::RailView& rail = view.rail;
  if (clock_is_plausible(context)) rail.clock = clock_time(text, local_time(context.wall_ms));
  switch (context.office) {
    case OfficeState::kOpen:
      rail.state = text("state.open");
      rail.sign = ui::ServiceSign::kOpen;
      break;
    case OfficeState::kPaused:
      rail.state = text("state.paused");
      rail.sign = ui::ServiceSign::kPaused;
      break;
    case OfficeState::kClosed:
      rail.state = text("state.closed");
      rail.sign = ui::ServiceSign::kClosed;
      break;
  }
  const auto index = [](ui::Tool tool) { return static_cast<std::size_t>(tool); };
  rail.labels[index(ui::Tool::kListen)] = text("tool.listen");
  rail.labels[index(ui::Tool::kLanguage)] = text("tool.language");
  rail.labels[index(ui::Tool::kTextSize)] = text("tool.size");
  rail.labels[index(ui::Tool::kContrast)] = text("tool.contrast");
  rail.labels[index(ui::Tool::kHelp)] = text("tool.help");
  rail.selected[index(ui::Tool::kListen)] = session.preferences.speech;
  rail.selected[index(ui::Tool::kTextSize)] = session.preferences.text_size != TextSize::kStandard;
  rail.selected[index(ui::Tool::kContrast)] = session.preferences.contrast != Contrast::kStandard;
  rail.selected[index(ui::Tool::kHelp)] = session.dialog == Dialog::kHelp;
  return view;
}

std::optional<Action> draw_tools(const ToolsView& view, ui::Ui& ui) {
  const std::optional<ui::Tool> tool = ui.rail(view.rail);
  if (!tool) return std::nullopt;
  switch (*tool) {
    case ui::Tool::kListen:
      return action::Listen{};
    case ui::Tool::kLanguage:
      return action::NextLanguage{};
    case ui::Tool::kTextSize:
      return action::NextTextSize{};
    case ui::Tool::kContrast:
      return action::NextContrast{};
    case ui::Tool::kHelp:
      return action::OpenHelp{};
  }
  return std::nullopt;
}

}  // namespace mimika::screens
