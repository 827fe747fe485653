// How the kiosk stands with Mimika Center, as far as it was read: what the quiet line for staff on the first screen is
// made of. Counts and times only, nothing of a person.
#pragma once

#include <cstdint>
#include <optional>

#include "kiosk/base/env.h"
#include "kiosk/model/event.h"
#include "kiosk/model/staff_scope.h"

namespace mimika {

enum class JournalState : std::uint8_t {
  kNotRead,     // the store is still being opened: nothing is known, so nothing is said
  kSound,       // what stands below is what the journal says
  kSetAside,    // the same, of a fresh journal: a damaged one was put beside it when the program started
  kUnreadable,  // reading it failed; nothing below counts
};

enum class Synchronisation : std::uint8_t { kRuns, kNotRunning };

struct Standing {
  JournalState journal = JournalState::kNotRead;
  Synchronisation sync = Synchronisation::kRuns;
  std::uint64_t unsent_events = 0;    // not known to have arrived, disputed ones included
  std::uint64_t disputed_events = 0;  // of these, what the centre knows differently: it goes nowhere by itself
  std::uint64_t unsent_attachments = 0;
  std::uint64_t refused_attachments = 0;        // that the centre does not take, or that are damaged here
  bool refused_lately = false;                  // an answer of the centre by this kiosk, or a call by the centre
  bool set_aside_lately = false;                // own records, by the centre
  std::optional<WallMs> oldest_unsent_ms = {};  // when the first ticket that waits was filed
  ClockConfidence oldest_unsent_clock = ClockConfidence::kUnknown;  // what that time is worth
  std::optional<WallMs> last_contact_ms = {};                       // by the centre's clock
  StaffScope scope = StaffScope::kFull;
  friend bool operator==(const Standing&, const Standing&) = default;
};

}  // namespace mimika
