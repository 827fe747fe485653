#include "sync/central/workflow/login.h"

#include "sync/central/central_limits.h"
#include "sync/central/cli/commands.h"
#include "tests/central/centre_world.h"

namespace mimika::test {

TEST_CASE("a right password opens a session whose cookie no script and no other site can use") {
  CentreWorld world;
  world.add_account("siti", Role::kLiaison);
  Browser browser(world);
  const http::Response response = browser.log_in("siti");
  REQUIRE(response.status == 303);
  REQUIRE(header(response, "Location") == "/");
  const std::string cookie = header(response, "Set-Cookie");
  for (const char* rule : {"; Secure", "; HttpOnly", "; SameSite=Strict", "; Path=/", "; Max-Age=43200"}) {
    CAPTURE(rule);
    REQUIRE(contains(cookie, rule));
  }
  REQUIRE(browser.cookies["session"].size() == 64);
  REQUIRE(header(browser.get("/"), "Location") == "/triage");
}

TEST_CASE("the database holds neither token nor password") {
  CentreWorld world;
  Browser browser = browser_of(world, "siti", Role::kLiaison);
  const auto bytes = from_hex(browser.cookies["session"]);
  REQUIRE(bytes);
  const auto rows = world.database().query("SELECT token_hash FROM session");
  REQUIRE((*rows)[0].bytes(0) != *bytes);
  const auto accounts = list_accounts(world.database());
  REQUIRE((*accounts)[0].password_hash.starts_with("$argon2id$"));
}

TEST_CASE("a wrong password and a login that does not exist get the same answer") {
  CentreWorld world;
  world.add_account("siti", Role::kLiaison);
  Browser browser(world);
  const http::Response wrong = browser.log_in("siti", "salah-salah");
  const http::Response nobody = browser.log_in("hantu", "salah-salah");
  REQUIRE(wrong.status == 401);
  REQUIRE(nobody.status == 401);
  REQUIRE(wrong.body == nobody.body);
  REQUIRE_FALSE(browser.cookies.contains("session"));
}

TEST_CASE("without a session every page leads to the login") {
  CentreWorld world;
  Browser browser(world);
  for (const char* path : {"/", "/triage", "/opd", "/regent", "/system", "/ticket/2-1-1", "/find"}) {
    CAPTURE(path);
    const http::Response response = browser.get(path);
    REQUIRE(response.status == 303);
    REQUIRE(header(response, "Location") == "/login");
  }
  REQUIRE(header(browser.post("/ticket/2-1-1/verify", {}), "Location") == "/login");
  browser.cookies["session"] = std::string(64, 'a');
  REQUIRE(header(browser.get("/triage"), "Location") == "/login");
}

TEST_CASE("a session ends after thirty idle minutes, and after twelve hours whatever is done") {
  CentreWorld world;
  Browser browser = browser_of(world, "siti", Role::kLiaison);
  world.env.advance_ms(29 * kMinuteMs);
  REQUIRE(browser.get("/triage").status == 200);
  world.env.advance_ms(29 * kMinuteMs);
  REQUIRE(browser.get("/triage").status == 200);
  world.env.advance_ms(31 * kMinuteMs);
  REQUIRE(browser.get("/triage").status == 303);

  REQUIRE(browser.log_in("siti").status == 303);
  for (int i = 0; i < 28; ++i) {
    world.env.advance_ms(25 * kMinuteMs);
    REQUIRE(browser.get("/triage").status == 200);
  }
  world.env.advance_ms(25 * kMinuteMs);
  REQUIRE(browser.get("/triage").status == 303);
}

TEST_CASE("logging out ends the session for every copy of its cookie") {
  CentreWorld world;
  Browser browser = browser_of(world, "siti", Role::kLiaison);
  Browser copy = browser;
  const std::string csrf = hidden_field(browser.get("/triage").body, "/logout", "csrf");
  REQUIRE(browser.post("/logout", {{"csrf", csrf}}).status == 303);
  REQUIRE_FALSE(browser.cookies.contains("session"));
  REQUIRE(copy.get("/triage").status == 303);
}

TEST_CASE("failures are remembered: the wait grows, outlives a restart, and a right password does not pass it") {
  CentreWorld world;
  world.add_account("siti", Role::kLiaison);
  Browser browser(world);
  for (int i = 0; i < 4; ++i) REQUIRE(browser.log_in("siti", "salah-salah").status == 401);
  const http::Response waiting = browser.log_in("siti");
  REQUIRE(waiting.status == 429);
  REQUIRE(header(waiting, "Retry-After") == "1");
  world.restart();
  REQUIRE(browser.log_in("siti").status == 429);

  world.env.advance_ms(1001);
  REQUIRE(browser.log_in("siti", "salah-salah").status == 401);
  world.env.advance_ms(1001);
  REQUIRE(browser.log_in("siti").status == 429);
  world.env.advance_ms(1000);
  REQUIRE(browser.log_in("siti").status == 303);
  REQUIRE(browser.log_in("siti", "salah-salah").status == 401);  // forgotten: it begins again from nothing
}

TEST_CASE("nobody is locked out by somebody else's failures from another address") {
  CentreWorld world;
  world.add_account("bupati", Role::kRegent);
  Browser attacker(world);
  for (int i = 0; i < 5; ++i) attacker.log_in("bupati", "tebakan-1");
  REQUIRE(attacker.log_in("bupati").status == 429);
  Browser regent(world);
  regent.remote_address = "192.0.2.99";
  REQUIRE(regent.log_in("bupati").status == 303);
}

TEST_CASE("a disabled account is out at once") {
  CentreWorld world;
  Browser browser = browser_of(world, "siti", Role::kLiaison);
  REQUIRE(set_user_state(world.env, world.memory.path(), "siti", AccountState::kDisabled));
  REQUIRE(browser.get("/triage").status == 303);
  REQUIRE(browser.log_in("siti").status == 401);
  REQUIRE(set_user_state(world.env, world.memory.path(), "siti", AccountState::kEnabled));
  REQUIRE(browser.log_in("siti").status == 303);
}

TEST_CASE("an account keeps its newest sessions only") {
  CentreWorld world;
  Browser first = browser_of(world, "siti", Role::kLiaison);
  for (std::int64_t i = 0; i < central::limits::kSessionsPerAccount; ++i) {
    world.env.advance_ms(1000);
    Browser other(world);
    REQUIRE(other.log_in("siti").status == 303);
  }
  REQUIRE(world.count("session") == central::limits::kSessionsPerAccount);
  REQUIRE(first.get("/triage").status == 303);
}

TEST_CASE("accounts are added with a login, a name, a role and a password worth having") {
  CentreWorld world;
  const auto add = [&](const std::string& login, const std::string& role, const std::string& opd,
                       const std::string& password = "cukup-panjang", const std::string& name = "Siti Rahma") {
    return add_user(world.env, world.memory.path(), world.catalogue, {login, name, role, opd, password});
  };
  REQUIRE(add("siti", "liaison", ""));
  REQUIRE(add("siti", "liaison", "").error().code == ErrorCode::kConflict);
  REQUIRE(add("pic.pupr", "opd_pic", "pupr"));
  for (const auto& [login, role, opd] : std::vector<std::array<std::string, 3>>{{"Siti", "liaison", ""},
                                                                                {"a b", "liaison", ""},
                                                                                {"", "liaison", ""},
                                                                                {"x", "boss", ""},
                                                                                {"x", "opd_pic", ""},
                                                                                {"x", "opd_pic", "nowhere"},
                                                                                {"x", "regent", "pupr"}}) {
    CAPTURE(login, role, opd);
    REQUIRE(add(login, role, opd).error().code == ErrorCode::kInvalidInput);
  }
  REQUIRE(add("x", "liaison", "", "pendek").error().code == ErrorCode::kInvalidInput);
  REQUIRE(add("x", "liaison", "", "cukup-panjang", " ").error().code == ErrorCode::kInvalidInput);
  const auto users = describe_users(world.env, world.memory.path());
  REQUIRE(contains(*users, "pic.pupr"));
  REQUIRE(contains(*users, "opd_pic"));
}

}  // namespace mimika::test
