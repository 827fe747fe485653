#include "kiosk/crypto/device_secret.h"

#include <utility>

#include "kiosk/base/files.h"
#include "kiosk/crypto/keys.h"

namespace mimika::crypto {
namespace {

static_assert(kDeviceSecretBytes == kSeedBytes);  // the files of keys have one form

class FileVault final : public SecretVault {
 public:
  explicit FileVault(const std::string& folder) : folder_(folder), path_(folder + "/device.secret") {}

  [[nodiscard]] const char* name() const override { return "file"; }

  [[nodiscard]] Result<bool> has_secret() override {
    const auto there = load_seed(path_);
    if (!there && there.error().code == ErrorCode::kNotFound) return false;
    return true;
  }

  [[nodiscard]] Result<SecretBytes> secret(Env& env) override {
    auto there = load_seed(path_);
    if (there || there.error().code != ErrorCode::kNotFound) return there;
    TRY(make_private_folder(folder_));
    SecretBytes made(kDeviceSecretBytes);
    env.fill_random(made.span());
    TRY(save_seed(path_, made));
    return load_seed(path_);
  }

 private:
  std::string folder_;
  std::string path_;
};

}  // namespace

std::unique_ptr<SecretVault> make_file_vault(const std::string& folder) {
  return std::make_unique<FileVault>(folder);
}

}  // namespace mimika::crypto
