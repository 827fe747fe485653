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
const Catalogue& english() {
  static const Catalogue catalogue = read_catalogue("en");
  return catalogue;
}

std::set<std::string> placeholders(const std::string& text) {
  static const std::regex pattern(R"(\{[1-9]\})");
  return {std::sregex_token_iterator(text.begin(), text.end(), pattern), std::sregex_token_iterator()};
}

// Every string in the program that looks like an id, or like the beginning of one.
std::set<std::string> words_in_program() {
  static const std::regex pattern("\"([a-z_]+(\\.[a-z_]+)*)(\\.|\\.\\{\\})?\"");
  std::set<std::string> words;
  for (const char* folder : {"ui/screens", "ui/text", "kiosk/model", "kiosk/app"}) {
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
  for (const char* folder : {"ui/screens", "ui/text"}) {
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

// Basic Latin, Latin-1, and the typographic signs that every font of ours has.
bool can_be_shown(char32_t letter) {
  if (letter >= 0x20 && letter < 0x7F) return true;
  if (letter >= 0xA0 && letter <= 0xFF) return true;
  return letter == 0x2013 || letter == 0x2014 || letter == 0x2018 || letter == 0x2019 || letter == 0x201C ||
         letter == 0x201D || letter == 0x2026;
}

std::vector<char32_t> letters_of(const std::string& text) {
  std::vector<char32_t> letters;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t bytes = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t letter = bytes == 1 ? lead : lead & (0xFFU >> (bytes + 1));
    for (std::size_t k = 1; k < bytes && i + k < text.size(); ++k) {
      letter = (letter << 6U) | (static_cast<unsigned char>(text[i + k]) & 0x3FU);
    }
    letters.push_back(letter);
    i += bytes;
  }
  return letters;
}

}  // namespace

TEST_CASE("Both languages have the same ids, each with words") {
  CHECK(indonesian().size() > 200);
  for (const auto& [id, entry] : indonesian()) {
    INFO(id);
    CHECK(english().contains(id));
    CHECK(std::none_of(entry.forms.begin(), entry.forms.end(), [](const std::string& form) { return form.empty(); }));
    CHECK_FALSE(entry.forms.empty());
  }
  for (const auto& [id, entry] : english()) {
    INFO(id);
    CHECK(indonesian().contains(id));
    CHECK(std::none_of(entry.forms.begin(), entry.forms.end(), [](const std::string& form) { return form.empty(); }));
  }
}

TEST_CASE("The placeholders of a message are the same in both languages") {
  for (const auto& [id, entry] : indonesian()) {
    const auto found = english().find(id);
    if (found == english().end()) continue;
    INFO(id);
    // The last form is the general one; "one" may do without its number.
    CHECK(placeholders(entry.forms.back()) == placeholders(found->second.forms.back()));
  }
}

TEST_CASE("Every letter can be shown by our font") {
  for (const Catalogue* catalogue : {&indonesian(), &english()}) {
    for (const auto& [id, entry] : *catalogue) {
      for (const std::string& form : entry.forms) {
        INFO(id << ": " << form);
        CHECK(mimika::is_plain_text(form, mimika::LineBreaks::kForbidden));
        const std::vector<char32_t> letters = letters_of(form);
        CHECK(std::all_of(letters.begin(), letters.end(), can_be_shown));
      }
    }
  }
}

TEST_CASE("Every message the screens ask for is in the catalogue") {
  const std::set<std::string> asked = asked_for_directly();
  CHECK(asked.size() > 100);
  for (const std::string& id : asked) {
    INFO(id);
    CHECK(indonesian().contains(id));
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
  for (const Catalogue* catalogue : {&indonesian(), &english()}) {
    for (const auto& [id, entry] : *catalogue) {
      for (const std::string& form : entry.forms) {
        INFO(id << ": " << form);
        CHECK_FALSE(std::regex_search(form, sent));
      }
    }
  }
}
