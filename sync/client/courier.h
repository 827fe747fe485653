// What this kiosk carries for others: their bundles on the way to the centre, the centre's ACKs on the way to them. It
// can read none of it. Files lie in a folder of their own, under names made here, within limits; whatever comes from a
// stick is made whole before it is kept, and nothing is kept that says of itself what cannot be.
#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "kiosk/base/ids.h"
#include "kiosk/crypto/keys.h"
#include "kiosk/store/refusals.h"
#include "sync/client/transport.h"
#include "sync/wire/bundle.h"

namespace mimika::sync {

inline constexpr const char* kBundlePath = "/v1/bundle";
// The refusal of an event that would leave a hole: the earlier file may still come.
inline constexpr const char* kGapRefusal = "gap";

struct CourierLimits {
  std::uint64_t bytes;
  std::size_t files;
  std::uint64_t reserve_bytes;  // of the disk, left free for this kiosk's own
};
[[nodiscard]] CourierLimits courier_limits();  // of limits.h

enum class Kept { kNew, kHad };

struct ForwardReport {
  std::uint64_t forwarded = 0;  // bundles the centre has now
  std::uint64_t waiting = 0;    // the centre lacks an earlier one
  std::uint64_t refused = 0;    // for good; no longer kept
  // The name of each of these refusals; of an answer that was none, and ended it, "no_ack".
  std::vector<std::pair<RefusedWhat, std::string>> refusals;
};

class Courier {
 public:
  // `self` is the kiosk it lives in. The folder is made when the first file comes. `centre_keys` are those the centre
  // may have signed an ACK with: others may not have heard of its newest.
  Courier(std::string folder, DeviceId self, std::vector<crypto::VerifyKey> centre_keys,
          CourierLimits most = courier_limits());

  // kTooLarge when the folder's limits leave no room.
  [[nodiscard]] Result<Kept> keep_bundle(const wire::StickFile& bundle);
  // Of each kiosk only the newest is kept. kUnauthorised when the centre did not sign it.
  [[nodiscard]] Result<Kept> keep_ack(const wire::StickFile& ack);

  struct HeldAck {
    std::string name;
    DeviceId device;
    std::uint64_t version = 0;
  };
  [[nodiscard]] Result<std::vector<HeldAck>> acks();
  [[nodiscard]] Result<Bytes> read_ack(const HeldAck& ack);
  [[nodiscard]] Result<std::uint64_t> waiting_bundles();

  // Sends every bundle to the centre, as long as `go_on` says so before each. What it answers with is kept, and only
  // then the bundle is let go. kUnreachable ends it; so does trouble at the centre: the bundle it happened to comes
  // last when this is called again, so that one which is too much for the link does not stop the others. A bundle that
  // the centre cannot take before an earlier one is not sent again until ask_again().
  [[nodiscard]] Status forward(
      Transport& transport, ForwardReport& report, const std::function<bool()>& go_on = [] { return true; });
  void ask_again() { told_to_wait_.clear(); }

 private:
  Status make_room(std::uint64_t bytes);
  Result<Kept> keep_newest(const wire::StickFile& ack);
  Status forward_one(Transport& transport, const std::string& name, ForwardReport& report);

  std::string folder_;
  DeviceId self_;
  std::vector<crypto::VerifyKey> centre_keys_;
  CourierLimits most_;
  std::set<std::string> told_to_wait_;  // names of bundles
  std::string failed_;                  // the bundle that the last forward() ended with
};

}  // namespace mimika::sync
