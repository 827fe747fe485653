#include "ui/screens/resident/faces.h"

#include <array>

namespace mimika::screens {
namespace {

void add_faces(FacesView& view, const std::string& words, std::optional<Score> chosen, const Text& text) {
  for (Score score = 1; score <= kBestScore; ++score) {
    const std::string digit = std::to_string(score);
    view.tiles.push_back({.id = view.name + "." + digit,
                          .label = text(words + "." + digit),
                          .picture = "pictures/face-" + digit,
                          .style = ui::TextStyle::kKey,
                          .selected = chosen == score});
  }
}

}  // namespace

FacesView make_survey_view(const Session& session, const Text& text) {
  FacesView view;
  view.name = "survey";
  const SurveyDraft& survey = session.personal.survey;
  const std::string element = "survey." + std::to_string(survey.at + 1);
  view.header = {
      .title = text(element + ".question"),
      .subtitle = text("survey.subtitle"),
      .steps = ui::StepsView{.current = static_cast<int>(survey.at) + 1, .total = static_cast<int>(kSurveyElements)}};
  const Score given = survey.scores[survey.at];
  add_faces(view, element, given == 0 ? std::optional<Score>() : given, text);
  view.foot.view.back = back_key(text);
  view.foot.view.primary =
      ui::KeyView{.id = "survey.skip", .label = text("survey.skip"), .icon = "next", .kind = ui::KeyKind::kSecondary};
  view.foot.primary = action::SkipScore{};
  if (session.personal.tracking.not_said) view.problem = text("say.failed");
  return view;
}

FacesView make_rating_view(const Session& session, const Text& text) {
  FacesView view;
  view.name = "rating";
  view.header = {.title = text("rating.title"), .subtitle = text("rating.subtitle"), .icon = "star"};
  const Tracking& tracking = session.personal.tracking;
  add_faces(view, "rating", tracking.ticket ? tracking.ticket->rating : std::nullopt, text);
  view.foot.view.back = back_key(text);
  if (tracking.not_said) view.problem = text("say.failed");
  return view;
}

std::optional<Action> draw_faces(const FacesView& view, ui::Ui& ui) {
  ui.background();
  ui::Rect area = ui.content();
  ui.header(fitted(ui, view.header, area.w), area);
  std::optional<Action> action = draw_foot(view.foot, ui, area);
  if (!view.problem.empty()) {
    const ui::Rect note = area.cut_top(note_height(ui, view.problem, area.w), ui.gap());
    draw_note(ui, view.problem, "disk", ui.colours().sago, note);
    ui.publish("say.problem", view.problem);
  }
  const ui::GridLook look = fitted(ui, view.tiles, {.most_columns = 4, .least_tile_mm = 44, .picture_mm = 34}, area);
  if (const auto chosen = ui.tile_grid(view.name, view.tiles, look, area)) {
    action = action::ChooseScore{static_cast<Score>(*chosen + 1)};
  }
  return action;
}

}  // namespace mimika::screens
