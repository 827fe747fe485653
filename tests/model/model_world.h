// Dates, events and the real catalogue for the tests of the model, in few words.
#pragma once

#include <chrono>
#include <string>
#include <utility>

#include "kiosk/model/calendar.h"
#include "kiosk/model/catalogue.h"
#include "kiosk/model/event.h"

namespace mimika::test {

inline const std::string kCatalogueFolder = std::string(MIMIKA_SOURCE_DIR) + "/assets/catalogue";

[[nodiscard]] inline LocalDate date(int year, unsigned month, unsigned day) {
  return LocalDate{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
}

// "2026-11-24": failures of a comparison then say which days differ.
[[nodiscard]] inline std::string iso(LocalDate date) {
  const auto two = [](unsigned value) { return (value < 10 ? "0" : "") + std::to_string(value); };
  return std::to_string(static_cast<int>(date.year())) + "-" + two(static_cast<unsigned>(date.month())) + "-" +
         two(static_cast<unsigned>(date.day()));
}

// A moment of the local day.
[[nodiscard]] inline WallMs at(LocalDate day, int hour, int minute = 0) {
  return start_of_day_ms(day) + (hour * 60LL + minute) * 60'000LL;
}

// Loaded once: the files do not change while the tests run.
[[nodiscard]] inline const Catalogue& real_catalogue() {
  static const Catalogue catalogue = load_catalogue(kCatalogueFolder).value();
  return catalogue;
}

[[nodiscard]] inline EventKey kiosk_key(std::uint64_t seq) {
  return {.device = DeviceId{7}, .epoch = Epoch{41}, .seq = Seq{seq}};
}
[[nodiscard]] inline EventKey centre_key(std::uint64_t seq) {
  return {.device = kCentreDevice, .epoch = Epoch{3}, .seq = Seq{seq}};
}

[[nodiscard]] inline Event make_event(EventKey key, WallMs wall_ms, EventPayload payload) {
  Event event;
  event.key = key;
  event.time = {.wall_ms = wall_ms, .monotonic_ms = 5000, .boot = 9, .confidence = ClockConfidence::kSynced};
  event.payload = std::move(payload);
  return event;
}

}  // namespace mimika::test
