#include "kiosk/app/script_player.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <sstream>
#include <utility>

#include "kiosk/base/files.h"
#include "kiosk/base/limits.h"

namespace mimika {
namespace {

constexpr std::int64_t kPatienceMs = 10'000;  // for a target or a screen to appear
constexpr std::int64_t kLookAgainMs = 20;
constexpr std::size_t kMaxLineBytes = 8 * 1024;

bool is_standard_input(const ScriptOptions& options) {
  return options.source == "-";
}

std::string first_word(std::string& line) {
  const std::size_t space = line.find(' ');
  std::string word = line.substr(0, space);
  line = space == std::string::npos ? "" : line.substr(space + 1);
  return word;
}

// One UTF-8 letter from the front.
std::string first_letter(const std::string& text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  return text.substr(0, length);
}

std::string published(const ui::Ui& ui, const std::string& key) {
  const auto found = ui.published().find(key);
  return found == ui.published().end() ? "" : found->second;
}

ui::KeyboardKind keyboard_kind(const ui::Ui& ui) {
  const std::string kind = published(ui, "keyboard.kind");
  return kind == "digits" ? ui::KeyboardKind::kDigits
         : kind == "code" ? ui::KeyboardKind::kCode
                          : ui::KeyboardKind::kText;
}

const char* layer_name(ui::KeyboardLayer layer) {
  return layer == ui::KeyboardLayer::kDigits ? "digits" : layer == ui::KeyboardLayer::kUpper ? "upper" : "lower";
}

// The key to press for a letter now: its own, or the one that leads to its layer. Empty: no keyboard can type it.
std::string next_key(const ui::Ui& ui, const std::string& letter) {
  const ui::KeyboardKind kind = keyboard_kind(ui);
  const auto place = ui::find_key(kind, letter);
  if (!place) return "";
  const std::string shown = published(ui, "keyboard.layer");
  const std::string wanted = layer_name(place->layer);
  if (kind != ui::KeyboardKind::kText || shown == wanted) return "keyboard." + place->id;
  return shown == "digits" || wanted == "digits" ? "keyboard.123" : "keyboard.shift";
}

std::optional<ui::Key> key_named(const std::string& name) {
  static const std::array<std::pair<const char*, ui::Key>, 9> kNames = {{{"up", ui::Key::kUp},
                                                                         {"down", ui::Key::kDown},
                                                                         {"left", ui::Key::kLeft},
                                                                         {"right", ui::Key::kRight},
                                                                         {"enter", ui::Key::kEnter},
                                                                         {"tab", ui::Key::kTab},
                                                                         {"backtab", ui::Key::kBackTab},
                                                                         {"escape", ui::Key::kEscape},
                                                                         {"backspace", ui::Key::kBackspace}}};
  for (const auto& [known, key] : kNames) {
    if (name == known) return key;
  }
  return std::nullopt;
}

}  // namespace

Result<std::unique_ptr<ScriptPlayer>> ScriptPlayer::open(const ScriptOptions& options, std::function<void()> wake,
                                                         DebugValue debug) {
  std::unique_ptr<ScriptPlayer> player(new ScriptPlayer(options, std::move(wake), std::move(debug)));
  if (is_standard_input(options)) {
    player->reader_ = std::thread([raw = player.get()] { raw->read_standard_input(); });
    return player;
  }
  TRY_ASSIGN(const Bytes content, read_file(options.source, limits::kConfigBytes));
  std::istringstream lines{std::string(as_text(content))};
  for (std::string line; std::getline(lines, line);) player->waiting_.push_back(line);
  player->at_end_ = true;
  player->wake_ms_ = 0;
  return player;
}

ScriptPlayer::ScriptPlayer(const ScriptOptions& options, std::function<void()> wake, DebugValue debug)
    : options_(options), debug_(std::move(debug)), lines_(std::move(wake)) {}

ScriptPlayer::~ScriptPlayer() {
  if (!reader_.joinable()) return;
  finished_ = true;
  reader_.join();
}

// Polls, so that the thread can end while nobody writes.
void ScriptPlayer::read_standard_input() {
  std::string line;
  while (!finished_) {
    pollfd ready{STDIN_FILENO, POLLIN, 0};
    constexpr int kPollMs = 200;
    if (poll(&ready, 1, kPollMs) <= 0) continue;
    char block[4096];
    const ssize_t got = ::read(STDIN_FILENO, block, sizeof block);
    if (got <= 0) break;
    for (ssize_t i = 0; i < got; ++i) {
      if (block[i] != '\n') {
        if (line.size() < kMaxLineBytes) line.push_back(block[i]);
        continue;
      }
      lines_.post(std::exchange(line, {}));
    }
  }
  lines_.post(std::nullopt);
}

void ScriptPlayer::answer_ok(const std::string& value) {
  std::printf("ok%s%s\n", value.empty() ? "" : " ", value.c_str());
  std::fflush(stdout);
}

void ScriptPlayer::answer_error(const std::string& why) {
  std::printf("error %s\n", why.c_str());
  std::fflush(stdout);
  if (is_standard_input(options_)) return;
  failed_ = true;
  finished_ = true;
}

void ScriptPlayer::step(ui::Display& display, const ui::Ui& ui, std::int64_t now_ms, bool settled) {
  for (std::optional<std::string>& line : lines_.take()) {
    if (line) {
      waiting_.push_back(*std::move(line));
    } else {
      at_end_ = true;
    }
  }
  wake_ms_.reset();
  while (!finished_) {
    const Progress progress = std::visit(
        [&](auto& running) {
          using Kind = std::decay_t<decltype(running)>;
          if constexpr (std::is_same_v<Kind, std::monostate>) {
            return Progress::kDone;
          } else if constexpr (std::is_same_v<Kind, Sleep>) {
            if (now_ms < running.until_ms) return Progress::kGoesOn;
            answer_ok();
            return Progress::kDone;
          } else if constexpr (std::is_same_v<Kind, Wait>) {
            return go_on(running, ui, now_ms);
          } else {
            return go_on(running, display, ui, now_ms, settled);
          }
        },
        running_);
    if (progress == Progress::kGoesOn) {
      wake_ms_ = now_ms + kLookAgainMs;
      return;
    }
    running_ = {};
    if (waiting_.empty()) {
      finished_ = finished_ || at_end_;
      return;
    }
    const std::string line = std::move(waiting_.front());
    waiting_.pop_front();
    start(line, display, ui, now_ms);
    settled = false;
  }
}

void ScriptPlayer::start(const std::string& line, ui::Display& display, const ui::Ui& ui, std::int64_t now_ms) {
  std::string rest = line;
  const std::string command = first_word(rest);
  if (command.empty() || command.front() == '#') return;
  if (command == "tap") {
    running_ = Tap{.target = rest, .until_ms = now_ms + kPatienceMs};
  } else if (command == "type") {
    running_ = Type{.rest = rest, .tap = std::nullopt};
  } else if (command == "wait") {
    const std::string what = first_word(rest);
    const std::int64_t patience = rest.empty() ? kPatienceMs : std::atoll(rest.c_str());
    running_ = Wait{what, now_ms + patience};
  } else if (command == "sleep") {
    running_ = Sleep{now_ms + std::atoll(rest.c_str())};
  } else if (command == "read") {
    read_value(rest, ui);
  } else if (command == "screenshot") {
    if (options_.screenshot_folder.empty()) return answer_error("no --screenshot-dir was given");
    const std::string path = options_.screenshot_folder + "/" + rest + ".png";
    const Status saved = display.screenshot(path);
    return saved ? answer_ok(path) : answer_error(saved.error().message);
  } else if (command == "targets") {
    std::string all;
    for (const ui::Target& target : ui.targets()) all += (all.empty() ? "" : " ") + target.id;
    answer_ok(all);
  } else if (command == "key") {
    const auto key = key_named(rest);
    if (!key) return answer_error("no such key: " + rest);
    const Status pushed = display.window().push_key(*key);
    return pushed ? answer_ok() : answer_error(pushed.error().message);
  } else if (command == "quit") {
    answer_ok();
    finished_ = true;
  } else {
    answer_error("unknown command: " + command);
  }
}

void ScriptPlayer::read_value(const std::string& key, const ui::Ui& ui) {
  if (const auto own = debug_(key)) return answer_ok(*own);
  if (!ui.published().contains(key)) return answer_error("nothing published as " + key);
  std::string value = published(ui, key);
  std::replace(value.begin(), value.end(), '\n', ' ');
  answer_ok(value);
}

ScriptPlayer::Progress ScriptPlayer::go_on(Tap& tap, ui::Display& display, const ui::Ui& ui, std::int64_t now_ms,
                                           bool settled) {
  const ui::Target* target = ui.find_target(tap.target);
  switch (tap.phase) {
    case Tap::Phase::kAim: {
      const bool ready = settled && target != nullptr && target->enabled && !target->rect.empty();
      if (!ready) {
        if (now_ms < tap.until_ms) return Progress::kGoesOn;
        answer_error("cannot touch " + tap.target + " on screen " + published(ui, "screen"));
        return Progress::kDone;
      }
      if (const Status pushed = display.window().push_finger(ui::InputKind::kFingerDown, target->rect.centre());
          !pushed) {
        answer_error(pushed.error().message);
        return Progress::kDone;
      }
      tap.phase = Tap::Phase::kLift;
      return Progress::kGoesOn;
    }
    case Tap::Phase::kLift: {
      if (!settled) return Progress::kGoesOn;
      // The key may have moved under the finger; the finger has not.
      const ui::Point at = target == nullptr ? ui::Point{} : target->rect.centre();
      static_cast<void>(display.window().push_finger(ui::InputKind::kFingerUp, at));
      tap.phase = Tap::Phase::kSettle;
      return Progress::kGoesOn;
    }
    case Tap::Phase::kSettle:
      if (!settled) return Progress::kGoesOn;
      answer_ok();
      return Progress::kDone;
  }
  return Progress::kDone;
}

ScriptPlayer::Progress ScriptPlayer::go_on(Type& type, ui::Display& display, const ui::Ui& ui, std::int64_t now_ms,
                                           bool settled) {
  if (!settled) return Progress::kGoesOn;
  if (type.tap) {
    if (type.tap->phase == Tap::Phase::kLift) {
      const ui::Target* key = ui.find_target(type.tap->target);
      const ui::Point at = key == nullptr ? ui::Point{} : key->rect.centre();
      static_cast<void>(display.window().push_finger(ui::InputKind::kFingerUp, at));
      type.tap->phase = Tap::Phase::kSettle;
      return Progress::kGoesOn;
    }
    type.tap.reset();
  }
  if (type.rest.empty()) {
    answer_ok();
    return Progress::kDone;
  }
  const std::string letter = first_letter(type.rest);
  const std::string key = next_key(ui, letter);
  const ui::Target* target = ui.find_target(key);
  if (key.empty() || target == nullptr) {
    answer_error("no key for \"" + letter + "\" on screen " + published(ui, "screen"));
    return Progress::kDone;
  }
  const bool changes_layer = key == "keyboard.123" || key == "keyboard.shift";
  if (!changes_layer) type.rest.erase(0, letter.size());
  type.tap = Tap{.target = key, .until_ms = now_ms, .phase = Tap::Phase::kLift};
  static_cast<void>(display.window().push_finger(ui::InputKind::kFingerDown, target->rect.centre()));
  return Progress::kGoesOn;
}

ScriptPlayer::Progress ScriptPlayer::go_on(Wait& wait, const ui::Ui& ui, std::int64_t now_ms) {
  constexpr std::string_view kScreen = "screen:";
  const bool there = wait.what.starts_with(kScreen) ? published(ui, "screen") == wait.what.substr(kScreen.size())
                                                    : ui.find_target(wait.what) != nullptr;
  if (there) {
    answer_ok();
    return Progress::kDone;
  }
  if (now_ms < wait.until_ms) return Progress::kGoesOn;
  answer_error("still waiting for " + wait.what + " on screen " + published(ui, "screen"));
  return Progress::kDone;
}

}  // namespace mimika
