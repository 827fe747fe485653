// Scripted sessions: commands, one a line, played against the targets the person would see. Pure: where lines come
// from, and what a finger is, belongs to the caller (ui/platform/script_runner.h).
//
//   tap <target>              a finger at the middle of a target of the last frame
//   tap-at <x> <y>            the same at a point, pixels
//   type <text>               taps the keys of the on-screen keyboard, switching its layers; \n is the enter key
//   key <name>                up down left right enter tab backtab escape backspace delete home end speak
//   wait <target> [ms]        until the target can be tapped; wait screen:<name> until that screen is shown
//   sleep <ms>
//   screenshot <name>
//   read <key>                answers with a published value
//   targets                   lists what can be touched: "target <id> <x> <y> <w> <h> <role> <enabled|disabled>"
//   quit
//
// Each command is answered by one line, "ok …" or "error <command>: why". Empty lines and lines that begin with # are
// skipped without an answer.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "kiosk/base/result.h"
#include "ui/widgets/ui.h"

namespace mimika::ui {

enum class ScriptVerb { kTap, kTapAt, kType, kKey, kWait, kSleep, kScreenshot, kRead, kTargets, kQuit };

struct ScriptCommand {
  ScriptVerb verb = ScriptVerb::kQuit;
  std::string argument = {};
  Point at = {};
  Key key = Key::kNone;
  std::int64_t ms = 0;  // kSleep: how long; kWait: the timeout
};

// Empty: nothing to do on this line. kInvalidInput says what is wrong with it.
[[nodiscard]] Result<std::optional<ScriptCommand>> parse_script_line(std::string_view line);

// What a player needs of the world.
class ScriptWorld {
 public:
  ScriptWorld() = default;
  ScriptWorld(const ScriptWorld&) = delete;
  ScriptWorld& operator=(const ScriptWorld&) = delete;
  virtual ~ScriptWorld() = default;
  // These arrive in one of the next frames, like a person's.
  [[nodiscard]] virtual Status finger(InputKind kind, Point at) = 0;
  [[nodiscard]] virtual Status key(Key key) = 0;
  // Whether one page still fades into another: a picture of that shows neither.
  [[nodiscard]] virtual bool page_turns() = 0;
  // The last drawn frame.
  [[nodiscard]] virtual Status screenshot(const std::string& name) = 0;
  [[nodiscard]] virtual std::string screen_name() = 0;
  virtual void answer(const std::string& line) = 0;
};

enum class OnScriptError { kStop, kGoOn };

class ScriptPlayer {
 public:
  ScriptPlayer(ScriptWorld& world, OnScriptError on_error) : world_(&world), on_error_(on_error) {}

  void feed(std::string line) { lines_.push_back(std::move(line)); }
  void end_of_input() { ended_ = true; }

  // Call after each look at the input and the frame it may have caused; does what can be done now. Commands see a
  // settled frame: while Ui wants another one at once, nothing is done.
  void step(const Ui& ui, std::int64_t now_ms);
  // When step() has something to do although nothing else happens.
  [[nodiscard]] std::optional<std::int64_t> next_ms() const { return next_ms_; }

  [[nodiscard]] bool finished() const { return finished_; }
  [[nodiscard]] int exit_code() const { return failed_ && on_error_ == OnScriptError::kStop ? 1 : 0; }

 private:
  enum class Progress { kDone, kLater };
  struct Running {
    ScriptCommand command;
    std::string line;
    std::int64_t since_ms = 0;
    std::size_t typed = 0;  // bytes of the text already typed
    std::string last_key = {};
  };

  bool begin(std::int64_t now_ms);
  Result<Progress> go_on(const Ui& ui, std::int64_t now_ms);
  Result<Progress> type_next(const Ui& ui);
  Result<Progress> wait_for(const Ui& ui, std::int64_t now_ms);
  Status tap(Point at);
  Status tap_target(const Ui& ui, std::string_view id);
  void list_targets(const Ui& ui);
  void fail_command(const std::string& why);
  void finish_command();

  ScriptWorld* world_;
  OnScriptError on_error_;
  std::deque<std::string> lines_;
  bool ended_ = false;
  bool finished_ = false;
  bool failed_ = false;
  std::optional<Running> running_;
  std::optional<Point> finger_;  // is down here, and must be lifted in the next step
  bool acted_ = false;           // the running command has done its deed and waits for the frame that shows it
  std::string answer_;
  std::optional<std::int64_t> next_ms_;
};

}  // namespace mimika::ui
