#include "kiosk/app/printing.h"

#include <utility>

#include "kiosk/base/log.h"
#include "kiosk/base/wipe.h"

namespace mimika {
namespace {

using device::PrintEnd;
using device::PrinterState;

PrintTrouble trouble_of(PrinterState state) {
  switch (state) {
    case PrinterState::kReady:
    case PrinterState::kBusy:  // with another's page, which ends
      return PrintTrouble::kNone;
    case PrinterState::kPaperOut:
      return PrintTrouble::kPaperOut;
    case PrinterState::kPaperJam:
      return PrintTrouble::kPaperJam;
    case PrinterState::kCoverOpen:
      return PrintTrouble::kCoverOpen;
    case PrinterState::kSupplyOut:
      return PrintTrouble::kSupplyOut;
    case PrinterState::kNoneSetUp:
    case PrinterState::kOffline:
      return PrintTrouble::kOffline;
    case PrinterState::kOtherTrouble:
      break;
  }
  return PrintTrouble::kOther;
}

PrintTrouble trouble_of(const device::PrintOutcome& outcome) {
  if (!outcome.nothing_left) return PrintTrouble::kMayStillPrint;
  switch (outcome.end) {
    case PrintEnd::kCancelled:
      return PrintTrouble::kCancelled;
    case PrintEnd::kCannotPrint:
      return PrintTrouble::kCannot;
    case PrintEnd::kNotReady:
    case PrintEnd::kTrouble:
    case PrintEnd::kTimedOut:
    case PrintEnd::kPrinted:
      break;
  }
  const PrintTrouble trouble = trouble_of(outcome.printer);
  return trouble == PrintTrouble::kNone ? PrintTrouble::kStuck : trouble;
}

}  // namespace

ReceiptPrinter::ReceiptPrinter(ReceiptPrinterOptions options, std::function<void(Action)> tell)
    : options_(std::move(options)),
      tell_(std::move(tell)),
      env_(make_system_env()),
      current_(std::make_shared<device::Cancellation>()) {
  static_cast<void>(thread_.post([this] {
    open();
    clear_leftovers(closing_);
  }));
}

ReceiptPrinter::~ReceiptPrinter() {
  current_->cancel();
  closing_.cancel();
}

void ReceiptPrinter::open() {
  auto printer = device::open_printer(options_.printer, *env_);
  auto maker = device::SlipMaker::open(options_.font_folders);
  if (!printer) log_error("app", "no printing: {}", printer.error().message);
  if (!maker) log_error("app", "no printing: {}", maker.error().message);
  if (printer) printer_ = *std::move(printer);
  if (maker) maker_.emplace(*std::move(maker));
}

void ReceiptPrinter::clear_leftovers(const device::Cancellation& cancellation) {
  if (cleared_ || !printer_) return;
  if (const Status cleared = printer_->clear_leftovers(cancellation); !cleared) {
    if (!cancellation.cancelled()) log_warning("app", "clearing the printer: {}", cleared.error().message);
    return;
  }
  cleared_ = true;
}

std::shared_ptr<device::Cancellation> ReceiptPrinter::begin() {
  // Nobody waits for an earlier question any more, and a printer that does not answer it must not hold this one up.
  current_->cancel();
  current_ = std::make_shared<device::Cancellation>();
  return current_;
}

void ReceiptPrinter::ask(RequestId id) {
  const bool posted = thread_.post([this, id, cancellation = begin()] {
    if (cancellation->cancelled()) return;
    if (!printer_ || !maker_) return tell_(action::PrinterTold{id, PrintTrouble::kCannot});
    const device::PrinterStatus status = printer_->status(*cancellation);
    if (cancellation->cancelled()) return;
    if (status.paper_low) log_info("app", "the printer says that its paper is low");
    tell_(action::PrinterTold{id, trouble_of(status.state)});
    clear_leftovers(*cancellation);
  });
  if (!posted) tell_(action::PrinterTold{id, PrintTrouble::kOther});
}

void ReceiptPrinter::print(RequestId id, device::ReceiptSlip slip) {
  // std::function wants copyable tasks. The box overwrites its slip with whoever lets go of it last, so that one is
  // overwritten whose task never ran as well.
  const std::shared_ptr<device::ReceiptSlip> box(new device::ReceiptSlip(std::move(slip)), [](device::ReceiptSlip* it) {
    device::wipe(*it);
    delete it;
  });
  device::wipe(slip);  // short strings stay behind in what they were moved from
  if (!thread_.post([this, id, box, cancellation = begin()] { run(id, *box, *cancellation); })) {
    tell_(action::PrintFailed{id, PrintTrouble::kOther});
  }
}

void ReceiptPrinter::run(RequestId id, const device::ReceiptSlip& slip, const device::Cancellation& cancellation) {
  if (!printer_ || !maker_) return tell_(action::PrintFailed{id, PrintTrouble::kCannot});
  const auto render = [&](int width_dots) {
    tell_(action::PrintProgress{id});
    return maker_->render(slip, width_dots);
  };
  const device::PrintOutcome outcome = printer_->print(render, cancellation);
  cleared_ = outcome.nothing_left;
  if (outcome.end == PrintEnd::kPrinted) return tell_(action::PrintDone{id});
  tell_(action::PrintFailed{id, trouble_of(outcome)});
  clear_leftovers(closing_);
}

void ReceiptPrinter::cancel() {
  current_->cancel();
}

void ReceiptPrinter::forget_person() {
  current_->cancel();
  static_cast<void>(thread_.post([this] {
    overwrite_dead_stack();
    clear_leftovers(closing_);
  }));
}

}  // namespace mimika
