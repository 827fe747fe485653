// The words of the readiness report in a language of the catalogues.
#pragma once

#include "kiosk/maintenance/readiness_paper.h"
#include "ui/text/text.h"

namespace mimika {

// `text` must outlive them.
[[nodiscard]] maintenance::ReadinessWords readiness_words(const Text& text);

}  // namespace mimika
