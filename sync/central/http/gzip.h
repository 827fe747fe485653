// gzip for pages: on a 2G link a page of 20 KB is a page of 5.
#pragma once

#include <string>
#include <string_view>

namespace mimika::central::http {

[[nodiscard]] std::string gzip(std::string_view text);

}  // namespace mimika::central::http
