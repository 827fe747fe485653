// The centre of the simulation: the product's own, on a disk of the universe, without sockets and TLS.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/model/catalogue.h"
#include "sync/central/cli/stick.h"
#include "sync/central/http/message.h"
#include "sync/central/keys/data_folder.h"
#include "sync/central/site.h"
#include "sync/central/store/sqlite_store.h"
#include "sync/central/workflow/ticket_actions.h"
#include "sync/wire/enrolment.h"
#include "tests/sim/universe.h"

namespace mimika::sim {

class SimCentre {
 public:
  SimCentre(Universe& universe, const Catalogue& catalogue);

  // Starts the program. False: the disk does not let it (yet).
  bool start();
  void stop();
  [[nodiscard]] bool up() const { return site_ != nullptr; }

  // Bytes reach the centre. Nothing: it is down, or went down over them.
  [[nodiscard]] std::optional<central::http::Response> post(const std::string& path, ByteView body);
  // The connection breaks after this much of a body, which came in one piece or in two.
  void post_cut(const std::string& path, ByteView beginning);
  // A stick is put in. Nothing: the centre is down, or went down over it.
  [[nodiscard]] std::optional<Result<central::StickReport>> take_stick(const std::string& folder);
  // After anything was done here: the program may have lost its disk or its power.
  void settle();

  [[nodiscard]] wire::EnrolmentTicket order(const DistrictCode& district);
  // For questions and for officers. Only while up().
  template <typename Function>
  auto with_database(Function&& function) {
    auto lease = pool_->borrow();
    if (!lease) universe_.violated("harness", "no connection to the centre: " + lease.error().message);
    return std::forward<Function>(function)(**lease);
  }
  [[nodiscard]] central::TicketActions officers();

  void back_up();
  [[nodiscard]] bool has_backup() const { return backup_.has_value(); }
  void restore_backup();

  // The fate of unsynced writes when the machine stops by itself.
  enum class Crash { kKill, kPowerCut };
  void fail_at(std::uint64_t nth, Crash crash);
  void fail_at(std::uint64_t nth, test::Fault fault);

  SimEnv env;
  central::CentreKeys keys;
  WallMs up_again_ms = 0;
  std::uint64_t restored = 0;  // how often a backup was put back
  bool full = false;

 private:
  Universe& universe_;
  const Catalogue& catalogue_;
  std::string folder_;
  std::unique_ptr<central::CentralSite> site_;
  std::unique_ptr<central::DatabasePool> pool_;
  std::optional<test::MemoryVfs::Image> backup_;
  Crash crash_ = Crash::kKill;
};

}  // namespace mimika::sim
