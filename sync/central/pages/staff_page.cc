// /staff: those who work at kiosks, by district; adding them, another start PIN, letting in, closing. And below it what
// was done at one kiosk. No content of any case.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "sync/central/pages/format.h"
#include "sync/central/pages/page_context.h"
#include "sync/central/store/devices.h"
#include "sync/central/workflow/staff.h"

namespace mimika::central {
namespace {

constexpr int kShownActs = 100;
constexpr int kShownAnnouncements = 20;
constexpr std::array<Role, 3> kKioskRoles = {Role::kOfficer, Role::kDistrictHead, Role::kTechnician};

// By StaffAct.
constexpr std::array<const char*, static_cast<std::size_t>(kLastStaffAct) + 1> kActTexts = {
    "act.signed_in",    "act.signed_out",        "act.timed_out",         "act.pin_wrong",     "act.pin_locked",
    "act.pin_unlocked", "act.pin_changed",       "act.office_opened",     "act.office_paused", "act.office_closed",
    "act.report_made",  "act.maintenance_begun", "act.maintenance_ended", "act.maintained"};

struct StaffDraft {
  std::string name;
  std::string login;
  std::string role;
  std::string district;
};

// What stands above the list: trouble, or what was done and is told this once.
struct StaffNews {
  int status = 200;
  std::string problem;
  std::string done;
  StaffDraft draft;
  const StartPin* start = nullptr;
  std::string start_login;
};

std::string form_field(const http::Fields& form, std::string_view name) {
  const auto found = form.find(name);
  return found == form.end() ? std::string() : found->second;
}

std::string place_words(const PageContext& context, const DistrictCode& district) {
  return district.value.empty() ? context.text("staff.everywhere") : district_name(context, district);
}

void add_choice(Dictionary& body, const char* section, const std::string& id, const std::string& text, bool chosen) {
  Dictionary* option = body.AddSectionDictionary(section);
  option->SetValue("ID", id);
  option->SetValue("TEXT", text);
  if (chosen) option->ShowSection("CHOSEN");
}

void add_button(Dictionary& row, const PageContext& context, const Staff& staff, const char* verb, const char* text) {
  Dictionary* button = row.AddSectionDictionary("DO");
  button->SetValue("PATH", std::string("/staff/") + verb);
  button->SetValue("CSRF", context.session->csrf_token);
  button->SetValue("LOGIN", staff.login);
  button->SetIntValue("SEEN", static_cast<long>(staff.version));
  button->SetValue("TEXT", context.text(text));
}

void add_person(Dictionary& place, const PageContext& context, const Staff& staff) {
  Dictionary* row = place.AddSectionDictionary("PERSON_ROW");
  row->SetValue("NAME", staff.full_name);
  row->SetValue("LOGIN", staff.login);
  row->SetValue("ROLE", role_words(context, staff.role));
  if (staff.credential.needs_key_file) row->ShowSection("KEY_FILE");
  if (staff.disabled_ms) {
    row->ShowSection("CLOSED");
    add_button(*row, context, staff, "enable", "staff.enable");
    return;
  }
  // The next file of its stick has to be written somewhere: the command line does that.
  if (!staff.credential.needs_key_file) add_button(*row, context, staff, "reset-pin", "staff.reset_pin");
  add_button(*row, context, staff, "unlock", "staff.unlock");
  add_button(*row, context, staff, "disable", "staff.disable");
}

void fill_people(Dictionary& body, const PageContext& context, const std::vector<Staff>& all) {
  const Role me = context.account().role;
  Dictionary* place = nullptr;
  const DistrictCode* where = nullptr;
  for (const Staff& staff : all) {
    if (!may_manage(me, staff.role)) continue;
    if (where == nullptr || *where != staff.district) {
      place = body.AddSectionDictionary("PLACE");
      place->SetValue("DISTRICT", place_words(context, staff.district));
      where = &staff.district;
    }
    add_person(*place, context, staff);
  }
  if (place == nullptr) body.ShowSection("NOBODY");
}

void fill_add(Dictionary& body, const PageContext& context, const StaffDraft& draft) {
  body.SetValue("DRAFT_NAME", draft.name);
  body.SetValue("DRAFT_LOGIN", draft.login);
  bool office = false;
  for (const Role role : kKioskRoles) {
    if (!may_manage(context.account().role, role)) continue;
    office = office || is_office_role(role);
    add_choice(body, "ROLE_CHOICE", role_name(role), role_words(context, role), draft.role == role_name(role));
  }
  if (!office) return;
  Dictionary* choice = body.AddSectionDictionary("WITH_DISTRICT");
  for (const District& district : context.kit.catalogue.districts) {
    add_choice(*choice, "DISTRICT_CHOICE", district.code.value, district.name, draft.district == district.code.value);
  }
}

// Two groups of four are read out with fewer mistakes than eight in a row.
std::string grouped(const std::string& pin) {
  return pin.substr(0, kStartPinDigits / 2) + " " + pin.substr(kStartPinDigits / 2);
}

http::Response show_staff(const PageContext& context, const StaffNews& news) {
  const auto all = list_staff(context.database);
  if (!all) return failure_page(context, all.error());
  const auto devices = list_devices(context.database);
  if (!devices) return failure_page(context, devices.error());
  return render(context, news.status, context.text("staff.title"), "staff", [&](Dictionary& body) {
    if (!news.problem.empty()) body.SetValueAndShowSection("PROBLEM", news.problem, "PROBLEM_BOX");
    if (!news.done.empty()) body.AddSectionDictionary("DONE")->SetValue("WORDS", news.done);
    if (news.start != nullptr) {
      const auto staff = std::ranges::find(*all, news.start_login, &Staff::login);
      Dictionary* start = body.AddSectionDictionary("START");
      start->SetValue("LOGIN", news.start_login);
      start->SetValue("NAME", staff == all->end() ? news.start_login : staff->full_name);
      start->SetValue("PIN", grouped(news.start->pin));
    }
    fill_people(body, context, *all);
    fill_add(body, context, news.draft);
    for (const Device& device : *devices) {
      Dictionary* kiosk = body.AddSectionDictionary("KIOSK");
      kiosk->SetValue("CODE", device.code.value);
      kiosk->SetValue("DISTRICT", district_name(context, device.district));
      kiosk->SetValue("PATH", "/staff/at?kiosk=" + device.code.value);
    }
  });
}

http::Response staff_trouble(const PageContext& context, const Error& error, StaffNews news) {
  switch (error.code) {
    case ErrorCode::kUnauthorised:
      return error_page(context, 403, "forbidden");
    case ErrorCode::kNotFound:
      news.status = 404;
      news.problem = context.text("staff.not_found");
      break;
    case ErrorCode::kConflict:
      news.status = 409;
      news.problem = context.text(news.draft.login.empty() ? "staff.moved_on" : "staff.login_taken");
      break;
    case ErrorCode::kInvalidInput:
      news.status = 422;
      news.problem = context.text("staff.check");
      break;
    case ErrorCode::kTooLarge:
      news.status = 422;
      news.problem = context.text("staff.too_many");
      break;
    default:
      return failure_page(context, error);
  }
  return show_staff(context, news);
}

http::Response tell_start(const PageContext& context, const StartPin& start, const std::string& login) {
  StaffNews news;
  news.start = &start;
  news.start_login = login;
  return show_staff(context, news);
}

http::Response add_submitted(const PageContext& context, const http::Fields& form) {
  StaffNews news;
  news.draft = {form_field(form, "name"), form_field(form, "login"), form_field(form, "role"),
                form_field(form, "district")};
  const auto role = parse_role(news.draft.role);
  if (!role) return error_page(context, 400, "malformed");
  const bool technician = *role == Role::kTechnician;
  auto start = context.kit.staff.add(context.database, desk_of(context.account()),
                                     {news.draft.login, news.draft.name, *role,
                                      DistrictCode{technician ? std::string() : news.draft.district}, false});
  if (!start) return staff_trouble(context, start.error(), std::move(news));
  return tell_start(context, *start, news.draft.login);
}

}  // namespace

http::Response staff_page(const PageContext& context) {
  StaffNews news;
  if (context.request.query_value("done") == "1") news.done = context.text("staff.done");
  return show_staff(context, news);
}

http::Response staff_submitted(const PageContext& context, const std::string& verb, const http::Fields& form) {
  if (verb == "add") return add_submitted(context, form);
  const std::string login = form_field(form, "login");
  const StaffDesk desk = desk_of(context.account());
  const auto staff = find_staff(context.database, login);
  if (!staff) return failure_page(context, staff.error());
  // Pressed twice, or after somebody else: the second one must not take the first PIN away again.
  if (*staff && std::to_string((*staff)->version) != form_field(form, "seen")) {
    return staff_trouble(context, {ErrorCode::kConflict, "the account has moved on"}, {});
  }
  if (verb == "reset-pin") {
    auto start = context.kit.staff.reset_pin(context.database, desk, login);
    return start ? tell_start(context, *start, login) : staff_trouble(context, start.error(), {});
  }
  Status changed = fail(ErrorCode::kNotFound, "no such verb");
  if (verb == "unlock") changed = context.kit.staff.unlock(context.database, desk, login);
  if (verb == "disable") changed = context.kit.staff.set_state(context.database, desk, login, false);
  if (verb == "enable") changed = context.kit.staff.set_state(context.database, desk, login, true);
  return changed ? redirect("/staff?done=1") : staff_trouble(context, changed.error(), {});
}

http::Response staff_acts_page(const PageContext& context) {
  const auto devices = list_devices(context.database);
  if (!devices) return failure_page(context, devices.error());
  const std::string code(context.request.query_value("kiosk"));
  const auto device = std::ranges::find(*devices, DeviceCode{code}, &Device::code);
  if (device == devices->end()) return error_page(context, 404, "not_found");
  const auto acts = list_staff_acts(context.database, device->id, kShownActs);
  if (!acts) return failure_page(context, acts.error());
  const auto announcements = list_office_announcements(context.database, device->district, kShownAnnouncements);
  if (!announcements) return failure_page(context, announcements.error());
  const std::string title = context.text("acts.title", {code, district_name(context, device->district)});
  return render(context, 200, title, "staff_acts", [&](Dictionary& body) {
    body.SetValue("TITLE", title);
    for (const StaffActRow& row : *acts) {
      Dictionary* act = body.AddSectionDictionary("ACT");
      act->SetValue("WHAT", context.text(kActTexts[static_cast<std::size_t>(row.acted.act) % kActTexts.size()]));
      if (!row.acted.detail.empty()) act->SetValueAndShowSection("DETAIL", row.acted.detail, "DETAIL_LINE");
      act->SetValue("NAME", row.acted.actor.name);
      act->SetValue("ROLE", role_words(context, row.acted.actor.role));
      act->SetValue("WHEN", date_and_time(context, row.time.wall_ms));
      if (row.time.confidence != ClockConfidence::kSynced) act->ShowSection("CLOCK_UNSURE");
    }
    if (acts->empty()) body.ShowSection("NOTHING");
    for (const OfficeAnnouncement& one : *announcements) {
      Dictionary* panel = body.AddSectionDictionary("ANNOUNCEMENT");
      panel->SetValue("HEAD", one.title);
      panel->SetValue("WORDS", one.text);
      panel->SetValue("BY", one.posted_by);
      panel->SetValue("WHEN", date_and_time(context, one.arrived_ms));
      if (!one.until.empty()) {
        panel->SetValueAndShowSection("UNTIL", context.text("acts.until", {one.until}), "UNTIL_LINE");
      }
      if (one.withdrawn_by) {
        panel->SetValueAndShowSection("WITHDRAWN_BY", context.text("acts.withdrawn", {*one.withdrawn_by}), "WITHDRAWN");
      }
    }
    if (announcements->empty()) body.ShowSection("NO_ANNOUNCEMENT");
  });
}

}  // namespace mimika::central
