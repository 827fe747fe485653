// Letting somebody in at the counter: the try is counted before the PIN is looked at, and a right one opens the
// office's key.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "kiosk/crypto/keys.h"
#include "kiosk/staff/staff_session.h"
#include "kiosk/store/store.h"

namespace mimika::office {

struct SignedIn {
  staff::Duty duty;
  std::optional<crypto::BoxKey> office_key;  // empty for those who never read cases
};

struct SignInRefusal {
  staff::Trouble trouble = staff::Trouble::kPinWrong;
  std::int64_t wait_ms = 0;
};

// `key_file`: from a stick, or null. What happened is an event, wrong PINs as well as right ones; an account that is
// not here takes as long as one that is. A PIN that is right is let in also when that cannot be written down: a full
// disk must not lock the office out of freeing it.
[[nodiscard]] std::expected<SignedIn, SignInRefusal> sign_in(Store& store, Env& env,
                                                             const crypto::SecretBytes& device_secret,
                                                             const std::string& login, std::string_view pin,
                                                             const crypto::SecretBytes* key_file);

// Another PIN for who is signed in. kPinTooShort, kPinTooSimple, kPinSame, kNotSaved; kNone: it is kept.
[[nodiscard]] staff::Trouble change_pin(Store& store, Env& env, const crypto::SecretBytes& device_secret,
                                        const Actor& actor, const crypto::BoxKey* office_key, std::string_view pin,
                                        const crypto::SecretBytes* key_file);

// Lets a colleague in again whose account is locked. Whether the role may is asked before.
[[nodiscard]] Status let_in(Store& store, const Actor& actor, const std::string& login);

[[nodiscard]] std::vector<staff::Person> people(const std::vector<StaffMember>& members, std::int64_t monotonic_ms,
                                                const std::vector<std::string>& revoked);

}  // namespace mimika::office
