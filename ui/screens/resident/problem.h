// What went wrong, what it means, and what to do: for the kiosk as a whole and for a single save.
#pragma once

#include <optional>
#include <string>

#include "ui/screens/resident/common.h"

namespace mimika::screens {

struct ProblemView {
  ui::ErrorView error;
  std::string technical;
  Foot foot;
};

[[nodiscard]] ProblemView make_problem_view(const Problem& problem, const Text& text);
[[nodiscard]] std::optional<Action> draw_problem(const ProblemView& view, ui::Ui& ui);

enum class ProblemPlace : std::uint8_t { kStarting, kSaving };

// The message that says what to do about a failure: "error.storage_full.saving".
[[nodiscard]] std::string problem_words_id(ErrorCode code, ProblemPlace place);

// What a technician asks for on the telephone: "KIOS-STORAGE-FULL".
[[nodiscard]] std::string technical_code(ErrorCode code);

// The panel in the middle of `area`, the technical code below it.
void draw_error(const ui::ErrorView& error, const std::string& technical, ui::Ui& ui, const ui::Rect& area);

}  // namespace mimika::screens
