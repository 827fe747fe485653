#include "ui/text/dates.h"

#include <catch2/catch.hpp>

using namespace mimika;

namespace {

constexpr LocalDate day(int year, unsigned month, unsigned date) {
  return {std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{date}};
}

const Texts& texts() {
  static const Texts loaded = *Texts::load(MIMIKA_LOCALE_FOLDER, {"id", "en"});
  return loaded;
}

}  // namespace

TEST_CASE("A date is written in words, with its weekday") {
  CHECK(long_date(texts().in("id"), day(2026, 11, 24)) == "Selasa, 24 November 2026");
  CHECK(long_date(texts().in("en"), day(2026, 11, 24)) == "Tuesday, 24 November 2026");
  CHECK(long_date(texts().in("id"), day(2026, 2, 1)) == "Minggu, 1 Februari 2026");
}

TEST_CASE("Short forms leave out what the reader knows") {
  CHECK(short_date(texts().in("id"), day(2026, 8, 9)) == "9 Agu 2026");
  CHECK(day_and_month(texts().in("id"), day(2026, 12, 1)) == "1 Desember");
  CHECK(short_day(texts().in("en"), day(2026, 12, 3)) == "3 Dec");
  CHECK(plain_date(texts().in("en"), day(2026, 5, 31)) == "31 May 2026");
}

TEST_CASE("The clock is written with a point in Indonesian and a colon in English") {
  CHECK(clock_time(texts().in("id"), {9, 4}) == "09.04");
  CHECK(clock_time(texts().in("en"), {23, 59}) == "23:59");
}
