// A kiosk that was without a link for months, with its photos, meets a narrow one that breaks. Everything is the
// product's but the link and the clocks (slow_link.h), so that the ten hours of 300 MB pass in minutes.
//
//   bench_offline [NAME=NUMBER…] < stories
//
// The numbers: tickets, attachments, bytes (of one), days, seed; up_bps, down_bps, rtt_ms; holds_s, how long a
// connection holds on average (0: until something else ends it); window_s and every_s, when the link is there (0:
// always); notices=0, the kiosk is not told that it came; asks_s, how often somebody files while photos go up (0:
// never). Data lies in memory meanwhile, twice the photos. Prints one JSON object. The status is 1 when not everything
// came home, whole and once.
#include <algorithm>
#include <charconv>
#include <cstdio>
#include <deque>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>

#include "kiosk/base/log.h"
#include "sync/wire/blob.h"
#include "tests/bench/offline_kiosk.h"
#include "tests/support/memory_folder.h"

namespace mimika::bench {
namespace {

using Json = nlohmann::ordered_json;
using Numbers = std::map<std::string, std::int64_t>;

constexpr WallMs kBegin = 1'795'500'000'000;  // 24 November 2026
constexpr std::int64_t kPatienceMs = std::int64_t{5 * 365} * 24 * 3'600'000;
constexpr double kMinuteMs = 60'000;

const Numbers kDefaults = {{"tickets", 2'000}, {"attachments", 5'000}, {"bytes", 60'000},     {"days", 90},
                           {"seed", 1},        {"up_bps", 64'000},     {"down_bps", 256'000}, {"rtt_ms", 600},
                           {"holds_s", 120},   {"window_s", 0},        {"every_s", 0},        {"notices", 1},
                           {"asks_s", 0}};

Result<Numbers> read_numbers(const std::vector<std::string>& settings) {
  Numbers numbers = kDefaults;
  for (const std::string& setting : settings) {
    const std::size_t equals = std::min(setting.find('='), setting.size());
    const auto known = numbers.find(setting.substr(0, equals));
    const char* const end = setting.data() + setting.size();
    if (known == numbers.end() || equals == setting.size() ||
        std::from_chars(setting.data() + equals + 1, end, known->second).ptr != end || known->second < 0) {
      return fail(ErrorCode::kInvalidInput, "not a setting: " + setting);
    }
  }
  return numbers;
}

SlowLinkSettings link_settings(const Numbers& numbers) {
  SlowLinkSettings settings;
  settings.up_bps = static_cast<double>(numbers.at("up_bps"));
  settings.down_bps = static_cast<double>(numbers.at("down_bps"));
  settings.rtt_ms = numbers.at("rtt_ms");
  settings.holds_ms = numbers.at("holds_s") * 1'000;
  settings.window_ms = numbers.at("window_s") * 1'000;
  settings.every_ms = numbers.at("every_s") * 1'000;
  return settings;
}

// What the centre holds, over time.
class Progress {
 public:
  // All must outlive it. `texts` is how many events the kiosk has when the link comes.
  Progress(FakeEnv& env, JoinedCentre& centre, SlowLink& link, std::uint64_t texts)
      : env_(env), centre_(centre), link_(link), texts_(texts), begun_ms_(env.monotonic_ms()) {}

  // After everything that the centre took.
  void look() {
    if (!last_text_minutes) {
      const std::uint64_t events = count(kEvents);
      if (events > events_) fruitful_.insert(link_.window());
      events_ = events;
      if (events >= texts_) last_text_minutes = minutes();
    } else if (!fruitful_.contains(link_.window()) && count(kWhole) > whole_) {
      fruitful_.insert(link_.window());
    }
  }
  // Before a call.
  void begin_call() {
    look_for_asked();
    whole_ = count(kWhole);
  }

  // A filing made since; it has arrived when the centre has so many events.
  void expect(Seq filed) { asked_.emplace_back(filed, env_.monotonic_ms()); }
  void look_for_asked() {
    while (!asked_.empty()) {
      const auto& [seq, since] = asked_.front();
      if (count("SELECT MAX(seq) FROM event WHERE device <> 1") < seq.value) return;
      worst_asked_ms = std::max(worst_asked_ms, env_.monotonic_ms() - since);
      asked_.pop_front();
      ++asked_arrived;
    }
  }

  [[nodiscard]] double minutes() const { return static_cast<double>(env_.monotonic_ms() - begun_ms_) / kMinuteMs; }
  // Of those that are over: the one in which the last came home is not judged.
  [[nodiscard]] std::int64_t windows() const { return link_.window(); }
  [[nodiscard]] std::int64_t windows_without_progress() const {
    return windows() - std::ranges::count_if(fruitful_, [&](std::int64_t window) { return window < windows(); });
  }

  std::optional<double> last_text_minutes;
  std::int64_t worst_asked_ms = 0;
  std::size_t asked_arrived = 0;

 private:
  static constexpr const char* kEvents = "SELECT COUNT(*) FROM event WHERE device <> 1";
  static constexpr const char* kWhole = "SELECT COUNT(*) FROM blob WHERE complete = 1";
  std::uint64_t count(const char* query) { return centre_.number(query).value_or(0); }

  FakeEnv& env_;
  JoinedCentre& centre_;
  SlowLink& link_;
  std::uint64_t texts_;
  std::int64_t begun_ms_;
  std::uint64_t events_ = 0;
  std::uint64_t whole_ = 0;
  std::set<std::int64_t> fruitful_;  // windows that brought something
  std::deque<std::pair<Seq, std::int64_t>> asked_;
};

Json describe(const Progress& progress, const SlowLinkCounts& counts, std::uint64_t again, std::uint64_t content) {
  const std::uint64_t resent = counts.torn_part_bytes + again * wire::kLeafBytes;
  return {{"simulated_minutes", progress.minutes()},
          {"last_text_minutes", progress.last_text_minutes.value_or(-1)},
          {"content_bytes", content},
          {"resent_bytes", resent},
          {"resent_percent", content == 0 ? 0 : 100.0 * static_cast<double>(resent) / static_cast<double>(content)},
          {"leaves_stored_twice", again},
          {"torn_part_bytes", counts.torn_part_bytes},
          {"body_bytes", counts.body_bytes},
          {"up_bytes", counts.up_bytes},
          {"down_bytes", counts.down_bytes},
          {"calls", counts.calls},
          {"connections", counts.connections},
          {"cuts", counts.cuts},
          {"lost_answers", counts.lost_answers},
          {"calls_without_link", counts.no_link},
          {"windows", progress.windows()},
          {"windows_without_progress", progress.windows_without_progress()},
          {"filed_meanwhile", progress.asked_arrived},
          {"worst_of_them_seconds", static_cast<double>(progress.worst_asked_ms) / 1'000}};
}

Result<Json> run(const Numbers& numbers, std::vector<std::string> stories) {
  const auto seed = static_cast<std::uint64_t>(numbers.at("seed"));
  FakeEnv env(kBegin, seed);
  const test::MemoryFolder folder;
  TRY_ASSIGN(const auto centre, JoinedCentre::open(env, folder / "centre"));
  TRY_ASSIGN(EnrolledKiosk identity, centre->enrol(folder / "kiosk"));
  OfflineKiosk kiosk(env, std::move(identity), std::move(stories), seed);
  Load load;
  load.tickets = static_cast<std::size_t>(numbers.at("tickets"));
  load.attachments = static_cast<std::size_t>(numbers.at("attachments"));
  load.attachment_bytes = static_cast<std::size_t>(numbers.at("bytes"));
  load.days = static_cast<std::size_t>(numbers.at("days"));
  TRY(kiosk.fill(load));

  TRY_ASSIGN(const StoreStatus filled, kiosk.store().status());
  SlowLink link(env, *centre, link_settings(numbers), seed);
  Progress progress(env, *centre, link, filled.unsent_events);
  link.on_piece = [&] { progress.look(); };
  const std::int64_t asks_ms = numbers.at("asks_s") * 1'000;
  std::int64_t next_ask_ms = env.monotonic_ms() + asks_ms;
  link.on_call = [&] {
    progress.begin_call();
    if (asks_ms == 0 || !progress.last_text_minutes || env.monotonic_ms() < next_ask_ms) return;
    next_ask_ms = env.monotonic_ms() + asks_ms;
    if (const auto filed = kiosk.file()) progress.expect(filed->seq);
  };
  TRY(kiosk.synchronise(link, numbers.at("notices") != 0, env.monotonic_ms() + kPatienceMs));
  progress.look_for_asked();

  const std::string found = "SELECT COUNT(*) FROM blob WHERE complete = 1";
  TRY_ASSIGN(const std::uint64_t whole, centre->number(found));
  TRY_ASSIGN(const std::uint64_t tickets, centre->number("SELECT COUNT(*) FROM ticket"));
  TRY_ASSIGN(const std::uint64_t again, centre->refused("blob_leaf_again"));
  TRY_ASSIGN(const std::uint64_t content, centre->number("SELECT COALESCE(SUM(bytes), 0) FROM blob"));
  TRY(kiosk.store().verify());
  Json answer = describe(progress, link.counts(), again, content);
  answer["tickets"] = tickets;
  answer["attachments"] = whole;
  answer["events"] = filled.events;
  answer["failed_rounds"] = kiosk.failed_rounds();
  answer["rounds"] = kiosk.rounds();
  answer["complete"] = whole == load.attachments && tickets == load.tickets + progress.asked_arrived && again == 0;
  return answer;
}

}  // namespace
}  // namespace mimika::bench

int main(int argc, char** argv) {
  using namespace mimika;
  open_log("", LogLevel::kError);
  std::vector<std::string> stories;
  for (std::string line; std::getline(std::cin, line);) stories.push_back(line);
  if (stories.empty()) stories.emplace_back("Jembatan kayu di ujung kampung patah dua papan, mohon diperbaiki.");
  const auto numbers = bench::read_numbers({argv + 1, argv + argc});
  auto found = numbers ? bench::run(*numbers, std::move(stories)) : std::unexpected(numbers.error());
  if (!found) {
    std::fprintf(stderr, "bench_offline: %s\n", found.error().message.c_str());
    return numbers ? 1 : 2;
  }
  std::printf("%s\n", found->dump().c_str());
  return found->at("complete").get<bool>() ? 0 : 1;
}
