#include "ui/screens/officer/sign_in_pages.h"

#include <algorithm>
#include <utility>

#include "ui/screens/officer/desk_words.h"
#include "ui/screens/resident/common.h"

namespace mimika::screens {
namespace {

using ui::Rect;
using ui::TextStyle;
namespace did = staff::action;

constexpr RowLook kPersonLook{.least_mm = 78, .height_mm = 24, .most = 3};
constexpr float kFieldMostMm = 120.0F;

std::vector<DeskKey> tool_keys(const Text& text) {
  return {{desk_key("tool.language", text("tool.language"), "lang"), did::NextLanguage{}},
          {desk_key("tool.text_size", text("tool.size"), "text"), did::NextTextSize{}},
          {desk_key("tool.contrast", text("tool.contrast"), "contrast"), did::NextContrast{}}};
}

PinView::Field secret_field(const char* id, std::string label, const PersonalText& typed, staff::TextTarget target,
                            bool active) {
  return {.view = {.id = id,
                   .text = std::string(typed.view()),
                   .limit_bytes = staff::kPinBytes,
                   .kind = ui::FieldKind::kSecret,
                   .label = std::move(label),
                   .starts_active = active},
          .target = target};
}

DeskKey other_way(const staff::PinEntry& entry, const Text& text) {
  const bool phrase = entry.passphrase;
  return {desk_key("staff.passphrase", text(phrase ? "officer.pin.digits" : "officer.pin.phrase"),
                   phrase ? "keypad" : "keyb"),
          did::TogglePassphrase{}};
}

}  // namespace

WhoView make_who_view(const staff::Session& session, const staff::Context& context, const Text& text) {
  WhoView view;
  DeskKey leave{desk_key("staff.leave", text("officer.leave"), "back"), did::Leave{}};
  leave.view.answers_escape = true;
  view.head = {.title = text("officer.who.title"),
               .detail = context.office_name,
               .back = std::move(leave),
               .keys = tool_keys(text)};
  view.note = note_of(session, context, text);
  for (const staff::Person& person : session.people) {
    std::string detail = role_words(person.role, text);
    if (person.needs_key_file) detail = text.format("officer.who.with_stick", {detail});
    view.people.push_back({.view = {.id = "staff.person." + person.login,
                                    .label = person.name,
                                    .detail = std::move(detail),
                                    .icon = person.locked ? "lock" : "person",
                                    .aside = person.locked ? text("officer.who.locked") : std::string(),
                                    .disabled_reason = person.locked ? text("officer.trouble.locked") : std::string()},
                           .does = did::ChoosePerson{person.login}});
  }
  if (view.people.empty()) view.empty = text("officer.who.nobody");
  return view;
}

std::optional<staff::Action> draw_who(const WhoView& view, ui::Ui& ui) {
  Rect area = draw_desk_ground(ui);
  std::optional<staff::Action> action = draw_desk_head(view.head, ui, area);
  draw_desk_note(view.note, ui, area);
  ui.scroll("staff.people", area, [&](ui::Flow& flow) {
    if (!view.empty.empty()) flow.text(view.empty, {.style = TextStyle::kStaff});
    if (auto chosen = flow_desk_rows(view.people, kPersonLook, ui, flow)) action = std::move(chosen);
  });
  return action;
}

PinView make_pin_view(const staff::Session& session, const staff::Context& context, const Text& text) {
  PinView view;
  const staff::PinEntry& entry = session.entry;
  const auto person = std::ranges::find(session.people, entry.login, &staff::Person::login);
  const std::string name = person == session.people.end() ? entry.login : person->name;
  const bool trying = session.screen == staff::Screen::kEntering;
  view.head.title = name;
  view.head.detail = text(entry.passphrase ? "officer.pin.ask_phrase" : "officer.pin.ask");
  view.note = note_of(session, context, text);
  view.keyboard = entry.passphrase ? ui::KeyboardKind::kText : ui::KeyboardKind::kDigits;
  view.other = other_way(entry, text);
  if (trying) return view;
  view.head.back = desk_back(text);
  const int wait = seconds_until_try(session, context);
  DeskKey enter{desk_key("staff.enter", text("officer.pin.enter"), "check", ui::KeyKind::kPrimary), did::EnterPin{}};
  if (wait > 0) {
    enter.view.disabled_reason = text.count("officer.pin.wait", wait);
  } else if (entry.pin.size() < staff::kPinDigits) {
    enter.view.disabled_reason = text("officer.trouble.pin_short");
  }
  view.may_enter = enter.view.disabled_reason.empty();
  view.head.keys.push_back(std::move(enter));
  view.fields.push_back(secret_field("staff.pin", {}, entry.pin, staff::TextTarget::kPin, true));
  view.fields.back().view.hint = text(entry.passphrase ? "officer.pin.phrase" : "officer.pin.hint");
  view.head.together = true;
  return view;
}

PinView make_new_pin_view(const staff::Session& session, const staff::Context& context, const Text& text) {
  PinView view;
  const staff::PinEntry& entry = session.entry;
  const bool first = session.duty && session.duty->must_change_pin;
  view.head.title = text(first ? "officer.new_pin.first" : "officer.new_pin.title");
  view.rules = text(entry.passphrase ? "officer.new_pin.rules_phrase" : "officer.new_pin.rules");
  view.note = note_of(session, context, text);
  view.keyboard = entry.passphrase ? ui::KeyboardKind::kText : ui::KeyboardKind::kDigits;
  view.other = other_way(entry, text);
  view.head.back = desk_back(text);
  if (first) {
    view.head.back = DeskKey{desk_key("desk.out", text("officer.rail.out"), "door"), did::SignOut{}};
    view.head.back->view.answers_escape = true;
  }
  view.head.keys.push_back(
      {desk_key("staff.enter", text("officer.new_pin.save"), "check", ui::KeyKind::kPrimary), did::EnterPin{}});
  view.fields.push_back(
      secret_field("staff.new_pin", text("officer.new_pin.once"), entry.pin, staff::TextTarget::kNewPin, true));
  view.fields.push_back(secret_field("staff.new_pin_again", text("officer.new_pin.again"), entry.again,
                                     staff::TextTarget::kNewPinAgain, false));
  view.head.keys.insert(view.head.keys.begin(), view.other);
  view.head.together = true;
  return view;
}

std::optional<staff::Action> draw_pin(const PinView& view, ui::Ui& ui) {
  Rect area = draw_desk_ground(ui);
  std::optional<staff::Action> action = draw_desk_head(view.head, ui, area);
  draw_desk_note(view.note, ui, area);
  if (view.fields.empty()) return action;
  const bool one = view.fields.size() == 1;
  const bool beside = ui.landscape() && !one;
  const auto count = static_cast<int>(view.fields.size());
  const ui::Size other = one ? ui.key_size(view.other.view) : ui::Size{};
  const float most = ui.px(kFieldMostMm) * static_cast<float>(beside ? count : 1);
  const float fields_width = std::min(most, area.w - (one ? other.w + ui.gap() : 0));
  const float lane = fields_width / static_cast<float>(beside ? count : 1);
  std::vector<ui::FieldView> fields;
  for (const PinView::Field& field : view.fields) fields.push_back(field.view);
  const float down = beside ? 1 : static_cast<float>(count);
  const auto fields_height = [&] {
    float field = 0;
    for (const ui::FieldView& view_of : fields) field = std::max(field, ui.field_height(view_of, lane, 1));
    return std::max(field * down + ui.gap() * (down - 1), other.h);
  };
  const float room = area.h - ui.keyboard_least_height(view.keyboard) - ui.px(2);
  float rules = view.rules.empty() ? 0 : ui.text_height(view.rules, TextStyle::kStaff, area.w) + ui.px(3);
  // A low panel has no room for all of it: what is wrong matters more than the rules, and a name can stand in its
  // field.
  if (fields_height() + rules > room && !view.note.words.empty()) rules = 0;
  if (fields_height() + rules > room) {
    for (ui::FieldView& field : fields) {
      if (!field.label.empty()) field.hint = std::exchange(field.label, {});
    }
  }
  const float height = fields_height();
  ui.keyboard(view.keyboard, area, height + rules + ui.px(2));
  if (!ui.landscape()) area.cut_top(std::max(0.0F, (area.h - height - rules) * 0.3F));
  if (rules > 0) ui.text(view.rules, area.cut_top(rules), {.style = TextStyle::kStaff});
  Rect block = area.cut_top(height);
  const float whole = fields_width + (one ? other.w + ui.gap() : 0);
  block = {block.x + (block.w - whole) / 2, block.y, whole, block.h};
  if (one) {
    const Rect place = block.cut_right(other.w, ui.gap());
    if (ui.key(view.other.view, {place.x, place.y, other.w, std::min(other.h, place.h - ui.px(ui::mm::kKeyEdge))})) {
      action = view.other.does;
    }
  }
  const std::vector<Rect> places = beside ? ui::columns(block, count, ui.gap()) : ui::rows(block, count, ui.gap());
  for (std::size_t i = 0; i < view.fields.size(); ++i) {
    if (auto typed = ui.field(fields[i], places[i])) {
      action = did::SetText{view.fields[i].target, *std::move(typed)};
    }
  }
  if (ui.enter_pressed() && view.may_enter) action = view.enter;
  for (ui::FieldView& field : fields) overwrite(field);
  return action;
}

void overwrite(PinView& view) {
  for (PinView::Field& field : view.fields) overwrite(field.view);
}

}  // namespace mimika::screens
