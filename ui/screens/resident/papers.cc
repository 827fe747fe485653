#include "ui/screens/resident/papers.h"

#include "ui/screens/resident/camera.h"
#include "ui/screens/resident/layout.h"

namespace mimika::screens {

PapersView make_papers_view(const Session& session, const SessionContext& context, const Text& text) {
  PapersView view;
  const Service* service = chosen_service(session, context);
  view.header = {
      .title = text("papers.title"), .subtitle = text("papers.subtitle"), .steps = steps_of(session, context, text)};
  view.foot = journey_foot(session, text);
  if (service == nullptr) return view;
  for (std::size_t i = 0; i < service->requirements.size(); ++i) {
    const ServiceRequirement& requirement = service->requirements[i];
    const Photo* photo = paper_photo(session, i);
    ui::LabelledRow row{.label = text(photo != nullptr ? "papers.photographed" : "papers.not_yet"),
                        .value = in_language(requirement.text, text),
                        .icon = requirement.icon};
    if (photo != nullptr) row.picture = photo_picture(*photo);
    row.key = ui::KeyView{.id = "paper." + std::to_string(i + 1),
                          .label = text(photo != nullptr ? "photo.again" : "papers.photo"),
                          .icon = photo != nullptr ? "redo" : "camera",
                          .kind = photo != nullptr ? ui::KeyKind::kSecondary : ui::KeyKind::kPhoto,
                          .style = ui::TextStyle::kBodyStrong};
    view.rows.push_back(std::move(row));
  }
  return view;
}

std::optional<Action> draw_papers(const PapersView& view, ui::Ui& ui) {
  ui.background();
  ui::Rect area = ui.content();
  ui.header(fitted(ui, view.header, area.w), area);
  std::optional<Action> action = draw_foot(view.foot, ui, area);
  ui.scroll("papers", area, [&](ui::Flow& flow) {
    for (std::size_t i = 0; i < view.rows.size(); ++i) {
      const ui::Rect row = flow.next(ui.labelled_row_height(view.rows[i], flow.width()));
      if (ui.labelled_row(view.rows[i], row)) {
        action = action::OpenCamera{.purpose = PhotoFor::kPaper, .paper = i};
      }
    }
  });
  return action;
}

}  // namespace mimika::screens
