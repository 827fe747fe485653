#include "kiosk/device/printer_reasons.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "kiosk/base/limits.h"

namespace mimika::device {
namespace {

enum class Severity { kReport, kWarning, kError, kUnsaid };

struct Reason {
  std::string_view keyword;
  Severity severity = Severity::kUnsaid;
};

Reason split(std::string_view text) {
  static constexpr std::pair<std::string_view, Severity> kSuffixes[] = {
      {"-report", Severity::kReport}, {"-warning", Severity::kWarning}, {"-error", Severity::kError}};
  for (const auto& [suffix, severity] : kSuffixes) {
    if (text.ends_with(suffix)) return {text.substr(0, text.size() - suffix.size()), severity};
  }
  return {text, Severity::kUnsaid};
}

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

bool any_of(std::string_view keyword, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), keyword) != names.end();
}

bool is_supply_out(std::string_view k) {
  const bool consumed = has(k, "toner") || has(k, "marker") || has(k, "ink") || has(k, "ribbon") || has(k, "developer");
  return (consumed && (k.ends_with("-empty") || k.ends_with("-missing") || k.ends_with("-full"))) ||
         k == "opc-life-over";
}

// What it says of the worst kind first: opening the cover is how a jam and the paper are mended, so an open cover is
// told before either.
constexpr PrinterState kWorstFirst[] = {PrinterState::kOffline,  PrinterState::kCoverOpen, PrinterState::kPaperJam,
                                        PrinterState::kPaperOut, PrinterState::kSupplyOut, PrinterState::kOtherTrouble};

std::optional<PrinterState> trouble_of(const Reason& reason, const PrinterSays& says, Believe believe) {
  const std::string_view k = reason.keyword;
  const bool stopped = says.state == kPrinterStopped || believe == Believe::kEverything;
  // However it is marked: nothing prints through an open cover, a jam or a link that is down.
  if (k.ends_with("cover-open") || k.ends_with("door-open") || k.ends_with("interlock-open")) {
    return PrinterState::kCoverOpen;
  }
  if (any_of(k, {"offline", "shutdown", "timed-out"})) return PrinterState::kOffline;
  if (k.ends_with("-jam")) return PrinterState::kPaperJam;
  // An empty roll too: drivers of CUPS call it a warning, other printers a report while they rest. A page that is tried
  // all the same waits in some printers until there is paper, cancelled or not.
  if (any_of(k, {"media-empty", "media-needed", "input-tray-missing", "input-media-supply-empty"})) {
    return PrinterState::kPaperOut;
  }
  if ((reason.severity == Severity::kReport || reason.severity == Severity::kWarning) && !stopped) return std::nullopt;
  if (k.ends_with("-low")) return std::nullopt;  // never more than a warning, whatever it is called
  if (is_supply_out(k)) return PrinterState::kSupplyOut;
  static constexpr std::string_view kKnownTroubles[] = {"spool-area-full",
                                                        "paused",
                                                        "moving-to-paused",
                                                        "stopped-partly",
                                                        "stopping",
                                                        "output-area-full",
                                                        "fuser-over-temp",
                                                        "output-tray-missing",
                                                        "output-tray-area-full",
                                                        "deactivated",
                                                        "cups-missing-filter",
                                                        "cups-insecure-filter"};
  const bool known = std::find(std::begin(kKnownTroubles), std::end(kKnownTroubles), k) != std::end(kKnownTroubles);
  // A keyword of a maker's own counts when it is said to be an error; without a word on how bad it is, the printer's
  // own state tells.
  if (known || reason.severity == Severity::kError) return PrinterState::kOtherTrouble;
  return std::nullopt;
}

bool is_paper_low(const Reason& reason) {
  return reason.keyword == "media-low" || reason.keyword == "input-media-supply-low";
}

}  // namespace

PrinterStatus understand_printer(const PrinterSays& says, Believe believe) {
  PrinterStatus status;
  std::vector<PrinterState> troubles;
  for (const std::string& text : says.reasons) {
    if (status.reasons.size() == limits::kPrinterReasons) break;
    if (text == "none") continue;
    status.reasons.push_back(text);
    const Reason reason = split(text);
    const auto trouble = trouble_of(reason, says, believe);
    if (trouble) troubles.push_back(*trouble);
    if (!trouble && is_paper_low(reason)) status.paper_low = true;
  }
  if (says.state == kPrinterStopped || !says.accepting) troubles.push_back(PrinterState::kOtherTrouble);
  if (says.state < kPrinterIdle || says.state > kPrinterStopped) troubles.push_back(PrinterState::kOtherTrouble);
  for (const PrinterState worst : kWorstFirst) {
    if (std::find(troubles.begin(), troubles.end(), worst) != troubles.end()) {
      status.state = worst;
      return status;
    }
  }
  status.state = says.state == kPrinterProcessing ? PrinterState::kBusy : PrinterState::kReady;
  return status;
}

const char* printer_state_name(PrinterState state) {
  switch (state) {
    case PrinterState::kNoneSetUp:
      return "none_set_up";
    case PrinterState::kReady:
      return "ready";
    case PrinterState::kBusy:
      return "busy";
    case PrinterState::kPaperOut:
      return "paper_out";
    case PrinterState::kPaperJam:
      return "paper_jam";
    case PrinterState::kCoverOpen:
      return "cover_open";
    case PrinterState::kSupplyOut:
      return "supply_out";
    case PrinterState::kOffline:
      return "offline";
    case PrinterState::kOtherTrouble:
      break;
  }
  return "other_trouble";
}

const char* print_end_name(PrintEnd end) {
  switch (end) {
    case PrintEnd::kPrinted:
      return "printed";
    case PrintEnd::kNotReady:
      return "not_ready";
    case PrintEnd::kTrouble:
      return "trouble";
    case PrintEnd::kTimedOut:
      return "timed_out";
    case PrintEnd::kCancelled:
      return "cancelled";
    case PrintEnd::kCannotPrint:
      break;
  }
  return "cannot_print";
}

}  // namespace mimika::device
