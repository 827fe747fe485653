// The receipt on its way to paper, as the person sees it. What a printer is, nobody here knows; kiosk/app asks it and
// answers with actions. Nothing of this says "printed" because it was asked for: the printer must have said so, and
// that the paper came out, only the person can say.
#pragma once

#include <cstdint>

#include "kiosk/session/request_id.h"

namespace mimika {

enum class PrintStage : std::uint8_t {
  kNoPrinter,   // none is set up: nothing on the screen speaks of printing
  kReady,       // may be asked for
  kPreparing,   // the printer is being asked whether it can
  kPrinting,    // it has been given the page
  kCancelling,  // until the printer says that the job is gone
  kPrinted,     // it says that it is done
  kFailed,      // nothing comes out; `trouble` says why
};

// Why nothing was printed, or would not be.
enum class PrintTrouble : std::uint8_t {
  kNone,
  kPaperOut,
  kPaperJam,
  kCoverOpen,
  kSupplyOut,  // ribbon, toner, ink
  kOffline,
  kStuck,          // it took the page and did not print it in time; the page was taken back
  kOther,          // another trouble of the printer's
  kCannot,         // this receipt does not fit this printer
  kMayStillPrint,  // the page was taken back, and the printer has not confirmed it
  kCancelled,      // the person said so: no trouble
};

struct Printing {
  PrintStage stage = PrintStage::kNoPrinter;
  PrintTrouble trouble = PrintTrouble::kNone;  // kReady: what the printer said when it was asked; kFailed: why
  bool came_from_printer = false;              // it said "printed" at least once for this receipt
  bool confirmed = false;                      // and the person has the paper
  RequestId request;                           // whose answer is awaited
  friend bool operator==(const Printing&, const Printing&) = default;
};

// The printer has, or is about to have, the page.
[[nodiscard]] constexpr bool is_under_way(const Printing& printing) {
  return printing.stage == PrintStage::kPreparing || printing.stage == PrintStage::kPrinting ||
         printing.stage == PrintStage::kCancelling;
}

}  // namespace mimika
