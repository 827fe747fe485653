// Real file systems in files, as a stick holds them.
#pragma once

#include <sys/wait.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <string>

#include "kiosk/device/stick_inspector.h"
#include "tests/support/temp_folder.h"

namespace mimika::test {

// The exit code of a command of this machine's shell.
inline int shell(const std::string& command) {
  const int state = std::system((command + " >/dev/null 2>&1").c_str());
  return WIFEXITED(state) ? WEXITSTATUS(state) : -1;
}

struct StickImages {
  // Nothing, said visibly, on a machine that lacks the tools.
  std::optional<std::string> make(const std::string& kind, const std::string& table = "none") {
    const std::string image = folder / (kind + "-" + table + ".img");
    const int code = shell(MIMIKA_MAKE_STICK " " + kind + " " + image + " " + table);
    if (code == 77) {
      WARN("left out: this machine cannot make a stick of " + kind);
      return std::nullopt;
    }
    REQUIRE(code == 0);
    return image;
  }
  device::StickReport inspect(const std::string& image) { return inspector.inspect(image); }

  static std::string read(const std::string& path, std::size_t offset, std::size_t count) {
    std::ifstream file(path, std::ios::binary);
    file.seekg(static_cast<std::streamoff>(offset));
    std::string bytes(count, '\0');
    file.read(bytes.data(), static_cast<std::streamsize>(count));
    return bytes;
  }
  static void write(const std::string& path, std::size_t offset, const std::string& bytes) {
    std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(static_cast<std::streamoff>(offset));
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    REQUIRE(file.good());
  }

  TempFolder folder;
  std::unique_ptr<Env> env = make_system_env();
  device::ProbingInspector inspector{*env, MIMIKA_STICK_PROBE};
};

}  // namespace mimika::test
