#include "sync/central/store/surveys.h"

#include <algorithm>
#include <map>

#include "sync/central/store/columns.h"

namespace mimika::central {
namespace {

constexpr double kIndexPerPoint = 25;

struct Sums {
  std::int64_t people = 0;
  std::array<std::int64_t, kSurveyElements> sum{};
  std::array<std::int64_t, kSurveyElements> count{};
};

SurveyResult result_of(const std::string& district, const Sums& sums) {
  SurveyResult result;
  result.district = DistrictCode{district};
  result.people = sums.people;
  double all = 0;
  bool complete = true;
  for (std::size_t i = 0; i < kSurveyElements; ++i) {
    if (sums.count[i] == 0) {
      complete = false;
      continue;
    }
    result.means[i] = static_cast<double>(sums.sum[i]) / static_cast<double>(sums.count[i]);
    all += *result.means[i];
  }
  if (complete) result.index = all / static_cast<double>(kSurveyElements) * kIndexPerPoint;
  return result;
}

}  // namespace

Status insert_survey(Database& database, const EventKey& key, const SurveyAnswered& answered, WallMs arrived_ms) {
  TRY(
      database.execute("INSERT INTO survey (device, epoch, seq, district, arrived_ms, scores) "
                       "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (device, epoch, seq) DO NOTHING",
                       {value_of(key.device.value), value_of(key.epoch.value), value_of(key.seq.value),
                        answered.district.value, arrived_ms, value_of(ByteView(answered.scores))}));
  return {};
}

Result<std::vector<SurveyResult>> survey_results(Database& database, WallMs since_ms) {
  TRY_ASSIGN(const auto rows, database.query("SELECT district, scores FROM survey WHERE arrived_ms >= $1", {since_ms}));
  std::map<std::string, Sums> by_district;
  for (const Row& row : rows) {
    const Bytes scores = row.bytes(1);
    if (scores.size() != kSurveyElements) return fail(ErrorCode::kCorrupt, "a survey has nine scores");
    Sums& sums = by_district[row.text(0)];
    ++sums.people;
    for (std::size_t i = 0; i < kSurveyElements; ++i) {
      if (scores[i] == 0) continue;
      sums.sum[i] += scores[i];
      ++sums.count[i];
    }
  }
  std::vector<SurveyResult> results;
  for (const auto& [district, sums] : by_district) results.push_back(result_of(district, sums));
  std::ranges::stable_sort(results, std::greater(), &SurveyResult::people);
  return results;
}

}  // namespace mimika::central
