#include "sync/central/http/message.h"

#include "kiosk/base/ascii.h"
#include "sync/central/central_limits.h"

namespace mimika::central::http {
namespace {

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string_view value_in(const Fields& fields, std::string_view name) {
  const auto found = fields.find(name);
  return found == fields.end() ? std::string_view() : std::string_view(found->second);
}

// The part up to `separator`, taken off the front.
std::string_view take_until(std::string_view& text, char separator) {
  const std::size_t end = text.find(separator);
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return part;
}

}  // namespace

std::string_view Request::query_value(std::string_view name) const {
  return value_in(query, name);
}
std::string_view Request::cookie(std::string_view name) const {
  return value_in(cookies, name);
}

Result<std::string> percent_decode(std::string_view encoded, bool plus_is_space) {
  std::string out;
  out.reserve(encoded.size());
  for (std::size_t i = 0; i < encoded.size(); ++i) {
    char c = encoded[i];
    if (c == '+' && plus_is_space) {
      c = ' ';
    } else if (c == '%') {
      const int high = encoded.size() - i > 2 ? hex_value(encoded[i + 1]) : -1;
      const int low = high >= 0 ? hex_value(encoded[i + 2]) : -1;
      if (low < 0) return fail(ErrorCode::kInvalidInput, "a broken percent escape");
      c = static_cast<char>(high * 16 + low);
      i += 2;
    }
    if (c == '\0') return fail(ErrorCode::kInvalidInput, "a NUL in text");
    out.push_back(c);
  }
  return out;
}

std::string percent_encode(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const bool plain =
        is_lower(c) || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~';
    if (plain) {
      out.push_back(c);
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out.push_back('%');
      out.push_back(kDigits[byte >> 4]);
      out.push_back(kDigits[byte & 15]);
    }
  }
  return out;
}

std::string loggable(std::string_view path) {
  constexpr std::size_t kLogBytes = 200;
  std::string out(path.substr(0, kLogBytes));
  for (char& c : out) {
    if (c < ' ' || c > '~') c = '?';
  }
  return out;
}

Result<Fields> parse_form(std::string_view encoded) {
  Fields fields;
  while (!encoded.empty()) {
    std::string_view pair = take_until(encoded, '&');
    if (pair.empty()) continue;
    if (fields.size() == limits::kFormFields) return fail(ErrorCode::kTooLarge, "too many fields");
    TRY_ASSIGN(std::string name, percent_decode(take_until(pair, '='), true));
    TRY_ASSIGN(std::string value, percent_decode(pair, true));
    fields.emplace(std::move(name), std::move(value));
  }
  return fields;
}

Fields parse_cookies(std::string_view header) {
  Fields cookies;
  while (!header.empty() && cookies.size() < limits::kFormFields) {
    std::string_view pair = take_until(header, ';');
    while (!pair.empty() && pair.front() == ' ') pair.remove_prefix(1);
    const std::string_view name = take_until(pair, '=');
    if (!name.empty()) cookies.emplace(name, pair);
  }
  return cookies;
}

}  // namespace mimika::central::http
