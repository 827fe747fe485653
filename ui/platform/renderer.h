// Draws ImGui's draw lists with SDL_Renderer. Made for the software renderer: rectangles and unscaled pictures and
// glyphs, which is nearly everything our widgets draw, become fills and copies; only what is left becomes triangles.
#pragma once

#include <cstddef>
#include <vector>

#include "ui/platform/handles.h"

struct ImDrawData;
struct ImDrawList;
struct ImDrawCmd;
struct ImDrawVert;

namespace mimika::ui {

struct Texture;

// What the last frame was made of, for the tests and the benchmark.
struct RenderCounts {
  std::size_t fills = 0;
  std::size_t copies = 0;
  std::size_t triangles = 0;
};

class DrawListRenderer {
 public:
  explicit DrawListRenderer(SDL_Renderer& renderer) : renderer_(&renderer) {}

  // Draws into the renderer's target; the caller clears before and presents after.
  void render(const ImDrawData& data);
  [[nodiscard]] const RenderCounts& counts() const { return counts_; }

 private:
  void run(const ImDrawList& list, const ImDrawCmd& command);
  bool draw_quad(const ImDrawVert* const (&corners)[4], Texture* texture);
  void copy_unscaled(Texture& texture, const SDL_Rect& from, const SDL_Rect& to, unsigned colour);
  void flush_triangles(Texture* texture);

  SDL_Renderer* renderer_;
  RenderCounts counts_;
  std::vector<SDL_Vertex> triangles_;
};

}  // namespace mimika::ui
