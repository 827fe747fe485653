#include "ui/screens/resident/problem.h"

#include <algorithm>
#include <cctype>

namespace mimika::screens {

std::string technical_code(ErrorCode code) {
  std::string words = std::string("KIOS-") + error_code_name(code);
  for (char& c : words) c = c == '_' ? '-' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return words;
}

// Only failures that a person can do something different about have words of their own.
std::string problem_words_id(ErrorCode code, ProblemPlace place) {
  const char* family = "other";
  switch (code) {
    case ErrorCode::kStorageFull:
      family = "storage_full";
      break;
    case ErrorCode::kStorageReadOnly:
      family = "storage_read_only";
      break;
    case ErrorCode::kStorageFailed:
    case ErrorCode::kCorrupt:
      family = "storage_failed";
      break;
    case ErrorCode::kNewerVersion:
      family = "newer_version";
      break;
    case ErrorCode::kNotFound:
    case ErrorCode::kInvalidInput:
      family = place == ProblemPlace::kStarting ? "set_up" : "other";
      break;
    case ErrorCode::kConflict:
    case ErrorCode::kUnauthorised:
    case ErrorCode::kUnreachable:
    case ErrorCode::kTooSlow:
    case ErrorCode::kTooLarge:
    case ErrorCode::kCancelled:
    case ErrorCode::kInternal:
      break;
  }
  return std::string("error.") + family + (place == ProblemPlace::kSaving ? ".saving" : ".starting");
}

ProblemView make_problem_view(const Problem& problem, const Text& text) {
  ProblemView view;
  const std::string id = problem_words_id(problem.code, ProblemPlace::kStarting);
  view.error = {.title = text(id + ".title"), .text = text(id), .icon = "gear"};
  view.technical = technical_code(problem.code);
  if (!problem.technical.empty()) view.technical += "  " + problem.technical;
  view.foot.view.primary =
      ui::KeyView{.id = "problem.retry", .label = text("problem.retry"), .icon = "redo", .kind = ui::KeyKind::kPrimary};
  view.foot.primary = action::RetryProblem{};
  return view;
}

void draw_error(const ui::ErrorView& error, const std::string& technical, ui::Ui& ui, const ui::Rect& area) {
  const float code_height = ui.text_height(technical, ui::TextStyle::kNote, area.w);
  const float panel_height = ui.error_panel_height(error, area.w);
  if (panel_height + ui.gap() + code_height > area.h) {
    ui.scroll("problem", area, [&](ui::Flow& flow) {
      ui.error_panel(error, flow.next(ui.error_panel_height(error, flow.width())));
      flow.text(technical, {.style = ui::TextStyle::kNote});
    });
    return;
  }
  const ui::Rect middle = area.centred({area.w, panel_height + ui.gap() + code_height});
  ui.error_panel(error, {middle.x, middle.y, middle.w, panel_height});
  ui.text(technical, {middle.x, middle.bottom() - code_height, middle.w, code_height},
          {.style = ui::TextStyle::kNote, .align = ui::Align::kCentre});
}

std::optional<Action> draw_problem(const ProblemView& view, ui::Ui& ui) {
  ui.background();
  ui::Rect area = ui.content();
  const std::optional<Action> action = draw_foot(view.foot, ui, area);
  draw_error(view.error, view.technical, ui, area);
  ui.publish("problem.code", view.technical);
  return action;
}

}  // namespace mimika::screens
