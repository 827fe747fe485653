// The two work lists: triage (what came in) and the OPD's (what is ours), and finding a ticket by its number.
#include "sync/central/pages/format.h"
#include "sync/central/pages/list_page.h"
#include "sync/central/pages/page_context.h"

namespace mimika::central {

http::Response triage_page(const PageContext& context) {
  TicketFilter base;
  const auto about_staff = categories_about_staff(context.kit.catalogue);
  if (context.account().role == Role::kLiaison) base.except_categories = about_staff;
  if (context.account().role == Role::kInspectorate) {
    // A catalogue without such a category leaves nothing to see, not everything.
    base.only_categories = about_staff.empty() ? std::vector{CategoryId{}} : about_staff;
  }
  const auto with = [&](auto change) {
    TicketFilter filter = base;
    change(filter);
    return filter;
  };
  const std::vector<ListTab> tabs = {
      {"new", "triage.new", with([](TicketFilter& f) { f.statuses = {TicketStatus::kUnverified}; })},
      {"verified", "triage.verified", with([](TicketFilter& f) { f.statuses = {TicketStatus::kVerified}; })},
      {"red", "triage.red", with([](TicketFilter& f) { f.colour = MarkColour::kRed; })},
      {"all", "triage.all", with([](TicketFilter& f) { f.newest_first = true; }), false},
  };
  return list_page(context, "/triage", context.text("nav.triage"), "triage.hero", tabs);
}

http::Response opd_page(const PageContext& context) {
  TicketFilter base;
  base.opd = context.account().opd;
  if (context.account().role != Role::kInspectorate) {
    base.except_categories = categories_about_staff(context.kit.catalogue);
  }
  const auto coloured = [&](MarkColour colour) {
    TicketFilter filter = base;
    filter.colour = colour;
    return filter;
  };
  TicketFilter done = coloured(MarkColour::kGreen);
  done.newest_first = true;
  const std::vector<ListTab> tabs = {
      {"due", "opd.due", coloured(MarkColour::kRed)},
      {"working", "opd.working", coloured(MarkColour::kYellow)},
      {"done", "opd.done", done},
  };
  return list_page(context, "/opd", opd_name(context, context.account().opd), "opd.hero", tabs);
}

http::Response find_page(const PageContext& context) {
  const auto number = parse_ticket_number(context.request.query_value("number"));
  if (!number) return error_page(context, 404, "number");
  const auto rows = find_by_number(context.database, *number);
  if (!rows) return failure_page(context, rows.error());
  for (const TicketRow& row : *rows) {
    if (allowed(Permission::kSeeTicket, context.account(), row, context.kit.catalogue)) {
      return redirect(ticket_path(row.ticket.id));
    }
  }
  // The same words whether it does not exist or may not be seen.
  return error_page(context, 404, "number");
}

}  // namespace mimika::central
