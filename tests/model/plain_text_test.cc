#include "kiosk/model/plain_text.h"

#include <catch2/catch.hpp>
#include <string>

namespace mimika {
namespace {

bool one_line(std::string_view text) {
  return is_plain_text(text, LineBreaks::kForbidden);
}

TEST_CASE("text of any script is plain text") {
  CHECK(one_line(""));
  CHECK(one_line("Jalan rusak di kampung Jila, RT 02"));
  CHECK(one_line("T'Singa – é ñ ŋ 日本 \xF0\x9F\x98\x80"));
}

TEST_CASE("broken UTF-8 is no text") {
  CHECK_FALSE(one_line("\x80"));              // a follower alone
  CHECK_FALSE(one_line("abc\xC3"));           // cut off
  CHECK_FALSE(one_line("\xE2\x82"));          // cut off
  CHECK_FALSE(one_line("\xC3("));             // a follower missing
  CHECK_FALSE(one_line("\xC0\xAF"));          // overlong
  CHECK_FALSE(one_line("\xE0\x80\xAF"));      // overlong
  CHECK_FALSE(one_line("\xF0\x80\x80\xAF"));  // overlong
  CHECK_FALSE(one_line("\xED\xA0\x80"));      // half of a surrogate pair
  CHECK_FALSE(one_line("\xF4\x90\x80\x80"));  // beyond the last code point
  CHECK_FALSE(one_line("\xFF"));
}

TEST_CASE("control characters and direction marks are no text") {
  CHECK_FALSE(one_line(std::string_view("a\0b", 3)));
  CHECK_FALSE(one_line("a\x1B[2J"));
  CHECK_FALSE(one_line("a\x7F"));
  CHECK_FALSE(one_line("a\xC2\x85"));  // C1
  CHECK_FALSE(
      one_line("a\xE2\x80\xAE"
               "b"));                      // right-to-left override
  CHECK_FALSE(one_line("a\xE2\x80\xA8"));  // line separator
}

TEST_CASE("line breaks and tabs are plain text only where they are allowed") {
  CHECK_FALSE(one_line("a\nb"));
  CHECK_FALSE(one_line("a\tb"));
  CHECK(is_plain_text("a\r\nb\tc", LineBreaks::kAllowed));
  CHECK_FALSE(is_plain_text("a\x01", LineBreaks::kAllowed));
}

TEST_CASE("letters of any script are letters, digits, signs and pictures are not") {
  CHECK(has_letter("a"));
  CHECK(has_letter("12 Z"));
  CHECK(has_letter("é"));
  CHECK(has_letter("日"));
  CHECK_FALSE(has_letter(""));
  CHECK_FALSE(has_letter("12.34-'"));
  CHECK_FALSE(has_letter("– × ÷ €"));
  CHECK_FALSE(has_letter("\xF0\x9F\x98\x80"));
}

TEST_CASE("trimming takes spaces at the ends only") {
  CHECK(trimmed("  a b \t\n") == "a b");
  CHECK(trimmed(" \n ").empty());
  CHECK(trimmed("").empty());
}

}  // namespace
}  // namespace mimika
