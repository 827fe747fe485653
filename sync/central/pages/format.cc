#include "sync/central/pages/format.h"

#include <fmt/format.h>

#include <charconv>

namespace mimika::central {
namespace {

std::string clock_time(const PageContext& context, WallMs at_ms) {
  const LocalTime time = local_time(at_ms);
  const char* form = context.language == Language::kEnglish ? "{:02}:{:02}" : "{:02}.{:02}";
  return fmt::format(fmt::runtime(form), time.hour, time.minute);
}

const char* kind_id(TicketKind kind) {
  switch (kind) {
    case TicketKind::kComplaint:
      return "kind.complaint";
    case TicketKind::kAspiration:
      return "kind.aspiration";
    case TicketKind::kInformation:
      return "kind.information";
    case TicketKind::kService:
      break;
  }
  return "kind.service";
}

std::string red_words(const PageContext& context, const Mark& mark) {
  if (mark.late()) {
    const bool working = context.kit.catalogue.mark_rule.days == DayKind::kWorkingDays;
    return context.count(working ? "mark.late_working" : "mark.late_calendar", mark.late_days);
  }
  if (!mark.due) return context.text("mark.red");
  const LocalDate today = local_date(context.now_ms);
  const int left = static_cast<int>((std::chrono::sys_days(*mark.due) - std::chrono::sys_days(today)).count());
  if (left == 0) return context.text("mark.due_today");
  if (left == 1) return context.text("mark.due_tomorrow");
  return context.text("mark.due_on", {short_date(context, *mark.due)});
}

}  // namespace

std::string short_date(const PageContext& context, LocalDate date) {
  const std::chrono::weekday weekday{std::chrono::sys_days(date)};
  return context.text("date.short", {context.text(fmt::format("day.{}", weekday.c_encoding())),
                                     std::to_string(static_cast<unsigned>(date.day())),
                                     context.text(fmt::format("month.{}", static_cast<unsigned>(date.month())))});
}

std::string date_and_time(const PageContext& context, WallMs at_ms) {
  const LocalDate date = local_date(at_ms);
  std::string day = short_date(context, date);
  if (date.year() != local_date(context.now_ms).year()) day += fmt::format(" {}", static_cast<int>(date.year()));
  return day + ", " + clock_time(context, at_ms);
}

std::string kind_name(const PageContext& context, TicketKind kind) {
  return context.text(kind_id(kind));
}

std::string category_name(const PageContext& context, const CategoryId& id) {
  const Category* category = context.kit.catalogue.find_category(id);
  return category == nullptr ? id.value : in_language(category->name, context.language);
}

std::string title_of(const PageContext& context, const Ticket& ticket) {
  if (is_secret(ticket.confidentiality)) return context.text("ticket.secret_title");
  if (ticket.service) {
    const Service* service = context.kit.catalogue.find_service(*ticket.service);
    return service == nullptr ? ticket.service->value : in_language(service->name, context.language);
  }
  return ticket.category ? category_name(context, *ticket.category) : kind_name(context, ticket.kind);
}

std::string district_name(const PageContext& context, const DistrictCode& code) {
  const District* district = context.kit.catalogue.find_district(code);
  return district == nullptr ? code.value : district->name;
}

std::string place_of(const PageContext& context, const Ticket& ticket) {
  std::string district = district_name(context, ticket.district);
  if (!ticket.kampung) return district;
  const Kampung* kampung = context.kit.catalogue.find_kampung(*ticket.kampung);
  return (kampung == nullptr ? ticket.kampung->value : kampung->name) + ", " + district;
}

std::string opd_name(const PageContext& context, const OpdId& id) {
  const Opd* opd = context.kit.catalogue.find_opd(id);
  return opd == nullptr ? id.value : opd->name;
}

std::string opd_short_name(const PageContext& context, const std::optional<OpdId>& id) {
  if (!id || id->value.empty()) return context.text("ticket.no_opd");
  const Opd* opd = context.kit.catalogue.find_opd(*id);
  if (opd == nullptr) return id->value;
  return opd->short_name.empty() ? opd->name : opd->short_name;
}

std::string role_words(const PageContext& context, Role role) {
  return context.text(std::string("role.") + role_name(role));
}

Mark mark_now(const PageContext& context, const Ticket& ticket) {
  return mark_of(ticket, context.now_ms, context.kit.calendar, context.kit.catalogue.mark_rule);
}

const char* mark_symbol(const Mark& mark) {
  switch (mark.colour) {
    case MarkColour::kRed:
      return mark.late() ? "late" : "red";
    case MarkColour::kYellow:
      return mark.held ? "held" : "yellow";
    case MarkColour::kGreen:
      return "green";
    case MarkColour::kGrey:
      break;
  }
  return "grey";
}

std::string mark_words(const PageContext& context, const Ticket& ticket, const Mark& mark) {
  switch (mark.colour) {
    case MarkColour::kRed:
      // Held or not, nobody has answered; whoever reads the red list should know that a reason was given.
      return red_words(context, mark) + (mark.held ? ", " + context.text("mark.held") : "");
    case MarkColour::kYellow:
      return context.text(mark.held ? "mark.held" : "mark.yellow");
    case MarkColour::kGreen:
      return context.text("mark.green");
    case MarkColour::kGrey:
      break;
  }
  return context.text(ticket.status == TicketStatus::kArchived ? "mark.archived" : "mark.not_arrived");
}

std::string ticket_path(const TicketId& id) {
  return fmt::format("/ticket/{}-{}-{}", id.device.value, id.epoch.value, id.seq.value);
}

std::optional<TicketId> parse_ticket_path(std::string_view text) {
  TicketId id;
  const char* at = text.data();
  const char* const end = text.data() + text.size();
  const auto number = [&](auto& value, char separator) {
    const auto [stop, problem] = std::from_chars(at, end, value);
    if (problem != std::errc() || (separator != '\0' && (stop == end || *stop != separator))) return false;
    at = separator == '\0' ? stop : stop + 1;
    return true;
  };
  const bool whole = number(id.device.value, '-') && number(id.epoch.value, '-') && number(id.seq.value, '\0');
  if (!whole || at != end) return std::nullopt;
  return id;
}

void fill_card(Dictionary& card, const PageContext& context, const Ticket& ticket) {
  const Mark mark = mark_now(context, ticket);
  card.SetValue("PATH", ticket_path(ticket.id));
  card.SetValue("MARK", mark_symbol(mark));
  card.SetValue("WORDS", mark_words(context, ticket, mark));
  card.SetValue("NUMBER", format_ticket_number(ticket.number));
  card.SetValue("TITLE", title_of(context, ticket));
  card.SetValue("PLACE", place_of(context, ticket));
  card.SetValue("OPD", opd_short_name(context, ticket.opd));
}

}  // namespace mimika::central
