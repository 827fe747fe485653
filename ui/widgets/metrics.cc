#include "ui/widgets/metrics.h"

#include <array>
#include <cmath>

#include "kiosk/base/check.h"

namespace mimika::ui {
namespace {

struct StyleRow {
  Weight weight;
  std::array<float, kTextSizes> cap_mm;
};

// Running text follows the factors 1.0, 1.25, 1.5, 1.875 exactly; headings start large and end near 12 mm, because a
// question of three words must still fit a line or two of a portrait panel.
const StyleRow& row_of(TextStyle style) {
  static constexpr std::array<StyleRow, 12> kRows = {{
      {Weight::kExtraBold, {9.0F, 10.0F, 11.0F, 12.0F}},   // kDisplay
      {Weight::kBold, {7.5F, 8.6F, 9.7F, 11.0F}},          // kTitle
      {Weight::kBold, {6.0F, 7.2F, 8.4F, 9.6F}},           // kKey
      {Weight::kMedium, {6.0F, 7.2F, 8.4F, 9.6F}},         // kTyped
      {Weight::kMedium, {4.8F, 6.0F, 7.2F, 9.0F}},         // kBody
      {Weight::kBold, {4.8F, 6.0F, 7.2F, 9.0F}},           // kBodyStrong
      {Weight::kMedium, {3.5F, 4.4F, 5.3F, 6.6F}},         // kNote
      {Weight::kExtraBold, {14.0F, 15.0F, 16.0F, 17.0F}},  // kNumber
      {Weight::kBold, {6.0F, 6.6F, 7.2F, 8.0F}},           // kCode
      {Weight::kMedium, {3.4F, 4.2F, 5.1F, 6.4F}},         // kStaff
      {Weight::kBold, {3.4F, 4.2F, 5.1F, 6.4F}},           // kStaffStrong
      {Weight::kBold, {5.2F, 6.0F, 6.8F, 7.8F}},           // kStaffTitle
  }};
  return kRows.at(static_cast<std::size_t>(style));
}

constexpr float kTitleLeading = 1.16F;
constexpr float kHeadingCapMm = 5.9F;     // lines of large type stand closer
constexpr float kTightTracking = -0.02F;  // bold type is set tighter
constexpr float kCodeTracking = 0.04F;

}  // namespace

float cap_height_mm(TextStyle style, TextSize size) {
  return row_of(style).cap_mm.at(static_cast<std::size_t>(size));
}

Weight weight_of(TextStyle style) {
  return row_of(style).weight;
}

TextStyle stepped_down(TextStyle running_text, TextSize size) {
  const TextStyle smaller = running_text == TextStyle::kBodyStrong ? TextStyle::kStaffStrong : TextStyle::kStaff;
  return cap_height_mm(smaller, size) >= cap_height_mm(running_text, TextSize::kNormal) ? smaller : running_text;
}

float default_panel_width_mm(Size screen_px) {
  constexpr float kLeastPxPerMm = 1024.0F / 222.0F;
  constexpr float kSmallPxPerMm = 1280.0F / 261.0F;
  constexpr float kLargePxPerMm = 1920.0F / 344.0F;
  const float longer = std::max(screen_px.w, screen_px.h);
  return screen_px.w / (longer < 1200.0F ? kLeastPxPerMm : longer < 1600.0F ? kSmallPxPerMm : kLargePxPerMm);
}

Metrics::Metrics(Size screen_px, float panel_width_mm, TextSize text_size) : screen_(screen_px), text_size_(text_size) {
  CHECK(screen_px.w > 0 && screen_px.h > 0 && panel_width_mm > 0);
  px_per_mm_ = screen_px.w / panel_width_mm;
}

Metrics Metrics::with(TextSize text_size) const {
  Metrics other = *this;
  other.text_size_ = text_size;
  return other;
}

float Metrics::px(float length_mm) const {
  const float rounded = std::round(length_mm * px_per_mm_);
  return length_mm > 0 ? std::max(1.0F, rounded) : rounded;
}

Face Metrics::face(TextStyle style) const {
  const float em = cap_height_mm(style, text_size_) * px_per_mm_ / kCapShare;
  return {weight_of(style), static_cast<std::uint16_t>(std::max(1.0F, std::round(em)))};
}

float Metrics::cap_height(TextStyle style) const {
  return static_cast<float>(face(style).px) * kCapShare;
}

float Metrics::line_height(TextStyle style) const {
  const bool tight = cap_height_mm(style, TextSize::kNormal) >= kHeadingCapMm && style != TextStyle::kTyped;
  return std::round(static_cast<float>(face(style).px) * (tight ? kTitleLeading : kBodyLeading));
}

float Metrics::tracking(TextStyle style) const {
  const auto em = static_cast<float>(face(style).px);
  if (style == TextStyle::kCode) {
    return em * kCodeTracking;
  }
  return weight_of(style) >= Weight::kBold ? em * kTightTracking : 0.0F;
}

}  // namespace mimika::ui
