// The centre's data folder: <data>/central.db, <data>/keys/ (0700) and <data>/ca.pem. Everything missing is made on
// the first start, whichever command comes first; nothing that exists is ever replaced.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "kiosk/base/env.h"
#include "kiosk/crypto/keys.h"

namespace mimika::central {

// What the centre signs answers and certificates with, and what private parts are sealed to.
struct CentreKeyPair {
  crypto::SigningKey signing;
  crypto::BoxKey box;
};

// The present pair, and those before it: what was sealed to them opens for ever, and kiosks that have not heard of the
// policy that changed them are still spoken to under them.
struct CentreKeys : CentreKeyPair {
  struct Past {
    CentreKeyPair pair;
    std::uint32_t until_policy = 0;  // that version brought the next pair
  };
  std::vector<Past> past;  // the oldest first
  // What a kiosk with that policy knows.
  [[nodiscard]] const CentreKeyPair& known_with(std::uint32_t policy_version) const;
};

struct DataFolder {
  std::string path;
  CentreKeys keys;
  std::string ca_pem;  // public: pinned by kiosks, imported into staff browsers

  [[nodiscard]] std::string database_path() const;
  [[nodiscard]] std::string keys_path() const;
  [[nodiscard]] std::string blobs_path() const;
};

// Opens or prepares a folder: keys, certificate authority, database schema. Two processes doing so at once take
// turns. kStorageReadOnly, kStorageFull, kNewerVersion, kCorrupt (a key file that is none).
[[nodiscard]] Result<DataFolder> open_data_folder(Env& env, const std::string& path);

// The pair that the policy of that version will bring: made, or found from an attempt before, and on the disk before
// the policy that announces it is committed. Files of keys are only ever added.
[[nodiscard]] Result<CentreKeyPair> prepare_keys_for(Env& env, const DataFolder& folder, std::uint32_t policy_version);
// Reads again which pairs were announced, and makes the newest the present one.
[[nodiscard]] Status reload_keys(DataFolder& folder);

}  // namespace mimika::central
