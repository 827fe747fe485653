#include "ui/screens/resident/qr_matrix.h"

#include <qrencode.h>

#include <memory>

#include "kiosk/base/log.h"

namespace mimika::screens {

ui::QrMatrix make_qr_matrix(const std::string& payload) {
  if (payload.empty()) return {};
  constexpr int kSmallestVersion = 0;  // as small as it may be
  constexpr int kCaseSensitive = 1;    // capitals and digits alone still get the compact mode
  const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
      QRcode_encodeString(payload.c_str(), kSmallestVersion, QR_ECLEVEL_M, QR_MODE_8, kCaseSensitive), &QRcode_free);
  if (code == nullptr) {
    log_error("ui", "a receipt of {} bytes does not fit a QR code", payload.size());
    return {};
  }
  ui::QrMatrix matrix{.size = code->width, .dark = {}};
  const auto modules = static_cast<std::size_t>(code->width) * static_cast<std::size_t>(code->width);
  matrix.dark.reserve(modules);
  for (std::size_t i = 0; i < modules; ++i) matrix.dark.push_back(code->data[i] & 1U);  // the lowest bit is the module
  return matrix;
}

}  // namespace mimika::screens
