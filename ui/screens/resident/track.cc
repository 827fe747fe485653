#include "ui/screens/resident/track.h"

#include <algorithm>
#include <cmath>

#include "kiosk/base/wipe.h"
#include "kiosk/model/mark.h"
#include "ui/screens/resident/layout.h"
#include "ui/text/dates.h"

namespace mimika::screens {
namespace {

using ui::Rect;
using ui::TextStyle;

// Where the ticket stands now: a mark, or that it has not arrived where marks are given.
struct Now {
  ui::Sign sign = ui::PlaceKind::kNotArrived;
  std::string words;
};

Now now_of(const Ticket& ticket, const Mark& mark, const Text& text) {
  switch (mark.colour) {
    case MarkColour::kRed:
      if (mark.late()) return {ui::MarkKind::kLate, text.count("mark.late", mark.late_days)};
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

const TimelineEntry* last_of(const Ticket& ticket, TimelineKind kind) {
  const auto found = std::find_if(ticket.timeline.rbegin(), ticket.timeline.rend(),
                                  [&](const TimelineEntry& entry) { return entry.kind == kind && entry.applied; });
  return found == ticket.timeline.rend() ? nullptr : &*found;
}

// Two families on one path: saved and arrived, then the mark as it changed.
class PathMaker {
 public:
  PathMaker(const Ticket& ticket, const DeviceCode& here, const Now& now, const Text& text)
      : ticket_(ticket), here_(here), now_(now), text_(text) {}

  std::vector<ui::PathStep> run() && {
    const bool arrived = ticket_.arrived_ms.has_value();
    const bool followed_up = ticket_.first_follow_up_ms.has_value();
    const bool closed = ticket_.status == TicketStatus::kResolved || ticket_.status == TicketStatus::kArchived;
    const DeviceCode& kiosk = ticket_.number.device;
    add_words(ui::PlaceKind::kSavedHere,
              kiosk == here_ ? text_("track.saved") : text_.format("track.saved_at", {kiosk.value}), ticket_.filed_ms,
              !arrived);
    if (arrived) {
      add(ui::PlaceKind::kArrived, "track.arrived", ticket_.arrived_ms, false);
    } else {
      add_ahead(ui::PlaceKind::kNotArrived, "track.not_arrived");
    }
    add_red(arrived, followed_up, closed);
    add_yellow(followed_up, closed);
    add_end(closed);
    // What has not happened has no colour yet: only that an answer is to come.
    if (!followed_up && !closed) add_ahead(ui::PlaceKind::kAnswer, "track.ahead");
    return std::move(steps_);
  }

 private:
  void add(const ui::Sign& sign, const char* words, std::optional<WallMs> at, bool current) {
    add_words(sign, text_(words), at, current);
  }
  void add_words(const ui::Sign& sign, std::string words, std::optional<WallMs> at, bool current) {
    steps_.push_back({.sign = sign,
                      .title = std::move(words),
                      .date = at ? short_day(text_, local_date(*at)) : std::string(),
                      .reached = true,
                      .current = current});
  }
  void add_ahead(const ui::Sign& sign, const char* words) {
    steps_.push_back({.sign = sign, .title = text_(words), .reached = false});
  }

  void add_red(bool arrived, bool followed_up, bool closed) {
    // Held without an answer it is still red; where it stands now is on hold.
    const bool held = ticket_.status == TicketStatus::kHeld;
    const std::optional<WallMs> since = clock_start_ms(ticket_);
    if (ticket_.reopened) add(ui::MarkKind::kGrey, "track.reopened", last_reopening(), !since);
    if (since && !followed_up && !closed) return add_words(now_.sign, now_.words, since, !held);
    if (arrived && followed_up) add(ui::MarkKind::kRed, "mark.red", ticket_.arrived_ms, false);
  }

  std::optional<WallMs> last_reopening() const {
    const TimelineEntry* reopened = last_of(ticket_, TimelineKind::kReopened);
    return reopened == nullptr ? std::optional<WallMs>() : reopened->at_ms;
  }

  void add_yellow(bool followed_up, bool closed) {
    if (ticket_.status == TicketStatus::kHeld) {
      const TimelineEntry* held = last_of(ticket_, TimelineKind::kHeld);
      return add(ui::MarkKind::kHeld, "mark.held", held == nullptr ? std::optional<WallMs>() : held->at_ms, true);
    }
    if (followed_up) add(ui::MarkKind::kYellow, "mark.yellow", ticket_.first_follow_up_ms, !closed);
  }

  void add_end(bool closed) {
    if (ticket_.status == TicketStatus::kArchived)
      return add(ui::MarkKind::kGrey, "mark.closed", ticket_.closed_ms, true);
    if (closed) add(ui::MarkKind::kGreen, "mark.green", ticket_.closed_ms, true);
  }

  const Ticket& ticket_;
  const DeviceCode& here_;
  const Now& now_;
  const Text& text_;
  std::vector<ui::PathStep> steps_;
};

std::string who_answered(const TimelineEntry& entry, const SessionContext& context, const Text& text) {
  const Opd* opd = context.catalogue.find_opd(entry.actor.opd);
  const std::string who = opd != nullptr ? opd->short_name : entry.actor.name;
  const std::string when = day_and_month(text, local_date(entry.at_ms));
  switch (entry.kind) {
    case TimelineKind::kHeld:
      return text.format("track.held_by", {who, when});
    case TimelineKind::kArchived:
      return text.format("track.closed_by", {who, when});
    case TimelineKind::kPrivateMessage:
      return text.format("track.message_from", {who, when});
    case TimelineKind::kMoreAsked:
      return text.format("track.question_from", {who, when});
    case TimelineKind::kDuplicate:
      return text.format("track.duplicate_by", {who, when});
    case TimelineKind::kPersonReply:
      return text.format("track.you_wrote", {when});
    case TimelineKind::kReopened:
      return text.format("track.you_reopened", {when});
    default:
      return text.format("track.answer_from", {who, when});
  }
}

bool is_of_person(TimelineKind kind) {
  return kind == TimelineKind::kPersonReply || kind == TimelineKind::kReopened;
}

bool is_answer(TimelineKind kind) {
  return is_of_person(kind) || kind == TimelineKind::kFollowUp || kind == TimelineKind::kHeld ||
         kind == TimelineKind::kResolved || kind == TimelineKind::kArchived || kind == TimelineKind::kPrivateMessage ||
         kind == TimelineKind::kOfficeAnswer || kind == TimelineKind::kMoreAsked || kind == TimelineKind::kDuplicate;
}

// The newest answer first: it is what the person came for.
void fill_replies(TrackView& view, const Tracking& tracking, const SessionContext& context, const Text& text) {
  const Ticket& ticket = *tracking.ticket;
  bool sealed = false;
  for (auto entry = ticket.timeline.rbegin(); entry != ticket.timeline.rend(); ++entry) {
    if (!is_answer(entry->kind)) continue;
    std::string words = entry->text;
    const bool of_person = is_of_person(entry->kind);
    const bool for_person = !of_person && !entry->sealed_text.empty();
    if (entry->kind == TimelineKind::kReopened && entry->sealed_text.empty()) words = text("track.still_open");
    if (!entry->sealed_text.empty()) {
      const auto opened = std::find_if(tracking.replies.begin(), tracking.replies.end(),
                                       [&](const OpenedReply& reply) { return reply.event == entry->event; });
      if (opened == tracking.replies.end()) {
        sealed = sealed || !of_person;  // their own words are no news to them
        continue;
      }
      words = opened->text.empty() ? text("track.photo_only") : std::string(opened->text.view());
    }
    if (words.empty()) continue;
    view.replies.push_back({.title = who_answered(*entry, context, text),
                            .text = std::move(words),
                            .icon = of_person ? "person" : (for_person ? "lock" : "msg"),
                            .sealed = !entry->sealed_text.empty()});
  }
  if (sealed && (!tracking.opened || tracking.sealed_news)) view.sealed_note = text("track.sealed");
  if (view.replies.empty() && view.sealed_note.empty()) view.empty_note = text("track.no_answer");
}

std::string subject_of(const Ticket& ticket, const SessionContext& context, const Text& text) {
  const Category* category = ticket.category ? context.catalogue.find_category(*ticket.category) : nullptr;
  const Service* service = ticket.service ? context.catalogue.find_service(*ticket.service) : nullptr;
  std::string subject = category != nullptr  ? in_language(category->name, text)
                        : service != nullptr ? in_language(service->name, text)
                                             : kind_name(ticket.kind, text);
  if (ticket.kampung) subject += ", " + kampung_name(*ticket.kampung, context, text);
  return subject;
}

void offer_code(Foot& foot, ui::KeyKind kind, const Text& text) {
  ui::KeyView key{.id = "track.code", .label = text("track.enter_code"), .icon = "lock", .kind = kind};
  if (kind == ui::KeyKind::kPrimary) {
    foot.view.primary = std::move(key);
    foot.primary = action::OpenCode{};
  } else {
    foot.view.secondary = std::move(key);
    foot.secondary = action::OpenCode{};
  }
}

// Whoever holds the code may say more; what has been closed is asked about.
void offer_saying(TrackView& view, const Tracking& tracking, const Text& text) {
  if (tracking.said) view.said_note = text(tracking.photos_left_out ? "track.said.left_out" : "track.said");
  const Ticket& ticket = *tracking.ticket;
  view.foot.view.primary =
      ui::KeyView{.id = "track.reply", .label = text("track.write_back"), .icon = "msg", .kind = ui::KeyKind::kPrimary};
  view.foot.primary = action::OpenReply{SayKind::kReply};
  if (!can_say(ticket, SayKind::kRate)) return;
  TrackView::Ask ask;
  const bool solved = can_say(ticket, SayKind::kReopen);
  ask.title = text(solved ? "track.solved.question" : "track.closed.question");
  ask.yes = {.id = "track.rate",
             .label = text(ticket.rating ? "track.rate_again" : (solved ? "track.solved.yes" : "track.rate")),
             .icon = solved ? "check" : "star",
             .kind = ui::KeyKind::kSecondary};
  if (solved) ask.no = ui::KeyView{.id = "track.reopen", .label = text("track.solved.no"), .icon = "redo"};
  view.ask = std::move(ask);
}

// --- drawing

// Side by side where both keep one line.
bool asks_in_one_row(const TrackView::Ask& ask, const ui::Ui& ui, float inner) {
  if (!ask.no) return true;
  const float half = (inner - ui.key_gap()) / 2;
  return ui.key_size(ask.yes).w <= half && ui.key_size(*ask.no).w <= half;
}

float ask_height(const TrackView::Ask& ask, const ui::Ui& ui, float width) {
  const float inner = width - 2 * ui.px(5);
  float height = 2 * ui.px(4.4F) + ui.text_height(ask.title, TextStyle::kKey, inner);
  height += ui.px(3) + ui.key_size(ask.yes, inner).h + ui.px(ui::mm::kKeyEdge);
  if (asks_in_one_row(ask, ui, inner)) return height;
  return height + ui.key_gap() + ui.key_size(*ask.no, inner).h + ui.px(ui::mm::kKeyEdge);
}

std::optional<Action> draw_ask(const TrackView::Ask& ask, ui::Ui& ui, const Rect& place) {
  ui.card(place);
  Rect inner = place.inset(ui.px(5), ui.px(4.4F));
  const float title = ui.text_height(ask.title, TextStyle::kKey, inner.w);
  ui.text(ask.title, inner.cut_top(title, ui.px(3)), {.style = TextStyle::kKey});
  std::optional<Action> action;
  Rect yes = inner;
  Rect no = inner;
  if (!asks_in_one_row(ask, ui, inner.w)) {
    yes = inner.cut_top(ui.key_size(ask.yes, inner.w).h, ui.key_gap() + ui.px(ui::mm::kKeyEdge));
    no = {inner.x, inner.y, inner.w, ui.key_size(*ask.no, inner.w).h};
  } else if (ask.no) {
    yes.h = no.h = ui.key_size(ask.yes, inner.w).h;
    yes.w = no.w = (inner.w - ui.key_gap()) / 2;
    no.x = yes.right() + ui.key_gap();
  } else {
    yes.h = ui.key_size(ask.yes, inner.w).h;
  }
  if (ui.key(ask.yes, yes)) action = action::OpenRating{};
  if (ask.no && ui.key(*ask.no, no)) action = action::OpenReply{SayKind::kReopen};
  return action;
}

float reply_height(const TrackView::Reply& reply, const ui::Ui& ui, float width) {
  const float inner = width - 2 * ui.px(5);
  return 2 * ui.px(4.4F) + std::max(ui.px(8), ui.text_height(reply.title, TextStyle::kBodyStrong, inner - ui.px(11))) +
         ui.px(2) + ui.text_height(reply.text, TextStyle::kTyped, inner);
}

void draw_reply(const TrackView::Reply& reply, ui::Ui& ui, const Rect& place) {
  ui.card(place);
  Rect inner = place.inset(ui.px(5), ui.px(4.4F));
  const float icon = ui.px(8);
  const float title = std::max(icon, ui.text_height(reply.title, TextStyle::kBodyStrong, inner.w - ui.px(11)));
  Rect line = inner.cut_top(title, ui.px(2));
  ui.icon(reply.icon, line.cut_left(icon, ui.px(3)).centred({icon, icon}));
  ui.text(reply.title, line, {.style = TextStyle::kBodyStrong, .valign = ui::VAlign::kMiddle});
  ui.text(reply.text, inner,
          {.style = TextStyle::kTyped, .hearing = reply.sealed ? ui::Hearing::kOnRequest : ui::Hearing::kAlways});
}

constexpr float kLeastStepMm = 52.0F;  // "Sudah tiba di Mimika Center" in two lines
constexpr float kCardPadMm = 4.4F;

// Sign, title and date of one step of the row, as Ui::path_across stacks them.
float path_row_height(const TrackView& view, const ui::Ui& ui, float width) {
  const float cell = width / static_cast<float>(std::max<std::size_t>(1, view.path.size())) - 2 * ui.px(2) - 2;
  float words = 0;
  for (const ui::PathStep& step : view.path) {
    words = std::max(words, ui.text_height(step.title, TextStyle::kBodyStrong, cell) +
                                ui.text_height(step.detail, TextStyle::kBody, cell) +
                                ui.text_height(step.date, TextStyle::kBody, cell));
  }
  return ui.px(25) + words;
}

float path_column_height(const TrackView& view, const ui::Ui& ui, float width) {
  return ui.path_down_height(view.path, width - 2 * ui.px(kCardPadMm)) + 2 * ui.px(kCardPadMm);
}

void draw_path_column(const TrackView& view, ui::Ui& ui, const Rect& place) {
  ui.card(place);
  ui.path_down(view.path, place.inset(ui.px(kCardPadMm)));
}

void flow_replies(const TrackView& view, ui::Ui& ui, ui::Flow& flow, std::optional<Action>& action) {
  const auto note = [&](const std::string& words, const char* icon, ui::Colour ground) {
    if (!words.empty()) draw_note(ui, words, icon, ground, flow.next(note_height(ui, words, flow.width())));
  };
  note(view.said_note, "kiosk", ui.colours().sago);
  note(view.sealed_note, "lock", ui.colours().sago);
  if (view.ask) {
    if (auto asked = draw_ask(*view.ask, ui, flow.next(ask_height(*view.ask, ui, flow.width())))) action = asked;
  }
  for (const TrackView::Reply& reply : view.replies) {
    draw_reply(reply, ui, flow.next(reply_height(reply, ui, flow.width())));
  }
  note(view.empty_note, "hourglass", ui.colours().sky);
}

constexpr float kLeastScrollMm = 44.0F;  // two keys, and a line or two beside them

void draw_ticket(const TrackView& view, ui::Ui& ui, const Rect& area, std::optional<Action>& action) {
  const bool row = area.w >= ui.px(kLeastStepMm) * static_cast<float>(view.path.size()) &&
                   ui.metrics().text_size() == ui::TextSize::kNormal &&
                   area.h - path_row_height(view, ui, area.w) - ui.gap() >= ui.px(kLeastScrollMm);
  Rect rest = area;
  if (row) {
    const Rect strip = rest.cut_top(path_row_height(view, ui, area.w), ui.gap());
    ui.card(strip);
    ui.path_across(view.path, strip);
    ui.scroll("ticket", rest, [&](ui::Flow& flow) { flow_replies(view, ui, flow, action); });
    return;
  }
  // Too narrow for a row: the way as a column, with the answers beside it where both have room.
  const float side = std::floor(area.w * 0.42F);
  const float column = path_column_height(view, ui, side);
  if (ui.landscape() && column <= area.h && ui.metrics().text_size() <= ui::TextSize::kLarge) {
    const Rect left = rest.cut_left(side, ui.gap());
    draw_path_column(view, ui, {left.x, left.y, left.w, std::min(left.h, column + ui.px(14))});
    ui.scroll("ticket", rest, [&](ui::Flow& flow) { flow_replies(view, ui, flow, action); });
    return;
  }
  // Otherwise one below the other; an answer is what the person came for, so it stands first.
  ui.scroll("ticket", area, [&](ui::Flow& flow) {
    const bool answered = !view.replies.empty() || !view.sealed_note.empty() || view.ask || !view.said_note.empty();
    if (answered) flow_replies(view, ui, flow, action);
    draw_path_column(view, ui, flow.next(path_column_height(view, ui, flow.width())));
    if (!answered) flow_replies(view, ui, flow, action);
  });
}

}  // namespace

const char* status_name(TicketStatus status) {
  switch (status) {
    case TicketStatus::kSavedHere:
      return "saved_here";
    case TicketStatus::kUnverified:
      return "arrived";
    case TicketStatus::kVerified:
      return "verified";
    case TicketStatus::kAssigned:
      return "assigned";
    case TicketStatus::kInProgress:
      return "in_progress";
    case TicketStatus::kHeld:
      return "held";
    case TicketStatus::kResolved:
      return "resolved";
    case TicketStatus::kArchived:
      return "archived";
  }
  return "saved_here";
}

TrackView make_track_view(const Session& session, const SessionContext& context, const Text& text) {
  TrackView view;
  const Tracking& tracking = session.personal.tracking;
  view.foot.view.back = back_key(text);
  if (!tracking.ticket) return view;
  const Ticket& ticket = *tracking.ticket;
  view.header.title = format_ticket_number(ticket.number);
  view.header.title_hearing = ui::Hearing::kSpelled;
  if (!ticket_is_shown(tracking)) {
    view.locked = true;
    view.status = "locked";
    view.header.icon = "lock";
    view.lock_title = text("track.locked.title");
    view.lock_text = text("track.locked.text");
    offer_code(view.foot, ui::KeyKind::kPrimary, text);
    return view;
  }
  const Mark mark = mark_of(ticket, context.wall_ms, context.catalogue.work_calendar(), context.catalogue.mark_rule);
  const Now now = now_of(ticket, mark, text);
  view.status = status_name(ticket.status);
  view.status_words = now.words;
  const Category* category = ticket.category ? context.catalogue.find_category(*ticket.category) : nullptr;
  const Service* service = ticket.service ? context.catalogue.find_service(*ticket.service) : nullptr;
  if (category != nullptr) {
    view.header.picture = "pictures/" + category->picture;
  } else {
    view.header.icon = service != nullptr ? service->icon : "msg";
  }
  view.header.subtitle = subject_of(ticket, context, text);
  view.header.mark = now.sign;
  view.header.mark_word = now.words;
  view.path = PathMaker(ticket, context.kiosk, now, text).run();
  fill_replies(view, tracking, context, text);
  if (!tracking.opened || tracking.sealed_news) {
    offer_code(view.foot, view.sealed_note.empty() ? ui::KeyKind::kSecondary : ui::KeyKind::kPrimary, text);
  } else {
    offer_saying(view, tracking, text);
  }
  return view;
}

std::optional<Action> draw_track(const TrackView& view, ui::Ui& ui) {
  ui.background();
  Rect area = ui.content();
  ui.header(fitted(ui, view.header, area.w), area);
  std::optional<Action> action = draw_foot(view.foot, ui, area);
  ui.publish("track.number", view.header.title);
  ui.publish("track.status", view.status);
  if (view.locked) {
    draw_card_in(ui, {.icon = "lock", .title = view.lock_title, .text = view.lock_text}, ui.colours().sago, area);
    return action;
  }
  ui.publish("track.status_words", view.status_words);
  if (!view.replies.empty()) {
    ui.publish("track.reply", view.replies.front().text);
    ui.publish("track.reply_from", view.replies.front().title);
  }
  ui.publish("track.replies", std::to_string(view.replies.size()));
  ui.publish("track.said", view.said_note);
  ui.publish("track.sealed", view.sealed_note.empty() ? "no" : "yes");
  draw_ticket(view, ui, area, action);
  return action;
}

void overwrite(TrackView& view) {
  for (TrackView::Reply& reply : view.replies) wipe(reply.text);
}

TrackWaitView make_track_wait_view(const Session& session, const Text& text) {
  TrackWaitView view;
  view.words = text(session.screen == Screen::kTrackOpening ? "track.opening" : "track.searching");
  view.foot.view.back = back_key(text);
  return view;
}

std::optional<Action> draw_track_wait(const TrackWaitView& view, ui::Ui& ui) {
  ui.background();
  Rect area = ui.content();
  const std::optional<Action> action = draw_foot(view.foot, ui, area);
  ui.progress(std::nullopt, view.words, area.centred({std::min(area.w, ui.px(150)), ui.px(50)}));
  return action;
}

}  // namespace mimika::screens
