// What the store says a clock is worth, along the ways clocks go wrong.
#include "tests/store/store_world.h"

namespace mimika {
namespace {

using test::file;
using test::kHour;
using test::kMinute;
using test::kStart;
using test::World;

ClockConfidence confidence_of(Store& store, const FiledTicket& filed) {
  return test::ticket_of_number(store, filed.number).filed_confidence;
}

ClockConfidence confidence_now(Store& store) {
  return confidence_of(store, file(store));
}

TEST_CASE("nobody has vouched for the clock until the centre answers, and the next boot begins anew") {
  World world;
  const auto store = world.open();
  CHECK(confidence_now(*store) == ClockConfidence::kUnknown);
  world.env.advance_ms(kMinute);
  static_cast<void>(test::synchronise(*store, world.env.wall_ms() + 1500));
  CHECK(confidence_now(*store) == ClockConfidence::kSynced);
  world.env.advance_ms(100 * kHour);
  CHECK(confidence_now(*store) == ClockConfidence::kSynced);
  world.env.reboot();
  CHECK(confidence_now(*store) == ClockConfidence::kUnknown);
}

TEST_CASE("a clock that the centre contradicts is not called synced") {
  World world;
  const auto store = world.open();
  static_cast<void>(file(*store));
  static_cast<void>(test::synchronise(*store, world.env.wall_ms() + kMinute + 1));
  CHECK(confidence_now(*store) == ClockConfidence::kUnknown);
  static_cast<void>(test::synchronise(*store, world.env.wall_ms() - kMinute));
  CHECK(confidence_now(*store) == ClockConfidence::kSynced);
  static_cast<void>(test::synchronise(*store, world.env.wall_ms() - 2 * kHour));
  CHECK(confidence_now(*store) == ClockConfidence::kUnknown);
}

TEST_CASE("a clock the centre vouched for before the first filing of a boot is synced at that filing") {
  World world;
  const auto store = world.open();
  static_cast<void>(file(*store));
  world.env.reboot();
  static_cast<void>(test::synchronise(*store, world.env.wall_ms()));
  CHECK(confidence_now(*store) == ClockConfidence::kSynced);
}

TEST_CASE("another process of the same boot knows that the clock was vouched for") {
  World world;
  {
    const auto store = world.open();
    static_cast<void>(file(*store));
    static_cast<void>(test::synchronise(*store, world.env.wall_ms()));
  }
  const auto store = world.open();
  CHECK(confidence_now(*store) == ClockConfidence::kSynced);
}

TEST_CASE("a clock that falls back before what is already written is marked, and the order stays") {
  World world;
  const auto store = world.open();
  const FiledTicket before = file(*store);
  world.env.set_wall_ms(0);  // a dead battery: 1970
  const FiledTicket after = file(*store);
  CHECK(confidence_of(*store, after) == ClockConfidence::kRanBackwards);
  CHECK(after.key.seq > before.key.seq);
  CHECK(after.filed_ms == 0);
  world.env.set_wall_ms(kStart + kHour);
  CHECK(confidence_now(*store) == ClockConfidence::kUnknown);
}

TEST_CASE("a clock that fell back is marked in the next boot too") {
  World world;
  {
    const auto store = world.open();
    static_cast<void>(file(*store));
  }
  world.env.reboot();
  world.env.set_wall_ms(kStart - 10 * 365 * 24 * kHour);
  const auto store = world.open();
  CHECK(confidence_now(*store) == ClockConfidence::kRanBackwards);
}

TEST_CASE("a dead battery's clock claims the last time that is known, and is not believed") {
  World world;
  {
    const auto store = world.open();
    static_cast<void>(file(*store));
    world.env.advance_ms(kHour);
    static_cast<void>(test::synchronise(*store, world.env.wall_ms()));
  }
  const WallMs heard = world.env.wall_ms();
  world.env.reboot();
  world.env.set_wall_ms(0);
  const auto store = world.open();
  const FiledTicket after = file(*store);
  CHECK(after.filed_ms == heard);
  CHECK(confidence_of(*store, after) == ClockConfidence::kRanBackwards);
}

TEST_CASE("no clock is before the day the program was built") {
  World world;
  StoreOptions options = world.options();
  options.built_ms = kStart;
  world.env.set_wall_ms(0);
  const auto store = Store::open(options, world.env).value();
  const FiledTicket filed = file(*store);
  CHECK(filed.filed_ms == kStart);
  CHECK(confidence_of(*store, filed) != ClockConfidence::kSynced);
}

TEST_CASE("a synced clock a little behind the centre's is believed as it is") {
  World world;
  const auto store = world.open();
  static_cast<void>(test::synchronise(*store, world.env.wall_ms() + kMinute / 3));
  const FiledTicket filed = file(*store);
  CHECK(filed.filed_ms == world.env.wall_ms());
  CHECK(confidence_of(*store, filed) == ClockConfidence::kSynced);
}

TEST_CASE("a clock before 1970 files at zero rather than not at all") {
  World world;
  const auto store = world.open();
  world.env.set_wall_ms(-5);
  CHECK(file(*store).filed_ms == 0);
  CHECK(store->verify());
}

TEST_CASE("a clock that once ran ahead does not call every later event backwards for ever") {
  World world;
  const auto store = world.open();
  world.env.set_wall_ms(kStart + 70LL * 365 * 24 * kHour);  // somebody set 2096
  static_cast<void>(file(*store));
  world.env.set_wall_ms(kStart + kHour);  // and it was put right
  CHECK(confidence_now(*store) == ClockConfidence::kRanBackwards);
  static_cast<void>(test::synchronise(*store, kStart + kHour));  // the centre agrees with what it is now
  CHECK(confidence_now(*store) == ClockConfidence::kSynced);
  world.env.set_wall_ms(kStart);
  CHECK(confidence_now(*store) == ClockConfidence::kRanBackwards);
}

TEST_CASE("the centre's word about the time is kept") {
  World world;
  const auto store = world.open();
  CHECK_FALSE(test::status_of(*store).last_contact_ms.has_value());
  static_cast<void>(file(*store));
  static_cast<void>(test::synchronise(*store, kStart + 123));
  CHECK(test::status_of(*store).last_contact_ms == kStart + 123);
}

}  // namespace
}  // namespace mimika
