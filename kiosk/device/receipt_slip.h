// The receipt on paper, as dots: what a person takes home. All words come in, from the catalogues of the app; nothing
// here knows a language, a clock or a printer.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "kiosk/base/result.h"
#include "kiosk/device/printer_image.h"

namespace mimika::device {

enum class SlipIcon { kOffice, kAnswer, kSearch };

struct SlipStep {
  SlipIcon icon = SlipIcon::kOffice;
  std::string title;
  std::string text;
};

// An empty text, and what belongs to it alone, is left out.
struct ReceiptSlip {
  std::string office;      // "Kantor Distrik Jila"
  std::string regency;     // "Kabupaten Mimika"
  std::string title;       // "BUKTI PENGADUAN"
  std::string number;      // "JLA1-0417-K"
  std::string statement;   // what the QR code says: the statement signed by the kiosk (sync/wire)
  std::string code_title;  // "Kode rahasia"
  std::string code;        // the receipt code, with or without spaces: printed in groups of four
  std::string code_note;   // "Untuk membuka jawaban. …"
  std::vector<std::pair<std::string, std::string>> facts;  // "Tentang:", "Air bersih"
  std::string saved;                                       // "Tersimpan di kios ini"
  std::string saved_when;                                  // "24 Nov 2026, jam 09.41"
  std::string not_arrived;                                 // "Belum tiba di Mimika Center"
  std::string next_title;                                  // "Sesudah ini"
  std::vector<SlipStep> steps;
  std::string keep;            // "Simpan kertas ini di tempat kering."
  std::string free_of_charge;  // "Tidak dipungut biaya."
};

// Overwrites every text.
void wipe(ReceiptSlip& slip);

// 80 mm paper at 203 dots an inch.
inline constexpr int kSlipWidthDots = 576;
inline constexpr int kSlipDpi = 203;
// A telephone reads modules of four dots at 203 dpi (half a millimetre) from paper that was folded once.
inline constexpr int kSmallestModuleDots = 4;

class SlipMaker {
 public:
  // Finds Inter-Medium, -Bold and -ExtraBold in the first of these folders that has them all (ui/platform/glyphs.h
  // lists the usual ones). kNotFound names the folders and the package.
  [[nodiscard]] static Result<SlipMaker> open(const std::vector<std::string>& font_folders);
  SlipMaker(SlipMaker&&) noexcept;
  SlipMaker& operator=(SlipMaker&&) noexcept;
  ~SlipMaker();

  // `width_dots` wide and as high as the words need; everything grows with the width, so a printer with finer dots gets
  // the same slip. Long texts wrap, a word wider than the paper is broken, nothing is cut off. kInvalidInput: no
  // number, or a width outside 288 to 4608. kTooLarge: a text over limits::kSlipTextBytes, more entries than
  // limits::kSlipEntries, more paper than limits::kSlipHeightDots, or a statement that does not fit a QR code with
  // modules of kSmallestModuleDots.
  [[nodiscard]] Result<BitImage> render(const ReceiptSlip& slip, int width_dots = kSlipWidthDots) const;

 private:
  struct Fonts;
  explicit SlipMaker(std::unique_ptr<Fonts> fonts);
  std::unique_ptr<Fonts> fonts_;
};

}  // namespace mimika::device
