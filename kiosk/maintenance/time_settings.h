// Clock and zone of the machine. On a kiosk systemd-timedated keeps them (system_services.h); FakeTimeSettings is for
// machines without it, and for tests.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kiosk/base/env.h"
#include "kiosk/base/result.h"
#include "kiosk/model/event.h"

namespace mimika::maintenance {

struct TimeState {
  std::string zone;           // "Asia/Jayapura"
  bool from_network = false;  // time servers are asked
  bool synchronised = false;  // … and have answered
};

// Blocking, for a thread of the app. Errors as those of NetworkSettings.
class TimeSettings {
 public:
  virtual ~TimeSettings() = default;
  [[nodiscard]] virtual Result<TimeState> state() = 0;
  // kInvalidInput: no zone of that name.
  [[nodiscard]] virtual Status set_zone(const std::string& zone) = 0;
  // By hand. Asking the time servers stays switched on where it was: an answer of theirs is better than a hand.
  [[nodiscard]] virtual Status set_clock(WallMs to) = 0;
  [[nodiscard]] virtual Status set_from_network(bool on) = 0;
};

// Mimika is in the east of Indonesia (WIT, UTC+9).
inline constexpr const char* kZoneOfMimika = "Asia/Jayapura";

// Letters, digits, "/", "_", "+" and "-", and nothing that leaves the folder of zones.
[[nodiscard]] Status check_zone(const std::string& zone);

class FakeTimeSettings final : public TimeSettings {
 public:
  TimeState now = {kZoneOfMimika, false, false};
  std::optional<WallMs> clock_set;
  [[nodiscard]] Result<TimeState> state() override { return now; }
  [[nodiscard]] Status set_zone(const std::string& zone) override;
  [[nodiscard]] Status set_clock(WallMs to) override;
  [[nodiscard]] Status set_from_network(bool on) override;
};

// --- that a technician set the clock, for as long as the machine runs: <folder>/clock-by-hand
[[nodiscard]] Status note_clock_set_by_hand(const std::string& folder, Env& env);
// What the store says of the clock; where it knows nothing and a technician set the clock in this boot, kSetByHand.
[[nodiscard]] ClockConfidence clock_confidence(ClockConfidence of_store, const std::string& folder, Env& env);

}  // namespace mimika::maintenance
