// The simulated network between one kiosk and the centre.
#pragma once

#include <deque>
#include <optional>
#include <string>

#include "sync/central/http/message.h"
#include "sync/client/transport.h"
#include "tests/sim/sim_centre.h"
#include "tests/sim/sim_kiosk.h"

namespace mimika::sim {

// A mistake built in on purpose, to see that the simulator finds it.
enum class Planted { kNone, kAcknowledgesUnstored, kDiskIgnoresSyncs };

// What somebody who listens has heard, for replays.
struct Overheard {
  std::deque<Bytes> calls;
  std::deque<Bytes> answers;
};

class SimNetwork final : public sync::Transport {
 public:
  SimNetwork(Universe& universe, SimCentre& centre) : universe_(universe), centre_(centre) {}
  void serve(SimKiosk& kiosk) { kiosk_ = &kiosk; }

  [[nodiscard]] Result<sync::HttpResponse> post(const std::string& path, ByteView body) override;
  void use_fresh_connection() override {}
  void cancel() override {}

  Overheard overheard;
  Planted planted = Planted::kNone;

 private:
  [[nodiscard]] std::optional<Bytes> tell_lie(ByteView answer);
  [[nodiscard]] sync::HttpResponse stranger(std::size_t sent);
  [[nodiscard]] std::vector<wire::FeedItem> feed_of_others();
  Bytes damaged(ByteView bytes);

  Universe& universe_;
  SimCentre& centre_;
  SimKiosk* kiosk_ = nullptr;
};

}  // namespace mimika::sim
