#include "kiosk/crypto/challenge.h"

#include <catch2/catch.hpp>
#include <set>
#include <string>

namespace mimika::crypto {
namespace {

constexpr std::string_view kSigns = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

SecretBytes secret_of(std::uint8_t value) {
  SecretBytes secret(kChallengeSecretBytes);
  for (std::uint8_t& byte : secret.span()) byte = value;
  return secret;
}

const ChallengeFor kMaintain{DeviceId{7}, ChallengePurpose::kMaintenance, ""};

TEST_CASE("a challenge comes back from its signs, however they are typed") {
  FakeEnv env(0);
  for (const std::uint32_t counter : {1U, 2U, 417U, kMostChallenges}) {
    const Challenge challenge = make_challenge(env, counter).value();
    const std::string text = format_challenge(challenge);
    INFO(text);
    CHECK(text.size() == kChallengeSigns + 1);
    CHECK(text[4] == '-');
    CHECK(parse_challenge(text).value() == challenge);
    std::string lower;
    for (const char c : text) {
      lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
      lower += ' ';
    }
    CHECK(parse_challenge(lower).value() == challenge);
  }
  CHECK(make_challenge(env, kMostChallenges + 1).error().code == ErrorCode::kTooLarge);
}

TEST_CASE("every misheard sign and every two neighbours that changed places are found, in challenge and answer") {
  FakeEnv env(0);
  const SecretBytes secret = secret_of(1);
  const Challenge challenge = make_challenge(env, 417).value();
  const auto all_faults = [&](const std::string& text, const auto& found) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '-') continue;
      for (const char sign : kSigns) {
        if (sign == text[i]) continue;
        std::string wrong = text;
        wrong[i] = sign;
        INFO(wrong);
        CHECK(found(wrong));
      }
    }
    std::string bare = text;
    bare.erase(4, 1);
    for (std::size_t i = 0; i + 1 < bare.size(); ++i) {
      std::string wrong = bare;
      std::swap(wrong[i], wrong[i + 1]);
      INFO(wrong);
      CHECK((wrong == bare || found(wrong)));
    }
  };
  all_faults(format_challenge(challenge), [](const std::string& text) {
    const auto read = parse_challenge(text);
    return !read && read.error().code == ErrorCode::kInvalidInput;
  });
  all_faults(answer_challenge(secret, kMaintain, challenge), [&](const std::string& text) {
    const Status checked = check_answer(secret, kMaintain, challenge, text);
    return !checked && checked.error().code == ErrorCode::kInvalidInput;
  });
}

TEST_CASE("what is no challenge is refused") {
  for (const char* text :
       {"", "-", "7KMP-29X", "7KMP-29XAA", "7KMP-29X0", "IIII-IIII", "7KMP\n29XA", "ééééé", "2222-2222"}) {
    INFO(text);
    CHECK(parse_challenge(text).error().code == ErrorCode::kInvalidInput);
  }
}

TEST_CASE("an answer fits its kiosk, its purpose, its account and its challenge, and nothing else") {
  FakeEnv env(0);
  const SecretBytes secret = secret_of(1);
  const Challenge challenge = make_challenge(env, 5).value();
  const std::string answer = answer_challenge(secret, kMaintain, challenge);
  CHECK(answer.size() == kChallengeSigns + 1);
  CHECK(check_answer(secret, kMaintain, challenge, answer));
  const auto refused = [&](const SecretBytes& with, const ChallengeFor& what, const Challenge& to) {
    const Status checked = check_answer(with, what, to, answer);
    return !checked && checked.error().code == ErrorCode::kUnauthorised;
  };
  CHECK(refused(secret_of(2), kMaintain, challenge));
  CHECK(refused(secret, {DeviceId{8}, ChallengePurpose::kMaintenance, ""}, challenge));
  CHECK(refused(secret, {DeviceId{7}, ChallengePurpose::kRetire, ""}, challenge));
  CHECK(refused(secret, {DeviceId{7}, ChallengePurpose::kUnlockAccount, "yohana"}, challenge));
  CHECK(refused(secret, {DeviceId{7}, ChallengePurpose::kMaintenance, "yohana"}, challenge));
  CHECK(refused(secret, kMaintain, {challenge.counter + 1, challenge.chance}));
  CHECK(refused(secret, kMaintain, {challenge.counter, challenge.chance ^ 1}));
}

TEST_CASE("a challenge typed where its answer belongs is mistyped, and costs no try") {
  FakeEnv env(0);
  const SecretBytes secret = secret_of(1);
  const Challenge challenge = make_challenge(env, 5).value();
  CHECK(check_answer(secret, kMaintain, challenge, format_challenge(challenge)).error().code ==
        ErrorCode::kInvalidInput);
}

TEST_CASE("answers to challenges in a row have nothing in common") {
  FakeEnv env(0);
  const SecretBytes secret = secret_of(1);
  std::set<std::string> seen;
  for (std::uint32_t counter = 1; counter <= 2000; ++counter) {
    seen.insert(answer_challenge(secret, kMaintain, make_challenge(env, counter).value()));
  }
  CHECK(seen.size() == 2000);
}

TEST_CASE("a disk that was put back asks for another answer under the same counter") {
  FakeEnv env(0);
  CHECK(make_challenge(env, 5).value() != make_challenge(env, 5).value());
}

TEST_CASE("the answer both sides know is the same in every version of this program") {
  const Challenge challenge{417, 1234};
  CHECK(format_challenge(challenge) == "3G85-2YAR");
  CHECK(answer_challenge(secret_of(1), kMaintain, challenge) == "TCMM-D5ZS");
}

TEST_CASE("purposes have names") {
  for (const ChallengePurpose purpose :
       {ChallengePurpose::kMaintenance, ChallengePurpose::kUnlockAccount, ChallengePurpose::kRetire}) {
    CHECK(parse_challenge_purpose(challenge_purpose_name(purpose)) == purpose);
  }
  CHECK_FALSE(parse_challenge_purpose("unlock").has_value());
  CHECK_FALSE(parse_challenge_purpose("").has_value());
}

}  // namespace
}  // namespace mimika::crypto
