// Move-only owners of SDL's handles.
#pragma once

#include <SDL.h>

#include <memory>

namespace mimika::ui {

struct SdlDelete {
  void operator()(SDL_Window* window) const { SDL_DestroyWindow(window); }
  void operator()(SDL_Renderer* renderer) const { SDL_DestroyRenderer(renderer); }
  void operator()(SDL_Texture* texture) const { SDL_DestroyTexture(texture); }
  void operator()(SDL_Surface* surface) const { SDL_FreeSurface(surface); }
};
template <typename T>
using SdlHandle = std::unique_ptr<T, SdlDelete>;

}  // namespace mimika::ui
