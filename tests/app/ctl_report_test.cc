#include "kiosk/app/ctl_report.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/store/store_world.h"

namespace mimika {
namespace {

const Catalogue& the_catalogue() {
  static const Catalogue catalogue = load_catalogue(std::string(MIMIKA_SOURCE_DIR) + "/assets/catalogue").value();
  return catalogue;
}

}  // namespace

TEST_CASE("a day's and a month's figures are told without anybody signed in, and without a name") {
  test::World world;
  const auto store = world.open();
  test::file(*store);
  world.env.advance_ms(kDayMs);
  test::file(*store);
  test::file(*store, test::secret_complaint());
  const auto told = [&](const ReportRequest& request) {
    return make_report(*store, world.env, the_catalogue(), request);
  };
  const auto day = told({.day = "2026-11-25"});
  REQUIRE(day);
  const auto json = nlohmann::json::parse(day->json);
  CHECK(json.at("filed") == 2);
  CHECK(json.at("filed_by_kind").at("complaint") == 2);
  CHECK(json.at("open_now") == 3);
  CHECK(json.at("by_category").size() == 1);  // of the secret one it is not known
  CHECK(day->text.empty());
  CHECK(nlohmann::json::parse(told({.month = "2026-11"})->json).at("filed") == 3);
  const auto csv = told({.day = "2026-11-25", .form = ReportForm::kCsv});
  CHECK(csv->text.starts_with("figure,of,count\nfrom,2026-11-25,\nto,2026-11-25,\nfiled,,2\n"));
  CHECK(csv->text.find("filed_by_category,jalan,1\n") != std::string::npos);
  CHECK(csv->text.find("Maria") == std::string::npos);
}

TEST_CASE("a day that there is not is refused") {
  test::World world;
  const auto store = world.open();
  for (const ReportRequest& request : {ReportRequest{.day = "2026-02-30"}, ReportRequest{.day = "kemarin"},
                                       ReportRequest{.month = "2026-13"}, ReportRequest{}}) {
    const auto refused = make_report(*store, world.env, the_catalogue(), request);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::kInvalidInput);
  }
}

}  // namespace mimika
