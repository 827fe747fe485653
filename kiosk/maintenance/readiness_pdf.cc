#include <cairo-pdf.h>

#include <memory>

#include "kiosk/maintenance/readiness_paper.h"

namespace mimika::maintenance {
namespace {

constexpr double kPointsPerInch = 72;

struct SurfaceDelete {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
using Surface = std::unique_ptr<cairo_surface_t, SurfaceDelete>;
struct ContextDelete {
  void operator()(cairo_t* context) const { cairo_destroy(context); }
};
using Context = std::unique_ptr<cairo_t, ContextDelete>;

cairo_status_t take(void* closure, const unsigned char* data, unsigned int length) {
  static_cast<Bytes*>(closure)->insert(static_cast<Bytes*>(closure)->end(), data, data + length);
  return CAIRO_STATUS_SUCCESS;
}

// Cairo's bits lie in words of the machine's own order: on ours the leftmost dot is the lowest bit of its byte.
unsigned char reversed(std::uint8_t byte) {
  const unsigned bits = byte;
  unsigned out = 0;
  for (unsigned bit = 0; bit < 8; ++bit) out |= ((bits >> bit) & 1U) << (7U - bit);
  return static_cast<unsigned char>(out);
}

Surface as_mask(const device::BitImage& sheet) {
  Surface mask(cairo_image_surface_create(CAIRO_FORMAT_A1, sheet.width(), sheet.height()));
  unsigned char* rows = cairo_image_surface_get_data(mask.get());
  if (rows == nullptr) return mask;
  const int stride = cairo_image_surface_get_stride(mask.get());
  for (int y = 0; y < sheet.height(); ++y) {
    unsigned char* row = rows + std::ptrdiff_t{y} * stride;
    for (const std::uint8_t byte : sheet.row(y)) *row++ = reversed(byte);
  }
  cairo_surface_mark_dirty(mask.get());
  return mask;
}

}  // namespace

Result<Bytes> sheets_as_pdf(const std::vector<device::BitImage>& sheets, const std::string& title) {
  if (sheets.empty()) return fail(ErrorCode::kInvalidInput, "a PDF without a sheet");
  constexpr double kScale = kPointsPerInch / ReadinessPaper::kSheetDpi;
  Bytes pdf;
  const Surface surface(cairo_pdf_surface_create_for_stream(take, &pdf, sheets.front().width() * kScale,
                                                            sheets.front().height() * kScale));
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, title.c_str());
  for (const device::BitImage& sheet : sheets) {
    const Context context(cairo_create(surface.get()));
    cairo_scale(context.get(), kScale, kScale);
    const Surface mask = as_mask(sheet);
    cairo_set_source_rgb(context.get(), 0, 0, 0);
    cairo_mask_surface(context.get(), mask.get(), 0, 0);
    cairo_show_page(context.get());
    if (const cairo_status_t status = cairo_status(context.get()); status != CAIRO_STATUS_SUCCESS) {
      return fail(ErrorCode::kInternal, std::string("drawing a PDF: ") + cairo_status_to_string(status));
    }
  }
  cairo_surface_finish(surface.get());
  if (const cairo_status_t status = cairo_surface_status(surface.get()); status != CAIRO_STATUS_SUCCESS) {
    return fail(ErrorCode::kInternal, std::string("writing a PDF: ") + cairo_status_to_string(status));
  }
  return pdf;
}

}  // namespace mimika::maintenance
