#include "tests/screens/audit_stage.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "kiosk/base/check.h"
#include "ui/screens/officer/officer_screens.h"
#include "ui/screens/screens.h"

namespace mimika::testing {
namespace {

constexpr int kLeastFrames = 2;
constexpr int kMostFrames = 24;  // the first ones learn how long the content is and which text size fits
constexpr std::size_t kMostPictures = 6;

}  // namespace

class AuditStage::MeasuredFonts final : public ui::FontSet {
 public:
  explicit MeasuredFonts(ui::FontSet& real) : real_(real) {}
  ui::Glyph glyph(ui::Face face, char32_t letter) override { return {{}, {}, advance(face, letter)}; }
  float advance(ui::Face face, char32_t letter) override { return real_.advance(face, letter); }

 private:
  ui::FontSet& real_;
};

class AuditStage::MeasuredPictures final : public ui::PictureSource {
 public:
  explicit MeasuredPictures(ui::PictureSource& real) : real_(real) {}
  ui::TextureRegion picture(const ui::PictureRequest&) override { return {}; }
  ui::TextureRegion disc(int) override { return {}; }
  ui::TextureRegion ring(int, int) override { return {}; }
  ui::Size natural_size(const std::string& name) override {
    const auto found = sizes_.find(name);
    return found != sizes_.end() ? found->second : sizes_.emplace(name, real_.natural_size(name)).first->second;
  }

 private:
  ui::PictureSource& real_;
  std::map<std::string, ui::Size> sizes_;
};

std::span<const AuditPanel> audit_panels() {
  static constexpr AuditPanel kPanels[] = {{1280, 800, 261.0F, 70},
                                           {1024, 600, 222.0F, 455},
                                           {1920, 1080, 344.0F, 8},
                                           {800, 1280, 163.1F, 81},
                                           {1080, 1920, 193.5F, 3}};
  return kPanels;
}

AuditStage::AuditStage(const AuditPanel& panel, const Texts& texts) : panel_(panel), texts_(texts) {
  ui::DisplayOptions options;
  options.window.mode = ui::WindowMode::kHeadless;
  options.window.width = panel.width;
  options.window.height = panel.height;
  options.assets_folder = MIMIKA_SOURCE_ASSETS;
  auto display = ui::Display::open(options);
  CHECK(display.has_value());
  display_ = *std::move(display);
  fonts_ = std::make_unique<MeasuredFonts>(display_->fonts());
  pictures_ = std::make_unique<MeasuredPictures>(display_->pictures());
  fresh();
}

AuditStage::~AuditStage() = default;

void AuditStage::fresh() {
  ui_ = std::make_unique<ui::Ui>(*fonts_, *pictures_);
  ui_->write_down(&painted_);
}

void AuditStage::draw(const AuditView& view, std::span<const ui::InputEvent> events) {
  activated_ = false;
  const ui::Size size{static_cast<float>(panel_.width), static_cast<float>(panel_.height)};
  for (int frame = 0; frame < kLeastFrames || (!ui_->settled() && frame < kMostFrames); ++frame) {
    ui_->schedule().take_due(++now_ms_);
    ui_->begin_frame({.now_ms = now_ms_,
                      .screen_px = size,
                      .panel_width_mm = panel_.mm,
                      .text_size = view.text_size,
                      .contrast = view.contrast,
                      .reduce_motion = true,
                      .events = frame == 0 ? events : std::span<const ui::InputEvent>()},
                     canvas_.begin(size));
    view.draw(*ui_);
    ui_->end_frame();
    activated_ = activated_ || ui_->activated();
    static_cast<void>(canvas_.finish());
  }
}

AuditView AuditStage::view_of(const Session& session, const SessionContext& context) const {
  return {.text_size = screens::text_size_of(session.preferences),
          .contrast = screens::contrast_of(session.preferences),
          .draw = [this, &session, &context](ui::Ui& ui) {
            static_cast<void>(screens::draw_screen(session, context, texts_, ui));
          }};
}

AuditView AuditStage::view_of(const staff::Session& session, const staff::Context& context) const {
  return {.text_size = screens::text_size_of(session.preferences),
          .contrast = screens::contrast_of(session.preferences),
          .draw = [this, &session, &context](ui::Ui& ui) {
            static_cast<void>(screens::draw_staff(session, context, texts_, ui));
          }};
}

double AuditStage::picture_contrast(const ui::PictureRequest& request, const ui::Rect& part, ui::Colour text,
                                    const Veils& veils) {
  const auto width = static_cast<float>(panel_.width);
  const auto height = static_cast<float>(panel_.height);
  const std::string key =
      fmt::format("{} {}x{} {}", request.name, request.width_px, request.height_px, static_cast<int>(request.fit));
  auto found = pixels_.find(key);
  if (found == pixels_.end()) {
    if (pixels_.size() >= kMostPictures) pixels_.clear();
    ui::Ui painter(display_->fonts(), display_->pictures());
    display_->draw([&](ImDrawList& canvas) {
      painter.begin_frame({.screen_px = {width, height}, .panel_width_mm = panel_.mm}, canvas);
      painter.picture(request.name, {0, 0, static_cast<float>(request.width_px), static_cast<float>(request.height_px)},
                      request.fit);
      painter.end_frame();
    });
    auto pixels = display_->window().pixels();
    CHECK(pixels.has_value());
    found = pixels_.emplace(key, *std::move(pixels)).first;
  }
  const ui::Rect seen = part.intersect({0, 0, width, height});
  std::set<std::uint32_t> colours;
  for (auto y = static_cast<int>(seen.y); y < static_cast<int>(seen.bottom()); ++y) {
    for (auto x = static_cast<int>(seen.x); x < static_cast<int>(seen.right()); ++x) {
      const std::uint8_t* at = found->second.data() + 4 * (static_cast<std::size_t>(y * panel_.width + x));
      colours.insert(static_cast<std::uint32_t>((at[0] << 16) | (at[1] << 8) | at[2]));
    }
  }
  double least = 21;
  for (const std::uint32_t colour : colours) {
    least = std::min(least, ui::contrast_ratio(text, through(veils, ui::rgb(colour))));
  }
  return least;
}

}  // namespace mimika::testing
