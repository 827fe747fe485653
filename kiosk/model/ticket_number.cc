#include "kiosk/model/ticket_number.h"

#include <algorithm>
#include <cctype>

#include "kiosk/base/ascii.h"
#include "kiosk/base/check.h"

namespace mimika {
namespace {

// 23 letters: no I, O or Q.
constexpr std::string_view kLetters = "ABCDEFGHJKLMNPRSTUVWXYZ";
constexpr unsigned kModulus = 23;
constexpr std::size_t kMinCounterDigits = 4;
constexpr std::size_t kMaxCounterDigits = 8;
constexpr std::size_t kDeviceCodeLength = 4;

bool is_letter(char c) {
  return kLetters.find(c) != std::string_view::npos;
}

unsigned value_of(char c) {
  return is_digit(c) ? static_cast<unsigned>(c - '0') : static_cast<unsigned>(kLetters.find(c));
}

std::string counter_digits(std::uint32_t counter) {
  std::string digits = std::to_string(counter);
  if (digits.size() < kMinCounterDigits) digits.insert(0, kMinCounterDigits - digits.size(), '0');
  return digits;
}

std::string without_separators(std::string_view text) {
  std::string compact;
  for (const char c : text) {
    if (c == '-' || c == ' ') continue;
    compact.push_back(static_cast<char>(std::toupper(static_cast<unsigned char>(c))));
  }
  return compact;
}

}  // namespace

Result<DeviceCode> parse_device_code(std::string_view text) {
  const std::string code = without_separators(text);
  const bool shaped = code.size() == kDeviceCodeLength && is_letter(code[0]) && is_letter(code[1]) &&
                      is_letter(code[2]) && code[3] >= '1' && code[3] <= '9';
  if (!shaped) {
    return fail(ErrorCode::kInvalidInput, "a device code is three letters (no I, O, Q) and a digit 1-9, like JLA1");
  }
  return DeviceCode{code};
}

char ticket_check_letter(const DeviceCode& device, std::uint32_t counter) {
  CHECK(device.value.size() == kDeviceCodeLength);
  unsigned sum = 0;
  unsigned weight = 1;
  for (const char c : device.value + counter_digits(counter)) {
    sum += weight * value_of(c);
    ++weight;  // at most 12 positions: every weight stays below the modulus and is invertible
  }
  return kLetters[sum % kModulus];
}

std::string format_ticket_number(const TicketNumber& number) {
  return number.device.value + "-" + counter_digits(number.counter) + "-" +
         ticket_check_letter(number.device, number.counter);
}

Result<TicketNumber> parse_ticket_number(std::string_view text) {
  const std::string compact = without_separators(text);
  const std::size_t digits = compact.size() < kDeviceCodeLength + 1 ? 0 : compact.size() - kDeviceCodeLength - 1;
  if (digits < kMinCounterDigits || digits > kMaxCounterDigits) {
    return fail(ErrorCode::kInvalidInput, "a ticket number looks like JLA1-0417-K");
  }
  TRY_ASSIGN(const DeviceCode device, parse_device_code(std::string_view(compact).substr(0, kDeviceCodeLength)));
  const std::string counter_text = compact.substr(kDeviceCodeLength, digits);
  if (!std::all_of(counter_text.begin(), counter_text.end(), is_digit)) {
    return fail(ErrorCode::kInvalidInput, "the middle of a ticket number is digits only");
  }
  const auto counter = static_cast<std::uint32_t>(std::stoul(counter_text));
  const bool canonical = counter != 0 && counter_digits(counter) == counter_text;
  if (!canonical || compact.back() != ticket_check_letter(device, counter)) {
    return fail(ErrorCode::kInvalidInput,
                "a character of the ticket number is mistyped: the check letter does not fit");
  }
  return TicketNumber{device, counter};
}

}  // namespace mimika
