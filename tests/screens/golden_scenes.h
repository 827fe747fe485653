// What the goldens show: the pages of the style guide and the screens that matter most, each drawn for a fixed time,
// without motion, with the real fonts and drawings.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/screens/screen_states.h"
#include "tests/screens/staff_states.h"
#include "ui/gallery/gallery.h"
#include "ui/platform/display.h"
#include "ui/text/text.h"
#include "ui/widgets/painted.h"

namespace mimika::testing {

struct GoldenScene {
  std::string name;  // "gallery-keys-high": the file's, with a number where it takes several screenfuls
  int width = 1280;
  int height = 800;
  Preferences preferences = {};
  std::string page = {};               // of the style guide; empty for a screen
  std::string dialog = {};             // over the page
  std::string state = {};              // of screen_states.h; empty for a page
  std::vector<std::string> taps = {};  // targets that are touched first
  std::string held = {};               // the one on which the finger then stays
  bool every_screenful = false;
};
[[nodiscard]] std::vector<GoldenScene> golden_scenes();

struct Shot {
  std::string name;
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> rgba;
};

class Darkroom {
 public:
  // CHECKs that fonts, drawings and words are there.
  Darkroom();
  ~Darkroom();
  Darkroom(const Darkroom&) = delete;
  Darkroom& operator=(const Darkroom&) = delete;

  // One shot, or one for each screenful.
  [[nodiscard]] std::vector<Shot> develop(const GoldenScene& scene);
  // What the last one of them showed, for tests that change it.
  [[nodiscard]] const ui::Ui& ui() const { return *ui_; }
  [[nodiscard]] const ui::Painted& painted() const { return painted_; }

 private:
  [[nodiscard]] ui::Display& display_of(int width, int height);
  void draw_until_settled(const GoldenScene& scene, const std::vector<ui::InputEvent>& events);
  void draw_scene(const GoldenScene& scene);
  void touch(const GoldenScene& scene, const std::string& id, ui::InputKind kind);
  [[nodiscard]] Shot photograph(std::string name);

  Texts texts_;
  SessionWorld world_;
  std::vector<ScreenState> states_;
  StaffWorld counter_;
  std::vector<StaffState> staff_states_;
  std::map<std::pair<int, int>, std::unique_ptr<ui::Display>> displays_;
  ui::Display* display_ = nullptr;
  std::unique_ptr<ui::Ui> ui_;
  std::unique_ptr<gallery::Gallery> gallery_;
  ui::Painted painted_;
};

}  // namespace mimika::testing
