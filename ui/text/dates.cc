#include "ui/text/dates.h"

#include <fmt/format.h>

namespace mimika {
namespace {

std::string day_of(LocalDate date) {
  return std::to_string(static_cast<unsigned>(date.day()));
}

std::string year_of(LocalDate date) {
  return std::to_string(static_cast<int>(date.year()));
}

std::string month_of(const Text& text, LocalDate date, const char* family) {
  return text(fmt::format("{}.{}", family, static_cast<unsigned>(date.month())));
}

}  // namespace

std::string weekday_name(const Text& text, LocalDate date) {
  const std::chrono::weekday weekday{std::chrono::sys_days{date}};
  return text(fmt::format("weekday.{}", weekday.c_encoding()));  // 0 is Sunday
}

std::string long_date(const Text& text, LocalDate date) {
  return text.format("date.long", {weekday_name(text, date), plain_date(text, date)});
}

std::string plain_date(const Text& text, LocalDate date) {
  return text.format("date.plain", {day_of(date), month_of(text, date, "month"), year_of(date)});
}

std::string short_date(const Text& text, LocalDate date) {
  return text.format("date.plain", {day_of(date), month_of(text, date, "month_short"), year_of(date)});
}

std::string day_and_month(const Text& text, LocalDate date) {
  return text.format("date.day_month", {day_of(date), month_of(text, date, "month")});
}

std::string short_day(const Text& text, LocalDate date) {
  return text.format("date.day_month", {day_of(date), month_of(text, date, "month_short")});
}

std::string clock_time(const Text& text, LocalTime time) {
  return text.format("date.clock", {fmt::format("{:02}", time.hour), fmt::format("{:02}", time.minute)});
}

}  // namespace mimika
