#include <sys/stat.h>

#include <filesystem>
#include <thread>

#include "kiosk/base/files.h"
#include "sync/central/keys/data_folder.h"
#include "sync/central/store/sqlite_store.h"
#include "tests/central/centre_world.h"
#include "tests/support/small_disk.h"

namespace mimika::test {
namespace {

unsigned mode_of(const std::string& path) {
  struct stat info{};
  REQUIRE(::stat(path.c_str(), &info) == 0);
  return info.st_mode & 0777U;
}

}  // namespace

TEST_CASE("values come back as they were stored, empty ones too") {
  CentreWorld world;
  Database& database = world.database();
  REQUIRE(database.execute("CREATE TABLE t (a BIGINT, b TEXT, c BLOB, d TEXT)"));
  REQUIRE(database.execute("INSERT INTO t VALUES ($1, $2, $3, $4)",
                           {std::int64_t{-5}, std::string("a\0b", 3), Bytes{}, std::monostate{}}));
  const auto rows = database.query("SELECT a, b, c, d FROM t WHERE a = $1 OR a = $1", {std::int64_t{-5}});
  REQUIRE(rows->size() == 1);
  REQUIRE((*rows)[0].integer(0) == -5);
  REQUIRE((*rows)[0].text(1) == std::string("a\0b", 3));
  REQUIRE((*rows)[0].bytes(2).empty());
  REQUIRE((*rows)[0].is_null(3));
}

TEST_CASE("a transaction that fails leaves nothing, and the next one works") {
  CentreWorld world;
  Database& database = world.database();
  const Status failed = in_transaction(database, [&]() -> Status {
    TRY(database.execute("INSERT INTO meta (name, value) VALUES ('a', '1')"));
    return fail(ErrorCode::kInvalidInput, "changed my mind");
  });
  REQUIRE(failed.error().message == "changed my mind");
  REQUIRE(database.query("SELECT 1 FROM meta WHERE name = 'a'")->empty());
  REQUIRE(in_transaction(database, [&]() -> Status {
    TRY(database.execute("INSERT INTO meta (name, value) VALUES ('a', '2')"));
    return {};
  }));
  REQUIRE(database.execute("INSERT INTO meta (name, value) VALUES ('a', '3')").error().code == ErrorCode::kConflict);
}

TEST_CASE("numbers of a counter are dense under many writers") {
  MemoryFolder folder;
  REQUIRE(prepare_sqlite(folder / "central.db", [](bool) -> Status { return {}; }));
  const auto pool = DatabasePool::open(folder / "central.db", 4);
  REQUIRE(pool);
  constexpr int kEach = 50;
  std::atomic<int> failures = 0;
  std::vector<std::thread> writers;
  for (int w = 0; w < 4; ++w) {
    writers.emplace_back([&] {
      const auto database = (*pool)->borrow();
      for (int i = 0; i < kEach; ++i) {
        const Status done = in_transaction(**database, [&]() -> Status {
          TRY_ASSIGN(const std::uint64_t number, next_number(**database, "test"));
          TRY((**database).execute("INSERT INTO meta (name, value) VALUES ($1, '')", {std::to_string(number)}));
          return {};
        });
        if (!done) ++failures;
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  REQUIRE(failures == 0);
  const auto database = (*pool)->borrow();
  REQUIRE((*(**database).query("SELECT COUNT(*) FROM meta"))[0].integer(0) == 4 * kEach);
  REQUIRE((*(**database).query("SELECT value FROM counter WHERE name = 'test'"))[0].integer(0) == 4 * kEach);
}

TEST_CASE("the folder and its keys are for their owner alone") {
  CentreWorld world;
  REQUIRE(mode_of(world.memory.path()) == 0700);
  REQUIRE(mode_of(world.memory / "keys") == 0700);
  for (const char* key : {"keys/sign.seed", "keys/box.seed", "keys/ca.key"}) {
    CAPTURE(key);
    REQUIRE(mode_of(world.memory / key) == 0600);
  }
}

TEST_CASE("opening again finds the same keys and the same authority") {
  CentreWorld world;
  const auto before = world.keys().signing.verify_key();
  const std::string authority = world.folder.ca_pem;
  world.restart();
  REQUIRE(world.keys().signing.verify_key() == before);
  REQUIRE(world.folder.ca_pem == authority);
}

TEST_CASE("a key missing beside a database is asked for, not made anew") {
  CentreWorld world;
  std::filesystem::remove(world.memory / "keys/box.seed");
  const auto opened = open_data_folder(world.env, world.memory.path());
  REQUIRE(opened.error().code == ErrorCode::kNotFound);
  REQUIRE(contains(opened.error().message, "backup"));
  REQUIRE_FALSE(std::filesystem::exists(world.memory / "keys/box.seed"));
}

TEST_CASE("a database from a newer program is refused and not touched") {
  CentreWorld world;
  TestKiosk kiosk = world.enrolled_kiosk();
  kiosk.file();
  world.sync(kiosk);
  REQUIRE(world.database().execute("PRAGMA user_version = 99"));
  const auto opened = open_data_folder(world.env, world.memory.path());
  REQUIRE(opened.error().code == ErrorCode::kNewerVersion);
  REQUIRE(world.count("ticket") == 1);
}

TEST_CASE("a file that is no database is an error in words and stays as it is") {
  MemoryFolder folder;
  FakeEnv env(kTuesdayMorning);
  const std::string words = "this is somebody's letter, not a database, and it is long enough to have a header";
  REQUIRE(write_file_durably(folder / "central.db", as_bytes(words), FileMode::kPrivate));
  const auto opened = open_data_folder(env, folder.path());
  REQUIRE(opened.error().code == ErrorCode::kCorrupt);
  REQUIRE(as_text(*read_file(folder / "central.db", 1000)) == words);
}

TEST_CASE("a full disk refuses a call in words, loses nothing, and takes it when there is room") {
  SmallDisk disk("1000k");
  if (!disk.mounted()) {
    WARN("not allowed to mount: a full disk was not tried");
    return;
  }
  FakeEnv env(kTuesdayMorning);
  auto folder = open_data_folder(env, disk.path());
  REQUIRE(folder);
  const crypto::BoxPublicKey box = folder->keys.box.public_key();
  const auto site = CentralSite::open(env, *std::move(folder), real_catalogue());
  REQUIRE(site);
  TestKiosk kiosk(env, DeviceId{2}, DeviceCode{"JLA1"}, DistrictCode{"94.04.06"}, box);
  {
    const auto pool = DatabasePool::open(disk / "central.db", 1);
    const auto database = (*pool)->borrow();
    REQUIRE((**database)
                .execute("INSERT INTO device (device, code, district, name, verify_key, created_ms) "
                         "VALUES (2, 'JLA1', '94.04.06', '', $1, 0)",
                         {value_of(ByteView(kiosk.key.verify_key()))}));
  }
  const auto post = [&](const Bytes& body) {
    http::Request request;
    request.method = http::Method::kPost;
    request.path = "/v1/sync";
    request.body = std::string(as_text(body));
    return (*site)->handle(request);
  };
  int taken = 0;
  http::Response last;
  Bytes refused;
  for (int i = 0; i < 2000; ++i) {
    const std::size_t first = kiosk.journal.size() + 1;
    for (int n = 0; n < 20; ++n) kiosk.file();
    refused = kiosk.encoded(kiosk.call(first));
    last = post(refused);
    if (last.status != 200) break;
    ++taken;
  }
  REQUIRE(taken > 0);
  REQUIRE(last.status == 503);
  REQUIRE(contains(last.body, "storage_full"));

  // Somebody makes room: the same call is taken now.
  REQUIRE(::mount("tmpfs", disk.path().c_str(), "tmpfs", MS_REMOUNT, "size=4m") == 0);
  REQUIRE(post(refused).status == 200);
}

TEST_CASE("a read-only data folder is refused in words") {
  SmallDisk disk("2m");
  if (!disk.mounted()) {
    WARN("not allowed to mount: a read-only folder was not tried");
    return;
  }
  FakeEnv env(kTuesdayMorning);
  REQUIRE(open_data_folder(env, disk.path()));
  REQUIRE(disk.make_read_only());
  const auto opened = open_data_folder(env, disk.path());
  REQUIRE(opened.error().code == ErrorCode::kStorageReadOnly);
}

}  // namespace mimika::test
