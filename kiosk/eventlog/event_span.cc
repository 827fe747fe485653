#include "kiosk/eventlog/event_span.h"

#include <utility>

namespace mimika::eventlog {

EventSpan::EventSpan(EventLog& log, EventId begin, Role role, Values values)
    : log_(log), info_(info_of(begin)), role_(role), began_ms_(log.env_.monotonic_ms()) {
  seq_ = log_.note_and_hold({.id = begin, .role = role, .values = std::move(values)}, true);
}

EventSpan::~EventSpan() {
  end(Outcome::kFailure);
}

void EventSpan::end(Outcome outcome, Values values) {
  if (std::exchange(ended_, true)) return;
  if (seq_ != 0) values.emplace_back(ValueKey::kBegin, static_cast<std::int64_t>(seq_));
  values.emplace_back(ValueKey::kMs, log_.env_.monotonic_ms() - began_ms_);
  log_.note({.id = info_.other_half, .role = role_, .outcome = outcome, .values = std::move(values)});
  // Only then: between the two nobody may find it begun, not ended and not held.
  if (seq_ != 0) log_.let_go(seq_);
}

void EventSpan::fail(const Error& error) {
  end(Outcome::kFailure, {{ValueKey::kReason, std::string(error_code_name(error.code))}});
}

}  // namespace mimika::eventlog
