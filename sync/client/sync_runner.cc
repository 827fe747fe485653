#include "sync/client/sync_runner.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <system_error>
#include <thread>
#include <utility>

#include "kiosk/base/files.h"
#include "kiosk/base/log.h"
#include "sync/client/forwarding.h"
#include "sync/client/link_watch.h"
#include "sync/client/rekey.h"

namespace mimika::sync {
namespace {

// The longest sleep. poll() does not count the time a machine was suspended, the monotonic clock does.
constexpr std::int64_t kSleepMaxMs = 60'000;

unsigned bit_of(Nudge why) {
  return 1U << static_cast<unsigned>(why);
}

class WakeUp {
 public:
  static Result<WakeUp> open() {
    const int fd = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (fd < 0) return fail(ErrorCode::kInternal, error_from_errno(errno, "opening an event descriptor").message);
    return WakeUp(fd);
  }
  WakeUp(WakeUp&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  WakeUp(const WakeUp&) = delete;
  WakeUp& operator=(const WakeUp&) = delete;
  WakeUp& operator=(WakeUp&&) = delete;
  ~WakeUp() {
    if (fd_ >= 0) ::close(fd_);
  }
  [[nodiscard]] int descriptor() const { return fd_; }
  // A full counter means that the other side has been woken already, so failing is as good as succeeding.
  void ring() const {
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t wrote = ::write(fd_, &one, sizeof one);
  }
  void clear() const {
    std::uint64_t count = 0;
    [[maybe_unused]] const ssize_t got = ::read(fd_, &count, sizeof count);
  }

 private:
  explicit WakeUp(int fd) : fd_(fd) {}
  int fd_;
};

}  // namespace

RoundOutcome outcome_of(const Status& result, const SyncReport& report) {
  if (result) return report.more ? RoundOutcome::kMore : RoundOutcome::kDone;
  if (!is_of_the_link(result.error().code)) return RoundOutcome::kRefused;
  return report.progress() > 0 ? RoundOutcome::kBroken : RoundOutcome::kUnreachable;
}

struct SyncRunner::State {
  State(SyncRunnerOptions given, Callback told, WakeUp bell)
      : options(std::move(given)), callback(std::move(told)), wake_up(std::move(bell)) {}

  void run();
  SyncState one_round(RoundOutcome& outcome);
  Status settle_key();
  Status open_store();
  void sleep_until(std::int64_t due_ms);
  void log_change(const Status& result, const SyncReport& report);

  SyncRunnerOptions options;
  Callback callback;
  WakeUp wake_up;
  std::atomic<bool> stopping = false;
  std::atomic<unsigned> nudges = 0;  // bit_of() what was asked for since the thread looked

  // The thread's own from here on.
  std::optional<LinkWatch> link;
  std::unique_ptr<Store> store;
  std::optional<SyncEngine> engine;
  std::optional<ErrorCode> last_logged;  // the last failure the log has heard of
  std::thread thread;
};

Status SyncRunner::State::open_store() {
  if (store) return {};
  TRY_ASSIGN(store, Store::open(options.store, *options.env));
  engine.emplace(*store, *options.transport, options.device_key, *options.env);
  return {};
}

// The centre may know this kiosk by its next key already, and would then refuse whatever the old one signs. Receipts
// are signed with the old one until the kiosk is started again, and stay good: the centre keeps every key.
Status SyncRunner::State::settle_key() {
  if (options.enrolment_folder.empty()) return {};
  TRY_ASSIGN(auto key, finish_pending_rekey(options.enrolment_folder, *options.transport, *options.env));
  if (!key) return {};
  options.device_key = *std::move(key);
  engine.reset();
  store.reset();
  return {};
}

// A kiosk without a link would otherwise log the same line every minute for weeks.
void SyncRunner::State::log_change(const Status& result, const SyncReport& report) {
  if (!result) {
    if (last_logged != result.error().code && !stopping) {
      log_warning("sync", "{} ({})", result.error().message, error_code_name(result.error().code));
    }
    last_logged = result.error().code;
    return;
  }
  if (last_logged) log_info("sync", "the centre answers again");
  last_logged.reset();
  if (report.arrived > 0 || report.feed_applied > 0) {
    log_info("sync", "{} events arrived, {} came, in {} calls", report.arrived, report.feed_applied, report.calls);
  }
}

SyncState SyncRunner::State::one_round(RoundOutcome& outcome) {
  SyncState state;
  Status result = settle_key();
  if (result) result = open_store();
  if (result) result = store->note_powered();
  if (result) result = engine->run(state.report);
  outcome = outcome_of(result, state.report);
  log_change(result, state.report);
  if (!result) state.last_error = result.error();
  state.tickets_changed = state.report.arrived > 0 || state.report.feed_applied > 0 || state.report.states_applied > 0;
  if (store) {
    state.touched = store->take_touched();
    // Here, in the background, and not while somebody waits for "saved".
    if (const Status ready = store->prepare_sealing(); !ready) log_warning("sync", "{}", ready.error().message);
    if (const auto status = store->outbox_status()) {
      state.last_contact_ms = status->last_contact_ms;
      state.unsent_events = status->unsent_events;
      state.orphans = status->orphans;
    } else if (!state.last_error) {
      state.last_error = status.error();
    }
  }
  return state;
}

void SyncRunner::State::sleep_until(std::int64_t due_ms) {
  const std::int64_t wait = std::clamp<std::int64_t>(due_ms - options.env->monotonic_ms(), 0, kSleepMaxMs);
  pollfd watched[2] = {{wake_up.descriptor(), POLLIN, 0}, {link ? link->descriptor() : -1, POLLIN, 0}};
  ::poll(watched, 2, static_cast<int>(wait));
}

void SyncRunner::State::run() {
  if (options.link == LinkWatching::kOn) {
    if (auto opened = LinkWatch::open()) {
      link.emplace(*std::move(opened));
    } else {
      log_warning("sync", "no link watch: {}", opened.error().message);
    }
  }
  Scheduler scheduler(options.schedule, *options.env, options.env->monotonic_ms());
  Forwarding forwarding(options.courier_folder, options.store.identity.device, *options.transport, *options.env);
  while (!stopping) {
    sleep_until(scheduler.due_ms());
    wake_up.clear();
    const unsigned asked = nudges.exchange(0);
    const std::int64_t now_ms = options.env->monotonic_ms();
    if (link && link->take_notices()) scheduler.nudge(Nudge::kLinkUp, now_ms);
    for (const Nudge why : {Nudge::kFiled, Nudge::kLinkUp, Nudge::kAsked}) {
      if ((asked & bit_of(why)) != 0) scheduler.nudge(why, now_ms);
    }
    if (stopping || scheduler.due_ms() > now_ms) continue;

    if (scheduler.wants_fresh_connection()) options.transport->use_fresh_connection();
    scheduler.started();
    RoundOutcome outcome = RoundOutcome::kDone;
    const SyncState state = one_round(outcome);
    scheduler.finished(outcome, options.env->monotonic_ms());
    if (!stopping) callback(state);
    // Whoever files while others' bundles go need not wait for all of them, nor does the next round.
    const auto go_on = [&] { return !stopping && nudges == 0 && options.env->monotonic_ms() < scheduler.due_ms(); };
    if (outcome == RoundOutcome::kDone) {
      for (const auto& [what, reason] : forwarding.run(go_on).refusals) store->note_refusal(what, reason);
    }
  }
  // The store must be closed by the thread it belongs to.
  engine.reset();
  store.reset();
}

Result<std::unique_ptr<SyncRunner>> SyncRunner::start(SyncRunnerOptions options, Callback callback) {
  TRY_ASSIGN(WakeUp bell, WakeUp::open());
  auto state = std::make_unique<State>(std::move(options), std::move(callback), std::move(bell));
  try {
    State& running = *state;
    state->thread = std::thread([&running] { running.run(); });
  } catch (const std::system_error& error) {
    return fail(ErrorCode::kInternal, std::string("starting the sync thread: ") + error.what());
  }
  return std::unique_ptr<SyncRunner>(new SyncRunner(std::move(state)));
}

SyncRunner::SyncRunner(std::unique_ptr<State> state) : state_(std::move(state)) {}

SyncRunner::~SyncRunner() {
  stop();
}

void SyncRunner::nudge(Nudge why) {
  state_->nudges.fetch_or(bit_of(why));
  state_->wake_up.ring();
}

void SyncRunner::stop() {
  state_->stopping = true;
  state_->options.transport->cancel();
  state_->wake_up.ring();
  if (state_->thread.joinable()) state_->thread.join();
}

}  // namespace mimika::sync
