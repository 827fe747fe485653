// Memory for what a person wrote, said or showed: never written to the swap, left out of core dumps where the kernel
// allows it, between two pages that nobody may touch, and overwritten when it is given back.
//
// One arena for the whole process, locked as a whole when it is first needed. Rejected: libsodium's sodium_malloc,
// which takes four pages for each short text and a system call for each letter, while a service may lock 8 MB in all.
// Where the arena is full, or the limit does not let it be locked, memory is ordinary and still overwritten; the log
// says so once.
#pragma once

#include <cstddef>
#include <map>
#include <mutex>

namespace mimika {

// Throws std::bad_alloc, as allocators do.
[[nodiscard]] void* take_personal_memory(std::size_t bytes);
// Overwrites it. `bytes` is what was asked for.
void give_personal_memory_back(void* block, std::size_t bytes) noexcept;

// For containers of what is a person's. What is merely not to be left about, and may be long, takes WipingAllocator.
template <typename T>
struct PersonalAllocator {
  using value_type = T;
  PersonalAllocator() = default;
  template <typename Other>
  PersonalAllocator(const PersonalAllocator<Other>&) {}  // NOLINT(google-explicit-constructor): allocators rebind so
  [[nodiscard]] T* allocate(std::size_t count) { return static_cast<T*>(take_personal_memory(count * sizeof(T))); }
  void deallocate(T* block, std::size_t count) { give_personal_memory_back(block, count * sizeof(T)); }
  friend bool operator==(const PersonalAllocator&, const PersonalAllocator&) { return true; }
};

// The arena itself; several threads may use one.
class PersonalArena {
 public:
  explicit PersonalArena(std::size_t bytes);  // raised to whole pages
  ~PersonalArena();
  PersonalArena(const PersonalArena&) = delete;
  PersonalArena& operator=(const PersonalArena&) = delete;

  [[nodiscard]] void* take(std::size_t bytes);  // null: no room
  // Overwrites the block. false: it is not from here, and nothing was done.
  bool give_back(void* block, std::size_t bytes) noexcept;

  [[nodiscard]] bool locked() const { return locked_; }
  [[nodiscard]] bool left_out_of_dumps() const { return left_out_of_dumps_; }
  [[nodiscard]] std::size_t in_use() const;  // bytes, in whole cells

 private:
  std::byte* pages_ = nullptr;  // between the two guards; null: there is no memory at all
  std::size_t bytes_ = 0;
  bool locked_ = false;
  bool left_out_of_dumps_ = false;
  mutable std::mutex mutex_;
  std::map<std::size_t, std::size_t> free_;  // where -> how many bytes
  std::size_t free_bytes_ = 0;
};

// The process leaves no core dump, and no other program of its user may look into it. false: the kernel refused.
[[nodiscard]] bool forbid_core_dumps();

}  // namespace mimika
