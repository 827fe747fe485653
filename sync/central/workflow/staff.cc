#include "sync/central/workflow/staff.h"

#include <algorithm>
#include <map>

#include "kiosk/base/limits.h"
#include "kiosk/base/log.h"
#include "kiosk/base/wipe.h"
#include "kiosk/model/plain_text.h"
#include "sync/central/keys/office_keys.h"
#include "sync/central/projection/accounts_document.h"
#include "sync/central/store/devices.h"
#include "sync/central/store/policies.h"
#include "sync/wire/maintenance_key.h"
#include "sync/wire/staff_accounts.h"

namespace mimika::central {
namespace {

std::unexpected<Error> not_yours() {
  return fail(ErrorCode::kUnauthorised, "not this role's to do");
}

Result<std::string> checked_name(std::string_view name) {
  const std::string_view text = trimmed(name);
  if (text.empty() || text.size() > mimika::limits::kNameBytes || !is_plain_text(text, LineBreaks::kForbidden)) {
    return fail(ErrorCode::kInvalidInput, "a full name is one line of up to 120 bytes: it stands beside what they do");
  }
  return std::string(text);
}

Result<Device> kiosk_of(Database& database, std::string_view code) {
  TRY_ASSIGN(const DeviceCode wanted, parse_device_code(code));
  TRY_ASSIGN(const auto devices, list_devices(database));
  const auto found = std::ranges::find(devices, wanted, &Device::code);
  if (found == devices.end()) return fail(ErrorCode::kNotFound, "no kiosk " + wanted.value);
  return *found;
}

// As many as the document of any district holds, technicians among them.
Status check_room(Database& database, const DistrictCode& district) {
  TRY_ASSIGN(const std::vector<Staff> all, list_staff(database));
  std::map<DistrictCode, std::size_t> open;
  for (const Staff& staff : all) open[staff.district] += staff.disabled_ms ? 0U : 1U;
  std::size_t most = 0;
  for (const auto& [where, count] : open) {
    const bool counts = district.value.empty() || where == district;
    if (counts && !where.value.empty()) most = std::max(most, count);
  }
  if (most + open[DistrictCode{}] >= wire::kStaffAccountsPerDistrict) {
    return fail(ErrorCode::kTooLarge, "a district has at most 64 open accounts, technicians among them");
  }
  return {};
}

}  // namespace

StaffDesk desk_of(const Account& account) {
  return {account.login, account.role};
}

bool may_manage(Role who, Role whose) {
  if (!is_kiosk_role(whose)) return false;
  return who == Role::kSuperAdmin || (who == Role::kSystemAdmin && whose == Role::kTechnician);
}

bool may_answer(Role who, crypto::ChallengePurpose purpose) {
  return who == Role::kSuperAdmin || (who == Role::kSystemAdmin && purpose == crypto::ChallengePurpose::kMaintenance);
}

StartPin::~StartPin() {
  wipe(pin);
}

StartPin StaffOffice::draw(bool key_file) const {
  StartPin start;
  do {
    start.pin.clear();
    while (start.pin.size() < kStartPinDigits) {
      // 250 is the largest multiple of ten a byte holds: above it some digits would be likelier.
      const auto byte = random_integer<std::uint8_t>(env_);
      if (byte < 250) start.pin += static_cast<char>('0' + byte % 10);
    }
  } while (crypto::check_pin(start.pin) != crypto::PinFault::kNone);
  if (key_file) {
    start.key_file.emplace(crypto::kKeyFileBytes);
    env_.fill_random(start.key_file->span());
  }
  return start;
}

Result<crypto::StaffCredential> StaffOffice::credential_for(const StartPin& start,
                                                            const crypto::SecretBytes* seed) const {
  return crypto::make_credential(env_, start.pin, start.key_file ? &*start.key_file : nullptr, seed, cost_);
}

Status StaffOffice::publish(Database& database, const Staff& staff) const {
  return staff.district.value.empty() ? publish_all_accounts(database, env_, keys_)
                                      : publish_accounts(database, env_, keys_, staff.district);
}

Status StaffOffice::save(Database& database, const StaffDesk& desk, const Staff& staff, const std::string& what) const {
  TRY(update_staff(database, staff));
  TRY(note_staff_change(database, staff.login, what, desk.login, env_.wall_ms()));
  return publish(database, staff);
}

Result<Staff> StaffOffice::staff_for(Database& database, const StaffDesk& desk, const std::string& login) const {
  TRY_ASSIGN(const auto found, find_staff(database, login));
  if (!found) return fail(ErrorCode::kNotFound, "nobody who works at kiosks has the login " + login);
  if (!may_manage(desk.role, found->role)) return not_yours();
  return *found;
}

Result<StartPin> StaffOffice::add(Database& database, const StaffDesk& desk, const NewStaff& wanted) const {
  if (!is_kiosk_role(wanted.role)) {
    return fail(ErrorCode::kInvalidInput, "at kiosks there are the roles officer, district_head and technician");
  }
  if (!may_manage(desk.role, wanted.role)) return not_yours();
  if (!wire::is_staff_login(wanted.login)) {
    return fail(ErrorCode::kInvalidInput, "a login is 2 to 32 of a-z, 0-9, dot, underscore and dash");
  }
  Staff staff;
  staff.login = wanted.login;
  TRY_ASSIGN(staff.full_name, checked_name(wanted.full_name));
  staff.role = wanted.role;
  staff.district = wanted.district;
  staff.created_ms = env_.wall_ms();
  if (is_office_role(wanted.role) && catalogue_.find_district(wanted.district) == nullptr) {
    return fail(ErrorCode::kInvalidInput, "no district " + wanted.district.value + " in the catalogue");
  }
  if (!is_office_role(wanted.role) && !wanted.district.value.empty()) {
    return fail(ErrorCode::kInvalidInput, "a technician belongs to no district");
  }
  return in_transaction(database, [&]() -> Result<StartPin> {
    TRY_ASSIGN(const auto taken, find_staff(database, staff.login));
    TRY_ASSIGN(const auto taken_here, find_account(database, staff.login));
    if (taken || taken_here) return fail(ErrorCode::kConflict, "the login " + staff.login + " is taken");
    TRY(check_room(database, staff.district));
    crypto::SecretBytes seed;
    if (is_office_role(staff.role)) {
      TRY(office_key_of(database, env_, keys_, staff.district, staff.created_ms));
      TRY_ASSIGN(seed, office_seed_of(database, keys_, staff.district));
    }
    StartPin start = draw(wanted.key_file);
    TRY_ASSIGN(staff.credential, credential_for(start, seed.empty() ? nullptr : &seed));
    TRY(insert_staff(database, staff));
    TRY(note_staff_change(database, staff.login, "add", desk.login, staff.created_ms));
    TRY(publish(database, staff));
    return start;
  });
}

Result<StartPin> StaffOffice::reset_pin(Database& database, const StaffDesk& desk, const std::string& login) const {
  return in_transaction(database, [&]() -> Result<StartPin> {
    TRY_ASSIGN(Staff staff, staff_for(database, desk, login));
    crypto::SecretBytes seed;
    if (is_office_role(staff.role)) {
      TRY_ASSIGN(seed, office_seed_of(database, keys_, staff.district));
    }
    StartPin start = draw(staff.credential.needs_key_file);
    TRY_ASSIGN(staff.credential, credential_for(start, seed.empty() ? nullptr : &seed));
    ++staff.version;
    TRY(save(database, desk, staff, "reset-pin"));
    return start;
  });
}

Status StaffOffice::unlock(Database& database, const StaffDesk& desk, const std::string& login) const {
  return in_transaction(database, [&]() -> Status {
    TRY_ASSIGN(Staff staff, staff_for(database, desk, login));
    ++staff.version;
    return save(database, desk, staff, "unlock");
  });
}

Status StaffOffice::set_state(Database& database, const StaffDesk& desk, const std::string& login, bool enabled) const {
  return in_transaction(database, [&]() -> Status {
    TRY_ASSIGN(Staff staff, staff_for(database, desk, login));
    if (staff.disabled_ms.has_value() != enabled) return {};
    if (enabled) {
      TRY(check_room(database, staff.district));
      staff.disabled_ms.reset();
    } else {
      staff.disabled_ms = env_.wall_ms();
    }
    return save(database, desk, staff, enabled ? "enable" : "disable");
  });
}

Status StaffOffice::rename(Database& database, const StaffDesk& desk, const std::string& login,
                           const std::string& full_name) const {
  TRY_ASSIGN(const std::string name, checked_name(full_name));
  return in_transaction(database, [&]() -> Status {
    TRY_ASSIGN(Staff staff, staff_for(database, desk, login));
    staff.full_name = name;
    return save(database, desk, staff, "rename");
  });
}

Result<StaffOffice::Told> StaffOffice::answer(Database& database, const StaffDesk& desk,
                                              const Question& question) const {
  if (!may_answer(desk.role, question.purpose)) return not_yours();
  TRY_ASSIGN(const crypto::Challenge challenge, crypto::parse_challenge(question.signs));
  return in_transaction(database, [&]() -> Result<Told> {
    TRY_ASSIGN(const Device device, kiosk_of(database, question.kiosk));
    if (device.revoked_ms && question.purpose != crypto::ChallengePurpose::kRetire) {
      return fail(ErrorCode::kUnauthorised, "the kiosk " + device.code.value + " is revoked");
    }
    crypto::ChallengeFor what{device.id, question.purpose, {}};
    if (question.purpose == crypto::ChallengePurpose::kUnlockAccount) {
      TRY_ASSIGN(const Staff staff, staff_for(database, desk, question.account));
      const bool here = staff.district == device.district || staff.district.value.empty();
      if (!here || staff.disabled_ms) {
        return fail(ErrorCode::kNotFound, "no open account " + question.account + " at " + device.code.value);
      }
      what.account = staff.login;
    }
    TRY_ASSIGN(const auto before, find_challenge_answer(database, device.id, challenge));
    if (before) {
      return fail(ErrorCode::kConflict, "this challenge of " + device.code.value + " was answered before, by " +
                                            (before->by.empty() ? "the command line" : before->by) +
                                            "; let the kiosk show another one");
    }
    TRY_ASSIGN(const std::uint32_t last, last_challenge_counter(database, device.id));
    TRY_ASSIGN(const auto secret, challenge_secret_of(database, env_, keys_, device.id, env_.wall_ms()));
    TRY(insert_challenge_answer(database, {what, challenge, desk.login, env_.wall_ms()}));
    log_info("staff", "challenge {} of {} for {} answered by {}", challenge.counter, device.code.value,
             crypto::challenge_purpose_name(question.purpose), desk.login.empty() ? "the command line" : desk.login);
    return Told{crypto::answer_challenge(secret, what, challenge), challenge.counter <= last};
  });
}

Result<Bytes> StaffOffice::make_stick_key(Database& database, const StaffDesk& desk, const StickOrder& order) const {
  return in_transaction(database, [&]() -> Result<Bytes> {
    TRY_ASSIGN(const Staff staff, staff_for(database, desk, order.login));
    if (staff.role != Role::kTechnician || staff.disabled_ms) {
      return fail(ErrorCode::kInvalidInput, order.login + " is no technician with an open account");
    }
    wire::MaintenanceKey key;
    key.district = order.district;
    key.login = staff.login;
    if (!order.kiosk.empty()) {
      TRY_ASSIGN(const Device device, kiosk_of(database, order.kiosk));
      key.kiosk = device.code;
      key.district = device.district;
    } else if (catalogue_.find_district(order.district) == nullptr) {
      return fail(ErrorCode::kInvalidInput, "no district " + order.district.value + " in the catalogue");
    }
    TRY_ASSIGN(key.serial, next_number(database, "stick key"));
    TRY_ASSIGN(const auto policy, newest_policy(database));
    key.policy_version = policy ? policy->version : 0;
    key.issued_ms = env_.wall_ms();
    TRY(insert_stick_key(database, {key.serial, key.login, key.district, key.kiosk ? key.kiosk->value : std::string(),
                                    desk.login, key.issued_ms}));
    return wire::encode_maintenance_key(key, keys_.signing);
  });
}

}  // namespace mimika::central
