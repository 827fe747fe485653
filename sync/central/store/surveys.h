// The answers to the satisfaction survey, and what they come to.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/base/env.h"
#include "kiosk/model/event.h"
#include "sync/central/store/database.h"

namespace mimika::central {

[[nodiscard]] Status insert_survey(Database& database, const EventKey& key, const SurveyAnswered& answered,
                                   WallMs arrived_ms);

struct SurveyResult {
  DistrictCode district;
  std::int64_t people = 0;                                     // who answered at least one element
  std::array<std::optional<double>, kSurveyElements> means{};  // 1 to 4; nothing: nobody answered it
  // The index of the regulation, 25 to 100: the mean of the elements' means times 25, each element with the same weight
  // (Permenpan RB 14/2017). Nothing before every element has an answer.
  std::optional<double> index;
};
// By district, those with most answers first; `since_ms` by our clock.
[[nodiscard]] Result<std::vector<SurveyResult>> survey_results(Database& database, WallMs since_ms);

}  // namespace mimika::central
