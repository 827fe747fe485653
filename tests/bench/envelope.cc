// What our call adds to the words it carries.
//
//   bench_envelope < filings      at least 1,102 lines: {"category": …, "kampung": …, "story": …}
//
// A real kiosk files, some minutes apart, and its real calls are counted: one complaint alone, then a hundred, then a
// thousand that have waited. The words of a complaint are its private part compressed with the dictionary, without the
// byte that says which dictionary that was; the envelope is every other byte of the bodies of the calls: headers,
// frames and their tags, numbers, times, places and categories, receipt keys, the seals' tags, the streams that had to
// be opened, signatures. HTTP and TLS are not in it. Prints one JSON object.
#include <cstdio>
#include <iostream>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <vector>

#include "kiosk/base/log.h"
#include "kiosk/model/event.h"
#include "sync/client/engine.h"
#include "sync/wire/dictionary.h"
#include "sync/wire/event_codec.h"
#include "tests/bench/joined_centre.h"
#include "tests/bench/slow_link.h"
#include "tests/support/memory_folder.h"

namespace mimika::bench {
namespace {

using Json = nlohmann::ordered_json;

constexpr WallMs kBegin = 1'795'500'000'000;  // 24 November 2026
constexpr std::uint64_t kSeed = 7;
constexpr std::int64_t kLongestGapMs = 30 * 60'000;

std::size_t words_of(const PrivatePart& part) {
  return wire::encode_private_part(part, wire::Dictionaries::built_in().find(wire::kNewestBuiltInDictionary).get())
             .size() -
         1;
}

class Kiosk {
 public:
  Kiosk(FakeEnv& env, Store& store, SlowLink& link, const EnrolledKiosk& identity)
      : env_(env), store_(store), link_(link), engine_(store, link, identity.key, env) {}

  // The bytes of filing and sending these, in all.
  Result<Json> send(const std::vector<Json>& filings) {
    std::size_t words = 0;
    std::size_t raw = 0;
    for (const Json& filing : filings) {
      env_.advance_ms(static_cast<std::int64_t>(dice_() % kLongestGapMs));
      NewTicket ticket;
      ticket.category = CategoryId{filing.at("category").get<std::string>()};
      ticket.kampung = KampungCode{filing.at("kampung").get<std::string>()};
      env_.fill_random(ticket.receipt_key);
      ticket.details.story = filing.at("story").get<std::string>();
      words += words_of(ticket.details);
      raw += ticket.details.story.size();
      TRY_ASSIGN([[maybe_unused]] const FiledTicket filed, store_.file_ticket(ticket));
    }
    const std::uint64_t before = link_.counts().body_bytes;
    sync::SyncReport report;
    TRY(engine_.run(report));
    TRY_ASSIGN(const OutboxStatus waiting, store_.outbox_status());
    if (waiting.unsent_events > 0) return fail(ErrorCode::kInternal, "not everything went up");
    const std::uint64_t body = link_.counts().body_bytes - before;
    return Json{
        {"complaints", filings.size()}, {"records", report.records},      {"calls", report.calls}, {"body_bytes", body},
        {"words_bytes", words},         {"envelope_bytes", body - words}, {"story_bytes", raw}};
  }

 private:
  FakeEnv& env_;
  Store& store_;
  SlowLink& link_;
  sync::SyncEngine engine_;
  std::mt19937_64 dice_{kSeed};
};

Result<Json> run(std::vector<Json> filings) {
  FakeEnv env(kBegin, kSeed);
  const test::MemoryFolder folder;
  TRY_ASSIGN(const auto centre, JoinedCentre::open(env, folder / "centre"));
  TRY_ASSIGN(const EnrolledKiosk identity, centre->enrol(folder / "kiosk"));
  TRY_ASSIGN(const auto store, Store::open(identity.options, env));
  SlowLink link(env, *centre, {.up_bps = 1e6}, kSeed);
  Kiosk kiosk(env, *store, link, identity);
  const auto take = [&](std::size_t count) {
    std::vector<Json> taken(filings.end() - static_cast<std::ptrdiff_t>(count), filings.end());
    filings.resize(filings.size() - count);
    return taken;
  };
  // The first answer says which dictionary the centre reads; the first filing after it opens the stream in use.
  TRY_ASSIGN([[maybe_unused]] const Json greeting, kiosk.send({}));
  Json found;
  TRY_ASSIGN(found["first_of_a_stream"], kiosk.send(take(1)));
  TRY_ASSIGN(found["single"], kiosk.send(take(1)));
  TRY_ASSIGN(found["batch_100"], kiosk.send(take(100)));
  TRY_ASSIGN(found["batch_1000"], kiosk.send(take(1000)));
  return found;
}

Result<std::vector<Json>> read_filings() {
  std::vector<Json> filings;
  for (std::string line; std::getline(std::cin, line);) {
    filings.push_back(Json::parse(line, nullptr, false));
    if (!filings.back().is_object()) return fail(ErrorCode::kInvalidInput, "not a filing: " + line);
  }
  if (filings.size() < 1'102) return fail(ErrorCode::kInvalidInput, "too few filings on standard input");
  return filings;
}

Status print() {
  TRY_ASSIGN(std::vector<Json> filings, read_filings());
  TRY_ASSIGN(const Json found, run(std::move(filings)));
  std::printf("%s\n", found.dump().c_str());
  return {};
}

}  // namespace
}  // namespace mimika::bench

int main() {
  mimika::open_log("", mimika::LogLevel::kError);
  const mimika::Status status = mimika::bench::print();
  if (status) return 0;
  std::fprintf(stderr, "bench_envelope: %s\n", status.error().message.c_str());
  return 1;
}
