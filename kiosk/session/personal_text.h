// Text of a person: whatever was typed at the screen, and the receipt code. The memory it stood in is overwritten
// before it is given back, whether the text grows, is assigned over, moved or destroyed, so that nothing of one person
// is left for the next. It must not be turned into a plain std::string for longer than a call.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

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
  std::vector<char, WipingAllocator<char>> bytes_;
};

// A filing request carries plain strings to the store; whoever ran the effect overwrites them with this.
void wipe(FilingRequest& request);

}  // namespace mimika
