#include "ui/screens/resident/receipt.h"

#include <algorithm>
#include <string_view>

#include "kiosk/base/ascii.h"
#include "kiosk/base/wipe.h"
#include "ui/screens/resident/layout.h"
#include "ui/screens/resident/printing.h"
#include "ui/screens/resident/qr_matrix.h"
#include "ui/screens/resident/receipt_words.h"

namespace mimika::screens {
namespace {

using ui::Rect;
using ui::TextStyle;

constexpr int kCodeGroup = 4;
constexpr float kQrMm = 38.0F;
constexpr float kSubjectPictureMm = 13.0F;
constexpr float kLowPadMm = 3.2F;

std::string digits_of(std::string_view grouped) {
  std::string digits;
  digits.reserve(grouped.size());
  for (const char c : grouped) {
    if (is_digit(c)) digits.push_back(c);
  }
  return digits;
}

std::string joined(const ReceiptPromise& promise) {
  return promise.day.empty() ? promise.limit : promise.limit + "\n" + promise.day;
}

std::vector<ui::PathStep> next_steps(const Receipt& receipt, const SessionContext& context, const Text& text) {
  std::vector<ui::PathStep> steps;
  steps.push_back({.sign = ui::PlaceKind::kSavedHere,
                   .title = text("receipt.next.today"),
                   .detail = text(receipt.media_left_out ? "receipt.left_out" : "receipt.next.saved"),
                   .reached = true});
  if (receipt.arrived_ms) {
    steps.push_back({.sign = ui::PlaceKind::kArrived,
                     .title = text("receipt.next.arrived"),
                     .detail = text("receipt.next.arrived.detail"),
                     .reached = true});
  } else {
    steps.push_back({.sign = ui::PlaceKind::kNotArrived,
                     .title = text("receipt.next.network"),
                     .detail = text("receipt.next.sent"),
                     .reached = false});
  }
  steps.push_back({.sign = ui::PlaceKind::kAnswer,
                   .title = text(receipt.kind == TicketKind::kService ? "receipt.next.office" : "receipt.next.agency"),
                   .detail = joined(receipt_promise(receipt, context, text)),
                   .reached = false});
  return steps;
}

// --- the number card. Its height is computed by the same walk that draws it.

struct NumberCard {
  float qr = 0;
  float head = 0;  // QR beside number and subject
  float code = 0;  // label, groups, note
  float pad = 0;
  bool qr_beside = true;
  TextStyle number = TextStyle::kDisplay;
  [[nodiscard]] float height() const { return head + code + 2 * pad; }
};

NumberCard plan_number(const ReceiptView& view, const ui::Ui& ui, float width) {
  NumberCard plan;
  plan.pad = ui.px(4.4F);
  const float inner = width - 2 * plan.pad;
  plan.qr = std::min(ui.px(kQrMm), inner * 0.4F);
  const float beside = inner - plan.qr - ui.px(5);
  // The number on one line, beside the QR while a style of it has room there.
  plan.number = one_line_style(ui, view.number, beside, {TextStyle::kDisplay, TextStyle::kTitle});
  plan.qr_beside = ui.measure(view.number, plan.number).w <= beside;
  if (!plan.qr_beside) plan.number = TextStyle::kDisplay;
  const float words_width = plan.qr_beside ? beside : inner;
  const float subject_width = words_width - ui.px(kSubjectPictureMm + 3);
  const float subject =
      std::max(ui.px(kSubjectPictureMm),
               ui.text_height(view.subject, TextStyle::kBodyStrong, subject_width) +
                   (view.kampung.empty() ? 0 : ui.text_height(view.kampung, TextStyle::kBody, subject_width)));
  const float words = ui.text_height(view.number_label, TextStyle::kBody, words_width) +
                      ui.text_height(view.number, plan.number, words_width) + ui.px(1.5F) + subject;
  plan.head = plan.qr_beside ? std::max(plan.qr, words) : plan.qr + ui.px(3) + words;
  plan.code = ui.px(5) +
              std::max(ui.px(7), ui.text_height(view.code_label, TextStyle::kBodyStrong, inner - ui.px(10))) +
              ui.px(1.5F) + ui.code_groups_height(view.code, kCodeGroup, inner) + ui.px(2) +
              ui.text_height(view.code_note, TextStyle::kNote, inner);
  return plan;
}

void draw_subject(const ReceiptView& view, ui::Ui& ui, Rect area) {
  const float size = ui.px(kSubjectPictureMm);
  const Rect picture = area.cut_left(size, ui.px(3));
  const Rect square{picture.x, picture.y, size, size};
  if (!view.picture.empty() && !ui.colours().high()) {
    ui.picture(view.picture, square, ui::Fit::kSlice, ui.px(2));
  } else {
    ui.round(square, ui.px(2), ui.colours().sky);
    ui.icon(view.icon.empty() ? "msg" : view.icon, square.inset(ui.px(2.2F)));
  }
  const float subject = ui.text_height(view.subject, TextStyle::kBodyStrong, area.w);
  const float place = view.kampung.empty() ? 0 : ui.text_height(view.kampung, TextStyle::kBody, area.w);
  area.cut_top(std::max(0.0F, (size - subject - place) / 2));
  ui.text(view.subject, area.cut_top(subject), {.style = TextStyle::kBodyStrong});
  if (place > 0) ui.text(view.kampung, area, {.style = TextStyle::kBody});
}

void draw_number_card(const ReceiptView& view, ui::Ui& ui, const Rect& place) {
  const NumberCard plan = plan_number(view, ui, place.w);
  ui.card(place);
  Rect inner = place.inset(plan.pad);
  // What the card has to spare goes above and below the hairline.
  const float spare = std::max(0.0F, place.h - plan.height());
  Rect head = inner.cut_top(plan.head);
  const Rect qr = plan.qr_beside ? head.cut_left(plan.qr, ui.px(5)) : head.cut_top(plan.qr, ui.px(3));
  if (view.qr.size > 0) ui.qr(view.qr, {qr.x, qr.y, plan.qr, plan.qr});
  const float label = ui.text_height(view.number_label, TextStyle::kBody, head.w);
  ui.text(view.number_label, head.cut_top(label), {.style = TextStyle::kBody});
  const float number = ui.text_height(view.number, plan.number, head.w);
  ui.text(view.number, head.cut_top(number, ui.px(1.5F)), {.style = plan.number, .hearing = ui::Hearing::kSpelled});
  draw_subject(view, ui, head);

  const Rect divider = inner.cut_top(ui.px(5) + spare * 0.6F);
  ui.line_across(divider);
  const float icon = ui.px(7);
  const float code_label = std::max(icon, ui.text_height(view.code_label, TextStyle::kBodyStrong, inner.w - ui.px(10)));
  Rect line = inner.cut_top(code_label, ui.px(1.5F));
  ui.icon("lock", line.cut_left(icon, ui.px(3)).centred({icon, icon}));
  ui.text(view.code_label, line, {.style = TextStyle::kBodyStrong, .valign = ui::VAlign::kMiddle});
  ui.code_groups(view.code, kCodeGroup, inner.cut_top(ui.code_groups_height(view.code, kCodeGroup, inner.w), ui.px(2)));
  ui.text(view.code_note, inner, {.style = TextStyle::kNote});
}

// --- the same on a low panel: what has to be written down stands beside the QR code, of what it is below

struct LowCard {
  float qr = 0;
  float label = 0;
  float number = 0;
  std::string_view code;
  float code_label = 0;
  float groups = 0;
  float note = 0;
  float subject = 0;
  float beside = 0;  // height of what stands beside the QR code
  float height = 0;
  TextStyle style = TextStyle::kTitle;
};

LowCard plan_low(const ReceiptView& view, const ui::Ui& ui, float width) {
  LowCard plan;
  const float inner = width - 2 * ui.px(kLowPadMm);
  plan.qr = std::min(ui.px(kQrMm), inner * 0.4F);
  const float room = inner - plan.qr - ui.px(5);
  plan.style = one_line_style(ui, view.number, room, {TextStyle::kDisplay, TextStyle::kTitle});
  plan.label = ui.text_height(view.number_label, TextStyle::kBody, room);
  plan.number = ui.text_height(view.number, plan.style, room);
  const bool one_line = ui.measure(view.code_label, TextStyle::kBodyStrong).w <= room - ui.px(10);
  plan.code = one_line ? view.code_label : view.code_label_short;
  plan.code_label = std::max(ui.px(7), ui.text_height(plan.code, TextStyle::kBodyStrong, room - ui.px(10)));
  plan.groups = ui.code_groups_height(view.code, kCodeGroup, room);
  plan.note = ui.text_height(view.code_note, TextStyle::kNote, inner);
  const float words = inner - ui.px(kSubjectPictureMm + 3);
  plan.subject = std::max(ui.px(kSubjectPictureMm),
                          ui.text_height(view.subject, TextStyle::kBodyStrong, words) +
                              (view.kampung.empty() ? 0 : ui.text_height(view.kampung, TextStyle::kBody, words)));
  plan.beside = plan.label + plan.number + ui.px(1) + plan.code_label + ui.px(1) + plan.groups;
  plan.height =
      std::max(plan.qr, plan.beside) + ui.px(2) + plan.note + ui.px(2.5F) + plan.subject + 2 * ui.px(kLowPadMm);
  return plan;
}

void draw_low_card(const ReceiptView& view, ui::Ui& ui, const Rect& place) {
  const LowCard plan = plan_low(view, ui, place.w);
  ui.card(place);
  Rect inner = place.inset(ui.px(kLowPadMm));
  Rect head = inner.cut_top(std::max(plan.qr, plan.beside), ui.px(2));
  const Rect qr = head.cut_left(plan.qr, ui.px(5));
  if (view.qr.size > 0) ui.qr(view.qr, {qr.x, qr.y, plan.qr, plan.qr});
  ui.text(view.number_label, head.cut_top(plan.label), {.style = TextStyle::kBody});
  ui.text(view.number, head.cut_top(plan.number, ui.px(1)), {.style = plan.style, .hearing = ui::Hearing::kSpelled});
  Rect line = head.cut_top(plan.code_label, ui.px(1));
  const float icon = ui.px(7);
  ui.icon("lock", line.cut_left(icon, ui.px(3)).centred({icon, icon}));
  ui.text(plan.code, line, {.style = TextStyle::kBodyStrong, .valign = ui::VAlign::kMiddle});
  ui.code_groups(view.code, kCodeGroup, head.cut_top(plan.groups));
  ui.text(view.code_note, inner.cut_top(plan.note, ui.px(2.5F)), {.style = TextStyle::kNote});
  draw_subject(view, ui, inner);
}

// --- what happens next

float next_card_height(const ReceiptView& view, const ui::Ui& ui, float width) {
  const float pad = ui.px(4.4F);
  return 2 * pad + ui.text_height(view.next_title, TextStyle::kKey, width - 2 * pad) + ui.px(2) +
         ui.path_down_height(view.next, width - 2 * pad);
}

void draw_next_card(const ReceiptView& view, ui::Ui& ui, const Rect& place) {
  ui.card(place);
  Rect inner = place.inset(ui.px(4.4F));
  ui.text(view.next_title, inner.cut_top(ui.text_height(view.next_title, TextStyle::kKey, inner.w), ui.px(2)),
          {.style = TextStyle::kKey});
  ui.path_down(view.next, inner);
}

std::vector<Rect> beside(const ui::Ui& ui, const Rect& area) {
  return ui::columns(area, std::vector<float>{0.585F, 0.415F}, ui.gap());
}

bool fits_beside(const ReceiptView& view, const ui::Ui& ui, const Rect& area) {
  const std::vector<Rect> pair = beside(ui, area);
  const NumberCard number = plan_number(view, ui, pair[0].w);
  return number.qr_beside && number.height() <= area.h && next_card_height(view, ui, pair[1].w) <= area.h;
}

}  // namespace

ReceiptView make_receipt_view(const Session& session, const SessionContext& context, const Text& text) {
  ReceiptView view;
  if (!session.personal.receipt) return view;
  const Receipt& receipt = *session.personal.receipt;
  view.place = receipt.arrived_ms ? ui::PlaceKind::kArrived : ui::PlaceKind::kSavedHere;
  view.banner = text(receipt.arrived_ms ? "receipt.banner.arrived" : "receipt.banner");
  const ReceiptTime at = receipt_time(receipt, context, text);
  view.date = at.date;
  if (!at.time.empty()) view.time = text.format("receipt.time", {at.time});
  view.number_label =
      text(receipt.kind == TicketKind::kComplaint ? "receipt.number.complaint" : "receipt.number.other");
  view.number = format_ticket_number(receipt.number);
  view.qr = make_qr_matrix(receipt.qr_payload);
  const ReceiptSubject subject = receipt_subject(receipt, context, text);
  view.subject = subject.name;
  view.kampung = subject.kampung;
  view.picture = subject.picture;
  view.icon = subject.icon;
  view.code_label = text("receipt.code");
  view.code_label_short = text("receipt.code.short");
  view.code = digits_of(receipt.code.view());
  view.code_note = text("receipt.code.note");
  view.next_title = text("receipt.next");
  view.next = next_steps(receipt, context, text);
  view.keep = make_keep_view(receipt, text);
  return view;
}

std::optional<Action> draw_receipt(const ReceiptView& view, ui::Ui& ui) {
  std::optional<Action> action;
  ui.background();
  ui.publish("receipt.number", view.number);
  ui.publish("receipt.code", view.code);
  ui.publish("receipt.place", view.place == ui::PlaceKind::kArrived ? "arrived" : "saved_here");
  Rect area = ui.stage();
  ui.banner(view.place, view.banner, view.date.empty() ? std::string() : view.date + "\n" + view.time, area);
  const Rect content = ui.content();
  area = Rect{content.x, area.y + ui.px(3.2F), content.w, content.bottom() - area.y - ui.px(3.2F)};
  ui.publish("receipt.paper", view.keep.paper);
  Rect above = area;
  above.cut_bottom(std::min(area.h, keep_height(view.keep, ui, area.w)));
  if (ui.landscape() && fits_beside(view, ui, above)) {
    draw_keep(view.keep, ui, area, action);
    const std::vector<Rect> pair = beside(ui, area);
    draw_number_card(view, ui, pair[0]);
    draw_next_card(view, ui, pair[1]);
    return action;
  }
  draw_keep(view.keep, ui, area, action);
  ui.scroll("receipt", area, [&](ui::Flow& flow) {
    if (ui.landscape()) {
      draw_low_card(view, ui, flow.next(plan_low(view, ui, flow.width()).height));
    } else {
      draw_number_card(view, ui, flow.next(plan_number(view, ui, flow.width()).height()));
    }
    draw_next_card(view, ui, flow.next(next_card_height(view, ui, flow.width())));
  });
  return action;
}

void overwrite(ReceiptView& view) {
  wipe(view.code);
}

}  // namespace mimika::screens
