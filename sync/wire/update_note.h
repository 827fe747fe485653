// The centre's word for an update package that travels on a stick: a small text file beside it, which says which
// version it is and is signed. It names the package by its hash and by nothing else, so that names on a stick mean
// nothing.
#pragma once

#include <string>
#include <string_view>

#include "kiosk/base/bytes.h"
#include "kiosk/crypto/hash.h"
#include "kiosk/crypto/keys.h"

namespace mimika::wire {

inline constexpr std::string_view kUpdateNoteBegins = "mimika update 1\n";
inline constexpr std::string_view kUpdateHashDomain = "mimika update package 1";

struct UpdateNote {
  std::string version;  // letters, digits and .+~- alone, beginning with a digit
  crypto::Hash package{};
  crypto::Signature signature{};
};

[[nodiscard]] bool is_update_version(std::string_view version);
// kInvalidInput for a version that is none.
[[nodiscard]] Result<std::string> encode_update_note(const std::string& version, const crypto::Hash& package,
                                                     const crypto::SigningKey& centre_key);
// kCorrupt for anything that encode_update_note() does not write. Nobody has believed it yet.
[[nodiscard]] Result<UpdateNote> decode_update_note(std::string_view text);
[[nodiscard]] bool is_signed_by(const UpdateNote& note, const crypto::VerifyKey& key);

}  // namespace mimika::wire
