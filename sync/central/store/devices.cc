#include "sync/central/store/devices.h"

#include "sync/central/store/columns.h"

namespace mimika::central {
namespace {

constexpr const char* kDeviceColumns =
    "SELECT device, code, district, name, verify_key, created_ms, enrolled_ms, last_call_ms, last_drift_ms, "
    "revoked_ms, "
    "policy_version FROM device";

Result<Device> read_device(const Row& row) {
  Device device;
  device.id = DeviceId{static_cast<std::uint32_t>(row.integer(0))};
  device.code = DeviceCode{row.text(1)};
  device.district = DistrictCode{row.text(2)};
  device.name = row.text(3);
  if (!row.is_null(4)) {
    TRY_ASSIGN(device.verify_key, crypto::to_key(row.bytes(4)));
  }
  device.created_ms = row.integer(5);
  device.enrolled_ms = optional_integer(row, 6);
  device.last_call_ms = optional_integer(row, 7);
  device.last_drift_ms = optional_integer(row, 8);
  device.revoked_ms = optional_integer(row, 9);
  device.policy_version = static_cast<std::uint32_t>(row.integer(10));
  return device;
}

}  // namespace

Result<std::optional<Device>> find_device(Database& database, DeviceId id) {
  static const std::string sql = std::string(kDeviceColumns) + " WHERE device = $1";
  TRY_ASSIGN(const auto rows, database.query(sql, {value_of(id.value)}));
  if (rows.empty()) return std::optional<Device>();
  TRY_ASSIGN(Device device, read_device(rows[0]));
  return std::optional(std::move(device));
}

Result<std::vector<Device>> list_devices(Database& database) {
  static const std::string sql = std::string(kDeviceColumns) + " ORDER BY device";
  TRY_ASSIGN(const auto rows, database.query(sql));
  std::vector<Device> devices;
  for (const Row& row : rows) {
    TRY_ASSIGN(Device device, read_device(row));
    devices.push_back(std::move(device));
  }
  return devices;
}

Status insert_device(Database& database, const Device& device) {
  TRY(database.execute(
      "INSERT INTO device (device, code, district, name, created_ms) VALUES ($1, $2, $3, $4, $5)",
      {value_of(device.id.value), device.code.value, device.district.value, device.name, device.created_ms}));
  return {};
}

Status bind_device_key(Database& database, DeviceId id, const crypto::VerifyKey& key, WallMs enrolled_ms) {
  TRY(database.execute("UPDATE device SET verify_key = $2, enrolled_ms = COALESCE(enrolled_ms, $3) WHERE device = $1",
                       {value_of(id.value), value_of(ByteView(key)), enrolled_ms}));
  TRY(database.execute("UPDATE device_key SET until_ms = $2 WHERE device = $1 AND until_ms IS NULL",
                       {value_of(id.value), enrolled_ms}));
  TRY(database.execute("INSERT INTO device_key (device, verify_key, since_ms) VALUES ($1, $2, $3)",
                       {value_of(id.value), value_of(ByteView(key)), enrolled_ms}));
  return {};
}

Result<std::optional<crypto::VerifyKey>> previous_device_key(Database& database, DeviceId id) {
  TRY_ASSIGN(const auto rows, database.query("SELECT verify_key FROM device_key WHERE device = $1 "
                                             "AND until_ms IS NOT NULL ORDER BY until_ms DESC, since_ms DESC LIMIT 1",
                                             {value_of(id.value)}));
  if (rows.empty()) return std::optional<crypto::VerifyKey>();
  TRY_ASSIGN(const crypto::VerifyKey key, crypto::to_key(rows[0].bytes(0)));
  return std::optional(key);
}

Status note_device_policy(Database& database, const Device& device, std::uint32_t policy_version) {
  if (device.policy_version == policy_version) return {};
  TRY(database.execute("UPDATE device SET policy_version = $2 WHERE device = $1",
                       {value_of(device.id.value), static_cast<std::int64_t>(policy_version)}));
  return {};
}

Status set_revoked(Database& database, DeviceId id, std::optional<WallMs> revoked_ms) {
  const Value value = revoked_ms ? Value(*revoked_ms) : Value();
  TRY(database.execute("UPDATE device SET revoked_ms = $2 WHERE device = $1", {value_of(id.value), value}));
  return {};
}

Status note_device_call(Database& database, DeviceId id, WallMs now_ms, WallMs claimed_ms) {
  TRY(database.execute("UPDATE device SET last_call_ms = $2, last_drift_ms = $3 WHERE device = $1",
                       {value_of(id.value), now_ms, clock_drift(claimed_ms, now_ms)}));
  return {};
}

Result<std::optional<OfficeKey>> find_office_key(Database& database, const DistrictCode& district) {
  TRY_ASSIGN(const auto rows, database.query("SELECT box_public, box_seed_sealed FROM district_key WHERE district = $1",
                                             {district.value}));
  if (rows.empty()) return std::optional<OfficeKey>();
  OfficeKey key;
  TRY_ASSIGN(key.box_public, crypto::to_key(rows[0].bytes(0)));
  key.seed_sealed = rows[0].bytes(1);
  return std::optional(std::move(key));
}

Status insert_office_key(Database& database, const DistrictCode& district, const OfficeKey& key, WallMs created_ms) {
  TRY(
      database.execute("INSERT INTO district_key (district, box_public, box_seed_sealed, created_ms) "
                       "VALUES ($1, $2, $3, $4)",
                       {district.value, value_of(ByteView(key.box_public)), key.seed_sealed, created_ms}));
  return {};
}

Result<std::optional<EnrolmentToken>> find_token(Database& database, const crypto::Hash& token_hash) {
  TRY_ASSIGN(const auto rows,
             database.query("SELECT device, created_ms, expires_ms, used_ms FROM enrolment WHERE token_hash = $1",
                            {value_of(ByteView(token_hash))}));
  if (rows.empty()) return std::optional<EnrolmentToken>();
  EnrolmentToken token;
  token.token_hash = token_hash;
  token.device = DeviceId{static_cast<std::uint32_t>(rows[0].integer(0))};
  token.created_ms = rows[0].integer(1);
  token.expires_ms = rows[0].integer(2);
  token.used_ms = optional_integer(rows[0], 3);
  return std::optional(token);
}

Status insert_token(Database& database, const EnrolmentToken& token) {
  TRY(database.execute(
      "INSERT INTO enrolment (token_hash, device, created_ms, expires_ms) VALUES ($1, $2, $3, $4)",
      {value_of(ByteView(token.token_hash)), value_of(token.device.value), token.created_ms, token.expires_ms}));
  return {};
}

Status use_token(Database& database, const crypto::Hash& token_hash, WallMs used_ms) {
  TRY(database.execute("UPDATE enrolment SET used_ms = $2 WHERE token_hash = $1",
                       {value_of(ByteView(token_hash)), used_ms}));
  return {};
}

}  // namespace mimika::central
