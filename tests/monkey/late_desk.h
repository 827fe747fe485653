// The desk as a screen may meet it on its worst day: it answers at once, late, twice, to somebody who has gone, or that
// it cannot. It always answers in the end, as kiosk/app/desk.h promises.
#pragma once

#include <cstdint>
#include <vector>

#include "kiosk/session/apply.h"
#include "tests/monkey/chance.h"

namespace mimika::monkey {

class LateDesk {
 public:
  LateDesk(Chance chance, Ticket ticket) : chance_(chance), ticket_(std::move(ticket)) {}

  void ask(Effect effect, std::int64_t now_ms);
  // What it has found out by now, in order of time.
  [[nodiscard]] std::vector<Action> answers(std::int64_t now_ms);
  // When it speaks next; a far day when it has nothing to say.
  [[nodiscard]] std::int64_t next_ms() const;
  [[nodiscard]] int filings() const { return filings_; }
  // How long the slowest answer may take.
  static constexpr std::int64_t kSlowestMs = 90'000;

 private:
  struct Answer {
    std::int64_t at_ms = 0;
    Action action;
  };
  void answer(std::int64_t now_ms, Action action);
  void speak_unasked(std::int64_t now_ms);

  Chance chance_;
  Ticket ticket_;
  std::vector<Answer> waiting_;
  std::int64_t unasked_ms_ = 0;
  int filings_ = 0;
};

}  // namespace mimika::monkey
