// Something that takes a while: `-begin` when it is made, `-end` when it is over, once. A begin without an end that
// nobody works on any more is reported as interrupted at the next opening of the log, by whichever program that is.
#pragma once

#include <cstdint>

#include "kiosk/eventlog/event_log.h"

namespace mimika::eventlog {

class EventSpan {
 public:
  // `begin` must be the first half of a pair. `log` must outlive it.
  EventSpan(EventLog& log, EventId begin, Role role, Values values = {});
  // What was not ended by then went wrong: a return with an error passes here.
  ~EventSpan();
  EventSpan(const EventSpan&) = delete;
  EventSpan& operator=(const EventSpan&) = delete;

  void end(Outcome outcome, Values values = {});
  // A failure, with the error's name as its reason.
  void fail(const Error& error);

 private:
  EventLog& log_;
  const EventInfo& info_;
  const Role role_;
  const std::int64_t began_ms_;  // monotonic
  std::uint64_t seq_ = 0;        // of the begin; 0: it could not be written
  bool ended_ = false;
};

}  // namespace mimika::eventlog
