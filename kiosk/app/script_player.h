// Plays a visit: commands, one a line, from a file or from standard input, each answered with a line on standard
// output. Touches are real SDL finger events, pushed into SDL's own queue and aimed at what the last frame showed, so
// that a script meets the screen the way a person does.
//
//   tap <target>            waits until the target can be touched, then touches its middle
//   type <text>             taps the keys of the on-screen keyboard, changing layers as needed
//   wait <target> [ms]      until it can be touched; wait screen:<name> [ms]: until that screen is up (10 s)
//   read <key>              a value the screen published, or debug.… from the program itself
//   screenshot <name>       <folder>/<name>.png
//   targets                 every target of the frame, on one line
//   key <name>              up down left right enter tab backtab escape
//   sleep <ms>
//   quit
//
// An answer is "ok …" or "error …". From a file the first error ends the program with a failure; from standard input
// whoever writes the commands decides.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <variant>

#include "kiosk/app/task_thread.h"
#include "kiosk/base/result.h"
#include "ui/platform/display.h"
#include "ui/widgets/key_map.h"
#include "ui/widgets/ui.h"

namespace mimika {

struct ScriptOptions {
  std::string source;             // a path, or "-"
  std::string screenshot_folder;  // empty: screenshots are an error
};

class ScriptPlayer {
 public:
  // What the program itself knows: read("debug.frames").
  using DebugValue = std::function<std::optional<std::string>(const std::string& key)>;

  // kNotFound for a missing script. `wake` ends the window's sleep when a line arrives on standard input.
  [[nodiscard]] static Result<std::unique_ptr<ScriptPlayer>> open(const ScriptOptions& options,
                                                                  std::function<void()> wake, DebugValue debug);
  ~ScriptPlayer();
  ScriptPlayer(const ScriptPlayer&) = delete;
  ScriptPlayer& operator=(const ScriptPlayer&) = delete;

  // One look after each turn of the program's loop. `settled`: the last frame shows everything that has happened.
  void step(ui::Display& display, const ui::Ui& ui, std::int64_t now_ms, bool settled);
  // When it wants to look again although nothing happens; empty: not before the next event.
  [[nodiscard]] std::optional<std::int64_t> wake_ms() const { return wake_ms_; }
  [[nodiscard]] bool finished() const { return finished_; }
  [[nodiscard]] bool failed() const { return failed_; }

 private:
  struct Tap {
    std::string target;
    std::int64_t until_ms = 0;
    enum class Phase { kAim, kLift, kSettle } phase = Phase::kAim;
  };
  struct Type {
    std::string rest;
    std::optional<Tap> tap;
  };
  struct Wait {
    std::string what;
    std::int64_t until_ms = 0;
  };
  struct Sleep {
    std::int64_t until_ms = 0;
  };
  using Running = std::variant<std::monostate, Tap, Type, Wait, Sleep>;
  enum class Progress { kGoesOn, kDone };

  ScriptPlayer(const ScriptOptions& options, std::function<void()> wake, DebugValue debug);
  void read_standard_input();
  void start(const std::string& line, ui::Display& display, const ui::Ui& ui, std::int64_t now_ms);
  Progress go_on(Tap& tap, ui::Display& display, const ui::Ui& ui, std::int64_t now_ms, bool settled);
  Progress go_on(Type& type, ui::Display& display, const ui::Ui& ui, std::int64_t now_ms, bool settled);
  Progress go_on(Wait& wait, const ui::Ui& ui, std::int64_t now_ms);
  void answer_ok(const std::string& value = {});
  void answer_error(const std::string& why);
  void read_value(const std::string& key, const ui::Ui& ui);

  ScriptOptions options_;
  DebugValue debug_;
  Mailbox<std::optional<std::string>> lines_;  // an empty one: the end of standard input
  std::deque<std::string> waiting_;
  bool at_end_ = false;
  Running running_;
  std::optional<std::int64_t> wake_ms_;
  bool finished_ = false;
  bool failed_ = false;
  bool answered_error_ = false;
  std::thread reader_;
};

}  // namespace mimika
