#include "sync/central/pages/texts.h"

#include <boost/locale/generator.hpp>
#include <boost/locale/gnu_gettext.hpp>
#include <boost/locale/message.hpp>
#include <exception>

#include "kiosk/base/log.h"
#include "sync/central/pages/embedded.h"

namespace mimika::central {
namespace {

namespace gettext = boost::locale::gnu_gettext;

Result<std::locale> load(const std::string& language) {
  const std::string file = "central." + language + ".mo";
  if (embedded_file(file).empty()) return fail(ErrorCode::kInvalidInput, "the texts " + file + " are missing");
  gettext::messages_info info;
  info.language = language;
  info.encoding = "UTF-8";
  info.domains.emplace_back("central");
  info.paths.emplace_back(".");
  info.callback = [file](const std::string&, const std::string&) {
    const std::string_view bytes = embedded_file(file);
    return std::vector<char>(bytes.begin(), bytes.end());
  };
  try {
    return std::locale(std::locale::classic(), gettext::create_messages_facet<char>(info));
  } catch (const std::exception& problem) {
    return fail(ErrorCode::kInvalidInput, "the texts " + file + ": " + problem.what());
  }
}

std::string filled(std::string text, std::initializer_list<std::string> values) {
  std::size_t number = 0;
  for (const std::string& value : values) {
    const std::string place = "{" + std::to_string(++number) + "}";
    for (std::size_t at = text.find(place); at != std::string::npos; at = text.find(place, at + value.size())) {
      text.replace(at, place.size(), value);
    }
  }
  return text;
}

}  // namespace

Result<Texts> Texts::open() {
  Texts texts;
  TRY_ASSIGN(texts.indonesian_, load("id"));
  TRY_ASSIGN(texts.english_, load("en"));
  return texts;
}

std::string Texts::get(Language language, const std::string& id, std::initializer_list<std::string> values) const {
  std::string text = boost::locale::translate(id).str(locale_of(language));
  if (text == id) log_error("pages", "no text for {}", id);
  return filled(std::move(text), values);
}

std::string Texts::count(Language language, const std::string& id, std::int64_t number) const {
  const int form = static_cast<int>(number > 1'000'000 ? 1'000'000 : number);
  std::string text = boost::locale::translate(id, id, form).str(locale_of(language));
  if (text == id) log_error("pages", "no text for {}", id);
  return filled(std::move(text), {std::to_string(number)});
}

bool Texts::has(Language language, const std::string& id) const {
  return boost::locale::translate(id).str(locale_of(language)) != id;
}

const std::string& in_language(const LocalText& text, Language language) {
  return language == Language::kEnglish && !text.en.empty() ? text.en : text.id;
}

}  // namespace mimika::central
