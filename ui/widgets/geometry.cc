#include "ui/widgets/geometry.h"

#include <cmath>

namespace mimika::ui {

std::vector<Rect> columns(const Rect& area, int count, float gap) {
  return columns(area, std::vector<float>(static_cast<std::size_t>(std::max(1, count)), 1.0F), gap);
}

std::vector<Rect> columns(const Rect& area, const std::vector<float>& shares, float gap) {
  std::vector<Rect> out;
  float total = 0;
  for (const float share : shares) {
    total += share;
  }
  if (shares.empty() || total <= 0) {
    return out;
  }
  const float room = std::max(0.0F, area.w - gap * static_cast<float>(shares.size() - 1));
  float before = 0;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    const float offset = gap * static_cast<float>(i);
    const float left = std::round(area.x + offset + room * before / total);
    before += shares[i];
    const float right = std::round(area.x + offset + room * before / total);
    out.push_back({left, area.y, right - left, area.h});
  }
  return out;
}

std::vector<Rect> rows(const Rect& area, int count, float gap) {
  std::vector<Rect> out = columns({area.y, area.x, area.h, area.w}, count, gap);
  for (Rect& rect : out) {
    rect = {rect.y, rect.x, rect.h, rect.w};
  }
  return out;
}

std::vector<Rect> grid(const Rect& area, int across, int down, float gap) {
  std::vector<Rect> out;
  for (const Rect& row : rows(area, down, gap)) {
    for (const Rect& cell : columns(row, across, gap)) {
      out.push_back(cell);
    }
  }
  return out;
}

int columns_that_fit(float width, float least, float gap, int most) {
  int count = 1;
  while (count < most && static_cast<float>(count + 1) * least + static_cast<float>(count) * gap <= width) {
    ++count;
  }
  return count;
}

}  // namespace mimika::ui
