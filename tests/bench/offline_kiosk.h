// A kiosk that fills its journal for months without a link, and then synchronises as the program's own thread does: the
// product's store, engine and schedule on a simulated clock.
#pragma once

#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "kiosk/base/env.h"
#include "kiosk/store/store.h"
#include "sync/client/engine.h"
#include "sync/client/scheduler.h"
#include "tests/bench/joined_centre.h"
#include "tests/bench/slow_link.h"

namespace mimika::bench {

struct Load {
  std::size_t tickets = 2'000;
  std::size_t attachments = 5'000;
  std::size_t attachment_bytes = 60'000;
  std::size_t days = 90;
};

class OfflineKiosk {
 public:
  // All must outlive it.
  OfflineKiosk(FakeEnv& env, EnrolledKiosk identity, std::vector<std::string> stories, std::uint64_t seed)
      : env_(env), identity_(std::move(identity)), stories_(std::move(stories)), dice_(seed) {}

  // Filings at random moments of every day, each with its share of the attachments; switched off every night.
  [[nodiscard]] Status fill(const Load& load);
  // One more, now.
  [[nodiscard]] Result<EventKey> file();

  // Synchronises over `link` until nothing waits, or until `until_ms` of the monotonic clock. Does not know when a
  // window begins unless `notices`.
  [[nodiscard]] Status synchronise(SlowLink& link, bool notices, std::int64_t until_ms);

  [[nodiscard]] Store& store() { return *store_; }
  [[nodiscard]] std::uint64_t rounds() const { return rounds_; }
  [[nodiscard]] std::uint64_t failed_rounds() const { return failed_; }

 private:
  [[nodiscard]] Status switch_on();
  [[nodiscard]] Status attach(const TicketId& ticket, std::size_t bytes);
  [[nodiscard]] Result<bool> home();

  FakeEnv& env_;
  EnrolledKiosk identity_;
  std::vector<std::string> stories_;
  std::mt19937_64 dice_;
  std::unique_ptr<Store> store_;  // of the screen; synchronising has one of its own
  std::size_t filed_ = 0;
  std::uint64_t rounds_ = 0;
  std::uint64_t failed_ = 0;
};

}  // namespace mimika::bench
