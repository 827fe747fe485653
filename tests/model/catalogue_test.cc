#include "kiosk/model/catalogue.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "tests/model/model_world.h"

namespace mimika {
namespace {

using nlohmann::json;
using test::date;
using test::real_catalogue;

const std::vector<std::string> kFiles{"districts", "opds",     "categories", "services",  "holidays",
                                      "clocks",    "statuses", "skm",        "languages", "terms"};

json read(const std::string& name) {
  std::ifstream file(test::kCatalogueFolder + "/" + name + ".json");
  REQUIRE(file.good());
  return json::parse(file);
}

void walk(const json& value, const std::string& place,
          const std::function<void(const json&, const std::string&)>& visit) {
  visit(value, place);
  if (value.is_object()) {
    for (const auto& entry : value.items()) walk(entry.value(), place + "." + entry.key(), visit);
  } else if (value.is_array()) {
    for (std::size_t i = 0; i < value.size(); ++i) walk(value[i], place + "[" + std::to_string(i) + "]", visit);
  }
}

bool is_picture_there(const std::string& name) {
  return std::filesystem::exists(std::string(MIMIKA_SOURCE_DIR) + "/assets/icons/" + name + ".svg");
}

TEST_CASE("the catalogue that ships loads") {
  const auto catalogue = load_catalogue(test::kCatalogueFolder);
  INFO((catalogue ? std::string() : catalogue.error().message));
  REQUIRE(catalogue.has_value());
  CHECK(catalogue->version.starts_with("2026-"));
  CHECK(catalogue->version.size() == std::string("2026-11-24-00000000").size());
}

TEST_CASE("all eighteen districts and 152 kampung and kelurahan are there") {
  std::size_t kampung = 0;
  std::size_t kelurahan = 0;
  std::set<std::string> letters;
  for (const District& district : real_catalogue().districts) {
    letters.insert(district.code_letters);
    for (const Kampung& place : district.kampung) {
      ++kampung;
      if (place.kelurahan) ++kelurahan;
      // In a Kemendagri code the last group begins with 1 for a kelurahan and with 2 for a kampung.
      CHECK(place.code.value[9] == (place.kelurahan ? '1' : '2'));
    }
  }
  CHECK(real_catalogue().districts.size() == 18);
  CHECK(letters.size() == 18);
  CHECK(kampung == 152);
  CHECK(kelurahan == 19);
}

TEST_CASE("the districts of the first kiosks have the letters agreed on") {
  CHECK(real_catalogue().find_district(DistrictCode{"94.04.06"})->code_letters == "JLA");
  CHECK(real_catalogue().find_district(DistrictCode{"94.04.02"})->code_letters == "AGM");
  CHECK(real_catalogue().find_district(DistrictCode{"94.04.17"})->code_letters == "AMR");
}

TEST_CASE("everything is found by its id, and nothing else is") {
  const Catalogue& catalogue = real_catalogue();
  REQUIRE(catalogue.find_kampung(KampungCode{"94.04.10.2004"}) != nullptr);
  CHECK(catalogue.find_kampung(KampungCode{"94.04.10.2004"})->name == "T'Singa");
  CHECK(catalogue.find_kampung(KampungCode{"94.04.10.2999"}) == nullptr);
  CHECK(catalogue.find_kampung(KampungCode{""}) == nullptr);
  CHECK(catalogue.find_district(DistrictCode{"94.04.19"}) == nullptr);
  CHECK(catalogue.find_opd(OpdId{"pupr"})->short_name == "PUPR");
  CHECK(catalogue.find_opd(OpdId{"PUPR"}) == nullptr);
  CHECK(catalogue.find_category(CategoryId{"jalan"})->name.en == "Roads and bridges");
  CHECK(catalogue.find_category(CategoryId{"x"}) == nullptr);
  CHECK(catalogue.find_service(ServiceId{"akta_lahir"})->name.id == "Akta kelahiran");
  CHECK(catalogue.find_service(ServiceId{"x"}) == nullptr);
}

TEST_CASE("twelve categories with pictures, the one about staff goes to the Inspektorat") {
  const Catalogue& catalogue = real_catalogue();
  CHECK(catalogue.categories.size() == 12);
  std::size_t about_staff = 0;
  for (const Category& category : catalogue.categories) {
    INFO(category.id.value);
    CHECK(category.picture == "category-" + category.id.value);
    CHECK(is_picture_there("pictures/" + category.picture));
    if (category.about_staff) {
      ++about_staff;
      CHECK(category.opds == std::vector{OpdId{"inspektorat"}});
    }
  }
  CHECK(about_staff == 1);
}

TEST_CASE("every category of LAPOR has a place in ours") {
  std::set<std::string> matched;
  const json file = read("categories");
  for (const json& category : file["categories"]) {
    for (const json& lapor : category["lapor"]) matched.insert(lapor["category"].get<std::string>());
  }
  CHECK(matched.size() == 31);
}

TEST_CASE("twenty services, each short to read and short to fill in") {
  const Catalogue& catalogue = real_catalogue();
  CHECK(catalogue.services.size() == 20);
  for (const Service& service : catalogue.services) {
    INFO(service.id.value);
    CHECK(service.name.id.size() <= 26);
    CHECK(service.summary.id.size() <= 60);
    CHECK(is_picture_there("icons/" + service.icon));
    CHECK(service.requirements.size() >= 1);
    for (const ServiceRequirement& requirement : service.requirements) {
      INFO(requirement.icon);
      CHECK(is_picture_there("icons/" + requirement.icon));
    }
    CHECK(service.fields.size() >= 2);
    CHECK(service.fields.size() <= 9);
    CHECK(service.fields.front().required);
  }
}

TEST_CASE("no duration of another region is shown as Mimika's") {
  for (const Service& service : real_catalogue().services) {
    INFO(service.id.value);
    CHECK(service.duration == LocalText{});
  }
}

TEST_CASE("a missing birth letter has a way out") {
  const Service* service = real_catalogue().find_service(ServiceId{"akta_lahir"});
  REQUIRE(service != nullptr);
  CHECK(service->requirements[0].if_missing.id.find("F-2.03") != std::string::npos);
  CHECK(service->requirements[1].if_missing.id.find("F-2.04") != std::string::npos);
  CHECK(service->requirements[2].if_missing.id.empty());
}

TEST_CASE("the closed days of 2026 are there, 5 February less certain than the others") {
  const Catalogue& catalogue = real_catalogue();
  CHECK(catalogue.closed_days.size() == 26);
  for (const ClosedDay& day : catalogue.closed_days) {
    const bool regional = day.date == date(2026, 2, 5);
    CHECK(day.provenance.certainty == (regional ? Certainty::kMedium : Certainty::kHigh));
  }
  CHECK_FALSE(catalogue.work_calendar().is_working_day(date(2026, 12, 25)));
}

TEST_CASE("the rule of the mark is the regency's five days, counted as working days") {
  CHECK(real_catalogue().mark_rule.limit_days == 5);
  CHECK(real_catalogue().mark_rule.days == DayKind::kWorkingDays);
}

TEST_CASE("every text of every file is there in both languages") {
  for (const std::string& name : kFiles) {
    walk(read(name), name, [](const json& value, const std::string& place) {
      if (!value.is_object() || !value.contains("id") || value.size() > 2 ||
          (value.size() == 2 && !value.contains("en"))) {
        return;
      }
      INFO(place);
      REQUIRE(value.contains("en"));
      CHECK_FALSE(value["id"].get<std::string>().empty());
      CHECK_FALSE(value["en"].get<std::string>().empty());
    });
  }
}

TEST_CASE("every fact of every file names its source and how certain it is") {
  const std::set<std::string> certainties{"high", "medium", "low"};
  for (const std::string& name : kFiles) {
    const json file = read(name);
    CHECK(file["form"] == 1);
    for (const auto& entry : file.items()) {
      if (entry.key() == "notes" || !entry.value().is_array()) continue;
      for (const json& fact : entry.value()) {
        INFO(name << ": " << fact.dump());
        CHECK_FALSE(fact.at("source").get<std::string>().empty());
        CHECK(certainties.contains(fact.at("certainty").get<std::string>()));
      }
    }
  }
}

TEST_CASE("the list of statuses names each status a ticket can have, once") {
  const std::multiset<std::string> expected{"saved_here",  "unverified", "verified", "assigned",
                                            "in_progress", "held",       "resolved", "archived"};
  std::multiset<std::string> listed;
  const json file = read("statuses");
  for (const json& status : file["statuses"]) {
    if (status.contains("ticket_status")) listed.insert(status["ticket_status"].get<std::string>());
  }
  CHECK(listed == expected);
}

TEST_CASE("the survey has the nine elements in order, on four points") {
  const json survey = read("skm");
  CHECK(survey["points"] == 4);
  REQUIRE(survey["elements"].size() == 9);
  for (std::size_t i = 0; i < 9; ++i) CHECK(survey["elements"][i]["number"] == i + 1);
}

TEST_CASE("a language has a catalogue of words unless it still waits for its speakers") {
  const json file = read("languages");
  for (const json& language : file["languages"]) {
    CHECK(language.contains("locale") == (language["texts"] != "empty"));
  }
}

}  // namespace
}  // namespace mimika
