// From what a printer can do to the page it is given: format, density, paper, and the slip on it. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kiosk/base/bytes.h"
#include "kiosk/device/printer.h"

namespace mimika::device {

struct PrinterMedia {
  std::string name;  // a PWG self-describing name, "iso_a4_210x297mm"
  int width = 0;     // hundredths of a millimetre, like all lengths of media
  int length = 0;
  friend bool operator==(const PrinterMedia&, const PrinterMedia&) = default;
};

// A roll, cut where the page ends: any length in between.
struct RollMedia {
  int least_width = 0;
  int most_width = 0;
  int least_length = 0;
  int most_length = 0;
};

struct MediaMargins {
  int left = 0;
  int right = 0;
  int top = 0;
  int bottom = 0;
};

struct PrinterAbilities {
  std::vector<std::string> formats;       // document-format-supported
  std::vector<int> raster_dpi;            // pwg-raster-document-resolution-supported, where both ways are the same
  std::vector<std::string> raster_types;  // pwg-raster-document-type-supported
  std::vector<std::string> urf;           // urf-supported
  std::vector<int> dpi;                   // printer-resolution-supported
  std::string media_default;
  std::vector<std::string> media_ready;
  std::vector<PrinterMedia> media;  // every size it knows
  std::optional<RollMedia> roll;
  MediaMargins margins;
  std::vector<std::string> job_attributes;  // job-creation-attributes-supported
};

enum class PageFormat { kPwgRaster, kAppleRaster, kPdf, kPng };
enum class RasterType { kBlack1, kGray8, kRgb8 };

struct PagePlan {
  PageFormat format = PageFormat::kPdf;
  RasterType type = RasterType::kBlack1;  // of a raster
  int dpi = 203;
  PrinterMedia media;
  bool custom_size = false;  // the media is asked for by its size, not its name
};

struct PrinterPage {
  PagePlan plan;
  BitImage dots;  // the whole page
};

[[nodiscard]] const char* page_format_name(PageFormat format);  // its MIME type

// The slip, in its natural size where that fits; on a sheet that is too short for it, smaller; in the middle of paper
// that is larger. kInvalidInput: none of our formats. kTooLarge: the slip fits this paper in no legible size.
[[nodiscard]] Result<PrinterPage> make_page(const PrinterAbilities& abilities, const SlipRenderer& render);

// The page as a PDF of one image, and as a PNG: neither is compressed, which costs half a megabyte on a local link and
// spares a library.
[[nodiscard]] Bytes page_as_pdf(const BitImage& dots, int dpi);
[[nodiscard]] Bytes page_as_png(const BitImage& dots, int dpi);

}  // namespace mimika::device
