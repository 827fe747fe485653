#include "kiosk/crypto/password.h"

#include <catch2/catch.hpp>
#include <chrono>
#include <string>

namespace mimika::crypto {
namespace {

template <typename Function>
double seconds_for(Function&& function) {
  const auto start = std::chrono::steady_clock::now();
  function();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

TEST_CASE("the right password is accepted and any other refused") {
  const std::string hash = hash_password("kata sandi").value();
  CHECK(hash.starts_with("$argon2id$"));
  CHECK(hash.find("kata") == std::string::npos);
  CHECK(verify_password(hash, "kata sandi"));
  CHECK_FALSE(verify_password(hash, "kata sandi "));
  CHECK_FALSE(verify_password(hash, "Kata sandi"));
  CHECK_FALSE(verify_password(hash, ""));
}

TEST_CASE("the same password hashed twice gives two texts") {
  CHECK(hash_password("x").value() != hash_password("x").value());
}

TEST_CASE("a password has 1 to 1024 bytes") {
  CHECK(hash_password("").error().code == ErrorCode::kInvalidInput);
  CHECK(hash_password(std::string(1025, 'x')).error().code == ErrorCode::kInvalidInput);
  const std::string longest(1024, 'x');
  const std::string hash = hash_password(longest).value();
  CHECK(verify_password(hash, longest));
  CHECK_FALSE(verify_password(hash, longest + "x"));
  CHECK_FALSE(verify_password(hash, std::string(1023, 'x')));
}

TEST_CASE("a hash that is none lets nobody in") {
  for (const std::string& wrong :
       {std::string(), std::string("x"), std::string("$argon2id$"), std::string(4096, '$')}) {
    CHECK_FALSE(verify_password(wrong, "x"));
    CHECK_FALSE(verify_password(wrong, ""));
  }
}

TEST_CASE("an account that does not exist takes as long as one that does") {
  const std::string hash = hash_password("kata sandi").value();
  verify_nobody("warm up");
  // The fastest of a few, so that a busy machine does not decide.
  double real = 1e9;
  double nobody = 1e9;
  for (int i = 0; i < 3; ++i) {
    real = std::min(real, seconds_for([&] { static_cast<void>(verify_password(hash, "wrong")); }));
    nobody = std::min(nobody, seconds_for([] { verify_nobody("wrong"); }));
  }
  CHECK(nobody > real / 3);
  CHECK(nobody < real * 3);
}

}  // namespace
}  // namespace mimika::crypto
