#include "ui/screens/officer/ticket_page.h"

#include <algorithm>

#include "kiosk/base/wipe.h"
#include "ui/screens/officer/desk_words.h"
#include "ui/screens/resident/camera.h"
#include "ui/screens/resident/common.h"

namespace mimika::screens {
namespace {

using ui::Rect;
using ui::TextStyle;
namespace did = staff::action;

constexpr const char* kViewfinderNow = "image/camera";
constexpr float kActsMm = 100.0F;
constexpr float kActLeastMm = 42.0F;
constexpr float kPictureMm = 34.0F;
constexpr float kEntryIconMm = 6.0F;
constexpr float kLabelMm = 36.0F;

constexpr OfficerAction kActs[] = {
    OfficerAction::kVerify,  OfficerAction::kAnswerPublic,  OfficerAction::kAnswerPrivate,
    OfficerAction::kAskMore, OfficerAction::kHandOver,      OfficerAction::kHold,
    OfficerAction::kResolve, OfficerAction::kMarkDuplicate, OfficerAction::kArchive};

const char* act_icon(OfficerAction action) {
  switch (action) {
    case OfficerAction::kVerify:
      return "check";
    case OfficerAction::kAnswerPublic:
      return "msg";
    case OfficerAction::kAnswerPrivate:
      return "lock";
    case OfficerAction::kAskMore:
      return "help";
    case OfficerAction::kHandOver:
      return "next";
    case OfficerAction::kHold:
      return "pause";
    case OfficerAction::kResolve:
      return "flag";
    case OfficerAction::kMarkDuplicate:
      return "copies";
    case OfficerAction::kArchive:
      return "box";
    default:
      return "log";
  }
}

// Why a key does not work, as far as the ticket itself says it; else the role or the scope does not allow it.
std::string why_not(OfficerAction action, const staff::Case& made, const staff::Context& context, const Text& text) {
  const TicketStatus status = made.ticket.status;
  if (made.unreadable == staff::Unreadable::kNotForOffice) return text("officer.unreadable.office");
  const bool closed = status == TicketStatus::kResolved || status == TicketStatus::kArchived;
  if (closed) return text("officer.why_not.closed");
  if (action == OfficerAction::kVerify && status != TicketStatus::kSavedHere && status != TicketStatus::kUnverified) {
    return text("officer.why_not.verified");
  }
  if (action == OfficerAction::kHold && status == TicketStatus::kHeld) return text("officer.why_not.held");
  if (context.standing.scope == StaffScope::kNarrow) return text("officer.narrow");
  return text("officer.not_for_role");
}

std::string unreadable_words(staff::Unreadable why, const Text& text) {
  switch (why) {
    case staff::Unreadable::kNo:
      return {};
    case staff::Unreadable::kNotAllowed:
      return text("officer.unreadable.role");
    case staff::Unreadable::kOtherKiosk:
      return text("officer.unreadable.other");
    case staff::Unreadable::kNotForOffice:
      return text("officer.unreadable.office");
    case staff::Unreadable::kDamaged:
      return text("officer.unreadable.damaged");
  }
  return {};
}

void add_fact(TicketPageView& view, std::string label, const PersonalText& value) {
  if (value.empty()) return;
  view.facts.push_back(
      {.label = std::move(label), .value = std::string(value.view()), .hearing = ui::Hearing::kOnRequest});
}

void fill_facts(TicketPageView& view, const staff::Case& made, const staff::Context& context, const Text& text) {
  const Ticket& ticket = made.ticket;
  add_fact(view, text("officer.fact.name"), made.name);
  add_fact(view, text("officer.fact.phone"), made.phone);
  add_fact(view, text("officer.fact.nik"), made.nik);
  add_fact(view, text("officer.fact.address"), made.address);
  const std::string kampung = kampung_words(made.kampung ? made.kampung : ticket.kampung, context);
  if (!kampung.empty()) view.facts.push_back({.label = text("officer.fact.place"), .value = kampung});
  add_fact(view, text("officer.fact.landmark"), made.landmark);
  const Service* service = ticket.service ? context.catalogue.find_service(*ticket.service) : nullptr;
  for (const staff::CaseField& field : made.fields) {
    std::string label = field.field;
    if (service != nullptr) {
      const auto found = std::ranges::find(service->fields, field.field, &ServiceField::id);
      if (found != service->fields.end()) label = in_language(found->label, text);
    }
    add_fact(view, std::move(label), field.answer);
  }
  view.facts.push_back({.label = text("officer.fact.opd"), .value = opd_words(ticket.opd, context, text)});
}

void fill_media(TicketPageView& view, const staff::Session& session, const Text& text) {
  int number = 0;
  for (const staff::CaseMedia& media : session.ticket->media) {
    const std::string count = std::to_string(++number);
    if (media.media == MediaKind::kVoice) {
      const bool heard = session.media == media.event;
      view.media.push_back({desk_key("case.media." + count, text(heard ? "officer.voice.stop" : "officer.voice.play"),
                                     heard ? "stop" : "play", ui::KeyKind::kVoice),
                            did::OpenMedia{media.event}});
      continue;
    }
    view.pictures.push_back(
        {.name = case_picture(media.event),
         .label = text.format(media.media == MediaKind::kPaper ? "officer.paper" : "officer.photo", {count}),
         .id = "case.media." + count,
         .does = did::OpenMedia{media.event}});
  }
}

void fill_entries(TicketPageView& view, const staff::Case& made, const staff::Context& context, const Text& text) {
  view.timeline_title = text("officer.timeline");
  const std::vector<TimelineEntry>& timeline = made.ticket.timeline;
  for (auto entry = timeline.rbegin(); entry != timeline.rend(); ++entry) {
    TicketPageView::Entry shown;
    shown.icon = entry_icon(entry->kind);
    shown.title = entry_words(*entry, context, text);
    shown.when = when_words(entry->at_ms, entry->confidence, text);
    if (entry->kind != TimelineKind::kDuplicate) shown.text = entry->text;
    const auto said = std::ranges::find(made.said, entry->event, &staff::SaidText::event);
    if (said != made.said.end()) {
      shown.text = std::string(said->text.view());
      shown.of_person = true;
    } else if (shown.text.empty() && !entry->sealed_text.empty()) {
      shown.text = text("officer.entry.sealed");
    }
    if (!entry->applied) {
      shown.remark = text("officer.entry.not_applied");
    } else if (entry->pending) {
      shown.remark = text("officer.entry.pending");
    }
    view.entries.push_back(std::move(shown));
  }
}

// --- drawing

float fact_height(const ui::LabelledRow& fact, const ui::Ui& ui, float width) {
  const float label = ui.px(kLabelMm) * letter_growth(ui);
  return std::max(ui.text_height(fact.label, TextStyle::kStaff, label - ui.px(2)),
                  ui.text_height(fact.value, TextStyle::kStaffStrong, width - label)) +
         ui.px(1.4F);
}

void draw_fact(const ui::LabelledRow& fact, ui::Ui& ui, Rect row) {
  Rect label = row.cut_left(ui.px(kLabelMm) * letter_growth(ui));
  label.cut_right(ui.px(2));
  ui.text(fact.label, label, {.style = TextStyle::kStaff, .colour = ui.colours().staff2});
  ui.text(fact.value, row, {.style = TextStyle::kStaffStrong, .hearing = fact.hearing});
}

// A card whose height is what its lines need.
class CardLines {
 public:
  CardLines(ui::Ui& ui, float width) : ui_(ui), inner_(width - 2 * ui.px(4.4F)) {}
  void text(const std::string& words, TextStyle style, float gap_mm) {
    if (!words.empty()) height_ += ui_.text_height(words, style, inner_) + ui_.px(gap_mm);
  }
  void add(float height) { height_ += height; }
  [[nodiscard]] float inner() const { return inner_; }
  [[nodiscard]] float height() const { return height_ + 2 * ui_.px(4.4F); }

 private:
  ui::Ui& ui_;
  float inner_;
  float height_ = 0;
};

void draw_person_card(const TicketPageView& view, ui::Ui& ui, ui::Flow& flow) {
  CardLines lines(ui, flow.width());
  lines.text(view.unreadable, TextStyle::kStaffStrong, 2);
  lines.text(view.story, TextStyle::kStaff, 3);
  for (const ui::LabelledRow& fact : view.facts) lines.add(fact_height(fact, ui, lines.inner()));
  lines.text(view.may_read, TextStyle::kStaff, 0);
  lines.add(ui.px(2));
  const Rect place = flow.next(lines.height());
  Rect inside = ui.card(place);
  const auto put = [&](const std::string& words, TextStyle style, float gap_mm, ui::Hearing hearing,
                       std::optional<ui::Colour> colour = {}) {
    if (words.empty()) return;
    ui.text(words, inside.cut_top(ui.text_height(words, style, inside.w), ui.px(gap_mm)),
            {.style = style, .colour = colour, .hearing = hearing});
  };
  put(view.unreadable, TextStyle::kStaffStrong, 2, ui::Hearing::kAlways);
  put(view.story, TextStyle::kStaff, 3, ui::Hearing::kOnRequest);
  for (const ui::LabelledRow& fact : view.facts) draw_fact(fact, ui, inside.cut_top(fact_height(fact, ui, inside.w)));
  inside.cut_top(ui.px(2));
  put(view.may_read, TextStyle::kStaff, 0, ui::Hearing::kAlways, ui.colours().staff2);
}

std::optional<staff::Action> draw_media(const TicketPageView& view, ui::Ui& ui, ui::Flow& flow) {
  std::optional<staff::Action> action;
  if (!view.media.empty()) {
    Rect row = flow.next(desk_keys_height(view.media, ui, flow.width()) + ui.px(ui::mm::kKeyEdge));
    if (auto pressed = draw_desk_keys(view.media, ui, row)) action = std::move(pressed);
  }
  if (view.pictures.empty()) return action;
  const int across = ui::columns_that_fit(flow.width(), ui.px(kPictureMm), ui.key_gap(), 4);
  for (std::size_t i = 0; i < view.pictures.size();) {
    const float caption = ui.line_height(TextStyle::kStaff) + ui.px(1);
    const float cell = ui::columns({0, 0, flow.width(), 0}, across, ui.key_gap()).front().w;
    const std::vector<Rect> cells = ui::columns(flow.next(cell * 0.6F + caption), across, ui.key_gap());
    for (const Rect& place : cells) {
      if (i == view.pictures.size()) break;
      const TicketPageView::Picture& picture = view.pictures[i++];
      const auto touch = ui.touchable(picture.id, place, ui::Role::kKey, picture.label);
      Rect seen = place;
      const Rect below = seen.cut_bottom(caption);
      ui.round(seen, ui.px(ui::mm::kKeyRadius), ui.colours().deep);
      ui.picture(picture.name, seen, ui::Fit::kMeet, ui.px(ui::mm::kKeyRadius));
      ui.text(ui.one_line(picture.label, TextStyle::kStaff, below.w), below,
              {.style = TextStyle::kStaff, .hearing = ui::Hearing::kNever});
      if (touch.focused) ui.focus_ring(place, ui.px(ui::mm::kKeyRadius));
      if (touch.activated) action = picture.does;
    }
  }
  return action;
}

void draw_entry(const TicketPageView::Entry& entry, ui::Ui& ui, ui::Flow& flow) {
  const float lead = ui.px(kEntryIconMm) + ui.px(3);
  const float width = flow.width() - lead;
  const float pad = ui.px(2.6F);
  const float title = ui.text_height(entry.title, TextStyle::kStaffStrong, width);
  const float when = ui.text_height(entry.when, TextStyle::kStaff, width);
  const float words =
      entry.text.empty() ? 0 : ui.text_height(entry.text, TextStyle::kStaff, width - 2 * pad) + 2 * pad + ui.px(1.4F);
  const float remark =
      entry.remark.empty() ? 0 : ui.text_height(entry.remark, TextStyle::kStaffStrong, width) + ui.px(1);
  Rect row = flow.next(title + when + words + remark);
  const float size = ui.px(kEntryIconMm);
  const Rect sign = row.cut_left(size, ui.px(3));
  ui.icon(entry.icon, {sign.x, sign.y, size, size});
  ui.text(entry.title, row.cut_top(title), {.style = TextStyle::kStaffStrong});
  ui.text(entry.when, row.cut_top(when), {.style = TextStyle::kStaff, .colour = ui.colours().staff2});
  if (words > 0) {
    row.cut_top(ui.px(1.4F));
    const Rect box = row.cut_top(words - ui.px(1.4F));
    ui.round(box, ui.px(ui::mm::kKeyRadius),
             ui.colours().plain() ? ui.colours().surface
             : entry.of_person    ? ui.colours().sky
                                  : ui.colours().surface);
    ui.text(entry.text, box.inset(pad), {.style = TextStyle::kStaff, .hearing = ui::Hearing::kOnRequest});
  }
  if (remark > 0) {
    row.cut_top(ui.px(1));
    ui.text(entry.remark, row, {.style = TextStyle::kStaffStrong});
  }
}

}  // namespace

std::string case_picture(const EventKey& event) {
  return "image/case-" + std::to_string(event.device.value) + "-" + std::to_string(event.epoch.value) + "-" +
         std::to_string(event.seq.value);
}

TicketPageView make_ticket_page(const staff::Session& session, const staff::Context& context, const Text& text) {
  TicketPageView view;
  const staff::Case& made = *session.ticket;
  const Ticket& ticket = made.ticket;
  const SignWords sign = sign_of_ticket(ticket, made.mark, text);
  view.head = {.title = format_ticket_number(ticket.number),
               .detail = subject_of_case(made, context, text) + " · " + known_words(ticket.confidentiality, text),
               .back = desk_back(text),
               .sign = sign.sign,
               .sign_word = sign.words};
  view.note = note_of(session, context, text);
  view.unreadable = unreadable_words(made.unreadable, text);
  view.may_read = who_may_read(ticket.confidentiality, text);
  if (!made.story.empty()) view.story = text.format("officer.quoted", {made.story.view()});
  fill_facts(view, made, context, text);
  fill_media(view, session, text);
  fill_entries(view, made, context, text);
  for (const OfficerAction action : kActs) {
    const bool may = made.may.at(static_cast<std::size_t>(action));
    const bool first = view.acts.empty();
    DeskKey key{desk_key(std::string("case.") + act_id(action), text(act_name(action)), act_icon(action),
                         first && may ? ui::KeyKind::kPrimary : ui::KeyKind::kSecondary),
                did::Compose{action}};
    if (!may) key.view.disabled_reason = why_not(action, made, context, text);
    view.acts.push_back(std::move(key));
  }
  return view;
}

std::optional<staff::Action> draw_ticket_page(const TicketPageView& view, ui::Ui& ui) {
  Rect area = draw_desk_ground(ui);
  std::optional<staff::Action> action = draw_desk_head(view.head, ui, area);
  const float least = ui.px(kActLeastMm) * letter_growth(ui);
  const float beside = std::min(ui.px(kActsMm) * letter_growth(ui), area.w * 0.48F);
  Rect acts = area;
  int across = 1;
  if (ui.landscape()) {
    acts = area.cut_right(beside, ui.gap());
    across = ui::columns_that_fit(acts.w, least, ui.key_gap(), 2);
  } else {
    across = ui::columns_that_fit(area.w, least, ui.key_gap(), 3);
    acts = area.cut_bottom(desk_grid_height(view.acts, across, ui, area.w), ui.gap());
  }
  if (auto pressed = draw_desk_grid(view.acts, across, ui, acts)) action = std::move(pressed);
  // Beside the keys: they keep their places whatever is said.
  draw_desk_note(view.note, ui, area);
  ui.scroll("case", area, [&](ui::Flow& flow) {
    draw_person_card(view, ui, flow);
    if (auto opened = draw_media(view, ui, flow)) action = std::move(opened);
    flow.text(view.timeline_title, {.style = TextStyle::kStaffTitle});
    for (const TicketPageView::Entry& entry : view.entries) draw_entry(entry, ui, flow);
  });
  return action;
}

void overwrite(TicketPageView& view) {
  wipe(view.story);
  for (ui::LabelledRow& fact : view.facts) wipe(fact.value);
  for (TicketPageView::Entry& entry : view.entries) wipe(entry.text);
}

PhotoPageView make_photo_page(const staff::Session& session, const staff::Context& context, const Text& text) {
  PhotoPageView view;
  view.head = {.title = format_ticket_number(session.ticket->ticket.number),
               .detail = text("officer.photo.may_read"),
               .back = desk_back(text)};
  view.note = note_of(session, context, text);
  if (session.media) view.picture = case_picture(*session.media);
  return view;
}

PhotoPageView make_camera_page(const staff::Session& session, const staff::Context& context, const Text& text) {
  PhotoPageView view;
  const Viewfinder& finder = session.viewfinder;
  view.head = {.title = text(finder.taken ? "camera.title.taken" : "officer.evidence.title"),
               .detail = text("officer.evidence.detail"),
               .back = desk_back(text)};
  view.note = note_of(session, context, text);
  if (finder.taken) {
    view.picture = photo_picture(*finder.taken);
    view.head.keys.push_back({desk_key("photo.again", text("photo.again"), "redo"), did::AgainPhoto{}});
    view.head.keys.push_back(
        {desk_key("photo.keep", text("photo.keep"), "check", ui::KeyKind::kPrimary), did::KeepPhoto{}});
    return view;
  }
  const bool sees = finder.sight == CameraSight::kLive || finder.sight == CameraSight::kTooDark;
  if (sees) view.picture = kViewfinderNow;
  const std::string trouble = sees                                     ? std::string()
                              : finder.sight == CameraSight::kStarting ? text("camera.starting")
                                                                       : text("officer.camera.none");
  DeskKey take{
      desk_key("photo.take", text(finder.taking ? "photo.taking" : "photo.take"), "camera", ui::KeyKind::kPrimary),
      did::TakePhoto{}};
  take.view.disabled_reason = trouble;
  view.head.keys.push_back(std::move(take));
  if (view.note.words.empty() && !trouble.empty()) view.note = {trouble, NoteTone::kPlain};
  if (finder.failed) view.note = {text("camera.failed"), NoteTone::kTrouble};
  return view;
}

std::optional<staff::Action> draw_photo_page(const PhotoPageView& view, ui::Ui& ui) {
  Rect area = draw_desk_ground(ui);
  std::optional<staff::Action> action = draw_desk_head(view.head, ui, area);
  draw_desk_note(view.note, ui, area);
  const float radius = ui.px(ui::mm::kTileRadius);
  ui.round(area, radius, ui.colours().deep);
  if (!view.picture.empty()) ui.picture(view.picture, area, ui::Fit::kMeet, radius);
  return action;
}

}  // namespace mimika::screens
