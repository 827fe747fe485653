// How many records a second one core makes into a call, and how many a centre takes.
//
//   bench_records encode COUNT < stories            encodes, seals (to the centre), chains, frames, compresses, signs
//   bench_records ingest FOLDER COUNT < stories     a kiosk's calls of a thousand records, taken by SyncIngest into a
//                                                   real database, against bare inserts of the same bytes beside it,
//                                                   committed as often; the two take turns
//
// Prints one JSON object.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "kiosk/base/limits.h"
#include "kiosk/base/log.h"
#include "kiosk/crypto/ratchet.h"
#include "kiosk/sqlite/database.h"
#include "sync/central/ingest/sync_call.h"
#include "sync/central/store/devices.h"
#include "sync/central/store/sqlite_store.h"
#include "sync/wire/envelope.h"
#include "sync/wire/event_codec.h"

namespace mimika::bench {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kRecordsACall = 1000;
constexpr WallMs kNow = 1'795'500'000'000;  // 2026-11-24

template <typename Work>
double seconds_of(Work&& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

// Of this process on a processor: what a machine that others share takes away does not count.
double processor_seconds() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

// A kiosk without a store: its journal is what it has just made.
class Kiosk {
 public:
  Kiosk(Env& env, const crypto::BoxPublicKey& centre, std::vector<std::string> stories)
      : key(crypto::SigningKey::generate(env)), env_(env), centre_(centre), stories_(std::move(stories)) {}

  // The next records as a signed call.
  Result<Bytes> next_call(std::size_t records) {
    wire::Call call;
    call.header = {.device = kDevice,
                   .epoch = kEpoch,
                   .first_seq = Seq{seq_ + 1},
                   .chain_before = wire::chain_mark(chain_),
                   .feed_cursor = cursor,
                   .call_no = ++call_no_,
                   .wall_ms = kNow,
                   .policy_version = 0,
                   .answer_bytes = 0,
                   .documents = {},
                   .wants = {}};
    raw_bytes = 0;
    while (call.records.size() < records) {
      if (!stream_ || stream_->next_index() == limits::kStreamEvents) {
        TRY_ASSIGN(stream_, crypto::SealStream::open(env_, crypto::Recipient::kCentre, centre_));
        stream_seq_ = Seq{seq_ + 1};
        call.records.push_back(record_of(SealStreamOpened{stream_->sealed_key()}, {}));
        continue;
      }
      call.records.push_back(filing());
    }
    records_ = call.records;
    return wire::encode_call(call, key, centre_);
  }

  [[nodiscard]] const std::vector<wire::EventRecord>& last_records() const { return records_; }

  static constexpr DeviceId kDevice{1001};
  static constexpr Epoch kEpoch{77};
  crypto::SigningKey key;
  FeedSeq cursor;             // as the centre's answers say
  std::size_t raw_bytes = 0;  // of the last call's records, before compression

 private:
  wire::EventRecord filing() {
    TicketFiled filed;
    filed.number = {DeviceCode{"JLA1"}, ++counter_};
    filed.district = DistrictCode{"94.04.06"};
    filed.category = CategoryId{"air"};
    filed.kampung = KampungCode{"94.04.06.2002"};
    env_.fill_random(filed.receipt_key);
    PrivatePart details;
    details.story = stories_[counter_ % stories_.size()];
    return record_of(filed, wire::encode_private_part(
                                details, wire::Dictionaries::built_in().find(wire::kNewestBuiltInDictionary).get()));
  }

  wire::EventRecord record_of(EventPayload payload, const Bytes& details) {
    Event event;
    event.key = {kDevice, kEpoch, Seq{++seq_}};
    event.time = {kNow, static_cast<std::int64_t>(seq_), 1, ClockConfidence::kSynced};
    event.payload = std::move(payload);
    wire::EventRecord record;
    if (!details.empty()) {
      event.sealed_at = SealPosition{stream_seq_, stream_->next_index()};
      record.sealed = stream_->seal(event.key, details);
    }
    record.event = wire::encode_event(event);
    chain_ = wire::chain_next(chain_, event.key, record.event, record.sealed);
    raw_bytes += record.event.size() + record.sealed.size();
    return record;
  }

  Env& env_;
  crypto::BoxPublicKey centre_;
  std::vector<std::string> stories_;
  std::optional<crypto::SealStream> stream_;
  Seq stream_seq_;
  crypto::Hash chain_ = wire::chain_start(kDevice, kEpoch);
  std::uint64_t seq_ = 0;
  std::uint64_t call_no_ = 0;
  std::uint32_t counter_ = 0;
  std::vector<wire::EventRecord> records_;
};

Result<Json> encode(std::size_t count, std::vector<std::string> stories) {
  const auto env = make_system_env();
  const crypto::BoxKey centre = crypto::BoxKey::generate(*env);
  Kiosk kiosk(*env, centre.public_key(), std::move(stories));
  std::size_t records = 0;
  std::size_t call_bytes = 0;
  std::size_t raw_bytes = 0;
  Status status;
  const double cpu_before = processor_seconds();
  const double seconds = seconds_of([&] {
    while (records < count && status) {
      auto call = kiosk.next_call(kRecordsACall);
      if (!call) {
        status = std::unexpected(call.error());
        return;
      }
      records += kiosk.last_records().size();
      raw_bytes += kiosk.raw_bytes;
      call_bytes += call->size();
    }
  });
  const double cpu = processor_seconds() - cpu_before;
  TRY(status);
  return Json{{"records", records},
              {"per_s", static_cast<double>(records) / seconds},
              {"per_processor_s", static_cast<double>(records) / cpu},
              {"raw_bytes_per_record", raw_bytes / records},
              {"call_bytes_per_record", call_bytes / records}};
}

// The same bytes, in the plainest table that keeps them apart, in one transaction a call.
class BareTable {
 public:
  static Result<BareTable> open(const std::string& path) {
    BareTable table;
    TRY_ASSIGN(table.database_, sqlite::open(path, {}));
    TRY(sqlite::guard("making the bare table", [&]() -> Status {
      table.database_->exec("CREATE TABLE bare (id INTEGER PRIMARY KEY, event BLOB, sealed BLOB)");
      return {};
    }));
    return table;
  }

  Status insert(const std::vector<wire::EventRecord>& records) {
    return sqlite::guard("inserting", [&]() -> Status {
      SQLite::Transaction transaction(*database_, SQLite::TransactionBehavior::IMMEDIATE);
      SQLite::Statement insert(*database_, "INSERT INTO bare (event, sealed) VALUES (?, ?)");
      for (const wire::EventRecord& record : records) {
        sqlite::bind_blob(insert, 1, record.event);
        sqlite::bind_blob(insert, 2, record.sealed);
        insert.exec();
        insert.reset();
      }
      transaction.commit();
      return {};
    });
  }

 private:
  std::unique_ptr<SQLite::Database> database_;
};

Status enrol(central::Database& database, const Kiosk& kiosk) {
  return central::in_transaction(database, [&]() -> Status {
    central::Device device;
    device.id = Kiosk::kDevice;
    device.code = DeviceCode{"JLA1"};
    device.district = DistrictCode{"94.04.06"};
    device.name = "bench";
    TRY(central::insert_device(database, device));
    return central::bind_device_key(database, device.id, kiosk.key.verify_key(), kNow);
  });
}

Result<Json> ingest(const std::string& folder, std::size_t count, std::vector<std::string> stories) {
  const auto env = make_system_env();
  central::CentreKeys keys;
  keys.signing = crypto::SigningKey::generate(*env);
  keys.box = crypto::BoxKey::generate(*env);
  Kiosk kiosk(*env, keys.box.public_key(), std::move(stories));
  const std::string path = folder + "/" + central::kDatabaseFile;
  TRY(central::prepare_sqlite(path, [](bool) -> Status { return {}; }));
  TRY_ASSIGN(const auto pool, central::DatabasePool::open(path, 1));
  TRY_ASSIGN(const auto lease, pool->borrow());
  TRY(enrol(*lease, kiosk));
  TRY_ASSIGN(BareTable bare, BareTable::open(folder + "/bare.db"));
  const Catalogue catalogue;  // nothing here is of staff
  const central::SyncIngest centre(*env, keys, catalogue, folder + "/blobs");

  std::size_t records = 0;
  double taking = 0;
  double taking_cpu = 0;
  double inserting = 0;
  while (records < count) {
    TRY_ASSIGN(const Bytes call, kiosk.next_call(kRecordsACall));
    central::Answered<Bytes> answer = Bytes();
    const double cpu_before = processor_seconds();
    taking += seconds_of([&] { answer = centre.take(*lease, call); });
    taking_cpu += processor_seconds() - cpu_before;
    if (!answer) return fail(ErrorCode::kInternal, "the centre refuses: " + answer.error().message);
    TRY_ASSIGN(const wire::Answer read, wire::decode_answer(*answer, keys.signing.verify_key()));
    if (!read.feed.empty()) kiosk.cursor = read.feed.back().feed_seq;
    Status inserted;
    inserting += seconds_of([&] { inserted = bare.insert(kiosk.last_records()); });
    TRY(inserted);
    records += kiosk.last_records().size();
  }
  TRY_ASSIGN(const auto rows, (*lease).query("SELECT (SELECT COUNT(*) FROM event), (SELECT COUNT(*) FROM ticket)"));
  if (rows[0].unsigned_integer(0) != records) return fail(ErrorCode::kInternal, "the centre holds not what it took");
  return Json{{"records", records},
              {"tickets", rows[0].integer(1)},
              {"per_s", static_cast<double>(records) / taking},
              {"per_processor_s", static_cast<double>(records) / taking_cpu},
              {"bare_inserts_per_s", static_cast<double>(records) / inserting}};
}

Status run(int argc, char** argv) {
  std::vector<std::string> stories;
  for (std::string line; std::getline(std::cin, line);) stories.push_back(line);
  if (stories.empty()) return fail(ErrorCode::kInvalidInput, "no stories on standard input");
  const std::size_t count = std::strtoull(argv[argc - 1], nullptr, 10);
  TRY_ASSIGN(const Json found,
             argc == 3 ? encode(count, std::move(stories)) : ingest(argv[2], count, std::move(stories)));
  std::printf("%s\n", found.dump().c_str());
  return {};
}

}  // namespace
}  // namespace mimika::bench

int main(int argc, char** argv) {
  const std::string what = argc >= 3 ? argv[1] : "";
  if (!(what == "encode" && argc == 3) && !(what == "ingest" && argc == 4)) {
    std::fprintf(stderr, "usage: bench_records encode COUNT | ingest FOLDER COUNT\n");
    return 2;
  }
  mimika::open_log("", mimika::LogLevel::kError);
  const mimika::Status status = mimika::bench::run(argc, argv);
  if (status) return 0;
  std::fprintf(stderr, "bench_records: %s\n", status.error().message.c_str());
  return 1;
}
