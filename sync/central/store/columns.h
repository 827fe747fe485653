// Small conversions between columns and our types, shared by the files of this folder.
#pragma once

#include <limits>
#include <optional>

#include "kiosk/base/env.h"
#include "kiosk/base/ids.h"
#include "sync/central/store/database.h"

namespace mimika::central {

[[nodiscard]] inline std::optional<std::int64_t> optional_integer(const Row& row, std::size_t column) {
  if (row.is_null(column)) return std::nullopt;
  return row.integer(column);
}

template <typename Id>
[[nodiscard]] std::optional<Id> optional_id(const Row& row, std::size_t column) {
  if (row.is_null(column)) return std::nullopt;
  return Id{row.text(column)};
}

// Device, epoch and seq from three columns that stand side by side.
[[nodiscard]] inline EventKey read_key(const Row& row, std::size_t first) {
  return {DeviceId{static_cast<std::uint32_t>(row.integer(first))},
          Epoch{static_cast<std::uint32_t>(row.integer(first + 1))}, Seq{row.unsigned_integer(first + 2)}};
}

// A kiosk may claim any 64-bit time; the difference must not overflow.
[[nodiscard]] inline std::int64_t clock_drift(WallMs claimed_ms, WallMs now_ms) {
  std::int64_t drift = 0;
  if (__builtin_sub_overflow(claimed_ms, now_ms, &drift)) return std::numeric_limits<std::int64_t>::max();
  return drift;
}

}  // namespace mimika::central
