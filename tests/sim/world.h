// Plays a plan: time passes, machines do what their schedules say, people and faults do what the plan says, and after
// every step the promises are checked. Then all faults end, time passes, and everything must have come together.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/model/catalogue.h"
#include "tests/sim/actions.h"
#include "tests/sim/ledger.h"
#include "tests/sim/lies.h"
#include "tests/sim/network.h"
#include "tests/sim/sim_centre.h"
#include "tests/sim/sim_kiosk.h"
#include "tests/sim/universe.h"

namespace mimika::sim {

struct Outcome {
  std::optional<Violation> violation;
  std::size_t step = 0;  // of the violation; the number of actions when it came after the last one
  std::int64_t simulated_ms = 0;
  std::map<std::string, std::uint64_t> tally;
  std::uint64_t trace_hash = 0;
};

struct RunOptions {
  std::function<void(const std::string&)> listener;
  Planted planted = Planted::kNone;
};

[[nodiscard]] const Catalogue& sim_catalogue();
[[nodiscard]] Outcome play(const Plan& plan, const RunOptions& options);

class World {
 public:
  World(const Plan& plan, const RunOptions& options);
  void run(std::size_t& step);
  [[nodiscard]] Universe& universe() { return universe_; }

 private:
  struct Seat {  // a kiosk and its network
    std::unique_ptr<SimNetwork> network;
    std::unique_ptr<SimKiosk> kiosk;
  };

  // --- world.cc
  void add_kiosk(const KioskIdentity& identity);
  KioskIdentity enrol(const DistrictCode& district);
  void pass(std::int64_t ms);
  bool next_due(WallMs until);
  void switch_on(SimKiosk& kiosk);
  void switch_on_centre();
  void sync(SimKiosk& kiosk);
  void touched(SimKiosk& kiosk);
  // --- acts.cc
  void act(const Action& action);
  void act_on_network(const Action& action, SimKiosk& kiosk);
  void act_on_machine(const Action& action, SimKiosk& kiosk);
  void act_on_disk(const Action& action, SimKiosk& kiosk);
  void act_on_centre(const Action& action);
  void publish();
  void change_policy();
  void file(SimKiosk& kiosk);
  void officer();
  void read_private();
  void lie_as_kiosk();
  void forge(SimKiosk& kiosk);
  void replay(SimKiosk& kiosk);
  void clone(SimKiosk& kiosk);
  void attach(SimKiosk& kiosk);
  void say_more(SimKiosk& kiosk);
  // --- sticks.cc
  void act_on_stick(const Action& action, SimKiosk& kiosk);
  [[nodiscard]] std::string stick(std::uint64_t number) const;
  void export_to(SimKiosk& kiosk, const std::string& folder);
  void import_from(SimKiosk& kiosk, const std::string& folder);
  void take_at_centre(const std::string& folder);
  void trip(SimKiosk& kiosk, const std::string& folder);
  void damage(const std::string& folder);
  void forward(SimKiosk& kiosk);
  // --- checks.cc
  void check_numbers(const Filing& filing);
  void check_kiosk(SimKiosk& kiosk);
  void check_arrivals(SimKiosk& kiosk);
  void check_feed(SimKiosk& kiosk);
  void check_centre();
  // --- converge.cc
  void converge();
  void end_faults();
  [[nodiscard]] bool quiet();
  void check_everything();
  void check_tickets(SimKiosk& kiosk);
  void check_told(SimKiosk& kiosk);
  void check_filings();

  Plan plan_;
  RunOptions options_;
  Universe universe_;
  SeededCrypto crypto_;
  SimCentre centre_;
  Ledger ledger_;
  std::vector<Seat> seats_;
  std::optional<crypto::SigningKey> liar_key_;
  std::optional<LyingKiosk> liar_;
  DeviceId liar_device_;
  crypto::BoxPublicKey receipt_{};
  std::uint64_t stories_ = 0;
};

}  // namespace mimika::sim
