#include "sync/central/pages/list_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "sync/central/central_limits.h"
#include "sync/central/pages/format.h"

namespace mimika::central {
namespace {

constexpr int kMaxPage = 10'000;

int page_number(const http::Request& request) {
  const std::string_view text = request.query_value("page");
  int page = 1;
  std::from_chars(text.data(), text.data() + text.size(), page);
  return std::clamp(page, 1, kMaxPage);
}

const ListTab& chosen_tab(const http::Request& request, const std::vector<ListTab>& tabs) {
  const std::string_view wanted = request.query_value("list");
  const auto found = std::ranges::find(tabs, wanted, &ListTab::id);
  return found == tabs.end() ? tabs.front() : *found;
}

void fill_pager(Dictionary& body, const std::string& path, const ListTab& tab, int page, bool more) {
  const auto link = [&](const char* section, int to) {
    body.AddSectionDictionary(section)->SetValue("PATH", fmt::format("{}?list={}&page={}", path, tab.id, to));
  };
  if (page > 1) link("EARLIER", page - 1);
  if (more) link("LATER", page + 1);
}

}  // namespace

std::vector<CategoryId> categories_about_staff(const Catalogue& catalogue) {
  std::vector<CategoryId> out;
  for (const Category& category : catalogue.categories) {
    if (category.about_staff) out.push_back(category.id);
  }
  return out;
}

http::Response list_page(const PageContext& context, const std::string& path, const std::string& title,
                         const std::string& hero_text, const std::vector<ListTab>& tabs) {
  std::vector<std::int64_t> counts;
  for (const ListTab& tab : tabs) {
    const auto count = tab.counted ? count_tickets(context.database, tab.filter) : Result<std::int64_t>(0);
    if (!count) return failure_page(context, count.error());
    counts.push_back(*count);
  }
  const ListTab& tab = chosen_tab(context.request, tabs);
  const int page = page_number(context.request);
  TicketFilter filter = tab.filter;
  filter.limit = limits::kTicketsPerPage + 1;
  filter.offset = (page - 1) * limits::kTicketsPerPage;
  auto rows = list_tickets(context.database, filter);
  if (!rows) return failure_page(context, rows.error());
  const bool more = rows->size() > static_cast<std::size_t>(limits::kTicketsPerPage);
  if (more) rows->pop_back();

  return render(context, 200, title, "list", [&](Dictionary& body) {
    body.SetValue("HERO", context.count(hero_text, counts.front()));
    for (std::size_t i = 0; i < tabs.size(); ++i) {
      Dictionary* item = body.AddSectionDictionary(&tabs[i] == &tab ? "TAB_HERE" : "TAB");
      item->SetValue("PATH", path + "?list=" + tabs[i].id);
      item->SetValue("TEXT", context.text(tabs[i].text));
      if (tabs[i].counted) item->SetValueAndShowSection("COUNT", std::to_string(counts[i]), "COUNTED");
    }
    for (const TicketRow& row : *rows) fill_card(*body.AddSectionDictionary("CARD"), context, row.ticket);
    if (rows->empty()) body.ShowSection("NOTHING");
    fill_pager(body, path, tab, page, more);
  });
}

}  // namespace mimika::central
