// Why a machine's request was not taken: told to it in JSON, counted, logged. Nothing of a refused request is stored.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/base/env.h"
#include "kiosk/base/result.h"
#include "sync/central/store/database.h"

namespace mimika::central {

struct Refusal {
  int http_status = 400;
  std::string name;     // stable: "wrong_signature"
  std::string message;  // English, for a technician
  std::optional<std::uint64_t> last_call_no;
  std::optional<std::uint64_t> acknowledged;
  std::optional<std::uint8_t> newest_version;  // of the wire, that this centre speaks
  [[nodiscard]] std::string json() const;
};

[[nodiscard]] Refusal refuse(int http_status, std::string name, std::string message);

template <typename T>
using Answered = std::expected<T, Refusal>;

// The refusal for an error met while reading a request.
[[nodiscard]] Refusal refusal_of(const Error& error);

// Counts refusals by reason. They are gathered in memory and written now and then: a flood of bad calls must not
// become a flood of writes.
class RefusalCounter {
 public:
  void count(const std::string& reason);
  // Adds what was gathered to the database.
  [[nodiscard]] Status flush(Database& database, WallMs now_ms);

 private:
  std::mutex guard_;
  std::map<std::string, std::int64_t> pending_;
};

// At once, in a transaction of the caller's or a statement of its own: for what is rare.
[[nodiscard]] Status add_refusals(Database& database, const std::string& reason, std::uint64_t times, WallMs now_ms);

struct RefusalCount {
  std::string reason;
  std::int64_t times = 0;
  WallMs last_ms = 0;
};
[[nodiscard]] Result<std::vector<RefusalCount>> list_refusals(Database& database);

}  // namespace mimika::central
