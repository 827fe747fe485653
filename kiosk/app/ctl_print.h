// mimika-kiosk-ctl print-test and receipt check: what a technician asks of the printer, and whether a printed receipt
// is genuine.
#pragma once

#include <string>

#include "kiosk/base/env.h"
#include "kiosk/base/result.h"
#include "kiosk/crypto/keys.h"

namespace mimika {

// Exit codes of the two commands; 1 is a mistake in the call.
inline constexpr int kPrintedExit = 0;
inline constexpr int kNotReadyExit = 2;       // the printer was not given the page
inline constexpr int kNotPrintedExit = 3;     // it was, and the job is gone again
inline constexpr int kMayPrintLaterExit = 4;  // it was, and may still hold the job
inline constexpr int kGenuineExit = 0;
inline constexpr int kNotGenuineExit = 2;

struct CtlAnswer {
  std::string json;  // one object
  int exit_code = 0;
  std::string text = {};  // the same for people; empty: the object's entries, a line each
};

// Prints a test slip. `font_folder` is searched before the usual ones when it is not empty.
[[nodiscard]] Result<CtlAnswer> print_test(const std::string& printer_uri, const std::string& owner,
                                           const std::string& font_folder, Env& env);

// Checks the text of a receipt's QR code with the key of the kiosk that is said to have made it.
[[nodiscard]] CtlAnswer check_receipt(const std::string& payload, const crypto::VerifyKey& key);

// "a1b2…", 64 hexadecimal digits, as rotate-key and the centre print them.
[[nodiscard]] Result<crypto::VerifyKey> parse_verify_key(const std::string& hex);

}  // namespace mimika
