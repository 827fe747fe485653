// Walks every screen of the gallery in every language, text size and contrast on every panel, and says what is wrong
// with it: screens_audit [--only 05] [--every 7]. Ends in one JSON line; exit code 1 when anything is wrong that does
// not stand in known_faults.txt, or when something there is no longer true.
#include <fmt/format.h>

#include <cstdio>
#include <fstream>
#include <map>
#include <regex>
#include <string>
#include <vector>

#include "tests/screens/audit_stage.h"
#include "tests/screens/focus_walk.h"
#include "tests/screens/screen_states.h"
#include "tests/screens/staff_states.h"
#include "ui/screens/languages.h"
#include "ui/screens/screens.h"

using namespace mimika;
using namespace mimika::testing;

namespace {

struct Walk {
  std::string only;       // the beginning of a screen's name
  std::size_t every = 1;  // 1: all views; sanitized builds look at each seventh
  std::size_t views = 0;
  std::size_t faulty_views = 0;
  std::size_t focus_walks = 0;
  std::size_t asked = 0;
  std::map<std::string, std::size_t> smaller = {};              // on this panel: of which screen how many pages
  std::map<std::string, std::vector<std::string>> faults = {};  // what, and the views where
};

const char* contrast_words(Contrast contrast) {
  switch (contrast) {
    case Contrast::kHigh:
      return "high contrast";
    case Contrast::kLowGlare:
      return "low glare";
    case Contrast::kStandard:
      break;
  }
  return "standard";
}

struct Known {
  std::string words;
  std::regex pattern;
  std::size_t views = 0;
};

std::vector<Known> known_faults() {
  std::vector<Known> known;
  std::ifstream file(MIMIKA_KNOWN_FAULTS);
  for (std::string line; std::getline(file, line);) {
    if (!line.empty() && line.front() != '#') known.push_back({line, std::regex(line)});
  }
  return known;
}

struct Page {
  const std::string& name;
  const Preferences& asked;
  AuditView shown;
  bool staff_words = false;
  bool staff_page = false;
};

void look_at(AuditStage& stage, const Page& page, Walk& walk) {
  if (walk.asked++ % walk.every != 0) return;
  const Preferences& asked = page.asked;
  const AuditView& shown = page.shown;
  stage.fresh();
  stage.draw(shown);
  const AuditRules rules{.staff_words = page.staff_words,
                         .staff_page = page.staff_page,
                         .picture_contrast = [&](const auto& request, const auto& part, auto text, const auto& veils) {
                           return stage.picture_contrast(request, part, text, veils);
                         }};
  std::vector<Fault> faults = faults_of(stage.painted(), stage.ui().metrics(), stage.ui().colours(), rules);
  for (const std::string& words : stage.ui().overflows()) faults.push_back({words, "does not fit its place"});
  if (!stage.ui().settled()) faults.push_back({"the page", "never settles"});
  // Where the targets stand depends little on words and colours: one language, the smallest and the largest text.
  if (asked.language == Language::kIndonesian && asked.contrast == Contrast::kStandard &&
      (asked.text_size == TextSize::kStandard || asked.text_size == TextSize::kLargest)) {
    for (Fault& fault : focus_faults(stage, shown)) faults.push_back(std::move(fault));
    ++walk.focus_walks;
  }
  ++walk.views;
  const bool smaller = stage.ui().metrics().text_size() != screens::text_size_of(asked);
  if (smaller && asked.contrast == Contrast::kStandard) ++walk.smaller[page.name];
  if (faults.empty()) return;
  ++walk.faulty_views;
  const std::string view =
      fmt::format("{}x{}, {}, text size {}, {}", stage.panel().width, stage.panel().height,
                  language_code(asked.language), static_cast<int>(asked.text_size), contrast_words(asked.contrast));
  for (const Fault& fault : faults) {
    walk.faults[fmt::format("{}: {}: {}", page.name, fault.where, fault.what)].push_back(view);
  }
}

void walk_panel(const AuditPanel& panel, const Texts& texts, Walk& walk) {
  AuditStage stage(panel, texts);
  SessionWorld world;
  SessionContext context = world.context;
  context.open_until = LocalTime{14, 0};
  context.monotonic_ms += 122'000;
  const std::vector<OfferedLanguage> offered = screens::offered_languages(texts);
  for (ScreenState& state : all_screen_states()) {
    if (!state.name.starts_with(walk.only)) continue;
    state.stand_in(context);
    context.languages = state.languages.empty() ? offered : state.languages;
    for (const auto& [language, draft] : offered) {
      for (int size = 0; size < kTextSizes; ++size) {
        for (const Contrast contrast : {Contrast::kStandard, Contrast::kHigh, Contrast::kLowGlare}) {
          state.session.preferences = {language, static_cast<TextSize>(size), contrast};
          look_at(stage,
                  {.name = state.name,
                   .asked = state.session.preferences,
                   .shown = stage.view_of(state.session, context),
                   .staff_words = state.session.screen == Screen::kAttract},
                  walk);
        }
      }
    }
  }
}

// The counter: in the languages that its words are written in.
void walk_counter(const AuditPanel& panel, const Texts& texts, Walk& walk) {
  AuditStage stage(panel, texts);
  StaffWorld world;
  for (StaffState& state : all_staff_states()) {
    if (!state.name.starts_with(walk.only)) continue;
    world.context.monotonic_ms = state.monotonic_ms;
    world.context.office = state.office;
    world.context.standing = state.standing;
    for (const Language language : {Language::kIndonesian, Language::kEnglish}) {
      for (int size = 0; size < kTextSizes; ++size) {
        for (const Contrast contrast : {Contrast::kStandard, Contrast::kHigh, Contrast::kLowGlare}) {
          state.session.preferences = {language, static_cast<TextSize>(size), contrast};
          look_at(stage,
                  {.name = state.name,
                   .asked = state.session.preferences,
                   .shown = stage.view_of(state.session, world.context),
                   .staff_page = true},
                  walk);
        }
      }
    }
  }
}

}  // namespace

int main(int count, char** words) {
  Walk walk;
  for (int i = 1; i + 1 < count; i += 2) {
    const std::string option = words[i];
    if (option == "--only") {
      walk.only = words[i + 1];
    } else if (option == "--every") {
      walk.every = static_cast<std::size_t>(std::max(1, std::atoi(words[i + 1])));
    } else {
      std::fprintf(stderr, "no option %s\n", words[i]);
      return 2;
    }
  }
  const auto texts = screens::load_texts(MIMIKA_LOCALE_FOLDER);
  if (!texts) {
    std::fprintf(stderr, "%s\n", texts.error().message.c_str());
    return 2;
  }
  bool sound = true;
  for (const AuditPanel& panel : audit_panels()) {
    walk.smaller.clear();
    walk_panel(panel, *texts, walk);
    walk_counter(panel, *texts, walk);
    std::size_t smaller = 0;
    std::string where;
    for (const auto& [screen, pages] : walk.smaller) {
      smaller += pages;
      where += fmt::format(" {} ({})", screen, pages);
    }
    if (smaller > panel.most_smaller) {
      sound = false;
      std::printf("%dx%d: %zu pages in smaller letters than were asked for, more than %zu:%s\n", panel.width,
                  panel.height, smaller, panel.most_smaller, where.c_str());
    }
  }
  std::vector<Known> known = known_faults();
  std::size_t failures = 0;
  for (const auto& [fault, views] : walk.faults) {
    failures += views.size();
    const auto found =
        std::ranges::find_if(known, [&](const Known& one) { return std::regex_search(fault, one.pattern); });
    if (found != known.end()) {
      found->views += views.size();
      continue;
    }
    sound = false;
    std::printf("%s\n    on %zu views: %s%s\n", fault.c_str(), views.size(), views.front().c_str(),
                views.size() > 1 ? " …" : "");
  }
  for (const Known& one : known) {
    std::printf("known, on %zu views: %s\n", one.views, one.words.c_str());
    if (one.views == 0 && walk.only.empty() && walk.every == 1) {
      sound = false;
      std::printf("    is no longer true: take it out of known_faults.txt\n");
    }
  }
  std::printf("{\"views\": %zu, \"faulty_views\": %zu, \"focus_walks\": %zu, \"failures\": %zu}\n", walk.views,
              walk.faulty_views, walk.focus_walks, failures);
  return sound ? 0 : 1;
}
