// Draws whatever a session shows, and says what the person did to it.
#pragma once

#include <optional>

#include "kiosk/session/action.h"
#include "ui/text/text.h"
#include "ui/widgets/ui.h"

namespace mimika::screens {

// One frame, between Ui::begin_frame and end_frame. `texts` holds every language; the session says which one is read.
// Publishes "screen", and on receipt and timeline what a script needs to know (receipt.number, receipt.code,
// track.status, track.reply, …).
[[nodiscard]] std::optional<Action> draw_screen(const Session& session, const SessionContext& context,
                                                const Texts& texts, ui::Ui& ui);

// The name published as "screen": "complaint.category", "warning", "problem".
[[nodiscard]] const char* screen_name(const Session& session);

// What the widgets say themselves, for Ui::set_words.
[[nodiscard]] ui::UiWords widget_words(const Text& text);

// What begin_frame needs to know of the person's wishes.
[[nodiscard]] ui::TextSize text_size_of(const Preferences& preferences);
[[nodiscard]] ui::Contrast contrast_of(const Preferences& preferences);

}  // namespace mimika::screens
