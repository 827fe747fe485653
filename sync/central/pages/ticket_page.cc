// One ticket: what it is, what has happened, and what this person may do about it.
#include <algorithm>
#include <array>
#include <charconv>

#include "kiosk/base/log.h"
#include "kiosk/model/clock_estimate.h"
#include "sync/central/pages/format.h"
#include "sync/central/pages/page_context.h"
#include "sync/central/store/blobs.h"
#include "sync/central/store/clocks.h"

namespace mimika::central {
namespace {

struct Verb {
  TicketAction action;
  const char* name;     // in the path and of the section in ticket.tpl (upper case there)
  const char* section;  // "VERIFY"
};
constexpr std::array<Verb, 7> kVerbs = {{{TicketAction::kVerify, "verify", "VERIFY"},
                                         {TicketAction::kAssign, "assign", "ASSIGN"},
                                         {TicketAction::kFollowUp, "follow-up", "FOLLOW_UP"},
                                         {TicketAction::kResolve, "resolve", "RESOLVE"},
                                         {TicketAction::kHold, "hold", "HOLD"},
                                         {TicketAction::kMessage, "message", "MESSAGE"},
                                         {TicketAction::kArchive, "archive", "ARCHIVE"}}};

// What the person had written when it could not be done: given back, never lost.
struct Draft {
  TicketAction action = TicketAction::kVerify;
  std::string text;
  std::string problem;
};

struct TicketView {
  const TicketRow& row;
  const OpenedCase* opened = nullptr;
  const Draft* draft = nullptr;
  int status = 200;
};

const char* timeline_text(TimelineKind kind) {
  switch (kind) {
    case TimelineKind::kFiled:
      return "timeline.filed";
    case TimelineKind::kArrived:
      return "timeline.arrived";
    case TimelineKind::kVerified:
      return "timeline.verified";
    case TimelineKind::kAssigned:
      return "timeline.assigned";
    case TimelineKind::kFollowUp:
      return "timeline.follow_up";
    case TimelineKind::kHeld:
      return "timeline.held";
    case TimelineKind::kResolved:
      return "timeline.resolved";
    case TimelineKind::kArchived:
      return "timeline.archived";
    case TimelineKind::kPersonReply:
      return "timeline.person_reply";
    case TimelineKind::kReopened:
      return "timeline.reopened";
    case TimelineKind::kRated:
      return "timeline.rated";
    case TimelineKind::kOfficeAnswer:
      return "timeline.office_answer";
    case TimelineKind::kMoreAsked:
      return "timeline.more_asked";
    case TimelineKind::kDuplicate:
      return "timeline.duplicate";
    case TimelineKind::kAssisted:
      return "timeline.assisted";
    case TimelineKind::kPrivateMessage:
      break;
  }
  return "timeline.message";
}

// By score, 1 to 4; 0 is none.
constexpr std::array<const char*, kBestScore + 1> kScoreWords = {"score.none", "score.1", "score.2", "score.3",
                                                                 "score.4"};

bool is_of_person(TimelineKind kind) {
  return kind == TimelineKind::kPersonReply || kind == TimelineKind::kReopened;
}

const PrivatePart* said_in(const OpenedCase& opened, const EventKey& event) {
  const auto found = opened.said.find(event);
  return found == opened.said.end() ? nullptr : &found->second.part();
}

const char* known_text(Confidentiality confidentiality) {
  switch (confidentiality) {
    case Confidentiality::kNameHidden:
      return "known.name_hidden";
    case Confidentiality::kOpen:
      return "known.open";
    case Confidentiality::kAnonymous:
      return "known.anonymous";
    case Confidentiality::kSecret:
      return "known.secret";
    case Confidentiality::kSecretAnonymous:
      break;
  }
  return "known.secret_anonymous";
}

void add_fact(Dictionary& body, const PageContext& context, const char* label, const std::string& value) {
  if (value.empty()) return;
  Dictionary* fact = body.AddSectionDictionary("FACT");
  fact->SetValue("LABEL", context.text(label));
  fact->SetValue("VALUE", value);
}

// By our clock, as far as it can be known.
std::string filed_words(const PageContext& context, const Ticket& ticket) {
  const std::string claimed = date_and_time(context, ticket.filed_ms);
  if (ticket.filed_confidence == ClockConfidence::kSynced) return claimed;
  const auto range = when_happened(context.database, ticket.id);
  if (!range || !*range) return context.text("fact.clock_unsure", {claimed});
  const std::string earliest = date_and_time(context, (*range)->earliest_ms);
  const std::string latest = date_and_time(context, (*range)->latest_ms);
  if (earliest == latest) return context.text("fact.clock_ours", {earliest});
  return context.text("fact.clock_between", {earliest, latest});
}

// How many photos, voices and papers were put to it; what they show is sealed.
std::string shown_words(const PageContext& context, const Ticket& ticket) {
  const auto attachments = attachments_of(context.database, ticket.id);
  if (!attachments || attachments->empty()) return {};
  std::string words;
  for (const auto& [media, id] :
       {std::pair{MediaKind::kPhoto, "fact.shown.photos"}, std::pair{MediaKind::kVoice, "fact.shown.voices"},
        std::pair{MediaKind::kPaper, "fact.shown.papers"}}) {
    const auto count = std::ranges::count(*attachments, media, &Attachment::media);
    if (count == 0) continue;
    if (!words.empty()) words += ", ";
    words += context.text(id, {std::to_string(count)});
  }
  return words;
}

void fill_facts(Dictionary& body, const PageContext& context, const Ticket& ticket) {
  const std::string filed = filed_words(context, ticket);
  add_fact(body, context, "fact.kind", kind_name(context, ticket.kind));
  add_fact(body, context, "fact.place", place_of(context, ticket));
  add_fact(body, context, "fact.known", context.text(known_text(ticket.confidentiality)));
  add_fact(body, context, "fact.filed", filed);
  if (ticket.arrived_ms) add_fact(body, context, "fact.arrived", date_and_time(context, *ticket.arrived_ms));
  if (ticket.reopened_ms) add_fact(body, context, "fact.reopened", date_and_time(context, *ticket.reopened_ms));
  add_fact(body, context, "fact.shown", shown_words(context, ticket));
  add_fact(body, context, "fact.opd", ticket.opd ? opd_name(context, *ticket.opd) : context.text("ticket.no_opd"));
}

void fill_timeline(Dictionary& body, const PageContext& context, const Ticket& ticket, const OpenedCase* opened) {
  for (const TimelineEntry& entry : ticket.timeline) {
    Dictionary* step = body.AddSectionDictionary("STEP");
    const std::string opd = entry.opd.value.empty() ? std::string() : opd_name(context, entry.opd);
    const std::string what =
        entry.kind == TimelineKind::kRated ? context.text(kScoreWords[entry.score % kScoreWords.size()]) : opd;
    step->SetValue("WHAT", context.text(timeline_text(entry.kind), {what}));
    step->SetValue("WHEN", date_and_time(context, entry.at_ms));
    if (!entry.actor.name.empty()) {
      const std::string office =
          entry.actor.opd.value.empty() ? role_words(context, entry.actor.role) : opd_name(context, entry.actor.opd);
      step->SetValueAndShowSection("BY", entry.actor.name + ", " + office, "BY_LINE");
    }
    if (!entry.text.empty()) step->SetValueAndShowSection("WORDS", entry.text, "WORDS_LINE");
    const auto said = opened == nullptr ? nullptr : said_in(*opened, entry.event);
    if (said != nullptr) {
      step->SetValueAndShowSection("WORDS", said->story, "WORDS_LINE");
    } else if (!entry.sealed_text.empty()) {
      step->ShowSection(is_of_person(entry.kind) ? "SEALED_BY_PERSON" : "SEALED");
    }
    if (!entry.applied) step->ShowSection("NOT_APPLIED");
  }
}

void add_private(Dictionary& box, const PageContext& context, const char* label, const std::string& value) {
  if (value.empty()) return;
  Dictionary* line = box.AddSectionDictionary("PRIVATE_FACT");
  line->SetValue("LABEL", context.text(label));
  line->SetValue("VALUE", value);
}

// Labels of a service's own questions come from the catalogue.
std::string field_label(const PageContext& context, const Ticket& ticket, const std::string& field_id) {
  const Service* service = ticket.service ? context.kit.catalogue.find_service(*ticket.service) : nullptr;
  if (service == nullptr) return field_id;
  const auto found = std::ranges::find(service->fields, field_id, &ServiceField::id);
  return found == service->fields.end() ? field_id : in_language(found->label, context.language);
}

void fill_private(Dictionary& body, const PageContext& context, const Ticket& ticket, const PrivatePart& part) {
  Dictionary* box = body.AddSectionDictionary("PRIVATE");
  if (!part.story.empty()) box->SetValueAndShowSection("STORY", part.story, "STORY_BOX");
  if (part.category) add_private(*box, context, "private.category", category_name(context, *part.category));
  if (part.kampung) {
    const Kampung* kampung = context.kit.catalogue.find_kampung(*part.kampung);
    add_private(*box, context, "private.kampung", kampung == nullptr ? part.kampung->value : kampung->name);
  }
  add_private(*box, context, "private.landmark", part.landmark);
  add_private(*box, context, "private.name", part.name);
  add_private(*box, context, "private.nik", part.nik);
  add_private(*box, context, "private.phone", part.phone);
  add_private(*box, context, "private.address", part.address);
  for (const auto& [id, answer] : part.fields) {
    if (answer.empty()) continue;
    Dictionary* line = box->AddSectionDictionary("PRIVATE_FACT");
    line->SetValue("LABEL", field_label(context, ticket, id));
    line->SetValue("VALUE", answer);
  }
}

// Whom a category names first stands first; the rest follow in the catalogue's order.
void fill_opd_choice(Dictionary& section, const PageContext& context, const TicketRow& row) {
  const Category* category = row.routing_category && !is_secret(row.ticket.confidentiality)
                                 ? context.kit.catalogue.find_category(*row.routing_category)
                                 : nullptr;
  const Service* service = row.ticket.service ? context.kit.catalogue.find_service(*row.ticket.service) : nullptr;
  const std::vector<OpdId> likely = category != nullptr  ? category->opds
                                    : service != nullptr ? service->opds
                                                         : std::vector<OpdId>();
  const auto add = [&](const char* name, const OpdId& id) {
    if (!may_receive(row, id, context.kit.catalogue)) return;
    Dictionary* option = section.AddSectionDictionary(name);
    option->SetValue("ID", id.value);
    option->SetValue("NAME", opd_name(context, id));
  };
  for (const OpdId& id : likely) add("LIKELY", id);
  for (const Opd& opd : context.kit.catalogue.opds) {
    if (std::ranges::find(likely, opd.id) == likely.end()) add("OTHER", opd.id);
  }
}

void fill_actions(Dictionary& body, const PageContext& context, const TicketView& view) {
  const Ticket& ticket = view.row.ticket;
  bool any = false;
  for (const Verb& verb : kVerbs) {
    const bool may = allowed(permission_for(verb.action), context.account(), view.row, context.kit.catalogue) &&
                     possible(verb.action, ticket);
    if (!may) continue;
    any = true;
    Dictionary* section = body.AddSectionDictionary(verb.section);
    section->SetValue("DO", ticket_path(ticket.id) + "/" + verb.name);
    section->SetIntValue("SEEN", static_cast<long>(ticket.timeline.size()));
    section->SetValue("CSRF", context.session->csrf_token);
    if (is_secret(ticket.confidentiality)) section->ShowSection("TO_RECEIPT");
    if (verb.action == TicketAction::kAssign) fill_opd_choice(*section, context, view.row);
    if (view.draft != nullptr && view.draft->action == verb.action) {
      section->SetValue("DRAFT", view.draft->text);
      section->ShowSection("OPENED");
    }
  }
  if (any) body.ShowSection("ACTIONS");
}

http::Response show(const PageContext& context, const TicketView& view) {
  const Ticket& ticket = view.row.ticket;
  const Mark mark = mark_now(context, ticket);
  const bool about_staff = is_about_staff(view.row, context.kit.catalogue);
  const bool may_open = allowed(Permission::kOpenPrivatePart, context.account(), view.row, context.kit.catalogue);
  return render(context, view.status, format_ticket_number(ticket.number), "ticket", [&](Dictionary& body) {
    body.SetValue("MARK", mark_symbol(mark));
    body.SetValue("MARK_WORDS", mark_words(context, ticket, mark));
    body.SetValue("NUMBER", format_ticket_number(ticket.number));
    body.SetValue("TITLE", title_of(context, ticket));
    if (about_staff && context.account().role != Role::kRegent) body.ShowSection("ABOUT_STAFF");
    if (view.draft != nullptr) body.SetValueAndShowSection("PROBLEM", view.draft->problem, "PROBLEM_BOX");
    if (const auto done = context.request.query_value("done"); done == "1") body.ShowSection("DONE");
    fill_facts(body, context, ticket);
    fill_timeline(body, context, ticket, view.opened);
    if (view.opened != nullptr) {
      fill_private(body, context, ticket, view.opened->filing.part());
    } else if (may_open) {
      Dictionary* closed = body.AddSectionDictionary("CLOSED");
      closed->SetValue("DO", ticket_path(ticket.id) + "/open");
      closed->SetValue("CSRF", context.session->csrf_token);
    } else {
      body.ShowSection("UNREADABLE");
    }
    fill_actions(body, context, view);
  });
}

Result<std::optional<TicketRow>> visible_ticket(const PageContext& context, const TicketId& id) {
  TRY_ASSIGN(auto row, find_ticket(context.database, id));
  if (row && !allowed(Permission::kSeeTicket, context.account(), *row, context.kit.catalogue)) row.reset();
  return row;
}

std::string field(const http::Fields& form, std::string_view name) {
  const auto found = form.find(name);
  return found == form.end() ? std::string() : found->second;
}

http::Response opened_page(const PageContext& context, const TicketRow& row, Permission permission) {
  auto opened = context.kit.actions.open(context.database, context.account(), row.ticket.id, permission);
  if (opened) return show(context, {row, &*opened, nullptr, 200});
  if (opened.error().code == ErrorCode::kUnauthorised &&
      !allowed(permission, context.account(), row, context.kit.catalogue)) {
    return error_page(context, 403, "forbidden");
  }
  // A private part that does not open must not hide the rest of the ticket.
  log_error("pages", "the private part of {}: {}", to_string(row.ticket.id), opened.error().message);
  const Draft draft{TicketAction::kVerify, {}, context.text("private.does_not_open")};
  return show(context, {row, nullptr, &draft, 200});
}

http::Response could_not(const PageContext& context, const TicketRow& row, const ActionRequest& request,
                         const Error& error) {
  switch (error.code) {
    case ErrorCode::kUnauthorised:
      return error_page(context, 403, "forbidden");
    case ErrorCode::kNotFound:
      return error_page(context, 404, "not_found");
    case ErrorCode::kConflict: {
      const Draft draft{request.action, request.text, context.text("ticket.moved_on")};
      return show(context, {row, nullptr, &draft, 409});
    }
    case ErrorCode::kInvalidInput: {
      const Draft draft{request.action, request.text, context.text("ticket.bad_words")};
      return show(context, {row, nullptr, &draft, 422});
    }
    default:
      return failure_page(context, error);
  }
}

}  // namespace

http::Response ticket_page(const PageContext& context, const TicketId& id) {
  const auto row = visible_ticket(context, id);
  if (!row) return failure_page(context, row.error());
  if (!*row) return error_page(context, 404, "not_found");
  // One tap from the mark to the story: for the Regent it opens with the page, and is recorded like any reading.
  if (allowed(Permission::kReadStory, context.account(), **row, context.kit.catalogue)) {
    return opened_page(context, **row, Permission::kReadStory);
  }
  return show(context, {**row, nullptr, nullptr, 200});
}

http::Response ticket_submitted(const PageContext& context, const TicketId& id, const std::string& name,
                                const http::Fields& form) {
  const auto row = visible_ticket(context, id);
  if (!row) return failure_page(context, row.error());
  if (!*row) return error_page(context, 404, "not_found");
  if (name == "open") return opened_page(context, **row, Permission::kOpenPrivatePart);
  const auto verb = std::ranges::find_if(kVerbs, [&](const Verb& known) { return name == known.name; });
  if (verb == kVerbs.end()) return error_page(context, 404, "not_found");

  ActionRequest request;
  request.action = verb->action;
  request.ticket = id;
  request.text = field(form, verb->action == TicketAction::kAssign ? "opd" : "text");
  const std::string seen = field(form, "seen");
  std::from_chars(seen.data(), seen.data() + seen.size(), request.seen_entries);
  const Status done = context.kit.actions.act(context.database, context.account(), request);
  if (!done) return could_not(context, **row, request, done.error());
  return redirect(ticket_path(id) + "?done=1");
}

}  // namespace mimika::central
