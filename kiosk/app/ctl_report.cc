#include "kiosk/app/ctl_report.h"

#include <fmt/format.h>

#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "kiosk/model/iso_date.h"
#include "kiosk/office/office_book.h"

namespace mimika {
namespace {

using Json = nlohmann::ordered_json;

std::string iso(LocalDate day) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                     static_cast<unsigned>(day.day()));
}

Result<std::pair<staff::ReportSpan, LocalDate>> span_of(const ReportRequest& request) {
  const bool month = !request.month.empty();
  const auto day = parse_iso_date(month ? request.month + "-01" : request.day);
  if (!day) return fail(ErrorCode::kInvalidInput, month ? "no month like 2026-11" : "no day like 2026-11-28");
  return std::pair(month ? staff::ReportSpan::kMonth : staff::ReportSpan::kDay, *day);
}

Json as_json(const staff::Report& report) {
  constexpr std::array<const char*, 4> kKinds = {"complaint", "aspiration", "information", "service"};
  Json by_kind;
  for (std::size_t i = 0; i < kKinds.size(); ++i) by_kind[kKinds[i]] = report.filed_by_kind[i];
  const auto lines = [](const std::vector<staff::ReportLine>& of) {
    Json out = Json::array();
    for (const staff::ReportLine& line : of)
      out.push_back({{"what", line.what}, {"filed", line.filed}, {"closed", line.closed}});
    return out;
  };
  return {{"from", iso(report.from)},
          {"to", iso(report.to)},
          {"filed", report.filed},
          {"filed_by_kind", std::move(by_kind)},
          {"assisted", report.assisted},
          {"verified", report.verified},
          {"answered", report.answered},
          {"handed_over", report.handed_over},
          {"resolved", report.resolved},
          {"archived", report.archived},
          {"reopened", report.reopened},
          {"open_now", report.open_now},
          {"late_now", report.late_now},
          {"not_arrived", report.not_arrived},
          {"by_category", lines(report.by_category)},
          {"by_service", lines(report.by_service)},
          {"by_kampung", lines(report.by_kampung)}};
}

// One figure a row, so that a spreadsheet sorts and adds them up: which, of what, how many. Ids hold no comma or quote.
std::string as_csv(const Json& report) {
  std::string out = "figure,of,count\n";
  for (const auto& [name, value] : report.items()) {
    if (value.is_number()) out += fmt::format("{},,{}\n", name, value.get<std::uint64_t>());
    if (value.is_string()) out += fmt::format("{},{},\n", name, value.get<std::string>());
    if (value.is_object()) {
      for (const auto& [kind, count] : value.items())
        out += fmt::format("{},{},{}\n", name, kind, count.get<std::uint64_t>());
    }
    if (!value.is_array()) continue;
    for (const Json& line : value) {
      const auto what = line.at("what").get<std::string>();
      out += fmt::format("filed_{},{},{}\n", name, what, line.at("filed").get<std::uint64_t>());
      out += fmt::format("closed_{},{},{}\n", name, what, line.at("closed").get<std::uint64_t>());
    }
  }
  return out;
}

}  // namespace

Result<CtlAnswer> make_report(Store& store, Env& env, const Catalogue& catalogue, const ReportRequest& request) {
  TRY_ASSIGN(const auto span, span_of(request));
  // A key of nobody's: with it nothing opens, and nothing is tried.
  office::OfficeBook book(crypto::BoxKey::generate(env), catalogue, catalogue.work_calendar());
  book.let_read(false);
  while (!book.complete()) {
    TRY(book.load_more(store, env.wall_ms()));
  }
  const Json report = as_json(book.report(span.first, span.second));
  CtlAnswer answer{report.dump(), 0};
  if (request.form == ReportForm::kCsv) answer.text = as_csv(report);
  return answer;
}

}  // namespace mimika
