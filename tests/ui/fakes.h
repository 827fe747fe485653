// Letters and pictures without FreeType or SDL: every letter half an em wide, every picture the size that was asked
// for.
#pragma once

#include <imgui.h>

#include <string>
#include <vector>

#include "ui/widgets/ui.h"

namespace mimika::testing {

class FakeFonts final : public ui::FontSet {
 public:
  ui::Glyph glyph(ui::Face face, char32_t letter) override {
    drawn += letter;
    return {{}, {}, advance(face, letter)};
  }
  float advance(ui::Face face, char32_t) override { return static_cast<float>(face.px) / 2; }

  std::u32string drawn;  // every letter in the order of drawing
};

class FakePictures final : public ui::PictureSource {
 public:
  ui::TextureRegion picture(const ui::PictureRequest& request) override {
    requests.push_back(request);
    return {};
  }
  ui::TextureRegion disc(int) override { return {}; }
  ui::TextureRegion ring(int, int) override { return {}; }
  ui::Size natural_size(const std::string&) override { return {100, 10}; }

  std::vector<ui::PictureRequest> requests;
};

// A Ui on a 1280 × 800 panel of 261 mm, fed frame by frame.
class UiWorld {
 public:
  UiWorld() : context_(ImGui::CreateContext()), ui(fonts, pictures) {
    ImGui::GetIO().IniFilename = nullptr;
    ImGui::GetIO().Fonts->AddFontDefault();
    ImGui::GetIO().Fonts->Build();
    ui.set_words({.space = "spasi",
                  .letters = "abc",
                  .digits = "123",
                  .up = "Naik",
                  .down = "Turun",
                  .at_start = "atas",
                  .at_end = "bawah",
                  .shift = "besar",
                  .backspace = "hapus",
                  .enter = "baris",
                  .caret_left = "kiri",
                  .caret_right = "kanan",
                  .caret_up = "atas",
                  .caret_down = "bawah",
                  .shift_locked = "terkunci",
                  .accents = "é…",
                  .clear = "Kosongkan",
                  .undo_clear = "Kembalikan",
                  .clear_empty = "Belum ada tulisan."});
  }
  ~UiWorld() { ImGui::DestroyContext(context_); }
  UiWorld(const UiWorld&) = delete;
  UiWorld& operator=(const UiWorld&) = delete;

  template <typename Draw>
  void frame(const std::vector<ui::InputEvent>& events, Draw&& draw) {
    ImGui::GetIO().DisplaySize = {input.screen_px.w, input.screen_px.h};
    ImGui::NewFrame();
    input.now_ms = now_ms;
    input.events = events;
    ui.schedule().take_due(now_ms);
    ui.begin_frame(input, *ImGui::GetBackgroundDrawList());
    draw(ui);
    ui.end_frame();
    ImGui::Render();
    now_ms += 16;
  }

  FakeFonts fonts;
  FakePictures pictures;
  std::int64_t now_ms = 1000;
  ui::FrameInput input{.screen_px = {1280, 800}, .panel_width_mm = 261};

 private:
  ImGuiContext* context_;

 public:
  ui::Ui ui;
};

inline ui::InputEvent finger(ui::InputKind kind, ui::Point at, std::int64_t which = 1) {
  return {.kind = kind, .finger = which, .at = at};
}
inline ui::InputEvent down(ui::Point at, std::int64_t which = 1) {
  return finger(ui::InputKind::kFingerDown, at, which);
}
inline ui::InputEvent moved(ui::Point at, std::int64_t which = 1) {
  return finger(ui::InputKind::kFingerMove, at, which);
}
inline ui::InputEvent up(ui::Point at, std::int64_t which = 1) {
  return finger(ui::InputKind::kFingerUp, at, which);
}
inline ui::InputEvent pressed(ui::Key key) {
  return {.kind = ui::InputKind::kKeyDown, .key = key};
}

}  // namespace mimika::testing
