// The commands about those who work at kiosks: their accounts, challenges read out on the telephone, technicians'
// sticks. All print JSON.
#pragma once

#include <string>

#include "kiosk/base/env.h"
#include "kiosk/model/catalogue.h"

namespace mimika::central {

struct StaffOrder {
  std::string login;
  std::string full_name;
  std::string role = "officer";
  std::string district;
  std::string key_file;  // where the second factor is written; empty: none
  std::string kiosk;     // code
  std::string purpose = "maintenance";
  std::string challenge;
  std::string out;
};

// The start PIN stands in what this returns and nowhere else.
[[nodiscard]] Result<std::string> add_staff(Env& env, const std::string& data, const Catalogue& catalogue,
                                            const StaffOrder& order);
[[nodiscard]] Result<std::string> reset_staff_pin(Env& env, const std::string& data, const Catalogue& catalogue,
                                                  const StaffOrder& order);

enum class StaffVerb { kUnlock, kDisable, kEnable, kRename };
[[nodiscard]] Result<std::string> change_staff(Env& env, const std::string& data, const Catalogue& catalogue,
                                               const StaffOrder& order, StaffVerb verb);
[[nodiscard]] Result<std::string> staff_json(Env& env, const std::string& data);

[[nodiscard]] Result<std::string> answer_kiosk(Env& env, const std::string& data, const Catalogue& catalogue,
                                               const StaffOrder& order);
[[nodiscard]] Result<std::string> make_stick_file(Env& env, const std::string& data, const Catalogue& catalogue,
                                                  const StaffOrder& order);

}  // namespace mimika::central
