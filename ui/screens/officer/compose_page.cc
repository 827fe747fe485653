#include "ui/screens/officer/compose_page.h"

#include <algorithm>

#include "kiosk/base/limits.h"
#include "ui/screens/officer/desk_words.h"
#include "ui/screens/resident/common.h"

namespace mimika::screens {
namespace {

using ui::Rect;
using ui::TextStyle;
namespace did = staff::action;

constexpr RowLook kOpdLook{.least_mm = 82};
constexpr std::size_t kTellLeftBytes = 400;  // before that nobody needs to count

constexpr const char* kHoldReasons[] = {"officer.reason.hold.plane", "officer.reason.hold.material",
                                        "officer.reason.hold.opd"};
constexpr const char* kArchiveReasons[] = {"officer.reason.archive.authority", "officer.reason.archive.withdrawn",
                                           "officer.reason.archive.unclear"};

const char* reader_of(OfficerAction action, const Ticket& ticket) {
  if (staff::speaks_in_public(action, ticket)) return "officer.reads.public";
  switch (action) {
    case OfficerAction::kAnswerPrivate:
    case OfficerAction::kAskMore:
      return "officer.reads.person";
    case OfficerAction::kMarkDuplicate:
      return "officer.reads.duplicate";
    default:
      return "officer.reads.sealed";
  }
}

const char* hint_of(OfficerAction action) {
  switch (action) {
    case OfficerAction::kAskMore:
      return "officer.hint.ask";
    case OfficerAction::kHold:
    case OfficerAction::kArchive:
      return "officer.hint.reason";
    case OfficerAction::kResolve:
      return "officer.hint.resolve";
    default:
      return "officer.hint.answer";
  }
}

const char* send_of(OfficerAction action) {
  return action == OfficerAction::kAnswerPublic || action == OfficerAction::kAnswerPrivate ||
                 action == OfficerAction::kAskMore
             ? "officer.compose.save"
             : "officer.compose.next";
}

template <std::size_t count>
void add_reasons(ComposeView& view, const char* const (&ids)[count], const Text& text, const Text& indonesian) {
  int number = 0;
  for (const char* id : ids) {
    view.reasons.push_back({desk_key("compose.reason." + std::to_string(++number), text(id), {}),
                            did::SetText{staff::TextTarget::kWords, indonesian(id)}});
  }
}

void fill_photos(ComposeView& view, const staff::Composing& composing, const Text& text) {
  int number = 0;
  for (const Photo& photo : composing.photos) {
    const std::string count = std::to_string(++number);
    view.photos.push_back({desk_key("compose.photo." + count, text.format("officer.photo.remove", {count}), "x"),
                           did::RemovePhoto{photo.id}});
  }
  DeskKey more{desk_key("compose.camera", text("officer.evidence"), "camera"), did::OpenCamera{}};
  if (composing.photos.size() >= limits::kPhotosPerFiling) more.view.disabled_reason = text("story.photo.full");
  view.photos.push_back(std::move(more));
}

std::string left_words(std::size_t used, std::size_t limit, const Text& text) {
  const std::size_t left = limit - std::min(used, limit);
  return left > kTellLeftBytes ? std::string() : text.count("officer.left", static_cast<long>(left));
}

}  // namespace

ComposeView make_compose_view(const staff::Session& session, const staff::Context& context, const Text& text,
                              const Text& indonesian) {
  ComposeView view;
  const staff::Composing& composing = session.composing;
  const Ticket& ticket = session.ticket->ticket;
  const OfficerAction action = composing.action;
  view.head = {.title = text(act_name(action)),
               .detail = format_ticket_number(ticket.number) + " · " + subject_of_case(*session.ticket, context, text),
               .back = desk_back(text),
               .together = true};
  DeskKey send{desk_key("compose.send", text(send_of(action)), "check", ui::KeyKind::kPrimary), did::SendWords{}};
  const bool duplicate = action == OfficerAction::kMarkDuplicate;
  const PersonalText& typed = duplicate ? composing.other : composing.words;
  if (session.waiting == staff::Waiting::kAct) {
    send.view.disabled_reason = text("officer.wait.save");
  } else if (typed.empty()) {
    send.view.disabled_reason = text(duplicate ? "officer.trouble.number" : "officer.trouble.no_words");
  }
  view.head.keys.push_back(std::move(send));
  view.note = note_of(session, context, text);
  const char* reader = reader_of(action, ticket);
  view.public_note = text(reader);
  view.public_icon = staff::speaks_in_public(action, ticket) || duplicate ? "eye" : "lock";
  view.target = duplicate ? staff::TextTarget::kDuplicateOf : staff::TextTarget::kWords;
  view.keyboard = duplicate ? ui::KeyboardKind::kCode : ui::KeyboardKind::kText;
  view.field = {.id = "staff.words",
                .text = std::string(typed.view()),
                .limit_bytes = duplicate ? 13 : limits::kReplyBytes,
                .kind = duplicate ? ui::FieldKind::kOneLine : ui::FieldKind::kManyLines,
                .hint = text(duplicate ? "officer.hint.number" : hint_of(action)),
                .starts_active = true};
  view.left = duplicate ? std::string() : left_words(typed.size(), limits::kReplyBytes, text);
  if (typed.empty() && action == OfficerAction::kHold) add_reasons(view, kHoldReasons, text, indonesian);
  if (typed.empty() && action == OfficerAction::kArchive) add_reasons(view, kArchiveReasons, text, indonesian);
  if (action == OfficerAction::kResolve) fill_photos(view, composing, text);
  return view;
}

ComposeView make_notice_view(const staff::Session& session, const staff::Context& context, const Text& text) {
  using staff::TextTarget;
  ComposeView view;
  view.head = {.title = text("officer.notice.title"), .back = desk_back(text), .together = true};
  DeskKey post{desk_key("notice.post", text("officer.notice.post"), "check", ui::KeyKind::kPrimary), did::PostNotice{}};
  if (session.notice_title.empty() || session.notice_text.empty()) {
    post.view.disabled_reason = text("officer.notice.missing");
  }
  view.head.keys.push_back(std::move(post));
  view.note = note_of(session, context, text);
  view.public_note = text("officer.notice.reads");
  view.public_icon = "eye";
  const auto part = [&](TextTarget target, const char* id, const char* words, bool written) {
    view.parts.push_back({.view = {.id = id,
                                   .label = text(words),
                                   .sign = written ? std::optional<ui::Sign>(ui::MarkKind::kGreen) : std::nullopt,
                                   .selected = session.notice_part == target},
                          .does = did::WriteNotice{target}});
  };
  part(TextTarget::kTitle, "notice.title", "officer.notice.part.title", !session.notice_title.empty());
  part(TextTarget::kWords, "notice.text", "officer.notice.part.text", !session.notice_text.empty());
  part(TextTarget::kUntil, "notice.until", "officer.notice.part.until", !session.notice_until.empty());
  view.target = session.notice_part;
  const bool title = view.target == TextTarget::kTitle;
  const bool until = view.target == TextTarget::kUntil;
  const PersonalText& typed = title ? session.notice_title : until ? session.notice_until : session.notice_text;
  const std::size_t limit = title ? limits::kAnnouncementTitleBytes : until ? 8 : limits::kAnnouncementBytes;
  view.keyboard = until ? ui::KeyboardKind::kDigits : ui::KeyboardKind::kText;
  view.field = {.id = title   ? "staff.notice_title"
                      : until ? "staff.notice_until"
                              : "staff.notice_text",
                .text = std::string(typed.view()),
                .limit_bytes = limit,
                .kind = title || until ? ui::FieldKind::kOneLine : ui::FieldKind::kManyLines,
                .hint = text(title   ? "officer.notice.hint.title"
                             : until ? "officer.notice.hint.until"
                                     : "officer.notice.hint.text"),
                .starts_active = true};
  if (!until) view.left = left_words(typed.size(), limit, text);
  return view;
}

std::optional<staff::Action> draw_compose(const ComposeView& view, ui::Ui& ui) {
  Rect area = draw_desk_ground(ui);
  std::optional<staff::Action> action = draw_desk_head(view.head, ui, area);
  draw_desk_note(view.note, ui, area);
  if (!view.parts.empty()) {
    if (auto chosen = draw_desk_tabs(view.parts, ui, area)) action = std::move(chosen);
  }
  const bool many = view.field.kind == ui::FieldKind::kManyLines;
  const float sign = ui.px(5.4F);
  const float note_width = area.w - sign - ui.px(2.4F);
  const std::string note = view.left.empty() ? view.public_note : view.public_note + "  " + view.left;
  const float note_height = std::max(sign, ui.text_height(note, TextStyle::kStaffStrong, note_width)) + ui.px(2);
  // As many reasons as leave the field its line; on a low panel the others are typed.
  std::vector<DeskKey> reasons = view.reasons;
  const float free = area.h - ui.keyboard_least_height(view.keyboard) - note_height -
                     ui.field_height(view.field, area.w, 1) - ui.px(6);
  while (!reasons.empty() && desk_keys_height(reasons, ui, area.w) > free) reasons.pop_back();
  const float keys = desk_keys_height(reasons, ui, area.w) + desk_keys_height(view.photos, ui, area.w);
  const float rows = keys > 0 ? keys + ui.px(4) : 0;
  const float field = ui.field_height(view.field, area.w, 1);
  ui.keyboard(view.keyboard, area, note_height + rows + field * (many ? 1.8F : 1.0F));
  Rect line = area.cut_top(note_height);
  line.h -= ui.px(2);
  ui.icon(view.public_icon, line.cut_left(sign, ui.px(2.4F)).centred({sign, sign}));
  ui.text(note, line, {.style = TextStyle::kStaffStrong, .valign = ui::VAlign::kMiddle});
  if (auto pressed = draw_desk_keys(view.photos, ui, area)) action = std::move(pressed);
  if (auto pressed = draw_desk_keys(reasons, ui, area)) action = std::move(pressed);
  const Rect place = many ? area : area.cut_top(field);
  if (auto typed = ui.field(view.field, place)) action = did::SetText{view.target, *std::move(typed)};
  return action;
}

void overwrite(ComposeView& view) {
  overwrite(view.field);
}

OpdsView make_opds_view(const staff::Session& session, const staff::Context& context, const Text& text) {
  OpdsView view;
  const staff::Case& made = *session.ticket;
  view.head = {.title = text("officer.opds.title"),
               .detail = format_ticket_number(made.ticket.number) + " · " + subject_of_case(made, context, text),
               .back = desk_back(text)};
  view.note = note_of(session, context, text);
  const std::optional<CategoryId>& category = made.category ? made.category : made.ticket.category;
  const Category* known = category ? context.catalogue.find_category(*category) : nullptr;
  const Service* service = made.ticket.service ? context.catalogue.find_service(*made.ticket.service) : nullptr;
  const std::vector<OpdId> likely = known != nullptr     ? known->opds
                                    : service != nullptr ? service->opds
                                                         : std::vector<OpdId>();
  const auto row = [&](const Opd& opd) {
    return DeskRow{.view = {.id = "opd." + opd.id.value,
                            .label = opd.short_name,
                            .detail = opd.name == opd.short_name ? std::string() : opd.name,
                            .icon = "center",
                            .selected = made.ticket.opd == opd.id},
                   .does = did::ChooseOpd{opd.id}};
  };
  for (const OpdId& id : likely) {
    if (const Opd* opd = context.catalogue.find_opd(id)) view.likely.push_back(row(*opd));
  }
  std::vector<const Opd*> others;
  for (const Opd& opd : context.catalogue.opds) {
    if (std::ranges::find(likely, opd.id) == likely.end()) others.push_back(&opd);
  }
  std::ranges::sort(others, {}, [](const Opd* opd) { return opd->short_name; });
  for (const Opd* opd : others) view.others.push_back(row(*opd));
  if (!view.likely.empty()) view.likely_title = text("officer.opds.likely");
  view.others_title = text("officer.opds.others");
  return view;
}

std::optional<staff::Action> draw_opds(const OpdsView& view, ui::Ui& ui) {
  Rect area = draw_desk_ground(ui);
  std::optional<staff::Action> action = draw_desk_head(view.head, ui, area);
  draw_desk_note(view.note, ui, area);
  ui.scroll("opds", area, [&](ui::Flow& flow) {
    if (!view.likely_title.empty()) {
      flow.text(view.likely_title, {.style = TextStyle::kStaffStrong});
      if (auto chosen = flow_desk_rows(view.likely, kOpdLook, ui, flow)) action = std::move(chosen);
    }
    flow.text(view.others_title, {.style = TextStyle::kStaffStrong});
    if (auto chosen = flow_desk_rows(view.others, kOpdLook, ui, flow)) action = std::move(chosen);
  });
  return action;
}

}  // namespace mimika::screens
