#include "ui/screens/officer/desk_words.h"

#include <algorithm>
#include <string_view>

#include "kiosk/session/queries.h"
#include "ui/screens/resident/common.h"
#include "ui/text/dates.h"

namespace mimika::screens {
namespace {

std::string age_of_row(WallMs at_ms, const staff::Context& context, const Text& text) {
  const std::optional<Age> age = age_of(at_ms, shared_context(context));
  if (!age) return {};
  switch (age->unit) {
    case AgeUnit::kMinutes:
      return text.count("staff.minutes", age->count);
    case AgeUnit::kHours:
      return text.count("staff.hours", age->count);
    case AgeUnit::kDays:
      return text.count("staff.days", age->count);
  }
  return {};
}

std::string actor_words(const TimelineEntry& entry, const staff::Context& context) {
  const Opd* opd = context.catalogue.find_opd(entry.actor.opd);
  if (opd != nullptr) return opd->short_name;
  return entry.actor.name.empty() ? std::string("Mimika Center") : entry.actor.name;
}

}  // namespace

SessionContext shared_context(const staff::Context& context) {
  return {.catalogue = context.catalogue,
          .district = context.district,
          .kiosk = context.kiosk,
          .office_name = context.office_name,
          .wall_ms = context.wall_ms,
          .monotonic_ms = context.monotonic_ms,
          .today = context.today,
          .clock = context.clock,
          .office = context.office,
          .open_until = {},
          .standing = context.standing,
          .limits = {},
          .printer = context.printer};
}

SignWords sign_of_ticket(const Ticket& ticket, const Mark& mark, const Text& text) {
  switch (mark.colour) {
    case MarkColour::kRed:
      if (mark.late()) return {ui::MarkKind::kLate, text.count("mark.late", mark.late_days)};
      if (mark.held) return {ui::MarkKind::kHeld, text("mark.held")};
      return {ui::MarkKind::kRed, text("mark.red")};
    case MarkColour::kYellow:
      if (mark.held) return {ui::MarkKind::kHeld, text("mark.held")};
      return {ui::MarkKind::kYellow, text("mark.yellow")};
    case MarkColour::kGreen:
      return {ui::MarkKind::kGreen, text("mark.green")};
    case MarkColour::kGrey:
      break;
  }
  if (ticket.status == TicketStatus::kArchived) return {ui::MarkKind::kGrey, text("mark.closed")};
  return {ui::PlaceKind::kNotArrived, text("mark.not_arrived")};
}

SignWords sign_of_row(const staff::QueueRow& row, const staff::Context& context, const Text& text) {
  Ticket as_ticket;
  as_ticket.status = row.status;
  SignWords sign = sign_of_ticket(as_ticket, row.mark, text);
  if (row.mark.late()) return sign;
  const bool closed = row.status == TicketStatus::kResolved || row.status == TicketStatus::kArchived;
  if (closed) return sign;
  if (row.person_answered) {
    sign.words = text("officer.row.answered");
  } else if (row.reopened) {
    sign.words = text("officer.row.back");
  } else if (row.awaits_person) {
    sign.words = text("officer.row.awaits");
  } else if (row.status == TicketStatus::kSavedHere || row.status == TicketStatus::kUnverified) {
    const std::string age = age_of_row(row.filed_ms, context, text);
    sign.words = age.empty() ? text("officer.row.new") : text.format("officer.row.new_since", {age});
    if (row.status == TicketStatus::kSavedHere) sign.sign = ui::PlaceKind::kSavedHere;
  }
  return sign;
}

SignWords arrival_of(std::optional<WallMs> arrived_ms, const Text& text) {
  if (arrived_ms) return {ui::PlaceKind::kArrived, text("officer.row.arrived")};
  return {ui::PlaceKind::kSavedHere, text("officer.row.here")};
}

std::string subject_words(TicketKind kind, const std::optional<CategoryId>& category,
                          const std::optional<ServiceId>& service, const staff::Context& context, const Text& text) {
  if (category) {
    if (const Category* found = context.catalogue.find_category(*category)) return in_language(found->name, text);
  }
  if (service) {
    if (const Service* found = context.catalogue.find_service(*service)) return in_language(found->name, text);
  }
  return kind_name(kind, text);
}

std::string subject_of_case(const staff::Case& made, const staff::Context& context, const Text& text) {
  const Ticket& ticket = made.ticket;
  return subject_words(ticket.kind, made.category ? made.category : ticket.category, ticket.service, context, text);
}

std::string opd_words(const std::optional<OpdId>& opd, const staff::Context& context, const Text& text) {
  const Opd* found = opd ? context.catalogue.find_opd(*opd) : nullptr;
  return found != nullptr ? found->short_name : text("officer.row.no_opd");
}

std::string kampung_words(const std::optional<KampungCode>& kampung, const staff::Context& context) {
  const Kampung* found = kampung ? context.catalogue.find_kampung(*kampung) : nullptr;
  return found != nullptr ? found->name : std::string();
}

std::string known_words(Confidentiality known, const Text& text) {
  switch (known) {
    case Confidentiality::kNameHidden:
      return text("officer.known.hidden");
    case Confidentiality::kOpen:
      return text("officer.known.open");
    case Confidentiality::kAnonymous:
      return text("officer.known.anonymous");
    case Confidentiality::kSecret:
      return text("officer.known.secret");
    case Confidentiality::kSecretAnonymous:
      return text("officer.known.secret_anonymous");
  }
  return {};
}

std::string who_may_read(Confidentiality known, const Text& text) {
  switch (known) {
    case Confidentiality::kNameHidden:
      return text("officer.read.hidden");
    case Confidentiality::kOpen:
      return text("officer.read.open");
    case Confidentiality::kAnonymous:
      return text("officer.read.anonymous");
    case Confidentiality::kSecret:
    case Confidentiality::kSecretAnonymous:
      return text("officer.read.secret");
  }
  return {};
}

std::string role_words(Role role, const Text& text) {
  switch (role) {
    case Role::kOfficer:
      return text("officer.role.officer");
    case Role::kDistrictHead:
      return text("officer.role.head");
    case Role::kTechnician:
      return text("officer.role.technician");
    case Role::kSystem:
    case Role::kSuperAdmin:
    case Role::kLiaison:
    case Role::kOpdPic:
    case Role::kOpdHead:
    case Role::kInspectorate:
    case Role::kRegent:
    case Role::kSystemAdmin:
      break;  // they do not work at a kiosk
  }
  return {};
}

std::string when_words(WallMs at_ms, ClockConfidence clock, const Text& text) {
  const std::string when = short_day(text, local_date(at_ms)) + ", " + clock_time(text, local_time(at_ms));
  return clock_is_trusted(clock) ? when : text.format("officer.when.unsure", {when});
}

const char* act_name(OfficerAction action) {
  switch (action) {
    case OfficerAction::kVerify:
      return "officer.act.verify";
    case OfficerAction::kAnswerPublic:
      return "officer.act.answer_public";
    case OfficerAction::kAnswerPrivate:
      return "officer.act.answer_private";
    case OfficerAction::kAskMore:
      return "officer.act.ask_more";
    case OfficerAction::kHandOver:
      return "officer.act.hand_over";
    case OfficerAction::kHold:
      return "officer.act.hold";
    case OfficerAction::kResolve:
      return "officer.act.resolve";
    case OfficerAction::kMarkDuplicate:
      return "officer.act.duplicate";
    case OfficerAction::kArchive:
      return "officer.act.archive";
    case OfficerAction::kSeeInQueue:
    case OfficerAction::kReadPrivate:
    case OfficerAction::kAssist:
    case OfficerAction::kReport:
    case OfficerAction::kSetOffice:
    case OfficerAction::kAnnounce:
    case OfficerAction::kLetIn:
    case OfficerAction::kMaintain:
      break;  // no key of a ticket
  }
  return "";
}

std::string act_id(OfficerAction action) {
  const std::string_view name = act_name(action);
  return std::string(name.substr(std::min(name.size(), std::string_view("officer.act.").size())));
}

const char* entry_icon(TimelineKind kind) {
  switch (kind) {
    case TimelineKind::kFiled:
      return "kiosk";
    case TimelineKind::kArrived:
      return "center";
    case TimelineKind::kVerified:
      return "check";
    case TimelineKind::kAssigned:
      return "next";
    case TimelineKind::kFollowUp:
    case TimelineKind::kOfficeAnswer:
      return "msg";
    case TimelineKind::kHeld:
      return "hourglass";
    case TimelineKind::kResolved:
      return "flag";
    case TimelineKind::kArchived:
      return "box";
    case TimelineKind::kPrivateMessage:
      return "lock";
    case TimelineKind::kMoreAsked:
      return "help";
    case TimelineKind::kPersonReply:
      return "person";
    case TimelineKind::kReopened:
      return "redo";
    case TimelineKind::kRated:
      return "star";
    case TimelineKind::kDuplicate:
      return "copies";
    case TimelineKind::kAssisted:
      return "people";
  }
  return "log";
}

std::string entry_words(const TimelineEntry& entry, const staff::Context& context, const Text& text) {
  const std::string who = actor_words(entry, context);
  switch (entry.kind) {
    case TimelineKind::kFiled:
      return text("officer.entry.filed");
    case TimelineKind::kArrived:
      return text("officer.entry.arrived");
    case TimelineKind::kVerified:
      return text.format("officer.entry.verified", {who});
    case TimelineKind::kAssigned:
      return text.format("officer.entry.assigned", {opd_words(entry.opd, context, text), who});
    case TimelineKind::kFollowUp:
      return text.format("officer.entry.follow_up", {who});
    case TimelineKind::kHeld:
      return text.format("officer.entry.held", {who});
    case TimelineKind::kResolved:
      return text.format("officer.entry.resolved", {who});
    case TimelineKind::kArchived:
      return text.format("officer.entry.archived", {who});
    case TimelineKind::kPrivateMessage:
      return text.format("officer.entry.private", {who});
    case TimelineKind::kPersonReply:
      return text("officer.entry.reply");
    case TimelineKind::kReopened:
      return text("officer.entry.reopened");
    case TimelineKind::kRated:
      return text.format("officer.entry.rated", {std::to_string(entry.score)});
    case TimelineKind::kOfficeAnswer:
      return text.format("officer.entry.office", {who});
    case TimelineKind::kMoreAsked:
      return text.format("officer.entry.asked", {who});
    case TimelineKind::kDuplicate:
      return text.format("officer.entry.duplicate", {entry.text, who});
    case TimelineKind::kAssisted:
      return text.format("officer.entry.assisted", {who});
  }
  return {};
}

}  // namespace mimika::screens
