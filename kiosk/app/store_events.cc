#include "kiosk/app/store_events.h"

#include <filesystem>

namespace mimika {

void note_store_notice(eventlog::EventLog& events, Store& store, const std::string& data_folder) {
  const StoreNotice& notice = store.notice();
  if (notice.set_aside_path.empty() && !notice.restored) return;
  if (!notice.set_aside_path.empty()) {
    const std::string below = std::filesystem::path(notice.set_aside_path).lexically_relative(data_folder).string();
    events.note({.id = eventlog::EventId::kDatabaseSetAside, .values = {{eventlog::ValueKey::kPath, below}}});
  }
  if (notice.restored) events.note({.id = eventlog::EventId::kDatabaseRestored});
  const auto status = store.outbox_status();
  if (!status) return;  // whoever asks next for the status says so
  events.note({.id = eventlog::EventId::kEpochBegun,
               .values = {{eventlog::ValueKey::kEpoch, static_cast<std::int64_t>(status->epoch.value)}}});
}

eventlog::EventClock event_clock(ClockConfidence clock) {
  switch (clock) {
    case ClockConfidence::kUnknown:
      return eventlog::EventClock::kUnknown;
    case ClockConfidence::kSynced:
      return eventlog::EventClock::kSynced;
    case ClockConfidence::kSetByHand:
      return eventlog::EventClock::kSetByHand;
    case ClockConfidence::kRanBackwards:
      return eventlog::EventClock::kRanBackwards;
  }
  return eventlog::EventClock::kUnknown;
}

}  // namespace mimika
