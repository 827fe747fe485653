// What is asked once, and the two warnings.
#pragma once

#include <optional>
#include <vector>

#include "kiosk/staff/staff_apply.h"
#include "ui/text/text.h"
#include "ui/widgets/ui.h"

namespace mimika::screens {

struct StaffDialogView {
  ui::DialogView dialog;
  std::vector<staff::Action> actions;  // of its keys
};
[[nodiscard]] StaffDialogView make_staff_dialog(const staff::Session& session, const staff::Context& context,
                                                const Text& text);
[[nodiscard]] std::optional<staff::Action> draw_staff_dialog(const StaffDialogView& view, ui::Ui& ui);

}  // namespace mimika::screens
