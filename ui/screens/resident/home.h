// Eight picture tiles. The complaint leads; the two quiet ones are small.
#pragma once

#include <optional>
#include <vector>

#include "kiosk/session/action.h"
#include "ui/text/text.h"
#include "ui/widgets/ui.h"

namespace mimika::screens {

struct HomeView {
  ui::HeaderView header;
  std::vector<ui::TileView> tiles;  // in the order of kHomeTiles
};

// The order of the tiles on the screen.
inline constexpr std::array<action::HomeTile, 8> kHomeTiles = {
    action::HomeTile::kComplaint, action::HomeTile::kIdeas,  action::HomeTile::kTrack,         action::HomeTile::kCivil,
    action::HomeTile::kLicensing, action::HomeTile::kHealth, action::HomeTile::kAnnouncements, action::HomeTile::kRate};

[[nodiscard]] HomeView make_home_view(const Session& session, const SessionContext& context, const Text& text);
[[nodiscard]] std::optional<Action> draw_home(const HomeView& view, ui::Ui& ui);

}  // namespace mimika::screens
