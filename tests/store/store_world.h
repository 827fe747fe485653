// A kiosk's store in a folder in memory, with a fake clock, the keys to read what it seals, and a small centre that
// answers it.
#pragma once

#include <catch2/catch.hpp>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "kiosk/crypto/keys.h"
#include "kiosk/store/store.h"
#include "sync/wire/event_codec.h"
#include "tests/support/memory_folder.h"

namespace mimika::test {

inline constexpr WallMs kStart = 1'795'500'000'000;  // 2026-11-24
inline constexpr WallMs kMinute = 60'000;
inline constexpr WallMs kHour = 60 * kMinute;
inline constexpr DeviceId kDevice{7};

struct Keys {
  FakeEnv env{0, 99};
  crypto::BoxKey centre = crypto::BoxKey::generate(env);
  crypto::BoxKey office = crypto::BoxKey::generate(env);
  crypto::BoxKey receipt = crypto::BoxKey::generate(env);
};

inline const Keys& keys() {
  static const Keys the_keys;
  return the_keys;
}

inline StoreOptions options_for(const std::string& folder) {
  StoreOptions options;
  options.folder = folder;
  options.identity = {kDevice, DeviceCode{"JLA1"}, DistrictCode{"94.04.06"}};
  options.centre_key = keys().centre.public_key();
  options.office_key = keys().office.public_key();
  options.program_version = "0.1.0";
  return options;
}

inline NewTicket complaint(const std::string& story = "Jalan rusak di depan sekolah.") {
  NewTicket ticket;
  ticket.category = CategoryId{"jalan"};
  ticket.kampung = KampungCode{"94.04.06.2001"};
  ticket.receipt_key = keys().receipt.public_key();
  ticket.details.story = story;
  ticket.details.name = "Maria";
  ticket.details.phone = "081234567890";
  return ticket;
}

inline NewTicket secret_complaint() {
  NewTicket ticket = complaint();
  ticket.confidentiality = Confidentiality::kSecret;
  return ticket;
}

struct World {
  MemoryFolder folder;
  FakeEnv env{kStart};

  [[nodiscard]] std::string database_path() const { return folder / "journal.db"; }
  [[nodiscard]] StoreOptions options() const { return options_for(folder.path()); }
  [[nodiscard]] std::unique_ptr<Store> open() {
    auto store = Store::open(options(), env);
    if (!store) FAIL(store.error().message);
    return *std::move(store);
  }
  // Another connection to the same file: for looking, and for damaging.
  [[nodiscard]] std::unique_ptr<SQLite::Database> look() const {
    return std::make_unique<SQLite::Database>(database_path(), SQLite::OPEN_READWRITE, 5000);
  }
  void run(const std::string& sql) const { look()->exec(sql); }
  [[nodiscard]] std::int64_t count(const std::string& sql) const { return look()->execAndGet(sql).getInt64(); }
};

inline FiledTicket file(Store& store, const NewTicket& ticket = complaint()) {
  auto filed = store.file_ticket(ticket);
  if (!filed) FAIL(filed.error().message);
  return *std::move(filed);
}

inline Outgoing outgoing(Store& store, std::size_t max_events = 10'000, std::size_t max_bytes = 10'000'000) {
  auto out = store.outgoing(max_events, max_bytes);
  if (!out) FAIL(out.error().message);
  return *std::move(out);
}

// The events of a call, decoded.
inline std::vector<Event> decoded(const Outgoing& out) {
  std::vector<Event> events;
  for (std::size_t i = 0; i < out.records.size(); ++i) {
    const EventKey key{kDevice, out.epoch, Seq{out.first_seq.value + i}};
    events.push_back(wire::decode_event(key, out.records[i].event).value());
  }
  return events;
}

inline std::vector<Event> events_of(Store& store) {
  return decoded(outgoing(store));
}

template <typename Payload>
std::size_t count_of(const std::vector<Event>& events) {
  std::size_t count = 0;
  for (const Event& event : events) count += std::holds_alternative<Payload>(event.payload) ? 1U : 0U;
  return count;
}

// What a centre that took the first `taken` records says.
inline wire::Answer answer_to(const Outgoing& out, WallMs server_ms, std::size_t taken) {
  wire::Answer answer;
  crypto::Hash chain = out.chain_before;
  for (std::size_t i = 0; i < taken; ++i) {
    const EventKey key{kDevice, out.epoch, Seq{out.first_seq.value + i}};
    chain = wire::chain_next(chain, key, out.records[i].event, out.records[i].sealed);
  }
  answer.acknowledged = Seq{out.first_seq.value + taken - 1};
  answer.chain_at = wire::chain_mark(chain);
  answer.server_ms = server_ms;
  return answer;
}
inline wire::Answer answer_to(const Outgoing& out, WallMs server_ms) {
  return answer_to(out, server_ms, out.records.size());
}

// One sync round that takes everything.
inline AnswerOutcome synchronise(Store& store, WallMs server_ms) {
  const Outgoing out = outgoing(store);
  auto outcome = store.apply_answer(out.epoch, answer_to(out, server_ms));
  if (!outcome) FAIL(outcome.error().message);
  return *std::move(outcome);
}

inline EventKey centre_key(std::uint64_t seq) {
  return {kCentreDevice, Epoch{3}, Seq{seq}};
}

inline Event event_at(EventKey key, WallMs wall_ms, EventPayload payload) {
  Event event;
  event.key = key;
  event.time = {.wall_ms = wall_ms, .monotonic_ms = 5000, .boot = 1, .confidence = ClockConfidence::kSynced};
  event.payload = std::move(payload);
  return event;
}

inline wire::FeedItem feed_item(std::uint64_t feed_seq, const Event& event, WallMs arrived_ms = kStart) {
  return {FeedSeq{feed_seq}, event.key, wire::encode_event(event), arrived_ms};
}

// A filing of the neighbouring kiosk.
inline Event neighbour_filed(std::uint64_t seq, std::uint32_t counter) {
  TicketFiled filed;
  filed.number = {DeviceCode{"JLA2"}, counter};
  filed.district = DistrictCode{"94.04.06"};
  filed.category = CategoryId{"jalan"};
  return event_at({DeviceId{8}, Epoch{5}, Seq{seq}}, kStart - kHour, filed);
}

inline const Actor kOfficer{.account = "lo1", .name = "Yulius", .role = Role::kLiaison, .opd = {}};

// An answer that acknowledges nothing new and brings a feed.
inline wire::Answer feed_answer(Store& store, WallMs server_ms, std::vector<wire::FeedItem> feed) {
  wire::Answer answer = answer_to(outgoing(store), server_ms, 0);
  answer.feed = std::move(feed);
  return answer;
}

inline StoreStatus status_of(Store& store) {
  auto status = store.status();
  if (!status) FAIL(status.error().message);
  return *std::move(status);
}

inline Ticket ticket_of_number(Store& store, const TicketNumber& number) {
  auto found = store.find_ticket(number);
  if (!found) FAIL(found.error().message);
  if (!*found) FAIL("no ticket " + format_ticket_number(number));
  return **std::move(found);
}

}  // namespace mimika::test
