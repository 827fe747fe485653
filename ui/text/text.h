// The words of the product, by message id, in several languages at once. They live in gettext catalogues
// (assets/locale/*.po, compiled at build time); no language of the operating system is involved.
//
//   texts.in("id")("home.title")                          → "Ada yang bisa kami bantu?"
//   texts.in("id").format("field.digits", {"7", "16"})    → "7 dari 16 angka"     {1} and {2} in the catalogue
//   texts.in("en").count("track.late", 2)                 → "2 days late"         {1} is the number
//
// An id without words in one language is shown in the first of them, Indonesian. One that is missing there too shows
// itself, so that it is found, and is logged once.
#pragma once

#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/base/result.h"

namespace mimika {

class Text {
 public:
  ~Text();
  Text(Text&&) noexcept;
  Text& operator=(Text&&) noexcept;

  // "id", "en".
  [[nodiscard]] const std::string& language() const { return language_; }

  [[nodiscard]] std::string operator()(std::string_view id) const;
  // {1}, {2}, … become the arguments in this order; a placeholder without an argument stays as it is.
  [[nodiscard]] std::string format(std::string_view id, std::initializer_list<std::string_view> arguments) const;
  // The plural form for `number`, by the language's own rule; {1} is the number.
  [[nodiscard]] std::string count(std::string_view id, long number) const;
  // The id whose words these are, among those that were asked for until now: a recording is found by it.
  [[nodiscard]] std::optional<std::string> id_of(std::string_view words) const;
  // Whether this very language has words for the id.
  [[nodiscard]] bool has(std::string_view id) const;

 private:
  friend class Texts;
  struct Catalogue;
  Text(std::string language, std::unique_ptr<Catalogue> catalogue);
  std::string language_;
  std::unique_ptr<Catalogue> catalogue_;
  const Catalogue* fallback_ = nullptr;  // of the first language of the same Texts; itself for that one
};

class Texts {
 public:
  // Reads <folder>/<language>/LC_MESSAGES/mimika.mo for each language; the first one is what others fall back to.
  // kNotFound when one is missing, kCorrupt when it cannot be read; of `others` such a one is logged and left out.
  [[nodiscard]] static Result<Texts> load(const std::string& folder, const std::vector<std::string>& languages,
                                          const std::vector<std::string>& others = {});

  // The first language for one that was not loaded.
  [[nodiscard]] const Text& in(std::string_view language) const;

 private:
  explicit Texts(std::vector<Text> texts) : texts_(std::move(texts)) {}
  [[nodiscard]] static Result<Text> read(const std::string& folder, const std::string& language);
  std::vector<Text> texts_;
};

// Replaces {1}, {2}, … in `pattern`.
[[nodiscard]] std::string fill_placeholders(std::string_view pattern,
                                            std::initializer_list<std::string_view> arguments);

}  // namespace mimika
