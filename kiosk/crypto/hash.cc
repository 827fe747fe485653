#include "kiosk/crypto/hash.h"

#include <sodium.h>

#include "kiosk/base/check.h"
#include "kiosk/crypto/secret.h"

namespace mimika::crypto {

struct Hasher::State {
  crypto_generichash_state state;
};

Hasher::Hasher(std::string_view domain) : state_(std::make_unique<State>()) {
  init_crypto();
  CHECK(domain.size() <= 255);
  CHECK(crypto_generichash_init(&state_->state, nullptr, 0, sizeof(Hash)) == 0);
  const auto length = static_cast<std::uint8_t>(domain.size());
  add({&length, 1});
  add(as_bytes(domain));
}

Hasher::Hasher(Hasher&&) noexcept = default;
Hasher::~Hasher() = default;

Hasher& Hasher::add(ByteView bytes) {
  if (!bytes.empty()) crypto_generichash_update(&state_->state, bytes.data(), bytes.size());
  return *this;
}

Hasher& Hasher::add_sized(ByteView bytes) {
  add_u64(bytes.size());
  return add(bytes);
}

Hasher& Hasher::add_u32(std::uint32_t value) {
  Bytes bytes;
  append_u32(bytes, value);
  return add(bytes);
}

Hasher& Hasher::add_u64(std::uint64_t value) {
  Bytes bytes;
  append_u64(bytes, value);
  return add(bytes);
}

Hash Hasher::finish() {
  Hash hash{};
  crypto_generichash_final(&state_->state, hash.data(), hash.size());
  return hash;
}

}  // namespace mimika::crypto
