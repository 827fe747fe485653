// Whether the store takes as long for an event when it holds a million as when it holds ten thousand.
//
//   bench_scale fill FOLDER EVENTS < stories      files until the journal holds so many events
//   bench_scale measure FOLDER < stories          opens it and prints one JSON object: times and memory
//
// `measure` opens, files some hundred tickets, sends everything unsent to a centre that takes it all, and computes the
// projections again. It leaves the journal larger by what it filed.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "kiosk/base/log.h"
#include "kiosk/crypto/keys.h"
#include "kiosk/store/store.h"
#include "sync/wire/event_codec.h"

namespace mimika::bench {
namespace {

constexpr DeviceId kDevice{1001};
constexpr std::size_t kFilings = 500;
constexpr std::size_t kRecordsACall = 1000;
constexpr std::size_t kBytesACall = 4'000'000;
constexpr std::uint64_t kFillsBetweenLooks = 5'000;

template <typename Work>
double milliseconds_of(Work&& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

double median(std::vector<double> samples) {
  if (samples.empty()) return 0;
  std::sort(samples.begin(), samples.end());
  return samples[samples.size() / 2];
}

// A line of /proc/self/<file>, in KiB.
std::int64_t own_memory_kib(const std::string& file, const std::string& name) {
  std::ifstream lines("/proc/self/" + file);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(name + ":")) return std::strtoll(line.c_str() + name.size() + 1, nullptr, 10);
  }
  return 0;
}

class Scale {
 public:
  Scale(std::string folder, std::vector<std::string> stories)
      : folder_(std::move(folder)), stories_(std::move(stories)) {}

  Status open() {
    FakeEnv seeded(0, 5);
    const crypto::BoxKey centre = crypto::BoxKey::generate(seeded);
    const crypto::BoxKey office = crypto::BoxKey::generate(seeded);
    TRY_ASSIGN(store_, Store::open({.folder = folder_,
                                    .identity = {kDevice, DeviceCode{"JLA1"}, DistrictCode{"94.04.06"}},
                                    .centre_key = centre.public_key(),
                                    .office_key = office.public_key(),
                                    .program_version = "bench"},
                                   *env_));
    return {};
  }

  Status file() {
    NewTicket ticket;
    ticket.category = CategoryId{"air"};
    ticket.kampung = KampungCode{"94.04.06.2002"};
    ticket.receipt_key.fill(7);
    ticket.details.story = stories_[filed_++ % stories_.size()];
    TRY_ASSIGN(const FiledTicket filed, store_->file_ticket(ticket));
    static_cast<void>(filed);
    return {};
  }

  Status fill(std::uint64_t events) {
    for (;;) {
      TRY_ASSIGN(const StoreStatus status, store_->status());
      if (status.events >= events) return {};
      const std::uint64_t count = std::min(events - status.events, kFillsBetweenLooks);
      for (std::uint64_t i = 0; i < count; ++i) TRY(file());
      TRY(store_->checkpoint());
    }
  }

  // One call and its answer. False: nothing was left to send.
  Result<bool> synchronise(double& outgoing_ms, double& answer_ms, std::size_t& records) {
    Result<Outgoing> out = std::unexpected(Error{});
    outgoing_ms = milliseconds_of([&] { out = store_->outgoing(kRecordsACall, kBytesACall); });
    if (!out) return std::unexpected(out.error());
    records = out->records.size();
    if (records == 0) return false;
    wire::Answer answer;
    crypto::Hash chain = out->chain_before;
    for (std::size_t i = 0; i < records; ++i) {
      const EventKey key{kDevice, out->epoch, Seq{out->first_seq.value + i}};
      chain = wire::chain_next(chain, key, out->records[i].event, out->records[i].sealed);
    }
    answer.acknowledged = Seq{out->first_seq.value + records - 1};
    answer.chain_at = wire::chain_mark(chain);
    answer.server_ms = env_->wall_ms();
    Result<AnswerOutcome> outcome = std::unexpected(Error{});
    answer_ms = milliseconds_of([&] { outcome = store_->apply_answer(out->epoch, answer); });
    if (!outcome) return std::unexpected(outcome.error());
    return true;
  }

  Result<nlohmann::ordered_json> measure() {
    nlohmann::ordered_json found;
    Status status;
    found["open_ms"] = milliseconds_of([&] { status = open(); });
    TRY(status);
    found["pss_kib_after_open"] = own_memory_kib("smaps_rollup", "Pss");
    found["outbox_status_us_all_unsent"] = outbox_status_us();
    found["status_ms_all_unsent"] = status_ms(found);
    std::vector<double> filings;
    for (std::size_t i = 0; i < kFilings; ++i) {
      filings.push_back(1000 * milliseconds_of([&] { status = file(); }));
      TRY(status);
    }
    found["file_us"] = median(filings);
    TRY(drain(found));
    found["status_ms_all_sent"] = status_ms(found);
    found["rebuild_us_per_event"] =
        1000 * milliseconds_of([&] { status = store_->rebuild_projections(); }) / found["events"].get<double>();
    TRY(status);
    found["close_ms"] = milliseconds_of([&] { store_.reset(); });
    found["peak_rss_kib"] = own_memory_kib("status", "VmHWM");
    return found;
  }

 private:
  double outbox_status_us() {
    std::vector<double> samples;
    for (int i = 0; i < 100; ++i) {
      samples.push_back(1000 * milliseconds_of([&] { static_cast<void>(store_->outbox_status()); }));
    }
    return median(samples);
  }

  double status_ms(nlohmann::ordered_json& found) {
    return milliseconds_of([&] {
      if (const auto status = store_->status()) found["events"] = status->events;
    });
  }

  Status drain(nlohmann::ordered_json& found) {
    std::vector<double> outgoing_us;
    std::vector<double> answer_us;
    for (;;) {
      double outgoing_ms = 0;
      double answer_ms = 0;
      std::size_t records = 0;
      TRY_ASSIGN(const bool more, synchronise(outgoing_ms, answer_ms, records));
      if (!more) break;
      if (records < kRecordsACall && !outgoing_us.empty()) continue;  // the rest; a call costs something by itself
      outgoing_us.push_back(1000 * outgoing_ms / static_cast<double>(records));
      answer_us.push_back(1000 * answer_ms / static_cast<double>(records));
    }
    found["outgoing_us_per_event"] = median(outgoing_us);
    found["answer_us_per_event"] = median(answer_us);
    return {};
  }

  std::string folder_;
  std::vector<std::string> stories_;
  std::unique_ptr<Env> env_ = make_system_env();
  std::unique_ptr<Store> store_;
  std::size_t filed_ = 0;
};

Status run(const std::string& what, const std::string& folder, std::uint64_t events) {
  std::vector<std::string> stories;
  for (std::string line; std::getline(std::cin, line);) stories.push_back(line);
  if (stories.empty()) return fail(ErrorCode::kInvalidInput, "no stories on standard input");
  Scale scale(folder, std::move(stories));
  if (what == "fill") {
    TRY(scale.open());
    return scale.fill(events);
  }
  TRY_ASSIGN(const auto found, scale.measure());
  std::printf("%s\n", found.dump().c_str());
  return {};
}

}  // namespace
}  // namespace mimika::bench

int main(int argc, char** argv) {
  const std::string what = argc >= 3 ? argv[1] : "";
  if (!(what == "fill" && argc == 4) && !(what == "measure" && argc == 3)) {
    std::fprintf(stderr, "usage: bench_scale fill FOLDER EVENTS | measure FOLDER\n");
    return 2;
  }
  mimika::open_log("", mimika::LogLevel::kError);
  const auto status = mimika::bench::run(what, argv[2], argc == 4 ? std::strtoull(argv[3], nullptr, 10) : 0);
  if (status) return 0;
  std::fprintf(stderr, "bench_scale: %s\n", status.error().message.c_str());
  return 1;
}
