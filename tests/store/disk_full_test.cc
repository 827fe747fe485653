// A disk that is full, and one that has become read-only: told by the kernel.
#include <filesystem>
#include <set>

#include "kiosk/base/files.h"
#include "tests/store/store_world.h"
#include "tests/support/small_disk.h"

namespace mimika {
namespace {

namespace fs = std::filesystem;
using test::complaint;
using test::file;
using test::kStart;
using test::SmallDisk;

// A story that compression does not make small, so that a small disk is full soon.
NewTicket long_complaint(FakeEnv& env) {
  Bytes noise(2000);
  env.fill_random(noise);
  return complaint(to_hex(noise).substr(0, 3900));
}

// Takes all the space there is, but for `leave` bytes.
void fill(const SmallDisk& disk, std::uintmax_t leave) {
  const auto free = fs::space(disk.path()).available;
  if (free <= leave) return;
  REQUIRE(write_file_durably(disk / "ballast", Bytes(free - leave, 'b'), FileMode::kPublic));
}

TEST_CASE("when the disk is full a filing says so, nothing is lost, and freed space is used again") {
  SmallDisk disk("2m");
  if (!disk.mounted()) {
    WARN("skipped: no right to mount a small disk");
    return;
  }
  FakeEnv env(kStart);
  const StoreOptions options = test::options_for(disk / "data");
  auto store = Store::open(options, env).value();
  std::set<TicketNumber> saved = {file(*store).number};
  fill(disk, 256 * 1024);

  Result<FiledTicket> last = std::unexpected(Error{});
  for (int i = 0; i < 2000; ++i) {
    last = store->file_ticket(long_complaint(env));
    if (!last) break;
    CHECK(saved.insert(last->number).second);
  }
  REQUIRE_FALSE(last);
  CHECK(last.error().code == ErrorCode::kStorageFull);
  CHECK(saved.size() > 4);

  const auto all_there = [&] {
    CHECK(test::status_of(*store).tickets == saved.size());
    for (const TicketNumber& number : saved) CHECK(store->find_ticket(number).value().has_value());
  };
  SECTION("every one that was called saved can still be read") {
    all_there();
  }
  SECTION("trying again and again fails in the same words and does no harm") {
    for (int i = 0; i < 20; ++i) {
      const auto again = store->file_ticket(long_complaint(env));
      REQUIRE_FALSE(again);
      CHECK(again.error().code == ErrorCode::kStorageFull);
    }
    all_there();
  }
  SECTION("what is saved still goes to the centre, and that frees nothing but costs little") {
    const Outgoing out = test::outgoing(*store);
    CHECK(out.records.size() > saved.size());
    fs::remove(disk / "ballast");
    CHECK(store->apply_answer(out.epoch, test::answer_to(out, kStart)));
  }
  SECTION("a kiosk started on a full disk either opens or says that it is full") {
    store.reset();
    auto reopened = Store::open(options, env);
    if (!reopened) {
      CHECK(reopened.error().code == ErrorCode::kStorageFull);
      fs::remove(disk / "ballast");
      reopened = Store::open(options, env);
    }
    REQUIRE(reopened);
    store = *std::move(reopened);
    CHECK(store->notice().set_aside_path.empty());
    all_there();
  }

  fs::remove(disk / "ballast");
  for (int i = 0; i < 5; ++i) CHECK(saved.insert(file(*store).number).second);
  all_there();
  CHECK(store->verify());
  store.reset();
  store = Store::open(options, env).value();
  all_there();
  CHECK(store->verify());
}

TEST_CASE("a kiosk cannot be set up on a full disk, and can once there is space") {
  SmallDisk disk("1m");
  if (!disk.mounted()) {
    WARN("skipped: no right to mount a small disk");
    return;
  }
  FakeEnv env(kStart);
  const StoreOptions options = test::options_for(disk / "data");
  for (const std::uintmax_t leave : {0U, 4096U, 16384U, 40960U, 65536U, 98304U}) {
    INFO(leave);
    fill(disk, leave);
    const auto refused = Store::open(options, env);
    if (!refused) {
      INFO(refused.error().message);
      CHECK(refused.error().code == ErrorCode::kStorageFull);
    }
    fs::remove(disk / "ballast");
  }
  const auto store = Store::open(options, env);
  REQUIRE(store);
  CHECK((*store)->notice().set_aside_path.empty());
  CHECK(file(**store).number.counter == 1);
  CHECK((*store)->verify());
}

TEST_CASE("a disk that became read-only is an error of its own, and nothing is lost") {
  SmallDisk disk("2m");
  if (!disk.mounted()) {
    WARN("skipped: no right to mount a small disk");
    return;
  }
  FakeEnv env(kStart);
  const StoreOptions options = test::options_for(disk / "data");
  FiledTicket filed;
  {
    const auto store = Store::open(options, env).value();
    filed = file(*store);
  }
  REQUIRE(disk.make_read_only());
  const auto refused = Store::open(options, env);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::kStorageReadOnly);
  REQUIRE(disk.make_writable());
  const auto store = Store::open(options, env);
  REQUIRE(store);
  CHECK((*store)->find_ticket(filed.number).value().has_value());
  CHECK(file(**store).number.counter == 2);
  CHECK((*store)->verify());
}

}  // namespace
}  // namespace mimika
