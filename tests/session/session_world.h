// A kiosk in Jila for the session tests: the real catalogue, a clock that is moved by hand, and every effect kept.
#pragma once

#include <string>
#include <vector>

#include "kiosk/session/apply.h"
#include "kiosk/session/queries.h"

namespace mimika::testing {

class SessionWorld {
 public:
  SessionWorld();

  SessionWorld& act(Action action);
  template <typename... Actions>
  SessionWorld& play(Actions... actions) {
    (act(Action{std::move(actions)}), ...);
    return *this;
  }
  // Moves both clocks on and ticks whenever the session asked to be woken.
  SessionWorld& pass_ms(std::int64_t ms);

  // The last effect of a kind that was asked for; CHECKs that there is one.
  template <typename Kind>
  [[nodiscard]] const Kind& last() const {
    for (auto it = effects.rbegin(); it != effects.rend(); ++it) {
      if (const auto* found = std::get_if<Kind>(&*it)) return *found;
    }
    check_failed_no_effect();
  }
  template <typename Kind>
  [[nodiscard]] std::size_t count() const {
    std::size_t found = 0;
    for (const Effect& effect : effects) found += std::size_t{std::holds_alternative<Kind>(effect)};
    return found;
  }

  // A complaint about water, filled in up to the review.
  SessionWorld& complaint_to_review(const std::string& story = "Air tidak keluar.");
  SessionWorld& file_and_answer();  // consent, save, and the store says it is done

  // A request for a birth certificate, filled in up to the review.
  SessionWorld& birth_certificate_to_review();

  Catalogue catalogue;
  SessionContext context;
  Session session;
  std::vector<Effect> effects;

 private:
  [[noreturn]] static void check_failed_no_effect();
};

[[nodiscard]] Ticket sample_ticket(Confidentiality known);

// 24 November 2026, 09.24 in Timika.
inline constexpr WallMs kTuesdayMorning = 1'795'479'840'000;

}  // namespace mimika::testing
