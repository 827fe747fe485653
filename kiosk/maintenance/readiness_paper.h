// The readiness report as dots: a strip for the kiosk's printer (device::Printer, as a receipt), and sheets of A4 for a
// PDF file. The words come from the catalogues of the app.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/base/bytes.h"
#include "kiosk/base/result.h"
#include "kiosk/device/printer_image.h"
#include "kiosk/maintenance/readiness.h"

namespace mimika::device {
class SlipFont;
}

namespace mimika::maintenance {

struct ReadinessWords {
  std::function<std::string(std::string_view id)> text;
  std::function<std::string(WallMs at)> when;  // "24 Nov 2026, 09.41"
};

class ReadinessPaper {
 public:
  // As device::SlipMaker::open().
  [[nodiscard]] static Result<ReadinessPaper> open(const std::vector<std::string>& font_folders);
  ReadinessPaper(ReadinessPaper&&) noexcept;
  ReadinessPaper& operator=(ReadinessPaper&&) noexcept;
  ~ReadinessPaper();

  // One strip as high as it needs. `summary` goes into the QR code.
  [[nodiscard]] Result<device::BitImage> strip(const ReadinessReport& report, const std::string& summary,
                                               const ReadinessWords& words, int width_dots) const;
  // A4 at kSheetDpi, as many as are needed.
  [[nodiscard]] Result<std::vector<device::BitImage>> sheets(const ReadinessReport& report, const std::string& summary,
                                                             const ReadinessWords& words) const;

  static constexpr int kSheetDpi = 203;

 private:
  explicit ReadinessPaper(std::unique_ptr<device::SlipFont> font);
  std::unique_ptr<device::SlipFont> font_;
};

// Sheets of kSheetDpi as one PDF file. `title` stands in its properties.
[[nodiscard]] Result<Bytes> sheets_as_pdf(const std::vector<device::BitImage>& sheets, const std::string& title);

}  // namespace mimika::maintenance
