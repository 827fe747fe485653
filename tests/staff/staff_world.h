// A counter in Jila for tests: the real catalogue, clocks moved by hand, and an engine that answers at once where
// asked.
#pragma once

#include <string>
#include <vector>

#include "kiosk/staff/staff_apply.h"
#include "tests/session/session_world.h"

namespace mimika::testing {

class StaffWorld {
 public:
  StaffWorld();

  StaffWorld& act(staff::Action action);
  template <typename... Actions>
  StaffWorld& play(Actions... actions) {
    (act(staff::Action{std::move(actions)}), ...);
    return *this;
  }
  // Moves both clocks on and ticks whenever the session asked to be woken.
  StaffWorld& pass_ms(std::int64_t ms);

  StaffWorld& sign_in();       // as the officer "rina", to the queue with its rows
  StaffWorld& open_ticket();   // the first row
  StaffWorld& answer_queue();  // what was asked for last
  StaffWorld& answer_case();   // also after an act
  [[nodiscard]] staff::Case case_now() const { return case_; }

  template <typename Kind>
  [[nodiscard]] const Kind* last() const {
    for (auto it = effects.rbegin(); it != effects.rend(); ++it) {
      if (const auto* found = std::get_if<Kind>(&*it)) return found;
    }
    return nullptr;
  }
  template <typename Kind>
  [[nodiscard]] std::size_t count() const {
    std::size_t found = 0;
    for (const staff::Effect& effect : effects) found += std::size_t{std::holds_alternative<Kind>(effect)};
    return found;
  }

  Catalogue catalogue;
  staff::Context context;
  staff::Session session;
  std::vector<staff::Effect> effects;

 private:
  staff::Case case_;
};

[[nodiscard]] std::vector<staff::Person> sample_people();
[[nodiscard]] staff::Duty sample_duty(std::int64_t since_ms);  // may do everything
[[nodiscard]] staff::QueuePage sample_queue();
[[nodiscard]] staff::Case sample_case();
[[nodiscard]] staff::Report sample_report();
[[nodiscard]] std::vector<staff::OfficeNotice> sample_notices();

}  // namespace mimika::testing
