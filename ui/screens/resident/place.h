// Where it is: the kampung of this district, another district, or "I do not know"; and a landmark, which may stay
// empty.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ui/screens/resident/common.h"

namespace mimika::screens {

struct PlaceView {
  ui::HeaderView header;
  std::vector<ui::ChoiceView> choices;
  std::vector<Action> actions;  // what each choice does
  std::optional<ui::KeyView> landmark;
  std::optional<ui::KeyView> districts;
  std::optional<ui::KeyView> search;
  Foot foot;
};

[[nodiscard]] PlaceView make_place_view(const Session& session, const SessionContext& context, const Text& text);
[[nodiscard]] PlaceView make_districts_view(const Session& session, const SessionContext& context, const Text& text);
[[nodiscard]] std::optional<Action> draw_place(const PlaceView& view, ui::Ui& ui);

}  // namespace mimika::screens
