// Nothing of a person survives, wherever it stands and however it is spelled.
#include "kiosk/eventlog/scrub.h"

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <string>
#include <vector>

namespace mimika::eventlog {
namespace {

std::string scrubbed(std::string_view text) {
  return scrub(text).text;
}

TEST_CASE("numbers of people go, with whatever stands between their digits") {
  for (const char* number :
       {"9404121212900001", "9404 1212 1290 0001", "9404-1212-1290-0001", "0812 3456 7890", "0812.3456.7890",
        "(0901) 321-456", "081234567890", "123456789", "9404\u00a01212\u00a01290\u00a00001", "0812 / 3456 / 7890"}) {
    INFO(number);
    const Scrubbed clean = scrub(std::string("a ") + number + " z");
    CHECK(clean.removed.numbers == 1);
    CHECK(clean.text.starts_with("a "));
    CHECK(clean.text.ends_with("[number] z"));
    CHECK(clean.text.find_first_of("0123456789") == std::string::npos);
  }
  CHECK(scrubbed("+62 812 3456 7890") == "+[number]");
  CHECK(scrubbed("NIK9404121212900001x") == "NIK[number]x");
}

TEST_CASE("what a technician needs stays: counts, ports, dates, short codes") {
  for (const char* text : {"2026-11-28T13:25:01.123+0900 info [store] 12 events, 345678 bytes", "exit 1", "K12-00017",
                           "port 8443", "it isn't there, it's gone", "don't", ""}) {
    CHECK(scrubbed(text) == text);
    CHECK(scrub(text).removed.all() == 0);
  }
}

TEST_CASE("what is quoted goes, also where the quotation never ends") {
  CHECK(scrubbed("he said \"my name\" twice") == "he said [quoted] twice");
  CHECK(scrubbed("said 'my name'.") == "said [quoted].");
  CHECK(scrubbed("said 'Yosepha's name' then") == "said [quoted] then");
  CHECK(scrubbed("said \u201cmy name\u201d, \u00abyours\u00bb") == "said [quoted], [quoted]");
  CHECK(scrubbed("said \"my name\nnext") == "said [quoted]\nnext");
  CHECK(scrubbed("`x` \u201eund\u201c") == "[quoted] [quoted]");
}

TEST_CASE("addresses go whole") {
  CHECK(scrubbed("to yosepha.t+1@mail.go.id now") == "to [address] now");
  CHECK(scrubbed("081234567890@x.id") == "[address]");
  CHECK(scrubbed("a @ b") == "a @ b");
  CHECK(scrubbed("@") == "@");
}

std::size_t most_digits_of_a_number(const std::string& text) {
  std::size_t most = 0;
  std::size_t digits = 0;
  for (const char c : text) {
    const bool digit = c >= '0' && c <= '9';
    const bool between = std::string_view(" .-").find(c) != std::string_view::npos;
    digits = digit ? digits + 1 : between ? digits : 0;
    most = std::max(most, digits);
  }
  return most;
}

// Words as programs write them, without anything that is to go.
rc::Gen<std::string> harmless() {
  return rc::gen::container<std::string>(rc::gen::elementOf(std::string("abcdefgXYZ :,;[]{}=<>\n")));
}

rc::Gen<std::string> digits(std::size_t count) {
  return rc::gen::container<std::string>(count, rc::gen::inRange('0', static_cast<char>('9' + 1)));
}

TEST_CASE("property: a number of nine to twenty digits, spaced anyhow, leaves no trace between any words") {
  CHECK(rc::check("no digit of it is left", [] {
    const std::string before = *harmless();
    const std::string after = *harmless();
    const std::string number = *digits(*rc::gen::inRange<std::size_t>(9, 21));
    std::string spaced;
    for (const char c : number) {
      if (!spaced.empty()) spaced += *rc::gen::element<std::string>("", "", " ", "-", ".", "- ", "\u00a0");
      spaced += c;
    }
    const Scrubbed clean = scrub(before + ":" + spaced + ":" + after);
    RC_ASSERT(clean.text == before + ":[number]:" + after);
    RC_ASSERT(clean.removed.numbers == 1U);
  }));
}

TEST_CASE("property: what is quoted leaves no trace, whatever it is") {
  CHECK(rc::check("nothing of it is left", [] {
    std::string secret = *rc::gen::nonEmpty(harmless());
    std::erase(secret, '\n');
    const std::string before = *harmless();
    RC_ASSERT(scrubbed(before + "\"" + secret + "\"") == before + "[quoted]");
  }));
}

TEST_CASE("property: of any bytes, no long number, no quotation mark and no address is left, and twice is as once") {
  CHECK(rc::check("clean and stable", [] {
    const std::string text = *rc::gen::container<std::string>(
        rc::gen::oneOf(rc::gen::elementOf(std::string("0123456789 .-@\"'`ab\n[]")), rc::gen::arbitrary<char>()));
    const Scrubbed once = scrub(text);
    RC_ASSERT(once.text.find('"') == std::string::npos);
    RC_ASSERT(once.text.find('`') == std::string::npos);
    const Scrubbed twice = scrub(once.text);
    RC_ASSERT(twice.text == once.text);
    RC_ASSERT(twice.removed.all() == 0U);
    RC_ASSERT(most_digits_of_a_number(once.text) < 9U + 8U);  // a date ahead of a line stays
  }));
}

}  // namespace
}  // namespace mimika::eventlog
