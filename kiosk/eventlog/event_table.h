// What the table of events (events.json) says, for those who have a name, an id or a value in hand.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "kiosk/base/env.h"
#include "kiosk/eventlog/events.h"

namespace mimika::eventlog {

// A number, or text of the shape that the key's row names. Text that comes from a person has no shape here.
using Value = std::variant<std::int64_t, std::string>;
using Values = std::vector<std::pair<ValueKey, Value>>;

[[nodiscard]] const EventInfo& info_of(EventId id);
[[nodiscard]] std::optional<EventId> event_named(std::string_view name);
[[nodiscard]] std::optional<ValueKey> value_named(std::string_view name);

[[nodiscard]] std::string_view name_of(Role role);
[[nodiscard]] std::string_view name_of(EventType type);
[[nodiscard]] std::string_view name_of(Outcome outcome);
[[nodiscard]] std::string_view name_of(EventClock clock);
[[nodiscard]] std::string_view name_of(Source source);
[[nodiscard]] std::string_view name_of(ValueKey key);

[[nodiscard]] bool may_cause(Role role, EventId id);
// Whether the table lets this be said of the event, and the value has its key's shape.
[[nodiscard]] bool may_be_said(EventId id, ValueKey key, const Value& value);

// Whether it may be lost again by a power cut, a moment after it was written.
[[nodiscard]] bool is_durable(EventId id);

}  // namespace mimika::eventlog
