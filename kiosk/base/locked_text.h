// Texts of many people, one after the other in one stretch of memory that only grows: what an officer who is signed in
// can search. Locked against swapping as far as the service may lock, left out of core dumps, and overwritten as a
// whole when it is let go. One stretch, so that a search is one pass over it.
#pragma once

#include <cstddef>
#include <string_view>

namespace mimika {

class LockedText {
 public:
  // Takes address space, and memory only as it fills.
  explicit LockedText(std::size_t most_bytes);
  ~LockedText();
  LockedText(const LockedText&) = delete;
  LockedText& operator=(const LockedText&) = delete;

  // False: there is no room for it, and nothing was added.
  [[nodiscard]] bool append(std::string_view text);
  [[nodiscard]] std::string_view view() const { return {bytes_, size_}; }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool locked() const { return locked_; }
  void clear();  // overwrites, and gives the memory back

 private:
  bool make_room(std::size_t bytes);

  char* bytes_ = nullptr;  // null: the machine gave no address space
  std::size_t most_ = 0;
  std::size_t ready_ = 0;  // of it can be written
  std::size_t size_ = 0;
  bool locked_ = true;
};

}  // namespace mimika
