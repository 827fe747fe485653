// The catalogues themselves: nothing missing, nothing that the program cannot show, nothing that nobody asks for.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "kiosk/model/plain_text.h"

namespace {

namespace fs = std::filesystem;

struct Entry {
  std::vector<std::string> forms;  // one, or the plural forms
};
using Catalogue = std::map<std::string, Entry>;

std::string read(const fs::path& path) {
  std::ifstream file(path);
  REQUIRE(file.good());
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

std::string words_between_quotes(const std::string& line) {
  const std::size_t from = line.find('"');
  const std::size_t to = line.rfind('"');
  return to > from ? line.substr(from + 1, to - from - 1) : std::string();
}

Catalogue read_catalogue(const std::string& language) {
  std::istringstream lines(read(fs::path(MIMIKA_SOURCE_ROOT) / "assets/locale" / (language + ".po")));
  Catalogue catalogue;
  std::string id;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("msgid \"")) {
      id = words_between_quotes(line);
      if (!id.empty()) {
        INFO(id);
        CHECK_FALSE(catalogue.contains(id));
        catalogue[id] = {};
      }
    } else if (line.starts_with("msgstr") && !id.empty()) {
      catalogue[id].forms.push_back(words_between_quotes(line));
    }
  }
  return catalogue;
}

const Catalogue& indonesian() {
  static const Catalogue catalogue = read_catalogue("id");
  return catalogue;
}

// Every language but Indonesian. Complete ones must have every message; a draft or an empty one only known ones.
const std::map<std::string, Catalogue>& others() {
  static const std::map<std::string, Catalogue> catalogues = [] {
    std::map<std::string, Catalogue> found;
    for (const auto& entry : fs::directory_iterator(fs::path(MIMIKA_SOURCE_ROOT) / "assets/locale")) {
      const std::string name = entry.path().stem().string();
      // central.id is the centre's.
      if (entry.path().extension() == ".po" && name != "id" && name.find('.') == std::string::npos) {
        found[name] = read_catalogue(name);
      }
    }
    return found;
  }();
  return catalogues;
}

constexpr const char* kDraft = "language.draft";  // stands in catalogues that their speakers have still to review

bool is_complete(const std::string& language) {
  return language == "en";
}

// The spaces a text begins and ends with: they belong to it only where Indonesian has them too.
std::pair<std::size_t, std::size_t> spaces_around(const std::string& text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string::npos) return {text.size(), 0};
  return {first, text.size() - 1 - text.find_last_not_of(' ')};
}

std::set<std::string> placeholders(const std::string& text) {
  static const std::regex pattern(R"(\{[1-9]\})");
  return {std::sregex_token_iterator(text.begin(), text.end(), pattern), std::sregex_token_iterator()};
}

// Every string in the program that looks like an id, or like the beginning of one.
std::set<std::string> words_in_program() {
  static const std::regex pattern("\"([a-z_]+(\\.[a-z_]+)*)(\\.|\\.\\{\\})?\"");
  std::set<std::string> words;
  for (const char* folder : {"ui/screens", "ui/gallery", "ui/text", "kiosk/maintenance", "kiosk/model", "kiosk/app"}) {
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(MIMIKA_SOURCE_ROOT) / folder)) {
      if (entry.path().extension() != ".cc") continue;
      const std::string source = read(entry.path());
      for (auto it = std::sregex_iterator(source.begin(), source.end(), pattern); it != std::sregex_iterator(); ++it) {
        words.insert((*it)[1].str());
      }
    }
  }
  return words;
}

// Ids that the program puts together: text("…") with a literal is what must be there.
std::set<std::string> asked_for_directly() {
  static const std::regex pattern("\\b(?:text|text_)(?:\\.format|\\.count)?\\(\\s*\"([a-z_.]+)\"");
  std::set<std::string> ids;
  for (const char* folder : {"ui/screens", "ui/gallery", "ui/text"}) {
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(MIMIKA_SOURCE_ROOT) / folder)) {
      if (entry.path().extension() != ".cc") continue;
      const std::string source = read(entry.path());
      for (auto it = std::sregex_iterator(source.begin(), source.end(), pattern); it != std::sregex_iterator(); ++it) {
        if (!(*it)[1].str().ends_with(".")) ids.insert((*it)[1].str());
      }
    }
  }
  return ids;
}

template <typename Look>
void for_all_words(Look&& look) {
  const auto through = [&](const std::string& language, const Catalogue& catalogue) {
    for (const auto& [id, entry] : catalogue) {
      for (const std::string& form : entry.forms) {
        INFO(language << ": " << id << ": " << form);
        look(form);
      }
    }
  };
  through("id", indonesian());
  for (const auto& [language, catalogue] : others()) through(language, catalogue);
}

}  // namespace

TEST_CASE("Every message has words in Indonesian and in every complete language") {
  CHECK(indonesian().size() > 200);
  CHECK(others().size() >= 9);
  REQUIRE(others().contains("en"));
  for (const auto& [id, entry] : indonesian()) {
    INFO(id);
    CHECK_FALSE(entry.forms.empty());
    CHECK(std::none_of(entry.forms.begin(), entry.forms.end(), [](const std::string& form) { return form.empty(); }));
    for (const auto& [language, catalogue] : others()) {
      INFO(language);
      CHECK((!is_complete(language) || catalogue.contains(id)));
    }
  }
}

TEST_CASE("No language has a message that Indonesian has not, nor one without words") {
  for (const auto& [language, catalogue] : others()) {
    for (const auto& [id, entry] : catalogue) {
      INFO(language << ": " << id);
      CHECK((indonesian().contains(id) || id == kDraft));
      CHECK((is_complete(language) || !entry.forms.empty()));
      CHECK(std::none_of(entry.forms.begin(), entry.forms.end(), [](const std::string& form) { return form.empty(); }));
    }
    CHECK_FALSE((is_complete(language) && catalogue.contains(kDraft)));
  }
}

TEST_CASE("A language that is not complete says on the screen that it is a draft") {
  for (const auto& [language, catalogue] : others()) {
    INFO(language);
    CHECK((is_complete(language) || catalogue.empty() || catalogue.contains(kDraft)));
  }
}

TEST_CASE("The placeholders of a message are the same in every language") {
  for (const auto& [language, catalogue] : others()) {
    for (const auto& [id, entry] : catalogue) {
      const auto found = indonesian().find(id);
      if (found == indonesian().end() || entry.forms.empty()) continue;
      INFO(language << ": " << id);
      // The last form is the general one; "one" may do without its number.
      CHECK(placeholders(entry.forms.back()) == placeholders(found->second.forms.back()));
    }
  }
}

TEST_CASE("No message begins or ends with a space that Indonesian has not, and none holds two in a row") {
  for (const auto& [id, entry] : indonesian()) {
    INFO(id);
    for (const std::string& form : entry.forms) {
      CHECK(form.find("  ") == std::string::npos);
      CHECK((id == "staff.between" || spaces_around(form) == std::pair<std::size_t, std::size_t>{0, 0}));
    }
  }
  for (const auto& [language, catalogue] : others()) {
    for (const auto& [id, entry] : catalogue) {
      const auto found = indonesian().find(id);
      if (found == indonesian().end()) continue;
      INFO(language << ": " << id);
      for (const std::string& form : entry.forms) {
        CHECK(form.find("  ") == std::string::npos);
        CHECK(spaces_around(form) == spaces_around(found->second.forms.back()));
      }
    }
  }
}

TEST_CASE("Every message is plain text") {
  for_all_words([](const std::string& form) { CHECK(mimika::is_plain_text(form, mimika::LineBreaks::kForbidden)); });
}

TEST_CASE("Every message the screens ask for is in the catalogue") {
  const std::set<std::string> asked = asked_for_directly();
  CHECK(asked.size() > 100);
  for (const std::string& id : asked) {
    INFO(id);
    CHECK((indonesian().contains(id) || id == kDraft));
  }
}

TEST_CASE("Every message of the catalogue is asked for") {
  const std::set<std::string> words = words_in_program();
  // Put together from a family and a last part: the family must stand in the program.
  const std::regex family(R"((.*)\.[a-z_0-9]+)");
  for (const auto& [id, entry] : indonesian()) {
    std::string part = id;
    bool asked = words.contains(part);
    for (std::smatch match; !asked && std::regex_match(part, match, family);) {
      part = match[1].str();
      asked = words.contains(part);
    }
    INFO(id);
    CHECK(asked);
  }
}

TEST_CASE("No message says that something was sent to where it may not have arrived") {
  static const std::regex sent(R"(erkirim|\b[Ss]ent\b)");
  for_all_words([](const std::string& form) { CHECK_FALSE(std::regex_search(form, sent)); });
}
