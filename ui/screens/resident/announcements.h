// What the regency and this office announce: one card each, the newest on top; or that there is nothing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ui/screens/resident/common.h"
#include "ui/screens/resident/layout.h"

namespace mimika::screens {

struct AnnouncementsView {
  ui::HeaderView header;
  std::vector<CardView> cards;
  CardView empty;
  Foot foot;
};

[[nodiscard]] AnnouncementsView make_announcements_view(const SessionContext& context, const Text& text);
[[nodiscard]] std::optional<Action> draw_announcements(const AnnouncementsView& view, ui::Ui& ui);

}  // namespace mimika::screens
