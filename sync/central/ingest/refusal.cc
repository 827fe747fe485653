#include "sync/central/ingest/refusal.h"

#include <nlohmann/json.hpp>
#include <utility>

namespace mimika::central {

std::string Refusal::json() const {
  nlohmann::ordered_json body = {{"error", name}, {"message", message}};
  if (last_call_no) body["last_call_no"] = *last_call_no;
  if (acknowledged) body["acknowledged"] = *acknowledged;
  if (newest_version) body["newest_version"] = *newest_version;
  return body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

Refusal refuse(int http_status, std::string name, std::string message) {
  Refusal refusal;
  refusal.http_status = http_status;
  refusal.name = std::move(name);
  refusal.message = std::move(message);
  return refusal;
}

Refusal refusal_of(const Error& error) {
  const auto as = [&](int status, const char* name) { return refuse(status, name, error.message); };
  switch (error.code) {
    case ErrorCode::kCorrupt:
    case ErrorCode::kInvalidInput:
      return as(400, "malformed");
    case ErrorCode::kNewerVersion:
      return as(400, "newer_version");
    case ErrorCode::kUnauthorised:
      return as(401, "wrong_signature");
    case ErrorCode::kTooLarge:
      return as(413, "too_large");
    case ErrorCode::kConflict:
      return as(409, "conflict");
    case ErrorCode::kNotFound:
      return as(404, "not_found");
    case ErrorCode::kStorageFull:
    case ErrorCode::kStorageReadOnly:
    case ErrorCode::kStorageFailed:
      // Our trouble, not the kiosk's: it keeps what it has and comes back.
      return as(503, error_code_name(error.code));
    case ErrorCode::kUnreachable:
    case ErrorCode::kTooSlow:
    case ErrorCode::kCancelled:
    case ErrorCode::kInternal:
      break;
  }
  return as(500, "internal");
}

void RefusalCounter::count(const std::string& reason) {
  const std::lock_guard lock(guard_);
  ++pending_[reason];
}

Status add_refusals(Database& database, const std::string& reason, std::uint64_t times, WallMs now_ms) {
  TRY(
      database.execute("INSERT INTO refusal (reason, times, last_ms) VALUES ($1, $2, $3) "
                       "ON CONFLICT (reason) DO UPDATE SET times = refusal.times + $2, last_ms = $3",
                       {reason, value_of(times), now_ms}));
  return {};
}

Status RefusalCounter::flush(Database& database, WallMs now_ms) {
  std::map<std::string, std::int64_t> taken;
  {
    const std::lock_guard lock(guard_);
    taken.swap(pending_);
  }
  if (taken.empty()) return {};
  const Status written = in_transaction(database, [&]() -> Status {
    for (const auto& [reason, times] : taken) {
      TRY(add_refusals(database, reason, static_cast<std::uint64_t>(times), now_ms));
    }
    return {};
  });
  if (!written) {
    const std::lock_guard lock(guard_);
    for (const auto& [reason, times] : taken) pending_[reason] += times;
  }
  return written;
}

Result<std::vector<RefusalCount>> list_refusals(Database& database) {
  TRY_ASSIGN(const auto rows, database.query("SELECT reason, times, last_ms FROM refusal ORDER BY reason"));
  std::vector<RefusalCount> refusals;
  refusals.reserve(rows.size());
  for (const Row& row : rows) refusals.push_back({row.text(0), row.integer(1), row.integer(2)});
  return refusals;
}

}  // namespace mimika::central
