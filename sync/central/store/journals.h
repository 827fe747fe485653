// The journals the centre holds: its own and every kiosk's. Bytes as they came; what they mean is the projection's
// business.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/base/env.h"
#include "kiosk/base/ids.h"
#include "kiosk/crypto/hash.h"
#include "kiosk/crypto/keys.h"
#include "sync/central/store/database.h"

namespace mimika::central {

struct JournalHead {
  Seq last_seq;          // 0: nothing yet
  crypto::Hash chain{};  // at last_seq
  std::uint64_t last_call_no = 0;
  Seq ends_at{0};  // where the kiosk says that this life of its journal ended; 0: it goes on
};
[[nodiscard]] Result<std::optional<JournalHead>> find_journal(Database& database, DeviceId device, Epoch epoch);
// As the kiosk is told of it: not beyond where the life ended. A kiosk that was put back from a backup has only that
// much of what is here, and could not tell by a later mark that it is the same.
[[nodiscard]] Result<JournalHead> as_told(Database& database, DeviceId device, Epoch epoch, JournalHead head);
[[nodiscard]] Status save_journal(Database& database, DeviceId device, Epoch epoch, const JournalHead& head);

struct StoredEvent {
  EventKey key;
  std::uint64_t position = 0;  // in the centre's total order, from 1
  Bytes event;
  Bytes sealed;
  crypto::Hash chain{};
  WallMs received_ms = 0;
  std::optional<std::string> set_aside;  // why it changes nothing
};

// Gives `position`. kConflict when the key is taken.
[[nodiscard]] Status insert_event(Database& database, StoredEvent& event);
[[nodiscard]] Result<std::optional<StoredEvent>> find_event(Database& database, const EventKey& key);
// It changes nothing after all.
[[nodiscard]] Status set_event_aside(Database& database, const EventKey& key, const std::string& reason);
// The chain at each seq from `first` to `last`, both included; those we hold.
[[nodiscard]] Result<std::vector<crypto::Hash>> chains_between(Database& database, DeviceId device, Epoch epoch,
                                                               Seq first, Seq last);

// Up to `limit` events after `position`, in the total order.
[[nodiscard]] Result<std::vector<StoredEvent>> events_after(Database& database, std::uint64_t position, int limit);

// What speaks of a ticket that is not here waits for it; taking it forgets that it waited. In the total order.
[[nodiscard]] Status note_waiting(Database& database, std::uint64_t position, const TicketId& ticket);
[[nodiscard]] Result<std::vector<StoredEvent>> take_waiting(Database& database, const TicketId& ticket);

struct JournalKey {
  DeviceId device;
  Epoch epoch;
  JournalHead head;
};
[[nodiscard]] Result<std::vector<JournalKey>> list_journals(Database& database);

struct QuarantinedRecord {
  EventKey key;
  crypto::Hash chain{};
  Bytes event;
  Bytes sealed;
  std::string reason;
  WallMs received_ms = 0;
};
// Keeps the record unless it is there already. False when the device has used up its share (central_limits.h).
[[nodiscard]] Result<bool> quarantine(Database& database, const QuarantinedRecord& record);

struct QuarantineSummary {
  EventKey key;
  std::string reason;
  WallMs received_ms = 0;
};
[[nodiscard]] Result<std::vector<QuarantineSummary>> list_quarantine(Database& database, int limit);
[[nodiscard]] Result<std::int64_t> count_quarantine(Database& database);

}  // namespace mimika::central
