#include "ui/screens/languages.h"

#include <catch2/catch.hpp>
#include <filesystem>

#include "tests/screens/views_world.h"
#include "ui/screens/resident/attract.h"

using namespace mimika;
using namespace mimika::testing;

namespace {

const Texts& every_language() {
  static const Texts loaded = *screens::load_texts(MIMIKA_LOCALE_FOLDER);
  return loaded;
}

}  // namespace

TEST_CASE("A language is offered when it has the words of the first screens, a draft as a draft") {
  const std::vector<OfferedLanguage> offered = screens::offered_languages(every_language());
  REQUIRE(offered.size() == 3);
  CHECK(offered[0].language == Language::kIndonesian);
  CHECK(offered[0].draft.empty());
  CHECK(offered[1].language == Language::kPapuanMalay);
  CHECK(offered[1].draft == "draf");
  CHECK(offered[2].language == Language::kEnglish);
}

TEST_CASE("A catalogue that is missing takes only its own language away, unless it is one that all depend on") {
  namespace fs = std::filesystem;
  const fs::path folder = fs::temp_directory_path() / "mimika-languages-test";
  fs::remove_all(folder);
  for (const char* code : {"id", "en"}) {
    fs::create_directories(folder / code);
    fs::copy(fs::path(MIMIKA_LOCALE_FOLDER) / code, folder / code, fs::copy_options::recursive);
  }
  const auto two = screens::load_texts(folder.string());
  REQUIRE(two.has_value());
  CHECK(screens::offered_languages(*two).size() == 2);
  fs::remove_all(folder / "en");
  CHECK_FALSE(screens::load_texts(folder.string()).has_value());
  fs::remove_all(folder);
}

TEST_CASE("The language tool goes through what is offered and comes back to Indonesian") {
  SessionWorld world;
  world.context.languages = screens::offered_languages(every_language());
  world.play(action::Start{});
  CHECK(world.act(action::NextLanguage{}).session.preferences.language == Language::kPapuanMalay);
  CHECK(world.act(action::NextLanguage{}).session.preferences.language == Language::kEnglish);
  CHECK(world.act(action::NextLanguage{}).session.preferences.language == Language::kIndonesian);
}

TEST_CASE("The first screen names each language in its own words, and at most six") {
  SessionWorld world;
  world.context.languages = screens::offered_languages(every_language());
  const auto view = screens::make_attract_view(world.session, world.context, every_language().in("id"));
  REQUIRE(view.languages.size() == 3);
  CHECK(view.languages[0].key.label == "Indonesia");
  CHECK(view.languages[1].key.label == "Melayu Papua (draf)");
  CHECK(view.languages[1].key.id == "attract.lang.pmy");
  CHECK(view.languages[2].key.label == "English");

  world.context.languages.clear();
  for (std::size_t i = 0; i < kLanguageCodes.size(); ++i) world.context.languages.push_back({static_cast<Language>(i)});
  const auto full = screens::make_attract_view(world.session, world.context, every_language().in("id"));
  CHECK(full.languages.size() == 6);
  for (const auto& language : full.languages) CHECK_FALSE(language.key.label.starts_with("language."));
}
