// Calls and answers that nobody honest would make. The only file of the simulator that knows the wire: everything else
// hands bytes on.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/crypto/keys.h"
#include "kiosk/model/ticket_number.h"
#include "sync/central/keys/data_folder.h"
#include "sync/wire/envelope.h"
#include "tests/sim/universe.h"

namespace mimika::sim {

struct LieContext {
  Rng& rng;
  Env& env;
  const crypto::SigningKey& centre_key;
  std::vector<wire::FeedItem> foreign_feed;  // what another district would be told
};

struct LyingAnswer {
  Bytes bytes;
  std::string what;
  bool spoils_watermark = false;  // an honest kiosk may now take its life for a disputed one
  bool spoils_feed = false;       // the kiosk was told what is not so, and signed: it has to believe it
};
// From the centre's true answer, signed with the centre's own key.
[[nodiscard]] std::optional<LyingAnswer> lie_about(ByteView true_answer, LieContext& context);

// An answer that calls everything arrived that stands in the call, whether or not anyone has stored it.
[[nodiscard]] std::optional<Bytes> acknowledge_unstored(ByteView call, const crypto::VerifyKey& device,
                                                        const central::CentreKeyPair& centre, WallMs now_ms);

// A kiosk that was enrolled and does as it likes with its key.
class LyingKiosk {
 public:
  LyingKiosk(Env& env, DeviceId device, DeviceCode code, DistrictCode district, const crypto::SigningKey& key,
             const crypto::BoxPublicKey& centre);
  // The next thing it sends; `other` is some other kiosk's device number. Says what it is.
  [[nodiscard]] Bytes next_call(Rng& rng, DeviceId other, std::string& what);

 private:
  void append(Rng& rng, std::string& what);
  void begin_life();

  Env& env_;
  DeviceId device_;
  DeviceCode code_;
  DistrictCode district_;
  const crypto::SigningKey& key_;
  crypto::BoxPublicKey centre_;
  Epoch epoch_;
  std::uint64_t call_no_ = 0;
  std::vector<wire::EventRecord> records_;
};

// A call in the name of a device, by somebody who does not have its key.
[[nodiscard]] Bytes forged_call(Rng& rng, Env& env, DeviceId device, const crypto::BoxPublicKey& centre,
                                const std::optional<Bytes>& overheard, std::string& what);

}  // namespace mimika::sim
