// What the widgets ask of the platform: glyphs and pictures as textures. The platform implements these two interfaces
// and knows nothing else of the widgets, so that neither SDL nor FreeType is visible here.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ui/widgets/geometry.h"

namespace mimika::ui {

struct Colour {
  std::uint8_t r = 0;
  std::uint8_t g = 0;
  std::uint8_t b = 0;
  std::uint8_t a = 255;
  friend bool operator==(const Colour&, const Colour&) = default;
};

[[nodiscard]] constexpr Colour rgb(std::uint32_t hex) {
  return {static_cast<std::uint8_t>(hex >> 16U), static_cast<std::uint8_t>(hex >> 8U), static_cast<std::uint8_t>(hex)};
}

// An opaque handle the renderer understands; nullptr draws nothing.
using TextureId = void*;

struct TextureRegion {
  TextureId texture = nullptr;
  Point uv0;        // 0 … 1
  Point uv1{1, 1};  //
  Size size;        // pixels at 1:1
};

enum class Weight : std::uint8_t { kMedium, kSemibold, kBold, kExtraBold };

struct Face {
  Weight weight = Weight::kMedium;
  std::uint16_t px = 0;  // em size in whole pixels
  friend bool operator==(const Face&, const Face&) = default;
};

struct Glyph {
  TextureRegion image;  // image.texture is nullptr for a space
  Point offset;         // from the pen on the baseline to the image's top left, pixels
  float advance = 0;    // pixels, not rounded
};

class FontSet {
 public:
  FontSet() = default;
  FontSet(const FontSet&) = delete;
  FontSet& operator=(const FontSet&) = delete;
  virtual ~FontSet() = default;
  // Any letter the font has; what it lacks becomes the replacement box, never a crash. Valid until the next frame.
  [[nodiscard]] virtual Glyph glyph(Face face, char32_t letter) = 0;
  // Without rasterising: cheap, for measuring.
  [[nodiscard]] virtual float advance(Face face, char32_t letter) = 0;
};

enum class Fit : std::uint8_t {
  kOwn,    // as the drawing's preserveAspectRatio says: scenes stand on their ground line and fill the rectangle
  kMeet,   // the whole drawing inside the rectangle, nothing around it
  kSlice,  // the rectangle filled, the drawing's surplus cut off
};

enum Corner : unsigned {
  kNoCorners = 0,
  kTopLeft = 1,
  kTopRight = 2,
  kBottomLeft = 4,
  kBottomRight = 8,
  kAllCorners = 15
};

struct PictureRequest {
  std::string name;  // "icons/mic", "marks/red", "pictures/home-lacak"; "image/…" is one the app supplied
  int width_px = 0;
  int height_px = 0;
  Fit fit = Fit::kMeet;
  bool tinted = false;  // icons only: ink strokes become `tint`, light fills become a veil of it
  Colour tint = {};
  int radius_px = 0;  // rounds `corners` of the rectangle
  unsigned corners = kNoCorners;
  float anchor_x = 0.5F;  // which part kSlice keeps of a drawing too wide, and where kMeet puts one too narrow
  float anchor_y = 1.0F;  // the same for the height; the scenes stand on their ground line
};

class PictureSource {
 public:
  PictureSource() = default;
  PictureSource(const PictureSource&) = delete;
  PictureSource& operator=(const PictureSource&) = delete;
  virtual ~PictureSource() = default;
  // Rasterised once per request and kept. A missing or damaged drawing gives an empty region and one line in the log.
  [[nodiscard]] virtual TextureRegion picture(const PictureRequest& request) = 0;
  // A white disc of this radius with soft edges (2r × 2r), and a ring of it: what rounded shapes are made of.
  [[nodiscard]] virtual TextureRegion disc(int radius_px) = 0;
  [[nodiscard]] virtual TextureRegion ring(int radius_px, int width_px) = 0;
  // The drawing's own size in its units, for the proportions; {0,0} when it is missing.
  [[nodiscard]] virtual Size natural_size(const std::string& name) = 0;
};

}  // namespace mimika::ui
