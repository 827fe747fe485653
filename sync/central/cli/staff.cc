#include "sync/central/cli/staff.h"

#include <nlohmann/json.hpp>

#include "kiosk/base/files.h"
#include "sync/central/keys/data_folder.h"
#include "sync/central/store/sqlite_store.h"
#include "sync/central/workflow/roles.h"
#include "sync/central/workflow/staff.h"

namespace mimika::central {
namespace {

template <typename Work>
Result<std::string> at_desk(Env& env, const std::string& data, const Catalogue& catalogue, Work work) {
  TRY_ASSIGN(const DataFolder folder, open_data_folder(env, data));
  TRY_ASSIGN(const auto pool, DatabasePool::open(folder.database_path(), 1));
  TRY_ASSIGN(const auto database, pool->borrow());
  return work(*database, StaffOffice(env, folder.keys, catalogue));
}

nlohmann::ordered_json json_of(const Staff& staff) {
  nlohmann::ordered_json out = {{"login", staff.login},          {"name", staff.full_name},
                                {"role", role_name(staff.role)}, {"district", staff.district.value},
                                {"version", staff.version},      {"key_file", staff.credential.needs_key_file},
                                {"created_ms", staff.created_ms}};
  out["disabled_ms"] = staff.disabled_ms ? nlohmann::ordered_json(*staff.disabled_ms) : nullptr;
  return out;
}

Result<nlohmann::ordered_json> json_of(Database& database, const std::string& login) {
  TRY_ASSIGN(const auto staff, find_staff(database, login));
  if (!staff) return fail(ErrorCode::kNotFound, "nobody who works at kiosks has the login " + login);
  return json_of(*staff);
}

Result<std::string> told(Database& database, const std::string& login, const StartPin& start,
                         const std::string& key_path) {
  TRY_ASSIGN(nlohmann::ordered_json out, json_of(database, login));
  out["start_pin"] = start.pin;
  if (start.key_file) {
    TRY(crypto::save_seed(key_path, *start.key_file));
    out["key_file_written"] = key_path;
  }
  return out.dump(2) + "\n";
}

}  // namespace

Result<std::string> add_staff(Env& env, const std::string& data, const Catalogue& catalogue, const StaffOrder& order) {
  const auto role = parse_role(order.role);
  if (!role) {
    return fail(ErrorCode::kInvalidInput,
                "no role " + order.role + "; at kiosks there are officer, district_head and technician");
  }
  return at_desk(env, data, catalogue, [&](Database& database, const StaffOffice& office) -> Result<std::string> {
    TRY_ASSIGN(const StartPin start, office.add(database, {},
                                                {order.login, order.full_name, *role, DistrictCode{order.district},
                                                 !order.key_file.empty()}));
    return told(database, order.login, start, order.key_file);
  });
}

Result<std::string> reset_staff_pin(Env& env, const std::string& data, const Catalogue& catalogue,
                                    const StaffOrder& order) {
  return at_desk(env, data, catalogue, [&](Database& database, const StaffOffice& office) -> Result<std::string> {
    TRY_ASSIGN(const auto staff, find_staff(database, order.login));
    if (staff && staff->credential.needs_key_file == order.key_file.empty()) {
      return fail(ErrorCode::kInvalidInput, staff->credential.needs_key_file
                                                ? "this account has a key file: --key-file says where its next one goes"
                                                : "this account has no key file");
    }
    TRY_ASSIGN(const StartPin start, office.reset_pin(database, {}, order.login));
    return told(database, order.login, start, order.key_file);
  });
}

Result<std::string> change_staff(Env& env, const std::string& data, const Catalogue& catalogue, const StaffOrder& order,
                                 StaffVerb verb) {
  return at_desk(env, data, catalogue, [&](Database& database, const StaffOffice& office) -> Result<std::string> {
    switch (verb) {
      case StaffVerb::kUnlock:
        TRY(office.unlock(database, {}, order.login));
        break;
      case StaffVerb::kDisable:
      case StaffVerb::kEnable:
        TRY(office.set_state(database, {}, order.login, verb == StaffVerb::kEnable));
        break;
      case StaffVerb::kRename:
        TRY(office.rename(database, {}, order.login, order.full_name));
        break;
    }
    TRY_ASSIGN(const nlohmann::ordered_json out, json_of(database, order.login));
    return out.dump(2) + "\n";
  });
}

Result<std::string> staff_json(Env& env, const std::string& data) {
  TRY_ASSIGN(const DataFolder folder, open_data_folder(env, data));
  TRY_ASSIGN(const auto pool, DatabasePool::open(folder.database_path(), 1));
  TRY_ASSIGN(const auto database, pool->borrow());
  TRY_ASSIGN(const auto all, list_staff(*database));
  nlohmann::ordered_json out = nlohmann::ordered_json::array();
  for (const Staff& staff : all) out.push_back(json_of(staff));
  return out.dump(2) + "\n";
}

Result<std::string> answer_kiosk(Env& env, const std::string& data, const Catalogue& catalogue,
                                 const StaffOrder& order) {
  const auto purpose = crypto::parse_challenge_purpose(order.purpose);
  if (!purpose) {
    return fail(ErrorCode::kInvalidInput,
                "no purpose " + order.purpose + "; there are maintenance, unlock-account and retire");
  }
  return at_desk(env, data, catalogue, [&](Database& database, const StaffOffice& office) -> Result<std::string> {
    TRY_ASSIGN(const StaffOffice::Told told,
               office.answer(database, {}, {order.kiosk, *purpose, order.login, order.challenge}));
    const nlohmann::ordered_json out = {
        {"kiosk", order.kiosk}, {"purpose", order.purpose}, {"answer", told.answer}, {"went_back", told.went_back}};
    return out.dump(2) + "\n";
  });
}

Result<std::string> make_stick_file(Env& env, const std::string& data, const Catalogue& catalogue,
                                    const StaffOrder& order) {
  return at_desk(env, data, catalogue, [&](Database& database, const StaffOffice& office) -> Result<std::string> {
    TRY_ASSIGN(const Bytes key,
               office.make_stick_key(database, {}, {order.login, order.kiosk, DistrictCode{order.district}}));
    TRY(write_file_durably(order.out, key, FileMode::kPrivate));
    const nlohmann::ordered_json out = {
        {"login", order.login}, {"kiosk", order.kiosk}, {"district", order.district}, {"written", order.out}};
    return out.dump(2) + "\n";
  });
}

}  // namespace mimika::central
