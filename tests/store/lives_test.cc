// What happens to numbers and keys when the database is lost, damaged, restored from yesterday or cloned: none of them
// may ever be used twice.
#include <filesystem>
#include <set>
#include <string>

#include "kiosk/base/files.h"
#include "kiosk/store/witness.h"
#include "tests/store/store_world.h"

namespace mimika {
namespace {

namespace fs = std::filesystem;
using test::answer_to;
using test::feed_answer;
using test::feed_item;
using test::file;
using test::kHour;
using test::kStart;
using test::outgoing;
using test::status_of;
using test::World;

constexpr std::size_t kLarge = 64 * 1024 * 1024;

void copy_database(const std::string& from, const std::string& to) {
  for (const char* suffix : {"", "-wal", "-shm"}) {
    fs::remove(to + suffix);
    if (fs::exists(from + suffix)) fs::copy_file(from + suffix, to + suffix);
  }
}

// Everything ever given out, of which nothing may be given again.
struct Given {
  std::set<std::uint32_t> counters;
  std::set<EventKey> keys;
  void take(const FiledTicket& filed) {
    INFO(format_ticket_number(filed.number) << " " << to_string(filed.key));
    CHECK(counters.insert(filed.number.counter).second);
    CHECK(keys.insert(filed.key).second);
  }
};

TEST_CASE("a database that is lost leaves its numbers behind") {
  World world;
  Given given;
  for (int life = 0; life < 3; ++life) {
    {
      const auto store = world.open();
      for (int i = 0; i < 4; ++i) given.take(file(*store));
      CHECK_FALSE(store->notice().restored);
    }
    for (const char* suffix : {"", "-wal", "-shm"}) fs::remove(world.database_path() + suffix);
  }
  CHECK(*given.counters.rbegin() == 12 + 2 * kWitnessMayLag);
}

TEST_CASE("a database restored from yesterday begins a new life, and says so") {
  World world;
  Given given;
  {
    const auto store = world.open();
    for (int i = 0; i < 4; ++i) given.take(file(*store));
  }
  copy_database(world.database_path(), world.folder / "yesterday");
  const Epoch first = [&] {
    const auto store = world.open();
    for (int i = 0; i < 6; ++i) given.take(file(*store));
    return status_of(*store).epoch;
  }();
  copy_database(world.folder / "yesterday", world.database_path());

  const auto store = world.open();
  CHECK(store->notice().restored);
  CHECK(status_of(*store).epoch != first);
  for (int i = 0; i < 6; ++i) given.take(file(*store));
  CHECK(*given.counters.rbegin() == 16 + kWitnessMayLag);
  CHECK(store->verify());

  // What the old life still holds goes up first, then the new one.
  const Outgoing old = outgoing(*store);
  CHECK(old.epoch == first);
  CHECK(old.records.size() == 6);
  CHECK(old.more);
  REQUIRE(store->apply_answer(old.epoch, answer_to(old, kStart)));
  const Outgoing fresh = outgoing(*store);
  CHECK(fresh.epoch == status_of(*store).epoch);
  CHECK(fresh.first_seq == Seq{1});
  REQUIRE(store->apply_answer(fresh.epoch, answer_to(fresh, kStart)));
  CHECK(status_of(*store).unsent_events == 0);
  CHECK_FALSE(outgoing(*store).more);
  CHECK(world.open()->notice().restored == false);  // said once
}

TEST_CASE("restored again and again, nothing is used twice") {
  World world;
  Given given;
  {
    given.take(file(*world.open()));
  }
  copy_database(world.database_path(), world.folder / "yesterday");
  for (int day = 0; day < 5; ++day) {
    {
      const auto store = world.open();
      for (int i = 0; i <= day; ++i) given.take(file(*store));
      CHECK(store->verify());
    }
    copy_database(world.folder / "yesterday", world.database_path());
  }
}

TEST_CASE("a database restored from before its first filing begins a new life too") {
  World world;
  Given given;
  {
    static_cast<void>(world.open());
  }
  copy_database(world.database_path(), world.folder / "empty");
  {
    given.take(file(*world.open()));
  }
  copy_database(world.folder / "empty", world.database_path());
  given.take(file(*world.open()));
}

TEST_CASE("a witness that a power cut left behind is caught up, and costs nothing") {
  World world;
  Given given;
  const std::string path = world.folder / "journal.witness";
  Epoch epoch;
  WitnessRecord last;
  {
    const auto store = world.open();
    given.take(file(*store));
    last = read_witness(path).value().value();
    for (int i = 0; i < 4; ++i) given.take(file(*store));
    epoch = status_of(*store).epoch;
  }
  REQUIRE(write_witness(path, last, Durability::kSynced));
  const auto store = world.open();
  CHECK_FALSE(store->notice().restored);
  CHECK(status_of(*store).epoch == epoch);
  CHECK(read_witness(path).value()->counter == 5);
  given.take(file(*store));
  CHECK(*given.counters.rbegin() == 6);
  CHECK(store->verify());
}

TEST_CASE("when a power cut takes the database and leaves the witness behind, no number is given twice") {
  World world;
  Given given;
  const std::string path = world.folder / "journal.witness";
  WitnessRecord on_disk;
  {
    const auto store = world.open();
    on_disk = read_witness(path).value().value();
    // As many as may be given out before the disk surely has the witness.
    for (std::uint32_t i = 0; i < kWitnessMayLag - 1; ++i) given.take(file(*store));
  }
  for (const char* suffix : {"", "-wal", "-shm"}) fs::remove(world.database_path() + suffix);
  REQUIRE(write_witness(path, on_disk, Durability::kSynced));
  const auto store = world.open();
  for (int i = 0; i < 3; ++i) given.take(file(*store));
}

TEST_CASE("opening and closing leave a witness that is not behind") {
  World world;
  const std::string path = world.folder / "journal.witness";
  WitnessRecord stale;
  {
    const auto store = world.open();
    static_cast<void>(file(*store));
    stale = read_witness(path).value().value();
    for (int i = 0; i < 3; ++i) static_cast<void>(file(*store));
    // Whoever writes over it while the store is open is overruled when it closes.
    REQUIRE(write_witness(path, stale, Durability::kSynced));
  }
  CHECK(read_witness(path).value()->counter == 4);
  REQUIRE(write_witness(path, stale, Durability::kSynced));
  static_cast<void>(world.open());
  CHECK(read_witness(path).value()->counter == 4);
}

TEST_CASE("the witness follows every filing, and one that cannot be written costs no filing") {
  World world;
  const std::string path = world.folder / "journal.witness";
  const auto store = world.open();
  for (std::uint32_t i = 1; i <= kWitnessMayLag + 2; ++i) {
    const FiledTicket filed = file(*store);
    const WitnessRecord record = read_witness(path).value().value();
    CHECK(record.counter == i);
    CHECK(record.seq == filed.key.seq);
  }
  fs::remove(path);
  fs::create_directories(path);  // nothing can be written there
  CHECK(file(*store).number.counter == kWitnessMayLag + 3);
}

TEST_CASE("opening again and again begins nothing new") {
  World world;
  for (int i = 0; i < 5; ++i) CHECK_FALSE(world.open()->notice().restored);
  {
    static_cast<void>(file(*world.open()));
  }
  for (int i = 0; i < 5; ++i) CHECK_FALSE(world.open()->notice().restored);
  CHECK(world.count("SELECT COUNT(*) FROM epoch") == 1);
}

TEST_CASE("a damaged database is set aside, not deleted, and filing goes on in a new life") {
  World world;
  Given given;
  {
    const auto store = world.open();
    for (int i = 0; i < 20; ++i) given.take(file(*store));
  }
  Bytes bytes = read_file(world.database_path(), kLarge).value();
  for (std::size_t i = 4096; i < bytes.size(); ++i) bytes[i] ^= 0x5A;
  REQUIRE(write_file_durably(world.database_path(), bytes, FileMode::kPublic));

  const auto store = world.open();
  const std::string aside = store->notice().set_aside_path;
  REQUIRE_FALSE(aside.empty());
  CHECK(read_file(aside, kLarge).value() == bytes);
  given.take(file(*store));
  CHECK(*given.counters.rbegin() == 21 + kWitnessMayLag);
  CHECK(store->verify());
  CHECK(world.open()->notice().set_aside_path.empty());
}

TEST_CASE("a file that is no database at all is set aside in the same way") {
  World world;
  REQUIRE(write_file_durably(world.database_path(), Bytes(5000, 'x'), FileMode::kPublic));
  const auto store = world.open();
  CHECK(read_file(store->notice().set_aside_path, kLarge).value() == Bytes(5000, 'x'));
  static_cast<void>(file(*store));
}

TEST_CASE("a database of a newer program is left alone") {
  World world;
  {
    static_cast<void>(file(*world.open()));
  }
  world.run("PRAGMA user_version = 99");
  const Bytes before = read_file(world.database_path(), kLarge).value();
  const auto refused = Store::open(world.options(), world.env);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::kNewerVersion);
  CHECK(read_file(world.database_path(), kLarge).value() == before);
}

TEST_CASE("a database of the first version is carried forward with everything in it") {
  World world;
  FiledTicket filed;
  {
    const auto store = world.open();
    filed = file(*store);
  }
  // As the first version left it.
  world.run(
      "DROP TABLE incoming_leaf; DROP TABLE incoming_document; DROP TABLE document; DROP TABLE blob;"
      "DROP TABLE ticket_base; DROP TABLE policy; DROP TABLE export; DROP TABLE refusal; DROP TABLE set_aside;"
      "DROP TABLE staff_account; DROP TABLE staff_secret; DROP TABLE office_notice;"
      "ALTER TABLE epoch DROP COLUMN disputed;"
      "PRAGMA user_version = 1;");
  const auto store = world.open();
  CHECK(test::ticket_of_number(*store, filed.number).id == filed.key);
  CHECK(outgoing(*store).records.size() == 3);
  CHECK(store->verify());
}

TEST_CASE("a journal of another kiosk is refused and left alone") {
  World world;
  {
    static_cast<void>(file(*world.open()));
  }
  StoreOptions other = world.options();
  SECTION("another device") {
    other.identity.device = DeviceId{8};
  }
  SECTION("another code") {
    other.identity.device_code = DeviceCode{"JLA2"};
  }
  const auto refused = Store::open(other, world.env);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::kConflict);
  CHECK(test::ticket_of_number(*world.open(), {DeviceCode{"JLA1"}, 1}).id.device == test::kDevice);
}

TEST_CASE("a damaged witness is set aside while the database knows the last number itself") {
  World world;
  Given given;
  {
    given.take(file(*world.open()));
  }
  for (const std::string& wrong :
       {std::string(), std::string("x"), std::string("5"), std::string("5 6"), std::string("5 6 7"),
        std::string("5 6 7\n8"), std::string("-5 6 7\n"), std::string("999999999999 6 7\n"), std::string(1000, '5')}) {
    INFO(wrong);
    REQUIRE(write_file_durably(world.folder / "journal.witness", as_bytes(wrong), FileMode::kPublic));
    const auto store = world.open();
    given.take(file(*store));
    world.env.advance_ms(1);
  }
  CHECK(read_witness(world.folder / "journal.witness").value()->counter == *given.counters.rbegin());
}

TEST_CASE("with neither a database nor a witness to know the last number, a person must say it") {
  World world;
  REQUIRE(write_file_durably(world.folder / "journal.witness", as_bytes("?"), FileMode::kPublic));
  const auto refused = Store::open(world.options(), world.env);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::kCorrupt);
  REQUIRE(write_file_durably(world.folder / "journal.witness", as_bytes("417 0 0\n"), FileMode::kPublic));
  CHECK(file(*world.open()).number.counter == 418);
}

TEST_CASE("a lost witness is written again") {
  World world;
  const auto store = world.open();
  static_cast<void>(file(*store));
  fs::remove(world.folder / "journal.witness");
  CHECK(file(*store).number.counter == 2);
  CHECK(read_witness(world.folder / "journal.witness").value()->counter == 2);
}

TEST_CASE("a kiosk that has used its last number says so and keeps what it has") {
  World world;
  const FiledTicket first = file(*world.open());
  REQUIRE(write_witness(world.folder / "journal.witness", {kMaxTicketCounter, first.key.epoch, first.key.seq},
                        Durability::kSynced));
  const auto store = world.open();
  const auto refused = store->file_ticket(test::complaint());
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::kTooLarge);
  CHECK(status_of(*store).tickets == 1);
}

// --- the whole folder restored or cloned: the witness is as old as the database, only the centre knows better

struct RestoredWhole {
  World world;
  Given given;
  Epoch old_epoch;
  std::vector<wire::FeedItem> lost;  // what the centre has of the lost day

  RestoredWhole() {
    const std::string witness = world.folder / "journal.witness";
    {
      const auto store = world.open();
      given.take(file(*store));
      static_cast<void>(test::synchronise(*store, kStart));
    }
    copy_database(world.database_path(), world.folder / "yesterday");
    const Bytes old_witness = read_file(witness, 100).value();
    {
      const auto store = world.open();
      for (int i = 0; i < 3; ++i) given.take(file(*store));
      const Outgoing out = outgoing(*store);
      for (std::size_t i = 0; i < out.records.size(); ++i) {
        const EventKey key{test::kDevice, out.epoch, Seq{out.first_seq.value + i}};
        lost.push_back({FeedSeq{i + 1}, key, out.records[i].event, kStart});
      }
      old_epoch = out.epoch;
    }
    copy_database(world.folder / "yesterday", world.database_path());
    REQUIRE(write_file_durably(witness, old_witness, FileMode::kPublic));
  }
};

TEST_CASE("what a wholly restored kiosk has lost comes back with the feed, and a new life begins") {
  RestoredWhole restored;
  const auto store = restored.world.open();
  CHECK(status_of(*store).epoch == restored.old_epoch);  // nothing here shows it yet
  REQUIRE(store->apply_answer(restored.old_epoch, feed_answer(*store, kStart, restored.lost)));
  CHECK(status_of(*store).epoch != restored.old_epoch);
  CHECK(status_of(*store).tickets == 4);
  CHECK(status_of(*store).unsent_events == 0);
  restored.given.take(file(*store));
  CHECK(*restored.given.counters.rbegin() == 5);
  CHECK(store->verify());
  CHECK(outgoing(*store).epoch == status_of(*store).epoch);
}

TEST_CASE("a life that the centre knows differently is disputed, and what is filed from then on flows") {
  RestoredWhole restored;
  const auto store = restored.world.open();
  static_cast<void>(file(*store));  // under a key that the centre has another event for
  const Outgoing fork = outgoing(*store);
  CHECK(fork.records.size() == 2);  // the opening of a stream, and the filing
  wire::Answer answer = answer_to(fork, kStart, 0);
  answer.acknowledged = Seq{restored.lost.back().key.seq};
  answer.chain_at[0] ^= 1;
  const auto refused = store->apply_answer(fork.epoch, answer);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::kConflict);

  CHECK(status_of(*store).epoch != restored.old_epoch);
  CHECK(status_of(*store).disputed_events == 2);
  CHECK(status_of(*store).unsent_events == 2);
  const FiledTicket next = file(*store);
  CHECK(next.key.epoch == status_of(*store).epoch);
  const Outgoing fresh = outgoing(*store);
  CHECK(fresh.epoch == next.key.epoch);
  REQUIRE(store->apply_answer(fresh.epoch, answer_to(fresh, kStart)));
  CHECK(outgoing(*store).records.empty());
  CHECK(status_of(*store).unsent_events == 2);  // still here, and still said
  CHECK(store->verify());

  // The centre was wrong, and has been put right.
  REQUIRE(store->offer_disputed_again());
  const Outgoing again = outgoing(*store);
  CHECK(again.epoch == restored.old_epoch);
  REQUIRE(store->apply_answer(again.epoch, answer_to(again, kStart)));
  CHECK(status_of(*store).unsent_events == 0);
}

TEST_CASE("what a restored kiosk had sent before is known to have arrived once the feed tells it") {
  World world;
  const std::string backup = world.folder / "yesterday";
  FiledTicket first;
  Outgoing sent;
  {
    const auto store = world.open();
    first = file(*store);
    copy_database(world.database_path(), backup);
    static_cast<void>(file(*store));
    sent = outgoing(*store);  // and the answer is lost
  }
  copy_database(backup, world.database_path());  // the witness stays: it knows better
  const auto store = world.open();
  REQUIRE(store->notice().restored);
  // The centre holds more of the old life than is left of it here.
  REQUIRE_FALSE(store->apply_answer(sent.epoch, answer_to(sent, kStart)));
  REQUIRE(status_of(*store).disputed_events > 0);

  std::vector<wire::FeedItem> feed;
  for (std::size_t i = 0; i < sent.records.size(); ++i) {
    const EventKey key{test::kDevice, sent.epoch, Seq{i + 1}};
    const auto event = wire::decode_event(key, sent.records[i].event);
    REQUIRE(event);
    if (ticket_of(*event)) feed.push_back({FeedSeq{feed.size() + 1}, key, sent.records[i].event, kStart});
  }
  REQUIRE(feed.size() == 2);
  REQUIRE(store->apply_answer(status_of(*store).epoch, feed_answer(*store, kStart, feed)));
  CHECK(status_of(*store).disputed_events == 0);
  CHECK(status_of(*store).unsent_events == 0);
  CHECK(status_of(*store).tickets == 2);
  CHECK(test::ticket_of_number(*store, first.number).arrived_ms == kStart);
  CHECK(store->verify());
}

TEST_CASE("a disk copied before its first filing is not deaf to the feed until it files") {
  World world;
  const auto store = world.open();
  const Epoch shared = status_of(*store).epoch;
  // The twin filed under the life they share; the centre acknowledges that to this one.
  wire::Answer answer = feed_answer(*store, kStart, {feed_item(1, test::neighbour_filed(1, 1))});
  answer.acknowledged = Seq{3};
  answer.chain_at[0] ^= 1;
  REQUIRE_FALSE(store->apply_answer(shared, answer));
  const Epoch mine = status_of(*store).epoch;
  CHECK(mine != shared);
  REQUIRE(store->apply_answer(mine, feed_answer(*store, kStart, {feed_item(1, test::neighbour_filed(1, 1))})));
  CHECK(status_of(*store).tickets == 1);
  CHECK(status_of(*store).disputed_events == 0);
  const FiledTicket filed = file(*store);
  CHECK(filed.key.epoch == mine);
  CHECK(filed.number.counter == 1);
  CHECK(world.count("SELECT COUNT(*) FROM epoch") == 1);  // a wrong centre must not fill the disk with lives
  CHECK(store->verify());
}

TEST_CASE("a centre that is wrong about everything does not make a kiosk begin life after life") {
  World world;
  const auto store = world.open();
  static_cast<void>(file(*store));
  for (int i = 0; i < 10; ++i) {
    const Outgoing out = outgoing(*store);
    wire::Answer answer = answer_to(out, kStart, 0);
    answer.chain_at[0] ^= 1;
    CHECK_FALSE(store->apply_answer(out.epoch, answer));
  }
  CHECK(world.count("SELECT COUNT(*) FROM epoch") == 2);
}

}  // namespace
}  // namespace mimika
