// The centre's data folder: <data>/central.db, <data>/keys/ (0700) and <data>/ca.pem. Everything missing is made on
// the first start, whichever command comes first; nothing that exists is ever replaced.
#pragma once

#include <string>

#include "kiosk/base/env.h"
#include "kiosk/crypto/keys.h"

namespace mimika::central {

// What the centre signs answers and certificates with, and what private parts are sealed to.
struct CentreKeys {
  crypto::SigningKey signing;
  crypto::BoxKey box;
};

struct DataFolder {
  std::string path;
  CentreKeys keys;
  std::string ca_pem;  // public: pinned by kiosks, imported into staff browsers

  [[nodiscard]] std::string database_path() const;
  [[nodiscard]] std::string keys_path() const;
};

// Opens or prepares a folder: keys, certificate authority, database schema. Two processes doing so at once take
// turns. kStorageReadOnly, kStorageFull, kNewerVersion, kCorrupt (a key file that is none).
[[nodiscard]] Result<DataFolder> open_data_folder(Env& env, const std::string& path);

}  // namespace mimika::central
