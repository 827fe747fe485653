#include "ui/screens/resident/common.h"

#include <utility>

#include "kiosk/base/wipe.h"

namespace mimika::screens {

ui::KeyView back_key(const Text& text) {
  return {.id = "nav.back", .label = text("nav.back"), .icon = "back", .answers_escape = true};
}

ui::KeyView cancel_key(const Text& text) {
  return {.id = "nav.cancel", .label = text("nav.cancel"), .icon = "x", .kind = ui::KeyKind::kQuiet};
}

ui::KeyView next_key(const Text& text, std::string missing) {
  return {.id = "nav.next",
          .label = text("nav.next"),
          .icon = "next",
          .kind = ui::KeyKind::kPrimary,
          .icon_side = ui::IconSide::kRight,
          .disabled_reason = std::move(missing)};
}

Foot journey_foot(const Session& session, const Text& text, std::string missing) {
  Foot foot;
  foot.view.back = back_key(text);
  if (journey_has_input(session)) foot.view.cancel = cancel_key(text);
  foot.view.primary = next_key(text, std::move(missing));
  return foot;
}

std::optional<Action> draw_foot(const Foot& foot, ui::Ui& ui, ui::Rect& area) {
  const std::optional<ui::FooterKey> pressed = ui.footer(foot.view, area);
  if (!pressed) return std::nullopt;
  switch (*pressed) {
    case ui::FooterKey::kBack:
      return action::Back{};
    case ui::FooterKey::kCancel:
      return action::Cancel{};
    case ui::FooterKey::kSecondary:
      return foot.secondary;
    case ui::FooterKey::kPrimary:
      return foot.primary;
  }
  return std::nullopt;
}

std::optional<ui::StepsView> steps_of(const Session& session, const SessionContext& context, const Text& text) {
  const Progress progress = progress_of(session, context);
  if (progress.steps == 0) return std::nullopt;
  return ui::StepsView{
      .current = static_cast<int>(progress.step),
      .total = static_cast<int>(progress.steps),
      .spoken = text.format("speech.steps", {std::to_string(progress.step), std::to_string(progress.steps)})};
}

const std::string& in_language(const LocalText& words, const Text& text) {
  return text.language() == language_code(Language::kEnglish) && !words.en.empty() ? words.en : words.id;
}

std::string kampung_name(const KampungCode& code, const SessionContext& context, const Text& text) {
  const Kampung* kampung = context.catalogue.find_kampung(code);
  if (kampung == nullptr) return code.value;
  return text.format(kampung->kelurahan ? "place.kelurahan" : "place.kampung", {kampung->name});
}

bool clock_is_plausible(const SessionContext& context) {
  constexpr std::chrono::year kFirstYear{2026};
  return context.clock != ClockConfidence::kRanBackwards && context.today.year() >= kFirstYear;
}

std::string kind_name(TicketKind kind, const Text& text) {
  switch (kind) {
    case TicketKind::kComplaint:
      return text("kind.complaint");
    case TicketKind::kAspiration:
      return text("kind.aspiration");
    case TicketKind::kInformation:
      return text("kind.information");
    case TicketKind::kService:
      return text("kind.service");
  }
  return {};
}

std::string problem_words(std::optional<FieldProblem> problem, const Text& text) {
  return problem ? text(problem_message_id(*problem)) : std::string();
}

void overwrite(ui::FieldView& field) {
  wipe(field.text);
}

void overwrite(ui::LabelledRow& row) {
  wipe(row.value);
}

int columns_for(const ui::Ui& ui, float width_px, float least_mm, int most) {
  return ui::columns_that_fit(width_px, ui.px(least_mm), ui.gap(), most);
}

}  // namespace mimika::screens
