// Letters as textures. Each is rasterised by FreeType the first time it is drawn at a size, so that start-up pays only
// for what the first screen shows and every letter the font has is available without listing ranges.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "kiosk/base/result.h"
#include "ui/platform/handles.h"
#include "ui/widgets/graphics.h"

namespace mimika::ui {

// Where Debian and common installations keep the Inter fonts. `configured` is searched first when it is not empty.
[[nodiscard]] std::vector<std::string> font_folders(const std::string& configured);

class GlyphCache final : public FontSet {
 public:
  // Finds Inter-Medium, -SemiBold, -Bold and -ExtraBold in the first folder that has them all. kNotFound names the
  // folders that were searched and the package that brings the fonts.
  [[nodiscard]] static Result<std::unique_ptr<GlyphCache>> open(SDL_Renderer& renderer,
                                                                const std::vector<std::string>& folders);
  ~GlyphCache() override;

  [[nodiscard]] Glyph glyph(Face face, char32_t letter) override;
  [[nodiscard]] float advance(Face face, char32_t letter) override;

  // Between frames: frees everything when the pages have grown over their limit (many text sizes were tried).
  void trim();
  [[nodiscard]] std::size_t pages() const;

 private:
  GlyphCache();
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace mimika::ui
