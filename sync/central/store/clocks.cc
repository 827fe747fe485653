#include "sync/central/store/clocks.h"

#include "sync/central/store/devices.h"
#include "sync/central/store/journals.h"
#include "sync/wire/event_codec.h"

namespace mimika::central {
namespace {

constexpr std::int64_t kExactEveryMs = 12LL * 60 * 60 * 1000;

}  // namespace

Status note_boot(Database& database, const EventKey& started, std::uint32_t boot, std::uint32_t boot_mark) {
  TRY(database.execute(
      "INSERT INTO device_boot (device, epoch, boot, boot_mark) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
      {value_of(started.device.value), value_of(started.epoch.value), value_of(boot), value_of(boot_mark)}));
  return {};
}

Status note_anchor(Database& database, const wire::CallHeader& header, AnchorKind kind, WallMs server_ms) {
  if (header.boot_mark == 0) return {};  // a kiosk of before, or one that does not say
  const auto kind_number = static_cast<std::int64_t>(kind);
  if (kind == AnchorKind::kExact) {
    TRY_ASSIGN(const auto near,
               database.query("SELECT 1 FROM clock_anchor WHERE device = $1 AND boot_mark = $2 AND kind = 0 "
                              "AND monotonic_ms BETWEEN $3 AND $4 LIMIT 1",
                              {value_of(header.device.value), value_of(header.boot_mark),
                               header.monotonic_ms - kExactEveryMs, header.monotonic_ms + kExactEveryMs}));
    if (!near.empty()) return {};
  }
  TRY(database.execute(
      "INSERT INTO clock_anchor (device, boot_mark, kind, monotonic_ms, server_ms) "
      "VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
      {value_of(header.device.value), value_of(header.boot_mark), kind_number, header.monotonic_ms, server_ms}));
  return {};
}

Result<std::vector<ClockAnchor>> clock_anchors(Database& database, DeviceId device, Epoch epoch) {
  TRY_ASSIGN(const auto rows,
             database.query("SELECT b.boot, a.monotonic_ms, a.server_ms, a.kind FROM device_boot b JOIN clock_anchor a "
                            "ON a.device = b.device AND a.boot_mark = b.boot_mark WHERE b.device = $1 AND b.epoch = $2",
                            {value_of(device.value), value_of(epoch.value)}));
  std::vector<ClockAnchor> anchors;
  for (const Row& row : rows) {
    anchors.push_back({static_cast<std::uint32_t>(row.integer(0)), row.integer(1), row.integer(2),
                       static_cast<AnchorKind>(row.integer(3))});
  }
  return anchors;
}

Result<std::optional<TimeRange>> when_happened(Database& database, const EventKey& key) {
  TRY_ASSIGN(const auto stored, find_event(database, key));
  TRY_ASSIGN(const auto device, find_device(database, key.device));
  if (!stored || !device || !device->enrolled_ms) return std::nullopt;
  TRY_ASSIGN(const Event event, wire::decode_event(key, stored->event));
  TRY_ASSIGN(const auto anchors, clock_anchors(database, key.device, key.epoch));
  return estimate_time(event.time, anchors, {*device->enrolled_ms, stored->received_ms});
}

}  // namespace mimika::central
