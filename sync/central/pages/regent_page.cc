// The Regent's page, made for a phone on a slow link: what is red, late first, and where it piles up.
#include <fmt/format.h>

#include <algorithm>

#include "sync/central/central_limits.h"
#include "sync/central/pages/format.h"
#include "sync/central/pages/page_context.h"
#include "sync/central/store/tickets.h"

namespace mimika::central {
namespace {

constexpr const char* kNoOpd = "-";
constexpr int kLongestLimitDays = 60;  // no rule is longer: how far back a due date is looked for

enum class Tab { kOldest, kByOpd, kByDistrict };

Tab chosen_tab(const http::Request& request) {
  const std::string_view tab = request.query_value("tab");
  if (tab == "opd") return Tab::kByOpd;
  if (tab == "district") return Tab::kByDistrict;
  return Tab::kOldest;
}

// Tickets that arrived before this moment and are still red are late. Found by asking the one rule of the mark, day by
// day backwards, so that it is written down nowhere else.
WallMs late_if_arrived_before(const PageContext& context) {
  Ticket probe;
  probe.status = TicketStatus::kUnverified;
  const std::chrono::sys_days today(local_date(context.now_ms));
  for (int back = 0; back <= kLongestLimitDays; ++back) {
    const LocalDate day = today - std::chrono::days(back);
    probe.arrived_ms = start_of_day_ms(day);
    if (mark_now(context, probe).late()) return start_of_day_ms(std::chrono::sys_days(day) + std::chrono::days(1));
  }
  return 0;
}

struct Overview {
  ColourCounts colours;
  std::int64_t late = 0;
  std::vector<NamedCount> by_opd;
  std::vector<NamedCount> by_district;
};

Result<Overview> look(const PageContext& context) {
  Overview overview;
  TRY_ASSIGN(overview.colours, count_colours(context.database));
  TRY_ASSIGN(overview.late, count_red_before(context.database, late_if_arrived_before(context)));
  TRY_ASSIGN(overview.by_opd, count_red_by(context.database, GroupBy::kOpd));
  TRY_ASSIGN(overview.by_district, count_red_by(context.database, GroupBy::kDistrict));
  return overview;
}

std::string name_in(const PageContext& context, GroupBy group, const std::string& id) {
  return group == GroupBy::kOpd ? opd_short_name(context, OpdId{id}) : district_name(context, DistrictCode{id});
}

// Bars are as long as their share of the longest; the number stands beside each.
void fill_bars(Dictionary& body, const char* section, const PageContext& context, GroupBy group,
               const std::vector<NamedCount>& counts, std::size_t at_most) {
  const std::int64_t longest = counts.empty() ? 1 : std::max<std::int64_t>(counts.front().count, 1);
  for (std::size_t i = 0; i < counts.size() && i < at_most; ++i) {
    Dictionary* bar = body.AddSectionDictionary(section);
    const std::string& id = counts[i].id;
    bar->SetValue("NAME", name_in(context, group, id));
    bar->SetIntValue("COUNT", counts[i].count);
    bar->SetIntValue("WIDTH", std::max<std::int64_t>(counts[i].count * 100 / longest, 2));
    const char* parameter = group == GroupBy::kOpd ? "opd" : "district";
    bar->SetValue("PATH", fmt::format("/regent?{}={}", parameter, id.empty() ? kNoOpd : http::percent_encode(id)));
  }
}

struct Narrowing {
  std::string title;  // empty: nothing narrowed
  TicketFilter filter;
};

Narrowing narrowing_of(const PageContext& context) {
  Narrowing narrowing;
  narrowing.filter.colour = MarkColour::kRed;
  narrowing.filter.limit = limits::kRegentCards;
  if (const std::string opd(context.request.query_value("opd")); !opd.empty()) {
    if (opd == kNoOpd) {
      narrowing.filter.without_opd = true;
      narrowing.title = context.text("ticket.no_opd");
    } else {
      narrowing.filter.opd = OpdId{opd};
      narrowing.title = opd_name(context, OpdId{opd});
    }
  } else if (const std::string district(context.request.query_value("district")); !district.empty()) {
    narrowing.filter.district = DistrictCode{district};
    narrowing.title = context.text("regent.district", {district_name(context, DistrictCode{district})});
  }
  return narrowing;
}

void fill_tabs(Dictionary& body, const PageContext& context, Tab here) {
  struct Item {
    Tab tab;
    const char* path;
    const char* text;
  };
  constexpr Item kItems[] = {{Tab::kOldest, "/regent", "regent.oldest"},
                             {Tab::kByOpd, "/regent?tab=opd", "regent.by_opd"},
                             {Tab::kByDistrict, "/regent?tab=district", "regent.by_district"}};
  for (const Item& item : kItems) {
    Dictionary* tab = body.AddSectionDictionary(item.tab == here ? "TAB_HERE" : "TAB");
    tab->SetValue("PATH", item.path);
    tab->SetValue("TEXT", context.text(item.text));
  }
}

void fill_counts(Dictionary& body, const PageContext& context, const Overview& overview) {
  const bool working = context.kit.catalogue.mark_rule.days == DayKind::kWorkingDays;
  const std::string days =
      context.count(working ? "days.working" : "days.calendar", context.kit.catalogue.mark_rule.limit_days);
  body.SetValue("HERO_MARK", overview.late > 0 ? "late" : overview.colours.red > 0 ? "red" : "green");
  body.SetValue("HERO", context.count("regent.red", overview.colours.red));
  body.SetValue("LATE", overview.late > 0 ? context.text("regent.late", {std::to_string(overview.late), days})
                                          : context.text("regent.none_late", {days}));
  body.SetValue("RED", context.count("regent.count_red", overview.colours.red));
  body.SetValue("YELLOW", context.count("regent.count_yellow", overview.colours.yellow));
  body.SetValue("GREEN", context.count("regent.count_green", overview.colours.green));
}

}  // namespace

http::Response regent_page(const PageContext& context) {
  const auto overview = look(context);
  if (!overview) return failure_page(context, overview.error());
  const Tab tab = chosen_tab(context.request);
  const Narrowing narrowing = narrowing_of(context);
  std::vector<TicketRow> rows;
  if (tab == Tab::kOldest) {
    auto listed = list_tickets(context.database, narrowing.filter);
    if (!listed) return failure_page(context, listed.error());
    rows = std::move(*listed);
  }
  auto in_list = count_tickets(context.database, narrowing.filter);
  if (!in_list) return failure_page(context, in_list.error());

  return render(context, 200, context.text("nav.regent"), "regent", [&](Dictionary& body) {
    fill_counts(body, context, *overview);
    fill_tabs(body, context, tab);
    const std::size_t all = 1000;
    if (tab == Tab::kByOpd) fill_bars(body, "LONG_BAR", context, GroupBy::kOpd, overview->by_opd, all);
    if (tab == Tab::kByDistrict) fill_bars(body, "LONG_BAR", context, GroupBy::kDistrict, overview->by_district, all);
    if (tab != Tab::kOldest) return;
    if (!narrowing.title.empty()) body.SetValueAndShowSection("NARROWED", narrowing.title, "NARROWED_BOX");
    for (const TicketRow& row : rows) fill_card(*body.AddSectionDictionary("CARD"), context, row.ticket);
    if (rows.empty()) body.ShowSection("NOTHING");
    if (const auto left = *in_list - static_cast<std::int64_t>(rows.size()); left > 0) {
      body.SetValueAndShowSection("MORE", context.count("regent.more", left), "MORE_BOX");
    }
    if (narrowing.title.empty() && overview->colours.red > 0) {
      Dictionary* bars = body.AddSectionDictionary("BARS");
      fill_bars(*bars, "OPD_BAR", context, GroupBy::kOpd, overview->by_opd, limits::kRegentBars);
      fill_bars(*bars, "DISTRICT_BAR", context, GroupBy::kDistrict, overview->by_district, limits::kRegentBars);
    }
  });
}

}  // namespace mimika::central
