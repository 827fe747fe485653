// The one ImGui context of the program, used for its draw lists only: no windows, no input, no style of ImGui's.
#pragma once

#include <memory>

#include "ui/widgets/geometry.h"

struct ImDrawData;
struct ImDrawList;
struct ImGuiContext;

namespace mimika::ui {

class Canvas {
 public:
  Canvas();
  ~Canvas();
  Canvas(const Canvas&) = delete;
  Canvas& operator=(const Canvas&) = delete;

  // Starts an empty list over the whole screen; finish() gives what was drawn, valid until the next begin().
  [[nodiscard]] ImDrawList& begin(Size screen_px);
  [[nodiscard]] const ImDrawData& finish();

 private:
  ImGuiContext* context_;
};

}  // namespace mimika::ui
