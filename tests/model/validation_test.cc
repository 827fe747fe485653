#include "kiosk/model/validation.h"

#include <catch2/catch.hpp>
#include <set>
#include <string>

#include "kiosk/base/limits.h"
#include "tests/model/model_world.h"

namespace mimika {
namespace {

const LocalDate kToday = test::date(2026, 11, 24);

std::optional<FieldProblem> check(FieldKind kind, std::string_view text) {
  return check_field(kind, text, true, kToday);
}

bool fine(FieldKind kind, std::string_view text) {
  return !check(kind, text).has_value();
}

TEST_CASE("an empty field is a problem only where it is required") {
  for (const FieldKind kind : {FieldKind::kName, FieldKind::kNik, FieldKind::kFamilyCard, FieldKind::kPhone,
                               FieldKind::kDate, FieldKind::kText, FieldKind::kPlace}) {
    for (const char* empty : {"", "   "}) {
      CHECK(check_field(kind, empty, true, kToday) == FieldProblem::kRequired);
      CHECK_FALSE(check_field(kind, empty, false, kToday).has_value());
    }
  }
}

TEST_CASE("a NIK is sixteen digits, however they are grouped") {
  CHECK(fine(FieldKind::kNik, "9404060101900001"));
  CHECK(fine(FieldKind::kNik, "9404 0601 0190 0001"));
  CHECK(fine(FieldKind::kNik, " 940406.010190.0001 "));
  CHECK(check(FieldKind::kNik, "940406010190000") == FieldProblem::kNikLength);
  CHECK(check(FieldKind::kNik, "94040601019000011") == FieldProblem::kNikLength);
  CHECK(check(FieldKind::kNik, "94040601019OOOO1") == FieldProblem::kNikDigits);
  CHECK(check(FieldKind::kNik, "9404060101-9000+1") == FieldProblem::kNikDigits);
}

TEST_CASE("a woman's NIK has her day of birth plus 40") {
  CHECK(fine(FieldKind::kNik, "9404064101900001"));
  CHECK(fine(FieldKind::kNik, "9404067112850001"));  // 31 December
  CHECK(check(FieldKind::kNik, "9404064001900001") == FieldProblem::kNikDate);
  CHECK(check(FieldKind::kNik, "9404067201900001") == FieldProblem::kNikDate);
  CHECK(check(FieldKind::kNik, "9404067106850001") == FieldProblem::kNikDate);  // 31 June
}

TEST_CASE("a NIK's birth date exists in the calendar") {
  CHECK(check(FieldKind::kNik, "9404060001900001") == FieldProblem::kNikDate);
  CHECK(check(FieldKind::kNik, "9404063201900001") == FieldProblem::kNikDate);
  CHECK(check(FieldKind::kNik, "9404060100900001") == FieldProblem::kNikDate);
  CHECK(check(FieldKind::kNik, "9404060113900001") == FieldProblem::kNikDate);
  CHECK(check(FieldKind::kNik, "9404063002900001") == FieldProblem::kNikDate);
  CHECK(check(FieldKind::kNik, "9404062902910001") == FieldProblem::kNikDate);
}

TEST_CASE("two digits of a year may mean either century") {
  CHECK(fine(FieldKind::kNik, "9404062902000001"));  // 29 February 2000; 1900 had none
  CHECK(fine(FieldKind::kNik, "9404062902960001"));  // 1996
  CHECK(fine(FieldKind::kNik, "9404062902280001"));  // 1928; 2028 is still to come
  CHECK(fine(FieldKind::kNik, "9404062412260001"));  // 24 December 1926; that day of 2026 is still to come
  CHECK(fine(FieldKind::kNik, "9404062311260001"));  // born yesterday
  CHECK(fine(FieldKind::kNik, "9404061708450001"));  // 1945
}

TEST_CASE("a NIK is never rejected for its region") {
  for (const char* region : {"940406", "910906", "737101", "327601", "000000", "999999"}) {
    CHECK(fine(FieldKind::kNik, std::string(region) + "0101900001"));
  }
}

TEST_CASE("a NIK's serial counts from 0001") {
  CHECK(check(FieldKind::kNik, "9404060101900000") == FieldProblem::kNikSerial);
  CHECK(fine(FieldKind::kNik, "9404060101909999"));
}

TEST_CASE("a family card number is sixteen digits and nothing more is assumed") {
  CHECK(fine(FieldKind::kFamilyCard, "9404060000000000"));
  CHECK(fine(FieldKind::kFamilyCard, "9404 0699 9999 0001"));
  CHECK(check(FieldKind::kFamilyCard, "940406010190000") == FieldProblem::kFamilyCardLength);
  CHECK(check(FieldKind::kFamilyCard, "KK94040601019001") == FieldProblem::kFamilyCardDigits);
}

TEST_CASE("a phone number may begin with 08, 62 or +62 and be grouped as people do") {
  for (const char* number : {"081234567890", "0812-3456-7890", "0812 3456 7890", "+6281234567890", "+62 812-3456-7890",
                             "6281234567890", "(0901) 321321", "+675 7123 4567", "081234567"}) {
    INFO(number);
    CHECK(fine(FieldKind::kPhone, number));
  }
}

TEST_CASE("a phone number has 9 to 15 digits and only digits") {
  CHECK(check(FieldKind::kPhone, "08123456") == FieldProblem::kPhoneLength);
  CHECK(check(FieldKind::kPhone, "0812345678901234") == FieldProblem::kPhoneLength);
  CHECK(check(FieldKind::kPhone, "+") == FieldProblem::kPhoneLength);
  CHECK(check(FieldKind::kPhone, "0812x4567890") == FieldProblem::kPhoneDigits);
  CHECK(check(FieldKind::kPhone, "62+81234567890") == FieldProblem::kPhoneDigits);
  CHECK(check(FieldKind::kPhone, "++6281234567890") == FieldProblem::kPhoneDigits);
  CHECK(check(FieldKind::kPhone, "0812 3456 7890 1234 5") == FieldProblem::kTooLong);
}

TEST_CASE("a date is day, month, year with the separators people type") {
  for (const char* typed : {"1-2-2020", "01-02-2020", "01/02/2020", "01 02 2020", "01.02.2020", "01022020",
                            "1 - 2 - 2020", " 1/02-2020 ", "29-2-2024", "24-11-2026", "1-1-1900"}) {
    INFO(typed);
    CHECK(fine(FieldKind::kDate, typed));
  }
}

TEST_CASE("what is not day, month, year is asked for again") {
  for (const char* typed : {"2020-02-01", "1-2-20", "1-2", "1-2-2020-5", "1022020", "010220", "1 Feb 2020", "-",
                            "1-2-02020", "001-2-2020", "20200201x", "1:2:2020"}) {
    INFO(typed);
    CHECK(check(FieldKind::kDate, typed) == FieldProblem::kDateFormat);
  }
}

TEST_CASE("a day that does not exist is told apart from one that is not reached yet") {
  for (const char* typed : {"31-4-2020", "29-2-2023", "29-2-1900", "0-1-2020", "1-0-2020", "1-13-2020", "32-1-2020",
                            "00000000", "31-12-1899", "20200201"}) {
    INFO(typed);
    CHECK(check(FieldKind::kDate, typed) == FieldProblem::kDateImpossible);
  }
  CHECK(check(FieldKind::kDate, "25-11-2026") == FieldProblem::kDateFuture);
  CHECK(check(FieldKind::kDate, "1-1-2027") == FieldProblem::kDateFuture);
}

TEST_CASE("a name has a letter, and anything else names have") {
  for (const char* name : {"Yohana", "M. Ida", "O'Brien", "Anna-Maria 2", "Ény", "Wa", "李"}) {
    INFO(name);
    CHECK(fine(FieldKind::kName, name));
  }
  for (const char* name : {"123", "-", "...", "'"}) {
    INFO(name);
    CHECK(check(FieldKind::kName, name) == FieldProblem::kNameLetters);
  }
}

TEST_CASE("texts end at their limit, to the byte") {
  const auto letters = [](std::size_t count) { return std::string(count, 'a'); };
  CHECK(fine(FieldKind::kName, letters(limits::kNameBytes)));
  CHECK(check(FieldKind::kName, letters(limits::kNameBytes + 1)) == FieldProblem::kTooLong);
  CHECK(fine(FieldKind::kText, letters(limits::kFieldBytes)));
  CHECK(check(FieldKind::kText, letters(limits::kFieldBytes + 1)) == FieldProblem::kTooLong);
  CHECK(fine(FieldKind::kPlace, letters(limits::kFieldBytes)));
  CHECK(check(FieldKind::kPlace, letters(limits::kFieldBytes + 1)) == FieldProblem::kTooLong);
  CHECK(check(FieldKind::kNik, std::string(limits::kFieldBytes + 1, '1')) == FieldProblem::kTooLong);
}

TEST_CASE("broken UTF-8 and control characters are no text in any field") {
  for (const FieldKind kind : {FieldKind::kName, FieldKind::kNik, FieldKind::kFamilyCard, FieldKind::kPhone,
                               FieldKind::kDate, FieldKind::kText, FieldKind::kPlace}) {
    CHECK(check(kind, "abc\xC3") == FieldProblem::kNotText);
    CHECK(check(kind,
                "a\x07"
                "b") == FieldProblem::kNotText);
    CHECK(check(kind, "a\nb") == FieldProblem::kNotText);
  }
}

TEST_CASE("every problem has a message id of its own") {
  std::set<std::string> ids;
  for (int i = 0; i <= static_cast<int>(FieldProblem::kConsent); ++i) {
    const std::string id = problem_message_id(static_cast<FieldProblem>(i));
    CHECK(id.starts_with("problem."));
    CHECK(ids.insert(id).second);
  }
  CHECK(std::string(problem_message_id(FieldProblem::kNikDate)) == "problem.nik_date");
}

}  // namespace
}  // namespace mimika
