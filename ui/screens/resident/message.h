// Screens that say one thing and offer one way on: thanks, not found here.
#pragma once

#include <optional>

#include "ui/screens/resident/common.h"
#include "ui/screens/resident/layout.h"

namespace mimika::screens {

struct MessageView {
  ui::HeaderView header;
  CardView message;
  Foot foot;
};

[[nodiscard]] MessageView make_survey_thanks_view(const Text& text);
[[nodiscard]] MessageView make_track_missing_view(const Session& session, const Text& text);
[[nodiscard]] std::optional<Action> draw_message(const MessageView& view, ui::Ui& ui);

}  // namespace mimika::screens
