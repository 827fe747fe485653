// Plays a script (ui/widgets/script.h) against a display: fingers go through SDL's queue like real ones, answers go to
// standard output.
//
//   TRY_ASSIGN(auto script, ScriptRunner::open({.path = "-", .screenshot_folder = folder}, display, screen_name));
//   for (;;) {
//     display.window().wait(… until the earlier of ui.schedule().next_ms() and script->next_ms());
//     … draw when the schedule says so …
//     script->step(ui, now_ms);
//     if (script->finished()) return script->exit_code();
//   }
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "kiosk/base/result.h"
#include "ui/platform/display.h"

namespace mimika::ui {

class Ui;

struct ScriptOptions {
  std::string path;               // "-": standard input; there a failing command does not end the program
  std::string screenshot_folder;  // made when it is missing
};

class ScriptRunner {
 public:
  // `display` must outlive the runner.
  [[nodiscard]] static Result<std::unique_ptr<ScriptRunner>> open(const ScriptOptions& options, Display& display,
                                                                  std::function<std::string()> screen_name);
  ~ScriptRunner();
  ScriptRunner(const ScriptRunner&) = delete;
  ScriptRunner& operator=(const ScriptRunner&) = delete;

  void step(const Ui& ui, std::int64_t now_ms);
  [[nodiscard]] std::optional<std::int64_t> next_ms() const;
  [[nodiscard]] bool finished() const;
  [[nodiscard]] int exit_code() const;

 private:
  ScriptRunner();
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace mimika::ui
