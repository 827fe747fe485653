#include "ui/platform/renderer.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "ui/platform/texture.h"

namespace mimika::ui {
namespace {

// ImGui's font texture is never sampled: our glyphs come from pages of our own, and every vertex without one of our
// textures is a plain colour.
Texture* texture_of(const ImDrawCmd& command) {
  return static_cast<Texture*>(command.GetTexID());
}

SDL_Color colour_of(ImU32 packed) {
  return {static_cast<Uint8>(packed >> IM_COL32_R_SHIFT), static_cast<Uint8>(packed >> IM_COL32_G_SHIFT),
          static_cast<Uint8>(packed >> IM_COL32_B_SHIFT), static_cast<Uint8>(packed >> IM_COL32_A_SHIFT)};
}

int nearest(float value) {
  return static_cast<int>(std::lround(value));
}

bool same_uv(const ImDrawVert& a, const ImDrawVert& b) {
  return a.uv.x == b.uv.x && a.uv.y == b.uv.y;
}

}  // namespace

void DrawListRenderer::render(const ImDrawData& data) {
  counts_ = {};
  for (int i = 0; i < data.CmdListsCount; ++i) {
    const ImDrawList& list = *data.CmdLists[i];
    for (const ImDrawCmd& command : list.CmdBuffer) {
      if (command.UserCallback == nullptr && command.ElemCount > 0) {
        run(list, command);
      }
    }
  }
  SDL_RenderSetClipRect(renderer_, nullptr);
}

void DrawListRenderer::run(const ImDrawList& list, const ImDrawCmd& command) {
  const SDL_Rect clip{static_cast<int>(std::floor(command.ClipRect.x)),
                      static_cast<int>(std::floor(command.ClipRect.y)),
                      static_cast<int>(std::ceil(command.ClipRect.z) - std::floor(command.ClipRect.x)),
                      static_cast<int>(std::ceil(command.ClipRect.w) - std::floor(command.ClipRect.y))};
  if (clip.w <= 0 || clip.h <= 0) {
    return;
  }
  SDL_RenderSetClipRect(renderer_, &clip);

  Texture* const texture = texture_of(command);
  const ImDrawIdx* const indices = list.IdxBuffer.Data + command.IdxOffset;
  const ImDrawVert* const vertices = list.VtxBuffer.Data + command.VtxOffset;
  for (unsigned i = 0; i < command.ElemCount;) {
    const ImDrawIdx* const at = indices + i;
    // ImGui writes a rectangle as 0-1-2, 0-2-3 over four corners in clockwise order.
    const bool quad_pattern = i + 6 <= command.ElemCount && at[3] == at[0] && at[4] == at[2] && at[1] == at[0] + 1 &&
                              at[2] == at[0] + 2 && at[5] == at[0] + 3;
    if (quad_pattern) {
      const ImDrawVert* const corners[4] = {vertices + at[0], vertices + at[1], vertices + at[2], vertices + at[5]};
      const bool level = corners[0]->pos.y == corners[1]->pos.y && corners[1]->pos.x == corners[2]->pos.x &&
                         corners[2]->pos.y == corners[3]->pos.y && corners[3]->pos.x == corners[0]->pos.x;
      const bool one_colour = corners[0]->col == corners[1]->col && corners[0]->col == corners[2]->col &&
                              corners[0]->col == corners[3]->col;
      if (level && one_colour) {
        flush_triangles(texture);
        if (draw_quad(corners, texture)) {
          i += 6;
          continue;
        }
      }
    }
    for (unsigned corner = 0; corner < 3; ++corner) {
      const ImDrawVert& vertex = vertices[at[corner]];
      triangles_.push_back({{vertex.pos.x, vertex.pos.y}, colour_of(vertex.col), {vertex.uv.x, vertex.uv.y}});
    }
    i += 3;
  }
  flush_triangles(texture);
}

bool DrawListRenderer::draw_quad(const ImDrawVert* const (&corners)[4], Texture* texture) {
  const ImDrawVert& first = *corners[0];
  const ImDrawVert& last = *corners[2];
  const SDL_Color colour = colour_of(first.col);
  if (colour.a == 0) {
    return true;
  }
  const float width = last.pos.x - first.pos.x;
  const float height = last.pos.y - first.pos.y;
  if (texture == nullptr || same_uv(first, last)) {
    const SDL_Rect rect{nearest(first.pos.x), nearest(first.pos.y), nearest(last.pos.x) - nearest(first.pos.x),
                        nearest(last.pos.y) - nearest(first.pos.y)};
    SDL_SetRenderDrawBlendMode(renderer_, colour.a == 255 ? SDL_BLENDMODE_NONE : SDL_BLENDMODE_BLEND);
    SDL_SetRenderDrawColor(renderer_, colour.r, colour.g, colour.b, colour.a);
    SDL_RenderFillRect(renderer_, &rect);
    ++counts_.fills;
    return true;
  }
  const SDL_Rect from{nearest(first.uv.x * static_cast<float>(texture->width)),
                      nearest(first.uv.y * static_cast<float>(texture->height)),
                      nearest((last.uv.x - first.uv.x) * static_cast<float>(texture->width)),
                      nearest((last.uv.y - first.uv.y) * static_cast<float>(texture->height))};
  if (from.w <= 0 || from.h <= 0) {
    return false;
  }
  if (std::fabs(width - static_cast<float>(from.w)) < 0.5F && std::fabs(height - static_cast<float>(from.h)) < 0.5F) {
    copy_unscaled(*texture, from, {nearest(first.pos.x), nearest(first.pos.y), from.w, from.h}, first.col);
    return true;
  }
  SDL_SetTextureBlendMode(texture->handle.get(), SDL_BLENDMODE_BLEND);
  SDL_SetTextureColorMod(texture->handle.get(), colour.r, colour.g, colour.b);
  SDL_SetTextureAlphaMod(texture->handle.get(), colour.a);
  const SDL_FRect to{first.pos.x, first.pos.y, width, height};
  SDL_RenderCopyF(renderer_, texture->handle.get(), &from, &to);
  ++counts_.copies;
  return true;
}

void DrawListRenderer::copy_unscaled(Texture& texture, const SDL_Rect& from, const SDL_Rect& to, unsigned packed) {
  SDL_Texture* const handle = texture.handle.get();
  const SDL_Color colour = colour_of(packed);
  SDL_SetTextureColorMod(handle, colour.r, colour.g, colour.b);
  SDL_SetTextureAlphaMod(handle, colour.a);
  const auto copy_rows = [&](int row_from, int row_to, SDL_BlendMode mode) {
    if (row_to <= row_from) {
      return;
    }
    const SDL_Rect source{from.x, row_from, from.w, row_to - row_from};
    const SDL_Rect target{to.x, to.y + row_from - from.y, from.w, row_to - row_from};
    SDL_SetTextureBlendMode(handle, mode);
    SDL_RenderCopy(renderer_, handle, &source, &target);
    ++counts_.copies;
  };
  const int bottom = from.y + from.h;
  const bool plain = packed == IM_COL32_WHITE;
  const int opaque_from = plain ? std::clamp(texture.opaque_from, from.y, bottom) : bottom;
  const int opaque_to = plain ? std::clamp(texture.opaque_to, opaque_from, bottom) : bottom;
  copy_rows(from.y, opaque_from, SDL_BLENDMODE_BLEND);
  copy_rows(opaque_from, opaque_to, SDL_BLENDMODE_NONE);
  copy_rows(opaque_to, bottom, SDL_BLENDMODE_BLEND);
}

void DrawListRenderer::flush_triangles(Texture* texture) {
  if (triangles_.empty()) {
    return;
  }
  SDL_Texture* const handle = texture == nullptr ? nullptr : texture->handle.get();
  if (handle != nullptr) {
    SDL_SetTextureBlendMode(handle, SDL_BLENDMODE_BLEND);
    SDL_SetTextureColorMod(handle, 255, 255, 255);
    SDL_SetTextureAlphaMod(handle, 255);
  }
  SDL_SetRenderDrawBlendMode(renderer_, SDL_BLENDMODE_BLEND);
  SDL_RenderGeometryRaw(renderer_, handle, &triangles_[0].position.x, sizeof(SDL_Vertex), &triangles_[0].color,
                        sizeof(SDL_Vertex), &triangles_[0].tex_coord.x, sizeof(SDL_Vertex),
                        static_cast<int>(triangles_.size()), nullptr, 0, 0);
  counts_.triangles += triangles_.size() / 3;
  triangles_.clear();
}

}  // namespace mimika::ui
