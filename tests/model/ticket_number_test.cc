#include "kiosk/model/ticket_number.h"

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <string>
#include <utility>
#include <vector>

namespace mimika {
namespace {

constexpr std::string_view kLetters = "ABCDEFGHJKLMNPRSTUVWXYZ";
constexpr std::string_view kDigits = "0123456789";

bool is_digit(char c) {
  return kDigits.find(c) != std::string_view::npos;
}

TicketNumber number(const char* device, std::uint32_t counter) {
  return {DeviceCode{device}, counter};
}

std::vector<TicketNumber> samples() {
  std::vector<TicketNumber> numbers;
  for (const char* device : {"JLA1", "AGM9", "AMR2", "ZZZ1", "ABC3"}) {
    for (const std::uint32_t counter : {1U, 417U, 1000U, 9999U, 10'000U, 123'456U, 98'765'432U, kMaxTicketCounter}) {
      numbers.push_back(number(device, counter));
    }
  }
  return numbers;
}

TEST_CASE("a number is printed with dashes, four digits at least, and its check letter") {
  const std::string text = format_ticket_number(number("JLA1", 417));
  CHECK(text.substr(0, 10) == "JLA1-0417-");
  CHECK(text.size() == 11);
  CHECK(kLetters.find(text.back()) != std::string_view::npos);
  CHECK(format_ticket_number(number("JLA1", 123'456)).starts_with("JLA1-123456-"));
}

TEST_CASE("a number is read back in every way people type it") {
  const TicketNumber expected = number("JLA1", 417);
  const std::string printed = format_ticket_number(expected);
  const std::string check(1, printed.back());
  const std::string small_check(1, static_cast<char>(printed.back() - 'A' + 'a'));
  for (const std::string& typed : {printed, "jla1-0417-" + small_check, "JLA10417" + check, "jla1 0417 " + small_check,
                                   "  JLA1 - 0417 - " + check + " ", "J L A 1 0 4 1 7 " + check}) {
    INFO(typed);
    const auto read = parse_ticket_number(typed);
    REQUIRE(read.has_value());
    CHECK(*read == expected);
  }
}

TEST_CASE("every single wrong letter or digit is caught") {
  for (const TicketNumber& sample : samples()) {
    const std::string right = format_ticket_number(sample);
    for (std::size_t i = 0; i < right.size(); ++i) {
      if (right[i] == '-') continue;
      for (const char other : is_digit(right[i]) ? kDigits : kLetters) {
        if (other == right[i]) continue;
        std::string wrong = right;
        wrong[i] = other;
        INFO(right << " typed as " << wrong);
        REQUIRE_FALSE(parse_ticket_number(wrong).has_value());
      }
    }
  }
}

TEST_CASE("every swap of two neighbouring letters or digits is caught") {
  for (const TicketNumber& sample : samples()) {
    std::string compact;
    for (const char c : format_ticket_number(sample)) {
      if (c != '-') compact.push_back(c);
    }
    for (std::size_t i = 0; i + 1 < compact.size(); ++i) {
      if (compact[i] == compact[i + 1] || is_digit(compact[i]) != is_digit(compact[i + 1])) continue;
      std::string wrong = compact;
      std::swap(wrong[i], wrong[i + 1]);
      INFO(compact << " typed as " << wrong);
      REQUIRE_FALSE(parse_ticket_number(wrong).has_value());
    }
  }
}

TEST_CASE("a wrong check letter is named as a typing mistake, never guessed at") {
  const std::string right = format_ticket_number(number("JLA1", 417));
  const std::string wrong = right.substr(0, right.size() - 1) + (right.back() == 'A' ? 'B' : 'A');
  const auto read = parse_ticket_number(wrong);
  REQUIRE_FALSE(read.has_value());
  CHECK(read.error().code == ErrorCode::kInvalidInput);
  CHECK(read.error().message.find("mistyped") != std::string::npos);
}

TEST_CASE("what is no ticket number is refused") {
  for (const char* text :
       {"", "-", "JLA1", "JLA1-041-K", "JLA1-123456789-K", "JLA0-0417-K", "JL11-0417-K", "JLO1-0417-K", "JIA1-0417-K",
        "QLA1-0417-K", "JLA1-04I7-K", "JLA1-0000-A", "JLA1_0417_K", "JLA1-0417-Ä"}) {
    INFO(text);
    const auto read = parse_ticket_number(text);
    REQUIRE_FALSE(read.has_value());
    CHECK(read.error().code == ErrorCode::kInvalidInput);
  }
}

TEST_CASE("a counter with needless zeros is refused even with a fitting check letter") {
  int accepted = 0;
  for (const char letter : kLetters) {
    if (parse_ticket_number(std::string("JLA1-00417-") + letter)) ++accepted;
  }
  CHECK(accepted == 0);
}

TEST_CASE("a device code is three letters and a digit, raised to capitals") {
  CHECK(parse_device_code("jla1")->value == "JLA1");
  for (const char* text : {"", "JLA", "JLA0", "JLAA", "1JLA", "JLA12", "JIA1", "JOA1", "JQA1"}) {
    INFO(text);
    CHECK_FALSE(parse_device_code(text).has_value());
  }
}

TEST_CASE("whatever number is printed is read back the same") {
  const bool holds = rc::check([] {
    const auto letter = [] { return kLetters[*rc::gen::inRange<std::size_t>(0, kLetters.size())]; };
    std::string device{letter(), letter(), letter()};
    device.push_back(static_cast<char>('0' + *rc::gen::inRange(1, 10)));
    const TicketNumber original{DeviceCode{device}, *rc::gen::inRange<std::uint32_t>(1, kMaxTicketCounter + 1)};
    const auto read = parse_ticket_number(format_ticket_number(original));
    RC_ASSERT(read.has_value());
    RC_ASSERT(*read == original);
  });
  CHECK(holds);
}

}  // namespace
}  // namespace mimika
