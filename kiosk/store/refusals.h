// What was refused between this kiosk and the rest of the world, by whom, why and how often: a lying centre, a file on
// a stick that is no good, a call that the centre does not take. The names are listed in docs/wire.md.
#pragma once

#include <cstdint>
#include <string>

#include "kiosk/base/env.h"

namespace mimika {

enum class RefusedWhat : std::uint8_t {
  kAnswer = 1,         // by this kiosk: what the centre said, or a part of it
  kStickFile = 2,      // by this kiosk: a file on a stick
  kCall = 3,           // by the centre: a call of this kiosk
  kCarriedBundle = 4,  // by the centre: another kiosk's bundle that this one brought
};

// A stable name for machine-readable answers: "answer".
[[nodiscard]] const char* refused_what_name(RefusedWhat what);

struct RefusalCount {
  RefusedWhat what = RefusedWhat::kAnswer;
  std::string reason;
  std::uint64_t times = 0;
  WallMs last_ms = 0;  // by this kiosk's clock
  friend bool operator==(const RefusalCount&, const RefusalCount&) = default;
};

// Own events that have reached the centre and count for nothing there.
struct SetAsideCount {
  std::string reason;  // the centre's
  std::uint64_t events = 0;
  WallMs last_ms = 0;
  friend bool operator==(const SetAsideCount&, const SetAsideCount&) = default;
};

// So long the first screen says that something was refused; `mimika-kiosk-ctl status` says it for ever.
inline constexpr std::int64_t kRefusalShownDays = 7;

// An answer that trickles may be a bad link's, and a certificate that is not the centre's that of a network which wants
// to be paid or logged into. They are counted, and nobody is called for them: the staff line says when the centre was
// last heard.
inline constexpr const char* kTooSlowRefusal = "too_slow";
inline constexpr const char* kWrongCertificateRefusal = "wrong_certificate";

}  // namespace mimika
