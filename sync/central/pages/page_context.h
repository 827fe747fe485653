// What every page is made with: the shared kit (texts, templates, catalogue, services) and one request's context.
#pragma once

#include <functional>
#include <initializer_list>
#include <optional>
#include <string>

#include "kiosk/base/env.h"
#include "kiosk/model/catalogue.h"
#include "sync/central/http/message.h"
#include "sync/central/pages/template_dictionary.h"
#include "sync/central/pages/templates.h"
#include "sync/central/pages/texts.h"
#include "sync/central/store/database.h"
#include "sync/central/workflow/login.h"
#include "sync/central/workflow/staff.h"
#include "sync/central/workflow/ticket_actions.h"

namespace mimika::central {

using Dictionary = ctemplate::TemplateDictionary;

struct PageKit {
  Env& env;
  const Catalogue& catalogue;
  WorkCalendar calendar;
  Texts texts;
  std::unique_ptr<Templates> templates;
  std::string style_path;  // "/style-1a2b3c4d.css": named by its content, so it may be cached for ever
  Login login;
  TicketActions actions;
  StaffOffice staff;
};

struct PageContext {
  PageKit& kit;
  Database& database;
  const http::Request& request;
  Language language = Language::kIndonesian;
  std::optional<Session> session;
  WallMs now_ms = 0;

  [[nodiscard]] const Account& account() const { return session->account; }
  [[nodiscard]] std::string text(const std::string& id, std::initializer_list<std::string> values = {}) const {
    return kit.texts.get(language, id, values);
  }
  [[nodiscard]] std::string count(const std::string& id, std::int64_t number) const {
    return kit.texts.count(language, id, number);
  }
};

// A whole page: the frame around the template `name`, which `fill` fills in. Never cached.
[[nodiscard]] http::Response render(const PageContext& context, int status, const std::string& title,
                                    const std::string& name, const std::function<void(Dictionary&)>& fill);

// A page that says what is wrong and where to go on: "error.<name>.title" and "error.<name>.words".
[[nodiscard]] http::Response error_page(const PageContext& context, int status, const std::string& name);
// For an error met while making a page: logged, and told in words without its inside.
[[nodiscard]] http::Response failure_page(const PageContext& context, const Error& error);

// 303, so that going back and forth never repeats a POST. `path` is our own.
[[nodiscard]] http::Response redirect(const std::string& path);

// Security headers for everything people get, and gzip where it pays.
void finish_response(http::Response& response, bool accepts_gzip);

// /login: the form, and what became of a try.
[[nodiscard]] http::Response login_form(const PageContext& context, int status, const std::string& problem);
[[nodiscard]] http::Response login_submitted(const PageContext& context, const http::Fields& form);
[[nodiscard]] http::Response logged_out(const PageContext& context);

[[nodiscard]] http::Response triage_page(const PageContext& context);
[[nodiscard]] http::Response opd_page(const PageContext& context);
[[nodiscard]] http::Response regent_page(const PageContext& context);
[[nodiscard]] http::Response system_page(const PageContext& context);
[[nodiscard]] http::Response find_page(const PageContext& context);

// /staff: those who work at kiosks; below it what can be done (add, reset-pin, unlock, disable, enable), and what staff
// did at one kiosk (/staff/at?kiosk=JLA1).
[[nodiscard]] http::Response staff_page(const PageContext& context);
[[nodiscard]] http::Response staff_submitted(const PageContext& context, const std::string& verb,
                                             const http::Fields& form);
[[nodiscard]] http::Response staff_acts_page(const PageContext& context);
// /challenge: what a kiosk asks by telephone.
[[nodiscard]] http::Response challenge_page(const PageContext& context);
[[nodiscard]] http::Response challenge_submitted(const PageContext& context, const http::Fields& form);

// /receipt: is this receipt genuine? For everybody, without a login.
[[nodiscard]] http::Response receipt_page(const PageContext& context);

// /ticket/<device>-<epoch>-<seq>, and below it what can be done: verify, assign, archive, follow-up, hold, resolve,
// message, open.
[[nodiscard]] http::Response ticket_page(const PageContext& context, const TicketId& id);
[[nodiscard]] http::Response ticket_submitted(const PageContext& context, const TicketId& id, const std::string& verb,
                                              const http::Fields& form);

}  // namespace mimika::central
