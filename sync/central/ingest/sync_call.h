// POST /v1/sync at the centre: takes one call of a kiosk, stores what is new, answers with what it holds and what is
// new for the kiosk. Sending again is always safe; a fork or a gap is never merged.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "kiosk/base/env.h"
#include "kiosk/model/catalogue.h"
#include "sync/central/ingest/blob_taker.h"
#include "sync/central/ingest/refusal.h"
#include "sync/central/keys/data_folder.h"
#include "sync/central/store/database.h"
#include "sync/central/store/devices.h"
#include "sync/wire/call_reader.h"

namespace mimika::central {

// One call as it comes: every whole frame is committed before the next is waited for, so that a connection cut in the
// middle costs at most the frame that was on its way. One thread at a time.
class SyncCall {
 public:
  // All must outlive it.
  SyncCall(Env& env, const CentreKeys& keys, const Catalogue& catalogue, const BlobFiles& blobs,
           std::uint8_t newest_version)
      : env_(env), keys_(keys), catalogue_(catalogue), blobs_(blobs), reader_(keys.box, newest_version) {}

  // What came. Returns after the commit of everything whole in it; a refusal ends the call, and what was committed
  // before it stays.
  [[nodiscard]] std::optional<Refusal> take(Database& database, ByteView more);
  // After the last byte: the signed answer's bytes.
  [[nodiscard]] Answered<Bytes> finish(Database& database);
  // Whose it is; empty before its header has come.
  [[nodiscard]] const std::optional<Device>& device() const { return device_; }

 private:
  // What has come of the call's journal so far.
  enum class Standing { kUnknown, kFits, kGap, kFork };

  [[nodiscard]] std::optional<Refusal> meet_device(Database& database);
  [[nodiscard]] std::optional<Refusal> gather(Database& database, std::vector<wire::CallFrame>& frames);
  [[nodiscard]] std::optional<Refusal> commit(Database& database, const std::vector<wire::CallFrame>& frames);
  [[nodiscard]] Status begin_call(Database& database, std::optional<Refusal>& refusal);
  void take_parts(Database& database, std::vector<wire::CallFrame>& frames);
  Status add_rejects(Database& database, wire::Answer& out);
  [[nodiscard]] Result<wire::Answer> answer(Database& database);

  Env& env_;
  const CentreKeys& keys_;
  const Catalogue& catalogue_;
  const BlobFiles& blobs_;
  wire::CallReader reader_;
  std::optional<Device> device_;
  bool begun_ = false;  // its number is noted
  bool ended_ = false;  // its signature has come
  Standing standing_ = Standing::kUnknown;
  Seq next_;              // of the record that comes next
  crypto::Hash chain_{};  // before it, as the kiosk has it
  std::vector<wire::Reject> rejects_;
  std::optional<BlobTaker> blob_taker_;  // from the first part of a blob on
};

class SyncIngest {
 public:
  // All must outlive it. `blob_folder` is where attachments go. A `newest_version` below what the program knows makes
  // it an older centre.
  SyncIngest(Env& env, const CentreKeys& keys, const Catalogue& catalogue, const std::string& blob_folder,
             std::uint8_t newest_version = wire::kNewestVersion)
      : env_(env), keys_(keys), catalogue_(catalogue), blobs_(blob_folder), newest_version_(newest_version) {}

  [[nodiscard]] SyncCall begin() const { return {env_, keys_, catalogue_, blobs_, newest_version_}; }
  // A whole call at once.
  [[nodiscard]] Answered<Bytes> take(Database& database, ByteView body) const;

 private:
  Env& env_;
  const CentreKeys& keys_;
  const Catalogue& catalogue_;
  BlobFiles blobs_;
  std::uint8_t newest_version_;
};

}  // namespace mimika::central
