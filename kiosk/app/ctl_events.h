// mimika-kiosk-ctl events: the event log (docs/event-log.md) in a terminal. None of it needs an enrolled kiosk.
#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/app/ctl_print.h"
#include "kiosk/app/locations.h"
#include "kiosk/base/env.h"
#include "kiosk/base/result.h"
#include "kiosk/eventlog/event_log.h"

namespace mimika {

inline constexpr int kEventsNotSoundExit = 2;  // of verify; 1 is a mistake in the call

struct EventsRequest {
  std::string since = {};  // a day, a time, or milliseconds since 1970; empty: all
  std::string id = {};     // empty: any; so are the next two
  std::string type = {};
  std::string role = {};
  std::optional<std::size_t> last = {};
  std::string export_to = {};    // a file
  std::string text_log_to = {};  // a second one, for the text log; empty: without
};

// The event log of a command that changes something.
[[nodiscard]] std::unique_ptr<eventlog::EventLog> open_ctl_events(const DataFolder& folder, Env& env);

// Those that are asked for, the oldest first. kInvalidInput for a time, an id, a type or a role that there is not: a
// misspelt one would look like a kiosk where nothing happened.
[[nodiscard]] Result<std::vector<nlohmann::ordered_json>> list_events(const DataFolder& folder,
                                                                      const EventsRequest& request);
// One of them in one line, for eyes.
[[nodiscard]] std::string event_in_words(const nlohmann::ordered_json& event);

[[nodiscard]] Result<CtlAnswer> verify_event_log(const DataFolder& folder);

[[nodiscard]] Result<nlohmann::ordered_json> export_event_log(const DataFolder& folder, const EventsRequest& request,
                                                              Env& env);

// The machine goes down in order: for the system, as it does.
[[nodiscard]] Status end_boot(const DataFolder& folder, Env& env);

}  // namespace mimika
