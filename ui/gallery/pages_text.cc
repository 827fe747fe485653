// Fields in their states, and each keyboard with a field that it types into.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "ui/gallery/specimens.h"

namespace mimika::gallery {
namespace {

using ui::Rect;

constexpr std::size_t kFieldBytes = 160;

// The field keeps what was typed into it.
void type_into(Stand& stand, ui::FieldView view, const Rect& place) {
  if (const auto typed = stand.tried.texts.find(view.id); typed != stand.tried.texts.end()) view.text = typed->second;
  view.limit_bytes = kFieldBytes;
  if (auto changed = stand.ui.field(view, place)) {
    stand.tried.texts.insert_or_assign(view.id, *std::move(changed));
    stand.tried.changed = true;
  }
}

struct Keyboard {
  const char* name;
  ui::KeyboardKind kind;
  const char* label;
  const char* hint;
};

void draw_keyboard(Stand& stand, const Keyboard& keyboard, Rect area) {
  ui::Ui& ui = stand.ui;
  ui::FieldView view{.id = std::string("field.") + keyboard.name, .text = {}};
  view.label = stand.text(keyboard.label);
  view.hint = stand.text(keyboard.hint);
  view.starts_active = true;
  ui.keyboard(keyboard.kind, area, ui.field_height(view, area.w, 1) + ui.px(1));
  // On the lowest panels its label moves into it.
  if (area.h < ui.field_height(view, area.w, 1)) {
    view.hint = view.label;
    view.label.clear();
  }
  type_into(stand, view, {area.x, area.y, area.w, std::min(area.h, ui.field_height(view, area.w, 1))});
}

}  // namespace

void draw_fields(Stand& stand, const Rect& area) {
  ui::Ui& ui = stand.ui;
  constexpr float kFieldMm = 84.0F;
  flow_page(stand, "fields", area, [&](ui::Flow& flow) {
    ui::FieldView empty{.id = "field.empty", .text = {}};
    empty.label = stand.text("gallery.fields.empty");
    empty.hint = stand.text("field.hint.name");
    ui::FieldView active{.id = "field.active", .text = stand.text("gallery.sample.name")};
    active.label = stand.text("gallery.fields.active");
    active.starts_active = true;
    ui::FieldView filled{.id = "field.filled", .text = stand.text("gallery.sample.name")};
    filled.label = stand.text("gallery.fields.filled");
    ui::FieldView focused = filled;
    focused.id = "field.focused";
    focused.label = stand.text("gallery.fields.focused");
    ui::FieldView wrong{.id = "field.wrong", .text = "9404067508900001"};
    wrong.label = stand.text("gallery.fields.problem");
    wrong.problem = stand.text("problem.nik_date");
    ui::FieldView secret{.id = "field.secret", .text = "482710"};
    secret.kind = ui::FieldKind::kSecret;
    secret.label = stand.text("gallery.fields.secret");
    ui::FieldView many{.id = "field.many", .text = stand.text("gallery.sample.story")};
    many.kind = ui::FieldKind::kManyLines;
    many.label = stand.text("gallery.fields.many");

    const int across = ui::columns_that_fit(flow.width(), ui.px(kFieldMm), 2 * ui.gap(),
                                            ui.metrics().text_size() == ui::TextSize::kNormal ? 2 : 1);
    const std::vector<std::pair<const ui::FieldView*, Shown>> fields = {
        {&empty, Shown::kNormal}, {&active, Shown::kNormal}, {&filled, Shown::kNormal}, {&focused, Shown::kFocused}};
    for (std::size_t first = 0; first < fields.size(); first += static_cast<std::size_t>(across)) {
      const std::vector<Rect> lanes = ui::columns({0, 0, flow.width(), 0}, across, 2 * ui.gap());
      float height = 0;
      for (std::size_t i = 0; i < lanes.size(); ++i) {
        height = std::max(height, ui.field_height(*fields[first + i].first, lanes[i].w, 1));
      }
      const Rect strip = flow.next(height);
      for (std::size_t i = 0; i < lanes.size(); ++i) {
        const auto& [view, shown] = fields[first + i];
        const Posed posed(ui, shown);
        type_into(stand, *view, {strip.x + lanes[i].x, strip.y, lanes[i].w, ui.field_height(*view, lanes[i].w, 1)});
      }
    }
    for (const ui::FieldView* view : {&wrong, &secret}) {
      type_into(stand, *view, flow.next(ui.field_height(*view, flow.width(), 1)));
    }
    constexpr int kStoryLines = 3;
    type_into(stand, many, flow.next(ui.field_height(many, flow.width(), kStoryLines)));
  });
}

void draw_keyboard_text(Stand& stand, const Rect& area) {
  draw_keyboard(stand, {"text", ui::KeyboardKind::kText, "review.story", "story.complaint.hint"}, area);
}
void draw_keyboard_digits(Stand& stand, const Rect& area) {
  draw_keyboard(stand, {"digits", ui::KeyboardKind::kDigits, "gallery.sample.date", "field.hint.date"}, area);
}
void draw_keyboard_phone(Stand& stand, const Rect& area) {
  draw_keyboard(stand, {"phone", ui::KeyboardKind::kPhone, "contact.phone", "field.hint.phone"}, area);
}
void draw_keyboard_code(Stand& stand, const Rect& area) {
  draw_keyboard(stand, {"code", ui::KeyboardKind::kCode, "track.number.title", "track.number.hint"}, area);
}

}  // namespace mimika::gallery
