#pragma once

#include <optional>
#include <string_view>

#include "kiosk/model/calendar.h"

namespace mimika {

// "2026-03-18", as documents write days; nothing for anything else, a day that does not exist included.
[[nodiscard]] std::optional<LocalDate> parse_iso_date(std::string_view text);

}  // namespace mimika
