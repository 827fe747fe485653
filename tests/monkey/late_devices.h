// Microphone, loudspeaker and camera as a screen may meet them on their worst day: missing, late, gone in the middle,
// or speaking to somebody who has left.
#pragma once

#include <cstdint>
#include <vector>

#include "kiosk/session/apply.h"
#include "kiosk/session/queries.h"
#include "tests/monkey/chance.h"

namespace mimika::monkey {

class LateDevices {
 public:
  static constexpr std::int64_t kTickMs = 500;

  explicit LateDevices(Chance chance) : chance_(chance) {}
  // What they have to say to the session as it stands. Called at every moment that is simulated.
  [[nodiscard]] std::vector<Action> news(const Session& session, std::int64_t now_ms);
  void take_photo() { taking_ = true; }

 private:
  void hear(const Session& session, std::int64_t now_ms, std::vector<Action>& out);
  void see(const Session& session, std::vector<Action>& out);

  Chance chance_;
  std::int64_t next_ms_ = 0;
  RequestId recording_;
  std::int64_t began_ms_ = 0;
  bool taking_ = false;
};

}  // namespace mimika::monkey
