#include "kiosk/model/iso_date.h"

#include "kiosk/base/ascii.h"

namespace mimika {

std::optional<LocalDate> parse_iso_date(std::string_view text) {
  const auto number = [&](std::size_t at, std::size_t count) -> std::optional<int> {
    int value = 0;
    for (const char c : text.substr(at, count)) {
      if (!is_digit(c)) return std::nullopt;
      value = value * 10 + (c - '0');
    }
    return value;
  };
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = number(0, 4);
  const auto month = number(5, 2);
  const auto day = number(8, 2);
  if (!year || !month || !day) return std::nullopt;
  const LocalDate date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                       std::chrono::day{static_cast<unsigned>(*day)}};
  return date.ok() ? std::optional(date) : std::nullopt;
}

}  // namespace mimika
