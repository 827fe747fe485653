// What the events so far leave open: whether the last boot of the machine ended in order, and what was begun and never
// ended. A value; reads nothing itself.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/eventlog/event_record.h"

namespace mimika::eventlog {

struct OpenSpan {
  std::uint64_t seq = 0;
  std::uint64_t boot = 0;
  EventId begin = EventId::kBootBegin;
};

class EventPast {
 public:
  // In order. Ids that this program does not know change nothing.
  void take(const Record& record);

  [[nodiscard]] bool empty() const { return last_seq_ == 0; }
  [[nodiscard]] std::uint64_t boot() const { return boot_; }  // the last one that is known; 0: none
  [[nodiscard]] bool ended_in_order() const { return ended_; }
  [[nodiscard]] std::uint64_t last_seq() const { return last_seq_; }
  [[nodiscard]] WallMs last_ms() const { return last_ms_; }
  // Begun, and neither ended nor reported; at most kEventSpansOpen, the newest.
  [[nodiscard]] const std::vector<OpenSpan>& open() const { return open_; }

 private:
  void close(std::uint64_t begin);

  std::uint64_t boot_ = 0;
  bool ended_ = false;
  std::uint64_t last_seq_ = 0;
  WallMs last_ms_ = 0;
  std::vector<OpenSpan> open_;
};

}  // namespace mimika::eventlog
