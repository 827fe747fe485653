// Questions about a session that both the reducer and the screens ask. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "kiosk/model/validation.h"
#include "kiosk/session/session.h"

namespace mimika {

// The draft the journey writes into; nothing outside a complaint or an idea.
[[nodiscard]] const Draft* current_draft(const Session& session);

[[nodiscard]] const Service* chosen_service(const Session& session, const SessionContext& context);
// The field asked for on kServiceField; nothing elsewhere.
[[nodiscard]] const ServiceField* current_field(const Session& session, const SessionContext& context);
[[nodiscard]] std::string_view answer_to(const Session& session, std::string_view field);

// The district whose kampung are listed.
[[nodiscard]] const District* listed_district(const Session& session, const SessionContext& context);

// What stands before the person, as far as a page gives way to another one by a movement. What changes within a page
// (a letter, a choice, a level) changes at once.
struct PageShown {
  Screen screen = Screen::kAttract;
  Dialog dialog = Dialog::kNone;
  bool warned = false;
  bool problem = false;
  std::size_t part = 0;  // of a page that asks one thing after the other
  friend bool operator==(const PageShown&, const PageShown&) = default;
};
[[nodiscard]] PageShown page_shown(const Session& session);

// Whether anything was typed or chosen that giving up would lose: in this journey, or in any.
[[nodiscard]] bool journey_has_input(const Session& session);
[[nodiscard]] bool session_has_input(const Session& session);

// Where the person is among the questions of the journey, for the row of diamonds. 0 of 0 outside a filing.
struct Progress {
  std::size_t step = 0;  // from 1
  std::size_t steps = 0;
};
[[nodiscard]] Progress progress_of(const Session& session, const SessionContext& context);

// --- the text being written

[[nodiscard]] std::string_view text_of(const Session& session, TextTarget target, const SessionContext& context);

// How many digits the text has in the end, for "7 of 16"; 0 when it has no fixed length.
[[nodiscard]] std::size_t full_length_of(const Session& session, TextTarget target, const SessionContext& context);

// What is wrong with a text as it stands; and the same, but only once typing on cannot mend it, so that nobody is told
// off at the first digit.
[[nodiscard]] std::optional<FieldProblem> problem_of(const Session& session, TextTarget target,
                                                     const SessionContext& context);
[[nodiscard]] std::optional<FieldProblem> problem_to_show(const Session& session, TextTarget target,
                                                          const SessionContext& context);

// --- saying and showing

// What the devices should be doing for whoever stands there: the camera, the microphone (while it is), and the voice
// that should be heard.
[[nodiscard]] CameraUse camera_use(const Session& session);
// Until whoever holds something before the camera is told that no code can be read; nothing while that is not to come.
[[nodiscard]] std::optional<std::int64_t> ms_until_unread(const Session& session, const SessionContext& context);
[[nodiscard]] MicrophoneUse microphone_use(const Session& session);
[[nodiscard]] const Voice* voice_to_play(const Session& session);
// All photos the screen may show.
[[nodiscard]] std::vector<const Photo*> photos_of(const Session& session);
// Those that stand beside the story, or beside what is written back, whichever is being written; nothing elsewhere.
[[nodiscard]] const std::vector<Photo>* kept_photos(const Session& session);
// The photo of a service's requirement; nothing when there is none.
[[nodiscard]] const Photo* paper_photo(const Session& session, std::size_t requirement);
[[nodiscard]] bool takes_papers(const Service* service);

// Whether the person said how they keep their receipt: on paper that came out, photographed or written down.
[[nodiscard]] bool is_kept(const Receipt& receipt);

// --- tracking

// Numbers can be guessed, so a secret or anonymous ticket shows nothing without its receipt code.
[[nodiscard]] bool ticket_is_shown(const Tracking& tracking);

// Whether the reply says anything: words or photos; a reopening needs neither.
[[nodiscard]] bool reply_says_something(const Tracking& tracking);

// As the ticket stands: a rating is of a closed one, and only what was called solved can be reopened.
[[nodiscard]] bool can_say(const Ticket& ticket, SayKind kind);

// Whose ticket stands on the screen, on its receipt or looked up, shown or locked.
[[nodiscard]] std::optional<TicketNumber> ticket_on_screen(const Session& session);

// --- the idle warning

// Whole seconds left to answer, rounded up; 0 without a warning.
[[nodiscard]] int seconds_left(const Session& session, const SessionContext& context);

// The date an agency must have answered by if the filing arrived at the centre on `arrival`.
[[nodiscard]] LocalDate answer_due(LocalDate arrival, const SessionContext& context);

// Only a clock that somebody vouched for may promise a date.
[[nodiscard]] bool clock_is_trusted(const SessionContext& context);
[[nodiscard]] bool clock_is_trusted(ClockConfidence clock);

// How long ago something was, no finer than it is said: minutes under an hour, hours under a day, then days. Counted in
// minutes of the clock, so that an age grows only when the clock on the screen moves on.
enum class AgeUnit : std::uint8_t { kMinutes, kHours, kDays };
struct Age {
  AgeUnit unit = AgeUnit::kMinutes;
  long count = 0;
  friend bool operator==(const Age&, const Age&) = default;
};
// Nothing when the clock is not trusted, or says that it has not happened yet (by more than the few minutes two clocks
// may differ).
[[nodiscard]] std::optional<Age> age_of(WallMs at, const SessionContext& context);

}  // namespace mimika
