// Faces: one element of the satisfaction survey at a time, and the rating of a closed ticket. A face, a word, and never
// a colour alone.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ui/screens/resident/common.h"
#include "ui/screens/resident/layout.h"

namespace mimika::screens {

struct FacesView {
  std::string name;  // "survey", "rating"
  ui::HeaderView header;
  std::string problem;              // it could not be saved; empty otherwise
  std::vector<ui::TileView> tiles;  // four, the saddest first
  Foot foot;
};

[[nodiscard]] FacesView make_survey_view(const Session& session, const Text& text);
[[nodiscard]] FacesView make_rating_view(const Session& session, const Text& text);
[[nodiscard]] std::optional<Action> draw_faces(const FacesView& view, ui::Ui& ui);

}  // namespace mimika::screens
