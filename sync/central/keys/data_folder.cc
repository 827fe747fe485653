#include "sync/central/keys/data_folder.h"

#include "kiosk/base/files.h"
#include "kiosk/base/log.h"
#include "sync/central/store/policies.h"
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

std::string seed_path(const DataFolder& folder, std::uint32_t policy_version, const char* seed) {
  return folder.keys_path() + "/" + std::to_string(policy_version) + "." + (seed + 1);
}

Result<CentreKeyPair> load_pair(const std::string& signing_path, const std::string& box_path) {
  TRY_ASSIGN(const crypto::SecretBytes signing, crypto::load_seed(signing_path));
  TRY_ASSIGN(const crypto::SecretBytes box, crypto::load_seed(box_path));
  return CentreKeyPair{crypto::SigningKey::from_seed(signing), crypto::BoxKey::from_seed(box)};
}

}  // namespace

std::string DataFolder::database_path() const {
  return path + "/" + kDatabaseFile;
}
std::string DataFolder::blobs_path() const {
  return path + "/blobs";
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
  TRY(reload_keys(folder));
  return folder;
}

const CentreKeyPair& CentreKeys::known_with(std::uint32_t policy_version) const {
  for (const Past& before : past) {
    if (policy_version < before.until_policy) return before.pair;
  }
  return *this;
}

Result<CentreKeyPair> prepare_keys_for(Env& env, const DataFolder& folder, std::uint32_t policy_version) {
  const std::string signing = seed_path(folder, policy_version, kSigningSeed);
  const std::string box = seed_path(folder, policy_version, kBoxSeed);
  TRY(load_or_create_seed(env, signing, true));
  TRY(load_or_create_seed(env, box, true));
  return load_pair(signing, box);
}

Status reload_keys(DataFolder& folder) {
  TRY_ASSIGN(const auto pool, DatabasePool::open(folder.database_path(), 1));
  TRY_ASSIGN(const auto database, pool->borrow());
  TRY_ASSIGN(const auto versions, key_policies(*database));
  TRY_ASSIGN(CentreKeyPair pair, load_pair(folder.keys_path() + kSigningSeed, folder.keys_path() + kBoxSeed));
  folder.keys.past.clear();
  for (const std::uint32_t version : versions) {
    folder.keys.past.push_back({std::move(pair), version});
    TRY_ASSIGN(pair, load_pair(seed_path(folder, version, kSigningSeed), seed_path(folder, version, kBoxSeed)));
  }
  static_cast<CentreKeyPair&>(folder.keys) = std::move(pair);
  return {};
}

}  // namespace mimika::central
