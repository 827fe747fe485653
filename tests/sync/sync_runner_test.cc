#include "sync/client/sync_runner.h"

#include <catch2/catch.hpp>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "tests/sync/kiosk_world.h"

namespace mimika::test {
namespace {

using namespace std::chrono_literals;

// The real clock for the thread, and what it said.
class Listener {
 public:
  void hear(const sync::SyncState& state) {
    const std::lock_guard lock(guard_);
    heard_.push_back(state);
    changed_.notify_all();
  }
  template <typename Wanted>
  [[nodiscard]] bool wait_for(Wanted wanted) {
    std::unique_lock lock(guard_);
    return changed_.wait_for(lock, 20s, [&] { return !heard_.empty() && wanted(heard_.back()); });
  }
  [[nodiscard]] std::size_t count() {
    const std::lock_guard lock(guard_);
    return heard_.size();
  }

 private:
  std::mutex guard_;
  std::condition_variable changed_;
  std::vector<sync::SyncState> heard_;
};

struct RunnerWorld {
  RunnerWorld()
      : env(make_system_env()), key(crypto::SigningKey::generate(*env)), options(kiosk_options(folder.path(), *env)) {
    auto opened = Store::open(options, *env);
    REQUIRE(opened);
    store = *std::move(opened);
    auto transport = std::make_unique<FakeCentre>(*env, key.verify_key());
    centre = transport.get();
    runner_options.store = options;
    runner_options.link = sync::LinkWatching::kOff;
    runner_options.schedule.poll_ms = 60'000;
    runner_options.schedule.unreachable_first_ms = 60'000;
    runner_options.schedule.nudge_gap_ms = 1;
    runner_options.store.centre_verify_key = transport->verify_key();
    runner_options.transport = std::move(transport);
    runner_options.device_key = crypto::SigningKey::from_seed(key.seed());
    runner_options.env = make_system_env();
  }
  void start() {
    auto started = sync::SyncRunner::start(std::move(runner_options),
                                           [this](const sync::SyncState& state) { listener.hear(state); });
    REQUIRE(started);
    runner = *std::move(started);
  }
  static std::int64_t milliseconds_of(const auto& action) {
    const auto before = std::chrono::steady_clock::now();
    action();
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - before).count();
  }

  MemoryFolder folder;
  std::unique_ptr<Env> env;
  crypto::SigningKey key;
  StoreOptions options;
  std::unique_ptr<Store> store;  // the program's own, on the test's thread
  sync::SyncRunnerOptions runner_options;
  FakeCentre* centre = nullptr;
  Listener listener;
  std::unique_ptr<sync::SyncRunner> runner;
};

TEST_CASE("a round that broke after it had brought something home is told from one without a link") {
  const Status lost = fail(ErrorCode::kUnreachable, "gone");
  sync::SyncReport report;
  REQUIRE(sync::outcome_of(lost, report) == sync::RoundOutcome::kUnreachable);
  report.leaves_arrived = 1;
  REQUIRE(sync::outcome_of(lost, report) == sync::RoundOutcome::kBroken);
  REQUIRE(sync::outcome_of(fail(ErrorCode::kConflict, "no"), report) == sync::RoundOutcome::kRefused);
  REQUIRE(sync::outcome_of({}, report) == sync::RoundOutcome::kDone);
  report.more = true;
  REQUIRE(sync::outcome_of({}, report) == sync::RoundOutcome::kMore);
}

TEST_CASE("the runner begins at once, by itself") {
  RunnerWorld world;
  const TicketId ticket = file_complaint(*world.store);
  world.start();
  REQUIRE(world.listener.wait_for([](const sync::SyncState& state) {
    return !state.last_error && state.unsent_events == 0 && state.tickets_changed && state.last_contact_ms.has_value();
  }));
  const auto tickets = world.store->tickets(10);
  REQUIRE(tickets);
  REQUIRE(tickets->front().id == ticket);
  REQUIRE(tickets->front().arrived_ms);  // seen through the program's own store
}

TEST_CASE("a ticket filed later goes up as soon as the runner is nudged") {
  RunnerWorld world;
  world.start();
  REQUIRE(world.listener.wait_for([](const sync::SyncState& state) { return !state.last_error; }));
  file_complaint(*world.store);
  world.runner->nudge(sync::Nudge::kFiled);
  REQUIRE(world.listener.wait_for([](const sync::SyncState& state) { return state.report.arrived == 3; }));
}

TEST_CASE("a link that comes up ends the waiting and the old connection") {
  RunnerWorld world;
  file_complaint(*world.store);
  world.centre->next(Fault::kNoLink, 2);
  world.start();
  REQUIRE(world.listener.wait_for([&](const sync::SyncState& state) {
    return state.last_error && state.last_error->code == ErrorCode::kUnreachable && state.unsent_events == 3 &&
           world.centre->calls == 2;
  }));
  REQUIRE(world.centre->fresh_connections == 1);  // the first failure is answered with a new connection at once
  world.runner->nudge(sync::Nudge::kLinkUp);
  REQUIRE(world.listener.wait_for([](const sync::SyncState& state) { return state.unsent_events == 0; }));
  REQUIRE(world.centre->fresh_connections == 2);
}

TEST_CASE("without any nudge the runner polls") {
  RunnerWorld world;
  world.runner_options.schedule.poll_ms = 20;
  world.start();
  REQUIRE(world.listener.wait_for([&](const sync::SyncState&) { return world.centre->calls >= 5; }));
}

TEST_CASE("a store that cannot be opened is reported, and tried again") {
  RunnerWorld world;
  world.runner_options.store.identity.device = DeviceId{99};  // not whose journal this is
  world.runner_options.schedule.refused_first_ms = 10;
  world.start();
  REQUIRE(world.listener.wait_for(
      [](const sync::SyncState& state) { return state.last_error && state.last_error->code == ErrorCode::kConflict; }));
  const std::size_t before = world.listener.count();
  REQUIRE(world.listener.wait_for([&](const sync::SyncState& state) { return state.last_error.has_value(); }));
  std::this_thread::sleep_for(200ms);
  REQUIRE(world.listener.count() > before);
  REQUIRE(world.centre->calls == 0);
}

TEST_CASE("stop ends a call that hangs, within a second") {
  RunnerWorld world;
  world.centre->next(Fault::kHangs);
  world.start();
  while (!world.centre->hanging()) std::this_thread::sleep_for(1ms);
  REQUIRE(RunnerWorld::milliseconds_of([&] { world.runner->stop(); }) < 1'000);
  REQUIRE(world.listener.count() == 0);
}

TEST_CASE("stop ends a wait of minutes, within a second, and may be called twice") {
  RunnerWorld world;
  world.start();
  REQUIRE(world.listener.wait_for([](const sync::SyncState&) { return true; }));
  REQUIRE(RunnerWorld::milliseconds_of([&] {
            world.runner->stop();
            world.runner->stop();
          }) < 1'000);
  world.runner->nudge(sync::Nudge::kAsked);  // too late, and harmless
}

// Story: people file as fast as they can while the runner sends; two stores on one file, two threads.
TEST_CASE("filing and sending at the same time lose nothing") {
  RunnerWorld world;
  world.runner_options.schedule.poll_ms = 5;
  world.start();
  for (int i = 0; i < 200; ++i) {
    file_complaint(*world.store);
    if (i % 7 == 0) world.runner->nudge(sync::Nudge::kFiled);
  }
  world.runner->nudge(sync::Nudge::kFiled);
  const auto status = world.store->status();
  REQUIRE(status);
  REQUIRE(status->tickets == 200);
  REQUIRE(world.listener.wait_for([](const sync::SyncState& state) {
    return state.unsent_events == 0 && !state.last_error && state.last_contact_ms.has_value();
  }));
  world.runner->stop();
  REQUIRE(world.centre->stored_in_all() == status->events);
  REQUIRE(world.store->verify());
}

}  // namespace
}  // namespace mimika::test
