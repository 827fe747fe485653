#include "sync/central/http/message.h"

#include <catch2/catch.hpp>

#include "sync/central/central_limits.h"
#include "sync/central/cli/serve.h"
#include "sync/central/pages/format.h"
#include "sync/central/workflow/login.h"

namespace mimika::central {

TEST_CASE("a form decodes plus signs, escapes and empty values") {
  const auto form = http::parse_form("a=1+2&b=%C3%A9&c=&d&=x&a=later");
  REQUIRE(form);
  REQUIRE(form->at("a") == "1 2");
  REQUIRE(form->at("b") == "\xC3\xA9");
  REQUIRE(form->at("c").empty());
  REQUIRE(form->at("d").empty());
}

TEST_CASE("broken escapes and hidden NULs are refused") {
  for (const char* bad : {"a=%", "a=%4", "a=%zz", "a=%00"}) {
    CAPTURE(bad);
    REQUIRE_FALSE(http::parse_form(bad));
  }
  REQUIRE(http::parse_form("a=%41")->at("a") == "A");
}

TEST_CASE("a form has a largest number of fields") {
  std::string form;
  for (std::size_t i = 0; i <= limits::kFormFields; ++i) form += "f" + std::to_string(i) + "=1&";
  REQUIRE(http::parse_form(form).error().code == ErrorCode::kTooLarge);
}

TEST_CASE("what is encoded decodes to itself") {
  std::string all;
  for (int c = 1; c < 256; ++c) all.push_back(static_cast<char>(c));
  REQUIRE(http::percent_decode(http::percent_encode(all), true) == all);
}

TEST_CASE("cookies are taken apart at semicolons") {
  const http::Fields cookies = http::parse_cookies("session=abc; lang=en;empty=; =odd");
  REQUIRE(cookies.at("session") == "abc");
  REQUIRE(cookies.at("lang") == "en");
  REQUIRE(cookies.at("empty").empty());
}

TEST_CASE("a path in the log can neither begin a new line nor fill the disk") {
  REQUIRE(http::loggable("/a\n[fake] \x1b") == "/a?[fake] ?");
  REQUIRE(http::loggable(std::string(5000, 'a')).size() == 200);
}

TEST_CASE("an address to listen on is host and port, with brackets for IPv6") {
  REQUIRE(parse_listen("127.0.0.1:8443")->port == 8443);
  REQUIRE(parse_listen("[::1]:443")->address == "::1");
  for (const char* bad : {"8443", "127.0.0.1:", "127.0.0.1:99999", "127.0.0.1:80x"}) {
    CAPTURE(bad);
    REQUIRE_FALSE(parse_listen(bad));
  }
}

TEST_CASE("a ticket's path is read back as it was written") {
  const TicketId id{DeviceId{4294967295U}, Epoch{7}, Seq{18}};
  REQUIRE(ticket_path(id) == "/ticket/4294967295-7-18");
  REQUIRE(parse_ticket_path("4294967295-7-18") == id);
  for (const char* bad : {"", "1", "1-2", "1-2-3-4", "1-2-", "-1-2-3", "4294967296-1-1", "1-2-3x"}) {
    CAPTURE(bad);
    REQUIRE_FALSE(parse_ticket_path(bad));
  }
}

TEST_CASE("the delay after failed logins doubles up to its end") {
  REQUIRE(delay_ms(0, 3, 900'000) == 0);
  REQUIRE(delay_ms(3, 3, 900'000) == 0);
  REQUIRE(delay_ms(4, 3, 900'000) == 1000);
  REQUIRE(delay_ms(6, 3, 900'000) == 4000);
  REQUIRE(delay_ms(1'000'000, 3, 900'000) == 900'000);
}

}  // namespace mimika::central
