// Tickets, marks and times in words: what every page shows of them, said in one place.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "kiosk/model/mark.h"
#include "sync/central/pages/page_context.h"

namespace mimika::central {

// "Sel 24 Nov, 09.30" in WIT; with the year when it is another than the present one.
[[nodiscard]] std::string date_and_time(const PageContext& context, WallMs at_ms);
[[nodiscard]] std::string short_date(const PageContext& context, LocalDate date);

// What a ticket is about, in a few words: its service, its category, or its kind. A secret one does not say.
[[nodiscard]] std::string title_of(const PageContext& context, const Ticket& ticket);
// "Diloa, Jila"
[[nodiscard]] std::string place_of(const PageContext& context, const Ticket& ticket);
[[nodiscard]] std::string opd_name(const PageContext& context, const OpdId& opd);
[[nodiscard]] std::string opd_short_name(const PageContext& context, const std::optional<OpdId>& opd);
[[nodiscard]] std::string district_name(const PageContext& context, const DistrictCode& district);
[[nodiscard]] std::string category_name(const PageContext& context, const CategoryId& category);
[[nodiscard]] std::string kind_name(const PageContext& context, TicketKind kind);
[[nodiscard]] std::string role_words(const PageContext& context, Role role);

[[nodiscard]] Mark mark_now(const PageContext& context, const Ticket& ticket);
// The symbol's name in marks.tpl: "late", "red", "yellow", "held", "green", "grey".
[[nodiscard]] const char* mark_symbol(const Mark& mark);
// "Terlambat 9 hari kerja", "Tenggat besok", "Sedang dikerjakan"; never colour alone.
[[nodiscard]] std::string mark_words(const PageContext& context, const Ticket& ticket, const Mark& mark);

[[nodiscard]] std::string ticket_path(const TicketId& id);
[[nodiscard]] std::optional<TicketId> parse_ticket_path(std::string_view text);  // "2-305419896-17"

// Fills {{>CARD}}-like sections: mark, number, title, place, OPD, link. Used by every list.
void fill_card(Dictionary& card, const PageContext& context, const Ticket& ticket);

}  // namespace mimika::central
