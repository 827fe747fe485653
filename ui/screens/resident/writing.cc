#include "ui/screens/resident/writing.h"

#include <algorithm>
#include <span>

#include "kiosk/base/limits.h"
#include "kiosk/base/wipe.h"
#include "kiosk/model/name_search.h"
#include "ui/screens/resident/layout.h"
#include "ui/screens/resident/place_search.h"
#include "ui/text/dates.h"

namespace mimika::screens {
namespace {

constexpr std::size_t kTicketNumberBytes = 16;  // with its hyphens
constexpr std::size_t kDateDigits = 8;
constexpr float kLowMm = 170.0F;
constexpr std::size_t kMostSuggested = 3;
constexpr float kWaysShare = 0.45F;  // of the width, at most, for the other ways to tell
constexpr int kStoryLines = 2;       // that a story shows at least, where the panel has the height

std::string copy(std::string_view text) {
  return std::string(text);
}

// "24112026" in words; empty while it is no date.
std::string date_in_words(std::string_view digits, const Text& text) {
  if (digits.size() != kDateDigits) return {};
  const auto number = [&](std::size_t at, std::size_t count) {
    unsigned value = 0;
    for (const char c : digits.substr(at, count)) value = value * 10 + static_cast<unsigned>(c - '0');
    return value;
  };
  const LocalDate date{std::chrono::year{static_cast<int>(number(4, 4))}, std::chrono::month{number(2, 2)},
                       std::chrono::day{number(0, 2)}};
  return date.ok() ? plain_date(text, date) : std::string();
}

// In groups of four, to be compared with paper.
std::string grouped(std::string_view digits) {
  std::string groups;
  groups.reserve(digits.size() * 2);
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && i % 4 == 0) groups += ' ';
    groups += digits[i];
  }
  return groups;
}

struct FieldSpec {
  ui::KeyboardKind keyboard = ui::KeyboardKind::kText;
  std::size_t limit = limits::kFieldBytes;
  const char* hint = "";  // message id
};

FieldSpec spec_for(FieldKind kind) {
  switch (kind) {
    case FieldKind::kName:
      return {.keyboard = ui::KeyboardKind::kText, .limit = limits::kNameBytes, .hint = "field.hint.name"};
    case FieldKind::kNik:
      return {.keyboard = ui::KeyboardKind::kDigits, .limit = 16, .hint = "field.hint.nik"};
    case FieldKind::kFamilyCard:
      return {.keyboard = ui::KeyboardKind::kDigits, .limit = 16, .hint = "field.hint.family_card"};
    case FieldKind::kPhone:
      return {.keyboard = ui::KeyboardKind::kPhone, .limit = limits::kPhoneBytes, .hint = "field.hint.phone"};
    case FieldKind::kDate:
      return {.keyboard = ui::KeyboardKind::kDigits, .limit = kDateDigits, .hint = "field.hint.date"};
    case FieldKind::kPlace:
      return {.keyboard = ui::KeyboardKind::kText, .limit = limits::kFieldBytes, .hint = "field.hint.place"};
    case FieldKind::kText:
      break;
  }
  return {.keyboard = ui::KeyboardKind::kText, .limit = limits::kFieldBytes, .hint = "field.hint.text"};
}

// Why "next" cannot be touched yet: the problem itself, or what is still missing of a fixed length.
std::string missing_words(const Session& session, TextTarget target, const SessionContext& context, const Text& text) {
  return problem_words(problem_of(session, target, context), text);
}

std::string progress_note(const Session& session, TextTarget target, const SessionContext& context, const Text& text) {
  const std::size_t full = full_length_of(session, target, context);
  const std::size_t now = text_of(session, target, context).size();
  if (full == 0 || now == 0) return {};
  if (full == kDateDigits && now == full) return date_in_words(text_of(session, target, context), text);
  return text.format("field.digits", {std::to_string(now), std::to_string(full)});
}

WritingView::Field make_field(const Session& session, const SessionContext& context, const Text& text,
                              TextTarget target, std::string id, FieldKind kind) {
  const FieldSpec spec = spec_for(kind);
  WritingView::Field field;
  field.target = target;
  field.keyboard = spec.keyboard;
  field.view = {.id = std::move(id),
                .text = copy(text_of(session, target, context)),
                .limit_bytes = spec.limit,
                .hint = text(spec.hint),
                .problem = problem_words(problem_to_show(session, target, context), text),
                .starts_active = true};
  field.note = progress_note(session, target, context, text);
  return field;
}

std::string track_problem_words(TrackProblem problem, const Text& text) {
  switch (problem) {
    case TrackProblem::kNone:
      return {};
    case TrackProblem::kNumberIncomplete:
      return text("track.problem.number_incomplete");
    case TrackProblem::kNumberMistyped:
      return text("track.problem.number_mistyped");
    case TrackProblem::kCodeIncomplete:
      return text("track.problem.code_incomplete");
    case TrackProblem::kCodeMistyped:
      return text("track.problem.code_mistyped");
    case TrackProblem::kCodeWrong:
      return text("track.problem.code_wrong");
    case TrackProblem::kReadFailed:
      return text("track.problem.read_failed");
  }
  return {};
}

void add_photo_way(WritingView& view, std::string id, const std::vector<Photo>& photos, const Text& text) {
  view.ways.push_back({.key = {.id = std::move(id),
                               .label = text("story.photo"),
                               .icon = "camera",
                               .kind = ui::KeyKind::kPhoto,
                               .icon_side = ui::IconSide::kAbove,
                               .badge = photos.empty() ? std::string() : std::to_string(photos.size())},
                       .does = action::OpenPhotos{}});
}

void add_ways(WritingView& view, const Draft& draft, const Text& text) {
  view.ways.push_back({.key = {.id = "story.voice",
                               .label = text("story.voice"),
                               .icon = "mic",
                               .kind = ui::KeyKind::kVoice,
                               .icon_side = ui::IconSide::kAbove,
                               .badge = draft.voice ? "1" : ""},
                       .does = action::OpenVoice{}});
  add_photo_way(view, "story.photo", draft.photos, text);
}

}  // namespace

WritingView make_story_view(const Session& session, const SessionContext& context, const Text& text) {
  WritingView view;
  const Draft* draft = current_draft(session);
  const bool question = draft != nullptr && draft->kind == TicketKind::kInformation;
  const bool idea = session.journey == Journey::kIdea;
  const std::string words = question ? "story.question" : idea ? "story.idea" : "story.complaint";
  view.header = {.title = text(words + ".title"),
                 .subtitle = text(words + ".subtitle"),
                 .steps = steps_of(session, context, text)};
  WritingView::Field field;
  field.target = TextTarget::kStory;
  field.view = {.id = "story",
                .text = copy(text_of(session, TextTarget::kStory, context)),
                .limit_bytes = limits::kStoryBytes,
                .kind = ui::FieldKind::kManyLines,
                .hint = text(words + ".hint"),
                .starts_active = true};
  field.names = kampung_names(context.catalogue);
  const bool empty = problem_of(session, TextTarget::kStory, context).has_value();
  view.fields.push_back(std::move(field));
  view.fills = true;
  if (draft != nullptr) add_ways(view, *draft, text);
  view.foot = journey_foot(session, text, empty ? text("story.missing") : std::string());
  return view;
}

namespace {

// Whoever showed photos alone cannot be helped by trying again.
std::string not_said_words(const Tracking& tracking, const Text& text) {
  if (!tracking.not_said) return {};
  const bool no_room = *tracking.not_said == ErrorCode::kStorageFull || *tracking.not_said == ErrorCode::kTooLarge;
  const bool photos_alone = tracking.reply.empty() && !tracking.photos.empty();
  return text(no_room && photos_alone ? "reply.photos_full" : "say.failed");
}

}  // namespace

WritingView make_reply_view(const Session& session, const SessionContext& context, const Text& text) {
  WritingView view;
  const Tracking& tracking = session.personal.tracking;
  const bool reopening = tracking.saying == SayKind::kReopen;
  const std::string words = reopening ? "reopen" : "reply";
  view.header = {.title = text(words + ".title"), .subtitle = text(words + ".subtitle"), .icon = "msg"};
  WritingView::Field field;
  field.target = TextTarget::kReply;
  field.view = {.id = "reply",
                .text = copy(text_of(session, TextTarget::kReply, context)),
                .limit_bytes = limits::kReplyBytes,
                .kind = ui::FieldKind::kManyLines,
                .hint = text(words + ".hint"),
                .problem = not_said_words(tracking, text),
                .starts_active = true};
  view.fields.push_back(std::move(field));
  view.fills = true;
  add_photo_way(view, "reply.photo", tracking.photos, text);
  view.foot.view.back = back_key(text);
  view.foot.view.primary =
      ui::KeyView{.id = "reply.save",
                  .label = text(words + ".save"),
                  .icon = reopening ? "redo" : "check",
                  .kind = ui::KeyKind::kPrimary,
                  .disabled_reason = reply_says_something(tracking) ? std::string() : text("reply.missing")};
  return view;
}

WritingView make_landmark_view(const Session& session, const SessionContext& context, const Text& text) {
  WritingView view;
  view.header = {.title = text("landmark.title"),
                 .subtitle = text("landmark.subtitle"),
                 .steps = steps_of(session, context, text)};
  WritingView::Field field;
  field.target = TextTarget::kLandmark;
  field.view = {.id = "landmark",
                .text = copy(text_of(session, TextTarget::kLandmark, context)),
                .limit_bytes = limits::kLandmarkBytes,
                .hint = text("landmark.hint"),
                .starts_active = true};
  field.names = kampung_names(context.catalogue);
  view.fields.push_back(std::move(field));
  view.foot.view.back = back_key(text);
  view.foot.view.primary = next_key(text);
  return view;
}

WritingView make_contact_view(const Session& session, const SessionContext& context, const Text& text) {
  WritingView view;
  view.header = {
      .title = text("contact.title"), .subtitle = text("contact.subtitle"), .steps = steps_of(session, context, text)};
  view.fields.push_back(make_field(session, context, text, TextTarget::kName, "contact.name", FieldKind::kName));
  view.fields.push_back(make_field(session, context, text, TextTarget::kPhone, "contact.phone", FieldKind::kPhone));
  view.fields[0].view.label = text("contact.name");
  view.fields[1].view.label = text("contact.phone");
  view.fields[1].view.starts_active = false;
  std::string missing = missing_words(session, TextTarget::kName, context, text);
  if (missing.empty()) missing = missing_words(session, TextTarget::kPhone, context, text);
  view.foot = journey_foot(session, text, std::move(missing));
  return view;
}

WritingView make_service_field_view(const Session& session, const SessionContext& context, const Text& text) {
  WritingView view;
  const ServiceField* field = current_field(session, context);
  const Service* service = chosen_service(session, context);
  if (field == nullptr || service == nullptr) return view;
  // A service may ask more than the row of diamonds can show: then the count stands in words.
  const Progress progress = progress_of(session, context);
  const std::string& name = in_language(service->name, text);
  const std::string step = std::to_string(progress.step);
  const std::string steps = std::to_string(progress.steps);
  view.header = {.title = in_language(field->label, text),
                 .subtitle = field->required ? text.format("field.step", {name, step, steps})
                                             : text.format("field.step.optional", {name, step, steps})};
  view.fields.push_back(make_field(session, context, text, TextTarget::kAnswer, "field." + field->id, field->kind));
  view.foot = journey_foot(session, text, missing_words(session, TextTarget::kAnswer, context, text));
  return view;
}

WritingView make_track_number_view(const Session& session, const SessionContext& /*context*/, const Text& text) {
  WritingView view;
  view.header = {.title = text("track.number.title"), .subtitle = text("track.number.subtitle"), .icon = "search"};
  const Tracking& tracking = session.personal.tracking;
  WritingView::Field field;
  field.target = TextTarget::kTrackNumber;
  field.keyboard = ui::KeyboardKind::kCode;
  field.view = {.id = "track.number",
                .text = copy(tracking.number.view()),
                .limit_bytes = kTicketNumberBytes,
                .hint = text("track.number.hint"),
                .problem = track_problem_words(tracking.problem, text),
                .starts_active = true};
  view.fields.push_back(std::move(field));
  view.foot.view.back = back_key(text);
  view.foot.view.secondary = ui::KeyView{.id = "track.scan", .label = text("track.scan"), .icon = "camera"};
  view.foot.secondary = action::OpenScan{};
  view.foot.view.primary = ui::KeyView{.id = "track.search",
                                       .label = text("track.search"),
                                       .icon = "search",
                                       .kind = ui::KeyKind::kPrimary,
                                       .disabled_reason = tracking.number.empty() ? text("track.number.missing") : ""};
  return view;
}

WritingView make_track_code_view(const Session& session, const SessionContext& context, const Text& text) {
  WritingView view;
  view.header = {.title = text("track.code.title"), .subtitle = text("track.code.subtitle"), .icon = "lock"};
  const Tracking& tracking = session.personal.tracking;
  WritingView::Field field;
  field.target = TextTarget::kTrackCode;
  field.keyboard = ui::KeyboardKind::kDigits;
  const std::size_t full = full_length_of(session, TextTarget::kTrackCode, context);
  field.view = {.id = "track.code",
                .text = copy(tracking.code.view()),
                .limit_bytes = full,
                .hint = text("track.code.hint"),
                .problem = track_problem_words(tracking.problem, text),
                .starts_active = true};
  field.note = grouped(tracking.code.view());
  if (!field.note.empty()) field.note += "   " + progress_note(session, TextTarget::kTrackCode, context, text);
  view.fields.push_back(std::move(field));
  view.foot.view.back = back_key(text);
  view.foot.view.primary = ui::KeyView{
      .id = "track.open",
      .label = text("track.open"),
      .icon = "lock",
      .kind = ui::KeyKind::kPrimary,
      .disabled_reason = tracking.code.size() < full ? text("track.problem.code_incomplete") : std::string()};
  return view;
}

namespace {

ui::KeyboardKind active_keyboard(const WritingView& view, const ui::Ui& ui) {
  for (const WritingView::Field& field : view.fields) {
    if (ui.field_active(field.view.id)) return field.keyboard;
  }
  return view.fields.empty() ? ui::KeyboardKind::kText : view.fields.front().keyboard;
}

int fields_across(const WritingView& view, const ui::Ui& ui) {
  return ui.landscape() ? std::max(1, static_cast<int>(view.fields.size())) : 1;
}

float least_field_height(const WritingView& view, const ui::Ui& ui, float width) {
  const float lane = ui::columns({0, 0, width, 0}, fields_across(view, ui), ui.gap()).front().w;
  float height = 0;
  for (const WritingView::Field& field : view.fields) {
    height = std::max(height, ui.field_height(field.view, lane, view.fills ? kStoryLines : 1));
  }
  return height;
}

// Of all fields, one above the other where there is one column.
float least_fields_height(const WritingView& view, const ui::Ui& ui, float width) {
  const auto down = static_cast<float>(static_cast<int>(view.fields.size()) / fields_across(view, ui));
  return least_field_height(view, ui, width) * down + ui.gap() * std::max(0.0F, down - 1);
}

// The names that the word at the caret begins; none while nothing is begun.
std::vector<std::string_view> suggested(const WritingView& view, const ui::Ui& ui) {
  std::vector<std::string_view> names;
  for (const WritingView::Field& field : view.fields) {
    if (!ui.field_active(field.view.id)) continue;
    for (const std::size_t index : complete_name(field.names, ui.typed_word(), kMostSuggested)) {
      names.push_back(field.names[index]);
    }
  }
  return names;
}

ui::KeyView suggestion_key(std::string_view name, std::size_t at) {
  return {.id = "suggest." + std::to_string(at), .label = std::string(name), .style = ui::TextStyle::kBodyStrong};
}

// As many as find room side by side, the best first.
void draw_suggestions(std::span<const std::string_view> names, ui::Ui& ui, ui::Rect row) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    const ui::KeyView key = suggestion_key(names[i], i);
    const ui::Size size = ui.key_size(key);
    if (size.w > row.w || size.h > row.h) return;
    if (ui.key(key, {row.x, row.y + (row.h - size.h) / 2, size.w, size.h})) ui.complete_word(names[i]);
    row.cut_left(size.w, ui.key_gap());
  }
}

// What the person reads above the keyboard of a crowded panel: what is wrong, or else what is asked.
std::string crowded_words(const WritingView& view) {
  for (const WritingView::Field& field : view.fields) {
    if (!field.view.problem.empty()) return field.view.problem;
  }
  return view.header.title;
}

// A panel too low for question, field, keyboard and footer one above the other: question and footer share one row.
std::optional<Action> draw_crowded_row(const WritingView& view, ui::Ui& ui, ui::Rect& area) {
  struct Placed {
    std::optional<ui::KeyView> key;
    ui::FooterKey which;
    ui::Rect place;
  };
  Placed keys[] = {{view.foot.view.back, ui::FooterKey::kBack, {}},
                   {view.foot.view.cancel, ui::FooterKey::kCancel, {}},
                   {view.foot.view.primary, ui::FooterKey::kPrimary, {}}};
  ui::Rect row = area;
  float height = 0;
  for (Placed& placed : keys) {
    if (!placed.key) continue;
    const bool on = placed.which == ui::FooterKey::kPrimary;
    placed.key->icon_only = !on;
    const ui::Size size = ui.key_size(*placed.key);
    placed.place = on ? row.cut_right(size.w, ui.gap()) : row.cut_left(size.w, ui.gap());
    height = std::max(height, size.h);
  }
  const std::string words = crowded_words(view);
  const bool problem = words != view.header.title;
  // The question may not be higher than the keys beside it, or the field below pays for it.
  const bool large = !problem && ui.text_height(words, ui::TextStyle::kKey, row.w) <= height + ui.px(2);
  const ui::TextStyle style = large ? ui::TextStyle::kKey : ui::TextStyle::kBodyStrong;
  height = std::max(height, ui.text_height(words, style, row.w));
  const std::vector<std::string_view> names = suggested(view, ui);
  row = {row.x, area.cut_top(height + ui.px(ui::mm::kKeyEdge), ui.px(3)).y, row.w, height};
  const ui::Palette& c = ui.colours();
  const bool room_to_suggest = !names.empty() && !problem && ui.key_size(suggestion_key(names.front(), 0)).w <= row.w;
  if (room_to_suggest) {
    draw_suggestions(names, ui, row);  // in the place of the question, which the person is answering
  } else {
    ui.text(words, row,
            {.style = style,
             .colour = !problem   ? c.ink
                       : c.high() ? c.ochre
                                  : c.clay,
             .valign = ui::VAlign::kMiddle});
  }
  ui.publish("header.title", view.header.title);

  std::optional<Action> action;
  const ui::SpokenPart part = ui.speak_in(ui::SpokenPart::kFooter);
  for (const Placed& placed : keys) {
    if (!placed.key) continue;
    const ui::Size size = ui.key_size(*placed.key);
    if (!ui.key(*placed.key, {placed.place.x, row.y + (height - size.h) / 2, size.w, size.h})) continue;
    if (placed.which == ui::FooterKey::kBack) action = action::Back{};
    if (placed.which == ui::FooterKey::kCancel) action = action::Cancel{};
    if (placed.which == ui::FooterKey::kPrimary) action = view.foot.primary;
  }
  ui.speak_in(part);
  return action;
}

// At the right of the field, as high as it: words below the signs where there is room for both.
std::optional<Action> draw_ways(const WritingView& view, ui::Ui& ui, ui::Rect& area) {
  std::optional<Action> action;
  if (view.ways.empty()) return action;
  float width = ui.px(ui::mm::kTarget);
  bool words = area.h >= ui.px(ui::mm::kTarget);
  for (const WritingView::Way& way : view.ways) width = std::max(width, ui.key_size(way.key).w);
  if (width * static_cast<float>(view.ways.size()) > area.w * kWaysShare) {
    words = false;
    width = ui.px(ui::mm::kTarget);
  }
  const float edge = ui.px(ui::mm::kKeyEdge);
  ui::Rect strip =
      area.cut_right((width + ui.key_gap()) * static_cast<float>(view.ways.size()) - ui.key_gap(), ui.gap());
  for (const WritingView::Way& way : view.ways) {
    ui::KeyView key = way.key;
    key.icon_only = !words;
    const ui::Rect place = strip.cut_left(width, ui.key_gap());
    if (ui.key(key, {place.x, place.y, place.w, place.h - edge})) action = way.does;
  }
  return action;
}

}  // namespace

std::optional<Action> draw_writing(const WritingView& view, ui::Ui& ui) {
  ui.background();
  ui::Rect area = ui.content();
  // The field and its keyboard need the height of a low panel; what the second line says, the hint says as well.
  ui::HeaderView header = view.header;
  const bool low =
      ui.landscape() && (ui.metrics().to_mm(area.h) < kLowMm || ui.metrics().text_size() != ui::TextSize::kNormal);
  if (low) {
    header.style = ui::TextStyle::kKey;
    header.icon.clear();
    if (header.steps) header.subtitle.clear();
  }
  header = fitted(ui, header, area.w);
  const ui::KeyboardKind keyboard = active_keyboard(view, ui);
  const int across = fields_across(view, ui);
  const float fields_px = least_fields_height(view, ui, area.w);
  const float below = ui.footer_height(view.foot.view, area.w) + ui.keyboard_least_height(keyboard);
  if (area.h - ui.header_height(header, area.w) - below < fields_px) {
    header.subtitle.clear();  // the labels and hints of the fields say what is asked
    header = fitted(ui, header, area.w);
  }
  const float rest = area.h - ui.header_height(header, area.w) - below;
  const bool crowded = low && rest < least_field_height(view, ui, area.w);
  std::optional<Action> action;
  if (crowded) {
    action = draw_crowded_row(view, ui, area);
  } else {
    Foot foot = view.foot;
    if (rest < fields_px) {
      // A narrow panel: signs alone for the ways back, so that the keys need one row.
      if (foot.view.back) foot.view.back->icon_only = true;
      if (foot.view.cancel) foot.view.cancel->icon_only = true;
    }
    ui.header(header, area);
    action = draw_foot(foot, ui, area);
  }
  // The row of suggestions has its place whether it is there or not: the keys stay where the fingers know them, and it
  // is the field that gives the height. The keyboard would take its share; the fields keep what they need while its
  // keys keep the floor.
  const bool suggests =
      !crowded && std::ranges::any_of(view.fields, [](const auto& field) { return !field.names.empty(); });
  const float strip = suggests ? ui.key_size(suggestion_key("A", 0)).h + ui.px(2) : 0;
  const float one_line = ui.field_height(view.fields.front().view, area.w, 1);
  const float fields_least = view.fills ? one_line : crowded ? 0 : fields_px;
  ui.keyboard(keyboard, area, fields_least + (suggests ? strip + ui.key_gap() : 0));
  if (const std::vector<std::string_view> names = suggested(view, ui); suggests && !names.empty()) {
    if (area.h - strip - ui.key_gap() >= one_line - 1)
      draw_suggestions(names, ui, area.cut_bottom(strip, ui.key_gap()));
  }

  if (auto way = draw_ways(view, ui, area)) action = std::move(way);

  // The note stands below the fields and leaves when a problem takes its place.
  std::string note;
  for (const WritingView::Field& field : view.fields) {
    if (field.view.problem.empty() && note.empty()) note = field.note;
  }
  const int down = static_cast<int>(view.fields.size()) / across;
  const auto field_height = [&](const WritingView::Field& field, float width) {
    return ui.field_height(field.view, width, 1);
  };
  if (!note.empty() && !view.fills) {
    const float needed = field_height(view.fields.front(), area.w) * static_cast<float>(down);
    const float note_height = ui.text_height(note, ui::TextStyle::kBodyStrong, area.w);
    if (area.h >= needed + note_height) {
      const ui::Rect line{area.x, area.y + std::min(area.h - note_height, needed + ui.px(2)), area.w, note_height};
      // What was typed so far may stand in it.
      ui.text(note, line, {.style = ui::TextStyle::kBodyStrong, .hearing = ui::Hearing::kOnRequest});
    }
    ui.publish("field.note", note);
  }
  const std::vector<ui::Rect> cells = ui::grid(area, across, std::max(down, 1), ui.gap());
  for (std::size_t i = 0; i < view.fields.size(); ++i) {
    ui::Rect cell = cells[i];
    ui::FieldView field = view.fields[i].view;
    if (crowded) {
      // The label moves into the field, the problem above it.
      if (!field.problem.empty()) ui.publish(field.id + ".problem", field.problem);
      if (!field.label.empty()) field.hint = field.label;
      field.problem.clear();
      field.label.clear();
    }
    if (!view.fills) cell.h = std::min(cell.h, ui.field_height(field, cell.w, 1));
    if (auto typed = ui.field(field, cell)) {
      action = action::SetText{view.fields[i].target, *std::move(typed)};
    }
    overwrite(field);
  }
  if (ui.enter_pressed() && view.foot.view.primary && view.foot.view.primary->disabled_reason.empty()) {
    action = view.foot.primary;
  }
  return action;
}

void overwrite(WritingView& view) {
  for (WritingView::Field& field : view.fields) {
    overwrite(field.view);
    wipe(field.note);
  }
}

}  // namespace mimika::screens
