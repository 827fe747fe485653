#include "kiosk/base/shown_name.h"

#include <catch2/catch.hpp>

namespace mimika {
namespace {

TEST_CASE("names that strangers gave are text, or are spelled so that they are") {
  CHECK(is_harmless_name("Laporan Ünë 2026.kb"));
  CHECK(shown_name("Laporan Ünë 2026.kb") == "Laporan Ünë 2026.kb");
  for (const std::string& name :
       {std::string(), std::string("."), std::string(".."), std::string("a/b"), std::string("a\nb"),
        std::string("\xc3"), std::string("\xed\xa0\x80"), std::string("a\xe2\x80\xae") + "gpj.exe",
        std::string("\xc0\xaf"), std::string(256, 'a')}) {
    INFO(name);
    CHECK_FALSE(is_harmless_name(name));
  }
  CHECK(shown_name("a\nb\xff") == "a\\x0ab\\xff");
  CHECK(shown_name(std::string(5000, '\n')).size() < 130);
  CHECK(is_harmless_name(std::string(255, 'a')));
}

}  // namespace
}  // namespace mimika
