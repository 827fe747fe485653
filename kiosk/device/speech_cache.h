// Speech that is made once: fixed words of the catalogue, never a person's. Bounded; what was not said for the longest
// time goes first.
#pragma once

#include <cstddef>
#include <list>
#include <map>
#include <string>

#include "kiosk/device/sound.h"

namespace mimika::device {

class SpeechCache {
 public:
  explicit SpeechCache(std::size_t max_bytes) : max_bytes_(max_bytes) {}

  // Null when it is not there; valid until the next keep().
  [[nodiscard]] const Samples* find(const std::string& key);
  // One that is larger than all there may be is not kept.
  void keep(const std::string& key, Samples samples);
  [[nodiscard]] std::size_t bytes() const { return bytes_; }

 private:
  struct Entry {
    std::string key;
    Samples samples;
    [[nodiscard]] std::size_t bytes() const { return key.size() + samples.size() * sizeof(std::int16_t); }
  };
  void drop(std::list<Entry>::iterator entry);

  std::size_t max_bytes_;
  std::size_t bytes_ = 0;
  std::list<Entry> entries_;  // the latest first
  std::map<std::string, std::list<Entry>::iterator> by_key_;
};

}  // namespace mimika::device
