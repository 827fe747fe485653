// The lives of this database: each has an epoch of its own, so that no event key is used twice, whatever happens to the
// file. A new one begins with a new database, with one that is older than its witness, and with one that the centre
// knows differently.
#include <algorithm>
#include <filesystem>
#include <system_error>

#include "kiosk/base/files.h"
#include "kiosk/base/log.h"
#include "kiosk/store/sealed_streams.h"
#include "kiosk/store/store.h"

namespace mimika {
namespace {

// The last number that may have been given, as far as this database and the witness know.
std::uint32_t counter_after(const std::optional<WitnessRecord>& witness, std::uint32_t mine) {
  if (!witness) return mine;
  // A person who writes the number from paper knows no epoch, and does not lag.
  const std::uint32_t lag = witness->epoch.value == 0 ? 0 : kWitnessMayLag;
  return std::min(std::max(mine, witness->counter + lag), kMaxTicketCounter);
}

}  // namespace

// Writes who we are and the first epoch into a new database; checks both in an old one.
Status Store::prepare() {
  return sqlite::guard("preparing the journal", [&]() -> Status {
    SQLite::Transaction transaction(*database_, SQLite::TransactionBehavior::IMMEDIATE);
    SQLite::Statement known(*database_, "SELECT device, device_code, district FROM identity");
    const StoreIdentity& mine = options_.identity;
    const bool is_new = !known.executeStep();
    if (!is_new && (known.getColumn(0).getInt64() != mine.device.value ||
                    known.getColumn(1).getString() != mine.device_code.value)) {
      return fail(ErrorCode::kConflict, "this journal belongs to kiosk " + known.getColumn(1).getString());
    }
    TRY_ASSIGN(const std::optional<WitnessRecord> witness, witness_or_set_aside(is_new));
    if (is_new) {
      SQLite::Statement insert(*database_,
                               "INSERT INTO identity (id, device, device_code, district) VALUES (1, ?, ?, ?)");
      insert.bind(1, static_cast<std::int64_t>(mine.device.value));
      insert.bind(2, mine.device_code.value);
      insert.bind(3, mine.district.value);
      insert.exec();
    } else {
      // A technician may have raised the number by hand.
      const bool raised = witness && witness->counter > fact("ticket_counter", 0);
      TRY_ASSIGN(const bool behind, witness ? is_behind(*witness) : Result<bool>(false));
      if (!behind) {
        if (raised) set_fact("ticket_counter", witness->counter);
        // A witness that is lost, or that a power cut left behind, says again what the database knows; and the disk has
        // it before this process gives out anything.
        TRY_ASSIGN(const WitnessRecord now, witness_now());
        transaction.commit();
        note_witness(now, Durability::kSynced);
        return {};
      }
    }
    TRY_ASSIGN(const Epoch epoch, begin_life());
    const std::uint32_t counter = counter_after(witness, static_cast<std::uint32_t>(fact("ticket_counter", 0)));
    set_fact("ticket_counter", counter);
    transaction.commit();
    // Not needed for safety, the first filing writes it too; but without it every opening until then begins a life.
    note_witness({counter, epoch, Seq{0}}, Durability::kSynced);
    return {};
  });
}

Result<WitnessRecord> Store::witness_now() {
  TRY_ASSIGN(const Epoch epoch, current_epoch());
  TRY_ASSIGN(const Head top, head(epoch));
  return WitnessRecord{static_cast<std::uint32_t>(fact("ticket_counter", 0)), epoch, top.seq};
}

// What it says is committed already: a witness that cannot be written is no reason to refuse anything.
void Store::note_witness(const WitnessRecord& record, Durability durability) {
  const Status written = write_witness(witness_path(), record, durability);
  if (!written) log_warning("store", "the witness was not written: {}", written.error().message);
  unsynced_filings_ = durability == Durability::kSynced && written ? 0 : unsynced_filings_ + 1;
  last_witness_ = record;
}

// Whether keys were used that this database does not know of.
Result<bool> Store::is_behind(const WitnessRecord& witness) {
  TRY_ASSIGN(const Epoch epoch, current_epoch());
  if (witness.epoch != epoch) {
    TRY_ASSIGN(const bool known, is_own_life(witness.epoch));
    const bool has_events =
        database_->execAndGet("SELECT EXISTS (SELECT 1 FROM event WHERE chain IS NOT NULL)").getInt() != 0;
    notice_.restored = !known && has_events;
    return !known;
  }
  TRY_ASSIGN(const Head top, head(epoch));
  notice_.restored = witness.seq > top.seq;
  return notice_.restored;
}

Result<bool> Store::is_own_life(Epoch epoch) {
  SQLite::Statement query(*database_, "SELECT 1 FROM epoch WHERE epoch = ?");
  query.bind(1, static_cast<std::int64_t>(epoch.value));
  return query.executeStep();
}

// Of the present life nobody knows yet.
Result<Seq> Store::end_of(Epoch epoch) {
  TRY_ASSIGN(const Epoch current, current_epoch());
  if (epoch == current) return Seq{0};
  TRY_ASSIGN(const Head last, head(epoch));
  return last.seq;
}

Result<Epoch> Store::new_epoch() {
  Epoch epoch;
  for (bool taken = true; taken;) {
    epoch = Epoch{random_integer<std::uint32_t>(env_)};
    TRY_ASSIGN(taken, is_own_life(epoch));
  }
  return epoch;
}

// Inside the caller's transaction.
Result<Epoch> Store::begin_life() {
  TRY_ASSIGN(const Epoch epoch, new_epoch());
  SQLite::Statement life(*database_, "INSERT INTO epoch (epoch, started_ms) VALUES (?, ?)");
  life.bind(1, static_cast<std::int64_t>(epoch.value));
  life.bind(2, env_.wall_ms());
  life.exec();
  return epoch;
}

// The centre holds something else under this life's keys. What it lacks of it stays here, visibly; the events to come
// must not wait behind it.
Status Store::dispute(Epoch epoch) {
  return sqlite::guard("marking a disputed life", [&]() -> Status {
    SQLite::Transaction transaction(*database_, SQLite::TransactionBehavior::IMMEDIATE);
    TRY_ASSIGN(const Head top, head(epoch));
    if (top.seq.value == 0) {
      TRY(rename_empty_life(epoch));
      transaction.commit();
      return {};
    }
    log_error("store", "the centre knows epoch {} differently; going on in a new one", epoch.value);
    SQLite::Statement mark(*database_, "UPDATE epoch SET disputed = 1 WHERE epoch = ?");
    mark.bind(1, static_cast<std::int64_t>(epoch.value));
    mark.exec();
    TRY_ASSIGN(const Epoch current, current_epoch());
    if (current == epoch) TRY(begin_life());
    transaction.commit();
    return {};
  });
}

// A life without events has nothing to disagree about. But a disk that was copied before its first filing shares it
// with its twin, and would be refused, and hear nothing of the feed, until somebody files here. So it gives the name
// up; a row of its own for each would let a centre that is wrong about everything fill the disk.
Status Store::rename_empty_life(Epoch epoch) {
  TRY_ASSIGN(const Epoch current, current_epoch());
  if (current != epoch) return {};
  TRY_ASSIGN(const Epoch fresh, new_epoch());
  log_error("store", "the centre has events of epoch {}, in which this kiosk wrote none; it is called {} now",
            epoch.value, fresh.value);
  SQLite::Statement rename(*database_, "UPDATE epoch SET epoch = ?, acked_seq = 0, call_no = 0 WHERE epoch = ?");
  rename.bind(1, static_cast<std::int64_t>(fresh.value));
  rename.bind(2, static_cast<std::int64_t>(epoch.value));
  rename.exec();
  // Before the commit: a witness that names no life of this database begins a new one, which costs 128 numbers; a
  // database that names none of its witness's does the same, and would not know it.
  note_witness({static_cast<std::uint32_t>(fact("ticket_counter", 0)), fresh, Seq{0}}, Durability::kSynced);
  return {};
}

Result<bool> Store::is_disputed(Epoch epoch) {
  return sqlite::guard("reading a life", [&]() -> Result<bool> {
    auto life = statements_.lend("SELECT disputed FROM epoch WHERE epoch = ?");
    life->bind(1, static_cast<std::int64_t>(epoch.value));
    return life->executeStep() && life->getColumn(0).getInt() != 0;
  });
}

// Inside the caller's transaction. A centre that is right again, or that had not been the centre, knows it as we do.
Status Store::settle_dispute(Epoch epoch) {
  auto settle = statements_.lend("UPDATE epoch SET disputed = 0 WHERE epoch = ? AND disputed <> 0");
  settle->bind(1, static_cast<std::int64_t>(epoch.value));
  if (settle->exec() > 0) log_warning("store", "the centre knows epoch {} as this kiosk does, after all", epoch.value);
  return {};
}

Status Store::offer_disputed_again() {
  return sqlite::guard("offering disputed events again", [&]() -> Status {
    database_->exec("UPDATE epoch SET disputed = 0");
    return {};
  });
}

// A damaged witness is no reason to stop while the database knows the last number itself.
Result<std::optional<WitnessRecord>> Store::witness_or_set_aside(bool database_is_new) {
  auto witness = read_witness(witness_path());
  if (witness || witness.error().code != ErrorCode::kCorrupt) return witness;
  if (database_is_new) {
    return fail_with(std::move(witness).error(),
                     "neither the journal nor its witness knows the last ticket number; write the last one on paper "
                     "into the file, as \"417 0 0\" for JLA1-0417");
  }
  const std::string aside = witness_path() + ".damaged-" + std::to_string(env_.wall_ms());
  log_error("store", "{}; set aside as {}", witness.error().message, aside);
  std::error_code error;
  std::filesystem::rename(witness_path(), aside, error);
  if (error) return std::unexpected(error_from_errno(error.value(), "setting the damaged witness aside"));
  return std::nullopt;
}

}  // namespace mimika
