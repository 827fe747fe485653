// How to be known: five choices, each explained by who learns the name and who reads the story.
#pragma once

#include <optional>
#include <vector>

#include "ui/screens/resident/common.h"

namespace mimika::screens {

struct KnownView {
  ui::HeaderView header;
  std::vector<ui::ChoiceView> choices;
  std::vector<Confidentiality> meanings;
  std::size_t chosen = 0;
  std::string who_name;   // "Siapa tahu nama?"
  std::string who_story;  // "Siapa baca cerita?"
  Foot foot;
};

[[nodiscard]] KnownView make_known_view(const Session& session, const SessionContext& context, const Text& text);
[[nodiscard]] std::optional<Action> draw_known(const KnownView& view, ui::Ui& ui);

// "name_hidden", as in the ids of targets and words.
[[nodiscard]] const char* known_id(Confidentiality known);

}  // namespace mimika::screens
