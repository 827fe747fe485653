// Memory that holds secrets: locked against swapping, guarded, and wiped when it is let go (libsodium).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "kiosk/base/bytes.h"
#include "kiosk/base/wipe.h"

namespace mimika::crypto {

// Starts libsodium; safe to call from several threads and more than once. Every constructor here calls it.
void init_crypto();

class SecretBytes {
 public:
  SecretBytes() = default;
  explicit SecretBytes(std::size_t size);  // zeroed
  [[nodiscard]] static SecretBytes copy_of(ByteView bytes);
  SecretBytes(SecretBytes&& other) noexcept;
  SecretBytes& operator=(SecretBytes&& other) noexcept;
  SecretBytes(const SecretBytes&) = delete;
  SecretBytes& operator=(const SecretBytes&) = delete;
  ~SecretBytes();

  [[nodiscard]] std::span<std::uint8_t> span() { return {data_, size_}; }
  [[nodiscard]] ByteView view() const { return {data_, size_}; }
  [[nodiscard]] std::uint8_t* data() { return data_; }
  [[nodiscard]] const std::uint8_t* data() const { return data_; }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  void wipe();  // zeroes and frees

 private:
  std::uint8_t* data_ = nullptr;
  std::size_t size_ = 0;
};

[[nodiscard]] bool equal_in_constant_time(ByteView a, ByteView b);

}  // namespace mimika::crypto
