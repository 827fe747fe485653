// What the store finds out that belongs into the event log: for the desk and mimika-kiosk-ctl, whichever opens it
// first.
#pragma once

#include <string>

#include "kiosk/eventlog/event_log.h"
#include "kiosk/model/event.h"
#include "kiosk/store/store.h"

namespace mimika {

// A damaged database that was set aside, one that was put back, and the life that began with it. Nothing when opening
// found all in order.
void note_store_notice(eventlog::EventLog& events, Store& store, const std::string& data_folder);

[[nodiscard]] eventlog::EventClock event_clock(ClockConfidence clock);

}  // namespace mimika
