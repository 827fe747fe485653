#include "kiosk/app/ctl_print.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "kiosk/base/bytes.h"
#include "kiosk/device/printer.h"
#include "kiosk/device/receipt_slip.h"
#include "kiosk/model/ticket_number.h"
#include "sync/wire/receipt_statement.h"

namespace mimika {
namespace {

using Json = nlohmann::ordered_json;
using device::PrintEnd;
using device::PrinterState;

// The same places as the screen's (ui/platform/glyphs.cc), which this program does not link.
constexpr const char* kFontFolders[] = {"/usr/share/fonts/opentype/inter", "/usr/share/fonts/truetype/inter",
                                        "/usr/local/share/fonts/inter"};

const char* words_of(PrinterState state) {
  switch (state) {
    case PrinterState::kNoneSetUp:
      return "no printer is set up: [printer] uri in kiosk.toml";
    case PrinterState::kReady:
      return "the printer is ready";
    case PrinterState::kBusy:
      return "the printer is busy";
    case PrinterState::kPaperOut:
      return "the paper is out";
    case PrinterState::kPaperJam:
      return "the paper is jammed";
    case PrinterState::kCoverOpen:
      return "the cover is open";
    case PrinterState::kSupplyOut:
      return "the ribbon, toner or ink is used up";
    case PrinterState::kOffline:
      return "the printer cannot be reached: is it on, and is the address right?";
    case PrinterState::kOtherTrouble:
      break;
  }
  return "the printer has another trouble: look at its display";
}

std::string words_of(const device::PrintOutcome& outcome) {
  switch (outcome.end) {
    case PrintEnd::kPrinted:
      return "printed; look whether the slip is whole, dark enough and cut below its last line";
    case PrintEnd::kNotReady:
      return std::string("not printed, the printer was not given the page: ") + words_of(outcome.printer);
    case PrintEnd::kTrouble:
      return std::string("not printed: ") + words_of(outcome.printer);
    case PrintEnd::kTimedOut:
      // A queue of CUPS goes on being busy with a printer that is off.
      if (outcome.printer == PrinterState::kBusy) return "not printed in time: is the printer on, and connected?";
      return std::string("not printed in time: ") + words_of(outcome.printer);
    case PrintEnd::kCancelled:
      return "cancelled";
    case PrintEnd::kCannotPrint:
      break;
  }
  return "this printer cannot print a slip";
}

int exit_code_of(const device::PrintOutcome& outcome) {
  if (!outcome.nothing_left) return kMayPrintLaterExit;
  if (outcome.end == PrintEnd::kPrinted) return kPrintedExit;
  return outcome.end == PrintEnd::kNotReady ? kNotReadyExit : kNotPrintedExit;
}

device::ReceiptSlip test_slip(const std::string& owner, const device::PrinterStatus& status) {
  device::ReceiptSlip slip;
  slip.office = "Print test";
  slip.regency = owner;
  slip.number = "TEST";
  slip.statement = "MIMIKA PRINT TEST. NO RECEIPT. A TELEPHONE THAT READS THIS READS A RECEIPT TOO.";
  slip.code_title = "Eight groups of digits are legible";
  slip.code = "0123 4567 8901 2345 6789 0123 4567 8901";
  slip.facts = {{"Printer:", status.model.empty() ? "unnamed" : status.model}};
  slip.keep = "Both bands are whole, nothing is cut off.";
  return slip;
}

}  // namespace

Result<CtlAnswer> print_test(const std::string& printer_uri, const std::string& owner, const std::string& font_folder,
                             Env& env) {
  std::vector<std::string> folders(std::begin(kFontFolders), std::end(kFontFolders));
  if (!font_folder.empty()) folders.insert(folders.begin(), font_folder);
  TRY_ASSIGN(const device::SlipMaker maker, device::SlipMaker::open(folders));
  TRY_ASSIGN(const auto printer, device::open_printer({.uri = printer_uri, .owner = owner}, env));
  const device::Cancellation never;
  const device::PrinterStatus status = printer->status(never);
  const device::ReceiptSlip slip = test_slip(owner, status);
  const auto outcome = printer->print([&](int width_dots) { return maker.render(slip, width_dots); }, never);
  Json answer = {{"result", device::print_end_name(outcome.end)},
                 {"printer", device::printer_state_name(outcome.printer)},
                 {"words", words_of(outcome)},
                 {"nothing_left_in_printer", outcome.nothing_left},
                 {"paper_low", status.paper_low},
                 {"model", status.model},
                 {"reasons", status.reasons},
                 {"detail", outcome.detail}};
  if (!outcome.nothing_left) answer["warning"] = "the printer may still print this page later: switch it off and on";
  return CtlAnswer{answer.dump(-1, ' ', false, Json::error_handler_t::replace), exit_code_of(outcome)};
}

CtlAnswer check_receipt(const std::string& payload, const crypto::VerifyKey& key) {
  // What a telephone copies may have line ends around it.
  std::string text = payload;
  std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; });
  const auto statement = wire::decode_receipt_statement(text, key);
  if (!statement) {
    return {Json{{"genuine", false}, {"reason", statement.error().message}}.dump(), kNotGenuineExit};
  }
  return {Json{{"genuine", true},
               {"number", format_ticket_number(statement->number)},
               {"event", to_string(statement->key)},
               {"filed_ms", statement->filed_ms},
               {"content", to_hex(statement->content)}}
              .dump(),
          kGenuineExit};
}

Result<crypto::VerifyKey> parse_verify_key(const std::string& hex) {
  TRY_ASSIGN(const Bytes bytes, from_hex(hex));
  crypto::VerifyKey key{};
  if (bytes.size() != key.size()) return fail(ErrorCode::kInvalidInput, "a verify key has 64 hexadecimal digits");
  std::copy(bytes.begin(), bytes.end(), key.begin());
  return key;
}

}  // namespace mimika
