#include "sync/central/store/staff.h"

#include <algorithm>

#include "sync/central/store/columns.h"

namespace mimika::central {
namespace {

constexpr const char* kStaffColumns =
    "SELECT login, full_name, role, district, version, pin_passes, pin_memory_bytes, pin_salt, pin_verifier, "
    "wrapped_seed, needs_key_file, created_ms, disabled_ms FROM staff_account";

template <std::size_t Size>
Status copy_column(const Bytes& from, std::array<std::uint8_t, Size>& to) {
  if (from.size() != Size) return fail(ErrorCode::kCorrupt, "a staff account with a damaged PIN");
  std::ranges::copy(from, to.begin());
  return {};
}

Result<Staff> read_staff(const Row& row) {
  Staff staff;
  staff.login = row.text(0);
  staff.full_name = row.text(1);
  staff.role = static_cast<Role>(row.integer(2));
  if (!is_kiosk_role(staff.role)) return fail(ErrorCode::kCorrupt, "a staff account with another role");
  staff.district = DistrictCode{row.text(3)};
  staff.version = static_cast<std::uint32_t>(row.integer(4));
  staff.credential.cost = {row.unsigned_integer(5), row.unsigned_integer(6)};
  TRY(copy_column(row.bytes(7), staff.credential.salt));
  TRY(copy_column(row.bytes(8), staff.credential.verifier));
  staff.credential.wrapped_seed = row.bytes(9);
  staff.credential.needs_key_file = row.integer(10) != 0;
  staff.created_ms = row.integer(11);
  staff.disabled_ms = optional_integer(row, 12);
  return staff;
}

Value flag(bool set) {
  return std::int64_t{set ? 1 : 0};
}

Value or_null(const std::optional<WallMs>& at_ms) {
  return at_ms ? Value(*at_ms) : Value();
}

}  // namespace

Result<std::optional<Staff>> find_staff(Database& database, const std::string& login) {
  static const std::string sql = std::string(kStaffColumns) + " WHERE login = $1";
  TRY_ASSIGN(const auto rows, database.query(sql, {login}));
  if (rows.empty()) return std::optional<Staff>();
  TRY_ASSIGN(Staff staff, read_staff(rows[0]));
  return std::optional(std::move(staff));
}

Result<std::vector<Staff>> list_staff(Database& database) {
  static const std::string sql = std::string(kStaffColumns) + " ORDER BY district, login";
  TRY_ASSIGN(const auto rows, database.query(sql));
  std::vector<Staff> all;
  for (const Row& row : rows) {
    TRY_ASSIGN(Staff staff, read_staff(row));
    all.push_back(std::move(staff));
  }
  return all;
}

Status insert_staff(Database& database, const Staff& staff) {
  const crypto::StaffCredential& pin = staff.credential;
  TRY(database.execute(
      "INSERT INTO staff_account (login, full_name, role, district, version, pin_passes, pin_memory_bytes, pin_salt, "
      "pin_verifier, wrapped_seed, needs_key_file, created_ms, disabled_ms) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
      {staff.login, staff.full_name, static_cast<std::int64_t>(staff.role), staff.district.value,
       value_of(staff.version), value_of(pin.cost.passes), value_of(pin.cost.memory_bytes),
       value_of(ByteView(pin.salt)), value_of(ByteView(pin.verifier)), pin.wrapped_seed, flag(pin.needs_key_file),
       staff.created_ms, or_null(staff.disabled_ms)}));
  return {};
}

Status update_staff(Database& database, const Staff& staff) {
  const crypto::StaffCredential& pin = staff.credential;
  TRY(database.execute(
      "UPDATE staff_account SET full_name = $2, version = $3, pin_passes = $4, pin_memory_bytes = $5, pin_salt = $6, "
      "pin_verifier = $7, wrapped_seed = $8, needs_key_file = $9, disabled_ms = $10 WHERE login = $1",
      {staff.login, staff.full_name, value_of(staff.version), value_of(pin.cost.passes),
       value_of(pin.cost.memory_bytes), value_of(ByteView(pin.salt)), value_of(ByteView(pin.verifier)),
       pin.wrapped_seed, flag(pin.needs_key_file), or_null(staff.disabled_ms)}));
  return {};
}

Status note_staff_change(Database& database, const std::string& login, const std::string& what, const std::string& by,
                         WallMs at_ms) {
  TRY_ASSIGN(const std::uint64_t number, next_number(database, "staff change"));
  TRY(database.execute("INSERT INTO staff_change (number, login, what, changed_by, at_ms) VALUES ($1, $2, $3, $4, $5)",
                       {value_of(number), login, what, by, at_ms}));
  return {};
}

Result<std::optional<Bytes>> find_challenge_secret(Database& database, DeviceId device) {
  TRY_ASSIGN(const auto rows,
             database.query("SELECT sealed FROM challenge_secret WHERE device = $1", {value_of(device.value)}));
  if (rows.empty()) return std::optional<Bytes>();
  return std::optional(rows[0].bytes(0));
}

Status insert_challenge_secret(Database& database, DeviceId device, const Bytes& sealed, WallMs now_ms) {
  TRY(database.execute("INSERT INTO challenge_secret (device, sealed, created_ms) VALUES ($1, $2, $3)",
                       {value_of(device.value), sealed, now_ms}));
  return {};
}

namespace {

constexpr const char* kAnswerColumns =
    "SELECT device, counter, chance, purpose, login, answered_by, at_ms FROM challenge_answer";

ChallengeAnswer read_answer(const Row& row) {
  ChallengeAnswer answer;
  answer.what.device = DeviceId{static_cast<std::uint32_t>(row.integer(0))};
  answer.challenge = {static_cast<std::uint32_t>(row.integer(1)), static_cast<std::uint32_t>(row.integer(2))};
  answer.what.purpose = static_cast<crypto::ChallengePurpose>(row.integer(3));
  answer.what.account = row.text(4);
  answer.by = row.text(5);
  answer.at_ms = row.integer(6);
  return answer;
}

}  // namespace

Result<std::optional<ChallengeAnswer>> find_challenge_answer(Database& database, DeviceId device,
                                                             const crypto::Challenge& challenge) {
  static const std::string sql = std::string(kAnswerColumns) + " WHERE device = $1 AND counter = $2 AND chance = $3";
  TRY_ASSIGN(const auto rows,
             database.query(sql, {value_of(device.value), value_of(challenge.counter), value_of(challenge.chance)}));
  if (rows.empty()) return std::optional<ChallengeAnswer>();
  return std::optional(read_answer(rows[0]));
}

Status insert_challenge_answer(Database& database, const ChallengeAnswer& answer) {
  TRY(database.execute(
      "INSERT INTO challenge_answer (device, counter, chance, purpose, login, answered_by, at_ms) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7)",
      {value_of(answer.what.device.value), value_of(answer.challenge.counter), value_of(answer.challenge.chance),
       static_cast<std::int64_t>(answer.what.purpose), answer.what.account, answer.by, answer.at_ms}));
  return {};
}

Result<std::uint32_t> last_challenge_counter(Database& database, DeviceId device) {
  TRY_ASSIGN(const auto rows, database.query("SELECT COALESCE(MAX(counter), 0) FROM challenge_answer WHERE device = $1",
                                             {value_of(device.value)}));
  return static_cast<std::uint32_t>(rows[0].integer(0));
}

Result<std::vector<ChallengeAnswer>> list_challenge_answers(Database& database, int limit) {
  static const std::string sql = std::string(kAnswerColumns) + " ORDER BY at_ms DESC, device, counter DESC LIMIT $1";
  TRY_ASSIGN(const auto rows, database.query(sql, {std::int64_t{limit}}));
  std::vector<ChallengeAnswer> answers;
  for (const Row& row : rows) answers.push_back(read_answer(row));
  return answers;
}

Status insert_stick_key(Database& database, const StickKeyRow& row) {
  TRY(database.execute(
      "INSERT INTO stick_key (serial, login, district, kiosk, made_by, at_ms) VALUES ($1, $2, $3, $4, $5, $6)",
      {value_of(row.serial), row.login, row.district.value, row.kiosk, row.by, row.at_ms}));
  return {};
}

Status insert_staff_act(Database& database, const StaffActRow& row) {
  const StaffActed& acted = row.acted;
  TRY(database.execute(
      "INSERT INTO staff_act (position, device, login, name, role, act, detail, claimed_ms, confidence, arrived_ms) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
      {value_of(row.position), value_of(row.device.value), acted.actor.account, acted.actor.name,
       static_cast<std::int64_t>(acted.actor.role), static_cast<std::int64_t>(acted.act), acted.detail,
       row.time.wall_ms, static_cast<std::int64_t>(row.time.confidence), row.arrived_ms}));
  return {};
}

Result<std::vector<StaffActRow>> list_staff_acts(Database& database, DeviceId device, int limit) {
  TRY_ASSIGN(const auto rows,
             database.query("SELECT position, device, login, name, role, act, detail, claimed_ms, confidence, "
                            "arrived_ms FROM staff_act WHERE device = $1 ORDER BY position DESC LIMIT $2",
                            {value_of(device.value), std::int64_t{limit}}));
  std::vector<StaffActRow> acts;
  for (const Row& row : rows) {
    StaffActRow act;
    act.position = row.unsigned_integer(0);
    act.device = DeviceId{static_cast<std::uint32_t>(row.integer(1))};
    act.acted.actor = {row.text(2), row.text(3), static_cast<Role>(row.integer(4)), {}};
    act.acted.act = static_cast<StaffAct>(row.integer(5));
    act.acted.detail = row.text(6);
    act.time.wall_ms = row.integer(7);
    act.time.confidence = static_cast<ClockConfidence>(row.integer(8));
    act.arrived_ms = row.integer(9);
    acts.push_back(std::move(act));
  }
  return acts;
}

Status insert_office_announcement(Database& database, const OfficeAnnouncement& announcement) {
  TRY(database.execute(
      "INSERT INTO office_announcement (device, epoch, seq, district, title, words, until_day, posted_by, arrived_ms) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
      {value_of(announcement.key.device.value), value_of(announcement.key.epoch.value),
       value_of(announcement.key.seq.value), announcement.district.value, announcement.title, announcement.text,
       announcement.until, announcement.posted_by, announcement.arrived_ms}));
  return {};
}

Status withdraw_office_announcement(Database& database, const EventKey& posted, const std::string& by) {
  TRY(
      database.execute("UPDATE office_announcement SET withdrawn_by = COALESCE(withdrawn_by, $4) "
                       "WHERE device = $1 AND epoch = $2 AND seq = $3",
                       {value_of(posted.device.value), value_of(posted.epoch.value), value_of(posted.seq.value), by}));
  return {};
}

Result<std::vector<OfficeAnnouncement>> list_office_announcements(Database& database, const DistrictCode& district,
                                                                  int limit) {
  TRY_ASSIGN(const auto rows,
             database.query("SELECT device, epoch, seq, district, title, words, until_day, posted_by, arrived_ms, "
                            "withdrawn_by FROM office_announcement WHERE district = $1 "
                            "ORDER BY arrived_ms DESC, seq DESC LIMIT $2",
                            {district.value, std::int64_t{limit}}));
  std::vector<OfficeAnnouncement> all;
  for (const Row& row : rows) {
    OfficeAnnouncement one;
    one.key = read_key(row, 0);
    one.district = DistrictCode{row.text(3)};
    one.title = row.text(4);
    one.text = row.text(5);
    one.until = row.text(6);
    one.posted_by = row.text(7);
    one.arrived_ms = row.integer(8);
    if (!row.is_null(9)) one.withdrawn_by = row.text(9);
    all.push_back(std::move(one));
  }
  return all;
}

}  // namespace mimika::central
