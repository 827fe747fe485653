#include "kiosk/app/readiness_words.h"

#include "kiosk/model/calendar.h"
#include "ui/text/dates.h"

namespace mimika {

maintenance::ReadinessWords readiness_words(const Text& text) {
  return {[&text](std::string_view id) { return text(id); },
          [&text](WallMs at) { return short_date(text, local_date(at)) + ", " + clock_time(text, local_time(at)); }};
}

}  // namespace mimika
