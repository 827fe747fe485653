#include "kiosk/device/speech_cache.h"

#include <iterator>
#include <utility>

namespace mimika::device {

const Samples* SpeechCache::find(const std::string& key) {
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, found->second);
  return &found->second->samples;
}

void SpeechCache::keep(const std::string& key, Samples samples) {
  if (const auto found = by_key_.find(key); found != by_key_.end()) drop(found->second);
  samples.shrink_to_fit();
  Entry entry{key, std::move(samples)};
  if (entry.bytes() > max_bytes_) return;
  while (bytes_ + entry.bytes() > max_bytes_) drop(std::prev(entries_.end()));
  bytes_ += entry.bytes();
  entries_.push_front(std::move(entry));
  by_key_[key] = entries_.begin();
}

void SpeechCache::drop(std::list<Entry>::iterator entry) {
  bytes_ -= entry->bytes();
  by_key_.erase(entry->key);
  entries_.erase(entry);
}

}  // namespace mimika::device
