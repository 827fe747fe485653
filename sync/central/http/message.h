// One request and one response as plain values: what handlers see of HTTP. No socket, no library type.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kiosk/base/result.h"

namespace mimika::central::http {

enum class Method { kGet, kHead, kPost, kOther };

using Fields = std::map<std::string, std::string, std::less<>>;

struct Request {
  Method method = Method::kGet;
  std::string path;  // decoded, without the query
  Fields query;      // decoded; of a name that comes twice the first counts
  Fields cookies;
  std::string host;
  std::string origin;
  std::string content_type;
  std::string remote_address;
  bool accepts_gzip = false;
  std::string body;

  [[nodiscard]] std::string_view query_value(std::string_view name) const;
  [[nodiscard]] std::string_view cookie(std::string_view name) const;
};

struct Response {
  int status = 200;
  std::string content_type = "text/plain; charset=utf-8";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
};

// "a=1&b=%C3%A9+x" as a form or a query sends it. kInvalidInput for a broken escape; kTooLarge over
// limits::kFormFields.
[[nodiscard]] Result<Fields> parse_form(std::string_view encoded);
// kInvalidInput for a broken escape or a NUL.
[[nodiscard]] Result<std::string> percent_decode(std::string_view encoded, bool plus_is_space);
[[nodiscard]] std::string percent_encode(std::string_view text);
// For the log: control characters and whatever is not ASCII become '?', and it is cut at 200 bytes.
[[nodiscard]] std::string loggable(std::string_view path);
[[nodiscard]] Fields parse_cookies(std::string_view header);

}  // namespace mimika::central::http
