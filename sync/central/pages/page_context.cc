#include "sync/central/pages/page_context.h"

#include "kiosk/base/log.h"
#include "sync/central/central_limits.h"
#include "sync/central/http/gzip.h"
#include "sync/central/pages/format.h"

namespace mimika::central {
namespace {

// No script anywhere, nothing from elsewhere, no framing. Pictures may be data: our own style sheet draws its band so.
constexpr const char* kContentPolicy =
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'";

struct NavigationItem {
  Page page;
  const char* path;
  const char* text;
};
constexpr NavigationItem kNavigation[] = {
    {Page::kTriage, "/triage", "nav.triage"},      {Page::kOpd, "/opd", "nav.opd"},
    {Page::kRegent, "/regent", "nav.regent"},      {Page::kStaff, "/staff", "nav.staff"},
    {Page::kStaff, "/challenge", "nav.challenge"}, {Page::kSystem, "/system", "nav.system"},
};

void fill_navigation(Dictionary& frame, const PageContext& context) {
  const Account& account = context.account();
  int shown = 0;
  for (const NavigationItem& item : kNavigation) shown += may_see_page(item.page, account.role) ? 1 : 0;
  for (const NavigationItem& item : kNavigation) {
    // One page alone needs no way to it.
    if (shown < 2 || !may_see_page(item.page, account.role)) continue;
    const bool here = context.request.path == item.path;
    Dictionary* link = frame.AddSectionDictionary(here ? "NAV_HERE" : "NAV_LINK");
    link->SetValue("PATH", item.path);
    link->SetValue("TEXT", context.text(item.text));
  }
}

void fill_frame(Dictionary& frame, const PageContext& context, const std::string& title) {
  const bool english = context.language == Language::kEnglish;
  frame.SetValue("LANG", english ? "en" : "id");
  frame.SetValue("OTHER_LANG", english ? "id" : "en");
  frame.SetValue("OTHER_LANG_NAME", english ? "Bahasa Indonesia" : "English");
  frame.SetValue("HERE", context.request.path);
  frame.SetValue("TITLE", title);
  frame.SetValue("STYLE", context.kit.style_path);
  frame.SetValue("NOW", date_and_time(context, context.now_ms));
  Templates::include(frame, "MARKS", "marks", context.language);
  if (!context.session) return;
  fill_navigation(frame, context);
  Dictionary* person = frame.AddSectionDictionary("PERSON");
  person->SetValue("NAME", context.account().full_name);
  person->SetValue("ROLE", role_has_opd(context.account().role) ? opd_short_name(context, context.account().opd)
                                                                : role_words(context, context.account().role));
  person->SetValue("CSRF", context.session->csrf_token);
}

}  // namespace

http::Response render(const PageContext& context, int status, const std::string& title, const std::string& name,
                      const std::function<void(Dictionary&)>& fill) {
  Dictionary frame("frame");
  fill_frame(frame, context, title);
  Dictionary* body = Templates::include(frame, "BODY", name, context.language);
  if (context.session) body->SetValue("CSRF", context.session->csrf_token);
  fill(*body);
  http::Response response;
  response.status = status;
  response.content_type = "text/html; charset=utf-8";
  response.body = context.kit.templates->expand("frame", context.language, frame);
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

http::Response error_page(const PageContext& context, int status, const std::string& name) {
  return render(context, status, context.text("error." + name + ".title"), "error", [&](Dictionary& body) {
    body.SetValue("TITLE", context.text("error." + name + ".title"));
    body.SetValue("WORDS", context.text("error." + name + ".words"));
  });
}

http::Response failure_page(const PageContext& context, const Error& error) {
  log_error("pages", "{}: {} ({})", http::loggable(context.request.path), error.message, error_code_name(error.code));
  const bool full = error.code == ErrorCode::kStorageFull || error.code == ErrorCode::kStorageReadOnly;
  return error_page(context, 503, full ? "storage" : "internal");
}

http::Response redirect(const std::string& path) {
  http::Response response;
  response.status = 303;
  response.headers.emplace_back("Location", path);
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

void finish_response(http::Response& response, bool accepts_gzip) {
  response.headers.emplace_back("Content-Security-Policy", kContentPolicy);
  response.headers.emplace_back("X-Content-Type-Options", "nosniff");
  response.headers.emplace_back("X-Frame-Options", "DENY");
  response.headers.emplace_back("Referrer-Policy", "same-origin");
  response.headers.emplace_back("Vary", "Accept-Encoding, Cookie");
  // Compressing secrets beside chosen text leaks them by size only to someone who can make this browser ask for our
  // pages with its cookie; SameSite=Strict sends the cookie along with nobody else's requests.
  if (accepts_gzip && response.body.size() >= limits::kGzipFromBytes) {
    response.body = http::gzip(response.body);
    response.headers.emplace_back("Content-Encoding", "gzip");
  }
}

}  // namespace mimika::central
