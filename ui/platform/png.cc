#include "ui/platform/png.h"

#include <SDL.h>
#include <SDL_image.h>

#include <algorithm>
#include <array>
#include <memory>

#include "kiosk/base/check.h"
#include "kiosk/base/files.h"

namespace mimika::ui {
namespace {

// The signature, then the header's length and name, then width and height.
constexpr std::array<std::uint8_t, 16> kPngStart = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n',
                                                    0,    0,   0,   13,  'I',  'H',  'D',  'R'};
constexpr std::size_t kPngSizeEnd = kPngStart.size() + 8;

using Surface = std::unique_ptr<SDL_Surface, void (*)(SDL_Surface*)>;

// SDL keeps the words of its last error for each thread, and gives them back only at the end of threads of its own.
struct ErrorWords {
  ErrorWords() = default;
  ~ErrorWords() { SDL_TLSCleanup(); }
  ErrorWords(const ErrorWords&) = delete;
  ErrorWords& operator=(const ErrorWords&) = delete;
};

std::uint32_t number_at(const Bytes& bytes, std::size_t at) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) number = number << 8U | bytes[at + i];
  return number;
}

}  // namespace

Status write_png(const std::string& path, int width, int height, std::span<const std::uint8_t> rgba) {
  CHECK(rgba.size() == static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4);
  // SDL takes a pointer to mutable pixels but only reads them here.
  const Surface surface(SDL_CreateRGBSurfaceWithFormatFrom(const_cast<std::uint8_t*>(rgba.data()), width, height, 32,
                                                           width * 4, SDL_PIXELFORMAT_RGBA32),
                        SDL_FreeSurface);
  if (!surface) {
    return fail(ErrorCode::kInternal, std::string("wrapping pixels: ") + SDL_GetError());
  }
  if (IMG_SavePNG(surface.get(), path.c_str()) != 0) {
    return fail(ErrorCode::kStorageFailed, "writing " + path + ": " + IMG_GetError());
  }
  return {};
}

Result<PngPicture> read_png(const std::string& path) {
  const ErrorWords given_back;
  TRY_ASSIGN(const Bytes file, read_file(path, kPngBytes));
  if (file.size() < kPngSizeEnd || !std::equal(kPngStart.begin(), kPngStart.end(), file.begin())) {
    return fail(ErrorCode::kInvalidInput, path + " is no PNG picture");
  }
  const std::uint32_t width = number_at(file, kPngStart.size());
  const std::uint32_t height = number_at(file, kPngStart.size() + 4);
  if (width > kPngSide || height > kPngSide) {
    return fail(ErrorCode::kTooLarge, path + " has more than " + std::to_string(kPngSide) + " pixels a side");
  }
  const Surface read(IMG_LoadPNG_RW(std::unique_ptr<SDL_RWops, int (*)(SDL_RWops*)>(
                                        SDL_RWFromConstMem(file.data(), static_cast<int>(file.size())), SDL_RWclose)
                                        .get()),
                     SDL_FreeSurface);
  if (!read) return fail(ErrorCode::kCorrupt, path + " is broken: " + IMG_GetError());
  const Surface surface(SDL_ConvertSurfaceFormat(read.get(), SDL_PIXELFORMAT_RGBA32, 0), SDL_FreeSurface);
  if (!surface) return fail(ErrorCode::kInternal, "reading " + path + ": " + SDL_GetError());
  PngPicture picture{.width = surface->w, .height = surface->h, .rgba = {}};
  const auto row_bytes = static_cast<std::size_t>(picture.width) * 4;
  picture.rgba.reserve(row_bytes * static_cast<std::size_t>(picture.height));
  const auto* row = static_cast<const std::uint8_t*>(surface->pixels);
  for (int y = 0; y < picture.height; ++y, row += surface->pitch) {
    picture.rgba.insert(picture.rgba.end(), row, row + row_bytes);
  }
  return picture;
}

}  // namespace mimika::ui
