// What comes over a screen: the idle warning, "give up?", "finish?"; and the tools at the side.
#pragma once

#include <optional>

#include "ui/screens/resident/common.h"

namespace mimika::screens {

struct DialogBoxView {
  ui::DialogView dialog;
  std::vector<Action> actions;  // what each key does
};

[[nodiscard]] DialogBoxView make_warning_view(const Session& session, const SessionContext& context, const Text& text);
[[nodiscard]] DialogBoxView make_draft_lost_view(const Text& text);
[[nodiscard]] DialogBoxView make_confirm_view(const Session& session, const Text& text);
[[nodiscard]] std::optional<Action> draw_dialog(const DialogBoxView& view, ui::Ui& ui);

struct ToolsView {
  ui::RailView rail;
};

[[nodiscard]] ToolsView make_tools_view(const Session& session, const SessionContext& context, const Text& text);
[[nodiscard]] std::optional<Action> draw_tools(const ToolsView& view, ui::Ui& ui);

}  // namespace mimika::screens
