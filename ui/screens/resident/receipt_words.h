// What a receipt says, on the screen and on paper: of what it is, and by when somebody must answer.
#pragma once

#include <string>

#include "ui/screens/resident/common.h"

namespace mimika::screens {

// Of a secret filing neither what nor where is said, only its kind.
struct ReceiptSubject {
  std::string name;  // "Air bersih"
  std::string kampung = {};
  std::string picture = {};  // this, or an icon
  std::string icon = {};
};
[[nodiscard]] ReceiptSubject receipt_subject(const Receipt& receipt, const SessionContext& context, const Text& text);

struct ReceiptPromise {
  std::string limit;     // "5 hari kerja sesudah tiba."
  std::string day = {};  // "Tiba hari ini: 1 Desember."; empty when no day can honestly be named
};
[[nodiscard]] ReceiptPromise receipt_promise(const Receipt& receipt, const SessionContext& context, const Text& text);

// When it was saved by the kiosk's clock, or arrived by the centre's; empty texts when the clock is not believed.
struct ReceiptTime {
  std::string date;
  std::string time;  // without the word before it
};
[[nodiscard]] ReceiptTime receipt_time(const Receipt& receipt, const SessionContext& context, const Text& text);

}  // namespace mimika::screens
