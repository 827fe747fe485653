// The accounts of those who work at kiosks, and letting somebody in there by telephone or with a stick. Every change is
// noted with who made it and published to the kiosks in the same transaction.
#pragma once

#include <optional>
#include <string>

#include "kiosk/base/env.h"
#include "kiosk/crypto/challenge.h"
#include "kiosk/crypto/staff_credential.h"
#include "kiosk/model/catalogue.h"
#include "sync/central/keys/data_folder.h"
#include "sync/central/store/accounts.h"
#include "sync/central/store/staff.h"

namespace mimika::central {

inline constexpr std::size_t kStartPinDigits = 8;

// Who asks for it: an account of the centre, or whoever may run commands on its machine.
struct StaffDesk {
  std::string login;  // empty: the command line
  Role role = Role::kSuperAdmin;
};
[[nodiscard]] StaffDesk desk_of(const Account& account);

// Super admins look after all who work at kiosks, system admins after technicians.
[[nodiscard]] bool may_manage(Role who, Role whose);
[[nodiscard]] bool may_answer(Role who, crypto::ChallengePurpose purpose);

struct NewStaff {
  std::string login;
  std::string full_name;
  Role role = Role::kOfficer;
  DistrictCode district;  // empty for technicians, and for nobody else
  bool key_file = false;  // asks for a stick besides the PIN
};

// What is told once and kept nowhere.
struct StartPin {
  std::string pin;                              // digits; the kiosk asks for another one at once
  std::optional<crypto::SecretBytes> key_file;  // kKeyFileBytes, for the stick
  ~StartPin();
  StartPin() = default;
  StartPin(StartPin&&) = default;
  StartPin& operator=(StartPin&&) = default;
};

class StaffOffice {
 public:
  // All must outlive it. `cost`: of one try at a PIN.
  StaffOffice(Env& env, const CentreKeys& keys, const Catalogue& catalogue, const crypto::PinCost& cost = {})
      : env_(env), keys_(keys), catalogue_(catalogue), cost_(cost) {}

  // Errors of all: kUnauthorised, not this role's to do; kNotFound; kInvalidInput; kConflict.
  [[nodiscard]] Result<StartPin> add(Database& database, const StaffDesk& desk, const NewStaff& wanted) const;
  // Another start PIN (and key file, where the account has one): what was chosen at a kiosk opens nothing more there
  // once the kiosk has heard of it.
  [[nodiscard]] Result<StartPin> reset_pin(Database& database, const StaffDesk& desk, const std::string& login) const;
  // Lets a locked account in again, with the start PIN that it was given last.
  [[nodiscard]] Status unlock(Database& database, const StaffDesk& desk, const std::string& login) const;
  [[nodiscard]] Status set_state(Database& database, const StaffDesk& desk, const std::string& login,
                                 bool enabled) const;
  [[nodiscard]] Status rename(Database& database, const StaffDesk& desk, const std::string& login,
                              const std::string& full_name) const;

  struct Question {
    std::string kiosk;  // its code
    crypto::ChallengePurpose purpose = crypto::ChallengePurpose::kMaintenance;
    std::string account;  // of kUnlockAccount
    std::string signs;    // as they were read out
  };
  struct Told {
    std::string answer;
    // The kiosk has shown later challenges before: its disk was perhaps put back to an older copy.
    bool went_back = false;
  };
  // Records who answered. kConflict: this challenge was answered before.
  [[nodiscard]] Result<Told> answer(Database& database, const StaffDesk& desk, const Question& question) const;

  // The file of a technician's stick (sync/wire/maintenance_key.h): for one kiosk, or for those of a district.
  struct StickOrder {
    std::string login;
    std::string kiosk;  // its code; empty: all of `district`
    DistrictCode district;
  };
  [[nodiscard]] Result<Bytes> make_stick_key(Database& database, const StaffDesk& desk, const StickOrder& order) const;

 private:
  [[nodiscard]] Result<Staff> staff_for(Database& database, const StaffDesk& desk, const std::string& login) const;
  [[nodiscard]] Result<crypto::StaffCredential> credential_for(const StartPin& start,
                                                               const crypto::SecretBytes* seed) const;
  [[nodiscard]] StartPin draw(bool key_file) const;
  [[nodiscard]] Status save(Database& database, const StaffDesk& desk, const Staff& staff,
                            const std::string& what) const;
  [[nodiscard]] Status publish(Database& database, const Staff& staff) const;

  Env& env_;
  const CentreKeys& keys_;
  const Catalogue& catalogue_;
  crypto::PinCost cost_;
};

}  // namespace mimika::central
