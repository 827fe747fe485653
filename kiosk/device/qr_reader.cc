#include "kiosk/device/qr_reader.h"

#include <zbar.h>

#include <algorithm>

#include "kiosk/base/check.h"
#include "kiosk/base/limits.h"

namespace mimika::device {
namespace {

struct ScannerDeleter {
  void operator()(zbar::zbar_image_scanner_t* scanner) const { zbar::zbar_image_scanner_destroy(scanner); }
};
struct ZbarImageDeleter {
  void operator()(zbar::zbar_image_t* image) const { zbar::zbar_image_destroy(image); }
};

// zbar's name of one byte of brightness a pixel: the letters "Y800", the first lowest.
constexpr unsigned long kY800 = 0x30303859;

}  // namespace

struct QrReader::State {
  std::unique_ptr<zbar::zbar_image_scanner_t, ScannerDeleter> scanner{zbar::zbar_image_scanner_create()};
};

QrReader::QrReader() : state_(std::make_unique<State>()) {
  auto* scanner = state_->scanner.get();
  CHECK(scanner != nullptr);  // it fails for want of memory alone
  // Every other kind of code costs time and is nothing of ours.
  CHECK(zbar::zbar_image_scanner_set_config(scanner, zbar::ZBAR_NONE, zbar::ZBAR_CFG_ENABLE, 0) == 0);
  CHECK(zbar::zbar_image_scanner_set_config(scanner, zbar::ZBAR_QRCODE, zbar::ZBAR_CFG_ENABLE, 1) == 0);
}

QrReader::~QrReader() = default;

std::optional<std::string> QrReader::read(const GreyImage& picture) {
  if (picture.size.empty()) return std::nullopt;
  const std::unique_ptr<zbar::zbar_image_t, ZbarImageDeleter> image(zbar::zbar_image_create());
  CHECK(image != nullptr);
  zbar::zbar_image_set_format(image.get(), kY800);
  zbar::zbar_image_set_size(image.get(), static_cast<unsigned>(picture.size.width),
                            static_cast<unsigned>(picture.size.height));
  zbar::zbar_image_set_data(image.get(), picture.luma.data(), picture.luma.size(), nullptr);
  if (zbar::zbar_scan_image(state_->scanner.get(), image.get()) <= 0) return std::nullopt;
  for (const auto* symbol = zbar::zbar_image_first_symbol(image.get()); symbol != nullptr;
       symbol = zbar::zbar_symbol_next(symbol)) {
    if (zbar::zbar_symbol_get_type(symbol) != zbar::ZBAR_QRCODE) continue;
    const char* data = zbar::zbar_symbol_get_data(symbol);
    const std::size_t size = zbar::zbar_symbol_get_data_length(symbol);
    if (data != nullptr && size > 0) return std::string(data, std::min(size, limits::kCodeBytes));
  }
  return std::nullopt;
}

}  // namespace mimika::device
