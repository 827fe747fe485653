#include "ui/platform/pictures.h"

#include <SDL_image.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <unordered_map>
#include <vector>

#include "kiosk/base/files.h"
#include "kiosk/base/log.h"
#include "ui/platform/raster_store.h"
#include "ui/platform/svg.h"
#include "ui/platform/texture.h"

namespace mimika::ui {
namespace {

constexpr std::size_t kSvgBytes = 512UL * 1024;         // no drawing of ours comes near
constexpr std::size_t kMostBytes = 96UL * 1024 * 1024;  // of rasterised pictures
constexpr int kMostSide = 4096;
constexpr std::string_view kImagePrefix = "image/";
constexpr const char* kDrawingFolders[] = {"icons", "marks", "pictures"};

using Pixels = std::vector<std::uint32_t>;

std::size_t index_of(int x, int y, int width) {
  return static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x);
}

// How much of the pixel at (x, y) lies inside a disc, by the distance of its centre: soft by one pixel.
float disc_cover(float x, float y, float centre, float radius) {
  const float distance = std::hypot(x + 0.5F - centre, y + 0.5F - centre);
  return std::clamp(radius - distance + 0.5F, 0.0F, 1.0F);
}

void round_corners(Pixels& pixels, int width, int height, int radius, unsigned corners) {
  radius = std::min({radius, width / 2, height / 2});
  const auto r = static_cast<float>(radius);
  for (int y = 0; y < radius; ++y) {
    for (int x = 0; x < radius; ++x) {
      const float cover = disc_cover(static_cast<float>(x), static_cast<float>(y), r, r);
      const auto fade = [&](int at_x, int at_y) {
        std::uint32_t& pixel = pixels[index_of(at_x, at_y, width)];
        const auto alpha = static_cast<std::uint32_t>(std::lround(static_cast<float>(pixel >> 24U) * cover));
        pixel = (pixel & 0x00FFFFFFU) | (alpha << 24U);
      };
      if ((corners & kTopLeft) != 0) {
        fade(x, y);
      }
      if ((corners & kTopRight) != 0) {
        fade(width - 1 - x, y);
      }
      if ((corners & kBottomLeft) != 0) {
        fade(x, height - 1 - y);
      }
      if ((corners & kBottomRight) != 0) {
        fade(width - 1 - x, height - 1 - y);
      }
    }
  }
}

Result<Pixels> pixels_of(SDL_Surface* loaded, int width, int height) {
  const SdlHandle<SDL_Surface> surface(SDL_ConvertSurfaceFormat(loaded, kTextureFormat, 0));
  if (!surface) {
    return fail(ErrorCode::kInternal, std::string("converting a picture: ") + SDL_GetError());
  }
  Pixels pixels(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), 0);
  for (int y = 0; y < std::min(height, surface->h); ++y) {
    const auto* line = reinterpret_cast<const std::uint32_t*>(static_cast<const std::uint8_t*>(surface->pixels) +
                                                              static_cast<std::ptrdiff_t>(y) * surface->pitch);
    std::copy_n(line, std::min(width, surface->w), pixels.begin() + static_cast<std::ptrdiff_t>(index_of(0, y, width)));
  }
  return pixels;
}

Result<Pixels> rasterise(const std::string& svg, int width, int height) {
  SDL_RWops* const stream = SDL_RWFromConstMem(svg.data(), static_cast<int>(svg.size()));
  if (stream == nullptr) {
    return fail(ErrorCode::kInternal, std::string("reading a drawing: ") + SDL_GetError());
  }
  const SdlHandle<SDL_Surface> surface(IMG_LoadSizedSVG_RW(stream, width, height));
  SDL_RWclose(stream);
  if (!surface) {
    return fail(ErrorCode::kCorrupt, std::string("rasterising: ") + IMG_GetError());
  }
  return pixels_of(surface.get(), width, height);
}

std::string cache_key(const PictureRequest& r) {
  return fmt::format("{}|{}|{}|{}|{}|{}.{}.{}.{}|{}|{}|{}|{}", r.name, r.width_px, r.height_px, static_cast<int>(r.fit),
                     r.tinted, r.tint.r, r.tint.g, r.tint.b, r.tint.a, r.radius_px, r.corners, r.anchor_x, r.anchor_y);
}

}  // namespace

struct PictureCache::State {
  struct Image {
    int width = 0;
    int height = 0;
    Pixels pixels;
  };
  struct Drawing {
    std::string svg;  // empty: missing or damaged, said once in the log
    SvgFrame frame;
  };

  explicit State(const std::string& store_folder) : store(store_folder) {}

  SDL_Renderer* renderer = nullptr;
  std::string folder;
  RasterStore store;
  std::map<std::string, Drawing, std::less<>> drawings;
  std::map<std::string, Image, std::less<>> images;
  std::unordered_map<std::string, std::unique_ptr<Texture>> textures;
  std::unordered_map<std::string, std::unique_ptr<Texture>> image_textures;
  std::map<std::pair<int, int>, std::unique_ptr<Texture>> shapes;  // radius, ring width (0: disc)
  std::size_t bytes = 0;

  const Drawing& drawing(const std::string& name) {
    const auto [entry, fresh] = drawings.try_emplace(name);
    if (fresh) {
      if (const Status read = load(name, entry->second); !read) {
        log_error("ui", "drawing {}: {}", name, read.error().message);
        entry->second.svg.clear();
      }
    }
    return entry->second;
  }

  Status load(const std::string& name, Drawing& out) const {
    TRY_ASSIGN(const Bytes file, read_file(folder + "/" + name + ".svg", kSvgBytes));
    out.svg.assign(file.begin(), file.end());
    TRY_ASSIGN(out.frame, read_svg_frame(out.svg));
    return {};
  }

  Result<std::unique_ptr<Texture>> make_drawing(const Drawing& drawing, const PictureRequest& request) {
    const ViewBox part = visible_part(drawing.frame, request.fit, request.anchor_x, request.anchor_y, request.width_px,
                                      request.height_px);
    TRY_ASSIGN(std::string svg, with_viewport(drawing.svg, part, request.width_px, request.height_px));
    if (request.tinted) {
      svg = with_tint(svg, request.tint);
    }
    const std::string key = fmt::format("{}|{}|{}", request.radius_px, request.corners, svg);
    if (const auto kept = store.find(key, request.width_px, request.height_px)) {
      return make_texture(*renderer, request.width_px, request.height_px, *kept);
    }
    TRY_ASSIGN(Pixels pixels, rasterise(svg, request.width_px, request.height_px));
    round_corners(pixels, request.width_px, request.height_px, request.radius_px, request.corners);
    store.keep(key, request.width_px, request.height_px, pixels);
    return make_texture(*renderer, request.width_px, request.height_px, pixels);
  }

  // Photos are scaled by averaging, so that a large one does not glitter in a small place.
  Result<std::unique_ptr<Texture>> make_image(const Image& image, const PictureRequest& request) const {
    const int width = request.width_px;
    const int height = request.height_px;
    const float scale_x = static_cast<float>(image.width) / static_cast<float>(width);
    const float scale_y = static_cast<float>(image.height) / static_cast<float>(height);
    const float scale = request.fit == Fit::kMeet ? std::max(scale_x, scale_y) : std::min(scale_x, scale_y);
    const float left = (static_cast<float>(image.width) - scale * static_cast<float>(width)) / 2;
    const float top = (static_cast<float>(image.height) - scale * static_cast<float>(height)) / 2;
    Pixels pixels(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), 0);
    for (int y = 0; y < height; ++y) {
      for (int x = 0; x < width; ++x) {
        const int from_x = static_cast<int>(std::floor(left + scale * static_cast<float>(x)));
        const int from_y = static_cast<int>(std::floor(top + scale * static_cast<float>(y)));
        const int to_x = std::max(from_x + 1, static_cast<int>(std::floor(left + scale * static_cast<float>(x + 1))));
        const int to_y = std::max(from_y + 1, static_cast<int>(std::floor(top + scale * static_cast<float>(y + 1))));
        std::uint32_t sum[4] = {};
        std::uint32_t count = 0;
        for (int sy = std::max(0, from_y); sy < std::min(image.height, to_y); ++sy) {
          for (int sx = std::max(0, from_x); sx < std::min(image.width, to_x); ++sx) {
            const std::uint32_t pixel = image.pixels[index_of(sx, sy, image.width)];
            for (unsigned channel = 0; channel < 4; ++channel) {
              sum[channel] += (pixel >> (8U * channel)) & 0xFFU;
            }
            ++count;
          }
        }
        if (count > 0) {
          pixels[index_of(x, y, width)] =
              (sum[0] / count) | ((sum[1] / count) << 8U) | ((sum[2] / count) << 16U) | ((sum[3] / count) << 24U);
        }
      }
    }
    round_corners(pixels, width, height, request.radius_px, request.corners);
    return make_texture(*renderer, width, height, pixels);
  }

  TextureRegion shape(int radius, int ring_width) {
    if (radius <= 0) {
      return {};
    }
    auto& texture = shapes[{radius, ring_width}];
    const int side = 2 * radius;
    if (!texture) {
      Pixels pixels(static_cast<std::size_t>(side) * static_cast<std::size_t>(side));
      const auto outer = static_cast<float>(radius);
      for (int y = 0; y < side; ++y) {
        for (int x = 0; x < side; ++x) {
          float cover = disc_cover(static_cast<float>(x), static_cast<float>(y), outer, outer);
          if (ring_width > 0) {
            const float inner = outer - static_cast<float>(ring_width);
            cover -= std::min(cover, disc_cover(static_cast<float>(x), static_cast<float>(y), outer, inner));
          }
          const auto alpha = static_cast<std::uint32_t>(std::lround(cover * 255.0F));
          pixels[index_of(x, y, side)] = 0x00FFFFFFU | (alpha << 24U);
        }
      }
      auto made = make_texture(*renderer, side, side, pixels);
      if (!made) {
        log_error("ui", "corner of {} px: {}", radius, made.error().message);
        return {};
      }
      texture = std::move(*made);
    }
    const auto size = static_cast<float>(side);
    return {texture.get(), {0, 0}, {1, 1}, {size, size}};
  }
};

PictureCache::PictureCache(const std::string& store) : state_(std::make_unique<State>(store)) {}
PictureCache::~PictureCache() = default;

Result<std::unique_ptr<PictureCache>> PictureCache::open(SDL_Renderer& renderer, const std::string& folder,
                                                         const std::string& store) {
  for (const char* part : kDrawingFolders) {
    std::error_code ignored;
    if (!std::filesystem::is_directory(std::filesystem::path(folder) / part, ignored)) {
      return fail(ErrorCode::kNotFound, "the drawings are missing: no folder " + folder + "/" + part);
    }
  }
  std::unique_ptr<PictureCache> cache(new PictureCache(store));
  cache->state_->renderer = &renderer;
  cache->state_->folder = folder;
  return cache;
}

std::vector<std::string> PictureCache::drawing_names() const {
  std::vector<std::string> names;
  for (const char* part : kDrawingFolders) {
    std::error_code ignored;
    for (const auto& entry :
         std::filesystem::directory_iterator(std::filesystem::path(state_->folder) / part, ignored)) {
      if (entry.path().extension() == ".svg") {
        names.push_back(std::string(part) + "/" + entry.path().stem().string());
      }
    }
  }
  std::ranges::sort(names);
  return names;
}

TextureRegion PictureCache::picture(const PictureRequest& request) {
  if (request.width_px <= 0 || request.height_px <= 0 || request.width_px > kMostSide ||
      request.height_px > kMostSide) {
    return {};
  }
  const bool is_image = request.name.starts_with(kImagePrefix);
  auto& textures = is_image ? state_->image_textures : state_->textures;
  const auto [entry, fresh] = textures.try_emplace(cache_key(request));
  if (fresh) {
    Result<std::unique_ptr<Texture>> made = std::unique_ptr<Texture>();
    if (is_image) {
      const auto image = state_->images.find(request.name.substr(kImagePrefix.size()));
      if (image != state_->images.end()) {
        made = state_->make_image(image->second, request);
      }
    } else if (const State::Drawing& drawing = state_->drawing(request.name); !drawing.svg.empty()) {
      made = state_->make_drawing(drawing, request);
    }
    if (!made) {
      log_error("ui", "drawing {}: {}", request.name, made.error().message);
    } else {
      entry->second = std::move(*made);
    }
    if (entry->second) {
      state_->bytes += 4 * static_cast<std::size_t>(request.width_px) * static_cast<std::size_t>(request.height_px);
    }
  }
  if (!entry->second) {
    return {};
  }
  return {entry->second.get(),
          {0, 0},
          {1, 1},
          {static_cast<float>(entry->second->width), static_cast<float>(entry->second->height)}};
}

TextureRegion PictureCache::disc(int radius_px) {
  return state_->shape(radius_px, 0);
}

TextureRegion PictureCache::ring(int radius_px, int width_px) {
  return state_->shape(radius_px, std::clamp(width_px, 1, std::max(1, radius_px)));
}

Size PictureCache::natural_size(const std::string& name) {
  if (name.starts_with(kImagePrefix)) {
    const auto image = state_->images.find(name.substr(kImagePrefix.size()));
    if (image == state_->images.end()) {
      return {};
    }
    return {static_cast<float>(image->second.width), static_cast<float>(image->second.height)};
  }
  const State::Drawing& drawing = state_->drawing(name);
  return drawing.svg.empty() ? Size{} : Size{drawing.frame.box.w, drawing.frame.box.h};
}

void PictureCache::put_image(const std::string& name, int width, int height, std::span<const std::uint8_t> rgba) {
  const auto count = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  if (width <= 0 || height <= 0 || width > kMostSide || height > kMostSide || rgba.size() != count * 4) {
    log_error("ui", "image {}: {} × {} with {} bytes is refused", name, width, height, rgba.size());
    return;
  }
  State::Image image{width, height, Pixels(count)};
  for (std::size_t i = 0; i < count; ++i) {
    image.pixels[i] = (std::uint32_t{rgba[4 * i + 3]} << 24U) | (std::uint32_t{rgba[4 * i]} << 16U) |
                      (std::uint32_t{rgba[4 * i + 1]} << 8U) | rgba[4 * i + 2];
  }
  state_->images[name] = std::move(image);
  drop_textures_of(name);
}

void PictureCache::drop_textures_of(const std::string& name) {
  const std::string prefix = std::string(kImagePrefix) + name + "|";
  std::erase_if(state_->image_textures, [&](const auto& entry) { return entry.first.starts_with(prefix); });
}

void PictureCache::forget_image(const std::string& name) {
  const auto found = state_->images.find(name);
  if (found == state_->images.end()) return;
  std::ranges::fill(found->second.pixels, 0U);
  state_->images.erase(found);
  drop_textures_of(name);
}

void PictureCache::forget_images() {
  for (auto& [name, image] : state_->images) {
    std::ranges::fill(image.pixels, 0U);
  }
  state_->images.clear();
  state_->image_textures.clear();
}

void PictureCache::trim() {
  if (state_->bytes > kMostBytes) {
    state_->textures.clear();
    state_->image_textures.clear();
    state_->bytes = 0;
  }
}

std::size_t PictureCache::bytes() const {
  return state_->bytes;
}

}  // namespace mimika::ui
