// What was shown gives way to what is drawn now: a short cross-fade between two screens.
//
// It keeps one picture of the screen, which may be a person's: it is overwritten and given back as soon as the fade
// ends, and kept nowhere else.
#pragma once

#include <cstdint>
#include <optional>

#include "ui/platform/handles.h"

namespace mimika::ui {

inline constexpr std::int64_t kFadeMs = 160;      // DESIGN-SYSTEM "Motion": long enough to be seen, never waited for
inline constexpr std::int64_t kFadeFrameMs = 16;  // between two of its frames

class CrossFade {
 public:
  explicit CrossFade(SDL_Renderer& renderer) : renderer_(&renderer) {}
  ~CrossFade() { end(); }
  CrossFade(const CrossFade&) = delete;
  CrossFade& operator=(const CrossFade&) = delete;

  // Takes the picture that the renderer last drew. A machine without memory for it goes on without a fade.
  void begin(std::int64_t now_ms);
  // Over the new picture, what is left of the old one; ends by itself. In the renderer's target.
  void paint(std::int64_t now_ms);
  void end();
  [[nodiscard]] bool running() const { return old_ != nullptr; }
  // When the next of its frames is due; empty when none is.
  [[nodiscard]] std::optional<std::int64_t> next_ms() const;

 private:
  SDL_Renderer* renderer_;
  SdlHandle<SDL_Texture> old_;
  int width_ = 0;
  int height_ = 0;
  std::int64_t begun_ms_ = 0;
  std::int64_t painted_ms_ = 0;
};

}  // namespace mimika::ui
