#include "sync/central/cli/verify.h"

#include <fmt/format.h>

#include <map>
#include <tuple>

#include "kiosk/model/mark.h"
#include "sync/central/projection/projector.h"
#include "sync/central/store/blobs.h"
#include "sync/central/store/columns.h"
#include "sync/central/store/journals.h"
#include "sync/wire/event_codec.h"

namespace mimika::central {
namespace {

constexpr int kBatch = 500;
constexpr std::size_t kMaxProblems = 100;

class Verifier {
 public:
  Verifier(Database& database, const CentreKeys& keys) : database_(database), projector_(keys) {}

  Result<VerifyReport> run() {
    if (const Status sound = database_.check_integrity(); !sound) problem(sound.error().message);
    std::uint64_t position = 0;
    for (;;) {
      TRY_ASSIGN(const auto events, events_after(database_, position, kBatch));
      if (events.empty()) break;
      for (const StoredEvent& event : events) {
        if (event.position != position + 1) problem(fmt::format("position {} is missing", position + 1));
        position = event.position;
        TRY(take(event));
      }
    }
    TRY(compare_journals());
    TRY(compare_tickets());
    TRY(compare_feeds());
    TRY(compare_reads());
    return std::move(report_);
  }

 private:
  struct Chain {
    Seq seq;
    crypto::Hash hash{};
  };

  void problem(std::string text) {
    if (report_.problems.size() < kMaxProblems) report_.problems.push_back(std::move(text));
  }

  Status take(const StoredEvent& stored) {
    ++report_.events;
    const auto source = std::make_pair(stored.key.device, stored.key.epoch);
    Chain& chain =
        chains_.try_emplace(source, Chain{Seq{0}, wire::chain_start(source.first, source.second)}).first->second;
    const std::string name = to_string(stored.key);
    if (stored.key.seq.value != chain.seq.value + 1) problem("a gap before event " + name);
    chain.hash = wire::chain_next(chain.hash, stored.key, stored.event, stored.sealed);
    chain.seq = stored.key.seq;
    if (chain.hash != stored.chain) problem("the chain breaks at event " + name);
    if (stored.set_aside) return {};

    const auto event = wire::decode_event(stored.key, stored.event);
    if (!event) {
      problem("event " + name + ": " + event.error().message);
      return {};
    }
    if (std::holds_alternative<PrivatePartRead>(event->payload)) ++reads_;
    const auto id = ticket_of(*event);
    if (!id || std::holds_alternative<PrivatePartRead>(event->payload)) return {};
    return project(*id, *event, stored);
  }

  Status project(const TicketId& id, const Event& event, const StoredEvent& stored) {
    std::optional<TicketRow> before;
    if (const auto found = tickets_.find(id); found != tickets_.end()) before = found->second;
    TRY_ASSIGN(auto after, projector_.next(database_, std::move(before), event, stored.sealed, stored.received_ms));
    if (!after) {
      waiting_[id].push_back(stored);
      return {};
    }
    if (belongs_in_feed(event)) feeds_[after->ticket.district.value].push_back(stored.key);
    tickets_.insert_or_assign(id, std::move(*after));
    if (!std::holds_alternative<TicketFiled>(event.payload)) return {};
    const std::vector<StoredEvent> waiting = std::exchange(waiting_[id], {});
    for (const StoredEvent& one : waiting) {
      TRY_ASSIGN(const Event said, wire::decode_event(one.key, one.event));
      TRY(project(id, said, one));
    }
    return {};
  }

  Status compare_journals() {
    TRY_ASSIGN(const auto journals, list_journals(database_));
    report_.journals = journals.size();
    for (const JournalKey& journal : journals) {
      const auto found = chains_.find({journal.device, journal.epoch});
      const std::uint64_t last = found == chains_.end() ? 0 : found->second.seq.value;
      const crypto::Hash hash =
          found == chains_.end() ? wire::chain_start(journal.device, journal.epoch) : found->second.hash;
      if (last != journal.head.last_seq.value || hash != journal.head.chain) {
        problem(fmt::format("journal {}/{} says it ends at {}, its events at {}", journal.device.value,
                            journal.epoch.value, journal.head.last_seq.value, last));
      }
    }
    return {};
  }

  Status compare_tickets() {
    TRY_ASSIGN(const auto count, database_.query("SELECT COUNT(*) FROM ticket"));
    report_.tickets = count[0].unsigned_integer(0);
    if (report_.tickets != tickets_.size()) {
      problem(fmt::format("{} tickets are stored, the events make {}", report_.tickets, tickets_.size()));
    }
    for (const auto& [id, rebuilt] : tickets_) {
      TRY_ASSIGN(const auto rows,
                 database_.query("SELECT number, district, routing_category, opd, status, colour, arrived_ms, body "
                                 "FROM ticket WHERE device = $1 AND epoch = $2 AND seq = $3",
                                 {value_of(id.device.value), value_of(id.epoch.value), value_of(id.seq.value)}));
      if (rows.empty() || !same(rows[0], rebuilt)) problem("ticket " + to_string(id) + " is not what its events make");
    }
    return {};
  }

  static bool same(const Row& row, const TicketRow& rebuilt) {
    const Ticket& ticket = rebuilt.ticket;
    return row.text(0) == format_ticket_number(ticket.number) && row.text(1) == ticket.district.value &&
           optional_id<CategoryId>(row, 2) == rebuilt.routing_category && optional_id<OpdId>(row, 3) == ticket.opd &&
           row.integer(4) == static_cast<std::int64_t>(ticket.status) &&
           row.integer(5) == static_cast<std::int64_t>(stored_colour(ticket)) &&
           row.integer(6) == clock_start_ms(ticket).value_or(0) && row.bytes(7) == wire::encode_ticket(ticket);
  }

  Status compare_feeds() {
    TRY_ASSIGN(const auto rows,
               database_.query("SELECT district, feed_seq, device, epoch, seq FROM feed ORDER BY district, feed_seq"));
    report_.feed_items = rows.size();
    std::map<std::string, std::size_t> seen;
    for (const Row& row : rows) {
      const std::string& district = row.text(0);
      const std::size_t index = seen[district]++;
      const auto& expected = feeds_[district];
      const bool good =
          row.unsigned_integer(1) == index + 1 && index < expected.size() && expected[index] == read_key(row, 2);
      if (!good) problem(fmt::format("the feed of {} is wrong at {}", district, row.integer(1)));
    }
    for (const auto& [district, expected] : feeds_) {
      if (seen[district] != expected.size()) {
        problem(
            fmt::format("the feed of {} has {} items, the events make {}", district, seen[district], expected.size()));
      }
    }
    return {};
  }

  Status compare_reads() {
    TRY_ASSIGN(const auto count, database_.query("SELECT COUNT(*) FROM private_read"));
    if (count[0].unsigned_integer(0) != reads_) problem("the log of private readings does not match the events");
    return {};
  }

  Database& database_;
  Projector projector_;
  VerifyReport report_;
  std::map<std::pair<DeviceId, Epoch>, Chain> chains_;
  std::map<TicketId, TicketRow> tickets_;
  std::map<TicketId, std::vector<StoredEvent>> waiting_;
  std::map<std::string, std::vector<EventKey>> feeds_;
  std::uint64_t reads_ = 0;
};

}  // namespace

Result<VerifyReport> verify_database(Database& database, const CentreKeys& keys) {
  // One view, so that what a running server adds meanwhile is not half seen.
  return in_snapshot(database, [&] { return Verifier(database, keys).run(); });
}

// A gigabyte at a time must not keep the database from being tidied: the files are read outside of any transaction.
Status verify_attachments(Database& database, const std::string& blob_folder, VerifyReport& report) {
  const BlobFiles files(blob_folder);
  TRY_ASSIGN(const std::vector<BlobRow> blobs, complete_blobs(database));
  for (const BlobRow& blob : blobs) {
    ++report.attachments;
    const auto content = files.read(blob);
    if (content) continue;
    report.damaged.push_back(blob.id);
    if (report.problems.size() < kMaxProblems) {
      report.problems.push_back(fmt::format("attachment {}: {}", wire::to_string(blob.id), content.error().message));
    }
  }
  return {};
}

std::string describe(const VerifyReport& report) {
  std::string out = fmt::format("{} journals, {} events, {} tickets, {} feed items, {} attachments: ", report.journals,
                                report.events, report.tickets, report.feed_items, report.attachments);
  if (report.problems.empty()) return out + "all chains, projections and attachments are right\n";
  out += fmt::format("{} problems\n", report.problems.size());
  for (const std::string& text : report.problems) out += "  " + text + "\n";
  return out;
}

}  // namespace mimika::central
