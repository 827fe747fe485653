// What the centre remembers of kiosks that speak by stick.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/base/env.h"
#include "kiosk/base/ids.h"
#include "sync/central/store/database.h"
#include "sync/wire/envelope.h"

namespace mimika::central {

struct StickDevice {
  std::uint64_t ack_version = 0;
  wire::CallHeader header;  // of its last bundle; empty before the first
  std::optional<WallMs> last_bundle_ms;
};
[[nodiscard]] Result<StickDevice> stick_device(Database& database, DeviceId device);
[[nodiscard]] Status save_stick_device(Database& database, DeviceId device, const StickDevice& facts);

struct StickRefusal {
  std::string reason;
  std::int64_t times = 0;
  WallMs last_ms = 0;
};
[[nodiscard]] Status note_stick_refusal(Database& database, DeviceId device, const std::string& reason, WallMs now_ms);
[[nodiscard]] Result<std::vector<StickRefusal>> stick_refusals(Database& database, DeviceId device);

// Why events of one life, from one seq on, stand in its chain and change nothing; the newest `limit`, oldest first.
struct SetAside {
  Seq seq;
  std::string reason;
};
[[nodiscard]] Result<std::vector<SetAside>> set_aside_in(Database& database, DeviceId device, Epoch epoch,
                                                         std::size_t limit, Seq from = Seq{1});
// The lives of one device, the one that wrote last first.
[[nodiscard]] Result<std::vector<Epoch>> lives_of(Database& database, DeviceId device, std::size_t limit);

}  // namespace mimika::central
