#include "tests/bench/offline_kiosk.h"

#include <algorithm>
#include <array>
#include <utility>

#include "sync/client/sync_runner.h"

namespace mimika::bench {
namespace {

constexpr std::int64_t kHourMs = 3'600'000;
constexpr std::int64_t kOpenMs = 8 * kHourMs;  // of a day's 24
constexpr std::array kCategories = {"air", "jalan", "listrik", "puskesmas", "sekolah"};
constexpr std::array kKampungs = {"94.04.06.2001", "94.04.06.2002", "94.04.06.2003", "94.04.06.2004"};

// `whole` things over `parts`, as evenly as can be: how many fall to the one at `index`.
std::size_t share(std::size_t whole, std::size_t parts, std::size_t index) {
  return whole * (index + 1) / parts - whole * index / parts;
}

template <typename Choices>
const char* one_of(const Choices& choices, std::mt19937_64& dice) {
  return choices[dice() % choices.size()];
}

}  // namespace

Status OfflineKiosk::switch_on() {
  store_.reset();
  env_.reboot();
  TRY_ASSIGN(store_, Store::open(identity_.options, env_));
  return {};
}

Result<EventKey> OfflineKiosk::file() {
  NewTicket ticket;
  ticket.category = CategoryId{one_of(kCategories, dice_)};
  ticket.kampung = KampungCode{one_of(kKampungs, dice_)};
  env_.fill_random(ticket.receipt_key);
  ticket.details.story = stories_[filed_++ % stories_.size()];
  TRY_ASSIGN(const FiledTicket filed, store_->file_ticket(ticket));
  return filed.key;
}

Status OfflineKiosk::attach(const TicketId& ticket, std::size_t bytes) {
  Bytes photo(bytes);
  env_.fill_random(photo);
  TRY_ASSIGN([[maybe_unused]] const EventKey key, store_->attach({ticket, MediaKind::kPhoto, photo, {}}));
  return {};
}

Status OfflineKiosk::fill(const Load& load) {
  std::size_t ticket = 0;
  for (std::size_t day = 0; day < load.days; ++day) {
    TRY(switch_on());
    std::vector<std::int64_t> moments(share(load.tickets, load.days, day));
    for (std::int64_t& moment : moments) moment = static_cast<std::int64_t>(dice_() % kOpenMs);
    std::ranges::sort(moments);
    std::int64_t now = 0;
    for (const std::int64_t moment : moments) {
      env_.advance_ms(moment - std::exchange(now, moment));
      TRY_ASSIGN(const EventKey filed, file());
      for (std::size_t i = share(load.attachments, load.tickets, ticket++); i > 0; --i) {
        TRY(attach(filed, load.attachment_bytes));
      }
    }
    env_.advance_ms(24 * kHourMs - now);
  }
  return switch_on();
}

Result<bool> OfflineKiosk::home() {
  TRY_ASSIGN(const OutboxStatus waiting, store_->outbox_status());
  if (waiting.refused_blobs > 0) return fail(ErrorCode::kInternal, "the centre refused attachments");
  return waiting.unsent_events == 0 && waiting.unsent_blobs == 0;
}

// What SyncRunner's thread does, without the thread.
Status OfflineKiosk::synchronise(SlowLink& link, bool notices, std::int64_t until_ms) {
  StoreOptions options = identity_.options;
  options.check = OpeningCheck::kDoneAlready;
  TRY_ASSIGN(const auto store, Store::open(options, env_));
  sync::SyncEngine engine(*store, link, identity_.key, env_);
  sync::Scheduler scheduler({}, env_, env_.monotonic_ms());
  while (env_.monotonic_ms() < until_ms) {
    TRY_ASSIGN(const bool done, home());
    if (done) return {};
    const std::int64_t now = env_.monotonic_ms();
    const std::int64_t notice = notices ? link.next_window_ms() : until_ms;
    env_.advance_ms(std::max<std::int64_t>(std::min(scheduler.due_ms(), notice) - now, 0));
    if (env_.monotonic_ms() >= notice) scheduler.nudge(sync::Nudge::kLinkUp, env_.monotonic_ms());
    if (scheduler.due_ms() > env_.monotonic_ms()) continue;
    if (scheduler.wants_fresh_connection()) link.use_fresh_connection();
    scheduler.started();
    sync::SyncReport report;
    const Status result = engine.run(report);
    ++rounds_;
    if (!result) ++failed_;
    const sync::RoundOutcome outcome = sync::outcome_of(result, report);
    if (outcome == sync::RoundOutcome::kRefused) return result;  // nothing here gives reason for it
    scheduler.finished(outcome, env_.monotonic_ms());
  }
  return fail(ErrorCode::kUnreachable, "not everything is home when the time is over");
}

}  // namespace mimika::bench
