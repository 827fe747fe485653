// The number people read out, write down and type back: "JLA1-0417-K". Device code, counter, check letter; unique
// without a network because the device code is. Pure text; no look-ups here.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "kiosk/base/result.h"

namespace mimika {

// Three letters for the office and one digit for the kiosk in it ("JLA1"). I, O and Q are never used: they read as 1,
// 0.
struct DeviceCode {
  std::string value;
  friend auto operator<=>(const DeviceCode&, const DeviceCode&) = default;
};

// kInvalidInput unless three letters of A-Z without I, O, Q, and one digit 1-9. Lower case is accepted and raised.
[[nodiscard]] Result<DeviceCode> parse_device_code(std::string_view text);

struct TicketNumber {
  DeviceCode device;
  std::uint32_t counter = 0;  // from 1; printed with at least four digits
  friend auto operator<=>(const TicketNumber&, const TicketNumber&) = default;
};

inline constexpr std::uint32_t kMaxTicketCounter = 99'999'999;

[[nodiscard]] std::string format_ticket_number(const TicketNumber& number);

// Accepts what people type: lower case, spaces or no dashes. A wrong check letter is kInvalidInput with the text saying
// that one character is mistyped; it never guesses.
[[nodiscard]] Result<TicketNumber> parse_ticket_number(std::string_view text);

// The check letter over device code and counter: a weighted sum modulo 23. Because 23 is prime and every position has
// another weight, one wrong character and two swapped neighbours of the same kind are always caught.
[[nodiscard]] char ticket_check_letter(const DeviceCode& device, std::uint32_t counter);

}  // namespace mimika
