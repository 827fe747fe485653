#include "ui/platform/script_runner.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <utility>

#include "ui/platform/line_reader.h"
#include "ui/widgets/script.h"

namespace mimika::ui {
namespace {

class DisplayWorld final : public ScriptWorld {
 public:
  DisplayWorld(Display& display, std::string folder, std::function<std::string()> name)
      : display_(&display), folder_(std::move(folder)), name_(std::move(name)) {}

  Status finger(InputKind kind, Point at) override { return display_->window().push_finger(kind, at); }
  Status key(Key key) override { return display_->window().push_key(key); }
  Status screenshot(const std::string& name) override {
    // A name, not a path: a script writes nowhere else than where it was told.
    if (name.find('/') != std::string::npos || name.starts_with('.')) {
      return fail(ErrorCode::kInvalidInput, "a screenshot's name holds no folder");
    }
    std::error_code error;
    std::filesystem::create_directories(folder_, error);
    if (error) {
      return fail(ErrorCode::kStorageFailed, "making " + folder_ + ": " + error.message());
    }
    return display_->screenshot((std::filesystem::path(folder_) / (name + ".png")).string());
  }
  bool page_turns() override { return display_->fade().running(); }
  std::string screen_name() override { return name_(); }
  void answer(const std::string& line) override {
    std::printf("%s\n", line.c_str());
    std::fflush(stdout);
  }

 private:
  Display* display_;
  std::string folder_;
  std::function<std::string()> name_;
};

}  // namespace

struct ScriptRunner::State {
  std::unique_ptr<DisplayWorld> world;
  std::unique_ptr<ScriptPlayer> player;
  std::unique_ptr<LineReader> reader;  // last, so that its thread ends first
};

ScriptRunner::ScriptRunner() : state_(std::make_unique<State>()) {}
ScriptRunner::~ScriptRunner() = default;

Result<std::unique_ptr<ScriptRunner>> ScriptRunner::open(const ScriptOptions& options, Display& display,
                                                         std::function<std::string()> screen_name) {
  std::unique_ptr<ScriptRunner> runner(new ScriptRunner());
  State& state = *runner->state_;
  state.world = std::make_unique<DisplayWorld>(
      display, options.screenshot_folder.empty() ? "." : options.screenshot_folder, std::move(screen_name));
  state.player =
      std::make_unique<ScriptPlayer>(*state.world, options.path == "-" ? OnScriptError::kGoOn : OnScriptError::kStop);
  Window& window = display.window();
  TRY_ASSIGN(state.reader, LineReader::open(options.path, [&window] { window.wake(); }));
  return runner;
}

void ScriptRunner::step(const Ui& ui, std::int64_t now_ms) {
  LineReader::Taken taken = state_->reader->take();
  for (std::string& line : taken.lines) {
    state_->player->feed(std::move(line));
  }
  if (taken.ended) {
    state_->player->end_of_input();
  }
  state_->player->step(ui, now_ms);
}

std::optional<std::int64_t> ScriptRunner::next_ms() const {
  return state_->player->next_ms();
}
bool ScriptRunner::finished() const {
  return state_->player->finished();
}
int ScriptRunner::exit_code() const {
  return state_->player->exit_code();
}

}  // namespace mimika::ui
