// One question answered by touching one picture: idea or question, category, service.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ui/screens/resident/common.h"

namespace mimika::screens {

struct ChoosingView {
  std::string name;  // of the scroll region
  ui::HeaderView header;
  std::vector<ui::TileView> tiles;
  std::vector<Action> actions;  // what each tile does
  ui::GridLook look;
  Foot foot;
};

[[nodiscard]] ChoosingView make_kind_view(const Session& session, const SessionContext& context, const Text& text);
[[nodiscard]] ChoosingView make_category_view(const Session& session, const SessionContext& context, const Text& text);
[[nodiscard]] ChoosingView make_services_view(const Session& session, const SessionContext& context, const Text& text);
[[nodiscard]] std::optional<Action> draw_choosing(const ChoosingView& view, ui::Ui& ui);

[[nodiscard]] std::string group_name(ServiceGroup group, const Text& text);

}  // namespace mimika::screens
