// Text of a person: whatever was typed at the screen, and the receipt code; and bytes of a person: a photo, a voice.
// They stand in memory that is never swapped (kiosk/base/personal_memory.h) and is overwritten before it is given back,
// whether they grow, are assigned over, moved or destroyed, so that nothing of one person is left for the next. A text
// must not be turned into a plain std::string for longer than a call.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "kiosk/base/bytes.h"
#include "kiosk/base/personal_memory.h"
#include "kiosk/base/wipe.h"
#include "kiosk/model/validation.h"

namespace mimika {

// A vector rather than a std::string: short strings live inside the object itself, where a move would leave them
// behind.
class PersonalText {
 public:
  PersonalText() = default;
  explicit PersonalText(std::string_view text) : bytes_(text.begin(), text.end()) {}

  [[nodiscard]] std::string_view view() const { return {bytes_.data(), bytes_.size()}; }
  [[nodiscard]] bool empty() const { return bytes_.empty(); }
  [[nodiscard]] std::size_t size() const { return bytes_.size(); }  // bytes of UTF-8

  // `at` and `count` are bytes and stay within the text; CHECK otherwise.
  void insert(std::size_t at, std::string_view text);
  void erase(std::size_t at, std::size_t count);
  void wipe();

  friend bool operator==(const PersonalText&, const PersonalText&) = default;

 private:
  std::vector<char, PersonalAllocator<char>> bytes_;
};

// A recording or a picture. What is known to become long is reserved at once: growing needs room for both lengths.
class PersonalBytes {
 public:
  PersonalBytes() = default;
  explicit PersonalBytes(ByteView bytes) : bytes_(bytes.begin(), bytes.end()) {}

  [[nodiscard]] ByteView view() const { return {bytes_.data(), bytes_.size()}; }
  [[nodiscard]] bool empty() const { return bytes_.empty(); }
  [[nodiscard]] std::size_t size() const { return bytes_.size(); }

  void reserve(std::size_t bytes) { bytes_.reserve(bytes); }
  void append(ByteView more) { bytes_.insert(bytes_.end(), more.begin(), more.end()); }
  void wipe() { decltype(bytes_){}.swap(bytes_); }

  friend bool operator==(const PersonalBytes&, const PersonalBytes&) = default;

 private:
  std::vector<std::uint8_t, PersonalAllocator<std::uint8_t>> bytes_;
};

// A filing request carries plain strings to the store; whoever ran the effect overwrites them with this.
void wipe(FilingRequest& request);

}  // namespace mimika
