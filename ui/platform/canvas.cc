#include "ui/platform/canvas.h"

#include <imgui.h>

namespace mimika::ui {

Canvas::Canvas() : context_(ImGui::CreateContext()) {
  ImGui::SetCurrentContext(context_);
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
  // ImGui wants a font before it opens a frame. Its smallest built-in one satisfies it; none of its glyphs is drawn.
  io.Fonts->Flags |= ImFontAtlasFlags_NoBakedLines | ImFontAtlasFlags_NoMouseCursors;
  io.Fonts->AddFontDefault();
  io.Fonts->Build();
}

Canvas::~Canvas() {
  ImGui::DestroyContext(context_);
}

ImDrawList& Canvas::begin(Size screen_px) {
  ImGui::SetCurrentContext(context_);
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = {screen_px.w, screen_px.h};
  io.DeltaTime = 1.0F / 60.0F;
  ImGui::NewFrame();
  return *ImGui::GetBackgroundDrawList();
}

const ImDrawData& Canvas::finish() {
  ImGui::Render();
  return *ImGui::GetDrawData();
}

}  // namespace mimika::ui
