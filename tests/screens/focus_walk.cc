#include "tests/screens/focus_walk.h"

#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <optional>
#include <set>

namespace mimika::testing {
namespace {

using ui::Key;
using ui::PaintedTarget;

constexpr std::array<Key, 4> kArrows = {Key::kDown, Key::kRight, Key::kUp, Key::kLeft};
constexpr int kMostPresses = 3000;

class FocusWalk {
 public:
  FocusWalk(AuditStage& stage, const AuditView& view) : stage_(stage), view_(view) {}

  std::vector<Fault> run() && {
    stage_.fresh();
    stage_.draw(view_);
    if (stage_.painted().targets.empty()) return {};
    press(Key::kDown);
    if (at_.empty()) return {{"the page", "the first arrow key shows no focus"}};
    for (int presses = 0; presses < kMostPresses && !all_seen(); ++presses) {
      const std::optional<Key> step = next_step();
      if (!step) break;
      press(*step);
    }
    for (const PaintedTarget& target : stage_.painted().targets) {
      if (!seen_.contains(target.target.id)) faults_.push_back({target.target.id, "no arrow key reaches it"});
    }
    return std::move(faults_);
  }

 private:
  [[nodiscard]] bool all_seen() const {
    return std::ranges::all_of(stage_.painted().targets,
                               [&](const PaintedTarget& target) { return seen_.contains(target.target.id); });
  }

  void press(Key key) {
    const std::string from = at_;
    send(key);
    const auto& targets = stage_.painted().targets;
    const auto found = std::ranges::find(targets, true, &PaintedTarget::focused);
    if (found == targets.end()) {
      faults_.push_back({from, "the focus was lost"});
      at_.clear();
      return;
    }
    at_ = found->target.id;
    if (!from.empty()) ways_[from][key] = at_;
    if (!seen_.insert(at_).second) return;
    look_at(*found);
    enter(found->target);
  }

  void send(Key key) {
    const std::vector<ui::InputEvent> events = {{.kind = ui::InputKind::kKeyDown, .key = key}};
    stage_.draw(view_, events);
  }

  void look_at(const PaintedTarget& target) {
    const ui::Rect& rect = target.target.rect;
    const bool ring = std::ranges::any_of(stage_.painted().rings, [&](const ui::PaintedRing& drawn) {
      const ui::Rect common = drawn.rect.intersect(rect);
      return common.w > rect.w * 0.9F && common.h > rect.h * 0.5F;
    });
    if (!ring) faults_.push_back({target.target.id, "has the focus and no ring"});
    const auto drawn = std::ranges::find(stage_.painted().rings, rect, &ui::PaintedRing::rect);
    const ui::Rect room = drawn != stage_.painted().rings.end() ? drawn->clip : target.visible;
    const bool fills_its_region = target.visible.h >= room.h - 1;
    if (target.visible.h < rect.h - 1 && !fills_its_region) {
      faults_.push_back({target.target.id, "has the focus and is not in sight"});
    }
  }

  void enter(const ui::Target& target) {
    if (!target.enabled || target.role == ui::Role::kLetter) return;  // letters would change what is written
    const std::string id = target.id;
    send(Key::kEnter);
    if (!stage_.activated()) faults_.push_back({id, "Enter does not press it"});
  }

  // The first arrow of the shortest known way to a place from which an arrow has not been tried.
  [[nodiscard]] std::optional<Key> next_step() const {
    std::deque<std::pair<std::string, std::optional<Key>>> open = {{at_, std::nullopt}};
    std::set<std::string> known = {at_};
    while (!open.empty()) {
      const auto [place, first] = open.front();
      open.pop_front();
      const auto ways = ways_.find(place);
      for (const Key arrow : kArrows) {
        const auto way = ways == ways_.end() ? std::map<Key, std::string>::const_iterator() : ways->second.find(arrow);
        if (ways == ways_.end() || way == ways->second.end()) return first ? first : arrow;
        if (known.insert(way->second).second) open.emplace_back(way->second, first ? first : arrow);
      }
    }
    return std::nullopt;
  }

  AuditStage& stage_;
  const AuditView& view_;
  std::string at_;
  std::set<std::string> seen_;
  std::map<std::string, std::map<Key, std::string>> ways_;
  std::vector<Fault> faults_;
};

}  // namespace

std::vector<Fault> focus_faults(AuditStage& stage, const AuditView& view) {
  return FocusWalk(stage, view).run();
}

}  // namespace mimika::testing
