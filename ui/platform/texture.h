// A texture as the renderer sees it: TextureId (ui/widgets/graphics.h) is the address of one of these.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "kiosk/base/result.h"
#include "ui/platform/handles.h"

namespace mimika::ui {

struct Texture {
  SdlHandle<SDL_Texture> handle;
  int width = 0;
  int height = 0;
  // Rows that hold no transparent pixel. They are copied instead of blended, which in software is several times faster;
  // a picture with round corners is blended only in its first and last rows.
  int opaque_from = 0;
  int opaque_to = 0;
};

// The format of every texture: on little-endian machines bytes B, G, R, A.
inline constexpr SDL_PixelFormatEnum kTextureFormat = SDL_PIXELFORMAT_ARGB8888;

// pixels: width × height in kTextureFormat. kInternal when SDL refuses.
[[nodiscard]] Result<std::unique_ptr<Texture>> make_texture(SDL_Renderer& renderer, int width, int height,
                                                            std::span<const std::uint32_t> pixels);

}  // namespace mimika::ui
