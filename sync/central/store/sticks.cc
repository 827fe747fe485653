#include "sync/central/store/sticks.h"

#include <algorithm>

#include "sync/wire/header_codec.h"

namespace mimika::central {

Result<StickDevice> stick_device(Database& database, DeviceId device) {
  TRY_ASSIGN(const auto rows,
             database.query("SELECT ack_version, header, last_bundle_ms FROM stick_device WHERE device = $1",
                            {value_of(device.value)}));
  StickDevice facts;
  if (rows.empty()) return facts;
  facts.ack_version = rows[0].unsigned_integer(0);
  if (!rows[0].is_null(1)) {
    TRY_ASSIGN(facts.header, wire::decode_call_header(rows[0].bytes(1)));
  }
  if (!rows[0].is_null(2)) facts.last_bundle_ms = rows[0].integer(2);
  return facts;
}

Status save_stick_device(Database& database, DeviceId device, const StickDevice& facts) {
  const Value last = facts.last_bundle_ms ? Value(*facts.last_bundle_ms) : Value();
  const Value header = facts.header.device == device ? Value(wire::encode_call_header(facts.header)) : Value();
  TRY(
      database.execute("INSERT INTO stick_device (device, ack_version, header, last_bundle_ms) "
                       "VALUES ($1, $2, $3, $4) ON CONFLICT (device) DO UPDATE "
                       "SET ack_version = $2, header = $3, last_bundle_ms = $4",
                       {value_of(device.value), value_of(facts.ack_version), header, last}));
  return {};
}

Status note_stick_refusal(Database& database, DeviceId device, const std::string& reason, WallMs now_ms) {
  TRY(
      database.execute("INSERT INTO stick_refusal (device, reason, times, last_ms) VALUES ($1, $2, 1, $3) "
                       "ON CONFLICT (device, reason) DO UPDATE SET times = stick_refusal.times + 1, last_ms = $3",
                       {value_of(device.value), reason, now_ms}));
  return {};
}

Result<std::vector<StickRefusal>> stick_refusals(Database& database, DeviceId device) {
  TRY_ASSIGN(const auto rows,
             database.query("SELECT reason, times, last_ms FROM stick_refusal WHERE device = $1 ORDER BY reason",
                            {value_of(device.value)}));
  std::vector<StickRefusal> refusals;
  for (const Row& row : rows) refusals.push_back({row.text(0), row.integer(1), row.integer(2)});
  return refusals;
}

Result<std::vector<SetAside>> set_aside_in(Database& database, DeviceId device, Epoch epoch, std::size_t limit,
                                           Seq from) {
  TRY_ASSIGN(const auto rows,
             database.query("SELECT seq, set_aside FROM event WHERE device = $1 AND epoch = $2 AND seq >= $4 "
                            "AND set_aside IS NOT NULL ORDER BY seq DESC LIMIT $3",
                            {value_of(device.value), value_of(epoch.value), static_cast<std::int64_t>(limit),
                             value_of(from.value)}));
  std::vector<SetAside> found;
  for (const Row& row : rows) found.push_back({Seq{row.unsigned_integer(0)}, row.text(1)});
  std::ranges::reverse(found);
  return found;
}

Result<std::vector<Epoch>> lives_of(Database& database, DeviceId device, std::size_t limit) {
  TRY_ASSIGN(const auto rows, database.query("SELECT j.epoch FROM journal j LEFT JOIN event e ON e.device = j.device "
                                             "AND e.epoch = j.epoch AND e.seq = j.last_seq WHERE j.device = $1 "
                                             "ORDER BY COALESCE(e.position, 0) DESC, j.epoch LIMIT $2",
                                             {value_of(device.value), static_cast<std::int64_t>(limit)}));
  std::vector<Epoch> lives;
  for (const Row& row : rows) lives.push_back(Epoch{static_cast<std::uint32_t>(row.integer(0))});
  return lives;
}

}  // namespace mimika::central
