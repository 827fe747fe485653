// "Check first": every answer with a way to change it, consent, and what saving means. Also the wait and the failure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ui/screens/resident/common.h"

namespace mimika::screens {

struct ReviewView {
  ui::HeaderView header;
  std::vector<ui::LabelledRow> rows;
  std::vector<Action> changes;  // what each row's key does
  ui::CheckView consent;
  std::string next_title;  // "Disimpan dulu di kios ini."
  std::string next_text;   // "Lalu dikirim ke Mimika Center."
  Foot foot;
};

[[nodiscard]] ReviewView make_review_view(const Session& session, const SessionContext& context, const Text& text);
[[nodiscard]] std::optional<Action> draw_review(const ReviewView& view, ui::Ui& ui);
void overwrite(ReviewView& view);

struct SavingView {
  std::string words;
};
[[nodiscard]] SavingView make_saving_view(const Text& text);
[[nodiscard]] std::optional<Action> draw_saving(const SavingView& view, ui::Ui& ui);

struct SaveFailedView {
  ui::ErrorView error;
  std::string technical;  // for whoever is asked for help
  Foot foot;
};
[[nodiscard]] SaveFailedView make_save_failed_view(const Session& session, const Text& text);
[[nodiscard]] std::optional<Action> draw_save_failed(const SaveFailedView& view, ui::Ui& ui);

}  // namespace mimika::screens
