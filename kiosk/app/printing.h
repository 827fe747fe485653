// The printer behind the screen: a thread that owns it, asks it, and prints one receipt at a time. What it finds out
// goes to the screen's thread as an action. No job outlives its person: whoever goes takes back what has not come out,
// and what an earlier life of this program left in the printer is cleared before anything else.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/app/task_thread.h"
#include "kiosk/base/env.h"
#include "kiosk/device/printer.h"
#include "kiosk/device/receipt_slip.h"
#include "kiosk/session/action.h"

namespace mimika {

struct ReceiptPrinterOptions {
  device::PrinterOptions printer;
  std::vector<std::string> font_folders;
};

class ReceiptPrinter {
 public:
  // Returns at once; whatever takes time is done on the thread. `tell` is called there.
  ReceiptPrinter(ReceiptPrinterOptions options, std::function<void(Action)> tell);
  // Takes back what is being printed, and waits until that is done.
  ~ReceiptPrinter();
  ReceiptPrinter(const ReceiptPrinter&) = delete;
  ReceiptPrinter& operator=(const ReceiptPrinter&) = delete;

  // Answered by PrinterTold.
  void ask(RequestId id);
  // Answered by PrintDone or PrintFailed, once PrintProgress was told. The slip is overwritten when it is no longer
  // needed, whatever happens.
  void print(RequestId id, device::ReceiptSlip slip);
  // What is being printed or waits for it is taken back; its answer still comes.
  void cancel();
  // The person has gone: the same, and what their receipt left on the thread is overwritten.
  void forget_person();

 private:
  void open();
  void clear_leftovers(const device::Cancellation& cancellation);
  void run(RequestId id, const device::ReceiptSlip& slip, const device::Cancellation& cancellation);
  [[nodiscard]] std::shared_ptr<device::Cancellation> begin();

  const ReceiptPrinterOptions options_;
  const std::function<void(Action)> tell_;
  std::unique_ptr<Env> env_;

  // Of the screen's thread: whatever is under way now. Shared with the task that it ends; a cancelled one is never used
  // again, so that a page which still waits in the queue is not printed either.
  std::shared_ptr<device::Cancellation> current_;
  // Ends what is not anybody's.
  device::Cancellation closing_;

  // Owned by the thread.
  std::unique_ptr<device::Printer> printer_;
  std::optional<device::SlipMaker> maker_;
  bool cleared_ = false;  // the printer is known to hold nothing of ours

  TaskThread thread_;  // last: stops before what it works on goes
};

}  // namespace mimika
