#include "tests/screens/audit.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace mimika::testing {
namespace {

using ui::PaintedShape;
using ui::PaintedTarget;
using ui::PaintedText;
using ui::Rect;

constexpr float kLeastCapMm = 4.8F;  // [ADA 707.7.2]
constexpr float kNoteCapMm = 3.5F;   // of the legal note
constexpr float kStaffCapMm = 3.4F;  // of staff screens
constexpr double kDisabledRatio = 4.5;
constexpr double kStaffRatio = 4.5;
constexpr float kRoundingPx = 1.01F;  // two edges, each snapped to a whole pixel
constexpr float kTouchingPx = 1.0F;   // words that share less than this do not cover each other

bool overlap(const Rect& a, const Rect& b, float by) {
  const Rect common = a.intersect(b);
  return common.w > by && common.h > by;
}

bool within(const Rect& inner, const Rect& outer, float mercy) {
  return inner.x >= outer.x - mercy && inner.y >= outer.y - mercy && inner.right() <= outer.right() + mercy &&
         inner.bottom() <= outer.bottom() + mercy;
}

// Whether a rectangle of letters lies in a convex polygon; letters leave the very corners of their rectangle free.
bool inside(const Rect& rect, const std::vector<ui::Point>& corners) {
  const float x = rect.w * 0.1F;
  const float y = rect.h * 0.1F;
  const std::array<ui::Point, 4> points = {{{rect.x + x, rect.y + y},
                                            {rect.right() - x, rect.y + y},
                                            {rect.x + x, rect.bottom() - y},
                                            {rect.right() - x, rect.bottom() - y}}};
  return std::ranges::all_of(points, [&](const ui::Point& at) {
    bool left = false;
    bool right = false;
    for (std::size_t i = 0; i < corners.size(); ++i) {
      const ui::Point& a = corners[i];
      const ui::Point& b = corners[(i + 1) % corners.size()];
      const float turn = (b.x - a.x) * (at.y - a.y) - (b.y - a.y) * (at.x - a.x);
      left = left || turn < 0;
      right = right || turn > 0;
    }
    return !(left && right);
  });
}

// Whether any of a grid of points of the rectangle lies in the polygon.
bool touches(const Rect& rect, const std::vector<ui::Point>& corners) {
  constexpr int kPoints = 8;
  for (int i = 0; i <= kPoints * kPoints && !corners.empty(); ++i) {
    const float x = rect.x + rect.w * static_cast<float>(i % kPoints) / (kPoints - 1);
    const float y = rect.y + rect.h * static_cast<float>(i / kPoints) / kPoints;
    if (inside({x, y, 0, 0}, corners)) return true;
  }
  return corners.empty();
}

class Audit {
 public:
  Audit(const ui::Painted& frame, const ui::Metrics& metrics, const ui::Palette& palette, const AuditRules& rules)
      : frame_(frame), metrics_(metrics), palette_(palette), rules_(rules) {}

  std::vector<Fault> run() && {
    for (const PaintedTarget& target : frame_.targets) check_target(target);
    for (std::size_t i = 0; i < frame_.targets.size(); ++i) {
      for (std::size_t k = 0; k < i; ++k) check_distance(frame_.targets[k], frame_.targets[i]);
    }
    for (const PaintedText& text : frame_.texts) {
      check_size(text);
      check_place(text);
      check_contrast(text);
    }
    for (std::size_t i = 0; i < frame_.texts.size(); ++i) {
      for (std::size_t k = 0; k < i; ++k) check_apart(frame_.texts[k], frame_.texts[i]);
    }
    return std::move(faults_);
  }

 private:
  void add(const std::string& where, std::string what) { faults_.push_back({where, std::move(what)}); }
  [[nodiscard]] float mm(float px) const { return metrics_.to_mm(px); }

  void check_target(const PaintedTarget& target) {
    const std::string& id = target.target.id;
    const Rect& rect = target.target.rect;
    if (!ids_.insert(id).second) add(id, "its id stands twice");
    if (target.target.label.empty()) add(id, "has no words to be spoken");
    const float floor = metrics_.px(ui::mm::kTargetFloor) - kRoundingPx;
    if (rect.w < floor) add(id, fmt::format("{:.1f} mm wide, less than {}", mm(rect.w), ui::mm::kTargetFloor));
    if (rect.h < floor) add(id, fmt::format("{:.1f} mm high, less than {}", mm(rect.h), ui::mm::kTargetFloor));
    const bool main = !rules_.staff_page && (target.primary || target.target.role == ui::Role::kTile);
    if (main && rect.h >= floor && rect.h < metrics_.px(ui::mm::kTarget) - kRoundingPx) {
      add(id, fmt::format("{:.1f} mm high, a main key or tile less than {}", mm(rect.h), ui::mm::kTarget));
    }
    const Rect screen{0, 0, metrics_.screen().w, metrics_.screen().h};
    const bool moves = !target.scroll.empty();  // what lies above or below the region comes with the next page
    const Rect must_lie = moves ? Rect{screen.x, rect.y, screen.w, rect.h} : screen;
    if (!within(rect, must_lie, 0.5F)) add(id, "stands out of the screen");
    const Rect& seen = target.visible;
    if (moves ? target.reachable && seen.w < rect.w - 1 : !within(rect, seen, 1)) add(id, "is cut by its region");
  }

  void check_distance(const PaintedTarget& a, const PaintedTarget& b) {
    const bool together = a.scroll == b.scroll;
    if (!together && (!a.reachable || !b.reachable)) return;
    const Rect& first = together ? a.target.rect : a.visible;
    const Rect& second = together ? b.target.rect : b.visible;
    const std::string pair = a.target.id + " and " + b.target.id;
    if (overlap(first, second, 0.5F)) return add(pair, "overlap");
    const float across = std::max({0.0F, second.x - first.right(), first.x - second.right()});
    const float down = std::max({0.0F, second.y - first.bottom(), first.y - second.bottom()});
    const float apart = std::hypot(across, down);
    if (apart < metrics_.px(ui::mm::kGapFloor) - kRoundingPx) {
      add(pair, fmt::format("{:.2f} mm apart, less than {}", mm(apart), ui::mm::kGapFloor));
    }
  }

  [[nodiscard]] bool is_staff(const PaintedText& text) const {
    return rules_.staff_page ||
           (rules_.staff_words && (text.style == ui::TextStyle::kStaff || text.style == ui::TextStyle::kStaffStrong));
  }

  void check_size(const PaintedText& text) {
    const float least = text.style == ui::TextStyle::kNote ? kNoteCapMm : is_staff(text) ? kStaffCapMm : kLeastCapMm;
    // Letters come in whole pixels of the em.
    if (text.cap_px < least * metrics_.px_per_mm() - ui::kCapShare / 2 - 0.01F) {
      add(text.words, fmt::format("capitals of {:.2f} mm, less than {}", mm(text.cap_px), least));
    }
    if (text.broken_word) add(text.words, "ends in the middle of a word");
  }

  void check_place(const PaintedText& text) {
    const Rect screen{0, 0, metrics_.screen().w, metrics_.screen().h};
    Rect room = text.clip.intersect(screen);
    if (!text.scroll.empty()) room = {room.x, text.ink.y, room.w, text.ink.h};
    if (!within(text.ink, room, kTouchingPx)) add(text.words, "is cut at the edge of its region or screen");
    for (std::size_t i = text.shapes; i < frame_.shapes.size(); ++i) {
      const PaintedShape& shape = frame_.shapes[i];
      if (shape.scroll != text.scroll || shape.colour.a < 255) continue;
      if (overlap(shape.rect, text.ink, kTouchingPx)) {
        add(text.words, "is painted over");
        break;
      }
    }
  }

  void check_apart(const PaintedText& a, const PaintedText& b) {
    if (a.scroll == b.scroll && overlap(a.ink, b.ink, kTouchingPx)) {
      add(a.words, fmt::format("lies over \"{}\"", b.words));
    }
  }

  // Every colour that a part of the words stands on: from the topmost shape down to the first that holds them all.
  void check_contrast(const PaintedText& text) {
    const double wanted = text.colour == palette_.disabled_text ? kDisabledRatio
                          : is_staff(text)                      ? kStaffRatio
                                                                : ui::least_ratio(palette_.contrast);
    double least = 21;
    bool grounded = false;
    Veils veils;
    for (std::size_t i = std::min(text.shapes, frame_.shapes.size()); i-- > 0 && !grounded;) {
      const PaintedShape& shape = frame_.shapes[i];
      const bool together = shape.scroll == text.scroll;
      const Rect rect = together ? shape.rect : shape.rect.intersect(shape.clip);
      // Words of a region that lie beyond its edge will be read within it.
      Rect ink = text.ink;
      if (!together && !text.scroll.empty()) {
        ink.y = std::clamp(ink.y, text.clip.y, std::max(text.clip.y, text.clip.bottom() - ink.h));
      }
      if (!overlap(rect, ink, kTouchingPx) || !touches(ink, shape.corners)) continue;
      grounded = within(ink, rect, kTouchingPx) && inside(ink, shape.corners);
      if (shape.picture) {
        const Rect part = ink.intersect(rect).moved(-shape.rect.x, -shape.rect.y);
        least = std::min(least, rules_.picture_contrast(*shape.picture, part, text.colour, veils));
      } else if (shape.colour.a < 255) {
        veils.push_back(shape.colour);
        grounded = false;
      } else {
        least = std::min(least, ui::contrast_ratio(text.colour, through(veils, shape.colour)));
      }
    }
    if (!grounded) return add(text.words, "stands on no ground");
    if (least < wanted) add(text.words, fmt::format("contrast of {:.1f}, less than {}", least, wanted));
  }

  const ui::Painted& frame_;
  const ui::Metrics& metrics_;
  const ui::Palette& palette_;
  const AuditRules& rules_;
  std::set<std::string> ids_;
  std::vector<Fault> faults_;
};

}  // namespace

ui::Colour through(const Veils& veils, ui::Colour ground) {
  for (auto veil = veils.rbegin(); veil != veils.rend(); ++veil) {
    const auto mix = [&](std::uint8_t below, std::uint8_t above) {
      return static_cast<std::uint8_t>((below * (255 - veil->a) + above * veil->a) / 255);
    };
    ground = {mix(ground.r, veil->r), mix(ground.g, veil->g), mix(ground.b, veil->b), 255};
  }
  return ground;
}

std::vector<Fault> faults_of(const ui::Painted& frame, const ui::Metrics& metrics, const ui::Palette& palette,
                             const AuditRules& rules) {
  return Audit(frame, metrics, palette, rules).run();
}

}  // namespace mimika::testing
