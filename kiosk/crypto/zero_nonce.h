// A key that seals exactly one message needs no nonce to tell its messages apart.
#pragma once

#include <sodium.h>

#include <array>
#include <cstdint>

namespace mimika::crypto {

inline constexpr std::array<std::uint8_t, crypto_aead_xchacha20poly1305_ietf_NPUBBYTES> kZeroNonce{};

}  // namespace mimika::crypto
