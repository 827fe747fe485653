// Rectangles, rounded shapes, words and pictures on the draw list. Rounded shapes are made of corners cut from one disc
// and of plain rectangles, because that is what the software renderer draws fast.
#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "ui/widgets/ui_state.h"
#include "ui/widgets/utf8.h"

namespace mimika::ui {
namespace {

constexpr float kLeastScale = 0.8F;

}  // namespace

Rect snapped(const Rect& rect) {
  const float x = std::round(rect.x);
  const float y = std::round(rect.y);
  return {x, y, std::round(rect.right()) - x, std::round(rect.bottom()) - y};
}

ImU32 packed(Colour colour) {
  return IM_COL32(colour.r, colour.g, colour.b, colour.a);
}

Colour mixed(Colour a, Colour b, float share_of_b) {
  const auto mix = [&](std::uint8_t from, std::uint8_t to) {
    return static_cast<std::uint8_t>(
        std::lround(static_cast<float>(from) * (1 - share_of_b) + static_cast<float>(to) * share_of_b));
  };
  return {mix(a.r, b.r), mix(a.g, b.g), mix(a.b, b.b), mix(a.a, b.a)};
}

void Ui::State::image(const TextureRegion& region, const Rect& rect, Point uv0, Point uv1, Colour tint) {
  if (region.texture == nullptr || rect.empty()) {
    return;
  }
  canvas->AddImage(region.texture, {rect.x, rect.y}, {rect.right(), rect.bottom()}, {uv0.x, uv0.y}, {uv1.x, uv1.y},
                   packed(tint));
}

void Ui::fill(const Rect& rect, Colour colour) {
  const Rect r = snapped(rect);
  if (!r.empty()) {
    state_->canvas->AddRectFilled({r.x, r.y}, {r.right(), r.bottom()}, packed(colour));
    state_->write_shape(r, colour);
  }
}

void Ui::round(const Rect& rect, float radius_px, Colour colour, unsigned corners) {
  const Rect r = snapped(rect);
  const float radius = std::floor(std::min({std::round(radius_px), r.w / 2, r.h / 2}));
  if (radius < 1 || corners == kNoCorners) {
    fill(r, colour);
    return;
  }
  State& s = *state_;
  Painted* const painted = std::exchange(s.painted, nullptr);  // one shape is written down, not its parts
  const TextureRegion disc = s.pictures.disc(static_cast<int>(radius));
  const Rect top_left{r.x, r.y, radius, radius};
  const Rect top_right{r.right() - radius, r.y, radius, radius};
  const Rect bottom_left{r.x, r.bottom() - radius, radius, radius};
  const Rect bottom_right{r.right() - radius, r.bottom() - radius, radius, radius};
  const auto corner = [&](Corner which, const Rect& place, Point uv) {
    if ((corners & which) != 0) {
      s.image(disc, place, uv, {uv.x + 0.5F, uv.y + 0.5F}, colour);
    } else {
      fill(place, colour);
    }
  };
  corner(kTopLeft, top_left, {0, 0});
  corner(kTopRight, top_right, {0.5F, 0});
  corner(kBottomLeft, bottom_left, {0, 0.5F});
  corner(kBottomRight, bottom_right, {0.5F, 0.5F});
  fill({r.x + radius, r.y, r.w - 2 * radius, radius}, colour);
  fill({r.x, r.y + radius, r.w, r.h - 2 * radius}, colour);
  fill({r.x + radius, r.bottom() - radius, r.w - 2 * radius, radius}, colour);
  s.painted = painted;
  s.write_shape(r, colour);
}

void Ui::State::draw_outline(const Rect& r, float radius, float width, Colour colour) {
  const float corner = std::max({radius, width, 1.0F});
  const auto bar = [&](const Rect& at) {
    if (!at.empty()) {
      canvas->AddRectFilled({at.x, at.y}, {at.right(), at.bottom()}, packed(colour));
    }
  };
  bar({r.x + corner, r.y, r.w - 2 * corner, width});
  bar({r.x + corner, r.bottom() - width, r.w - 2 * corner, width});
  bar({r.x, r.y + corner, width, r.h - 2 * corner});
  bar({r.right() - width, r.y + corner, width, r.h - 2 * corner});
  const TextureRegion ring = pictures.ring(static_cast<int>(corner), static_cast<int>(width));
  image(ring, {r.x, r.y, corner, corner}, {0, 0}, {0.5F, 0.5F}, colour);
  image(ring, {r.right() - corner, r.y, corner, corner}, {0.5F, 0}, {1, 0.5F}, colour);
  image(ring, {r.x, r.bottom() - corner, corner, corner}, {0, 0.5F}, {0.5F, 1}, colour);
  image(ring, {r.right() - corner, r.bottom() - corner, corner, corner}, {0.5F, 0.5F}, {1, 1}, colour);
}

void Ui::outline(const Rect& rect, float radius_px, float width_px, Colour colour) {
  const Rect r = snapped(rect);
  const float radius = std::floor(std::min({std::round(radius_px), r.w / 2, r.h / 2}));
  state_->draw_outline(r, radius, std::max(1.0F, std::round(width_px)), colour);
}

void Ui::line_across(const Rect& rect) {
  const float width = std::max(1.0F, px(0.3F));
  fill({rect.x, rect.centre().y - width / 2, rect.w, width}, colours().line);
}

void Ui::polygon(std::span<const Point> points, Colour colour) {
  static_assert(sizeof(Point) == sizeof(ImVec2));
  std::vector<ImVec2> corners;
  corners.reserve(points.size());
  for (const Point& point : points) {
    corners.emplace_back(point.x, point.y);
  }
  state_->canvas->AddConvexPolyFilled(corners.data(), static_cast<int>(corners.size()), packed(colour));
  if (!points.empty()) {
    const auto [left, right] = std::ranges::minmax(points, {}, &Point::x);
    const auto [top, bottom] = std::ranges::minmax(points, {}, &Point::y);
    state_->write_shape({left.x, top.y, right.x - left.x, bottom.y - top.y}, colour);
    if (state_->painted != nullptr) {
      state_->painted->shapes.back().corners.assign(points.begin(), points.end());
    }
  }
}

void Ui::focus_ring(const Rect& rect, float radius_px) {
  state_->rings.push_back({snapped(rect), radius_px, state_->clip()});
}

// Drawn last, because the ring lies over the neighbours' gaps.
void Ui::State::draw_rings() {
  const float inner = metrics.px(0.7F);
  const float middle = metrics.px(1.4F);
  const float outer = std::max(1.0F, metrics.px(0.5F));
  for (const FocusRing& ring : rings) {
    // A ring may stand out of its region by its own width, so that the outermost targets show it whole; not at a side
    // at which its target is cut.
    const float out = inner + middle + outer;
    const Rect& r = ring.rect;
    const Rect& clip = ring.clip;
    canvas->PushClipRect(
        {clip.x - (r.x >= clip.x ? out : 0), clip.y - (r.y >= clip.y ? out : 0)},
        {clip.right() + (r.right() <= clip.right() ? out : 0), clip.bottom() + (r.bottom() <= clip.bottom() ? out : 0)},
        false);
    const auto draw = [&](float distance, float width, Colour colour) {
      draw_outline(ring.rect.inset(-distance), std::round(ring.radius + distance), width, colour);
    };
    const Colour dark = colours->high() ? colours->paper : colours->ink;
    draw(inner, inner, dark);
    draw(inner + middle, middle, colours->ochre);
    draw(inner + middle + outer, outer, dark);
    canvas->PopClipRect();
    if (painted != nullptr) {
      painted->rings.push_back({ring.rect, ring.clip});
    }
  }
  rings.clear();
}

// --- words -----------------------------------------------------------------------------------------------------------

Type Ui::State::type_at(TextStyle style, TextSize size) const {
  const Metrics at(metrics.screen(), metrics.screen().w / metrics.px_per_mm(), size);
  return {at.face(style), at.line_height(style), at.cap_height(style), at.tracking(style)};
}

LetterWidth Ui::State::letter_width(const Type& type) const {
  return [this, type](char32_t letter) { return fonts.advance(type.face, letter) + type.tracking; };
}

Type Ui::State::fitting_type(std::string_view line, TextStyle style, float width) const {
  auto size = static_cast<int>(metrics.text_size());
  Type type = type_at(style, static_cast<TextSize>(size));
  float widest = widest_word(line, letter_width(type));
  while (width > 0 && size > 0 && widest > width) {
    type = type_at(style, static_cast<TextSize>(--size));
    widest = widest_word(line, letter_width(type));
  }
  if (width > 0 && widest > width) {
    // A word that is a little too long for its place even at the normal size is set a little smaller rather than
    // broken.
    const float scale = std::max(kLeastScale, width / widest);
    const auto em = static_cast<float>(type.face.px);
    type.face.px = static_cast<std::uint16_t>(std::max(1.0F, std::floor(em * scale)));
    const float exact = static_cast<float>(type.face.px) / em;
    type.line_height = std::round(type.line_height * exact);
    type.cap_height *= exact;
    type.tracking *= exact;
  }
  return type;
}

void Ui::State::draw_line(std::string_view line, Point baseline, const Type& type, Colour colour) {
  float pen = baseline.x;
  const float y = std::round(baseline.y);
  for (std::size_t at = 0; at < line.size();) {
    const char32_t letter = next_letter(line, at);
    const Glyph glyph = fonts.glyph(type.face, letter);
    if (glyph.image.texture != nullptr) {
      const Rect place{std::round(pen) + glyph.offset.x, y + glyph.offset.y, glyph.image.size.w, glyph.image.size.h};
      image(glyph.image, place, glyph.image.uv0, glyph.image.uv1, colour);
    }
    pen += fonts.advance(type.face, letter) + type.tracking;
  }
}

float Ui::text(std::string_view words, const Rect& rect, const TextLook& look) {
  State& s = *state_;
  if (words.empty()) {
    return 0;
  }
  const Type type = s.fitting_type(words, look.style, rect.w);
  const std::vector<TextLine> lines = break_lines(words, rect.w, s.letter_width(type));
  const float height = type.line_height * static_cast<float>(lines.size());
  float top = rect.y;
  if (look.valign != VAlign::kTop) {
    const float spare = rect.h - height;
    top += look.valign == VAlign::kMiddle ? spare / 2 : spare;
  }
  // The space above capitals and below the baseline may stand out a little; a cut letter may not.
  if (height > rect.h + type.line_height * (kBodyLeading - 1)) {
    s.overflows.emplace_back(words);
  }
  const float middle = top + type.line_height / 2;
  s.hear_text(words, {rect.x + rect.w / 2, middle}, look);
  const Colour colour = look.colour.value_or(colours().ink);
  bool any_broken = false;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const TextLine& line = lines[i];
    float x = rect.x;
    if (look.align != Align::kLeft) {
      const float spare = rect.w - line.width;
      x += look.align == Align::kCentre ? spare / 2 : spare;
    }
    const float line_top = top + static_cast<float>(i) * type.line_height;
    const float baseline = line_top + (type.line_height + type.cap_height) / 2;
    const std::string_view shown = words.substr(line.begin, line.end - line.begin);
    s.draw_line(shown, {x, baseline}, type, colour);
    const bool broken = i + 1 < lines.size() && lines[i + 1].begin == line.end;
    any_broken = any_broken || broken;
    s.write_line(shown, {x, baseline - type.cap_height, line.width, type.cap_height}, look, colour, broken);
  }
  // Smaller letters may keep the word whole; at the normal size it is broken and the page stays.
  if (any_broken && metrics().text_size() != TextSize::kNormal) {
    s.overflows.emplace_back(words);
  }
  return height;
}

void Ui::State::write_shape(const Rect& rect, Colour colour) {
  if (painted != nullptr) {
    painted->shapes.push_back({rect, colour, clip(), scroll_id});
  }
}

void Ui::State::write_line(std::string_view line, const Rect& ink, const TextLook& look, Colour colour,
                           bool broken_word) {
  if (painted == nullptr) {
    return;
  }
  painted->texts.push_back({.words = std::string(line),
                            .ink = ink,
                            .style = look.style,
                            .cap_px = ink.h,
                            .colour = colour,
                            .clip = clip(),
                            .scroll = scroll_id,
                            .broken_word = broken_word,
                            .shapes = painted->shapes.size()});
}

Size Ui::measure(std::string_view words, TextStyle style, float max_width_px) const {
  if (words.empty()) {
    return {};
  }
  const Type type = state_->fitting_type(words, style, max_width_px);
  const std::vector<TextLine> lines = break_lines(words, max_width_px, state_->letter_width(type));
  float width = 0;
  for (const TextLine& line : lines) {
    width = std::max(width, line.width);
  }
  return {std::ceil(width), type.line_height * static_cast<float>(lines.size())};
}

float Ui::text_height(std::string_view words, TextStyle style, float width_px) const {
  return measure(words, style, width_px).h;
}

// --- pictures --------------------------------------------------------------------------------------------------------

void Ui::icon(std::string_view name, const Rect& rect, std::optional<Colour> tint) {
  const Rect r = snapped(rect);
  PictureRequest request{.name = "icons/" + std::string(name), .tint = {}};
  request.width_px = static_cast<int>(r.w);
  request.height_px = static_cast<int>(r.h);
  request.fit = Fit::kMeet;
  request.anchor_y = 0.5F;
  // The drawings are made in ink with light fills; any other colour is a tint.
  const Colour colour = tint.value_or(colours().ink);
  request.tinted = colours().high() || !(colour == colours().ink);
  request.tint = request.tinted ? colour : Colour{};
  const TextureRegion region = state_->pictures.picture(request);
  state_->image(region, r, region.uv0, region.uv1, {255, 255, 255, 255});
}

void Ui::picture(std::string_view name, const Rect& rect, Fit fit, float radius_px, unsigned corners) {
  const Rect r = snapped(rect);
  PictureRequest request{.name = std::string(name), .tint = {}};
  request.width_px = static_cast<int>(r.w);
  request.height_px = static_cast<int>(r.h);
  request.fit = fit;
  request.radius_px = static_cast<int>(std::round(radius_px));
  request.corners = radius_px >= 1 ? corners : static_cast<unsigned>(kNoCorners);
  const TextureRegion region = state_->pictures.picture(request);
  state_->image(region, r, region.uv0, region.uv1, {255, 255, 255, 255});
  if (state_->painted != nullptr) {
    state_->painted->shapes.push_back({r, {}, state_->clip(), state_->scroll_id, request});
  }
}

}  // namespace mimika::ui
