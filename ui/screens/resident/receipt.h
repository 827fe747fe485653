// The receipt: number, QR, code, and what happens next with honest words. It cannot be missed: the person must say how
// it was kept before the screen goes on.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ui/screens/resident/printing.h"

namespace mimika::screens {

struct ReceiptView {
  ui::PlaceKind place = ui::PlaceKind::kSavedHere;  // kArrived only once the centre said so
  std::string banner;                               // "Tersimpan di kios ini", "Sudah tiba di Mimika Center"
  std::string date;                                 // of saving or arriving; empty when the clock is not believed
  std::string time;
  std::string number_label;
  std::string number;
  ui::QrMatrix qr;
  std::string subject;  // "Air bersih"; the kind for a secret ticket
  std::string kampung;
  std::string picture;
  std::string icon;
  std::string code_label;
  std::string code_label_short;  // where the long one would take two lines
  std::string code;              // 16 digits
  std::string code_note;
  std::string next_title;
  std::vector<ui::PathStep> next;
  KeepView keep;
};

[[nodiscard]] ReceiptView make_receipt_view(const Session& session, const SessionContext& context, const Text& text);
[[nodiscard]] std::optional<Action> draw_receipt(const ReceiptView& view, ui::Ui& ui);
void overwrite(ReceiptView& view);

}  // namespace mimika::screens
