// The printer of a kiosk, through IPP: what it says of itself, and one page on paper or an honest word why not.
// The rule of this file: a job never prints later, for the next person. A printer that is not ready is not given the
// page; on any trouble, time-out or cancel the job is cancelled, and that it is gone is asked for until it is known.
// docs/printing.md tells how. Nothing here knows a language or what the page says.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "kiosk/base/env.h"
#include "kiosk/base/result.h"
#include "kiosk/device/printer_image.h"

namespace mimika::device {

enum class PrinterState {
  kNoneSetUp,
  kReady,
  kBusy,
  kPaperOut,
  kPaperJam,
  kCoverOpen,
  kSupplyOut,  // ribbon, toner, ink
  kOffline,    // nobody answers, or the queue cannot reach the device
  kOtherTrouble,
};

// A short stable name, for logs, words' ids and machine-readable answers: "paper_out".
[[nodiscard]] const char* printer_state_name(PrinterState state);

struct PrinterStatus {
  PrinterState state = PrinterState::kNoneSetUp;
  bool paper_low = false;
  std::string model;                 // as the printer calls itself
  std::vector<std::string> reasons;  // its own keywords, at most limits::kPrinterReasons
  std::string detail;                // English, for logs and technicians
};

enum class PrintEnd {
  kPrinted,      // the printer said so, and is ready again
  kNotReady,     // it was not given the page; `printer` says why
  kTrouble,      // it had the page and could not print it; `printer` says why
  kTimedOut,     //
  kCancelled,    //
  kCannotPrint,  // no page: too long, the renderer failed, or none of our formats suits this printer
};

[[nodiscard]] const char* print_end_name(PrintEnd end);

struct PrintOutcome {
  PrintEnd end = PrintEnd::kNotReady;
  PrinterState printer = PrinterState::kOtherTrouble;
  // The printer confirmed that it holds nothing of ours. When false, clear_leftovers() is the next thing to call; a
  // person should be told to take no paper that is not theirs.
  bool nothing_left = true;
  std::string detail;  // English, for logs and technicians; nothing of the page
};

// Ends a call from another thread, at once and for good: a call that is made with it later ends as cancelled too, so
// that what waits in a queue when a session ends is not printed afterwards. One for each person.
class Cancellation {
 public:
  void cancel();
  [[nodiscard]] bool cancelled() const;
  // Sleeps; true when it was cancelled meanwhile.
  [[nodiscard]] bool wait_ms(std::int64_t duration_ms) const;

 private:
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  bool cancelled_ = false;
};

struct PrinterTimeouts {
  std::int64_t connect_ms = 3'000;
  std::int64_t answer_ms = 5'000;   // one question and its answer
  std::int64_t send_ms = 20'000;    // the page
  std::int64_t ready_ms = 5'000;    // waiting for a printer that is busy
  std::int64_t job_ms = 60'000;     // from the page sent to the page printed
  std::int64_t settle_ms = 20'000;  // from "completed" until the printer rests
  std::int64_t cancel_ms = 10'000;  // until a cancelled job is known to be gone
  std::int64_t poll_ms = 400;
};

struct PrinterOptions {
  // "ipp://192.168.1.50/ipp/print", "ipps://…", or the name of a CUPS queue of this machine. Empty: none set up.
  std::string uri;
  // Whose jobs these are: the device code. It stands in the job's name, so that a kiosk finds what a power cut left in
  // the printer, and on a printer that two kiosks share nobody cancels the other's.
  std::string owner = "kiosk";
  PrinterTimeouts timeouts = {};
};

// Makes the slip `width_dots` wide, 203 dpi × 576 or what this printer needs. Called on the thread of print(), perhaps
// several times.
using SlipRenderer = std::function<Result<BitImage>(int width_dots)>;

// Blocking, for a thread of the app; one call at a time.
class Printer {
 public:
  virtual ~Printer() = default;
  [[nodiscard]] virtual PrinterStatus status(const Cancellation& cancellation) = 0;
  [[nodiscard]] virtual PrintOutcome print(const SlipRenderer& render, const Cancellation& cancellation) = 0;
  // Cancels every job of ours that the printer still holds, for instance after a power cut, and returns when they are
  // gone. print() does the same first. Cheap when there is nothing.
  [[nodiscard]] virtual Status clear_leftovers(const Cancellation& cancellation) = 0;
};

// kInvalidInput for an address that cannot be one of a printer; the text says what may stand there.
[[nodiscard]] Status check_printer_uri(const std::string& uri);

// kInvalidInput as above. `env` must outlive the printer.
[[nodiscard]] Result<std::unique_ptr<Printer>> open_printer(PrinterOptions options, Env& env);

}  // namespace mimika::device
