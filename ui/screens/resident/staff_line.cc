#include "ui/screens/resident/staff_line.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "kiosk/session/queries.h"
#include "ui/screens/resident/common.h"
#include "ui/text/dates.h"

namespace mimika::screens {
namespace {

constexpr float kIconShare = 1.55F;  // of the capitals beside it
constexpr float kIconGapMm = 2.4F;
constexpr long kJustNowMinutes =
    5;  // longer than the pause between two calls, so that the words stay while all is well

std::string age_words(const Age& age, const Text& text) {
  switch (age.unit) {
    case AgeUnit::kMinutes:
      return text.count("staff.minutes", age.count);
    case AgeUnit::kHours:
      return text.count("staff.hours", age.count);
    case AgeUnit::kDays:
      return text.count("staff.days", age.count);
  }
  return {};
}

bool just_now(const Age& age) {
  return age.unit == AgeUnit::kMinutes && age.count < kJustNowMinutes;
}

class LineMaker {
 public:
  LineMaker(const SessionContext& context, const Text& text)
      : context_(context), now_(context.standing), text_(text), view_{.parts = {}, .between = text("staff.between")} {}

  StaffLineView run() && {
    if (now_.journal == JournalState::kNotRead) return {};
    if (now_.journal == JournalState::kUnreadable) {
      add(text_("staff.unreadable"));
      call_technician();
      return std::move(view_);
    }
    const bool waits = now_.unsent_events > 0 || now_.unsent_attachments > 0;
    view_.icon = waits ? "kiosk" : "check";
    add_waiting();
    add_contact();
    if (!clock_is_trusted(context_) || !clock_is_plausible(context_)) add(text_("staff.clock"));
    if (now_.scope == StaffScope::kNarrow) add(text_("staff.narrow"));
    add_trouble();
    return std::move(view_);
  }

 private:
  static long count(std::uint64_t number) { return static_cast<long>(number); }

  void add(std::string part) { view_.parts.push_back(std::move(part)); }
  void call_technician() {
    view_.icon = "gear";
    add(text_("staff.technician"));
  }

  // The gravest alone: whoever is called finds the others.
  [[nodiscard]] std::optional<std::string> trouble() const {
    if (now_.journal == JournalState::kSetAside) return text_("staff.set_aside");
    if (now_.sync == Synchronisation::kNotRunning) return text_("staff.no_sync");
    if (now_.disputed_events > 0) return text_.count("staff.disputed", count(now_.disputed_events));
    if (now_.refused_lately) return text_("staff.refused");
    if (now_.set_aside_lately) return text_("staff.events_set_aside");
    if (now_.refused_attachments > 0) {
      return text_.count("staff.attachments_refused", count(now_.refused_attachments));
    }
    return std::nullopt;
  }

  void add_trouble() {
    if (auto words = trouble()) {
      add(*std::move(words));
      call_technician();
    }
  }

  void add_waiting() {
    const std::uint64_t events = now_.unsent_events - std::min(now_.disputed_events, now_.unsent_events);
    const bool waits = now_.unsent_events > 0 || now_.unsent_attachments > 0;
    if (!waits && !trouble()) add(text_("staff.none_waits"));  // good news leaves its place to bad
    if (events > 0) add(text_.count("staff.waiting", count(events)));
    if (now_.unsent_attachments > 0) add(text_.count("staff.attachments", count(now_.unsent_attachments)));
    if (now_.unsent_events > 0) add_oldest();
  }

  // An age needs two times that can be believed; the day it was filed only one.
  void add_oldest() {
    if (!now_.oldest_unsent_ms || !clock_is_trusted(now_.oldest_unsent_clock)) return;
    if (const auto age = age_of(*now_.oldest_unsent_ms, context_)) {
      if (!just_now(*age)) add(text_.format("staff.oldest", {age_words(*age, text_)}));
    } else {
      add(text_.format("staff.oldest_of", {short_date(text_, local_date(*now_.oldest_unsent_ms))}));
    }
  }

  // By the centre's clock, so that at least the day is always true.
  void add_contact() {
    if (!now_.last_contact_ms) return add(text_("staff.never_heard"));
    const auto age = age_of(*now_.last_contact_ms, context_);
    if (!age) return add(text_.format("staff.heard_on", {short_date(text_, local_date(*now_.last_contact_ms))}));
    if (just_now(*age)) return add(text_("staff.heard_now"));
    add(text_.format("staff.heard", {age_words(*age, text_)}));
  }

  const SessionContext& context_;
  const Standing& now_;
  const Text& text_;
  StaffLineView view_;
};

float icon_size(const ui::Ui& ui) {
  return std::round(ui.metrics().cap_height(ui::TextStyle::kStaff) * kIconShare);
}

// What stands before the words.
float lead_width(const ui::Ui& ui) {
  return icon_size(ui) + ui.px(kIconGapMm);
}

// Broken between two parts rather than within one.
std::string broken_words(const StaffLineView& view, const ui::Ui& ui, float width_px) {
  std::string words;
  std::string row;
  for (const std::string& part : view.parts) {
    const std::string longer = row.empty() ? part : row + view.between + part;
    if (row.empty() || ui.measure(longer, ui::TextStyle::kStaff).w <= width_px) {
      row = longer;
      continue;
    }
    words += row + "\n";
    row = part;
  }
  return words + row;
}

}  // namespace

std::string StaffLineView::words() const {
  std::string joined;
  for (const std::string& part : parts) joined += (joined.empty() ? "" : between) + part;
  return joined;
}

StaffLineView make_staff_line(const SessionContext& context, const Text& text) {
  return LineMaker(context, text).run();
}

float staff_line_height(const StaffLineView& view, const ui::Ui& ui, float width_px) {
  if (view.parts.empty()) return 0;
  const float width = width_px - lead_width(ui);
  return std::max(icon_size(ui), ui.text_height(broken_words(view, ui, width), ui::TextStyle::kStaff, width));
}

void draw_staff_line(const StaffLineView& view, ui::Ui& ui, const ui::Rect& place) {
  ui.publish("attract.staff", view.words());
  if (view.parts.empty()) return;
  const std::string words = broken_words(view, ui, place.w - lead_width(ui));
  const float width = ui.measure(words, ui::TextStyle::kStaff, place.w - lead_width(ui)).w + 1;  // of rounding
  const ui::Colour colour = ui.colours().high() ? ui.colours().ink : ui.colours().sky;
  const float icon = icon_size(ui);
  ui::Rect line = place.centred({std::min(place.w, lead_width(ui) + width), place.h});
  ui.icon(view.icon, line.cut_left(icon, ui.px(kIconGapMm)).centred({icon, icon}), colour);
  ui.text(words, line,
          {.style = ui::TextStyle::kStaff,
           .colour = colour,
           .valign = ui::VAlign::kMiddle,
           .hearing = ui::Hearing::kNever});  // it is not for the person who listens
}

}  // namespace mimika::screens
