// What the store has to do with sticks: which events to write on one, that they were written, and the centre's word
// that comes back on one, perhaps weeks later and after newer ones.
#include <algorithm>
#include <limits>

#include "kiosk/base/log.h"
#include "kiosk/store/store.h"
#include "sync/wire/event_codec.h"

namespace mimika {
namespace {

// A clock this far behind what the centre wrote is wrong: an ACK cannot be older than it is.
constexpr std::int64_t kBehindMs = 60'000;

}  // namespace

Result<std::vector<UnsentLife>> Store::unsent_lives() {
  return sqlite::guard("looking for unsent events", [&]() -> Result<std::vector<UnsentLife>> {
    SQLite::Statement query(*database_,
                            "SELECT p.epoch, p.acked_seq, COALESCE((SELECT MAX(e.seq) FROM event e WHERE e.device = ?1 "
                            "AND e.epoch = p.epoch AND e.chain IS NOT NULL), 0) AS last FROM epoch p "
                            "WHERE p.disputed = 0 AND (last > p.acked_seq OR p.life = (SELECT MAX(life) FROM epoch)) "
                            "ORDER BY p.life");
    query.bind(1, static_cast<std::int64_t>(options_.identity.device.value));
    std::vector<UnsentLife> lives;
    while (query.executeStep()) {
      lives.push_back({Epoch{static_cast<std::uint32_t>(query.getColumn(0).getInt64())},
                       Seq{static_cast<std::uint64_t>(query.getColumn(1).getInt64())},
                       Seq{static_cast<std::uint64_t>(query.getColumn(2).getInt64())}});
    }
    return lives;
  });
}

Result<Seq> Store::arrived_until(Epoch epoch) {
  return sqlite::guard("reading a watermark", [&]() -> Result<Seq> {
    SQLite::Statement query(*database_, "SELECT acked_seq FROM epoch WHERE epoch = ? AND disputed = 0");
    query.bind(1, static_cast<std::int64_t>(epoch.value));
    if (!query.executeStep()) return Seq{0};
    return Seq{static_cast<std::uint64_t>(query.getColumn(0).getInt64())};
  });
}

Result<bool> Store::has_attachments_until(Epoch epoch, Seq last) {
  return sqlite::guard("looking for what was lost", [&]() -> Result<bool> {
    if (database_->execAndGet("SELECT EXISTS (SELECT 1 FROM blob WHERE state = 3)").getInt() != 0) return false;
    if (last.value == 0) return true;
    SQLite::Statement query(*database_,
                            "SELECT 1 FROM event WHERE device = ? AND epoch = ? AND seq = ? AND chain IS NOT NULL");
    query.bind(1, static_cast<std::int64_t>(options_.identity.device.value));
    query.bind(2, static_cast<std::int64_t>(epoch.value));
    query.bind(3, static_cast<std::int64_t>(last.value));
    return query.executeStep();
  });
}

Result<Outgoing> Store::outgoing_from(Epoch epoch, Seq first, std::size_t max_events, std::size_t max_bytes) {
  return sqlite::guard("reading events for a stick", [&]() -> Result<Outgoing> {
    Outgoing out;
    out.epoch = epoch;
    out.first_seq = first;
    TRY_ASSIGN(out.ends_at, end_of(epoch));
    out.feed_cursor = FeedSeq{static_cast<std::uint64_t>(fact("feed_cursor", 0))};
    TRY(read_own_events(out, max_events, max_bytes));
    TRY(describe_documents(out));
    TRY_ASSIGN(out.states_after, states_after());
    return out;
  });
}

Status Store::note_export(Epoch epoch, Seq first, Seq last) {
  return sqlite::guard("noting an export", [&]() -> Status {
    SQLite::Transaction transaction(*database_, SQLite::TransactionBehavior::IMMEDIATE);
    // What has arrived since needs no note.
    database_->exec(
        "DELETE FROM export WHERE last_seq <= "
        "(SELECT acked_seq FROM epoch p WHERE p.epoch = export.epoch)");
    SQLite::Statement note(*database_,
                           "INSERT INTO export (epoch, first_seq, last_seq, exported_ms) VALUES (?, ?, ?, ?) "
                           "ON CONFLICT (epoch, first_seq, last_seq) DO UPDATE SET exported_ms = excluded.exported_ms");
    note.bind(1, static_cast<std::int64_t>(epoch.value));
    note.bind(2, static_cast<std::int64_t>(first.value));
    note.bind(3, static_cast<std::int64_t>(last.value));
    note.bind(4, env_.wall_ms());
    note.exec();
    transaction.commit();
    return {};
  });
}

Result<ExportState> Store::export_state() {
  return sqlite::guard("reading what was exported", [&]() -> Result<ExportState> {
    ExportState state;
    SQLite::Statement count(*database_,
                            "SELECT COUNT(*) FROM epoch p JOIN event e ON e.device = ?1 AND e.epoch = p.epoch "
                            "AND e.seq > p.acked_seq AND e.chain IS NOT NULL WHERE EXISTS (SELECT 1 FROM export x "
                            "WHERE x.epoch = p.epoch AND e.seq BETWEEN x.first_seq AND x.last_seq)");
    count.bind(1, static_cast<std::int64_t>(options_.identity.device.value));
    if (count.executeStep()) state.exported_unsent = static_cast<std::uint64_t>(count.getColumn(0).getInt64());
    SQLite::Statement last(*database_, "SELECT MAX(exported_ms) FROM export");
    if (last.executeStep() && !last.getColumn(0).isNull()) state.last_export_ms = last.getColumn(0).getInt64();
    state.ack_version = static_cast<std::uint64_t>(fact("ack_version", 0));
    return state;
  });
}

Result<AckOutcome> Store::apply_ack(const wire::Ack& ack) {
  std::vector<Epoch> disputed;
  auto outcome = sqlite::guard("taking an ACK", [&]() -> Result<AckOutcome> {
    SQLite::Transaction transaction(*database_, SQLite::TransactionBehavior::IMMEDIATE);
    AckOutcome out;
    if (ack.device != options_.identity.device) return fail(ErrorCode::kConflict, "an ACK for another kiosk");
    if (ack.version > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
      return fail(ErrorCode::kConflict, "an ACK's version without measure");
    }
    const auto version = static_cast<std::int64_t>(ack.version);
    if (version <= fact("ack_version", 0)) return out;
    out.taken = true;
    set_fact("ack_version", version);
    for (const wire::LifeAck& life : ack.lives) TRY(take_life(life, ack.news.server_ms, out.answer, disputed));
    // What a call has overtaken knows less: how tickets were would take back how they are. The feed only adds.
    const bool overtaken = is_overtaken(ack.news.server_ms);
    if (!overtaken) TRY(take_states(ack.news, out.answer));
    TRY(take_feed(ack.news, Way::kStick, out.answer));
    if (!ack.news.policy.empty()) TRY(take_policy(ack.news.policy, Way::kStick));
    TRY(take_documents(ack.news, Way::kStick, out.answer));
    if (ack.news.dictionary > fact("dictionary", 0)) set_fact("dictionary", ack.news.dictionary);
    // It was written some time ago, so it says of the clock only that this much has passed.
    if (!overtaken) {
      set_fact("last_contact_ms", ack.news.server_ms);
      set_fact("last_contact_by_stick", 1);
      set_fact("powered_without_word_ms", 0);
      TRY(take_wants(ack.blobs, {}, out.answer));
    }
    if (env_.wall_ms() < ack.news.server_ms - kBehindMs) set_fact("synced_boot_id", 0);
    transaction.commit();
    return out;
  });
  for (const Epoch epoch : disputed) {
    if (outcome) TRY(dispute(epoch));
  }
  return outcome;
}

// Among ACKs their versions tell; the centre's clock may once have been wrong, and been put right.
bool Store::is_overtaken(WallMs ack_ms) {
  return fact("last_contact_by_stick", 0) == 0 && ack_ms <= fact("last_contact_ms", 0);
}

// One life's watermark, by the rules of any answer; but a stick that was long on its way takes nothing back.
Status Store::take_life(const wire::LifeAck& life, WallMs server_ms, AnswerOutcome& outcome,
                        std::vector<Epoch>& disputed) {
  SQLite::Statement known(*database_, "SELECT acked_seq FROM epoch WHERE epoch = ?");
  known.bind(1, static_cast<std::int64_t>(life.epoch.value));
  if (!known.executeStep()) return {};  // of a database before this one
  const auto acked = static_cast<std::uint64_t>(known.getColumn(0).getInt64());
  if (is_overtaken(server_ms) && life.acknowledged.value < acked) return {};

  wire::Answer answer;
  answer.acknowledged = life.acknowledged;
  answer.chain_at = life.chain_at;
  answer.server_ms = server_ms;
  AnswerOutcome mine;
  Difference differs;
  const Status taken = take_acknowledgement(life.epoch, answer, mine, differs);
  if (differs.disputed) {
    TRY_ASSIGN(const bool disputed_before, is_disputed(life.epoch));
    if (disputed_before) return {};
    // Written before the centre heard where this life ended: it may have more of it than a restored database does. The
    // next bundle tells it.
    TRY_ASSIGN(const Epoch current, current_epoch());
    if (differs.reason == kAcknowledgesUnknown && life.epoch != current) return {};
  }
  if (!differs.reason.empty()) count_refusal(RefusedWhat::kStickFile, differs.reason);
  if (differs.disputed) {
    log_error("store", "an ACK tells epoch {} differently: {}", life.epoch.value, taken.error().message);
    disputed.push_back(life.epoch);
    return {};
  }
  TRY(taken);
  TRY(settle_dispute(life.epoch));
  outcome.newly_arrived += mine.newly_arrived;
  TRY(note_set_aside(life.epoch, life.rejects));
  outcome.rejects.insert(outcome.rejects.end(), life.rejects.begin(), life.rejects.end());
  if (!is_overtaken(server_ms)) refuse_blobs_of(life.epoch, life.rejects);
  return {};
}

}  // namespace mimika
