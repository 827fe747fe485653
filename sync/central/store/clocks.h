// What the centre knows of the clocks of kiosks: clock_estimate.h makes times of it.
#pragma once

#include <optional>
#include <vector>

#include "kiosk/model/clock_estimate.h"
#include "sync/central/store/database.h"
#include "sync/wire/envelope.h"

namespace mimika::central {

// That boot of the journal is that boot of the machine. Repeating changes nothing.
[[nodiscard]] Status note_boot(Database& database, const EventKey& started, std::uint32_t boot,
                               std::uint32_t boot_mark);

// A moment that a header tells of. Of exact ones, which every call would bring, one is kept for half a day of a boot.
[[nodiscard]] Status note_anchor(Database& database, const wire::CallHeader& header, AnchorKind kind, WallMs server_ms);

// Those of one life of a kiosk, in no particular order.
[[nodiscard]] Result<std::vector<ClockAnchor>> clock_anchors(Database& database, DeviceId device, Epoch epoch);

// When an event happened, by our clock. Nothing when it, or its kiosk's enrolment, is not known here.
[[nodiscard]] Result<std::optional<TimeRange>> when_happened(Database& database, const EventKey& key);

}  // namespace mimika::central
