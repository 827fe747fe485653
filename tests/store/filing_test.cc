#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "kiosk/base/files.h"
#include "kiosk/base/limits.h"
#include "tests/store/store_world.h"

namespace mimika {
namespace {

using test::complaint;
using test::count_of;
using test::decoded;
using test::events_of;
using test::file;
using test::keys;
using test::kHour;
using test::kStart;
using test::outgoing;
using test::World;

constexpr std::size_t kLarge = 64 * 1024 * 1024;

TEST_CASE("a filing has a number, a check letter, its district and its place in the chain") {
  World world;
  const auto store = world.open();
  const FiledTicket first = file(*store);
  const FiledTicket second = file(*store);
  CHECK(first.number == TicketNumber{DeviceCode{"JLA1"}, 1});
  CHECK(second.number == TicketNumber{DeviceCode{"JLA1"}, 2});
  CHECK(parse_ticket_number(format_ticket_number(first.number)).value() == first.number);
  CHECK(first.key.device == test::kDevice);
  CHECK(first.filed_ms == kStart);
  CHECK(second.key.seq.value == first.key.seq.value + 1);

  const Outgoing out = outgoing(*store);
  crypto::Hash chain = wire::chain_start(test::kDevice, out.epoch);
  CHECK(out.chain_before == chain);
  std::map<std::uint64_t, crypto::Hash> chain_at;
  for (std::size_t i = 0; i < out.records.size(); ++i) {
    const EventKey key{test::kDevice, out.epoch, Seq{i + 1}};
    chain = wire::chain_next(chain, key, out.records[i].event, out.records[i].sealed);
    chain_at[key.seq.value] = chain;
  }
  CHECK(chain_at[first.key.seq.value] == first.chain);
  CHECK(chain_at[second.key.seq.value] == second.chain);

  const Ticket ticket = test::ticket_of_number(*store, first.number);
  CHECK(ticket.id == first.key);
  CHECK(ticket.district == DistrictCode{"94.04.06"});
  CHECK(ticket.status == TicketStatus::kSavedHere);
  CHECK(ticket.category == CategoryId{"jalan"});
  CHECK(store->verify());
}

TEST_CASE("a number that was never given is not found") {
  World world;
  const auto store = world.open();
  const auto found = store->find_ticket({DeviceCode{"JLA1"}, 1});
  REQUIRE(found);
  CHECK_FALSE(found->has_value());
}

TEST_CASE("tickets are listed newest first, as many as asked for") {
  World world;
  const auto store = world.open();
  for (int i = 0; i < 5; ++i) {
    static_cast<void>(file(*store));
    world.env.advance_ms(1000);
  }
  const auto listed = store->tickets(3).value();
  REQUIRE(listed.size() == 3);
  CHECK(listed[0].number.counter == 5);
  CHECK(listed[2].number.counter == 3);
  CHECK(store->tickets(0).value().empty());
}

TEST_CASE("of a secret ticket the public part says only that something was filed, and when") {
  World world;
  const auto store = world.open();
  const FiledTicket filed = file(*store, test::secret_complaint());
  const Ticket ticket = test::ticket_of_number(*store, filed.number);
  CHECK_FALSE(ticket.category.has_value());
  CHECK_FALSE(ticket.kampung.has_value());
  CHECK(ticket.confidentiality == Confidentiality::kSecret);

  const Outgoing out = outgoing(*store);
  const Event event = decoded(out).back();
  CHECK_FALSE(std::get<TicketFiled>(event.payload).category.has_value());
  CHECK_FALSE(std::get<TicketFiled>(event.payload).kampung.has_value());
}

// Opens the private part of the filing at `seq` with one recipient's key, from what lies in the journal.
Result<PrivatePart> open_private(const World& world, std::uint64_t seq, crypto::Recipient who) {
  const auto database = world.look();
  const bool centre = who == crypto::Recipient::kCentre;
  SQLite::Statement row(*database, "SELECT epoch, event, sealed, office_sealed FROM event WHERE seq = ?");
  row.bind(1, static_cast<std::int64_t>(seq));
  if (!row.executeStep()) return fail(ErrorCode::kNotFound, "no such event");
  const EventKey key{test::kDevice, Epoch{static_cast<std::uint32_t>(row.getColumn(0).getInt64())}, Seq{seq}};
  TRY_ASSIGN(const Event event, wire::decode_event(key, sqlite::blob(row.getColumn(1))));
  if (!event.sealed_at) return fail(ErrorCode::kNotFound, "no private part");
  const Bytes sealed = sqlite::blob(row.getColumn(centre ? 2 : 3));

  SQLite::Statement opened(*database, "SELECT event, office_sealed FROM event WHERE seq = ?");
  opened.bind(1, static_cast<std::int64_t>(event.sealed_at->stream.value));
  if (!opened.executeStep()) return fail(ErrorCode::kNotFound, "no such stream");
  TRY_ASSIGN(const Event stream, wire::decode_event(key, sqlite::blob(opened.getColumn(0))));
  const Bytes chain_key =
      centre ? std::get<SealStreamOpened>(stream.payload).centre_sealed_key : sqlite::blob(opened.getColumn(1));
  const crypto::BoxKey& mine = centre ? keys().centre : keys().office;
  TRY_ASSIGN(const crypto::SecretBytes plain,
             crypto::open_message(mine, who, chain_key, event.sealed_at->index, key, sealed));
  return wire::decode_private_part(plain.view());
}

TEST_CASE("the private part opens with the centre's key and with the office's") {
  World world;
  const auto store = world.open();
  const FiledTicket open = file(*store, complaint("cerita pertama"));
  const FiledTicket secret = file(*store, test::secret_complaint());
  for (const auto who : {crypto::Recipient::kCentre, crypto::Recipient::kOffice}) {
    const PrivatePart first = open_private(world, open.key.seq.value, who).value();
    CHECK(first.story == "cerita pertama");
    CHECK(first.name == "Maria");
    CHECK_FALSE(first.category.has_value());
    const PrivatePart second = open_private(world, secret.key.seq.value, who).value();
    CHECK(second.category == CategoryId{"jalan"});
    CHECK(second.kampung == KampungCode{"94.04.06.2001"});
  }
}

// Every file of a folder, one after the other.
std::string everything_in(const std::string& folder) {
  std::string all;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) all += as_text(read_file(entry.path().string(), kLarge).value());
  }
  return all;
}

TEST_CASE("nothing a person typed lies readable in the folder, not in the database and not in its log") {
  World world;
  NewTicket ticket = test::secret_complaint();
  // Long and random enough that compression leaves their letters as they are.
  ticket.details.story = "Q7x-MARKER-STORY-k93";
  ticket.details.name = "Zw4-MARKER-NAME-p18";
  ticket.details.nik = "9104017702880003";
  ticket.details.phone = "081299887766";
  ticket.details.address = "Yb2-MARKER-ADDRESS-r55";
  ticket.details.landmark = "Vc8-MARKER-LANDMARK-t21";
  ticket.details.fields = {{"field-id-MARKER", "Hf6-MARKER-ANSWER-m40"}};
  ticket.category = CategoryId{"category-MARKER"};
  ticket.kampung = KampungCode{"94.04.06.2999"};
  {
    const auto store = world.open();
    static_cast<void>(file(*store, ticket));
    const std::string before_checkpoint = everything_in(world.folder.path());
    REQUIRE(before_checkpoint.find("JLA1-0001-") != std::string::npos);  // the search does find what is there
    for (const char* marker : {"MARKER", "9104017702880003", "081299887766", "94.04.06.2999"}) {
      INFO(marker);
      CHECK(before_checkpoint.find(marker) == std::string::npos);
    }
    REQUIRE(store->checkpoint());
  }
  const std::string after = everything_in(world.folder.path());
  for (const char* marker : {"MARKER", "9104017702880003", "081299887766", "94.04.06.2999"}) {
    INFO(marker);
    CHECK(after.find(marker) == std::string::npos);
  }
}

TEST_CASE("a journal begins with the machine's start and the opening of a stream") {
  World world;
  const auto store = world.open();
  CHECK(events_of(*store).empty());  // nothing is written before there is something to say
  static_cast<void>(file(*store));
  const auto events = events_of(*store);
  REQUIRE(events.size() == 3);
  CHECK(std::get<DeviceStarted>(events[0].payload).version == "0.1.0");
  CHECK(std::get<DeviceStarted>(events[0].payload).boot_id == world.env.boot_id());
  CHECK(std::holds_alternative<SealStreamOpened>(events[1].payload));
  CHECK(std::holds_alternative<TicketFiled>(events[2].payload));
  CHECK(events[2].sealed_at == SealPosition{Seq{2}, 0});
}

TEST_CASE("the machine's start is written once a boot, whatever restarts in it") {
  World world;
  for (int process = 0; process < 3; ++process) {
    const auto store = world.open();
    static_cast<void>(file(*store));
  }
  {
    const auto store = world.open();
    CHECK(count_of<DeviceStarted>(events_of(*store)) == 1);
    CHECK(events_of(*store).back().time.boot == 1);
  }
  world.env.reboot();
  const auto store = world.open();
  static_cast<void>(file(*store));
  static_cast<void>(file(*store));
  CHECK(count_of<DeviceStarted>(events_of(*store)) == 2);
  CHECK(events_of(*store).back().time.boot == 2);
}

TEST_CASE("a stream holds 256 messages and no more") {
  World world;
  const auto store = world.open();
  for (std::uint32_t i = 0; i < limits::kStreamEvents; ++i) static_cast<void>(file(*store, complaint("x")));
  CHECK(count_of<SealStreamOpened>(events_of(*store)) == 1);
  const FiledTicket next = file(*store, complaint("di aliran kedua"));
  const auto events = events_of(*store);
  CHECK(count_of<SealStreamOpened>(events) == 2);
  CHECK(events.back().sealed_at->index == 0);
  CHECK(open_private(world, next.key.seq.value, crypto::Recipient::kCentre).value().story == "di aliran kedua");
  // The last of the full stream opens too.
  CHECK(open_private(world, next.key.seq.value - 2, crypto::Recipient::kOffice).value().story == "x");
}

TEST_CASE("a stream ends after a day, at a boot, and with its process") {
  World world;
  auto store = world.open();
  static_cast<void>(file(*store));
  SECTION("a day by the clock that never jumps") {
    world.env.advance_ms(24 * kHour - 1);
    static_cast<void>(file(*store));
    CHECK(count_of<SealStreamOpened>(events_of(*store)) == 1);
    world.env.advance_ms(1);
    static_cast<void>(file(*store));
    CHECK(count_of<SealStreamOpened>(events_of(*store)) == 2);
  }
  SECTION("not because the wall clock jumped") {
    world.env.set_wall_ms(kStart + 1000 * kHour);
    static_cast<void>(file(*store));
    CHECK(count_of<SealStreamOpened>(events_of(*store)) == 1);
  }
  SECTION("a boot") {
    world.env.reboot();
    static_cast<void>(file(*store));
    CHECK(count_of<SealStreamOpened>(events_of(*store)) == 2);
  }
  SECTION("a process") {
    store = world.open();
    static_cast<void>(file(*store));
    CHECK(count_of<SealStreamOpened>(events_of(*store)) == 2);
  }
  CHECK(store->verify());
}

TEST_CASE("a filing over an event's limit is refused whole, and the next one is fine") {
  World world;
  const auto store = world.open();
  static_cast<void>(file(*store));
  const std::uint64_t events = test::status_of(*store).events;
  NewTicket large = complaint();
  Bytes noise(limits::kEventBytes * 2);
  world.env.fill_random(noise);
  large.details.story = to_hex(noise);  // compresses to half, which is still too much
  const auto refused = store->file_ticket(large);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::kTooLarge);
  CHECK(test::status_of(*store).events == events);
  static_cast<void>(file(*store));
  CHECK(test::status_of(*store).tickets == 2);
  CHECK(store->verify());
}

TEST_CASE("the largest filing a person can type fits an event") {
  World world;
  const auto store = world.open();
  FakeEnv dice(0, 5);
  const auto text = [&](std::size_t bytes) {
    // Letters with as much variety as base32 has: worse than any prose.
    Bytes random(bytes);
    dice.fill_random(random);
    return to_base32(random).substr(0, bytes);
  };
  NewTicket ticket = test::secret_complaint();
  ticket.details.story = text(limits::kStoryBytes);
  ticket.details.name = text(limits::kNameBytes);
  ticket.details.phone = text(limits::kPhoneBytes);
  ticket.details.address = text(limits::kAddressBytes);
  ticket.details.landmark = text(limits::kLandmarkBytes);
  for (std::size_t i = 0; i < limits::kFields; ++i)
    ticket.details.fields.emplace_back(text(30), text(limits::kFieldBytes));
  const FiledTicket filed = file(*store, ticket);
  CHECK(open_private(world, filed.key.seq.value, crypto::Recipient::kCentre).value().story == ticket.details.story);
}

}  // namespace
}  // namespace mimika
