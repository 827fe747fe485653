// A text field with a caret. The session owns the text; the field keeps the caret and applies what the keyboards typed.
#include <algorithm>
#include <cmath>

#include "ui/widgets/ui_state.h"
#include "ui/widgets/utf8.h"

namespace mimika::ui {
namespace {

constexpr float kFieldPadMm = 4.0F;
constexpr std::int64_t kBlinkMs = 530;

std::string dots_for(std::string_view text) {
  std::string dots;
  for (std::size_t i = 0; i < count_letters(text); ++i) {
    append_letter(dots, U'\u2022');
  }
  return dots;
}

// The byte of the dots that stands for a byte of the text.
std::size_t dots_byte(std::string_view text, std::size_t byte) {
  return count_letters(text.substr(0, byte)) * 3;
}

}  // namespace

float Ui::field_height(const FieldView& view, float width_px, int lines) const {
  float height = 2 * px(kFieldPadMm) + line_height(TextStyle::kTyped) * static_cast<float>(lines);
  height = std::max(height, px(mm::kTarget));
  if (!view.label.empty()) {
    height += text_height(view.label, TextStyle::kBodyStrong, width_px) + px(1.5F);
  }
  if (!view.problem.empty()) {
    height += std::max(px(7), text_height(view.problem, TextStyle::kBodyStrong, width_px - px(9))) + px(2);
  }
  return height;
}

bool Ui::field_active(std::string_view id) const {
  return state_->field_id == id;
}

void Ui::activate_field(std::string_view id) {
  state_->field_id = id;
  state_->caret = std::string::npos;  // the end, once the text is known
  state_->shift = ShiftState::kAuto;
}

bool Ui::enter_pressed() const {
  return state_->enter;
}

std::optional<std::string> Ui::State::apply_edits(const FieldView& view) {
  TextBuffer buffer(view.text, caret, view.limit_bytes);
  bool changed = false;
  for (const FieldEdit& edit : edits) {
    switch (edit.act) {
      case FieldEdit::Act::kInsert:
        changed = buffer.insert(edit.typed) || changed;
        break;
      case FieldEdit::Act::kBackspace:
        changed = buffer.erase_before() || changed;
        break;
      case FieldEdit::Act::kDelete:
        changed = buffer.erase_after() || changed;
        break;
      case FieldEdit::Act::kLeft:
        buffer.left();
        break;
      case FieldEdit::Act::kRight:
        buffer.right();
        break;
      case FieldEdit::Act::kHome:
        buffer.to_start();
        break;
      case FieldEdit::Act::kEnd:
        buffer.to_end();
        break;
      case FieldEdit::Act::kEnter:
        if (view.kind == FieldKind::kManyLines) {
          changed = buffer.insert("\n") || changed;
        } else {
          enter = true;
        }
        break;
    }
  }
  edits.clear();
  caret = buffer.caret();
  const KeyboardLayer drawn_layer = shown_layer();
  field_sentence_start = view.kind != FieldKind::kSecret && starts_sentence(buffer.text(), caret);
  if (shown_layer() != drawn_layer) {
    settle();  // the keyboard, drawn before its field, must show the other letters
  }
  return changed ? std::optional(buffer.text()) : std::nullopt;
}

std::optional<std::string> Ui::field(const FieldView& view, const Rect& rect) {
  State& s = *state_;
  const Palette& c = colours();
  Rect area = snapped(rect);
  if (!view.label.empty()) {
    const float height = text_height(view.label, TextStyle::kBodyStrong, area.w);
    text(view.label, area.cut_top(height, px(1.5F)), {.style = TextStyle::kBodyStrong});
  }
  if (!view.problem.empty()) {
    const float height = std::max(px(7), text_height(view.problem, TextStyle::kBodyStrong, area.w - px(9)));
    Rect line = area.cut_bottom(height, px(2));
    const Rect sign = line.cut_left(px(7), px(2));
    icon("x", {sign.x, sign.centre().y - px(3.5F), px(7), px(7)}, c.high() ? c.ochre : c.clay);
    text(view.problem, line,
         {.style = TextStyle::kBodyStrong, .colour = c.high() ? c.ochre : c.clay, .valign = VAlign::kMiddle});
    publish(view.id + ".problem", view.problem);
  }
  const std::string spoken = view.label.empty() ? view.hint : view.label;
  const Touchable touch = touchable(view.id, area, Role::kField, spoken);
  if (s.field_id.empty() && view.starts_active) {
    activate_field(view.id);
  }
  if (touch.activated && s.field_id != view.id) {
    activate_field(view.id);
  }
  const bool active = s.field_id == view.id;
  std::optional<std::string> changed;
  if (active) {
    s.field_seen = true;
    s.field_many_lines = view.kind == FieldKind::kManyLines;
    changed = s.apply_edits(view);
  }
  const std::string& shown_text = changed ? *changed : view.text;
  publish(view.id, view.kind == FieldKind::kSecret ? std::to_string(count_letters(shown_text)) : shown_text);

  const float radius = px(mm::kKeyRadius);
  if (active) {
    round(area.inset(-px(1.0F)), radius + px(1.0F), c.ochre);
  }
  round(area, radius, c.ink);
  round(area.inset(px(0.6F)), radius - px(0.6F), c.surface);
  if (touch.focused) {
    focus_ring(area, radius);
  }

  const Rect inside = area.inset(px(kFieldPadMm), px(2));
  const std::string words = view.kind == FieldKind::kSecret ? dots_for(shown_text) : shown_text;
  const std::size_t caret =
      view.kind == FieldKind::kSecret ? dots_byte(shown_text, std::min(s.caret, shown_text.size())) : s.caret;
  const Type type = s.type(TextStyle::kTyped);
  const LetterWidth width_of = s.letter_width(type);
  const float caret_width = std::max(2.0F, px(0.7F));
  const bool many = view.kind == FieldKind::kManyLines;
  std::vector<TextLine> lines = break_lines(words, many ? inside.w - caret_width : 0, width_of);
  // A space typed at the end of a line hangs in the margin; the caret stays in sight.
  const std::size_t caret_line = line_of(lines, std::min(caret, words.size()));
  const TextLine& with_caret = lines[caret_line];
  const std::size_t caret_byte = std::clamp(caret, with_caret.begin, words.size());
  const float caret_x =
      text_width(std::string_view(words).substr(with_caret.begin, caret_byte - with_caret.begin), width_of);

  // More than fits: what stands around the caret is shown.
  const int fitting = std::max(1, static_cast<int>(std::floor(inside.h / type.line_height)));
  const auto total = static_cast<int>(lines.size());
  const int first =
      active ? std::clamp(static_cast<int>(caret_line) - fitting + 1, 0, std::max(0, total - fitting)) : 0;
  const int last = std::min(total, first + fitting);
  const float slide = many ? 0 : std::max(0.0F, (active ? caret_x : 0) - (inside.w - 2 * caret_width));
  const float top = many ? inside.y + px(1) : inside.y + (inside.h - type.line_height) / 2;

  s.push_clip(area.inset(px(0.6F)));
  if (words.empty() && !view.hint.empty()) {
    // One line, in smaller letters rather than cut: it is an example, not the question.
    const float room = inside.w - 2 * caret_width;
    const bool fits = many || measure(view.hint, TextStyle::kBody).w <= room;
    text(view.hint, {inside.x + 2 * caret_width, top, room, inside.h},
         {.style = fits ? TextStyle::kBody : stepped_down(TextStyle::kBody, metrics().text_size()), .colour = c.ink2});
  }
  for (int i = first; i < last; ++i) {
    const TextLine& line = lines[static_cast<std::size_t>(i)];
    const float y = top + static_cast<float>(i - first) * type.line_height + (type.line_height + type.cap_height) / 2;
    s.draw_line(std::string_view(words).substr(line.begin, line.end - line.begin), {inside.x - slide, y}, type, c.ink);
  }
  if (active) {
    const std::int64_t phase = s.reduce_motion ? 0 : (now_ms() / kBlinkMs) % 2;
    if (phase == 0) {
      const float y = top + static_cast<float>(static_cast<int>(caret_line) - first) * type.line_height;
      const float x = std::min(inside.x + caret_x - slide, area.right() - px(1.5F));
      const float inset = (type.line_height - type.cap_height * 1.4F) / 2;
      fill({x, y + inset, caret_width, type.line_height - 2 * inset}, c.high() ? c.ochre : c.ember);
    }
    if (!s.reduce_motion) {
      animate(kBlinkMs - now_ms() % kBlinkMs);
    }
  }
  s.pop_clip();

  if (touch.activated && active && view.kind != FieldKind::kSecret) {
    const int row = std::clamp(first + static_cast<int>((s.activated_at.y - top) / type.line_height), 0, total - 1);
    s.caret = byte_at(words, lines[static_cast<std::size_t>(row)], s.activated_at.x - inside.x + slide, width_of);
    s.shift = ShiftState::kAuto;
    s.settle();
  }
  return changed;
}

}  // namespace mimika::ui
