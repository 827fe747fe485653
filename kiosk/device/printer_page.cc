#include "kiosk/device/printer_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "kiosk/base/limits.h"
#include "kiosk/device/receipt_slip.h"

namespace mimika::device {
namespace {

constexpr int kPerInch = 2540;       // hundredths of a millimetre
constexpr int kNarrow = 9000;        // up to here paper is a roll's
constexpr int kMostDpi = 1200;       //
constexpr int kSheetDpi = 300;       // of a page whose format does not ask
constexpr double kLeastScale = 0.6;  // of the natural size: letters of two and a half millimetres
constexpr int kTries = 6;            // of a smaller size

bool offers(const std::vector<std::string>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

int dots_of(int hundredths, int dpi) {
  return static_cast<int>(std::lround(static_cast<double>(hundredths) * dpi / kPerInch));
}

// The least that is no coarser than the slip, or the finest there is.
int choose_dpi(const std::vector<int>& offered, int otherwise) {
  int best = 0;
  for (const int dpi : offered) {
    if (dpi <= 0 || dpi > kMostDpi) continue;
    const bool fine = dpi >= kSlipDpi - 3;  // 8 dots a millimetre are called 200 and 203
    const bool best_fine = best >= kSlipDpi - 3;
    if (best == 0 || (fine && (!best_fine || dpi < best)) || (!fine && !best_fine && dpi > best)) best = dpi;
  }
  return best == 0 ? otherwise : best;
}

// "RS300-600": the densities of urf-supported.
std::vector<int> urf_densities(const std::vector<std::string>& words) {
  std::vector<int> found;
  for (const std::string& word : words) {
    if (!word.starts_with("RS")) continue;
    int number = 0;
    for (const char c : word.substr(2) + "-") {
      if (c >= '0' && c <= '9') {
        number = std::min(number * 10 + (c - '0'), kMostDpi * 10);
      } else {
        found.push_back(std::exchange(number, 0));
      }
    }
  }
  return found;
}

Result<PagePlan> choose_format(const PrinterAbilities& can) {
  PagePlan plan;
  if (offers(can.formats, "image/pwg-raster")) {
    plan.format = PageFormat::kPwgRaster;
    plan.dpi = choose_dpi(can.raster_dpi, choose_dpi(can.dpi, kSheetDpi));
    static constexpr std::pair<std::string_view, RasterType> kTypes[] = {
        {"black_1", RasterType::kBlack1}, {"sgray_8", RasterType::kGray8}, {"srgb_8", RasterType::kRgb8}};
    for (const auto& [name, type] : kTypes) {
      if (!offers(can.raster_types, name)) continue;
      plan.type = type;
      return plan;
    }
    if (can.raster_types.empty()) {
      plan.type = RasterType::kGray8;  // a printer that does not say which must take this one (PWG 5102.4)
      return plan;
    }
  }
  if (offers(can.formats, "image/urf") && offers(can.urf, "W8")) {
    plan.format = PageFormat::kAppleRaster;
    plan.type = RasterType::kGray8;
    plan.dpi = choose_dpi(urf_densities(can.urf), kSheetDpi);
    return plan;
  }
  plan.type = RasterType::kBlack1;
  plan.dpi = choose_dpi(can.dpi, kSheetDpi);
  if (offers(can.formats, "application/pdf")) {
    plan.format = PageFormat::kPdf;
    return plan;
  }
  if (offers(can.formats, "image/png")) {
    plan.format = PageFormat::kPng;
    return plan;
  }
  return fail(ErrorCode::kInvalidInput, "the printer takes neither PWG raster, Apple raster, PDF nor PNG");
}

// What lies in the printer: its default when that is loaded, otherwise the first that is.
PrinterMedia loaded_media(const PrinterAbilities& can) {
  std::string name = can.media_default;
  if (!can.media_ready.empty() && !offers(can.media_ready, name)) name = can.media_ready.front();
  for (const PrinterMedia& media : can.media) {
    if (media.name == name) return media;
  }
  // The default of a roll printer may be the roll itself, which is no size.
  if (can.roll && (can.media.empty() || name.starts_with("roll_") || name.starts_with("custom_")))
    return {"", std::min(can.roll->most_width, kNarrow), can.roll->most_length};
  return can.media.empty() ? PrinterMedia{"iso_a4_210x297mm", 21000, 29700} : can.media.front();
}

// A roll is cut after the slip when the printer can, otherwise at the shortest of its lengths that holds it.
void choose_length(const PrinterAbilities& can, int needed, PagePlan& plan) {
  if (plan.media.width > kNarrow) return;
  const auto& roll = can.roll;
  if (roll && plan.media.width >= roll->least_width && plan.media.width <= roll->most_width &&
      needed <= roll->most_length) {
    plan.media = {"", plan.media.width, std::max(needed, roll->least_length)};
    plan.custom_size = true;
    return;
  }
  const PrinterMedia* best = nullptr;
  for (const PrinterMedia& media : can.media) {
    if (media.width != plan.media.width || media.length < needed) continue;
    if (best == nullptr || media.length < best->length) best = &media;
  }
  if (best != nullptr) plan.media = *best;
}

}  // namespace

const char* page_format_name(PageFormat format) {
  switch (format) {
    case PageFormat::kPwgRaster:
      return "image/pwg-raster";
    case PageFormat::kAppleRaster:
      return "image/urf";
    case PageFormat::kPdf:
      return "application/pdf";
    case PageFormat::kPng:
      break;
  }
  return "image/png";
}

Result<PrinterPage> make_page(const PrinterAbilities& can, const SlipRenderer& render) {
  TRY_ASSIGN(PagePlan plan, choose_format(can));
  plan.media = loaded_media(can);
  const int dpi = plan.dpi;
  const bool narrow = plan.media.width <= kNarrow;
  // A roll's sides are blank already, and its ends are cut where the page ends.
  const MediaMargins margins = narrow ? MediaMargins{} : can.margins;
  const int most_width = dots_of(plan.media.width - margins.left - margins.right, dpi);
  const double natural = static_cast<double>(kSlipWidthDots) * dpi / kSlipDpi;
  const double least = natural * kLeastScale;
  double width = std::min(natural, static_cast<double>(most_width));
  for (int i = 0; i < kTries && width >= least; ++i) {
    TRY_ASSIGN(const BitImage slip, render(static_cast<int>(width)));
    PagePlan fitted = plan;
    const int needed = static_cast<int>(std::ceil(static_cast<double>(slip.height()) * kPerInch / dpi));
    choose_length(can, needed, fitted);
    const int page_width = dots_of(fitted.media.width, dpi);
    const int page_height = dots_of(fitted.media.length, dpi);
    const int most_height = page_height - dots_of(margins.top, dpi) - dots_of(margins.bottom, dpi);
    if (static_cast<double>(page_width) * page_height / 8 > static_cast<double>(limits::kPageBytes)) {
      return fail(ErrorCode::kTooLarge, fmt::format("a page of {}×{} dots", page_width, page_height));
    }
    if (slip.height() > most_height + 1) {
      width *= std::min(0.98, static_cast<double>(most_height) / slip.height() * 0.995);
      continue;
    }
    BitImage page(page_width, page_height);
    const int top = narrow ? 0 : dots_of(margins.top, dpi) + std::max(0, most_height - slip.height()) / 2;
    page.draw(slip, (page_width - slip.width()) / 2, top);
    return PrinterPage{std::move(fitted), std::move(page)};
  }
  return fail(ErrorCode::kTooLarge, "the slip does not fit the paper in a legible size");
}

}  // namespace mimika::device
