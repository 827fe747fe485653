// Goldens as PNG with a palette: of the colours of a picture those that stand for all of them (median cut).
#include <SDL_image.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <limits>
#include <map>
#include <memory>
#include <numeric>

#include "tests/screens/golden.h"

namespace mimika::testing {
namespace {

constexpr std::size_t kMostColours = 192;
constexpr int kRefinements = 8;

using Colour = std::array<std::uint8_t, 3>;
using Palette = std::vector<Colour>;

struct Counted {
  Colour colour{};
  std::uint64_t count = 0;
};
using Box = std::vector<Counted>;

// Which channel is spread widest, and how far.
std::pair<std::size_t, int> widest(const Box& box) {
  std::pair<std::size_t, int> most{0, 0};
  for (std::size_t channel = 0; channel < 3; ++channel) {
    const auto [least, greatest] =
        std::ranges::minmax(box, {}, [&](const Counted& one) { return one.colour.at(channel); });
    const int spread = greatest.colour.at(channel) - least.colour.at(channel);
    if (spread > most.second) most = {channel, spread};
  }
  return most;
}

std::uint64_t weight(const Box& box) {
  return std::accumulate(box.begin(), box.end(), std::uint64_t{0},
                         [](std::uint64_t sum, const Counted& one) { return sum + one.count; });
}

// Wide boxes matter more than full ones: a rare colour that is far from all others would be seen to be wrong.
double urgency(const Box& box) {
  return box.size() < 2 ? 0 : widest(box).second * std::pow(static_cast<double>(weight(box)), 0.35);
}

Colour mean(const Box& box) {
  Colour colour{};
  const std::uint64_t all = std::max<std::uint64_t>(1, weight(box));
  for (std::size_t channel = 0; channel < 3; ++channel) {
    std::uint64_t sum = all / 2;
    for (const Counted& one : box) sum += one.count * one.colour.at(channel);
    colour.at(channel) = static_cast<std::uint8_t>(sum / all);
  }
  return colour;
}

std::size_t nearest(const Palette& palette, const Colour& colour) {
  int least = std::numeric_limits<int>::max();
  std::size_t found = 0;
  for (std::size_t i = 0; i < palette.size(); ++i) {
    int distance = 0;
    for (std::size_t channel = 0; channel < 3; ++channel) {
      const int off = palette[i].at(channel) - colour.at(channel);
      distance += off * off;
    }
    if (distance < least) {
      least = distance;
      found = i;
    }
  }
  return found;
}

// Each colour to the entry that is nearest, each entry to the mean of its colours; an entry without any stays.
void refine(Palette& palette, const Box& colours) {
  std::vector<Box> near(palette.size());
  for (const Counted& one : colours) near[nearest(palette, one.colour)].push_back(one);
  for (std::size_t i = 0; i < palette.size(); ++i) {
    if (!near[i].empty()) palette[i] = mean(near[i]);
  }
}

Palette palette_of(const Picture& picture) {
  std::map<Colour, std::uint64_t> counts;
  for (std::size_t i = 0; i + 2 < picture.rgb.size(); i += 3) {
    ++counts[{picture.rgb[i], picture.rgb[i + 1], picture.rgb[i + 2]}];
  }
  Box all;
  for (const auto& [colour, count] : counts) all.push_back({colour, count});
  std::vector<Box> boxes = {all};
  while (boxes.size() < kMostColours) {
    const auto next = std::ranges::max_element(boxes, {}, urgency);
    if (urgency(*next) <= 0) break;
    const std::size_t channel = widest(*next).first;
    std::ranges::stable_sort(*next, {}, [&](const Counted& one) { return one.colour.at(channel); });
    // Cut in the middle of the spread, so that few odd colours do not vanish in a mass of like ones.
    const int middle = (next->front().colour.at(channel) + next->back().colour.at(channel)) / 2;
    const auto cut = std::ranges::find_if(*next, [&](const Counted& one) { return one.colour.at(channel) > middle; });
    Box upper(cut, next->end());
    next->erase(cut, next->end());
    boxes.push_back(std::move(upper));
  }
  Palette palette;
  for (const Box& box : boxes) palette.push_back(mean(box));
  for (int round = 0; round < kRefinements; ++round) refine(palette, all);
  std::ranges::sort(palette);
  return palette;
}

using Surface = std::unique_ptr<SDL_Surface, void (*)(SDL_Surface*)>;

}  // namespace

Status write_golden(const std::string& path, const Picture& picture) {
  const Palette palette = palette_of(picture);
  const Surface surface(SDL_CreateRGBSurfaceWithFormat(0, picture.width, picture.height, 8, SDL_PIXELFORMAT_INDEX8),
                        SDL_FreeSurface);
  if (!surface) return fail(ErrorCode::kInternal, std::string("no surface: ") + SDL_GetError());
  std::vector<SDL_Color> colours;
  for (const auto& colour : palette) colours.push_back({colour[0], colour[1], colour[2], 255});
  // A shorter palette makes a shorter file.
  const std::unique_ptr<SDL_Palette, void (*)(SDL_Palette*)> table(SDL_AllocPalette(static_cast<int>(colours.size())),
                                                                   SDL_FreePalette);
  if (!table || SDL_SetPaletteColors(table.get(), colours.data(), 0, table->ncolors) != 0 ||
      SDL_SetSurfacePalette(surface.get(), table.get()) != 0) {
    return fail(ErrorCode::kInternal, std::string("no palette: ") + SDL_GetError());
  }
  std::map<Colour, std::uint8_t> known;
  for (int y = 0; y < picture.height; ++y) {
    auto* row = static_cast<std::uint8_t*>(surface->pixels) + static_cast<std::ptrdiff_t>(y) * surface->pitch;
    for (int x = 0; x < picture.width; ++x) {
      const std::size_t from =
          (static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width) + static_cast<std::size_t>(x)) * 3;
      const Colour colour = {picture.rgb[from], picture.rgb[from + 1], picture.rgb[from + 2]};
      const auto [entry, fresh] = known.try_emplace(colour);
      if (fresh) entry->second = static_cast<std::uint8_t>(nearest(palette, colour));
      row[x] = entry->second;
    }
  }
  if (IMG_SavePNG(surface.get(), path.c_str()) != 0) {
    return fail(ErrorCode::kStorageFailed, "writing " + path + ": " + IMG_GetError());
  }
  return {};
}

Result<Picture> read_golden(const std::string& path) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return fail(ErrorCode::kNotFound, "there is no " + path);
  const Surface file(IMG_Load(path.c_str()), SDL_FreeSurface);
  if (!file) return fail(ErrorCode::kCorrupt, "reading " + path + ": " + IMG_GetError());
  const Surface surface(SDL_ConvertSurfaceFormat(file.get(), SDL_PIXELFORMAT_RGB24, 0), SDL_FreeSurface);
  if (!surface) return fail(ErrorCode::kCorrupt, "reading " + path + ": " + SDL_GetError());
  Picture picture{surface->w, surface->h, {}};
  const auto width = static_cast<std::size_t>(surface->w) * 3;
  for (int y = 0; y < surface->h; ++y) {
    const auto* row =
        static_cast<const std::uint8_t*>(surface->pixels) + static_cast<std::ptrdiff_t>(y) * surface->pitch;
    picture.rgb.insert(picture.rgb.end(), row, row + width);
  }
  return picture;
}

}  // namespace mimika::testing
