#include "ui/screens/resident/receipt.h"

#include <algorithm>

#include "kiosk/base/ascii.h"
#include "kiosk/base/wipe.h"
#include "ui/screens/resident/layout.h"
#include "ui/screens/resident/qr_matrix.h"
#include "ui/text/dates.h"

namespace mimika::screens {
namespace {

using ui::Rect;
using ui::TextStyle;

constexpr int kCodeGroup = 4;
constexpr float kQrMm = 38.0F;
constexpr float kSubjectPictureMm = 13.0F;

std::string digits_of(std::string_view grouped) {
  std::string digits;
  digits.reserve(grouped.size());
  for (const char c : grouped) {
    if (is_digit(c)) digits.push_back(c);
  }
  return digits;
}

// From the day the centre has it somebody must answer within the limit. Before that a day can only be named for "if it
// arrives today", and only by a clock that somebody vouched for; after it the centre's clock says the day.
std::string promise_of(const Receipt& receipt, const SessionContext& context, const Text& text) {
  std::string promise =
      text.count(context.catalogue.mark_rule.days == DayKind::kWorkingDays ? "receipt.next.working_days"
                                                                           : "receipt.next.calendar_days",
                 context.catalogue.mark_rule.limit_days);
  if (receipt.arrived_ms) {
    const LocalDate due = answer_due(local_date(*receipt.arrived_ms), context);
    promise += "\n" + text.format("receipt.next.at_latest", {day_and_month(text, due)});
  } else if (clock_is_trusted(context) && clock_is_plausible(context)) {
    const LocalDate due = answer_due(local_date(receipt.filed_ms), context);
    promise += "\n" + text.format("receipt.next.if_today", {day_and_month(text, due)});
  }
  return promise;
}

std::vector<ui::PathStep> next_steps(const Receipt& receipt, const SessionContext& context, const Text& text) {
  std::vector<ui::PathStep> steps;
  steps.push_back({.sign = ui::PlaceKind::kSavedHere,
                   .title = text("receipt.next.today"),
                   .detail = text("receipt.next.saved"),
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
                   .detail = promise_of(receipt, context, text),
                   .reached = false});
  return steps;
}

void fill_subject(ReceiptView& view, const Receipt& receipt, const SessionContext& context, const Text& text) {
  const bool secret = is_secret(receipt.known);
  const Category* category = receipt.category && !secret ? context.catalogue.find_category(*receipt.category) : nullptr;
  const Service* service = receipt.service ? context.catalogue.find_service(*receipt.service) : nullptr;
  if (category != nullptr) {
    view.subject = in_language(category->name, text);
    view.picture = "pictures/" + category->picture;
  } else if (service != nullptr) {
    view.subject = in_language(service->name, text);
    view.icon = service->icon;
  } else {
    view.subject = kind_name(receipt.kind, text);
    view.icon = secret ? "lock" : receipt.kind == TicketKind::kInformation ? "help" : "msg";
  }
  if (receipt.kampung && !secret) view.kampung = kampung_name(*receipt.kampung, context, text);
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
  ui.text(view.number, head.cut_top(number, ui.px(1.5F)), {.style = plan.number});
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

// --- "Simpan bukti ini": how it was kept, and the one way on

Action kept_action(std::size_t index) {
  return index == 0 ? Action{action::TogglePhotographed{}} : Action{action::ToggleWritten{}};
}

float kept_height(const ReceiptView& view, const ui::Ui& ui, float width) {
  float height = 0;
  for (const ui::CheckView& check : view.kept) height = std::max(height, ui.check_height(check, width));
  return height;
}

// Padding, box, icon and gaps of Ui::check beside its words.
constexpr float kCheckLeadMm = 41.0F;

// Cuts its height off the bottom of the area.
void draw_keep(const ReceiptView& view, ui::Ui& ui, Rect& area, std::optional<Action>& action) {
  const float edge = ui.px(ui::mm::kKeyEdge);
  const auto count = static_cast<float>(view.kept.size());
  float check_width = 0;
  for (const ui::CheckView& check : view.kept) {
    check_width = std::max(check_width, ui.measure(check.label, check.style).w + ui.px(kCheckLeadMm));
  }
  const auto draw_checks = [&](const Rect& place) {
    const std::vector<Rect> cells = ui::columns(place, static_cast<int>(view.kept.size()), ui.gap());
    for (std::size_t i = 0; i < view.kept.size(); ++i) {
      if (ui.check(view.kept[i], cells[i])) action = kept_action(i);
    }
  };
  // One row when the way on keeps its words in one or two lines beside the two boxes.
  const float done_beside = area.w - (check_width + ui.gap()) * count;
  const bool one_row =
      done_beside >= ui.px(62) && widest_word(ui, view.done.label, view.done.style) + ui.px(24) < done_beside;
  if (one_row) {
    const float done_width = std::max(done_beside * 0.75F, std::min(done_beside, ui.key_size(view.done).w + ui.px(10)));
    const float checks_width = area.w - done_width - ui.gap();
    const float each = (checks_width - ui.gap() * (count - 1)) / count;
    const float row =
        std::max({ui.px(ui::mm::kTarget), ui.key_size(view.done, done_width).h, kept_height(view, ui, each)});
    Rect strip = area.cut_bottom(row + edge, ui.px(1.5F));
    strip.h = row;
    if (ui.key(view.done, strip.cut_right(done_width, ui.gap()))) action = action::ReceiptDone{};
    draw_checks(strip);
  } else {
    const float done_height = std::max(ui.px(ui::mm::kTarget), ui.key_size(view.done, area.w).h);
    Rect strip = area.cut_bottom(done_height + edge, ui.gap());
    strip.h = done_height;
    if (ui.key(view.done, strip)) action = action::ReceiptDone{};
    const float each = (area.w - ui.gap() * (count - 1)) / count;
    const float row = kept_height(view, ui, each);
    Rect boxes = area.cut_bottom(row + edge, ui.px(2));
    boxes.h = row;
    draw_checks(boxes);
  }
  const float label = ui.text_height(view.keep_label, TextStyle::kBodyStrong, area.w);
  ui.text(view.keep_label, area.cut_bottom(label, ui.px(2.5F)), {.style = TextStyle::kBodyStrong});
}

}  // namespace

ReceiptView make_receipt_view(const Session& session, const SessionContext& context, const Text& text) {
  ReceiptView view;
  if (!session.personal.receipt) return view;
  const Receipt& receipt = *session.personal.receipt;
  view.place = receipt.arrived_ms ? ui::PlaceKind::kArrived : ui::PlaceKind::kSavedHere;
  view.banner = text(receipt.arrived_ms ? "receipt.banner.arrived" : "receipt.banner");
  // When it was saved by the kiosk's clock, if that can be believed; when it arrived by the centre's.
  if (receipt.arrived_ms || clock_is_plausible(context)) {
    const WallMs at = receipt.arrived_ms.value_or(receipt.filed_ms);
    view.date = short_date(text, local_date(at));
    view.time = text.format("receipt.time", {clock_time(text, local_time(at))});
  }
  view.number_label =
      text(receipt.kind == TicketKind::kComplaint ? "receipt.number.complaint" : "receipt.number.other");
  view.number = format_ticket_number(receipt.number);
  view.qr = make_qr_matrix(receipt.qr_payload);
  fill_subject(view, receipt, context, text);
  view.code_label = text("receipt.code");
  view.code = digits_of(receipt.code.view());
  view.code_note = text("receipt.code.note");
  view.next_title = text("receipt.next");
  view.next = next_steps(receipt, context, text);
  view.keep_label = text("receipt.keep");
  view.kept.push_back({.id = "receipt.photographed",
                       .label = text("receipt.photographed"),
                       .icon = "camera",
                       .checked = receipt.photographed,
                       .style = TextStyle::kBodyStrong});
  view.kept.push_back({.id = "receipt.written",
                       .label = text("receipt.written"),
                       .icon = "pen",
                       .checked = receipt.written,
                       .style = TextStyle::kBodyStrong});
  const bool kept = receipt.photographed || receipt.written;
  view.done = {.id = "receipt.done",
               .label = text("receipt.done"),
               .icon = "check",
               .kind = ui::KeyKind::kPrimary,
               .disabled_reason = kept ? std::string() : text("receipt.keep_first")};
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
  draw_keep(view, ui, area, action);

  const std::vector<Rect> pair = ui::columns(area, std::vector<float>{0.585F, 0.415F}, ui.gap());
  const bool fits_beside = ui.landscape() && plan_number(view, ui, pair[0].w).height() <= area.h &&
                           plan_number(view, ui, pair[0].w).qr_beside &&
                           next_card_height(view, ui, pair[1].w) <= area.h;
  if (fits_beside) {
    draw_number_card(view, ui, pair[0]);
    draw_next_card(view, ui, pair[1]);
    return action;
  }
  ui.scroll("receipt", area, [&](ui::Flow& flow) {
    draw_number_card(view, ui, flow.next(plan_number(view, ui, flow.width()).height()));
    draw_next_card(view, ui, flow.next(next_card_height(view, ui, flow.width())));
  });
  return action;
}

void overwrite(ReceiptView& view) {
  wipe(view.code);
}

}  // namespace mimika::screens
