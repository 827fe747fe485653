// A list of tickets under tabs: what the triage page and the OPD's page have in common.
#pragma once

#include <string>
#include <vector>

#include "sync/central/pages/page_context.h"
#include "sync/central/store/tickets.h"

namespace mimika::central {

struct ListTab {
  std::string id;    // "?list=new"
  std::string text;  // id of its text
  TicketFilter filter;
  bool counted = true;
};

// Shows the tab the query asks for, else the first. `hero_text` is a plural over the first tab's count.
[[nodiscard]] http::Response list_page(const PageContext& context, const std::string& path, const std::string& title,
                                       const std::string& hero_text, const std::vector<ListTab>& tabs);

// Complaints about staff: left out of a filter, or alone in it.
[[nodiscard]] std::vector<CategoryId> categories_about_staff(const Catalogue& catalogue);

}  // namespace mimika::central
