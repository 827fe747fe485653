#include "ui/widgets/palette.h"

#include <cmath>

namespace mimika::ui {
namespace {

constexpr Palette make_standard() {
  return {
      .paper = rgb(0xF6EFE1),
      .surface = rgb(0xFFFDF8),
      .sand = rgb(0xEADFC8),
      .sago = rgb(0xF9E3B2),
      .select = rgb(0xF8D48A),
      .ochre = rgb(0xF2B84B),
      .ink = rgb(0x0D2426),
      .ink2 = rgb(0x152C2E),
      .staff2 = rgb(0x3E5557),
      .deep = rgb(0x072F3B),
      .deeper = rgb(0x062C38),
      .tool = rgb(0x0B4454),
      .sea = rgb(0x0A3D4D),
      .forest = rgb(0x15432F),
      .clay = rgb(0x66200D),
      .ember = rgb(0xA8431F),
      .sky = rgb(0xD3E6E5),
      .leaf = rgb(0xDCE8D3),
      .dawn = rgb(0xF6DECF),
      .line = rgb(0xCDBE9C),
      .edge = rgb(0xD3C5A3),
      .tray = rgb(0xCBBD98),
      .disabled_fill = rgb(0xE4DAC3),
      .disabled_line = rgb(0xBBAF92),
      .disabled_text = rgb(0x4A5452),
      .mark_red = rgb(0xB3261E),
      .mark_yellow = rgb(0xF0B21C),
      .mark_green = rgb(0x0F7F68),
      .on_dark = rgb(0xFFFFFF),
      .on_select = rgb(0x0D2426),
      .contrast = Contrast::kStandard,
  };
}

// Black and white; pale yellow only for what is chosen or has the focus. Grounds of pictures become black, because in
// high contrast a tile shows its line icon instead of the scene.
constexpr Palette make_high() {
  constexpr Colour black = rgb(0x000000);
  constexpr Colour white = rgb(0xFFFFFF);
  constexpr Colour pale = rgb(0xFFFFB0);
  return {
      .paper = black,
      .surface = black,
      .sand = rgb(0x262626),
      .sago = pale,
      .select = pale,
      .ochre = pale,
      .ink = white,
      .ink2 = white,
      .staff2 = white,
      .deep = black,
      .deeper = black,
      .tool = black,
      .sea = white,
      .forest = white,
      .clay = white,
      .ember = pale,
      .sky = black,
      .leaf = black,
      .dawn = black,
      .line = white,
      .edge = black,
      .tray = black,
      .disabled_fill = black,
      .disabled_line = rgb(0x9A9A9A),
      .disabled_text = rgb(0xB4B4B4),
      .mark_red = rgb(0xB3261E),
      .mark_yellow = rgb(0xF0B21C),
      .mark_green = rgb(0x0F7F68),
      .on_dark = black,
      .on_select = black,
      .contrast = Contrast::kHigh,
  };
}

// For strong light: sun on the glass lifts every dark colour and leaves a grey veil, so grounds are white, inks nearly
// black, outlines dark, and what tells shades apart in the standard palette is told by outlines here.
constexpr Palette make_low_glare() {
  return {
      .paper = rgb(0xFFFFFF),
      .surface = rgb(0xFFFFFF),
      .sand = rgb(0xE9E4D8),
      .sago = rgb(0xFFF0C2),
      .select = rgb(0xFFE08A),
      .ochre = rgb(0xF2B84B),
      .ink = rgb(0x000000),
      .ink2 = rgb(0x0A1517),
      .staff2 = rgb(0x1C2E30),
      .deep = rgb(0x04222B),
      .deeper = rgb(0x031B23),
      .tool = rgb(0x062B37),
      .sea = rgb(0x052A36),
      .forest = rgb(0x0B2E1F),
      .clay = rgb(0x4A1508),
      .ember = rgb(0x7A2C10),
      .sky = rgb(0xE3F0EF),
      .leaf = rgb(0xE8F1E2),
      .dawn = rgb(0xFBEDE2),
      .line = rgb(0x5C5440),
      .edge = rgb(0x8C8164),
      .tray = rgb(0xD8D2C2),
      .disabled_fill = rgb(0xEDEAE2),
      .disabled_line = rgb(0x8C8672),
      .disabled_text = rgb(0x3F4846),
      .mark_red = rgb(0xB3261E),
      .mark_yellow = rgb(0xF0B21C),
      .mark_green = rgb(0x0F7F68),
      .on_dark = rgb(0xFFFFFF),
      .on_select = rgb(0x000000),
      .contrast = Contrast::kLowGlare,
  };
}

double linear(std::uint8_t channel) {
  const double share = channel / 255.0;
  return share <= 0.03928 ? share / 12.92 : std::pow((share + 0.055) / 1.055, 2.4);
}

double luminance(Colour colour) {
  return 0.2126 * linear(colour.r) + 0.7152 * linear(colour.g) + 0.0722 * linear(colour.b);
}

}  // namespace

const Palette& palette_for(Contrast contrast) {
  static constexpr Palette kStandard = make_standard();
  static constexpr Palette kHigh = make_high();
  static constexpr Palette kLowGlare = make_low_glare();
  switch (contrast) {
    case Contrast::kHigh:
      return kHigh;
    case Contrast::kLowGlare:
      return kLowGlare;
    case Contrast::kStandard:
      break;
  }
  return kStandard;
}

double least_ratio(Contrast contrast) {
  switch (contrast) {
    case Contrast::kHigh:
      return 20;
    case Contrast::kLowGlare:
      return 12;
    case Contrast::kStandard:
      break;
  }
  return 10;
}

double contrast_ratio(Colour a, Colour b) {
  const double light = luminance(a);
  const double dark = luminance(b);
  return light > dark ? (light + 0.05) / (dark + 0.05) : (dark + 0.05) / (light + 0.05);
}

Colour darker(Colour colour) {
  const auto step = [](std::uint8_t channel) { return static_cast<std::uint8_t>(channel * 68 / 100); };
  return {step(colour.r), step(colour.g), step(colour.b), colour.a};
}

}  // namespace mimika::ui
