#include "kiosk/eventlog/event_past.h"

#include <vector>

#include "kiosk/base/limits.h"

namespace mimika::eventlog {
namespace {

bool ends_the_boot(EventId id) {
  return id == EventId::kBootEnd || id == EventId::kShutdownEnd || id == EventId::kRestartEnd;
}

// The boot as a whole is no span that a process works on.
bool is_span(const EventInfo& info) {
  return info.half == Half::kBegin && info.id != EventId::kBootBegin;
}

}  // namespace

void EventPast::close(std::uint64_t begin) {
  std::erase_if(open_, [begin](const OpenSpan& span) { return span.seq == begin; });
}

void EventPast::take(const Record& record) {
  last_seq_ = record.seq;
  last_ms_ = record.time_ms;
  const auto id = event_named(record.id);
  // The log itself speaks before it has looked back, with the new boot already: only boot-begin counts of that.
  const bool tells_boot = id == EventId::kBootBegin || record.source != name_of(Source::kLog);
  if (tells_boot && record.boot != 0 && record.boot != boot_) {
    boot_ = record.boot;
    ended_ = false;
  }
  if (!id) return;
  const EventInfo& info = info_of(*id);
  // A refusal of the system to go down is no end. What ends after it, as the program itself, is no new life.
  if (ends_the_boot(*id)) ended_ = record.outcome == name_of(Outcome::kSuccess);
  if (*id == EventId::kPowerLoss) {
    ended_ = true;  // it is told, and not told again
    std::erase_if(open_, [](const OpenSpan& span) { return span.begin == EventId::kProgramBegin; });
  }
  if (is_span(info)) {
    ended_ = false;
    open_.push_back({record.seq, record.boot, *id});
    if (open_.size() > limits::kEventSpansOpen) open_.erase(open_.begin());
  }
  const bool closes = info.half == Half::kEnd || *id == EventId::kInterrupted || *id == EventId::kProgramCrash;
  if (closes) close(static_cast<std::uint64_t>(record.number(ValueKey::kBegin)));
}

}  // namespace mimika::eventlog
