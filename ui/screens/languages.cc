#include "ui/screens/languages.h"

#include <algorithm>
#include <array>

namespace mimika::screens {
namespace {

// What a person reads before they have chosen anything.
constexpr std::array kFirstWords = {
    "attract.start",     "attract.regency",
    "home.title",        "home.subtitle",
    "home.finish",       "home.complaint.title",
    "home.ideas.title",  "home.track.title",
    "home.civil.title",  "home.licensing.title",
    "home.health.title", "home.announcements.title",
    "home.rate.title",   "tool.listen",
    "tool.language",     "tool.size",
    "tool.contrast",     "tool.help",
    "nav.back",          "nav.cancel",
    "nav.next",          "state.open",
    "state.closed",
};

}  // namespace

Result<Texts> load_texts(const std::string& locale_folder) {
  const std::vector<std::string> needed = {language_code(Language::kIndonesian), language_code(Language::kEnglish)};
  std::vector<std::string> others(kLanguageCodes.begin(), kLanguageCodes.end());
  std::erase_if(others, [&](const std::string& code) { return std::ranges::count(needed, code) > 0; });
  return Texts::load(locale_folder, needed, others);
}

std::vector<OfferedLanguage> offered_languages(const Texts& texts) {
  std::vector<OfferedLanguage> offered;
  for (std::size_t i = 0; i < kLanguageCodes.size(); ++i) {
    const Text& text = texts.in(kLanguageCodes.at(i));
    const bool loaded = text.language() == kLanguageCodes.at(i);
    if (!loaded || !std::ranges::all_of(kFirstWords, [&](const char* id) { return text.has(id); })) continue;
    OfferedLanguage language{.language = static_cast<Language>(i)};
    if (text.has("language.draft")) language.draft = text("language.draft");
    offered.push_back(std::move(language));
  }
  return offered;
}

}  // namespace mimika::screens
