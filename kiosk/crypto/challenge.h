// A door that the centre opens by telephone: the kiosk shows eight signs, somebody reads them to Mimika Center, and
// types in the eight signs that the centre reads back. It needs neither a network nor a clock that is right.
//
// An answer fits one kiosk, one purpose, one account where the purpose names one, and one challenge. A challenge holds
// a counter that the kiosk keeps durably and raises before it shows the next one, so that none comes twice, and a
// random part, so that a disk that was put back to an earlier copy does not ask again what was answered once (but with
// a chance of one in 16,384).
//
// Seven signs of 31 say 34.7 bits: one guess is right with a chance of 1 in 27.5 thousand million. After
// kChallengeTries wrong answers the kiosk throws the challenge away: 1 in 5.5 thousand million for each challenge, and
// for 10,000 of them in a row, months of pauses at the screen, below two in a million. What was heard of earlier
// answers does not help, since the secret behind them has 256 bits.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "kiosk/base/env.h"
#include "kiosk/base/ids.h"
#include "kiosk/crypto/secret.h"

namespace mimika::crypto {

inline constexpr std::size_t kChallengeSecretBytes = 32;
inline constexpr std::size_t kChallengeSigns = 8;                 // seven, and a check sign; either way
inline constexpr int kChallengeTries = 5;                         // answers taken to one challenge
inline constexpr std::uint32_t kMostChallenges = (1U << 20) - 1;  // of one kiosk

enum class ChallengePurpose : std::uint8_t {
  kMaintenance = 1,    // let a technician in
  kUnlockAccount = 2,  // of one officer, head or technician
  kRetire = 3,         // the kiosk forgets its keys
};
inline constexpr ChallengePurpose kLastChallengePurpose = ChallengePurpose::kRetire;
[[nodiscard]] const char* challenge_purpose_name(
    ChallengePurpose purpose);  // "maintenance", "unlock-account", "retire"
[[nodiscard]] std::optional<ChallengePurpose> parse_challenge_purpose(std::string_view name);

struct Challenge {
  std::uint32_t counter = 0;  // 1 to kMostChallenges
  std::uint32_t chance = 0;   // 14 bits
  friend bool operator==(const Challenge&, const Challenge&) = default;
};

// What is asked for.
struct ChallengeFor {
  DeviceId device;
  ChallengePurpose purpose = ChallengePurpose::kMaintenance;
  std::string account;  // login; of kUnlockAccount only, empty otherwise
};

// `counter`: one more than that of the challenge before, and durably kept before this is shown. kTooLarge over
// kMostChallenges: the centre must give the kiosk another secret.
[[nodiscard]] Result<Challenge> make_challenge(Env& env, std::uint32_t counter);

// "7KMP-29XA": signs of 2-9 and A-Z without I, L and O. The last one is a check sign that finds every single wrong sign
// and every two neighbours that changed places.
[[nodiscard]] std::string format_challenge(const Challenge& challenge);
// Accepts lower case, and spaces or dashes anywhere. kInvalidInput: mistyped or misheard.
[[nodiscard]] Result<Challenge> parse_challenge(std::string_view text);

// What the centre reads back, in the same form. `secret`: kChallengeSecretBytes.
[[nodiscard]] std::string answer_challenge(const SecretBytes& secret, const ChallengeFor& what,
                                           const Challenge& challenge);
// In constant time. kInvalidInput: mistyped, which is no try; kUnauthorised: wrong. Whoever calls this counts the
// tries, and forgets a challenge that was answered.
[[nodiscard]] Status check_answer(const SecretBytes& secret, const ChallengeFor& what, const Challenge& challenge,
                                  std::string_view text);

}  // namespace mimika::crypto
