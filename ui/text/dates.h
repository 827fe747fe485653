// Dates and times as people of a language write them.
#pragma once

#include <string>

#include "kiosk/model/calendar.h"
#include "ui/text/text.h"

namespace mimika {

[[nodiscard]] std::string long_date(const Text& text, LocalDate date);      // "Selasa, 24 November 2026"
[[nodiscard]] std::string weekday_name(const Text& text, LocalDate date);   // "Selasa"
[[nodiscard]] std::string plain_date(const Text& text, LocalDate date);     // "24 November 2026"
[[nodiscard]] std::string short_date(const Text& text, LocalDate date);     // "24 Nov 2026"
[[nodiscard]] std::string day_and_month(const Text& text, LocalDate date);  // "1 Desember"
[[nodiscard]] std::string short_day(const Text& text, LocalDate date);      // "1 Des"
[[nodiscard]] std::string clock_time(const Text& text, LocalTime time);     // "09.24"; English "09:24"

}  // namespace mimika
