// Every state a resident can see, as sessions: what the gallery photographs and the layout tests measure.
#pragma once

#include <string>
#include <vector>

#include "tests/session/session_world.h"

namespace mimika::testing {

struct ScreenState {
  std::string name;  // "05-story"
  Session session;
  Standing standing = {};                       // what the line for staff tells; only the first screen shows it
  std::vector<OfferedLanguage> languages = {};  // not empty: more than are offered today
  SoundState sound = {};
  std::vector<Announcement> announcements = {};
  OfficeState office = OfficeState::kOpen;

  // What the kiosk around the session is like; the languages are the caller's business.
  void stand_in(SessionContext& context) const {
    context.standing = standing;
    context.announcements = announcements;
    context.sound = sound;
    context.office = office;
  }
};

// In the order of a visit. Each session is in Indonesian, at the standard size and contrast.
[[nodiscard]] std::vector<ScreenState> all_screen_states();

// A ticket with a timeline, as the kiosk would find it.
enum class TicketStage { kSavedHere, kArrived, kLate, kInProgress, kHeld, kResolved, kArchived };
[[nodiscard]] Ticket staged_ticket(TicketStage stage);

}  // namespace mimika::testing
