// The counter's words for tickets: signs, states, who did what, who may read what.
#pragma once

#include <optional>
#include <string>

#include "kiosk/staff/staff_session.h"
#include "ui/text/text.h"
#include "ui/widgets/ui.h"

namespace mimika::screens {

// The residents' context, for words that both sides share.
[[nodiscard]] SessionContext shared_context(const staff::Context& context);

struct SignWords {
  ui::Sign sign = ui::MarkKind::kGrey;
  std::string words;
};
[[nodiscard]] SignWords sign_of_row(const staff::QueueRow& row, const staff::Context& context, const Text& text);
[[nodiscard]] SignWords sign_of_ticket(const Ticket& ticket, const Mark& mark, const Text& text);
[[nodiscard]] SignWords arrival_of(std::optional<WallMs> arrived_ms, const Text& text);

// Category or service; "Rahasia" where nothing may be said in a list.
[[nodiscard]] std::string subject_words(TicketKind kind, const std::optional<CategoryId>& category,
                                        const std::optional<ServiceId>& service, const staff::Context& context,
                                        const Text& text);
[[nodiscard]] std::string subject_of_case(const staff::Case& made, const staff::Context& context, const Text& text);
[[nodiscard]] std::string opd_words(const std::optional<OpdId>& opd, const staff::Context& context, const Text& text);
[[nodiscard]] std::string kampung_words(const std::optional<KampungCode>& kampung, const staff::Context& context);
[[nodiscard]] std::string who_may_read(Confidentiality known, const Text& text);
[[nodiscard]] std::string known_words(Confidentiality known, const Text& text);
[[nodiscard]] std::string role_words(Role role, const Text& text);
[[nodiscard]] std::string when_words(WallMs at_ms, ClockConfidence clock, const Text& text);
[[nodiscard]] const char* act_name(OfficerAction action);  // the id of its words
[[nodiscard]] std::string act_id(OfficerAction action);    // "answer_public"
[[nodiscard]] std::string entry_words(const TimelineEntry& entry, const staff::Context& context, const Text& text);
[[nodiscard]] const char* entry_icon(TimelineKind kind);

}  // namespace mimika::screens
