#include "ui/screens/resident/printing.h"

#include <algorithm>

#include "ui/screens/resident/layout.h"

namespace mimika::screens {
namespace {

using ui::Rect;
using ui::TextStyle;

// Padding, box, icon and gaps of Ui::check beside its words; icon, padding and gap of Ui::key.
constexpr float kCheckLeadMm = 41.0F;
constexpr float kPrintLeadMm = 24.0F;
constexpr float kStackedPadMm = 7.0F;
constexpr float kStackedSignsMm = 35.0F;
constexpr float kRoomyDoneMm = 62.0F;
constexpr float kLeastDoneMm = 48.0F;
constexpr float kLeastWordsMm = 60.0F;
constexpr float kTightGapMm = 3.2F;

// The last part of "receipt.print.not.…".
const char* name_of(PrintTrouble trouble) {
  switch (trouble) {
    case PrintTrouble::kPaperOut:
      return "paper_out";
    case PrintTrouble::kPaperJam:
      return "jam";
    case PrintTrouble::kCoverOpen:
      return "cover";
    case PrintTrouble::kSupplyOut:
      return "supply";
    case PrintTrouble::kOffline:
      return "offline";
    case PrintTrouble::kStuck:
      return "stuck";
    case PrintTrouble::kCannot:
      return "cannot";
    case PrintTrouble::kMayStillPrint:
      return "may_come";
    case PrintTrouble::kCancelled:
      return "cancelled";
    case PrintTrouble::kNone:
    case PrintTrouble::kOther:
      break;
  }
  return "other";
}

void say(KeepView& view, const Printing& printing, const Text& text) {
  view.words = text("receipt.keep");
  const auto note = [&](const char* paper, std::string words, NoteMood mood) {
    view.paper = paper;
    view.words = std::move(words);
    view.mood = mood;
  };
  const auto no_paper = [&](NoteMood mood) {
    const char* trouble = name_of(printing.trouble);
    note(trouble, text(std::string("receipt.print.not.") + trouble), mood);
  };
  switch (printing.stage) {
    case PrintStage::kNoPrinter:
      return;
    case PrintStage::kReady:
      view.paper = "ready";
      if (printing.trouble != PrintTrouble::kNone) no_paper(NoteMood::kBad);
      return;
    case PrintStage::kPreparing:
      return note("preparing", text("receipt.print.preparing"), NoteMood::kWorking);
    case PrintStage::kPrinting:
      return note("printing", text("receipt.print.on_its_way"), NoteMood::kWorking);
    case PrintStage::kCancelling:
      return note("cancelling", text("receipt.print.cancelling"), NoteMood::kWorking);
    case PrintStage::kPrinted:
      view.paper = "printed";
      if (!printing.confirmed) note("printed", text("receipt.print.look"), NoteMood::kGood);
      return;
    case PrintStage::kFailed:
      return no_paper(printing.trouble == PrintTrouble::kCancelled ? NoteMood::kPlain : NoteMood::kBad);
  }
}

ui::KeyView print_key(const Printing& printing, const Text& text) {
  ui::KeyView key{.id = "receipt.print", .label = text("receipt.print"), .icon = "printer"};
  key.style = TextStyle::kBodyStrong;
  if (is_under_way(printing)) {
    key.disabled_reason = text("receipt.print.wait");
  } else if (printing.trouble != PrintTrouble::kNone && printing.trouble != PrintTrouble::kCancelled) {
    key.label = text("receipt.print.retry");
  }
  return key;
}

// Stopping stands away from the print key: a second tap in haste must not take back what the first one asked for.
void fill_aside(KeepView& view, const Printing& printing, const Text& text) {
  ui::KeyView key{.id = "receipt.print.again", .label = text("receipt.print.again"), .icon = "printer"};
  key.style = TextStyle::kBodyStrong;
  view.aside_does = action::PrintReceipt{};
  if (is_under_way(printing)) {
    key.id = "receipt.print.stop";
    key.label = text("receipt.print.stop");
    key.icon = "x";
    if (printing.stage == PrintStage::kCancelling) key.disabled_reason = text("receipt.print.cancelling");
    view.aside_does = action::CancelPrint{};
  } else if (!printing.came_from_printer || printing.trouble == PrintTrouble::kMayStillPrint) {
    return;  // nobody asks for a second page while the first may still come
  }
  view.aside = std::move(key);
}

std::string what_is_missing(const Receipt& receipt, const Text& text) {
  if (is_kept(receipt)) return {};
  if (receipt.printing.came_from_printer) return text("receipt.keep_first.paper");
  return text(receipt.printing.stage == PrintStage::kNoPrinter ? "receipt.keep_first" : "receipt.keep_first.print");
}

Action kept_action(const std::string& id) {
  if (id == "receipt.printed") return action::TogglePrinted{};
  if (id == "receipt.photographed") return action::TogglePhotographed{};
  return action::ToggleWritten{};
}

// --- the boxes: the print key, or the check that follows it, and the other ways to keep a receipt

class Boxes {
 public:
  Boxes(const KeepView& view, ui::Ui& ui, bool stacked)
      : print_(view.print), kept_(view.kept), ui_(ui), stacked_(stacked) {
    if (!stacked) return;
    if (print_) print_->icon_side = ui::IconSide::kAbove;
    for (ui::CheckView& check : kept_) check.stacked = true;
  }

  [[nodiscard]] std::size_t count() const { return kept_.size() + (print_ ? 1 : 0); }
  // With no word broken.
  [[nodiscard]] float least_width() const {
    float widest = print_ ? lead(kPrintLeadMm) + widest_word(ui_, print_->label, print_->style) : 0;
    for (const ui::CheckView& check : kept_) {
      widest = std::max(widest, lead(kCheckLeadMm) + widest_word(ui_, check.label, check.style));
    }
    return std::max(widest, ui_.px(stacked_ ? kStackedSignsMm : 0));
  }
  // With all words of a box on one line.
  [[nodiscard]] float wish_width() const {
    float widest = print_ ? lead(kPrintLeadMm) + ui_.measure(print_->label, print_->style).w : 0;
    for (const ui::CheckView& check : kept_) {
      widest = std::max(widest, lead(kCheckLeadMm) + ui_.measure(check.label, check.style).w);
    }
    return widest;
  }
  // Side by side, each as wide as the others.
  [[nodiscard]] float lane(float width, float gap) const {
    const auto across = static_cast<float>(count());
    return (width - gap * (across - 1)) / across;
  }
  [[nodiscard]] float height(std::size_t i, float width) const {
    return is_key(i) ? std::max(ui_.px(ui::mm::kTarget), ui_.key_size(*print_, width).h)
                     : ui_.check_height(check(i), width);
  }
  [[nodiscard]] float row_height(float width, float gap) const {
    float tallest = 0;
    for (std::size_t i = 0; i < count(); ++i) tallest = std::max(tallest, height(i, lane(width, gap)));
    return tallest;
  }
  void draw(std::size_t i, const Rect& place, std::optional<Action>& action) const {
    if (is_key(i)) {
      if (ui_.key(*print_, place)) action = action::PrintReceipt{};
    } else if (ui_.check(check(i), place)) {
      action = kept_action(check(i).id);
    }
  }
  void draw_row(const Rect& place, float gap, std::optional<Action>& action) const {
    const std::vector<Rect> cells = ui::columns(place, static_cast<int>(count()), gap);
    for (std::size_t i = 0; i < count(); ++i) draw(i, cells[i], action);
  }

 private:
  [[nodiscard]] bool is_key(std::size_t i) const { return print_ && i == 0; }
  [[nodiscard]] const ui::CheckView& check(std::size_t i) const { return kept_[i - (print_ ? 1 : 0)]; }
  [[nodiscard]] float lead(float flat_mm) const { return ui_.px(stacked_ ? kStackedPadMm : flat_mm); }

  std::optional<ui::KeyView> print_;
  std::vector<ui::CheckView> kept_;
  ui::Ui& ui_;
  bool stacked_;
};

// --- how the paper is doing, with the key that belongs to it

struct NotePlan {
  ui::Size key = {};
  bool key_below = false;
  float height = 0;
};

NotePlan plan_note(const KeepView& view, const ui::Ui& ui, float width) {
  NotePlan plan;
  if (view.aside) plan.key = ui.key_size(*view.aside);
  const float beside = width - (view.aside ? plan.key.w + ui.gap() : 0);
  plan.key_below = view.aside && beside < ui.px(kLeastWordsMm);
  const float room = plan.key_below ? width : beside;
  const float words = view.mood == NoteMood::kPlain ? ui.text_height(view.words, TextStyle::kBodyStrong, room)
                                                    : note_height(ui, view.words, room);
  const float key = view.aside ? plan.key.h + ui.px(ui::mm::kKeyEdge) : 0;
  plan.height = plan.key_below ? words + ui.px(ui::mm::kKeyGap) + key : std::max(words, key);
  return plan;
}

void draw_paper_note(const KeepView& view, ui::Ui& ui, Rect place, std::optional<Action>& action) {
  const NotePlan plan = plan_note(view, ui, place.w);
  if (view.aside) {
    const float edge = ui.px(ui::mm::kKeyEdge);
    Rect strip = plan.key_below ? place.cut_bottom(plan.key.h + edge, ui.px(ui::mm::kKeyGap)) : place;
    Rect key = strip.cut_right(plan.key.w);
    if (!plan.key_below) place.cut_right(plan.key.w, ui.gap());
    key.h -= edge;
    if (ui.key(*view.aside, key)) action = view.aside_does;
  }
  if (view.mood == NoteMood::kPlain) {
    ui.text(view.words, place, {.style = TextStyle::kBodyStrong, .valign = ui::VAlign::kMiddle});
    return;
  }
  const ui::Palette& colours = ui.colours();
  const bool bad = view.mood == NoteMood::kBad;
  const ui::Colour ground = bad ? colours.sago : view.mood == NoteMood::kGood ? colours.leaf : colours.sky;
  draw_note(ui, view.words, bad ? "printeroff" : "printing", ui.under_ink(ground), place);
}

// --- the boxes in one row, with the way on beside them on wide panels, below them on upright ones

struct RowPlan {
  bool stacked = false;
  bool done_beside = false;
  TextStyle done_style = TextStyle::kKey;
  float gap = 0;
  float done_width = 0;
  float done_height = 0;
  float row = 0;  // the boxes'
  float note = 0;
  float height = 0;
};

// The first way in which everything has room on one line, from the roomiest on; a low panel has no second line to give.
void put_done_beside(RowPlan& plan, const KeepView& view, ui::Ui& ui, float width) {
  struct Way {
    bool stacked;
    TextStyle style;
    float gap;
    float least_done_mm;
  };
  const Way ways[] = {{false, view.done.style, ui.gap(), kRoomyDoneMm},
                      {true, view.done.style, ui.gap(), kRoomyDoneMm},
                      {true, TextStyle::kBodyStrong, ui.px(kTightGapMm), kLeastDoneMm}};
  for (const Way& way : ways) {
    const Boxes boxes(view, ui, way.stacked);
    const float each = way.stacked ? boxes.least_width() : boxes.wish_width();
    const float room = width - (each + way.gap) * static_cast<float>(boxes.count());
    ui::KeyView done = view.done;
    done.style = way.style;
    const float word = widest_word(ui, done.label, done.style) + ui.px(kPrintLeadMm);
    if (room < std::max(ui.px(way.least_done_mm), word)) continue;
    plan.done_beside = true;
    plan.stacked = way.stacked;
    plan.done_style = way.style;
    plan.gap = way.gap;
    plan.done_width = std::max(room * 0.75F, std::min(room, ui.key_size(done).w + ui.px(10)));
    plan.row = std::max({ui.px(ui::mm::kTarget), ui.key_size(done, plan.done_width).h,
                         boxes.row_height(width - plan.done_width - way.gap, way.gap)});
    return;
  }
}

RowPlan plan_rows(const KeepView& view, ui::Ui& ui, float width) {
  RowPlan plan;
  const float edge = ui.px(ui::mm::kKeyEdge);
  plan.done_style = view.done.style;
  plan.note = plan_note(view, ui, width).height;
  plan.height = plan.note + ui.px(2.5F);
  if (ui.landscape()) put_done_beside(plan, view, ui, width);
  if (plan.done_beside) {
    plan.height += plan.row + edge + ui.px(1.5F);
    return plan;
  }
  const Boxes flat(view, ui, false);
  plan.gap = ui.gap();
  plan.stacked = flat.least_width() > flat.lane(width, plan.gap);
  plan.done_height = std::max(ui.px(ui::mm::kTarget), ui.key_size(view.done, width).h);
  plan.row = Boxes(view, ui, plan.stacked).row_height(width, plan.gap);
  plan.height += plan.done_height + edge + ui.gap() + plan.row + edge + ui.px(2);
  return plan;
}

}  // namespace

KeepView make_keep_view(const Receipt& receipt, const Text& text) {
  KeepView view;
  const Printing& printing = receipt.printing;
  say(view, printing, text);
  const auto check = [&](const char* id, const char* icon, bool checked) {
    view.kept.push_back(
        {.id = id, .label = text(id), .icon = icon, .checked = checked, .style = TextStyle::kBodyStrong});
  };
  if (printing.came_from_printer) {
    check("receipt.printed", "printer", printing.confirmed);
  } else if (printing.stage != PrintStage::kNoPrinter) {
    view.print = print_key(printing, text);
  }
  check("receipt.photographed", "camera", receipt.photographed);
  check("receipt.written", "pen", receipt.written);
  if (printing.stage != PrintStage::kNoPrinter) fill_aside(view, printing, text);
  view.done = {.id = "receipt.done",
               .label = text("receipt.done"),
               .icon = "check",
               .kind = ui::KeyKind::kPrimary,
               .disabled_reason = what_is_missing(receipt, text)};
  return view;
}

float keep_height(const KeepView& view, ui::Ui& ui, float width_px) {
  const RowPlan plan = plan_rows(view, ui, width_px);
  // Room for what the printer may have to say, so that nothing changes places when it does.
  const float two_lines = 2 * ui.line_height(TextStyle::kBodyStrong) + 2 * ui.px(3);
  return view.paper.empty() ? plan.height : plan.height + std::max(0.0F, two_lines - plan.note);
}

void draw_keep(const KeepView& view, ui::Ui& ui, Rect& area, std::optional<Action>& action) {
  const RowPlan plan = plan_rows(view, ui, area.w);
  const Boxes boxes(view, ui, plan.stacked);
  const float edge = ui.px(ui::mm::kKeyEdge);
  ui::KeyView done = view.done;
  done.style = plan.done_style;
  Rect key;
  Rect row;
  if (plan.done_beside) {
    row = area.cut_bottom(plan.row + edge, ui.px(1.5F));
    row.h = plan.row;
    key = row.cut_right(plan.done_width, plan.gap);
  } else {
    key = area.cut_bottom(plan.done_height + edge, ui.gap());
    key.h = plan.done_height;
    row = area.cut_bottom(plan.row + edge, ui.px(2));
    row.h = plan.row;
  }
  // In the order in which it is heard, after the number it is about.
  const ui::SpokenPart part = ui.speak_in(ui::SpokenPart::kFooter);
  draw_paper_note(view, ui, area.cut_bottom(plan.note, ui.px(2.5F)), action);
  boxes.draw_row(row, plan.gap, action);
  if (ui.key(done, key)) action = action::ReceiptDone{};
  ui.speak_in(part);
}

}  // namespace mimika::screens
