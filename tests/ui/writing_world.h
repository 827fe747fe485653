// A story field over the on-screen keyboard; the session is a string.
#pragma once

#include <catch2/catch.hpp>
#include <string>

#include "tests/ui/fakes.h"

namespace mimika::testing {

struct Writing {
  std::string text;
  std::size_t limit = 200;
  ui::FieldKind kind = ui::FieldKind::kManyLines;
  ui::KeyboardKind keyboard = ui::KeyboardKind::kText;
  bool enter = false;
  float field_height = 0;  // 0: all there is above the keyboard
  ui::Rect field = {};     // where it was drawn

  void operator()(ui::Ui& ui) {
    ui::Rect area = ui.content();
    ui.keyboard(keyboard, area);
    ui::FieldView view{.id = "story", .text = text, .limit_bytes = limit, .starts_active = true};
    view.kind = kind;
    field = area;
    if (field_height > 0) field.h = field_height;
    if (auto changed = ui.field(view, field)) text = *changed;
    enter = ui.enter_pressed();
  }
};

inline void tap_at(UiWorld& world, Writing& writing, ui::Point at) {
  world.frame({down(at), up(at)}, writing);
  world.frame({}, writing);
  world.frame({}, writing);
}

inline void tap(UiWorld& world, Writing& writing, const std::string& key) {
  const ui::Target* target = world.ui.find_target("keyboard." + key);
  REQUIRE(target != nullptr);
  tap_at(world, writing, target->rect.centre());
}

inline void tap_all(UiWorld& world, Writing& writing, const std::string& keys) {
  for (const char key : keys) {
    tap(world, writing, key == ' ' ? "space" : key == '.' ? "dot" : std::string(1, key));
  }
}

inline ui::InputEvent typed(std::string text) {
  return {.kind = ui::InputKind::kText, .text = std::move(text)};
}

}  // namespace mimika::testing
