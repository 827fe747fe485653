#include "ui/platform/cross_fade.h"

#include <cstddef>
#include <utility>

#include "kiosk/base/wipe.h"

namespace mimika::ui {

void CrossFade::begin(std::int64_t now_ms) {
  end();
  if (SDL_GetRendererOutputSize(renderer_, &width_, &height_) != 0) return;
  // Without an alpha channel, since the screen is opaque: SDL mixes such pictures several times faster.
  constexpr Uint32 kFormat = SDL_PIXELFORMAT_RGB888;
  SdlHandle<SDL_Texture> old(SDL_CreateTexture(renderer_, kFormat, SDL_TEXTUREACCESS_STREAMING, width_, height_));
  void* pixels = nullptr;
  int pitch = 0;
  if (old == nullptr || SDL_LockTexture(old.get(), nullptr, &pixels, &pitch) != 0) return;
  const bool read = SDL_RenderReadPixels(renderer_, nullptr, kFormat, pixels, pitch) == 0;
  SDL_UnlockTexture(old.get());
  if (!read || SDL_SetTextureBlendMode(old.get(), SDL_BLENDMODE_BLEND) != 0) return;
  old_ = std::move(old);
  begun_ms_ = now_ms;
  painted_ms_ = now_ms;
}

void CrossFade::paint(std::int64_t now_ms) {
  if (!running()) return;
  int width = 0;
  int height = 0;
  const bool resized =
      SDL_GetRendererOutputSize(renderer_, &width, &height) != 0 || width != width_ || height != height_;
  // The first frame shows something of the new screen already: a touch is answered in the next frame.
  const std::int64_t past = now_ms - begun_ms_ + kFadeFrameMs;
  if (resized || past >= kFadeMs || past < 0) return end();
  SDL_SetTextureAlphaMod(old_.get(), static_cast<Uint8>(255 * (kFadeMs - past) / kFadeMs));
  SDL_RenderSetClipRect(renderer_, nullptr);
  SDL_RenderCopy(renderer_, old_.get(), nullptr, nullptr);
  painted_ms_ = now_ms;
}

void CrossFade::end() {
  if (old_ == nullptr) return;
  void* pixels = nullptr;
  int pitch = 0;
  if (SDL_LockTexture(old_.get(), nullptr, &pixels, &pitch) == 0) {
    overwrite_memory(pixels, static_cast<std::size_t>(pitch) * static_cast<std::size_t>(height_));
    SDL_UnlockTexture(old_.get());
  }
  old_.reset();
}

std::optional<std::int64_t> CrossFade::next_ms() const {
  if (!running()) return std::nullopt;
  return painted_ms_ + kFadeFrameMs;
}

}  // namespace mimika::ui
