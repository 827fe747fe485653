#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "kiosk/base/limits.h"
#include "kiosk/model/catalogue.h"
#include "tests/model/model_world.h"

namespace mimika {
namespace {

namespace fs = std::filesystem;

// A copy of the real catalogue to break, gone when the test ends.
class CopiedCatalogue {
 public:
  CopiedCatalogue() {
    std::string name = (fs::temp_directory_path() / "mimika-catalogue-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    folder_ = name;
    for (const auto& entry : fs::directory_iterator(test::kCatalogueFolder)) {
      fs::copy(entry.path(), folder_ / entry.path().filename());
    }
  }
  CopiedCatalogue(const CopiedCatalogue&) = delete;
  CopiedCatalogue& operator=(const CopiedCatalogue&) = delete;
  ~CopiedCatalogue() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  [[nodiscard]] std::string read(const std::string& file) const {
    std::ifstream in(folder_ / file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
  }
  void write(const std::string& file, const std::string& text) const {
    std::ofstream(folder_ / file, std::ios::binary | std::ios::trunc) << text;
  }
  void remove(const std::string& file) const { fs::remove(folder_ / file); }

  // Replaces the first occurrence.
  void replace(const std::string& file, const std::string& from, const std::string& to) const {
    std::string text = read(file);
    const std::size_t at = text.find(from);
    INFO(file << " holds " << from);
    REQUIRE(at != std::string::npos);
    write(file, text.replace(at, from.size(), to));
  }

  [[nodiscard]] Result<Catalogue> load() const { return load_catalogue(folder_.string()); }

 private:
  fs::path folder_;
};

struct Breakage {
  const char* file;
  std::string from;
  std::string to;
  const char* message;  // a part of it
};

TEST_CASE("a mistake in a file is refused with file, place and reason") {
  const std::string long_name(limits::kNameBytes + 1, 'x');
  const std::string long_text(limits::kFieldBytes + 1, 'x');
  const Breakage breakage = GENERATE_COPY(values<Breakage>({
      {"districts.json", R"("94.04.01")", R"("9404.01")",
       R"(districts[0].code: "9404.01" is not a code like 99.99.99)"},
      {"districts.json", R"("94.04.01")", R"("94.04.99")",
       "the code \"94.04.01.1001\" is not one of district 94.04.99"},
      {"districts.json", R"("94.04.02")", R"("94.04.01")", "is also that of districts[0]"},
      {"districts.json", R"("code_letters": "MBR")", R"("code_letters": "MIO")",
       "districts[0].code_letters: \"MIO\" is not three capital letters"},
      {"districts.json", R"("code_letters": "MBR")", R"("code_letters": "mbr")", "is not three capital letters"},
      {"districts.json", R"("code_letters": "MBR")", R"("code_letters": "AGM")",
       "districts[1]: the code letters \"AGM\" is also that of districts[0]"},
      {"districts.json", R"("94.04.01.1002")", R"("94.04.01.1001")",
       "districts[0].kampung[1]: the code \"94.04.01.1001\" is also that of districts[0].kampung[0]"},
      {"districts.json", R"("kind": "kelurahan")", R"("kind": "desa")",
       "districts[0].kampung[0].kind: \"desa\" is none of kampung, kelurahan"},
      {"districts.json", R"("name": "Koperapoka")", R"("name": ")" + long_name + '"',
       "districts[0].kampung[0].name: text of 121 bytes, at most 120"},
      {"districts.json", R"("name": "Koperapoka")", R"("name": "  ")", "districts[0].kampung[0].name: empty text"},
      {"districts.json", R"("name": "Koperapoka")", R"("name": "a\u0007b")", "control characters"},
      {"districts.json", R"("name": "Koperapoka")", R"("name": 7)", "expected a text"},
      {"districts.json", R"("name": "Koperapoka")", R"("nama": "Koperapoka")", "unknown key \"nama\""},
      {"opds.json", R"("id": "dpmptsp")", R"("id": "disdukcapil")",
       "opds[1]: the id \"disdukcapil\" is also that of opds[0]"},
      {"opds.json", R"("id": "disdukcapil")", R"("id": "Dis dukcapil")",
       "opds[0].id: \"Dis dukcapil\" may only hold a-z"},
      {"opds.json", R"("certainty": "high")", R"("certainty": "sure")",
       "opds[0].certainty: \"sure\" is none of high, medium, low"},
      {"opds.json", R"("source": )", R"("sources": )", "opds[0]: unknown key \"sources\""},
      {"categories.json", R"(["pupr"])", R"(["pu"])",
       "categories.json: categories[0].opds: there is no agency \"pu\" in opds.json"},
      {"categories.json", R"(["pupr"])", R"([])", "categories[0].opds: no agency"},
      {"categories.json", R"(["pupr"])", R"(["pupr", "pupr"])", "\"pupr\" stands twice"},
      {"categories.json", R"("id": "air")", R"("id": "jalan")", "the id \"jalan\" is also that of categories[0]"},
      {"categories.json", R"("about_staff": true)", R"("about_staff": "yes")", "expected true or false"},
      {"categories.json", R"("count": 546)", R"("count": -1)", "categories[0].lapor[0].count: expected a whole number"},
      {"categories.json", R"("picture": "category-jalan")", R"("picture": "../jalan")", "may only hold a-z"},
      {"services.json", R"(["disdukcapil"])", R"(["dukcapil"])", "services[0].opds: there is no agency \"dukcapil\""},
      {"services.json", R"("group": "civil_registration")", R"("group": "adminduk")",
       "services[0].group: \"adminduk\""},
      {"services.json", R"("kind": "name")", R"("kind": "nikk")",
       "services[0].fields[0].kind: \"nikk\" is none of name, nik, family_card, phone, date, text, place"},
      {"services.json", R"("required": true)", R"("required": 1)",
       "services[0].fields[0].required: expected true or false"},
      {"services.json", R"("id": "tanggal_lahir")", R"("id": "nama")",
       "services[0].fields[1]: the id \"nama\" is also that of services[0].fields[0]"},
      {"services.json", R"("id": "kk_baru_keluarga_baru")", R"("id": "biodata_wni")", "is also that of services[0]"},
      {"services.json", R"({"id": "Biodata penduduk", "en": "Resident record"})", R"({"en": "Resident record"})",
       "services[0].name: \"id\" is missing"},
      {"services.json", R"({"id": "Biodata penduduk", "en": "Resident record"})", R"("Biodata penduduk")",
       "services[0].name: expected an object"},
      {"services.json", "Data diri Anda dicatat untuk pertama kali.", long_text,
       "services[0].summary.id: text of 241 bytes, at most 240"},
      {"services.json", R"("icon": "person")", R"("ikon": "person")", "services[0]: unknown key \"ikon\""},
      {"services.json", R"("requirements": [)", R"("duration": [], "requirements": [)",
       "services[0].duration: expected an object"},
      {"services.json", R"("fields": [)", R"("fields": [], "more": [)", "unknown key \"more\""},
      {"services.json", R"("reference": [)", R"("reference": [{"text": "x"}, )", "\"source\" is missing"},
      {"holidays.json", R"("date": "2026-01-01")", R"("date": "2026-02-30")",
       "closed_days[0].date: \"2026-02-30\" is not a date like 2026-03-18"},
      {"holidays.json", R"("date": "2026-01-01")", R"("date": "01-01-2026")", "is not a date like"},
      {"holidays.json", R"("date": "2026-01-16")", R"("date": "2026-01-01")",
       "closed_days[1]: the date is also that of closed_days[0]"},
      {"holidays.json", R"("kind": "national")", R"("kind": "libur")", "closed_days[0].kind: \"libur\" is none of"},
      {"clocks.json", R"("clock": "mimika_red")", R"("clock": "mimika")", "mark_rule: there is no clock \"mimika\""},
      {"clocks.json", R"("clock": "mimika_red")", R"("clock": "jakarta_koordinasi")",
       "mark_rule: the clock \"jakarta_koordinasi\" is not 1 to 366 days"},
      {"clocks.json", R"("days": "working_days")", R"("days": "business_days")", "mark_rule.days: \"business_days\""},
      {"clocks.json", R"("limit": 5)", R"("limit": 0)", "clocks[0].limit: expected a whole number, 1 to 100000"},
      {"clocks.json", R"("limit": 5)", R"("limit": 5.5)", "clocks[0].limit: expected a whole number"},
      {"clocks.json", R"("limit": 5)", R"("limit": 367)", "is not 1 to 366 days"},
      {"clocks.json", R"("limit": 5)", R"("limit": 18446744073709551615)", "clocks[0].limit: expected a whole number"},
      {"clocks.json", R"("mark_rule")", R"("mark_rules")", "top level: unknown key \"mark_rules\""},
      {"opds.json", R"("form": 1)", R"("form": 2)", "form: expected a whole number, 1 to 1"},
      {"opds.json", R"("version": "2026-11-24")", R"("version": "new")", "version: \"new\" is not a date"},
      {"opds.json", R"("form": 1,)", R"("form": 1, "form": 1,)", "the key \"form\" stands twice"},
      {"opds.json", R"("form": 1,)", R"("form": 1)", "not valid JSON near line 3"},
      {"opds.json", R"("opds": [)", R"("opds": 3, "notes": [)", "the key \"notes\" stands twice"},
  }));

  const CopiedCatalogue catalogue;
  REQUIRE(catalogue.load().has_value());
  catalogue.replace(breakage.file, breakage.from, breakage.to);
  const auto loaded = catalogue.load();
  REQUIRE_FALSE(loaded.has_value());
  INFO(loaded.error().message);
  CHECK(loaded.error().code == ErrorCode::kInvalidInput);
  CHECK(loaded.error().message.starts_with(std::string(breakage.file) + ": "));
  CHECK(loaded.error().message.find(breakage.message) != std::string::npos);
}

TEST_CASE("a missing file is named") {
  for (const char* file :
       {"districts.json", "opds.json", "categories.json", "services.json", "holidays.json", "clocks.json"}) {
    const CopiedCatalogue catalogue;
    catalogue.remove(file);
    const auto loaded = catalogue.load();
    REQUIRE_FALSE(loaded.has_value());
    CHECK(loaded.error().code == ErrorCode::kNotFound);
    CHECK(loaded.error().message.starts_with(file));
  }
}

TEST_CASE("files that are no catalogue at all are refused") {
  for (const char* content :
       {"", "null", "[]", "7", "\"text\"", "{}", "{\"form\": 1}", "\xFF\xFE",
        R"({"form": 1, "version": "2026-11-24", "opds": []})", R"({"form": 1, "version": "2026-11-24", "opds": {}})",
        R"({"form": 1, "version": "2026-11-24", "opds": [[]]})"}) {
    const CopiedCatalogue catalogue;
    catalogue.write("opds.json", content);
    const auto loaded = catalogue.load();
    INFO(content);
    REQUIRE_FALSE(loaded.has_value());
    CHECK(loaded.error().code == ErrorCode::kInvalidInput);
    CHECK(loaded.error().message.starts_with("opds.json: "));
  }
}

TEST_CASE("a file over the limit is refused before it is read as JSON") {
  const CopiedCatalogue catalogue;
  catalogue.write("opds.json", std::string(limits::kCatalogueBytes + 1, ' '));
  const auto loaded = catalogue.load();
  REQUIRE_FALSE(loaded.has_value());
  CHECK(loaded.error().code == ErrorCode::kTooLarge);
  CHECK(loaded.error().message.starts_with("opds.json"));
}

TEST_CASE("a file nested thousands deep is refused, not followed") {
  const CopiedCatalogue catalogue;
  catalogue.write("opds.json", std::string(200'000, '['));
  CHECK_FALSE(catalogue.load().has_value());
  catalogue.write("opds.json", std::string(200'000, '[') + std::string(200'000, ']'));
  CHECK_FALSE(catalogue.load().has_value());
}

TEST_CASE("a file cut off anywhere is refused") {
  const CopiedCatalogue catalogue;
  const std::string whole = catalogue.read("holidays.json");
  for (std::size_t size = 0; size + 2 < whole.size(); size += 53) {
    catalogue.write("holidays.json", whole.substr(0, size));
    const auto loaded = catalogue.load();
    REQUIRE_FALSE(loaded.has_value());
    REQUIRE(loaded.error().message.starts_with("holidays.json: not valid JSON"));
  }
}

TEST_CASE("a text without its translation is shown in Indonesian") {
  const CopiedCatalogue catalogue;
  catalogue.replace("services.json", R"({"id": "Biodata penduduk", "en": "Resident record"})",
                    R"({"id": "Biodata penduduk"})");
  const auto loaded = catalogue.load();
  REQUIRE(loaded.has_value());
  CHECK(loaded->services.front().name == LocalText{.id = "Biodata penduduk", .en = "Biodata penduduk"});
}

TEST_CASE("any edit makes another version, and the newest date leads it") {
  const CopiedCatalogue catalogue;
  const std::string before = catalogue.load()->version;
  CHECK(catalogue.load()->version == before);
  catalogue.replace("holidays.json", "Natal", "Hari Natal");
  const std::string edited = catalogue.load()->version;
  CHECK(edited != before);
  CHECK(edited.substr(0, 10) == before.substr(0, 10));
  catalogue.replace("holidays.json", R"("version": "2026-11-24")", R"("version": "2027-01-05")");
  CHECK(catalogue.load()->version.starts_with("2027-01-05-"));
}

TEST_CASE("the regency may decide on calendar days and on another limit") {
  const CopiedCatalogue catalogue;
  catalogue.replace("clocks.json", R"("days": "working_days")", R"("days": "calendar_days")");
  catalogue.replace("clocks.json", R"("limit": 5)", R"("limit": 3)");
  const auto loaded = catalogue.load();
  REQUIRE(loaded.has_value());
  CHECK(loaded->mark_rule.limit_days == 3);
  CHECK(loaded->mark_rule.days == DayKind::kCalendarDays);
}

}  // namespace
}  // namespace mimika
