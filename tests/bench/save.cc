// What a durable save costs: filing one ticket through the store, against one INSERT of the same number of bytes into a
// bare table of a database opened with the same settings. Both in one run, taking turns, on the same disk.
//
//   bench_save FOLDER COUNT < stories     one story a line; prints one JSON object
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "kiosk/base/log.h"
#include "kiosk/sqlite/database.h"
#include "kiosk/store/store.h"

namespace mimika {
namespace {

using Microseconds = std::vector<double>;

// The bytes that one filing put into the journal's event rows.
struct RowSizes {
  std::size_t event = 0;
  std::size_t sealed = 0;
  std::size_t office_sealed = 0;
  [[nodiscard]] std::size_t total() const { return event + sealed + office_sealed; }
};

class BareTable {
 public:
  static Result<BareTable> open(const std::string& path) {
    BareTable table;
    TRY_ASSIGN(table.database_, sqlite::open(path, {}));
    TRY(sqlite::guard("making the bare table", [&]() -> Status {
      table.database_->exec("CREATE TABLE bare (id INTEGER PRIMARY KEY, event BLOB, sealed BLOB, office_sealed BLOB)");
      table.insert_ = std::make_unique<SQLite::Statement>(
          *table.database_, "INSERT INTO bare (event, sealed, office_sealed) VALUES (?, ?, ?)");
      return {};
    }));
    return table;
  }

  Status insert(const Bytes& event, const Bytes& sealed, const Bytes& office_sealed) {
    return sqlite::guard("inserting", [&]() -> Status {
      sqlite::bind_blob(*insert_, 1, event);
      sqlite::bind_blob(*insert_, 2, sealed);
      sqlite::bind_blob(*insert_, 3, office_sealed);
      insert_->exec();
      insert_->reset();
      return {};
    });
  }

 private:
  std::unique_ptr<SQLite::Database> database_;
  std::unique_ptr<SQLite::Statement> insert_;
};

// Looks at the journal from beside, so that the store itself does nothing more than in the field.
class JournalReader {
 public:
  static Result<JournalReader> open(const std::string& path) {
    JournalReader reader;
    TRY_ASSIGN(reader.database_, sqlite::open(path, {.mode = sqlite::OpenMode::kReadOnly}));
    return reader;
  }

  Result<RowSizes> of(const EventKey& key) {
    return sqlite::guard("reading the journal", [&]() -> Result<RowSizes> {
      SQLite::Statement query(*database_,
                              "SELECT length(event), length(sealed), length(office_sealed) FROM event "
                              "WHERE device = ? AND epoch = ? AND seq = ?");
      query.bind(1, static_cast<std::int64_t>(key.device.value));
      query.bind(2, static_cast<std::int64_t>(key.epoch.value));
      query.bind(3, static_cast<std::int64_t>(key.seq.value));
      if (!query.executeStep()) return fail(ErrorCode::kNotFound, "the saved event is not in the journal");
      const auto size = [&](int column) { return static_cast<std::size_t>(query.getColumn(column).getInt64()); };
      return RowSizes{size(0), size(1), size(2)};
    });
  }

 private:
  std::unique_ptr<SQLite::Database> database_;
};

Bytes random_bytes(Env& env, std::size_t count) {
  Bytes bytes(count);
  env.fill_random(bytes);
  return bytes;
}

template <typename Work>
double microseconds_of(Work&& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - begin).count();
}

double percentile(Microseconds samples, double share) {
  std::sort(samples.begin(), samples.end());
  return samples[std::min(samples.size() - 1, static_cast<std::size_t>(share * static_cast<double>(samples.size())))];
}

NewTicket ticket_with(const std::string& story) {
  NewTicket ticket;
  ticket.category = CategoryId{"air"};
  ticket.kampung = KampungCode{"94.04.06.2002"};
  ticket.receipt_key.fill(7);
  ticket.details.story = story;
  return ticket;
}

Status run(const std::string& folder, std::size_t count, const std::vector<std::string>& stories) {
  const auto env = make_system_env();
  const crypto::BoxKey centre = crypto::BoxKey::generate(*env);
  const crypto::BoxKey office = crypto::BoxKey::generate(*env);
  const StoreIdentity identity{DeviceId{1001}, DeviceCode{"JLA1"}, DistrictCode{"94.04.06"}};
  TRY_ASSIGN(const auto store, Store::open({.folder = folder + "/journal",
                                            .identity = identity,
                                            .centre_key = centre.public_key(),
                                            .office_key = office.public_key(),
                                            .program_version = "bench"},
                                           *env));
  TRY_ASSIGN(JournalReader journal, JournalReader::open(folder + "/journal/journal.db"));
  TRY_ASSIGN(BareTable bare, BareTable::open(folder + "/bare.db"));

  // The first turns fill caches and are not counted.
  const std::size_t warm_up = std::min<std::size_t>(20, count);
  Microseconds filing;
  Microseconds inserting;
  double bytes = 0;
  RowSizes sizes{300, 300, 300};
  for (std::size_t turn = 0; turn < count + warm_up; ++turn) {
    const NewTicket ticket = ticket_with(stories[turn % stories.size()]);
    Result<FiledTicket> filed = std::unexpected(Error{});
    Status inserted;
    const auto file = [&] { filed = store->file_ticket(ticket); };
    // The row of the turn before: the same stories come round, so the sizes of both sides add up to the same.
    const Bytes event = random_bytes(*env, sizes.event);
    const Bytes sealed = random_bytes(*env, sizes.sealed);
    const Bytes office_sealed = random_bytes(*env, sizes.office_sealed);
    const auto insert = [&] { inserted = bare.insert(event, sealed, office_sealed); };
    double file_us = 0;
    double insert_us = 0;
    if (turn % 2 == 0) {
      file_us = microseconds_of(file);
      insert_us = microseconds_of(insert);
    } else {
      insert_us = microseconds_of(insert);
      file_us = microseconds_of(file);
    }
    TRY(inserted);
    if (!filed) return std::unexpected(filed.error());
    TRY_ASSIGN(sizes, journal.of(filed->key));
    if (turn < warm_up) continue;
    filing.push_back(file_us);
    inserting.push_back(insert_us);
    bytes += static_cast<double>(sizes.total());
  }
  std::printf(
      "{\"filing_us_p50\": %.1f, \"filing_us_p99\": %.1f, \"insert_us_p50\": %.1f, \"insert_us_p99\": %.1f, "
      "\"bytes_per_ticket\": %.0f, \"tickets\": %zu}\n",
      percentile(filing, 0.50), percentile(filing, 0.99), percentile(inserting, 0.50), percentile(inserting, 0.99),
      bytes / static_cast<double>(count), count);
  return {};
}

}  // namespace
}  // namespace mimika

int main(int argc, char** argv) {
  std::vector<std::string> stories;
  for (std::string line; std::getline(std::cin, line);) stories.push_back(line);
  if (argc != 3 || stories.empty() || std::atoi(argv[2]) < 1) {
    std::fprintf(stderr, "usage: bench_save FOLDER COUNT < stories\n");
    return 2;
  }
  mimika::open_log("", mimika::LogLevel::kError);
  const mimika::Status status = mimika::run(argv[1], static_cast<std::size_t>(std::atoi(argv[2])), stories);
  if (status) return 0;
  std::fprintf(stderr, "bench_save: %s\n", status.error().message.c_str());
  return 1;
}
