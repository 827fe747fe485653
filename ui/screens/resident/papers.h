// The papers of a service: a photo of each that the person has with them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ui/screens/resident/common.h"

namespace mimika::screens {

struct PapersView {
  ui::HeaderView header;
  std::vector<ui::LabelledRow> rows;  // one a requirement
  Foot foot;
};

[[nodiscard]] PapersView make_papers_view(const Session& session, const SessionContext& context, const Text& text);
[[nodiscard]] std::optional<Action> draw_papers(const PapersView& view, ui::Ui& ui);

}  // namespace mimika::screens
