// The thread that synchronises by itself. It owns everything it uses: its own Store on the same folder, the transport,
// the keys; the rest of the program talks to it with nudge() and stop(), and hears from it through one callback.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "kiosk/base/env.h"
#include "kiosk/crypto/keys.h"
#include "kiosk/store/store.h"
#include "sync/client/engine.h"
#include "sync/client/scheduler.h"
#include "sync/client/transport.h"

namespace mimika::sync {

// What a round, or an attempt at one, left behind.
struct SyncState {
  std::optional<WallMs> last_contact_ms;  // the centre's clock at its last answer, from this or an earlier run
  std::optional<Error> last_error;        // of the last round; empty when it went well
  std::uint64_t unsent_events = 0;
  std::uint64_t orphans = 0;  // events that wait for their ticket
  SyncReport report;          // of the last round
  // The store's tickets differ from before the round: own ones arrived, or the centre told something.
  bool tickets_changed = false;
  std::optional<std::vector<TicketId>> touched = std::vector<TicketId>();  // those; nothing: too many to name
};

// What a round means for when the next one is made.
[[nodiscard]] RoundOutcome outcome_of(const Status& result, const SyncReport& report);

enum class LinkWatching { kOff, kOn };

struct SyncRunnerOptions {
  StoreOptions store;
  std::string enrolment_folder;  // where a change of the key may wait for its answer (rekey.h); empty: nobody looks
  SchedulerOptions schedule;
  LinkWatching link = LinkWatching::kOn;
  std::unique_ptr<Transport> transport;
  crypto::SigningKey device_key;
  std::string courier_folder;  // what is carried for other kiosks goes up after each round; empty: nothing is
  std::unique_ptr<Env> env;    // used on the runner's thread only
};

class SyncRunner {
 public:
  // On the runner's thread, after every round. Must return quickly and must not call stop().
  using Callback = std::function<void(const SyncState&)>;

  // Starts the thread, which begins with a round at once. A store that cannot be opened is reported through the
  // callback and tried again. Start it after the program's own Store is open: that one deals with a damaged file.
  // kInternal: no file descriptor or no thread to be had.
  [[nodiscard]] static Result<std::unique_ptr<SyncRunner>> start(SyncRunnerOptions options, Callback callback);
  ~SyncRunner();  // stops
  SyncRunner(const SyncRunner&) = delete;
  SyncRunner& operator=(const SyncRunner&) = delete;

  void nudge(Nudge why);  // from any thread; returns at once
  void stop();            // ends a running call; returns within a second

 private:
  struct State;
  explicit SyncRunner(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace mimika::sync
