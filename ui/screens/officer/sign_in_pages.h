// Who, the PIN, and a new one.
#pragma once

#include <optional>
#include <vector>

#include "ui/screens/officer/desk_frame.h"

namespace mimika::screens {

struct WhoView {
  DeskHead head;
  DeskNote note;
  std::vector<DeskRow> people;
  std::string empty;
};
[[nodiscard]] WhoView make_who_view(const staff::Session& session, const staff::Context& context, const Text& text);
[[nodiscard]] std::optional<staff::Action> draw_who(const WhoView& view, ui::Ui& ui);

struct PinView {
  DeskHead head;
  DeskNote note;
  struct Field {
    ui::FieldView view;
    staff::TextTarget target = staff::TextTarget::kPin;
  };
  std::vector<Field> fields;  // one, or two for a new one; none while it is being tried
  std::string rules;
  ui::KeyboardKind keyboard = ui::KeyboardKind::kDigits;
  DeskKey other;  // a passphrase, or digits again
  staff::Action enter = staff::action::EnterPin{};
  bool may_enter = true;
};
[[nodiscard]] PinView make_pin_view(const staff::Session& session, const staff::Context& context, const Text& text);
[[nodiscard]] PinView make_new_pin_view(const staff::Session& session, const staff::Context& context, const Text& text);
[[nodiscard]] std::optional<staff::Action> draw_pin(const PinView& view, ui::Ui& ui);
void overwrite(PinView& view);

}  // namespace mimika::screens
