#include "ui/platform/last_words.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "ui/platform/canvas.h"
#include "ui/platform/renderer.h"
#include "ui/platform/texture.h"

namespace mimika::ui {
namespace {

using Clock = std::chrono::steady_clock;

constexpr ImU32 kGround = IM_COL32(9, 45, 64, 255);
constexpr ImU32 kText = IM_COL32(255, 255, 255, 255);
constexpr ImU32 kHeading = IM_COL32(247, 211, 131, 255);
constexpr float kLetterPx = 13.0F;  // ImGui's own; whole multiples of it stay sharp
constexpr float kSidesAcross = 200.0F;

// The letters as a texture of ours: white, with ImGui's coverage as alpha.
Result<std::unique_ptr<Texture>> letters(SDL_Renderer& renderer, ImFontAtlas& atlas) {
  unsigned char* cover = nullptr;
  int width = 0;
  int height = 0;
  atlas.GetTexDataAsAlpha8(&cover, &width, &height);
  std::vector<std::uint32_t> pixels(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  for (std::size_t i = 0; i < pixels.size(); ++i) pixels[i] = 0x00FFFFFFU | (std::uint32_t{cover[i]} << 24U);
  return make_texture(renderer, width, height, pixels);
}

}  // namespace

Status draw_last_words(Window& window, const std::vector<LastWords>& words) {
  Canvas canvas;
  const Size size = window.size_px();
  ImDrawList& list = canvas.begin(size);
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  TRY_ASSIGN(const std::unique_ptr<Texture> texture, letters(window.renderer(), atlas));

  const float scale = std::max(2.0F, std::floor(std::min(size.w, size.h) / kSidesAcross));
  const float margin = kLetterPx * scale;
  const float room = size.w - 2 * margin;
  ImFont* const font = atlas.Fonts[0];
  const ImVec4 clip(0, 0, size.w, size.h);
  // Plain colours have no texture, letters have ours.
  list.PushTextureID(nullptr);
  list.AddRectFilled({0, 0}, {size.w, size.h}, kGround);
  list.PopTextureID();
  list.PushTextureID(texture.get());
  float y = margin;
  for (const LastWords& one : words) {
    const float letter = kLetterPx * (one.heading ? scale + 1 : scale);
    const char* const begin = one.text.data();
    const char* const end = begin + one.text.size();
    font->RenderText(&list, letter, {margin, y}, one.heading ? kHeading : kText, clip, begin, end, room);
    y += font->CalcTextSizeA(letter, room, room, begin, end).y + letter * (one.heading ? 0.3F : 1.0F);
  }
  list.PopTextureID();

  DrawListRenderer renderer(window.renderer());
  renderer.render(canvas.finish());
  window.present();
  return {};
}

Status show_last_words(const WindowOptions& options, const std::vector<LastWords>& words,
                       std::chrono::milliseconds most) {
  TRY_ASSIGN(const std::unique_ptr<Window> window, Window::open(options));
  const Clock::time_point end = Clock::now() + most;
  TRY(draw_last_words(*window, words));
  for (Clock::time_point now = Clock::now(); now < end; now = Clock::now()) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - now).count();
    const WindowEvents events = window->wait(left + 1);
    if (events.quit) return {};
    if (events.exposed) TRY(draw_last_words(*window, words));
  }
  return {};
}

}  // namespace mimika::ui
