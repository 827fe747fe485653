// What is being said, between the thread that makes it and the device's, a little ahead of what is heard. Every time
// something new is said the feed starts again under a new ticket, and whoever still makes the old is told to stop.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <span>

#include "kiosk/device/sound.h"

namespace mimika::device {

class SpeechFeed {
 public:
  using Ticket = std::uint64_t;

  SpeechFeed();
  // From now on nothing of before is heard, and what was ahead is overwritten.
  Ticket restart();
  // As restart(), and nothing comes after it.
  void hush();
  // Waits while limits::kSpeechAheadMs are ahead; false as soon as the ticket is not the latest.
  [[nodiscard]] bool push(Ticket ticket, SampleView samples);
  // No more comes under this ticket.
  void finish(Ticket ticket);
  [[nodiscard]] bool is_latest(Ticket ticket) const;
  // Something is heard, or will be.
  [[nodiscard]] bool active() const;

  struct Pulled {
    std::size_t count = 0;
    bool ended = false;    // with these, what was said is over
    bool cut_off = false;  // something was silenced since the last time
  };
  Pulled pull(std::span<std::int16_t> out);  // the device's thread

 private:
  Ticket restart_locked(bool open);

  mutable std::mutex mutex_;
  std::condition_variable room_;
  Samples slots_;
  std::size_t begin_ = 0;
  std::size_t count_ = 0;
  Ticket latest_ = 0;
  bool open_ = false;
  bool cut_off_ = false;
};

}  // namespace mimika::device
