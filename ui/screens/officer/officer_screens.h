// Draws the officers' side of the screen: whatever the counter's session shows, and what was done to it.
#pragma once

#include <optional>

#include "kiosk/staff/staff_apply.h"
#include "ui/text/text.h"
#include "ui/widgets/ui.h"

namespace mimika::screens {

// One frame, between Ui::begin_frame and end_frame; instead of draw_screen() while staff::counter_is_shown(). Publishes
// "screen", and for scripts staff.number, staff.status, staff.count.new and its like, staff.trouble, staff.note.
[[nodiscard]] std::optional<staff::Action> draw_staff(const staff::Session& session, const staff::Context& context,
                                                      const Texts& texts, ui::Ui& ui);

// The name published as "screen": "staff.queue", "staff.warning".
[[nodiscard]] const char* staff_screen_name(const staff::Session& session);

}  // namespace mimika::screens
