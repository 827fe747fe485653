#include "kiosk/app/last_words.h"

#include <chrono>
#include <cstdio>
#include <vector>

#include "kiosk/app/config.h"
#include "kiosk/app/window_options.h"
#include "kiosk/base/log.h"
#include "ui/platform/last_words.h"
#include "ui/screens/resident/problem.h"
#include "ui/text/text.h"

namespace mimika {
namespace {

constexpr std::chrono::minutes kShown{1};

std::vector<ui::LastWords> words_for(const KioskOptions& options, const Error& error) {
  std::vector<ui::LastWords> words;
  // Both languages: nobody can choose one here. When the words are what is missing, the technical line must do.
  if (const auto texts = Texts::load(options.locale_folder, {"id", "en"})) {
    for (const char* language : {"id", "en"}) {
      const Text& text = texts->in(language);
      words.push_back({text("error.incomplete.starting.title"), true});
      words.push_back({text("error.incomplete.starting"), false});
    }
  } else {
    words.push_back({"Mimika Kiosk", true});
  }
  words.push_back({screens::technical_code(error.code) + "  " + error.message, false});
  return words;
}

}  // namespace

void say_last_words(const KioskOptions& options, const Error& error) {
  const std::vector<ui::LastWords> words = words_for(options, error);
  for (const ui::LastWords& one : words) std::fprintf(stderr, "%s\n", one.text.c_str());
  flush_log();
  if (options.headless) return;
  const auto config = load_config(options.folder.config());
  const ui::WindowOptions window = window_options(options, config.value_or(KioskConfig{}));
  if (const Status shown = ui::show_last_words(window, words, kShown); !shown) {
    log_error("app", "nor this: {}", shown.error().message);
  }
}

}  // namespace mimika
