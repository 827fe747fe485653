// The centre's own journal: it is device 1, and whatever its staff do is an event like any other, chained, projected
// and fed to the kiosks in one transaction.
#pragma once

#include "kiosk/base/env.h"
#include "kiosk/model/event.h"
#include "sync/central/keys/data_folder.h"
#include "sync/central/store/database.h"

namespace mimika::central {

class CentreJournal {
 public:
  CentreJournal(Env& env, const CentreKeys& keys) : env_(env), keys_(keys) {}

  // Notes a new boot of the machine, once a boot. In a transaction of its own.
  [[nodiscard]] Status note_start(Database& database, const std::string& version);

  // Writes one event. Only inside a transaction. Returns it as stored.
  [[nodiscard]] Result<Event> append(Database& database, EventPayload payload);

 private:
  Env& env_;
  const CentreKeys& keys_;
};

}  // namespace mimika::central
