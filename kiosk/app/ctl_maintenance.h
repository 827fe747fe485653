// mimika-kiosk-ctl diagnose, network, time, power, settings and readiness: what a technician's screens do, from a
// terminal. Exit codes: 0 as asked, 1 a mistake in the call or a service that is not there, 2 something failed, 3 only
// warnings.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "kiosk/app/ctl_print.h"
#include "kiosk/app/locations.h"
#include "kiosk/base/result.h"

namespace CLI {
class App;
}

namespace mimika {

inline constexpr int kSomethingFailedExit = 2;
inline constexpr int kWarningsExit = 3;

class MaintenanceCommands {
 public:
  // Adds its subcommands, which write into this object while the command line is read.
  explicit MaintenanceCommands(CLI::App& app);
  ~MaintenanceCommands();
  MaintenanceCommands(const MaintenanceCommands&) = delete;
  MaintenanceCommands& operator=(const MaintenanceCommands&) = delete;

  // Nothing when the command line named none of them.
  [[nodiscard]] std::optional<Result<CtlAnswer>> run(const DataFolder& folder);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace mimika
