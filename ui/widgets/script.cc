#include "ui/widgets/script.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "ui/widgets/key_map.h"
#include "ui/widgets/utf8.h"

namespace mimika::ui {
namespace {

constexpr std::int64_t kDefaultWaitMs = 5000;
constexpr std::int64_t kPollMs = 20;  // while a command waits for something that no frame announces
constexpr std::string_view kScreenPrefix = "screen:";

constexpr std::array<std::pair<std::string_view, ScriptVerb>, 10> kVerbs = {{
    {"tap", ScriptVerb::kTap},
    {"tap-at", ScriptVerb::kTapAt},
    {"type", ScriptVerb::kType},
    {"key", ScriptVerb::kKey},
    {"wait", ScriptVerb::kWait},
    {"sleep", ScriptVerb::kSleep},
    {"screenshot", ScriptVerb::kScreenshot},
    {"read", ScriptVerb::kRead},
    {"targets", ScriptVerb::kTargets},
    {"quit", ScriptVerb::kQuit},
}};

constexpr std::array<std::pair<std::string_view, Key>, 13> kKeyNames = {{
    {"up", Key::kUp},
    {"down", Key::kDown},
    {"left", Key::kLeft},
    {"right", Key::kRight},
    {"enter", Key::kEnter},
    {"tab", Key::kTab},
    {"backtab", Key::kBackTab},
    {"escape", Key::kEscape},
    {"backspace", Key::kBackspace},
    {"delete", Key::kDelete},
    {"home", Key::kHome},
    {"end", Key::kEnd},
    {"speak", Key::kSpeak},
}};

std::string_view without_spaces(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) {
    return {};
  }
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

std::string_view take_word(std::string_view& rest) {
  rest = without_spaces(rest);
  const std::string_view word = rest.substr(0, rest.find_first_of(" \t"));
  rest = without_spaces(rest.substr(word.size()));
  return word;
}

template <typename Number>
Result<Number> number_of(std::string_view word, const char* what) {
  Number value{};
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (word.empty() || error != std::errc{} || end != word.data() + word.size() || value < Number{}) {
    return fail(ErrorCode::kInvalidInput, fmt::format("{} is not a {}", word.empty() ? "nothing" : word, what));
  }
  return value;
}

// \n and \\ stand for a line feed and a backslash; in answers the other way round, so that one answer is one line.
std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == 'n' || text[i + 1] == '\\')) {
      out += text[++i] == 'n' ? '\n' : '\\';
    } else {
      out += text[i];
    }
  }
  return out;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char letter : text) {
    out += letter == '\n' ? "\\n" : letter == '\\' ? "\\\\" : std::string(1, letter);
  }
  return out;
}

std::string published(const Ui& ui, std::string_view key) {
  const auto found = ui.published().find(key);
  return found == ui.published().end() ? std::string() : found->second;
}

}  // namespace

Result<std::optional<ScriptCommand>> parse_script_line(std::string_view line) {
  std::string_view rest = without_spaces(line);
  if (rest.empty() || rest.front() == '#') {
    return std::optional<ScriptCommand>();
  }
  const std::string_view word = take_word(rest);
  const auto verb = std::ranges::find(kVerbs, word, [](const auto& entry) { return entry.first; });
  if (verb == kVerbs.end()) {
    return fail(ErrorCode::kInvalidInput, fmt::format("no command is called {}", word));
  }
  ScriptCommand command{.verb = verb->second};
  switch (command.verb) {
    case ScriptVerb::kTap:
    case ScriptVerb::kRead:
    case ScriptVerb::kScreenshot:
      command.argument = take_word(rest);
      if (command.argument.empty()) {
        return fail(ErrorCode::kInvalidInput, fmt::format("{} needs a name", word));
      }
      break;
    case ScriptVerb::kTapAt: {
      TRY_ASSIGN(command.at.x, number_of<float>(take_word(rest), "coordinate"));
      TRY_ASSIGN(command.at.y, number_of<float>(take_word(rest), "coordinate"));
      break;
    }
    case ScriptVerb::kType:
      command.argument = unescaped(rest);
      rest = {};
      if (command.argument.empty()) {
        return fail(ErrorCode::kInvalidInput, "type needs a text");
      }
      break;
    case ScriptVerb::kKey: {
      const std::string_view name = take_word(rest);
      const auto key = std::ranges::find(kKeyNames, name, [](const auto& entry) { return entry.first; });
      if (key == kKeyNames.end()) {
        return fail(ErrorCode::kInvalidInput, fmt::format("no key is called {}", name));
      }
      command.key = key->second;
      break;
    }
    case ScriptVerb::kWait:
      command.argument = take_word(rest);
      if (command.argument.empty()) {
        return fail(ErrorCode::kInvalidInput, "wait needs a target or screen:<name>");
      }
      command.ms = kDefaultWaitMs;
      if (const std::string_view limit = take_word(rest); !limit.empty()) {
        TRY_ASSIGN(command.ms, number_of<std::int64_t>(limit, "number of milliseconds"));
      }
      break;
    case ScriptVerb::kSleep: {
      TRY_ASSIGN(command.ms, number_of<std::int64_t>(take_word(rest), "number of milliseconds"));
      break;
    }
    case ScriptVerb::kTargets:
    case ScriptVerb::kQuit:
      break;
  }
  if (!rest.empty()) {
    return fail(ErrorCode::kInvalidInput, fmt::format("{} is too much for {}", rest, word));
  }
  return std::optional(std::move(command));
}

void ScriptPlayer::step(const Ui& ui, std::int64_t now_ms) {
  next_ms_.reset();
  if (finished_) {
    return;
  }
  if (finger_) {
    // The press had a frame of its own; now the finger is lifted.
    const Status lifted = world_->finger(InputKind::kFingerUp, *finger_);
    finger_.reset();
    if (!lifted) {
      fail_command(lifted.error().message);
    }
    next_ms_ = now_ms + kPollMs;
    return;
  }
  if (!ui.settled()) {
    next_ms_ = now_ms + kPollMs;
    return;
  }
  while (!finished_) {
    if (running_ && acted_) {
      finish_command();
    }
    if (!running_ && !begin(now_ms)) {
      return;
    }
    if (!running_) {
      continue;  // a line that could not be read, or was empty
    }
    const Result<Progress> progress = go_on(ui, now_ms);
    if (!progress) {
      fail_command(progress.error().message);
      continue;
    }
    if (*progress == Progress::kLater) {
      if (!next_ms_) {
        next_ms_ = now_ms + kPollMs;
      }
      return;
    }
    finish_command();
  }
}

// false: no line is waiting.
bool ScriptPlayer::begin(std::int64_t now_ms) {
  if (lines_.empty()) {
    finished_ = ended_;
    return false;
  }
  const std::string line = std::move(lines_.front());
  lines_.pop_front();
  auto command = parse_script_line(line);
  if (!command) {
    running_ = Running{{}, line, now_ms};
    fail_command(command.error().message);
    return true;
  }
  if (*command) {
    running_ = Running{std::move(**command), std::string(without_spaces(line)), now_ms};
    answer_ = "ok " + running_->line;
  }
  acted_ = false;
  return true;
}

void ScriptPlayer::finish_command() {
  if (running_) {
    world_->answer(answer_);
    finished_ = finished_ || running_->command.verb == ScriptVerb::kQuit;
  }
  running_.reset();
  acted_ = false;
}

void ScriptPlayer::fail_command(const std::string& why) {
  const std::string line = running_ ? running_->line : std::string();
  world_->answer("error " + line + ": " + why);
  running_.reset();
  acted_ = false;
  failed_ = true;
  if (on_error_ == OnScriptError::kStop) {
    finished_ = true;
  }
}

Status ScriptPlayer::tap(Point at) {
  TRY(world_->finger(InputKind::kFingerDown, at));
  finger_ = at;
  return {};
}

Status ScriptPlayer::tap_target(const Ui& ui, std::string_view id) {
  const Target* target = ui.find_target(id);
  if (target == nullptr) {
    return fail(ErrorCode::kNotFound, fmt::format("no target {} on screen {}", id, world_->screen_name()));
  }
  return tap(target->rect.centre());
}

Result<ScriptPlayer::Progress> ScriptPlayer::go_on(const Ui& ui, std::int64_t now_ms) {
  const ScriptCommand& command = running_->command;
  switch (command.verb) {
    case ScriptVerb::kTap:
      TRY(tap_target(ui, command.argument));
      acted_ = true;
      return Progress::kLater;
    case ScriptVerb::kTapAt:
      TRY(tap(command.at));
      acted_ = true;
      return Progress::kLater;
    case ScriptVerb::kKey:
      TRY(world_->key(command.key));
      acted_ = true;
      return Progress::kLater;
    case ScriptVerb::kType:
      return type_next(ui);
    case ScriptVerb::kWait:
      return wait_for(ui, now_ms);
    case ScriptVerb::kSleep:
      if (now_ms - running_->since_ms >= command.ms) {
        return Progress::kDone;
      }
      next_ms_ = running_->since_ms + command.ms;
      return Progress::kLater;
    case ScriptVerb::kScreenshot:
      if (world_->page_turns()) return Progress::kLater;  // its next frame brings us here again
      TRY(world_->screenshot(command.argument));
      return Progress::kDone;
    case ScriptVerb::kRead: {
      if (!ui.published().contains(command.argument)) {
        return fail(ErrorCode::kNotFound, fmt::format("nothing is published as {}", command.argument));
      }
      answer_ = "ok " + escaped(published(ui, command.argument));
      return Progress::kDone;
    }
    case ScriptVerb::kTargets:
      list_targets(ui);
      return Progress::kDone;
    case ScriptVerb::kQuit:
      return Progress::kDone;
  }
  return Progress::kDone;
}

Result<ScriptPlayer::Progress> ScriptPlayer::type_next(const Ui& ui) {
  const std::string& text = running_->command.argument;
  if (running_->typed >= text.size()) {
    return Progress::kDone;
  }
  const std::string kind_name = published(ui, "keyboard.kind");
  if (kind_name.empty()) {
    return fail(ErrorCode::kNotFound, "no keyboard is shown");
  }
  const KeyboardKind kind = keyboard_called(kind_name).value_or(KeyboardKind::kText);
  std::size_t end = running_->typed;
  static_cast<void>(next_letter(text, end));
  const std::string letter = text.substr(running_->typed, end - running_->typed);
  const auto place = find_key(kind, letter);
  if (!place) {
    return fail(ErrorCode::kInvalidInput, fmt::format("this keyboard cannot type \"{}\"", letter));
  }
  // Another layer may have to be touched first.
  const std::string key = next_key_towards(kind, layer_called(published(ui, "keyboard.layer")), letter).value_or("");
  const bool switches = key != place->id;
  if (switches && running_->last_key == key) {
    return fail(ErrorCode::kConflict, fmt::format("the {} key does not change the layer", key));
  }
  TRY(tap_target(ui, "keyboard." + key));
  running_->last_key = switches ? key : std::string();
  if (!switches) {
    running_->typed = end;
  }
  return Progress::kLater;
}

Result<ScriptPlayer::Progress> ScriptPlayer::wait_for(const Ui& ui, std::int64_t now_ms) {
  const std::string_view wanted = running_->command.argument;
  bool there = false;
  if (wanted.starts_with(kScreenPrefix)) {
    there = world_->screen_name() == wanted.substr(kScreenPrefix.size());
  } else {
    const Target* target = ui.find_target(wanted);
    there = target != nullptr && target->enabled;
  }
  if (there) {
    return Progress::kDone;
  }
  if (now_ms - running_->since_ms >= running_->command.ms) {
    return fail(ErrorCode::kNotFound,
                fmt::format("not there after {} ms; the screen is {}", running_->command.ms, world_->screen_name()));
  }
  return Progress::kLater;
}

void ScriptPlayer::list_targets(const Ui& ui) {
  for (const Target& target : ui.targets()) {
    world_->answer(fmt::format("target {} {:.0f} {:.0f} {:.0f} {:.0f} {} {}", target.id, target.rect.x, target.rect.y,
                               target.rect.w, target.rect.h, role_name(target.role),
                               target.enabled ? "enabled" : "disabled"));
  }
  answer_ = fmt::format("ok {} targets", ui.targets().size());
}

}  // namespace mimika::ui
