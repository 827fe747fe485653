// What the pages say, in both languages at once: gettext catalogues (assets/locale/central.*.po) through Boost.Locale.
#pragma once

#include <initializer_list>
#include <locale>
#include <string>
#include <string_view>

#include "kiosk/base/result.h"
#include "kiosk/model/catalogue.h"

namespace mimika::central {

enum class Language { kIndonesian, kEnglish };

class Texts {
 public:
  // kInvalidInput: a catalogue is missing or broken.
  [[nodiscard]] static Result<Texts> open();

  // The text of an id, with {1}, {2}, … replaced. An id without a text comes back as it is and is logged.
  [[nodiscard]] std::string get(Language language, const std::string& id,
                                std::initializer_list<std::string> values = {}) const;
  // The plural form for `number`, with {1} replaced by it.
  [[nodiscard]] std::string count(Language language, const std::string& id, std::int64_t number) const;
  [[nodiscard]] bool has(Language language, const std::string& id) const;

 private:
  [[nodiscard]] const std::locale& locale_of(Language language) const {
    return language == Language::kEnglish ? english_ : indonesian_;
  }
  std::locale indonesian_;
  std::locale english_;
};

// A catalogue's own text; Indonesian where there is no English.
[[nodiscard]] const std::string& in_language(const LocalText& text, Language language);

}  // namespace mimika::central
