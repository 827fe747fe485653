// What the resident screens share: the keys at the bottom, the tools at the side, the words for places and kinds.
#pragma once

#include <optional>
#include <string>

#include "kiosk/session/action.h"
#include "kiosk/session/queries.h"
#include "ui/text/text.h"
#include "ui/widgets/ui.h"

namespace mimika::screens {

// The bottom bar with what its keys do.
struct Foot {
  ui::FooterView view;
  Action primary = action::Next{};
  Action secondary = action::Touched{};
};

[[nodiscard]] ui::KeyView back_key(const Text& text);
[[nodiscard]] ui::KeyView cancel_key(const Text& text);
// Disabled with a reason when `missing` is not empty.
[[nodiscard]] ui::KeyView next_key(const Text& text, std::string missing = {});

// Back, Cancel (only where something could be lost) and Next.
[[nodiscard]] Foot journey_foot(const Session& session, const Text& text, std::string missing = {});

[[nodiscard]] std::optional<Action> draw_foot(const Foot& foot, ui::Ui& ui, ui::Rect& area);

// The row of diamonds; nothing outside a filing.
[[nodiscard]] std::optional<ui::StepsView> steps_of(const Session& session, const SessionContext& context,
                                                    const Text& text);

[[nodiscard]] const std::string& in_language(const LocalText& words, const Text& text);
[[nodiscard]] std::string kampung_name(const KampungCode& code, const SessionContext& context, const Text& text);

// False for a clock that ran backwards or stands before the product existed: its time is not shown at all.
[[nodiscard]] bool clock_is_plausible(const SessionContext& context);

// What the agencies still have to do, in words of the review and the receipt.
[[nodiscard]] std::string kind_name(TicketKind kind, const Text& text);

// Why `target` cannot be left as it is, in words; empty when it can.
[[nodiscard]] std::string problem_words(std::optional<FieldProblem> problem, const Text& text);

// Views carry copies of what a person wrote; they are overwritten once they have been drawn.
void overwrite(ui::FieldView& field);
void overwrite(ui::LabelledRow& row);

// Laying things out line by line: as many equal columns as keep each at least `least_mm` wide.
[[nodiscard]] int columns_for(const ui::Ui& ui, float width_px, float least_mm, int most);

}  // namespace mimika::screens
