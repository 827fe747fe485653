// Page templates (assets/web/*.tpl) with ctemplate's automatic escaping: what a person wrote can never become markup,
// because no page puts strings together itself. Fixed texts ([[id]]) are filled in once per language at the start.
#pragma once

#include <memory>
#include <string>

#include "sync/central/pages/template_dictionary.h"
#include "sync/central/pages/texts.h"

namespace ctemplate {
class TemplateCache;
}

namespace mimika::central {

class Templates {
 public:
  // kInvalidInput, naming the file: a template does not parse, or names a text that does not exist.
  [[nodiscard]] static Result<std::unique_ptr<Templates>> open(const Texts& texts);
  ~Templates();

  // `name` without ".tpl". Safe from several threads.
  [[nodiscard]] std::string expand(const std::string& name, Language language,
                                   const ctemplate::TemplateDictionary& values) const;

  // Includes another template under a {{>MARKER}}; returns its dictionary.
  static ctemplate::TemplateDictionary* include(ctemplate::TemplateDictionary& into, const char* marker,
                                                const std::string& name, Language language);

 private:
  Templates();
  std::unique_ptr<ctemplate::TemplateCache> cache_;
};

}  // namespace mimika::central
