// "Simpan bukti ini": how a receipt is kept, on paper, as a photo or written down; how the paper is doing; and the one
// way on.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ui/screens/resident/common.h"

namespace mimika::screens {

enum class NoteMood { kPlain, kWorking, kGood, kBad };

struct KeepView {
  // "Simpan bukti ini. Pilih caranya:", or how the paper is doing; then with a sign on a ground of its own.
  std::string words;
  NoteMood mood = NoteMood::kPlain;
  std::string paper;                 // the same for scripts: "printing", "paper_out"; empty without a printer
  std::optional<ui::KeyView> print;  // the first box, until paper came from the printer; none without a printer
  std::vector<ui::CheckView> kept;   // paper came out (then), photographed, written
  std::optional<ui::KeyView> aside;  // beside the way on: stop printing, print again
  Action aside_does = action::Touched{};
  ui::KeyView done;
};

[[nodiscard]] KeepView make_keep_view(const Receipt& receipt, const Text& text);

// At the bottom of the area, and cut off it. The height counts what the printer may have to say as well.
[[nodiscard]] float keep_height(const KeepView& view, ui::Ui& ui, float width_px);
void draw_keep(const KeepView& view, ui::Ui& ui, ui::Rect& area, std::optional<Action>& action);

}  // namespace mimika::screens
