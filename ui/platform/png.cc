#include "ui/platform/png.h"

#include <SDL.h>
#include <SDL_image.h>

#include <memory>

#include "kiosk/base/check.h"

namespace mimika::ui {

Status write_png(const std::string& path, int width, int height, std::span<const std::uint8_t> rgba) {
  CHECK(rgba.size() == static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4);
  // SDL takes a pointer to mutable pixels but only reads them here.
  const std::unique_ptr<SDL_Surface, void (*)(SDL_Surface*)> surface(
      SDL_CreateRGBSurfaceWithFormatFrom(const_cast<std::uint8_t*>(rgba.data()), width, height, 32, width * 4,
                                         SDL_PIXELFORMAT_RGBA32),
      SDL_FreeSurface);
  if (!surface) {
    return fail(ErrorCode::kInternal, std::string("wrapping pixels: ") + SDL_GetError());
  }
  if (IMG_SavePNG(surface.get(), path.c_str()) != 0) {
    return fail(ErrorCode::kStorageFailed, "writing " + path + ": " + IMG_GetError());
  }
  return {};
}

}  // namespace mimika::ui
