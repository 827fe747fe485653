// How long an officer waits at a kiosk that holds many tickets.
//
//   bench_officer fill FOLDER TICKETS < stories      files until the journal holds so many tickets
//   bench_officer measure FOLDER < stories           signs in and prints one JSON object: times and memory
//
// Signing in costs what it costs in the field: PinCost's own choice. Queries are the words of officers: numbers, names,
// telephone numbers, frequent and rare words of stories, and what is nowhere.
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
#include "kiosk/office/office_book.h"
#include "kiosk/office/sign_in.h"

namespace mimika::bench {
namespace {

constexpr DeviceId kDevice{1001};
constexpr int kRounds = 40;
constexpr const char* kPin = "480213";
constexpr std::uint64_t kFillsBetweenLooks = 5'000;
constexpr std::array<const char*, 8> kNames = {"Maria Natkime", "Yulius Magal",  "Petrus Beanal", "Agustina Wanmang",
                                               "Elisabet Mom",  "Yosep Alomang", "Martina Kum",   "Paulus Uamang"};

template <typename Work>
double milliseconds_of(Work&& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

double percentile(std::vector<double> samples, double share) {
  std::sort(samples.begin(), samples.end());
  return samples[static_cast<std::size_t>(share * static_cast<double>(samples.size() - 1))];
}

std::int64_t own_pss_kib() {
  std::ifstream lines("/proc/self/smaps_rollup");
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("Pss:")) return std::strtoll(line.c_str() + 4, nullptr, 10);
  }
  return 0;
}

std::string digits(std::uint64_t number, std::size_t count) {
  std::string text = std::to_string(number);
  return std::string(count - std::min(count, text.size()), '0') + text;
}

class Counter {
 public:
  Counter(std::string folder, std::vector<std::string> stories)
      : folder_(std::move(folder)), stories_(std::move(stories)) {
    secret_ = crypto::SecretBytes(32);
    std::ranges::fill(secret_.span(), std::uint8_t{7});
  }

  Status open() {
    FakeEnv seeded(0, 5);
    const crypto::BoxKey centre = crypto::BoxKey::generate(seeded);
    office_ = crypto::BoxKey::generate(seeded);
    TRY_ASSIGN(store_, Store::open({.folder = folder_,
                                    .identity = {kDevice, DeviceCode{"JLA1"}, DistrictCode{"94.04.06"}},
                                    .centre_key = centre.public_key(),
                                    .office_key = office_.public_key(),
                                    .program_version = "bench"},
                                   *env_));
    return {};
  }

  Status fill(std::uint64_t tickets) {
    TRY_ASSIGN(const StoreStatus status, store_->status());
    for (std::uint64_t i = status.tickets; i < tickets; ++i) {
      NewTicket ticket;
      ticket.category = CategoryId{"air"};
      ticket.kampung = KampungCode{"94.04.06.2002"};
      ticket.receipt_key.fill(7);
      ticket.details.story = stories_[i % stories_.size()];
      ticket.details.name = kNames[i % kNames.size()];
      ticket.details.phone = "08" + digits(1'000'000'000 + i, 10);
      ticket.details.nik = digits(9'404'065'203'000'000 + i, 16);
      TRY_ASSIGN(const FiledTicket filed, store_->file_ticket(ticket));
      static_cast<void>(filed);
      if (i % kFillsBetweenLooks == 0) TRY(store_->checkpoint());
    }
    wire::StaffAccounts accounts;
    accounts.district = DistrictCode{"94.04.06"};
    accounts.challenge_secret = Bytes(32, 1);
    wire::StaffAccount account;
    account.login = "yosefa";
    account.name = "Yosefa Magal";
    TRY_ASSIGN(account.credential, crypto::make_credential(*env_, kPin, nullptr, &office_.seed()));
    accounts.accounts.push_back(std::move(account));
    return store_->take_staff_accounts(accounts, secret_);
  }

  Result<nlohmann::ordered_json> measure(const Catalogue& catalogue) {
    nlohmann::ordered_json found;
    TRY(open());
    const std::int64_t before_kib = own_pss_kib();
    std::optional<office::SignedIn> in;
    found["sign_in_ms"] = milliseconds_of([&] {
      auto entered = office::sign_in(*store_, *env_, secret_, "yosefa", kPin, nullptr);
      if (entered) in = *std::move(entered);
    });
    if (!in || !in->office_key) return fail(ErrorCode::kUnauthorised, "nobody was let in");
    office::OfficeBook book(*std::move(in->office_key), catalogue, catalogue.work_calendar());
    Status status;
    const auto load = [&](const auto& until) {
      while (status && !until()) {
        if (const auto more = book.load_more(*store_, env_->wall_ms()); !more) status = std::unexpected(more.error());
      }
    };
    found["lists_ms"] = milliseconds_of([&] { load([&] { return book.has_lists(); }); });
    TRY(status);
    found["first_page_ms"] = milliseconds_of([&] { static_cast<void>(page(book, QueueTab::kAll, 0)); });
    found["unlock_ms"] =
        found["lists_ms"].get<double>() + milliseconds_of([&] { load([&] { return book.complete(); }); });
    TRY(status);
    found["tickets"] = book.tickets();
    found["text_mb"] = static_cast<double>(book.text_bytes()) / 1e6;
    found["book_pss_kib"] = own_pss_kib() - before_kib;
    measure_queue(book, found);
    measure_search(book, found);
    const LocalDate today = local_date(env_->wall_ms());
    found["report_ms"] = milliseconds_of([&] { static_cast<void>(book.report(staff::ReportSpan::kMonth, today)); });
    return found;
  }

 private:
  staff::QueuePage page(office::OfficeBook& book, QueueTab tab, std::uint32_t first) {
    return book.page(*store_, tab, first, env_->wall_ms()).value_or(staff::QueuePage{});
  }

  // Pages from the beginning to the end of every list, and each first one after a ticket has changed.
  void measure_queue(office::OfficeBook& book, nlohmann::ordered_json& found) {
    std::vector<double> pages;
    std::vector<double> changed;
    const auto count = static_cast<std::uint32_t>(book.tickets());
    for (int round = 0; round < kRounds; ++round) {
      for (std::size_t tab = 0; tab < kQueueTabs; ++tab) {
        const std::uint32_t first = count / kRounds * static_cast<std::uint32_t>(round);
        pages.push_back(milliseconds_of([&] { static_cast<void>(page(book, static_cast<QueueTab>(tab), first)); }));
      }
      NewTicket ticket;
      ticket.category = CategoryId{"air"};
      ticket.receipt_key.fill(7);
      ticket.details.story = "Satu lagi.";
      static_cast<void>(store_->file_ticket(ticket));
      changed.push_back(milliseconds_of([&] {
        static_cast<void>(book.refresh(*store_, store_->take_touched(), env_->wall_ms()));
        static_cast<void>(page(book, QueueTab::kAll, 0));
      }));
    }
    found["queue_ms"] = percentile(pages, 0.99);
    found["queue_p50_ms"] = percentile(pages, 0.5);
    found["queue_after_change_ms"] = percentile(changed, 0.99);
  }

  void measure_search(office::OfficeBook& book, nlohmann::ordered_json& found) {
    const auto some = static_cast<std::uint64_t>(book.tickets() / 2);
    const std::vector<std::string> queries = {
        format_ticket_number({DeviceCode{"JLA1"}, static_cast<std::uint32_t>(some)}),
        "natkime",
        "maria air",
        "08" + digits(1'000'000'000 + some, 10),
        digits(9'404'065'203'000'000 + some, 16),
        "air",
        "a e",
        "rusak jalan sekolah",
        "obat malaria",
        "tidakadadimanapun",
        "an",
        "yosep kum"};
    std::vector<double> times;
    double worst = 0;
    for (const std::string& query : queries) {
      for (int round = 0; round < kRounds / 4; ++round) {
        const double ms = milliseconds_of([&] { static_cast<void>(book.search(*store_, query, env_->wall_ms())); });
        times.push_back(ms);
        if (ms > worst) {
          worst = ms;
          found["search_slowest"] = query;
        }
      }
    }
    found["search_ms"] = percentile(times, 0.99);
    found["search_p50_ms"] = percentile(times, 0.5);
  }

  std::string folder_;
  std::vector<std::string> stories_;
  std::unique_ptr<Env> env_ = make_system_env();
  crypto::SecretBytes secret_;
  crypto::BoxKey office_;
  std::unique_ptr<Store> store_;
};

int run(int count, char** words) {
  const std::string command = count > 1 ? words[1] : "";
  std::vector<std::string> stories;
  for (std::string line; std::getline(std::cin, line);) stories.push_back(line);
  if (stories.empty() || count < 3) return 2;
  open_log("", LogLevel::kError);
  Counter counter(words[2], std::move(stories));
  if (command == "fill") {
    Status done = counter.open();
    if (done) done = counter.fill(std::strtoull(words[3], nullptr, 10));
    if (!done) std::fprintf(stderr, "%s\n", done.error().message.c_str());
    return done ? 0 : 1;
  }
  const auto catalogue = load_catalogue(MIMIKA_SOURCE_ASSETS "/catalogue");
  if (!catalogue) return 1;
  const auto found = counter.measure(*catalogue);
  if (!found) {
    std::fprintf(stderr, "%s\n", found.error().message.c_str());
    return 1;
  }
  std::printf("%s\n", found->dump().c_str());
  return 0;
}

}  // namespace
}  // namespace mimika::bench

int main(int count, char** words) {
  return mimika::bench::run(count, words);
}
