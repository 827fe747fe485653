// The Linux part of Machine: /proc and /sys, below a folder that a test can make up.
#pragma once

#include <memory>
#include <string>

#include "kiosk/base/env.h"
#include "kiosk/maintenance/machine.h"

namespace mimika::maintenance {

// `root` stands before /proc and /sys; empty: the machine itself. `env` measures the write-back probe and must outlive
// the machine. What is no number where one belongs is kCorrupt: the kernel's files are not believed blindly.
[[nodiscard]] std::unique_ptr<Machine> make_linux_machine(Env& env, const std::string& root = "");

}  // namespace mimika::maintenance
