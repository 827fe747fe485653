// Logging in and out.
#include <fmt/format.h>

#include "sync/central/central_limits.h"
#include "sync/central/pages/page_context.h"

namespace mimika::central {
namespace {

std::string field(const http::Fields& form, std::string_view name) {
  const auto found = form.find(name);
  return found == form.end() ? std::string() : found->second;
}

std::string session_cookie(const std::string& token, std::int64_t seconds) {
  return fmt::format("session={}; Max-Age={}; Path=/; Secure; HttpOnly; SameSite=Strict", token, seconds);
}

}  // namespace

http::Response login_form(const PageContext& context, int status, const std::string& problem) {
  return render(context, status, context.text("login.title"), "login", [&](Dictionary& body) {
    if (!problem.empty()) body.SetValueAndShowSection("PROBLEM", problem, "PROBLEM_BOX");
  });
}

http::Response login_submitted(const PageContext& context, const http::Fields& form) {
  const auto outcome = context.kit.login.log_in(context.database, field(form, "login"), field(form, "password"),
                                                context.request.remote_address);
  if (!outcome) return failure_page(context, outcome.error());
  if (outcome->wait_seconds > 0) {
    http::Response response = login_form(context, 429, context.count("login.wait", outcome->wait_seconds));
    response.headers.emplace_back("Retry-After", std::to_string(outcome->wait_seconds));
    return response;
  }
  if (!outcome->token) return login_form(context, 401, context.text("login.wrong"));
  http::Response response = redirect("/");
  response.headers.emplace_back("Set-Cookie", session_cookie(*outcome->token, limits::kSessionHardMs / 1000));
  return response;
}

http::Response logged_out(const PageContext& context) {
  if (const Status gone = context.kit.login.log_out(context.database, *context.session); !gone) {
    return failure_page(context, gone.error());
  }
  http::Response response = redirect("/login");
  response.headers.emplace_back("Set-Cookie", session_cookie("", 0));
  return response;
}

}  // namespace mimika::central
