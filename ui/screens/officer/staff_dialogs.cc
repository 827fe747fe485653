#include "ui/screens/officer/staff_dialogs.h"

#include "ui/screens/officer/desk_words.h"

namespace mimika::screens {
namespace {

namespace did = staff::action;

void fill_question(StaffDialogView& view, const Text& text, const char* yes, const char* icon) {
  view.dialog.keys.push_back({.id = "confirm.no",
                              .label = text("officer.confirm.no"),
                              .icon = "back",
                              .kind = ui::KeyKind::kPrimary,
                              .answers_escape = true});
  view.dialog.keys.push_back({.id = "confirm.yes", .label = text(yes), .icon = icon});
  view.actions = {did::CloseDialog{}, did::ConfirmDialog{}};
}

// With what the public sees of it.
std::string consequence(const staff::Session& session, const staff::Context& context, const Text& text) {
  const staff::Composing& what = session.composing;
  switch (what.action) {
    case OfficerAction::kResolve:
      return text(session.ticket && is_secret(session.ticket->ticket.confidentiality) ? "officer.ask.resolve_secret"
                                                                                      : "officer.ask.resolve");
    case OfficerAction::kArchive:
      return text("officer.ask.archive");
    case OfficerAction::kMarkDuplicate:
      return text.format("officer.ask.duplicate", {what.other.view()});
    default:
      return text.format("officer.ask.hand_over", {opd_words(what.opd, context, text)});
  }
}

}  // namespace

StaffDialogView make_staff_dialog(const staff::Session& session, const staff::Context& context, const Text& text) {
  using staff::Dialog;
  StaffDialogView view;
  view.dialog.id = "confirm";
  view.dialog.icon = "help";
  const bool writes = staff::has_words(session);
  switch (session.dialog) {
    case Dialog::kConfirmAct:
      view.dialog.title = text(act_name(session.composing.action));
      view.dialog.text = consequence(session, context, text);
      fill_question(view, text, "officer.confirm.do", "check");
      break;
    case Dialog::kConfirmDiscard:
      view.dialog.title = text("officer.ask.discard.title");
      view.dialog.text = text("officer.ask.discard");
      fill_question(view, text, "officer.confirm.discard", "x");
      break;
    case Dialog::kConfirmOffice:
      view.dialog.title = text("officer.ask.close.title");
      view.dialog.text = text("officer.office.close.means");
      fill_question(view, text, "officer.confirm.close", "lock");
      break;
    case Dialog::kConfirmWithdraw:
      view.dialog.title = text("officer.ask.withdraw.title");
      view.dialog.text = text("officer.ask.withdraw");
      fill_question(view, text, "officer.office.withdraw", "x");
      break;
    case Dialog::kConfirmSignOut:
      view.dialog.title = text("officer.ask.out.title");
      view.dialog.text = text(writes ? "officer.ask.out.words" : "officer.ask.out");
      fill_question(view, text, "officer.rail.out", "door");
      break;
    case Dialog::kIdleWarning:
      view.dialog = {.id = "warning",
                     .title = text("officer.idle.title"),
                     .text = text(writes ? "officer.idle.words" : "officer.idle"),
                     .seconds_left = seconds_until_idle_end(session, context),
                     .seconds_total = static_cast<int>(staff::kIdleWarningMs / 1000),
                     .seconds_word = text("warning.seconds"),
                     .keys = {},
                     .hides_screen = true};
      view.dialog.keys.push_back(
          {.id = "warning.stay", .label = text("officer.idle.stay"), .icon = "hand", .kind = ui::KeyKind::kPrimary});
      view.actions = {did::CloseDialog{}};
      break;
    case Dialog::kDutyWarning:
      view.dialog.title = text("officer.duty.title");
      view.dialog.text = text.count("officer.duty", minutes_until_duty_end(session, context));
      view.dialog.icon = "hourglass";
      view.dialog.hides_screen = true;
      view.dialog.keys.push_back({.id = "warning.seen",
                                  .label = text("officer.duty.seen"),
                                  .icon = "check",
                                  .kind = ui::KeyKind::kPrimary,
                                  .answers_escape = true});
      view.actions = {did::CloseDialog{}};
      break;
    case Dialog::kNone:
      break;
  }
  return view;
}

std::optional<staff::Action> draw_staff_dialog(const StaffDialogView& view, ui::Ui& ui) {
  // Whatever becomes of the drawing behind it: nothing of a case may show through.
  if (view.dialog.hides_screen) ui.fill(ui.stage(), ui.colours().deep);
  if (const auto pressed = ui.dialog(view.dialog)) return view.actions[*pressed];
  return std::nullopt;
}

}  // namespace mimika::screens
