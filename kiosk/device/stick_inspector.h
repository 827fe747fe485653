// What is on a stick before it is trusted: asks mimika-stick-probe, which reads the medium without mounting it, in a
// process of its own. Whatever that process does (crash, hang, lie), the answer is a report.
#pragma once

#include <string>

#include "kiosk/base/env.h"
#include "kiosk/base/limits.h"
#include "kiosk/device/stick_report.h"

namespace mimika::device {

class StickInspector {
 public:
  virtual ~StickInspector() = default;
  // A block device ("/dev/sdb", the whole stick rather than a partition) or a file that holds its image.
  [[nodiscard]] virtual StickReport inspect(const std::string& device) = 0;
};

class ProbingInspector final : public StickInspector {
 public:
  // `program` is mimika-stick-probe, which lies beside this program.
  explicit ProbingInspector(Env& env, std::string program = probe_beside_this_program(),
                            std::int64_t most_ms = limits::kInspectMs)
      : env_(env), program_(std::move(program)), most_ms_(most_ms) {}
  [[nodiscard]] StickReport inspect(const std::string& device) override;

  [[nodiscard]] static std::string probe_beside_this_program();

 private:
  Env& env_;
  std::string program_;
  std::int64_t most_ms_;
};

}  // namespace mimika::device
