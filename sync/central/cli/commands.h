// The commands of mimika-central besides serving. Each works while the server runs, prints for a person (or JSON where
// it says so) and returns an error in words; none ever discards anything.
#pragma once

#include <optional>
#include <string>

#include "kiosk/base/env.h"
#include "kiosk/model/catalogue.h"
#include "kiosk/model/event.h"
#include "sync/central/ingest/enrolment.h"

namespace mimika::central {

struct NewUser {
  std::string login;
  std::string full_name;
  std::string role;
  std::string opd;
  std::string password;
};

[[nodiscard]] Status add_user(Env& env, const std::string& data, const Catalogue& catalogue, const NewUser& user);
[[nodiscard]] Status change_password(Env& env, const std::string& data, const std::string& login,
                                     const std::string& password);
// A disabled account is out at once: its sessions end.
enum class AccountState { kEnabled, kDisabled };
[[nodiscard]] Status set_user_state(Env& env, const std::string& data, const std::string& login, AccountState state);
[[nodiscard]] Result<std::string> describe_users(Env& env, const std::string& data);

// Writes the ticket to `out_path` (0600: it holds a secret until it is used). Returns a line for the technician.
[[nodiscard]] Result<std::string> enrol_kiosk(Env& env, const std::string& data, const Catalogue& catalogue,
                                              const EnrolmentOrder& order, const std::string& out_path);
[[nodiscard]] Result<std::string> describe_kiosks(Env& env, const std::string& data);
[[nodiscard]] Result<std::string> status_json(Env& env, const std::string& data);

}  // namespace mimika::central
