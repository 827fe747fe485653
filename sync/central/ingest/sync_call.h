// POST /v1/sync at the centre: takes one call of a kiosk, stores what is new, answers with what it holds and what is
// new for the kiosk. Sending again is always safe; a fork or a gap is never merged.
#pragma once

#include "kiosk/base/env.h"
#include "sync/central/ingest/refusal.h"
#include "sync/central/keys/data_folder.h"
#include "sync/central/store/database.h"

namespace mimika::central {

class SyncIngest {
 public:
  // All must outlive it.
  SyncIngest(Env& env, const CentreKeys& keys) : env_(env), keys_(keys) {}

  // The signed answer's bytes. Everything the answer acknowledges has been committed.
  [[nodiscard]] Answered<Bytes> take(Database& database, ByteView body) const;

 private:
  Env& env_;
  const CentreKeys& keys_;
};

}  // namespace mimika::central
