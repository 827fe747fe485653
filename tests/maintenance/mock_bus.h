// A real message bus of a test's own (dbus-daemon), and on it the services of the system as python3-dbusmock plays
// them: NetworkManager, timedated, logind. What they were told is in their log.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "tests/support/temp_folder.h"

namespace mimika::test {

class MockBus {
 public:
  MockBus();
  ~MockBus();
  MockBus(const MockBus&) = delete;
  MockBus& operator=(const MockBus&) = delete;

  // False on a machine without dbus-daemon or python3-dbusmock; the tests then say so and end.
  [[nodiscard]] bool available() const { return available_; }
  [[nodiscard]] std::string address() const { return "unix:path=" + (folder_ / "bus"); }

  // "networkmanager", "timedated", "logind"; returns when its name is on the bus.
  void play(const std::string& service, const std::string& bus_name, const std::string& parameters = "{}");
  // Arguments of `busctl call` without the address.
  void call(const std::vector<std::string>& words) const;
  // Every call that the services heard, a line each.
  [[nodiscard]] std::string heard() const;

 private:
  TempFolder folder_;
  std::vector<pid_t> started_;
  bool available_ = false;
};

}  // namespace mimika::test
