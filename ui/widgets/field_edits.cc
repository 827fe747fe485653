// What keys do to the text of the active field. The session owns the text; here it is changed and handed back.
#include <algorithm>

#include "kiosk/base/wipe.h"
#include "ui/widgets/ui_state.h"
#include "ui/widgets/utf8.h"

namespace mimika::ui {
namespace {

// Up, Down, Home and End need to know how the text is broken into lines.
void move_by_line(TextBuffer& buffer, FieldEdit::Act act, const FieldLayout& layout, FieldSight& sight) {
  const std::vector<TextLine> lines = break_lines(buffer.text(), layout.width, layout.width_of);
  const std::size_t line = line_of(lines, buffer.caret());
  switch (act) {
    case FieldEdit::Act::kHome:
      return buffer.move_to(lines[line].begin);
    case FieldEdit::Act::kEnd:
      return buffer.move_to(std::max(lines[line].end, buffer.caret()));
    default:
      break;
  }
  if (sight.goal_x < 0) {
    sight.goal_x = x_of(buffer.text(), lines, buffer.caret(), layout.width_of);
  }
  const int down = act == FieldEdit::Act::kDown ? 1 : -1;
  buffer.move_to(byte_a_line_off(buffer.text(), lines, buffer.caret(), down, sight.goal_x, layout.width_of));
}

}  // namespace

std::optional<std::string> Ui::State::apply_edits(const FieldView& view, const FieldLayout& layout) {
  const bool many = view.kind == FieldKind::kManyLines;
  TextBuffer buffer(view.text, caret, view.limit_bytes, many ? FieldLines::kMany : FieldLines::kOne);
  bool changed = false;
  for (FieldEdit& edit : edits) {
    bool typed = false;
    switch (edit.act) {
      case FieldEdit::Act::kInsert:
        typed = buffer.insert(edit.typed);
        break;
      case FieldEdit::Act::kComplete:
        typed = buffer.complete_word(edit.typed);
        break;
      case FieldEdit::Act::kBackspace:
        typed = buffer.erase_before();
        break;
      case FieldEdit::Act::kDelete:
        typed = buffer.erase_after();
        break;
      case FieldEdit::Act::kLeft:
        buffer.left();
        break;
      case FieldEdit::Act::kRight:
        buffer.right();
        break;
      case FieldEdit::Act::kUp:
      case FieldEdit::Act::kDown:
      case FieldEdit::Act::kHome:
      case FieldEdit::Act::kEnd:
        move_by_line(buffer, edit.act, layout, sight);
        break;
      case FieldEdit::Act::kEnter:
        if (many) {
          typed = buffer.insert("\n");
        } else {
          enter = true;
        }
        break;
      case FieldEdit::Act::kClear:
        if (!buffer.text().empty()) {
          cleared.keep(buffer.text());
          changed = buffer.clear();
        }
        break;
      case FieldEdit::Act::kUndoClear:
        if (buffer.text().empty() && !cleared.empty()) {
          changed = buffer.insert(cleared.view()) || changed;
          cleared.forget();
        }
        break;
    }
    if (typed) {
      changed = true;
      cleared.forget();  // something else was typed: what was cleared is gone for good
    }
    if (edit.act != FieldEdit::Act::kUp && edit.act != FieldEdit::Act::kDown) {
      sight.goal_x = -1;
    }
    wipe(edit.typed);
  }
  edits.clear();
  caret = buffer.caret();

  const std::string& text = buffer.text();
  sight.at_start = caret == 0;
  sight.at_end = caret == text.size();
  const std::string_view word = view.kind == FieldKind::kSecret ? std::string_view() : word_before(text, caret);
  if (word != typed_word) {
    wipe(typed_word);
    typed_word = word;
    settle();  // what is suggested for it is drawn before the field
  }

  // The keyboard is drawn before its field: what it shows of the field is one frame old.
  const KeyboardLayer drawn_layer = shown_layer();
  const bool drawn_empty = field_empty;
  const bool drawn_many = field_many_lines;
  field_sentence_start = view.kind != FieldKind::kSecret && starts_sentence(text, caret);
  field_empty = text.empty();
  field_many_lines = many;
  if (!field_empty) {
    cleared.forget();  // filled from elsewhere
  }
  if (shown_layer() != drawn_layer || field_empty != drawn_empty || field_many_lines != drawn_many) {
    settle();
  }
  return changed ? std::optional(text) : std::nullopt;
}

std::string_view Ui::typed_word() const {
  return state_->typed_word;
}

void Ui::complete_word(std::string_view word) {
  state_->edits.push_back({FieldEdit::Act::kComplete, std::string(word)});
}

void Ui::State::leave_field() {
  field_id.clear();
  layer = KeyboardLayer::kLower;
  shift = ShiftState::kAuto;
  sight = {};
  cleared.forget();
  wipe(typed_word);
  hardware_typing = false;
}

bool Ui::State::arrow_moves_caret(Key key) const {
  if (field_id.empty()) {
    return false;
  }
  // A keypad without letters moves the focus alone: an arrow that stays in the field would hide the targets beyond it.
  // While somebody types on a keyboard, the arrows along the line are the caret's until they reach the edge of the
  // text; those across it always lead to the next target, or a long story would be a trap.
  const bool on_field = hardware_typing && (!focus_shown || focus_id == field_id);
  if (!on_field) {
    return false;
  }
  switch (key) {
    case Key::kLeft:
      return !sight.at_start;
    case Key::kRight:
      return !sight.at_end;
    default:
      return false;
  }
}

}  // namespace mimika::ui
