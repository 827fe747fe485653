#include "kiosk/office/text_search.h"

#include <catch2/catch.hpp>
#include <random>

namespace mimika::office {

TEST_CASE("numbers are found however their groups were joined") {
  CHECK(search_form("0812-3456-7890") == "081234567890");
  CHECK(search_form("94.04.06 12/3") == "940406 123");
  CHECK(search_form("SP-2, Air!") == "sp 2 air");
  CHECK(search_form("").empty());
}

TEST_CASE("it finds what std::string_view::find finds") {
  std::mt19937 random(7);
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (std::size_t i = 0; i < random() % 40; ++i) text += static_cast<char>('a' + random() % 3);
    std::string word;
    for (std::size_t i = 0; i < 1 + random() % 4; ++i) word += static_cast<char>('a' + random() % 3);
    const std::size_t from = text.empty() ? 0 : random() % (text.size() + 1);
    INFO(text << " " << word << " " << from);
    CHECK(find_in_text(text, word, from) == std::string_view(text).find(word, from));
  }
  CHECK(find_in_text("abc", "", 0) == std::string_view::npos);
}

}  // namespace mimika::office
