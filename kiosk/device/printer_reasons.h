// What a printer's keywords mean: RFC 8011 (5.4.12), PWG 5100.9 and CUPS' own. Pure.
#pragma once

#include <string>
#include <vector>

#include "kiosk/device/printer.h"

namespace mimika::device {

// printer-state, RFC 8011 5.4.11.
inline constexpr int kPrinterIdle = 3;
inline constexpr int kPrinterProcessing = 4;
inline constexpr int kPrinterStopped = 5;

// How much a mild word counts. A warning of a supply does not stop most printers; where a page did not come, it is the
// best explanation there is.
enum class Believe { kWhatStops, kEverything };

struct PrinterSays {
  int state = kPrinterIdle;
  std::vector<std::string> reasons = {};
  bool accepting = true;
};

// The worst of what it says; `reasons` and `paper_low` are filled in, model and detail are the caller's.
[[nodiscard]] PrinterStatus understand_printer(const PrinterSays& says, Believe believe = Believe::kWhatStops);

[[nodiscard]] constexpr bool is_trouble(PrinterState state) {
  return state != PrinterState::kReady && state != PrinterState::kBusy;
}

}  // namespace mimika::device
