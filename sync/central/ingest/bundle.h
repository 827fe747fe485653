// Bundles at the centre, from a stick or through another kiosk's connection: taken by the rules of the sync call, but
// whole or not at all, in any order and as often as they come. They know nothing of call numbers. And the way back: the
// ACK for a kiosk, which says all that an answer would.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/base/env.h"
#include "kiosk/model/catalogue.h"
#include "sync/central/ingest/refusal.h"
#include "sync/central/keys/data_folder.h"
#include "sync/central/store/blobs.h"
#include "sync/central/store/database.h"
#include "sync/central/store/devices.h"
#include "sync/wire/bundle.h"

namespace mimika::central {

struct BundleTaken {
  std::uint64_t stored = 0;  // events that were new
  std::uint64_t had = 0;     // events that were here before
  std::uint64_t leaves = 0;  // of attachments, that were new
  std::vector<wire::Reject> rejects;
};

class BundleIngest {
 public:
  // All must outlive it. `blob_folder` is where attachments go.
  BundleIngest(Env& env, const CentreKeys& keys, const Catalogue& catalogue, const std::string& blob_folder)
      : env_(env), keys_(keys), catalogue_(catalogue), blobs_(blob_folder) {}

  // Refusals by name: "damaged", "newer_version", "too_large", "not_a_bundle", "unknown_device", "wrong_signature",
  // "another_key", "malformed", "gap" (an earlier bundle is missing: come again after it), "broken_chain".
  [[nodiscard]] static Answered<wire::StickFile> read(ByteView file);
  [[nodiscard]] Answered<BundleTaken> take(Database& database, const wire::StickFile& file) const;

  struct NewAck {
    std::string name;
    Bytes file;
  };
  // A new version for this kiosk, with what is new after what its last bundle held. kNotFound for a kiosk that is
  // not enrolled.
  [[nodiscard]] Result<NewAck> make_ack(Database& database, DeviceId device) const;

  // POST /v1/bundle: the ACK's bytes.
  [[nodiscard]] Answered<Bytes> exchange(Database& database, ByteView body) const;

 private:
  [[nodiscard]] Status store(Database& database, const Device& device, const wire::Call& call,
                             std::optional<Refusal>& refusal, BundleTaken& taken) const;
  [[nodiscard]] Status note_header(Database& database, const Device& device, const wire::Call& call,
                                   bool brings_news) const;
  void take_parts(Database& database, DeviceId device, const std::vector<wire::BlobPart>& parts,
                  BundleTaken& taken) const;
  [[nodiscard]] Status gather(Database& database, const Device& device, wire::Ack& ack) const;
  [[nodiscard]] std::optional<Refusal> note(Database& database, DeviceId device, Refusal refusal) const;

  Env& env_;
  const CentreKeys& keys_;
  const Catalogue& catalogue_;
  BlobFiles blobs_;
};

}  // namespace mimika::central
