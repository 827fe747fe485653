#include "kiosk/model/name_search.h"

#include <catch2/catch.hpp>

using namespace mimika;

namespace {

constexpr std::string_view kNames[] = {"Kokonao",     "Mimika",  "Atuka",     "Tipuka",     "Mapuru Jaya",
                                       "Pomako",      "Kaugapu", "Ohotya",    "Jila",       "Noema",
                                       "Pasir Putih", "Nayaro",  "Banti Dua", "Wa'a-Banti", "Ŋarum"};

std::vector<std::string_view> found(std::string_view typed, std::size_t most = 5) {
  std::vector<std::string_view> names;
  for (const std::size_t index : find_names(kNames, typed, most)) names.push_back(kNames[index]);
  return names;
}

using Names = std::vector<std::string_view>;

}  // namespace

TEST_CASE("The beginning of a name comes before the beginning of a word, and that before the inside") {
  CHECK(found("pu") == Names{"Pasir Putih", "Tipuka", "Mapuru Jaya", "Kaugapu"});
  CHECK(found("ban") == Names{"Banti Dua", "Wa'a-Banti"});
  CHECK(found("jaya") == Names{"Mapuru Jaya"});
}

TEST_CASE("Case, accents, hyphens and apostrophes do not matter") {
  CHECK(found("KOKO") == Names{"Kokonao"});
  CHECK(found("kökónáo") == Names{"Kokonao"});
  CHECK(found("waa banti") == Names{"Wa'a-Banti"});
  CHECK(found("nar") == Names{"Ŋarum"});
  CHECK(folded_name("  Wa'a -- Bànti ") == "waa banti");
}

TEST_CASE("One slip is forgiven from five letters on, two are not") {
  CHECK(found("kokanao") == Names{"Kokonao"});   // another letter
  CHECK(found("koknao") == Names{"Kokonao"});    // one left out
  CHECK(found("kokkonao") == Names{"Kokonao"});  // one too many
  CHECK(found("kokoano") == Names{"Kokonao"});   // two swapped
  CHECK(found("mapurr") == Names{"Mapuru Jaya"});
  CHECK(found("jyla").empty());
  CHECK(found("kakanau").empty());
}

TEST_CASE("Nothing fits nothing, and no more is told than was asked for") {
  CHECK(found("").empty());
  CHECK(found("   -").empty());
  CHECK(found("xyz").empty());
  CHECK(found("a", 3).size() == 3);
  CHECK(found(std::string(100'000, 'a')).empty());
  CHECK(found("\xFF\xC3").empty());
}

TEST_CASE("A word of three letters is completed, a shorter one and a whole one are not") {
  CHECK(complete_name(kNames, "ko", 3).empty());
  CHECK(complete_name(kNames, "kok", 3) == std::vector<std::size_t>{0});
  CHECK(complete_name(kNames, "Kokonao", 3).empty());
  CHECK(complete_name(kNames, "onao", 3).empty());
  CHECK(complete_name(kNames, "bant", 1).size() == 1);
}
