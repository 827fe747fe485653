#include "sync/central/keys/data_folder.h"

#include "kiosk/base/files.h"
#include "kiosk/base/log.h"
#include "sync/central/store/sqlite_store.h"
#include "sync/central/tls/authority.h"

namespace mimika::central {
namespace {

constexpr const char* kSigningSeed = "/sign.seed";
constexpr const char* kBoxSeed = "/box.seed";

// A database without its keys is unreadable for ever, so new keys are made only where there is no database yet.
Result<crypto::SecretBytes> load_or_create_seed(Env& env, const std::string& path, bool fresh) {
  auto seed = crypto::load_seed(path);
  if (seed || seed.error().code != ErrorCode::kNotFound) return seed;
  if (!fresh) {
    return fail(ErrorCode::kNotFound, "the key " + path +
                                          " is missing beside an existing database; put it back from "
                                          "its backup, a new one could not open what was sealed to the old");
  }
  crypto::SecretBytes created(crypto::kSeedBytes);
  env.fill_random(created.span());
  TRY(crypto::save_seed(path, created));
  log_info("keys", "created {}", path);
  return created;
}

}  // namespace

std::string DataFolder::database_path() const {
  return path + "/" + kDatabaseFile;
}
std::string DataFolder::keys_path() const {
  return path + "/keys";
}

Result<DataFolder> open_data_folder(Env& env, const std::string& path) {
  DataFolder folder;
  folder.path = path;
  TRY(make_private_folder(path));
  TRY(make_private_folder(folder.keys_path()));
  const auto prepare_keys = [&](bool fresh) -> Status {
    TRY_ASSIGN(const crypto::SecretBytes signing, load_or_create_seed(env, folder.keys_path() + kSigningSeed, fresh));
    TRY_ASSIGN(const crypto::SecretBytes box, load_or_create_seed(env, folder.keys_path() + kBoxSeed, fresh));
    folder.keys.signing = crypto::SigningKey::from_seed(signing);
    folder.keys.box = crypto::BoxKey::from_seed(box);
    TRY_ASSIGN(folder.ca_pem, tls::prepare_authority(path));
    return {};
  };
  TRY(prepare_sqlite(folder.database_path(), prepare_keys));
  return folder;
}

}  // namespace mimika::central
