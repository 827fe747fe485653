#include "kiosk/crypto/challenge.h"

#include <algorithm>
#include <array>

#include "kiosk/base/check.h"
#include "kiosk/crypto/hash.h"

namespace mimika::crypto {
namespace {

constexpr std::string_view kSigns = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
constexpr std::uint64_t kBase = 31;  // prime, so that a weighted sum finds every single fault
static_assert(kSigns.size() == kBase);
constexpr std::size_t kDataSigns = kChallengeSigns - 1;
constexpr std::uint64_t kValues = kBase * kBase * kBase * kBase * kBase * kBase * kBase;
constexpr unsigned kCounterBits = 20;
constexpr unsigned kChanceBits = 14;
static_assert((std::uint64_t{1} << (kCounterBits + kChanceBits)) <= kValues);

// The two sorts differ in their check sign: a challenge that is typed where its answer belongs is found as mistyped.
enum class Sort : std::uint64_t { kChallenge = 0, kAnswer = 1 };

std::uint64_t check_sum(const std::array<std::uint64_t, kDataSigns>& digits) {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) sum += (i + 2) * digits[i];
  return sum % kBase;
}

std::string spell(std::uint64_t value, Sort sort) {
  CHECK(value < kValues);
  std::array<std::uint64_t, kDataSigns> digits{};
  for (std::size_t i = digits.size(); i-- > 0; value /= kBase) digits[i] = value % kBase;
  // Weights 2 to 8 and, for the check sign, 1: all different, and none a multiple of 31.
  const std::uint64_t check = (static_cast<std::uint64_t>(sort) + kBase - check_sum(digits)) % kBase;
  std::string text;
  for (const std::uint64_t digit : digits) {
    text += kSigns[digit];
    if (text.size() == kChallengeSigns / 2) text += '-';
  }
  return text + kSigns[check];
}

Result<std::uint64_t> read(std::string_view text, Sort sort) {
  std::string signs;
  for (const char c : text) {
    if (c == ' ' || c == '-') continue;
    signs += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    if (signs.size() > kChallengeSigns) break;
  }
  if (signs.size() != kChallengeSigns) return fail(ErrorCode::kInvalidInput, "there are eight signs");
  std::array<std::uint64_t, kDataSigns> digits{};
  std::uint64_t value = 0;
  std::uint64_t check = 0;
  for (std::size_t i = 0; i < signs.size(); ++i) {
    const std::size_t at = kSigns.find(signs[i]);
    if (at == std::string_view::npos) return fail(ErrorCode::kInvalidInput, "a sign that is never used");
    if (i < kDataSigns) {
      digits[i] = at;
      value = value * kBase + at;
    } else {
      check = at;
    }
  }
  if ((check_sum(digits) + check) % kBase != static_cast<std::uint64_t>(sort)) {
    return fail(ErrorCode::kInvalidInput, "one of the signs is wrong");
  }
  return value;
}

std::uint64_t answer_value(const SecretBytes& secret, const ChallengeFor& what, const Challenge& challenge) {
  CHECK(secret.size() == kChallengeSecretBytes);
  Hasher hasher("mimika challenge answer 1");
  hasher.add(secret.view());
  hasher.add_u32(what.device.value);
  hasher.add_u32(static_cast<std::uint32_t>(what.purpose));
  hasher.add_sized(as_bytes(what.account));
  hasher.add_u32(challenge.counter);
  hasher.add_u32(challenge.chance);
  const Hash hash = hasher.finish();
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < sizeof value; ++i) value = (value << 8) | hash[i];
  return value % kValues;  // of 2^64 values; the first few are likelier by less than one in 600 million
}

}  // namespace

const char* challenge_purpose_name(ChallengePurpose purpose) {
  switch (purpose) {
    case ChallengePurpose::kMaintenance:
      return "maintenance";
    case ChallengePurpose::kUnlockAccount:
      return "unlock-account";
    case ChallengePurpose::kRetire:
      return "retire";
  }
  return "";
}

std::optional<ChallengePurpose> parse_challenge_purpose(std::string_view name) {
  for (const ChallengePurpose purpose :
       {ChallengePurpose::kMaintenance, ChallengePurpose::kUnlockAccount, ChallengePurpose::kRetire}) {
    if (name == challenge_purpose_name(purpose)) return purpose;
  }
  return std::nullopt;
}

Result<Challenge> make_challenge(Env& env, std::uint32_t counter) {
  CHECK(counter >= 1);
  if (counter > kMostChallenges) return fail(ErrorCode::kTooLarge, "this kiosk has asked too often");
  return Challenge{counter, random_integer<std::uint32_t>(env) % (1U << kChanceBits)};
}

std::string format_challenge(const Challenge& challenge) {
  CHECK(challenge.counter <= kMostChallenges && challenge.chance < (1U << kChanceBits));
  return spell((std::uint64_t{challenge.chance} << kCounterBits) | challenge.counter, Sort::kChallenge);
}

Result<Challenge> parse_challenge(std::string_view text) {
  TRY_ASSIGN(const std::uint64_t value, read(text, Sort::kChallenge));
  const std::uint64_t counter = value & kMostChallenges;
  if (value >> (kCounterBits + kChanceBits) != 0 || counter == 0) {
    return fail(ErrorCode::kInvalidInput, "no kiosk shows these signs");
  }
  return Challenge{static_cast<std::uint32_t>(counter), static_cast<std::uint32_t>(value >> kCounterBits)};
}

std::string answer_challenge(const SecretBytes& secret, const ChallengeFor& what, const Challenge& challenge) {
  return spell(answer_value(secret, what, challenge), Sort::kAnswer);
}

Status check_answer(const SecretBytes& secret, const ChallengeFor& what, const Challenge& challenge,
                    std::string_view text) {
  TRY_ASSIGN(const std::uint64_t given, read(text, Sort::kAnswer));
  Bytes theirs;
  Bytes ours;
  append_u64(theirs, given);
  append_u64(ours, answer_value(secret, what, challenge));
  if (!equal_in_constant_time(theirs, ours)) return fail(ErrorCode::kUnauthorised, "not the answer to this challenge");
  return {};
}

}  // namespace mimika::crypto
