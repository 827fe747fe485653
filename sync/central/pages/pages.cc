#include "sync/central/pages/pages.h"

#include <fmt/format.h>

#include "kiosk/base/log.h"
#include "sync/central/pages/embedded.h"
#include "sync/central/pages/format.h"
#include "sync/central/pages/page_context.h"

namespace mimika::central {
namespace {

constexpr std::string_view kTicketPrefix = "/ticket/";
constexpr std::string_view kStaffPrefix = "/staff/";
constexpr std::string_view kSessionCookie = "session";
constexpr std::string_view kLanguageCookie = "lang";
constexpr const char* kCookieRules = "; Path=/; Secure; HttpOnly; SameSite=Strict";
constexpr const char* kFormType = "application/x-www-form-urlencoded";
constexpr std::size_t kStyleNameDigits = 12;
constexpr long kYearSeconds = 365L * 24 * 3600;

class StaffPages final : public Pages {
 public:
  explicit StaffPages(PageKit kit) : kit_(std::move(kit)) {}

  http::Response handle(Database& database, const http::Request& request) override {
    http::Response response = answer(database, request);
    finish_response(response, request.accepts_gzip);
    return response;
  }

 private:
  http::Response answer(Database& database, const http::Request& request) {
    if (request.path == kit_.style_path) return style_sheet();
    if (request.path == "/favicon.svg") return icon();
    PageContext context{kit_, database, request, language_of(request), std::nullopt, kit_.env.wall_ms()};
    if (const auto language = request.query_value("lang"); language == "id" || language == "en") {
      return switch_language(request.path, language);
    }
    if (const std::string_view token = request.cookie(kSessionCookie); !token.empty()) {
      auto session = kit_.login.find(database, token);
      if (!session) return failure_page(context, session.error());
      context.session = std::move(*session);
    }
    switch (request.method) {
      case http::Method::kGet:
      case http::Method::kHead:
        return get(context);
      case http::Method::kPost:
        return post(context);
      case http::Method::kOther:
        break;
    }
    http::Response response = error_page(context, 405, "method");
    response.headers.emplace_back("Allow", "GET, HEAD, POST");
    return response;
  }

  http::Response get(const PageContext& context) {
    const std::string& path = context.request.path;
    if (path == "/login") {
      return context.session ? redirect(home_of(context.account().role)) : login_form(context, 200, "");
    }
    if (path == "/receipt") return receipt_page(context);
    if (!context.session) return redirect("/login");
    const Role role = context.account().role;
    if (path == "/") return redirect(home_of(role));
    if (path == "/triage") return page_for(context, Page::kTriage, triage_page);
    if (path == "/opd") return page_for(context, Page::kOpd, opd_page);
    if (path == "/regent") return page_for(context, Page::kRegent, regent_page);
    if (path == "/staff") return page_for(context, Page::kStaff, staff_page);
    if (path == "/staff/at") return page_for(context, Page::kStaff, staff_acts_page);
    if (path == "/challenge") return page_for(context, Page::kStaff, challenge_page);
    if (path == "/system") return page_for(context, Page::kSystem, system_page);
    if (path == "/find") return find_page(context);
    if (path.starts_with(kTicketPrefix)) {
      const auto id = parse_ticket_path(std::string_view(path).substr(kTicketPrefix.size()));
      if (id) return ticket_page(context, *id);
    }
    return error_page(context, 404, "not_found");
  }

  static http::Response page_for(const PageContext& context, Page page,
                                 http::Response (*make)(const PageContext& context)) {
    return may_see_page(page, context.account().role) ? make(context) : error_page(context, 403, "forbidden");
  }

  http::Response post(const PageContext& context) {
    if (!same_origin(context.request)) return error_page(context, 403, "csrf");
    if (!context.request.content_type.starts_with(kFormType)) return error_page(context, 415, "malformed");
    const auto form = http::parse_form(context.request.body);
    if (!form) return error_page(context, 400, "malformed");
    if (context.request.path == "/login") return login_submitted(context, *form);

    if (!context.session) return redirect("/login");
    const auto csrf = form->find("csrf");
    if (csrf == form->end() || !csrf_matches(*context.session, csrf->second)) {
      log_warning("pages", "a form without its token, {}", context.account().login);
      return error_page(context, 403, "csrf");
    }
    if (context.request.path == "/logout") return logged_out(context);
    if (std::string_view rest = context.request.path; rest.starts_with(kStaffPrefix) || rest == "/challenge") {
      if (!may_see_page(Page::kStaff, context.account().role)) return error_page(context, 403, "forbidden");
      if (rest == "/challenge") return challenge_submitted(context, *form);
      return staff_submitted(context, std::string(rest.substr(kStaffPrefix.size())), *form);
    }
    if (std::string_view rest = context.request.path; rest.starts_with(kTicketPrefix)) {
      rest.remove_prefix(kTicketPrefix.size());
      const std::size_t slash = rest.find('/');
      const auto id = parse_ticket_path(rest.substr(0, slash));
      if (id && slash != std::string_view::npos) {
        return ticket_submitted(context, *id, std::string(rest.substr(slash + 1)), *form);
      }
    }
    return error_page(context, 404, "not_found");
  }

  // A browser says where a form came from. One from another site is refused even before its token is looked at; that
  // also covers the login form, which has none.
  static bool same_origin(const http::Request& request) {
    return request.origin.empty() || request.origin == "https://" + request.host;
  }

  static Language language_of(const http::Request& request) {
    return request.cookie(kLanguageCookie) == "en" ? Language::kEnglish : Language::kIndonesian;
  }

  static http::Response switch_language(const std::string& path, std::string_view language) {
    // "//host" would be another site.
    const bool ours = path.starts_with('/') && !path.starts_with("//");
    std::string to;
    for (const char c : path) to += c == '/' ? std::string("/") : http::percent_encode({&c, 1});
    http::Response response = redirect(ours ? to : "/");
    response.headers.emplace_back(
        "Set-Cookie", fmt::format("{}={}; Max-Age={}{}", kLanguageCookie, language, kYearSeconds, kCookieRules));
    return response;
  }

  static http::Response style_sheet() { return cached_for_ever("text/css; charset=utf-8", embedded_file("style.css")); }
  static http::Response icon() { return cached_for_ever("image/svg+xml", embedded_file("favicon.svg")); }
  static http::Response cached_for_ever(const char* type, std::string_view body) {
    return {200, type, std::string(body), {{"Cache-Control", "public, max-age=31536000, immutable"}}};
  }

  PageKit kit_;
};

}  // namespace

Result<std::unique_ptr<Pages>> Pages::open(Env& env, const CentreKeys& keys, const Catalogue& catalogue) {
  TRY_ASSIGN(Texts texts, Texts::open());
  TRY_ASSIGN(auto templates, Templates::open(texts));
  const crypto::Hash style = crypto::hash_of("mimika style", as_bytes(embedded_file("style.css")));
  return std::make_unique<StaffPages>(
      PageKit{env, catalogue, catalogue.work_calendar(), std::move(texts), std::move(templates),
              "/style-" + to_hex(style).substr(0, kStyleNameDigits) + ".css", Login(env),
              TicketActions(env, keys, catalogue), StaffOffice(env, keys, catalogue)});
}

}  // namespace mimika::central
