// Looking for a kampung by letters of its name, in all districts. The list by touch alone is one key back.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ui/screens/resident/common.h"

namespace mimika::screens {

inline constexpr std::size_t kMostFound = 6;

struct PlaceSearchView {
  std::string title;
  ui::KeyView back;
  ui::FieldView field;
  std::vector<ui::ChoiceView> found;  // the best first, each with its district
  std::vector<Action> actions;
  std::string note;  // what to do, or that nothing is called so; empty while something is found
};

[[nodiscard]] PlaceSearchView make_place_search_view(const Session& session, const SessionContext& context,
                                                     const Text& text);
[[nodiscard]] std::optional<Action> draw_place_search(const PlaceSearchView& view, ui::Ui& ui);
void overwrite(PlaceSearchView& view);

// The names of all kampung, as long as the catalogue lives.
[[nodiscard]] std::vector<std::string_view> kampung_names(const Catalogue& catalogue);

}  // namespace mimika::screens
