// The quiet line at the edge of the first screen, for the staff of the office: what waits and since when, when Mimika
// Center was last heard, and what needs a technician. It never names a time that nobody vouched for.
#pragma once

#include <string>
#include <vector>

#include "kiosk/session/session.h"
#include "ui/text/text.h"
#include "ui/widgets/ui.h"

namespace mimika::screens {

struct StaffLineView {
  std::vector<std::string> parts = {};  // none until the journal was read
  std::string between = {};             // " · "
  std::string icon = {};  // "kiosk": something is only here; "check": nothing waits; "gear": for a technician
  [[nodiscard]] std::string words() const;  // all in one line, as scripts read it
  friend bool operator==(const StaffLineView&, const StaffLineView&) = default;
};

[[nodiscard]] StaffLineView make_staff_line(const SessionContext& context, const Text& text);
[[nodiscard]] float staff_line_height(const StaffLineView& view, const ui::Ui& ui, float width_px);
void draw_staff_line(const StaffLineView& view, ui::Ui& ui, const ui::Rect& place);

}  // namespace mimika::screens
