#include "kiosk/device/speech_feed.h"

#include <algorithm>
#include <utility>

#include "kiosk/base/limits.h"

namespace mimika::device {

SpeechFeed::SpeechFeed() : slots_(samples_in(limits::kSpeechAheadMs, kSoundRateHz)) {}

SpeechFeed::Ticket SpeechFeed::restart_locked(bool open) {
  cut_off_ = cut_off_ || count_ > 0;
  overwrite_memory(slots_.data(), slots_.size() * sizeof(slots_.front()));
  begin_ = 0;
  count_ = 0;
  open_ = open;
  return ++latest_;
}

SpeechFeed::Ticket SpeechFeed::restart() {
  Ticket ticket = 0;
  {
    const std::lock_guard lock(mutex_);
    ticket = restart_locked(true);
  }
  room_.notify_all();
  return ticket;
}

void SpeechFeed::hush() {
  {
    const std::lock_guard lock(mutex_);
    restart_locked(false);
  }
  room_.notify_all();
}

bool SpeechFeed::push(Ticket ticket, SampleView samples) {
  std::unique_lock lock(mutex_);
  while (ticket == latest_ && !samples.empty()) {
    const std::size_t count = std::min(samples.size(), slots_.size() - count_);
    for (std::size_t i = 0; i < count; ++i) slots_[(begin_ + count_ + i) % slots_.size()] = samples[i];
    count_ += count;
    samples = samples.subspan(count);
    room_.wait(lock, [&] { return samples.empty() || ticket != latest_ || count_ < slots_.size(); });
  }
  return ticket == latest_;
}

void SpeechFeed::finish(Ticket ticket) {
  const std::lock_guard lock(mutex_);
  if (ticket == latest_) open_ = false;
}

bool SpeechFeed::is_latest(Ticket ticket) const {
  const std::lock_guard lock(mutex_);
  return ticket == latest_;
}

bool SpeechFeed::active() const {
  const std::lock_guard lock(mutex_);
  return open_ || count_ > 0;
}

SpeechFeed::Pulled SpeechFeed::pull(std::span<std::int16_t> out) {
  Pulled pulled;
  {
    const std::lock_guard lock(mutex_);
    pulled.cut_off = std::exchange(cut_off_, false);
    pulled.count = std::min(out.size(), count_);
    for (std::size_t i = 0; i < pulled.count; ++i) {
      std::int16_t& slot = slots_[(begin_ + i) % slots_.size()];
      out[i] = slot;
      overwrite_memory(&slot, sizeof(slot));
    }
    begin_ = (begin_ + pulled.count) % slots_.size();
    count_ -= pulled.count;
    pulled.ended = pulled.count > 0 && count_ == 0 && !open_;
  }
  if (pulled.count > 0) room_.notify_all();
  return pulled;
}

}  // namespace mimika::device
