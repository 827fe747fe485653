// Against a TPM in software (swtpm), which speaks as a chip does. Where it is not installed the program ends with 77,
// which the test runner shows as skipped.
#include "kiosk/tpm/tpm_vault.h"

#include <signal.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "kiosk/base/files.h"
#include "tests/support/temp_folder.h"

namespace mimika::crypto {
namespace {

class SoftwareTpm {
 public:
  explicit SoftwareTpm(int number) : port_(20'000 + 4 * (::getpid() % 10'000) + 2 * number) { start(); }
  SoftwareTpm(const SoftwareTpm&) = delete;
  SoftwareTpm& operator=(const SoftwareTpm&) = delete;
  ~SoftwareTpm() { stop(); }

  void start() {
    const std::string folder = folder_ / "state";
    std::filesystem::create_directories(folder);
    const std::string command =
        "swtpm socket --tpm2 --tpmstate dir=" + folder + " --server type=tcp,port=" + std::to_string(port_) +
        " --ctrl type=tcp,port=" + std::to_string(port_ + 1) +
        " --flags not-need-init,startup-clear --daemon --pid file=" + (folder_ / "pid") + " >/dev/null 2>&1";
    REQUIRE(std::system(command.c_str()) == 0);
  }
  // As when the kiosk is switched off.
  void stop() {
    const auto text = read_file(folder_ / "pid", 32);
    if (!text) return;
    const int pid = std::atoi(std::string(as_text(*text)).c_str());
    if (pid > 1) ::kill(pid, SIGTERM);
    for (int i = 0; i < 100 && ::kill(pid, 0) == 0; ++i) ::usleep(20'000);
  }
  [[nodiscard]] std::string address() const { return "swtpm:host=127.0.0.1,port=" + std::to_string(port_); }

 private:
  test::TempFolder folder_;
  int port_;
};

bool available() {
  return std::system("command -v swtpm >/dev/null 2>&1") == 0;
}

TEST_CASE("a TPM keeps the device's secret over a restart, and neither a copied disk nor another chip opens it") {
  if (!available()) std::_Exit(77);
  FakeEnv env(0);
  const test::TempFolder folder;
  SoftwareTpm tpm(0);
  const auto vault = choose_vault(folder / "keys", tpm.address());
  REQUIRE(std::string(vault->name()) == "tpm");
  CHECK_FALSE(vault->has_secret().value());
  const auto first = vault->secret(env);
  if (!first) FAIL(first.error().message);
  CHECK(first->size() == kDeviceSecretBytes);
  CHECK_FALSE(std::filesystem::exists(folder / "keys/device.secret"));
  // The secret stands nowhere in what the disk has.
  const Bytes sealed = read_file(folder / "keys/device.tpm", 4096).value();
  CHECK(as_text(sealed).find(as_text(first->view())) == std::string_view::npos);

  tpm.stop();
  CHECK_FALSE(vault->secret(env));
  // Nor is another one made because the chip is silent.
  CHECK(std::string(choose_vault(folder / "keys", tpm.address())->name()) == "tpm");
  CHECK(read_file(folder / "keys/device.tpm", 4096).value() == sealed);
  tpm.start();
  const auto again = choose_vault(folder / "keys", tpm.address())->secret(env);
  if (!again) FAIL(again.error().message);
  CHECK(equal_in_constant_time(again->view(), first->view()));

  SoftwareTpm other(1);
  CHECK(make_tpm_vault(folder / "keys", other.address())->secret(env).error().code == ErrorCode::kUnauthorised);
  for (std::size_t size : {std::size_t{0}, std::size_t{4}, sealed.size() / 2, sealed.size() - 1}) {
    REQUIRE(write_file_durably(folder / "keys/device.tpm", ByteView(sealed).first(size), FileMode::kPrivate));
    CHECK(vault->secret(env).error().code == ErrorCode::kCorrupt);
  }
}

TEST_CASE("without a TPM the secret lies in a file, and stays there when a chip comes later") {
  if (!available()) std::_Exit(77);
  FakeEnv env(0);
  const test::TempFolder folder;
  const auto plain = choose_vault(folder / "keys", "device:/nowhere/tpm");
  REQUIRE(std::string(plain->name()) == "file");
  const SecretBytes secret = plain->secret(env).value();
  SoftwareTpm tpm(0);
  const auto later = choose_vault(folder / "keys", tpm.address());
  CHECK(std::string(later->name()) == "file");
  CHECK(equal_in_constant_time(later->secret(env).value().view(), secret.view()));
}

}  // namespace
}  // namespace mimika::crypto
