#include "kiosk/device/printer.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "kiosk/base/log.h"
#include "kiosk/base/wipe.h"
#include "kiosk/device/printer_ipp.h"
#include "kiosk/device/printer_page.h"
#include "kiosk/device/printer_reasons.h"

namespace mimika::device {
namespace {

constexpr std::size_t kLoggedReasons = 6;
constexpr int kSecondMs = 1000;

std::string join(const std::vector<std::string>& words) {
  std::string all;
  for (std::size_t i = 0; i < std::min(words.size(), kLoggedReasons); ++i) all += (i == 0 ? "" : ", ") + words[i];
  return all;
}

bool contains(const std::vector<std::string>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

// What an exchange that failed says of the printer.
PrinterState state_after(const Error& error) {
  return error.code == ErrorCode::kUnreachable ? PrinterState::kOffline : PrinterState::kOtherTrouble;
}

class NoPrinter final : public Printer {
 public:
  PrinterStatus status(const Cancellation& /*cancellation*/) override { return {}; }
  PrintOutcome print(const SlipRenderer& /*render*/, const Cancellation& cancellation) override {
    return {cancellation.cancelled() ? PrintEnd::kCancelled : PrintEnd::kNotReady, PrinterState::kNoneSetUp, true,
            "no printer is set up"};
  }
  Status clear_leftovers(const Cancellation& /*cancellation*/) override { return {}; }
};

class IppPrinterDevice final : public Printer {
 public:
  IppPrinterDevice(IppAddress address, PrinterOptions options, Env& env)
      : address_(std::move(address)),
        job_name_("mimika-kiosk " + options.owner),
        timeouts_(options.timeouts),
        env_(env) {}

  PrinterStatus status(const Cancellation& cancellation) override {
    const auto printer = client(&cancellation).ask_printer();
    return printer ? status_of(*printer) : status_of(printer.error());
  }

  PrintOutcome print(const SlipRenderer& render, const Cancellation& cancellation) override {
    PrintOutcome outcome = print_or_not(render, cancellation);
    if (cancellation.cancelled() && outcome.end != PrintEnd::kPrinted) outcome.end = PrintEnd::kCancelled;
    if (outcome.end == PrintEnd::kPrinted) {
      log_info("printer", "printed");
    } else {
      log_warning("printer", "{}, {}: {}{}", print_end_name(outcome.end), printer_state_name(outcome.printer),
                  outcome.detail, outcome.nothing_left ? "" : "; it may still hold the job");
    }
    return outcome;
  }

  Status clear_leftovers(const Cancellation& cancellation) override {
    const IppClient tidy = client(&cancellation);
    TRY_ASSIGN(const std::vector<int> jobs, tidy.our_jobs());
    for (const int job : jobs) {
      log_warning("printer", "job {} was left in the printer; it is cancelled", job);
      if (!end_job(job)) return fail(ErrorCode::kConflict, fmt::format("job {} is still in the printer", job));
    }
    return {};
  }

 private:
  [[nodiscard]] IppClient client(const Cancellation* cancellation) const {
    return {address_, job_name_, timeouts_, env_, cancellation};
  }

  static PrinterStatus status_of(const IppPrinter& printer) {
    PrinterStatus status = understand_printer(printer.says);
    status.model = printer.model;
    status.detail = fmt::format("state {}, reasons: {}", printer.says.state,
                                status.reasons.empty() ? "none" : join(status.reasons));
    if (!printer.says.accepting) status.detail += ", not accepting jobs";
    return status;
  }
  static PrinterStatus status_of(const Error& error) {
    PrinterStatus status;
    status.state = state_after(error);
    status.detail = error.message;
    return status;
  }

  // Waits while it is busy, for so long as that may take.
  Result<IppPrinter> ready_printer(const IppClient& ask, const Cancellation& cancellation, PrinterStatus& status) {
    const std::int64_t until_ms = env_.monotonic_ms() + timeouts_.ready_ms;
    for (;;) {
      auto printer = ask.ask_printer();
      status = printer ? status_of(*printer) : status_of(printer.error());
      if (status.state != PrinterState::kBusy || env_.monotonic_ms() >= until_ms ||
          cancellation.wait_ms(timeouts_.poll_ms)) {
        return printer;
      }
    }
  }

  PrintOutcome print_or_not(const SlipRenderer& render, const Cancellation& cancellation) {
    if (cancellation.cancelled())
      return {PrintEnd::kCancelled, PrinterState::kReady, true, "cancelled before it began"};
    const IppClient ask = client(&cancellation);
    PrinterStatus status;
    if (auto first = ask.ask_printer(); !first) {
      status = status_of(first.error());
      return {PrintEnd::kNotReady, status.state, true, status.detail};
    }
    if (const Status clear = clear_leftovers(cancellation); !clear) {
      return {PrintEnd::kNotReady, state_after(clear.error()), false, clear.error().message};
    }
    const auto printer = ready_printer(ask, cancellation, status);
    if (!printer || status.state != PrinterState::kReady) {
      return {PrintEnd::kNotReady, status.state, true, status.detail};
    }
    auto page = make_page(printer->can, render);
    if (!page) return {PrintEnd::kCannotPrint, PrinterState::kReady, true, page.error().message};
    auto document = encode(*page);
    if (!document) return {PrintEnd::kCannotPrint, PrinterState::kReady, true, document.error().message};
    IppTicket ticket;
    ticket.plan = page->plan;
    ticket.black_only = printer->black_mode;
    ticket.job_attributes = printer->can.job_attributes;
    ticket.cancel_after_s = static_cast<int>(std::max<std::int64_t>(1, timeouts_.job_ms / kSecondMs));
    page->dots = BitImage();
    PrintOutcome outcome = submit(*printer, ticket, *document, cancellation);
    wipe(*document);
    return outcome;
  }

  static Result<Bytes> encode(const PrinterPage& page) {
    switch (page.plan.format) {
      case PageFormat::kPwgRaster:
      case PageFormat::kAppleRaster:
        return page_as_raster(page);
      case PageFormat::kPdf:
        return page_as_pdf(page.dots, page.plan.dpi);
      case PageFormat::kPng:
        break;
    }
    return page_as_png(page.dots, page.plan.dpi);
  }

  PrintOutcome submit(const IppPrinter& printer, const IppTicket& ticket, ByteView document,
                      const Cancellation& cancellation) {
    const IppClient ask = client(&cancellation);
    const Result<int> job = printer.makes_jobs ? ask.create_job(ticket) : ask.print_job(ticket, document);
    // Without an answer nobody knows whether there is a job now: what bears our name is cancelled.
    if (!job) return trouble(0, state_after(job.error()), "the job was not taken: " + job.error().message);
    if (printer.makes_jobs) {
      if (const Status sent = ask.send_document(*job, ticket, document); !sent) {
        return trouble(*job, state_after(sent.error()), "the page was not taken: " + sent.error().message);
      }
    }
    return follow(*job, ask, cancellation);
  }

  PrintOutcome follow(int job, const IppClient& ask, const Cancellation& cancellation) {
    const std::int64_t until_ms = env_.monotonic_ms() + timeouts_.job_ms;
    PrinterState last = PrinterState::kBusy;
    for (;;) {
      const auto now = ask.ask_job(job);
      if (cancellation.cancelled()) return trouble(job, last, "cancelled");
      if (!now) return trouble(job, state_after(now.error()), "the job cannot be followed: " + now.error().message);
      if (now->state == kJobCompleted) return settle(job, *now, ask, cancellation);
      const auto printer = ask.ask_printer();
      const PrinterStatus status = printer ? status_of(*printer) : status_of(printer.error());
      if (cancellation.cancelled()) return trouble(job, last, "cancelled");
      last = status.state;
      const bool waits = now->state == kJobPending || now->state == kJobProcessing;
      if (is_trouble(status.state)) return trouble(job, status.state, status.detail);
      if (!waits) {
        return trouble(job, PrinterState::kOtherTrouble,
                       fmt::format("the job's state is {} ({})", now->state, join(now->reasons)));
      }
      if (env_.monotonic_ms() >= until_ms) {
        PrintOutcome late = trouble(job, why_late(*printer), "not printed in time: " + status.detail);
        late.end = PrintEnd::kTimedOut;
        return late;
      }
      (void)cancellation.wait_ms(timeouts_.poll_ms);
    }
  }

  static PrinterState why_late(const IppPrinter& printer) {
    const PrinterStatus status = understand_printer(printer.says, Believe::kEverything);
    // A queue that is still looking for its device says so without calling it an error.
    const bool looking =
        contains(status.reasons, "connecting-to-device") || contains(status.reasons, "connecting-to-device-report");
    return looking ? PrinterState::kOffline : status.state;
  }

  // "Completed" is believed of a printer that is at rest and has no trouble: some say it when the page is in their
  // memory, with the paper still to come.
  PrintOutcome settle(int job, const IppJob& done, const IppClient& ask, const Cancellation& cancellation) {
    if (contains(done.reasons, "job-completed-with-errors")) {
      return trouble(job, PrinterState::kOtherTrouble, "printed with errors: " + join(done.reasons));
    }
    const std::int64_t until_ms = env_.monotonic_ms() + timeouts_.settle_ms;
    for (;;) {
      const auto printer = ask.ask_printer();
      const PrinterStatus status = printer ? status_of(*printer) : status_of(printer.error());
      if (!cancellation.cancelled() && is_trouble(status.state)) {
        return trouble(job, status.state, "said to be completed, but: " + status.detail);
      }
      // Busy with the job of somebody else is as good as at rest.
      const bool rests = printer && (status.state == PrinterState::kReady || printer->queued_jobs > 0);
      if (rests) {
        forget(job);
        return {PrintEnd::kPrinted, PrinterState::kReady, true, ""};
      }
      if (cancellation.cancelled()) return trouble(job, status.state, "cancelled");
      if (env_.monotonic_ms() >= until_ms) {
        PrintOutcome late = trouble(job, status.state, "said to be completed, but the printer does not come to rest");
        late.end = PrintEnd::kTimedOut;
        return late;
      }
      (void)cancellation.wait_ms(timeouts_.poll_ms);
    }
  }

  // Ends the job, and says how that went together with what was wrong.
  PrintOutcome trouble(int job, PrinterState state, std::string detail) {
    return {PrintEnd::kTrouble, state, job > 0 ? end_job(job) : end_all(), std::move(detail)};
  }

  bool end_all() {
    const auto jobs = client(nullptr).our_jobs();
    if (!jobs) return false;
    return std::all_of(jobs->begin(), jobs->end(), [&](int job) { return end_job(job); });
  }

  // True when the printer said that the job is over, or that it knows none. Not cancellable: it is what a cancel does.
  bool end_job(int job) {
    const IppClient tidy = client(nullptr);
    const std::int64_t until_ms = env_.monotonic_ms() + timeouts_.cancel_ms;
    const Cancellation never;
    for (;;) {
      (void)tidy.cancel_job(job, IppClient::Purge::kNo);  // refused for a job that is over; asking below tells
      const auto now = tidy.ask_job(job);
      const bool over =
          now ? now->state >= kJobCanceled && now->state <= kJobCompleted : now.error().code == ErrorCode::kNotFound;
      if (over) {
        forget(job);
        return true;
      }
      if (env_.monotonic_ms() >= until_ms) return false;
      (void)never.wait_ms(timeouts_.poll_ms);
    }
  }

  // CUPS keeps the files of jobs that are over for a day, to print them again. Printers do not know the word, and
  // refuse or ignore it.
  void forget(int job) { (void)client(nullptr).cancel_job(job, IppClient::Purge::kYes); }

  IppAddress address_;
  std::string job_name_;
  PrinterTimeouts timeouts_;
  Env& env_;
};

}  // namespace

void Cancellation::cancel() {
  {
    const std::lock_guard lock(mutex_);
    cancelled_ = true;
  }
  changed_.notify_all();
}

bool Cancellation::cancelled() const {
  const std::lock_guard lock(mutex_);
  return cancelled_;
}

bool Cancellation::wait_ms(std::int64_t duration_ms) const {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, std::chrono::milliseconds(duration_ms), [&] { return cancelled_; });
}

Status check_printer_uri(const std::string& uri) {
  TRY(parse_printer_address(uri));
  return {};
}

Result<std::unique_ptr<Printer>> open_printer(PrinterOptions options, Env& env) {
  if (options.uri.empty()) return std::make_unique<NoPrinter>();
  TRY_ASSIGN(IppAddress address, parse_printer_address(options.uri));
  return std::make_unique<IppPrinterDevice>(std::move(address), std::move(options), env);
}

}  // namespace mimika::device
