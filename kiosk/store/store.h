// The kiosk's store: its journal of events, and the tickets computed from it, in one SQLite file. "Saved" means that
// the commit with the event has returned from fsync. The store keeps no key that opens a private part: it seals to the
// centre and to the office and forgets.
//
// Several processes may open the same store (the kiosk and mimika-kiosk-ctl); each write is one BEGIN IMMEDIATE. One
// Store object belongs to one thread at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/base/env.h"
#include "kiosk/base/ids.h"
#include "kiosk/crypto/hash.h"
#include "kiosk/crypto/ratchet.h"
#include "kiosk/model/event.h"
#include "kiosk/model/ticket.h"
#include "kiosk/sqlite/database.h"
#include "kiosk/sqlite/statement_cache.h"
#include "kiosk/store/witness.h"
#include "sync/wire/envelope.h"

namespace mimika {

struct StoreIdentity {
  DeviceId device;
  DeviceCode device_code;
  DistrictCode district;
};

struct StoreOptions {
  std::string folder;  // holds journal.db and journal.witness
  StoreIdentity identity;
  crypto::BoxPublicKey centre_key{};
  crypto::BoxPublicKey office_key{};
  std::string program_version;
};

// What opening found that somebody should be told.
struct StoreNotice {
  std::string set_aside_path;  // a damaged database was set aside under this name; empty otherwise
  // The database is older than what this kiosk has already written (restored from a backup): a new life was begun, so
  // that no key and no number is used twice. What the old one lost is at the centre, if it had arrived.
  bool restored = false;
};

// A filing as it goes into the journal; checked (check_filing) before it comes here.
struct NewTicket {
  TicketKind kind = TicketKind::kComplaint;
  Confidentiality confidentiality = Confidentiality::kNameHidden;
  std::optional<CategoryId> category;
  std::optional<ServiceId> service;
  std::optional<KampungCode> kampung;
  ReceiptPublicKey receipt_key{};
  PrivatePart details;
};

struct FiledTicket {
  TicketNumber number;
  EventKey key;
  WallMs filed_ms = 0;
  crypto::Hash chain{};  // after the filing event
};

// One epoch's unsent events, ready for a sync call.
struct Outgoing {
  Epoch epoch;
  Seq first_seq{1};
  crypto::Hash chain_before{};
  FeedSeq feed_cursor;
  std::vector<wire::EventRecord> records;
  bool more = false;  // unsent events remain beyond these, in this epoch or a later one
};

struct AnswerOutcome {
  std::uint64_t newly_arrived = 0;  // own events the centre now has
  std::uint64_t feed_applied = 0;
  std::vector<wire::Reject> rejects;  // set aside at the centre; the technician should see them
};

struct StoreStatus {
  Epoch epoch;
  std::uint64_t events = 0;
  std::uint64_t tickets = 0;
  std::uint64_t unsent_events = 0;
  std::optional<WallMs> oldest_unsent_ms;
  std::optional<WallMs> last_contact_ms;  // the centre's clock at the last answer
  FeedSeq feed_cursor;
  std::uint64_t orphans = 0;
  std::uint64_t disputed_events = 0;  // unsent, of lives that the centre knows differently
};

class Store {
 public:
  // Opens or creates. kNewerVersion and read-only or full disks leave everything as it was. A damaged database is
  // renamed, never deleted, and a fresh epoch begins beside it (see notice()). kConflict when the journal belongs to
  // another device.
  [[nodiscard]] static Result<std::unique_ptr<Store>> open(const StoreOptions& options, Env& env);
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  [[nodiscard]] const StoreNotice& notice() const { return notice_; }
  [[nodiscard]] const StoreIdentity& identity() const { return options_.identity; }

  // Returns after the commit; on an error nothing was saved, and the same call may be made again.
  [[nodiscard]] Result<FiledTicket> file_ticket(const NewTicket& ticket);

  [[nodiscard]] Result<std::optional<Ticket>> find_ticket(const TicketNumber& number);
  [[nodiscard]] Result<std::optional<Ticket>> find_ticket(const TicketId& id);
  [[nodiscard]] Result<std::vector<Ticket>> tickets(std::size_t limit);  // newest first
  [[nodiscard]] Result<StoreStatus> status();
  // What an event written now would say of the clock.
  [[nodiscard]] Result<ClockConfidence> clock_confidence();

  // --- for the sync engine
  // The oldest epoch with unsent events (disputed ones are passed over), from its watermark on; at most `max_events`
  // and about `max_bytes`.
  [[nodiscard]] Result<Outgoing> outgoing(std::size_t max_events, std::size_t max_bytes);
  // Counts up durably, so that no two calls of an epoch carry the same number.
  [[nodiscard]] Result<std::uint64_t> next_call_no(Epoch epoch);
  // The centre has seen a higher number (its answer to a call it took for a replay).
  [[nodiscard]] Status raise_call_no(Epoch epoch, std::uint64_t at_least);
  // One transaction: the watermark, arrivals, the feed, the clock's anchor. The watermark follows the centre's also
  // backwards: what it lost is sent again. kConflict when the centre's chain is not ours there (a restored or cloned
  // disk): then nothing of the answer is taken, the life is marked as disputed, and a new one begins.
  [[nodiscard]] Result<AnswerOutcome> apply_answer(Epoch epoch, const wire::Answer& answer);

  // --- maintenance
  // Marks disputed lives as undisputed, so that their events are offered once more: after the centre was put right.
  [[nodiscard]] Status offer_disputed_again();
  // The chain of every own epoch, the projections rebuilt and compared, SQLite's own check. kCorrupt says what differs.
  [[nodiscard]] Status verify();
  [[nodiscard]] Status rebuild_projections();
  // Moves the write-ahead log into the database and the witness to the disk; for idle moments.
  [[nodiscard]] Status checkpoint();

 private:
  struct Sealed;
  Store(StoreOptions options, Env& env, std::unique_ptr<SQLite::Database> database);

  // --- lives.cc
  Status prepare();
  Result<Epoch> begin_life();
  Result<bool> is_own_life(Epoch epoch);
  Result<bool> is_behind(const WitnessRecord& witness);
  Status dispute(Epoch epoch);
  Result<WitnessRecord> witness_now();
  void note_witness(const WitnessRecord& record, Durability durability);
  [[nodiscard]] std::string witness_path() const { return options_.folder + "/journal.witness"; }
  Result<std::optional<WitnessRecord>> witness_or_set_aside(bool database_is_new);
  // --- journal.cc
  struct Head {
    Seq seq;
    crypto::Hash chain{};
  };
  Result<Epoch> current_epoch();
  Result<Head> head(Epoch epoch);
  Result<EventTime> stamp(Epoch epoch, Head& head);
  Status ensure_streams(Epoch epoch, Head& head);
  Status append(const Event& event, ByteView sealed, ByteView office_sealed, Head& head);
  EventTime time_now(std::uint32_t boot);
  Result<std::uint32_t> next_counter();
  // --- projection.cc
  enum class Source { kOwn, kFeed };
  Status project(std::int64_t ord, const Event& event, Source source, std::optional<WallMs> arrived_ms);
  Result<bool> number_is_taken(const Ticket& ticket);
  Status project_orphans(const TicketId& ticket);
  Result<std::optional<Ticket>> load_ticket(const TicketId& id);
  Status save_ticket(const Ticket& ticket);
  Status project_everything();
  // --- verify.cc
  Status verify_chain(Epoch epoch);
  // --- sync_state.cc
  Result<AnswerOutcome> take_answer(Epoch epoch, const wire::Answer& answer, bool& disputed);
  Status take_feed(const wire::Answer& answer, AnswerOutcome& outcome);
  Result<bool> take_feed_item(const wire::FeedItem& item);
  Status take_acknowledgement(Epoch epoch, const wire::Answer& answer, AnswerOutcome& outcome, bool& disputed);
  // --- facts
  std::int64_t fact(const char* name, std::int64_t otherwise);
  void set_fact(const char* name, std::int64_t value);
  std::optional<std::int64_t> find_fact(const char* name);

  StoreOptions options_;
  Env& env_;
  std::unique_ptr<SQLite::Database> database_;
  sqlite::StatementCache statements_{*database_};
  WitnessRecord last_witness_;          // as this process last wrote it
  std::uint32_t unsynced_filings_ = 0;  // since the disk surely had the witness
  StoreNotice notice_;
  // The ratchets of this process; dropped after any failure, so that a rolled-back stream is never written to.
  std::unique_ptr<Sealed> sealed_;
};

}  // namespace mimika
