#include "kiosk/eventlog/event_time.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>

#include "kiosk/base/ascii.h"

namespace mimika::eventlog {
namespace {

using std::chrono::milliseconds;
using std::chrono::sys_days;
using std::chrono::sys_time;

constexpr sys_time<milliseconds> kFirst = sys_days(std::chrono::year(0) / 1 / 1);
constexpr sys_time<milliseconds> kLast = sys_days(std::chrono::year(10000) / 1 / 1) - milliseconds(1);

// Digits where `shape` has a 0, the same character everywhere else.
bool looks_like(std::string_view text, std::string_view shape) {
  return text.size() == shape.size() && std::equal(text.begin(), text.end(), shape.begin(), [](char c, char wanted) {
           return wanted == '0' ? is_digit(c) : c == wanted;
         });
}

int number_at(std::string_view text, std::size_t from, std::size_t digits) {
  int number = 0;
  for (const char c : text.substr(from, digits)) number = number * 10 + (c - '0');
  return number;
}

}  // namespace

std::string format_time(WallMs time_ms) {
  const auto time = std::clamp(sys_time<milliseconds>(milliseconds(time_ms)), kFirst, kLast);
  const sys_days day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count(), clock.subseconds().count());
}

Result<WallMs> parse_time(std::string_view text) {
  const bool exact = looks_like(text, "0000-00-00T00:00:00.000Z");
  const bool second = looks_like(text, "0000-00-00T00:00:00Z");
  if (!exact && !second && !looks_like(text, "0000-00-00")) {
    return fail(ErrorCode::kInvalidInput, "a time looks like 2026-11-28 or 2026-11-28T13:25:01Z");
  }
  const std::chrono::year_month_day date(std::chrono::year(number_at(text, 0, 4)),
                                         std::chrono::month(static_cast<unsigned>(number_at(text, 5, 2))),
                                         std::chrono::day(static_cast<unsigned>(number_at(text, 8, 2))));
  if (!date.ok()) return fail(ErrorCode::kInvalidInput, "there is no such day");
  WallMs time_ms = milliseconds(sys_days(date).time_since_epoch()).count();
  if (!exact && !second) return time_ms;
  const int hours = number_at(text, 11, 2);
  const int minutes = number_at(text, 14, 2);
  const int seconds = number_at(text, 17, 2);
  if (hours > 23 || minutes > 59 || seconds > 59) return fail(ErrorCode::kInvalidInput, "there is no such time");
  time_ms +=
      milliseconds(std::chrono::hours(hours) + std::chrono::minutes(minutes) + std::chrono::seconds(seconds)).count();
  return exact ? time_ms + number_at(text, 20, 3) : time_ms;
}

}  // namespace mimika::eventlog
