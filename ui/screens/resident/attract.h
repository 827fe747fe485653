// The first screen: "touch to start", the languages side by side, the office, the time, and a quiet line for staff.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kiosk/session/action.h"
#include "ui/screens/resident/staff_line.h"
#include "ui/text/text.h"
#include "ui/widgets/ui.h"

namespace mimika::screens {

struct AttractView {
  std::string office;
  std::string regency;
  std::string state;        // "Buka sampai jam 14.00"
  std::string state_short;  // without the hour
  ui::MarkKind state_sign = ui::MarkKind::kGreen;
  std::string clock;    // empty: the clock cannot be believed
  std::string weekday;  // "Selasa,"
  std::string date;     // "24 November 2026"
  ui::KeyView start;
  struct LanguageKey {
    ui::KeyView key;
    Language language;
  };
  std::vector<LanguageKey> languages;
  StaffLineView staff;
  ui::KeyView staff_key;  // small, beside the line for staff: residents need not read it
};

[[nodiscard]] AttractView make_attract_view(const Session& session, const SessionContext& context, const Text& text);
[[nodiscard]] std::optional<Action> draw_attract(const AttractView& view, ui::Ui& ui);

}  // namespace mimika::screens
