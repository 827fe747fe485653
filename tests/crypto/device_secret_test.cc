#include "kiosk/crypto/device_secret.h"

#include <sys/stat.h>

#include <catch2/catch.hpp>

#include "kiosk/base/files.h"
#include "tests/support/temp_folder.h"

namespace mimika::crypto {
namespace {

TEST_CASE("the secret of a device is made once, and is its own from then on") {
  FakeEnv env(0);
  const test::TempFolder folder;
  const auto vault = make_file_vault(folder / "keys");
  CHECK_FALSE(vault->has_secret().value());
  const SecretBytes first = vault->secret(env).value();
  CHECK(first.size() == kDeviceSecretBytes);
  CHECK(vault->has_secret().value());
  CHECK(equal_in_constant_time(vault->secret(env).value().view(), first.view()));
  CHECK(equal_in_constant_time(make_file_vault(folder / "keys")->secret(env).value().view(), first.view()));
  CHECK_FALSE(equal_in_constant_time(make_file_vault(folder / "other")->secret(env).value().view(), first.view()));
  struct stat info{};
  REQUIRE(::stat((folder / "keys/device.secret").c_str(), &info) == 0);
  CHECK((info.st_mode & 0777) == 0600);
}

TEST_CASE("a damaged secret is an error and is not replaced, since all that is sealed under it would be lost") {
  FakeEnv env(0);
  const test::TempFolder folder;
  const auto vault = make_file_vault(folder / "keys");
  REQUIRE(vault->secret(env));
  const std::string path = folder / "keys/device.secret";
  for (const char* damaged : {"", "00", "zz"}) {
    REQUIRE(write_file_durably(path, as_bytes(damaged), FileMode::kPrivate));
    CHECK(vault->secret(env).error().code == ErrorCode::kCorrupt);
    CHECK(vault->has_secret().value());
    CHECK(as_text(read_file(path, 256).value()) == damaged);
  }
}

}  // namespace
}  // namespace mimika::crypto
