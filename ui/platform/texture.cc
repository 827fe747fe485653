#include "ui/platform/texture.h"

#include <string>

#include "kiosk/base/check.h"

namespace mimika::ui {

Result<std::unique_ptr<Texture>> make_texture(SDL_Renderer& renderer, int width, int height,
                                              std::span<const std::uint32_t> pixels) {
  CHECK(width > 0 && height > 0);
  const auto columns = static_cast<std::size_t>(width);
  CHECK(pixels.size() == columns * static_cast<std::size_t>(height));
  auto texture = std::make_unique<Texture>();
  texture->handle.reset(SDL_CreateTexture(&renderer, kTextureFormat, SDL_TEXTUREACCESS_STATIC, width, height));
  if (!texture->handle || SDL_UpdateTexture(texture->handle.get(), nullptr, pixels.data(), width * 4) != 0) {
    return fail(ErrorCode::kInternal, std::string("making a texture: ") + SDL_GetError());
  }
  texture->width = width;
  texture->height = height;

  const auto row_opaque = [&](int row) {
    const auto line = pixels.subspan(static_cast<std::size_t>(row) * columns, columns);
    // Without a way out of the loop it takes four pixels at a time.
    std::uint32_t common = 0xFFFFFFFFU;
    for (const std::uint32_t pixel : line) common &= pixel;
    return (common >> 24U) == 0xFFU;
  };
  // The run of opaque rows about the middle: where round corners leave it, the middle is whole.
  const int middle = height / 2;
  if (row_opaque(middle)) {
    texture->opaque_from = middle;
    texture->opaque_to = middle + 1;
    while (texture->opaque_from > 0 && row_opaque(texture->opaque_from - 1)) {
      --texture->opaque_from;
    }
    while (texture->opaque_to < height && row_opaque(texture->opaque_to)) {
      ++texture->opaque_to;
    }
  }
  return texture;
}

}  // namespace mimika::ui
