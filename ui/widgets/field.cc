// A text field with a caret. The session owns the text; the field keeps the caret and applies what the keyboards typed.
#include <algorithm>
#include <cmath>

#include "kiosk/base/wipe.h"
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

// Where the text stands inside a field.
struct FieldBox {
  Rect inside = {};
  float top = 0;  // of the first line
  float line = 0;
  float wrap = 0;  // 0: one line
  float caret_width = 0;
};

FieldBox box_of(const Ui& ui, const FieldView& view, const Rect& area, const Type& type) {
  FieldBox box;
  const bool many = view.kind == FieldKind::kManyLines;
  box.inside = area.inset(ui.px(kFieldPadMm), ui.px(2));
  box.caret_width = std::max(2.0F, ui.px(0.7F));
  box.line = type.line_height;
  box.top = many ? box.inside.y + ui.px(1) : box.inside.y + (box.inside.h - box.line) / 2;
  box.wrap = many ? std::max(1.0F, box.inside.w - box.caret_width) : 0;
  return box;
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
  state_->leave_field();
  state_->field_id = id;
  state_->caret = std::string::npos;  // the end, once the text is known
}

bool Ui::enter_pressed() const {
  return state_->enter;
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
         {.style = TextStyle::kBodyStrong,
          .colour = c.high() ? c.ochre : c.clay,
          .valign = VAlign::kMiddle,
          .hearing = Hearing::kNews});
    publish(view.id + ".problem", view.problem);
  }
  const std::string spoken = view.label.empty() ? view.hint : view.label;
  const Touchable touch = touchable(view.id, area, Role::kField, spoken);
  s.hear_instead({view.label, view.hint});  // what was typed is nobody else's
  const bool was_active = s.field_id == view.id;
  if ((s.field_id.empty() && view.starts_active) || (touch.activated && !was_active)) {
    activate_field(view.id);
  }
  const bool active = s.field_id == view.id;
  std::optional<std::string> changed;
  if (active) {
    s.field_seen = true;
    const LetterWidth width_of = s.letter_width(s.type(TextStyle::kTyped));
    const FieldBox box = box_of(*this, view, area, s.type(TextStyle::kTyped));
    if (touch.activated && s.touched_by_finger && view.kind != FieldKind::kSecret) {
      // The person touched what the last frame showed: an inactive field shows its beginning.
      const std::vector<TextLine> lines = break_lines(view.text, box.wrap, width_of);
      const float x = s.activated_at.x - box.inside.x + s.sight.slide;
      const int row = s.sight.first_line + static_cast<int>(std::floor((s.activated_at.y - box.top) / box.line));
      const int line = std::clamp(row, 0, static_cast<int>(lines.size()) - 1);
      s.caret = byte_at(view.text, lines[static_cast<std::size_t>(line)], x, width_of);
      s.sight.goal_x = -1;
      if (s.shift != ShiftState::kLocked) {
        s.shift = ShiftState::kAuto;
      }
    }
    changed = s.apply_edits(view, {.width = box.wrap, .width_of = width_of});
  }
  const std::string& now = changed ? *changed : view.text;
  publish(view.id, view.kind == FieldKind::kSecret ? std::to_string(count_letters(now)) : now);

  const float radius = px(mm::kKeyRadius);
  if (active) {
    round(area.inset(-px(1.0F)), radius + px(1.0F), c.ochre);
  }
  round(area, radius, c.ink);
  round(area.inset(px(0.6F)), radius - px(0.6F), c.surface);
  if (touch.focused) {
    focus_ring(area, radius);
  }
  s.push_clip(area.inset(px(0.6F)));
  if (active) {
    // What the finger is on stands in the field at once; lifting the finger makes it stay, leaving the key takes it
    // out.
    TextBuffer seen(now, s.caret, view.limit_bytes, s.field_many_lines ? FieldLines::kMany : FieldLines::kOne);
    seen.insert(s.letter_under_finger());
    s.draw_field_text(*this, view, seen.text(), seen.caret(), area);
  } else {
    s.draw_field_text(*this, view, now, std::nullopt, area);
  }
  s.pop_clip();
  return changed;
}

void Ui::State::draw_field_text(Ui& ui, const FieldView& view, const std::string& text,
                                std::optional<std::size_t> caret_at, const Rect& area) {
  const bool secret = view.kind == FieldKind::kSecret;
  std::string letters = secret ? dots_for(text) : text;
  const Type type_now = type(TextStyle::kTyped);
  const LetterWidth width_of = letter_width(type_now);
  const FieldBox box = box_of(ui, view, area, type_now);
  const std::vector<TextLine> lines = break_lines(letters, box.wrap, width_of);
  const auto total = static_cast<int>(lines.size());
  const int fitting = std::max(1, static_cast<int>(std::floor(box.inside.h / box.line)));
  const float room = box.inside.w - 2 * box.caret_width;

  // Only as far as the caret asks for it: a text that jumps under the finger cannot be touched.
  FieldSight here;
  std::size_t caret_line = 0;
  float caret_x = 0;
  if (caret_at) {
    const std::size_t byte = secret ? dots_byte(text, *caret_at) : *caret_at;
    caret_line = line_of(lines, byte);
    caret_x = x_of(letters, lines, byte, width_of);
    const int line = static_cast<int>(caret_line);
    sight.first_line = std::clamp(sight.first_line, line - fitting + 1, line);
    sight.first_line = std::clamp(sight.first_line, 0, std::max(0, total - fitting));
    if (box.wrap > 0) {
      sight.slide = 0;
    } else {
      const float least = std::max(0.0F, caret_x - room);
      const float longest = std::max(0.0F, lines.front().width - room);
      const float lead = std::min(room / 4, caret_x);  // some letters before the caret stay in sight
      sight.slide = std::clamp(sight.slide, least, std::max(least, std::min(longest, caret_x - lead)));
    }
    here = sight;
  }

  if (letters.empty() && !view.hint.empty()) {
    // One line, in smaller letters rather than cut: it is an example, not the question.
    const bool fits = box.wrap > 0 || ui.measure(view.hint, TextStyle::kBody).w <= room;
    const bool many = box.wrap > 0;
    ui.text(view.hint, {box.inside.x + 2 * box.caret_width, box.top, room, many ? box.inside.h : box.line},
            {.style = fits ? TextStyle::kBody : stepped_down(TextStyle::kBody, metrics.text_size()),
             .colour = colours->ink2,
             .valign = many ? VAlign::kTop : VAlign::kMiddle});
  }
  const int last = std::min(total, here.first_line + fitting);
  for (int i = here.first_line; i < last; ++i) {
    const TextLine& line = lines[static_cast<std::size_t>(i)];
    const float y = box.top + static_cast<float>(i - here.first_line) * box.line;
    draw_line(std::string_view(letters).substr(line.begin, line.end - line.begin),
              {box.inside.x - here.slide, y + (box.line + type_now.cap_height) / 2}, type_now, colours->ink);
  }
  if (caret_at) {
    const std::int64_t phase = reduce_motion ? 0 : (now_ms / kBlinkMs) % 2;
    if (phase == 0 || touch.down()) {
      const float y = box.top + static_cast<float>(static_cast<int>(caret_line) - here.first_line) * box.line;
      // A space typed at the end of a line hangs in the margin; the caret stays in sight.
      const float x = std::min(box.inside.x + caret_x - here.slide, area.right() - ui.px(1.5F));
      const float inset = (box.line - type_now.cap_height * 1.4F) / 2;
      ui.fill({x, y + inset, box.caret_width, box.line - 2 * inset}, colours->high() ? colours->ochre : colours->ember);
    }
    if (!reduce_motion) {
      ui.animate(kBlinkMs - now_ms % kBlinkMs);
    }
  }
  // Lines above or below what is shown.
  if (here.first_line > 0) {
    draw_edge(area.inset(ui.px(0.6F)), Edge::kTop);
  }
  if (last < total) {
    draw_edge(area.inset(ui.px(0.6F)), Edge::kBottom);
  }
  wipe(letters);
}

}  // namespace mimika::ui
