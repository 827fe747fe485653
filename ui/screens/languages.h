// Which languages the screen offers: those whose catalogues have the words of the first screens.
#pragma once

#include <string>
#include <vector>

#include "kiosk/session/session.h"
#include "ui/text/text.h"

namespace mimika::screens {

// Texts with every known language; a missing or damaged catalogue is an error for Indonesian and English alone.
[[nodiscard]] Result<Texts> load_texts(const std::string& locale_folder);

// A language without words for the first screens would be Indonesian under another name. A draft is offered, and says
// that it is one. Indonesian is always first.
[[nodiscard]] std::vector<OfferedLanguage> offered_languages(const Texts& texts);

}  // namespace mimika::screens
