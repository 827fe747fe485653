// The largest text size that has room. A person may ask for letters of 9 mm on a panel that is 13 cm high: then a word
// would be cut or a key fall below the floor. Such a page is drawn again in the next smaller size, until nothing is
// cut; every other page keeps the size that was asked for. Rejected: refusing the size on small panels, because most
// pages have room for it.
#include <algorithm>

#include "ui/widgets/ui_state.h"

namespace mimika::ui {
namespace {

constexpr int kPatienceFrames = 4;
constexpr float kRoundingPx = 1.5F;  // a key's two sides may each be snapped by a little

TextSize smaller(TextSize size) {
  return static_cast<TextSize>(static_cast<int>(size) - 1);
}

}  // namespace

void Ui::State::begin_fit(const FrameInput& input) {
  const AskedSize asked_now{input.screen_px, input.panel_width_mm, input.text_size};
  if (!(asked_now == asked)) {
    asked = asked_now;
    largest_fitting = TextSize::kLargest;
  }
}

bool Ui::State::cramped() const {
  const float floor = metrics.px(mm::kTargetFloor) - kRoundingPx;
  return !overflows.empty() || std::ranges::any_of(shown_targets, [&](const Target& target) {
    return target.rect.w < floor || target.rect.h < floor;
  });
}

void Ui::State::end_fit() {
  const auto word = [&](std::string_view key) {
    const auto found = published.find(key);
    return found == published.end() ? std::string() : found->second;
  };
  std::string page = word("screen") + "/" + word("header.title");
  if (page != fitted_page) {
    fitted_page = std::move(page);
    if (largest_fitting != TextSize::kLargest) {
      largest_fitting = TextSize::kLargest;
      settle();
      return;  // judged in the size that was asked for, in the next frame
    }
  }
  // A frame that has still to learn how long its content is cannot be judged; one that never learns it is too small.
  unsettled_frames = schedule.waits_for(DrawReason::kSettling) ? unsettled_frames + 1 : 0;
  const bool judged = unsettled_frames == 0 || unsettled_frames > kPatienceFrames;
  if (judged && metrics.text_size() != TextSize::kNormal && cramped()) {
    unsettled_frames = 0;
    largest_fitting = smaller(metrics.text_size());
    settle();
  }
}

}  // namespace mimika::ui
