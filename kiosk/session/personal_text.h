// Text of a person: whatever was typed at the screen, and the receipt code. The memory it stood in is overwritten
// before it is given back, whether the text grows, is assigned over, moved or destroyed, so that nothing of one person
// is left for the next. It must not be turned into a plain std::string for longer than a call.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

#include "kiosk/base/wipe.h"
#include "kiosk/model/validation.h"

namespace mimika {

template <typename T>
struct WipingAllocator {
  using value_type = T;
  WipingAllocator() = default;
  template <typename Other>
  WipingAllocator(const WipingAllocator<Other>&) {}  // NOLINT(google-explicit-constructor): allocators rebind so
  [[nodiscard]] T* allocate(std::size_t count) { return std::allocator<T>{}.allocate(count); }
  void deallocate(T* block, std::size_t count) {
    overwrite_memory(block, count * sizeof(T));
    std::allocator<T>{}.deallocate(block, count);
  }
  friend bool operator==(const WipingAllocator&, const WipingAllocator&) { return true; }
};

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
