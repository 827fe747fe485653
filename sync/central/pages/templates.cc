#include "sync/central/pages/templates.h"

#include <ctemplate/template.h>
#include <ctemplate/template_cache.h>

#include <array>

#include "kiosk/base/check.h"
#include "sync/central/pages/embedded.h"

namespace mimika::central {
namespace {

constexpr std::string_view kSuffix = ".tpl";
// Blank lines and indentation are for us, not for a slow link.
constexpr auto kStrip = ctemplate::STRIP_WHITESPACE;

std::string key_of(const std::string& name, Language language) {
  return name + (language == Language::kEnglish ? ".en" : ".id");
}

// Texts may stand in attributes as well as in the page.
std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out.push_back(c);
    }
  }
  return out;
}

Result<std::string> with_texts(std::string_view source, const std::string& name, Language language,
                               const Texts& texts) {
  std::string out = "{{%AUTOESCAPE context=\"HTML\"}}";
  while (!source.empty()) {
    const std::size_t open = source.find("[[");
    out += source.substr(0, open);
    if (open == std::string_view::npos) break;
    const std::size_t close = source.find("]]", open);
    if (close == std::string_view::npos) return fail(ErrorCode::kInvalidInput, name + ".tpl: [[ without ]]");
    const std::string id(source.substr(open + 2, close - open - 2));
    if (!texts.has(language, id)) return fail(ErrorCode::kInvalidInput, name + ".tpl: no text " + id);
    out += escaped(texts.get(language, id));
    source.remove_prefix(close + 2);
  }
  return out;
}

}  // namespace

Templates::Templates() : cache_(std::make_unique<ctemplate::TemplateCache>()) {}
Templates::~Templates() = default;

Result<std::unique_ptr<Templates>> Templates::open(const Texts& texts) {
  std::unique_ptr<Templates> templates(new Templates());
  for (const std::string_view file : embedded_files()) {
    if (!file.ends_with(kSuffix)) continue;
    const std::string name(file.substr(0, file.size() - kSuffix.size()));
    for (const Language language : std::array{Language::kIndonesian, Language::kEnglish}) {
      TRY_ASSIGN(const std::string source, with_texts(embedded_file(file), name, language, texts));
      const std::string key = key_of(name, language);
      if (!templates->cache_->StringToTemplateCache(key, source, kStrip)) {
        return fail(ErrorCode::kInvalidInput, name + ".tpl does not parse");
      }
    }
  }
  // Nothing is looked for on disk, and reading is safe from many threads once the cache no longer changes.
  templates->cache_->Freeze();
  return templates;
}

std::string Templates::expand(const std::string& name, Language language,
                              const ctemplate::TemplateDictionary& values) const {
  std::string out;
  CHECK(cache_->ExpandNoLoad(key_of(name, language), kStrip, &values, nullptr, &out));
  return out;
}

ctemplate::TemplateDictionary* Templates::include(ctemplate::TemplateDictionary& into, const char* marker,
                                                  const std::string& name, Language language) {
  ctemplate::TemplateDictionary* inner = into.AddIncludeDictionary(marker);
  inner->SetFilename(key_of(name, language));
  return inner;
}

}  // namespace mimika::central
