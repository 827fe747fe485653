// Counts of a day or a month: from what stands in the timelines, as this kiosk knows them.
#include <algorithm>
#include <map>

#include "kiosk/office/office_book.h"

namespace mimika::office {
namespace {

using std::chrono::sys_days;

std::int32_t number_of(LocalDate day) {
  return static_cast<std::int32_t>(sys_days(day).time_since_epoch().count());
}

struct Lines {
  std::map<std::int32_t, staff::ReportLine> lines;

  void filed(std::int32_t name, const std::vector<std::string>& names) {
    if (name >= 0) ++at(name, names).filed;
  }
  void closed(std::int32_t name, const std::vector<std::string>& names) {
    if (name >= 0) ++at(name, names).closed;
  }
  staff::ReportLine& at(std::int32_t name, const std::vector<std::string>& names) {
    staff::ReportLine& line = lines[name];
    line.what = names[static_cast<std::size_t>(name)];
    return line;
  }
  [[nodiscard]] std::vector<staff::ReportLine> sorted() const {
    std::vector<staff::ReportLine> out;
    for (const auto& [name, line] : lines) out.push_back(line);
    std::ranges::sort(out, [](const auto& a, const auto& b) {
      return a.filed + a.closed != b.filed + b.closed ? a.filed + a.closed > b.filed + b.closed : a.what < b.what;
    });
    return out;
  }
};

}  // namespace

staff::Report OfficeBook::report(staff::ReportSpan span, LocalDate day) const {
  staff::Report report;
  report.span = span;
  report.from = report.to = day;
  if (span == staff::ReportSpan::kMonth) {
    report.from = day.year() / day.month() / std::chrono::day(1);
    report.to = LocalDate(std::chrono::year_month_day_last(day.year(), std::chrono::month_day_last(day.month())));
  }
  const std::int32_t from = number_of(report.from);
  const std::int32_t to = number_of(report.to);
  Lines categories;
  Lines services;
  Lines places;
  for (const Row& row : rows_) {
    if (((static_cast<unsigned>(row.tabs) >> static_cast<unsigned>(QueueTab::kAll)) & 1U) != 0) ++report.open_now;
    if (row.late) ++report.late_now;
    if (!row.arrived) ++report.not_arrived;
    for (const Act& act : row.acts) {
      if (act.day < from || act.day > to) continue;
      switch (act.kind) {
        case TimelineKind::kFiled:
          ++report.filed;
          ++report.filed_by_kind[static_cast<std::size_t>(row.kind)];
          categories.filed(row.category, names_);
          services.filed(row.service, names_);
          places.filed(row.kampung, names_);
          break;
        case TimelineKind::kAssisted:
          ++report.assisted;
          break;
        case TimelineKind::kVerified:
          ++report.verified;
          break;
        case TimelineKind::kOfficeAnswer:
          ++report.answered;
          break;
        case TimelineKind::kPrivateMessage:
        case TimelineKind::kMoreAsked:
          if (act.office) ++report.answered;
          break;
        case TimelineKind::kAssigned:
          ++report.handed_over;
          break;
        case TimelineKind::kReopened:
          ++report.reopened;
          break;
        case TimelineKind::kResolved:
        case TimelineKind::kArchived:
        case TimelineKind::kDuplicate:
          ++(act.kind == TimelineKind::kResolved ? report.resolved : report.archived);
          categories.closed(row.category, names_);
          services.closed(row.service, names_);
          places.closed(row.kampung, names_);
          break;
        case TimelineKind::kArrived:
        case TimelineKind::kFollowUp:
        case TimelineKind::kHeld:
        case TimelineKind::kPersonReply:
        case TimelineKind::kRated:
          break;
      }
    }
  }
  report.by_category = categories.sorted();
  report.by_service = services.sorted();
  report.by_kampung = places.sorted();
  return report;
}

}  // namespace mimika::office
