// Sizes in millimetres of the physical panel, and the type scale. Pure.
#pragma once

#include "ui/widgets/graphics.h"

namespace mimika::ui {

enum class TextSize { kNormal, kLarge, kLarger, kLargest };  // 1.0, 1.25, 1.5, 1.875: 4.8 mm becomes 9 mm
inline constexpr int kTextSizes = 4;

enum class TextStyle {
  kDisplay,      // 9.0 mm extra bold: the home title
  kTitle,        // 7.5 mm bold: the question
  kKey,          // 6.0 mm bold: key, tile, heading of a panel
  kTyped,        // 6.0 mm medium: what the person typed
  kBody,         // 4.8 mm medium
  kBodyStrong,   // 4.8 mm bold
  kNote,         // 3.5 mm medium: legal note only
  kNumber,       // 14 mm extra bold: countdown, timer
  kCode,         // 7.5 mm bold, wide: groups of a code
  kStaff,        // 3.4 mm medium: staff screens only
  kStaffStrong,  // 3.4 mm bold
  kStaffTitle,   // 5.2 mm bold
};

// Two lines of running text stand this many ems apart; headings a little closer.
inline constexpr float kBodyLeading = 1.24F;

// Bars and lengths of the design, in mm.
namespace mm {
inline constexpr float kTarget = 20.0F;       // primary keys and tiles
inline constexpr float kTargetFloor = 12.7F;  // nothing that can be touched is smaller
inline constexpr float kGapFloor = 2.54F;     // nor closer
inline constexpr float kKeyGap = 2.7F;
inline constexpr float kTileGap = 4.3F;
inline constexpr float kMargin = 8.6F;
inline constexpr float kSmallKey = 13.6F;
inline constexpr float kStaffKey = 12.9F;
inline constexpr float kTileRadius = 4.3F;
inline constexpr float kKeyRadius = 3.6F;
inline constexpr float kLetterRadius = 2.5F;
inline constexpr float kOutline = 0.45F;
inline constexpr float kStrongOutline = 0.9F;
inline constexpr float kKeyEdge = 1.3F;
inline constexpr float kTileEdge = 1.6F;
inline constexpr float kRailWidth = 39.0F;  // more where a tool's word needs it
inline constexpr float kBarHeight = 37.6F;  // the tools of a portrait panel
inline constexpr float kIcon = 9.0F;        // beside a key's label
inline constexpr float kTouchSlop = 4.0F;   // a finger may wander this far and still tap
}  // namespace mm

// What one frame's sizes are computed from.
class Metrics {
 public:
  Metrics() = default;
  // panel_width_mm: the visible panel's width as measured at commissioning. CHECKs that both are positive.
  Metrics(Size screen_px, float panel_width_mm, TextSize text_size);

  [[nodiscard]] Metrics with(TextSize text_size) const;  // the same panel

  [[nodiscard]] Size screen() const { return screen_; }
  [[nodiscard]] float px_per_mm() const { return px_per_mm_; }
  [[nodiscard]] TextSize text_size() const { return text_size_; }
  [[nodiscard]] bool landscape() const { return screen_.w >= screen_.h; }
  // Whole pixels, at least 1 for a positive length.
  [[nodiscard]] float px(float length_mm) const;
  [[nodiscard]] float to_mm(float px) const { return px / px_per_mm_; }
  [[nodiscard]] Face face(TextStyle style) const;
  [[nodiscard]] float cap_height(TextStyle style) const;   // px
  [[nodiscard]] float line_height(TextStyle style) const;  // px
  [[nodiscard]] float tracking(TextStyle style) const;     // px between letters, negative for large type

 private:
  Size screen_{1920, 1080};
  float px_per_mm_ = 5.58F;
  TextSize text_size_ = TextSize::kNormal;
};

// Capital height in mm of a style at a text size. Headings grow less than running text, so that they stay usable.
[[nodiscard]] float cap_height_mm(TextStyle style, TextSize size);
[[nodiscard]] Weight weight_of(TextStyle style);
// Running text one step smaller, where even that keeps the 4.8 mm of normal running text [ADA 707.7.2]; else the style.
[[nodiscard]] TextStyle stepped_down(TextStyle running_text, TextSize size);

// The panel's width when commissioning has not measured it: 1024 px → 222 mm, 1280 px → 261 mm, 1920 px → 344 mm,
// portrait 1080 px → 193.5 mm.
[[nodiscard]] float default_panel_width_mm(Size screen_px);

// Inter's capital height as a share of the em.
inline constexpr float kCapShare = 0.727F;

}  // namespace mimika::ui
