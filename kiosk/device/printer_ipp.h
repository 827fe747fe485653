// The questions a printer is asked, one connection each, so that nothing of one exchange reaches the next. CUPS'
// headers stand in the source alone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/base/bytes.h"
#include "kiosk/device/printer_page.h"
#include "kiosk/device/printer_reasons.h"

namespace mimika::device {

struct IppAddress {
  std::string host;  // or the path of CUPS' own socket
  int port = 631;
  bool tls = false;
  std::string uri;
  std::string resource;
};

// A URI, or the name of a queue of this machine's CUPS. kInvalidInput tells what may stand there.
[[nodiscard]] Result<IppAddress> parse_printer_address(const std::string& text);

struct IppPrinter {
  PrinterSays says;
  PrinterAbilities can;
  std::string model;
  bool makes_jobs = false;  // Create-Job and Send-Document, rather than Print-Job alone
  bool black_mode = false;  // it can be told to print in black alone
  int queued_jobs = 0;
};

// job-state, RFC 8011 5.3.7.
inline constexpr int kJobPending = 3;
inline constexpr int kJobHeld = 4;
inline constexpr int kJobProcessing = 5;
inline constexpr int kJobStopped = 6;
inline constexpr int kJobCanceled = 7;
inline constexpr int kJobAborted = 8;
inline constexpr int kJobCompleted = 9;

struct IppJob {
  int state = 0;
  std::vector<std::string> reasons;
};

struct IppTicket {
  PagePlan plan;
  bool black_only = false;
  std::vector<std::string> job_attributes;
  // The printer itself gives the job up after this time, should the kiosk lose its power meanwhile.
  int cancel_after_s = 60;
};

// Errors: kUnreachable (nobody there, no answer in time, cancelled), kCorrupt (no IPP), kTooLarge (an answer over
// limits::kPrinterAnswerBytes), kNotFound (no such job), kUnauthorised, kConflict (not possible now), kInvalidInput
// (the printer refuses what was asked), kInternal.
class IppClient {
 public:
  // `job_name` marks our jobs. `cancellation` may be null: what tidies up is not cancelled. All must outlive it.
  IppClient(const IppAddress& address, const std::string& job_name, const PrinterTimeouts& timeouts, Env& env,
            const Cancellation* cancellation)
      : address_(address), job_name_(job_name), timeouts_(timeouts), env_(env), cancellation_(cancellation) {}

  [[nodiscard]] Result<IppPrinter> ask_printer() const;
  [[nodiscard]] Result<int> create_job(const IppTicket& ticket) const;
  [[nodiscard]] Status send_document(int job, const IppTicket& ticket, ByteView document) const;
  [[nodiscard]] Result<int> print_job(const IppTicket& ticket, ByteView document) const;
  [[nodiscard]] Result<IppJob> ask_job(int job) const;
  // `purge` removes what CUPS would keep of the job, its files and its history too.
  enum class Purge { kNo, kYes };
  [[nodiscard]] Status cancel_job(int job, Purge purge) const;
  // Jobs of our name that are not over.
  [[nodiscard]] Result<std::vector<int>> our_jobs() const;

 private:
  const IppAddress& address_;
  const std::string& job_name_;
  const PrinterTimeouts& timeouts_;
  Env& env_;
  const Cancellation* cancellation_;
};

// The page as PWG or Apple raster.
[[nodiscard]] Result<Bytes> page_as_raster(const PrinterPage& page);

}  // namespace mimika::device
