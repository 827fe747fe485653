// A certificate authority of our own, so that a kiosk in the highlands needs no one else's: its public half is pinned
// at enrolment, its key never leaves the data folder.
#pragma once

#include <string>
#include <vector>

#include "kiosk/base/result.h"

namespace mimika::central::tls {

// Makes <data>/keys/ca.key (ECDSA P-256, 0600) and <data>/ca.pem unless they exist. Returns the authority in PEM.
[[nodiscard]] Result<std::string> prepare_authority(const std::string& data_folder);

struct ServerIdentity {
  std::string certificate_path;  // <data>/server.pem; kiosks hold the authority already
  std::string key_path;          // <data>/keys/server.key, 0600
};

// The server's certificate for these DNS names and IP addresses; 127.0.0.1, ::1 and localhost are always among them. A
// certificate that already covers them and was signed by our authority is kept, otherwise a new one is issued.
[[nodiscard]] Result<ServerIdentity> prepare_server_identity(const std::string& data_folder,
                                                             const std::vector<std::string>& names);

}  // namespace mimika::central::tls
