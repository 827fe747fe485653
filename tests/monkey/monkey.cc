#include "tests/monkey/monkey.h"

#include <algorithm>
#include <functional>
#include <iostream>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include "kiosk/base/limits.h"
#include "tests/monkey/hands.h"
#include "tests/monkey/late_desk.h"
#include "tests/monkey/late_devices.h"
#include "tests/monkey/promises.h"
#include "tests/screens/screen_states.h"
#include "tests/ui/fakes.h"
#include "ui/platform/display.h"
#include "ui/screens/screens.h"

namespace mimika::monkey {
namespace {

constexpr int kMostFramesAnEvent = 24;    // as kiosk/app/kiosk.cc
constexpr int kMostFramesABeat = 4000;    // a full touch queue is 128 transitions, each with its frames
constexpr std::size_t kMostFindings = 5;  // one bug breaks a promise again and again
constexpr std::uint64_t kBeatsACheck = 40;
constexpr ui::Size kPanel{1280, 800};
constexpr float kPanelMm = 261;

// Where frames are drawn.
class Stage {
 public:
  virtual ~Stage() = default;
  virtual ui::Ui& ui() = 0;
  virtual void frame(const ui::FrameInput& input, const std::function<void(ui::Ui&)>& draw) = 0;
};

class BoxStage final : public Stage {
 public:
  ui::Ui& ui() override { return world_.ui; }
  void frame(const ui::FrameInput& input, const std::function<void(ui::Ui&)>& draw) override {
    world_.input = input;
    world_.now_ms = input.now_ms;
    world_.fonts_and_requests_stay_small();
    world_.frame({input.events.begin(), input.events.end()}, draw);
  }

 private:
  struct World : testing::UiWorld {
    void fonts_and_requests_stay_small() { pictures.requests.clear(); }
  };
  World world_;
};

class RealStage final : public Stage {
 public:
  RealStage() {
    ui::DisplayOptions options;
    options.window.mode = ui::WindowMode::kHeadless;
    options.window.width = static_cast<int>(kPanel.w);
    options.window.height = static_cast<int>(kPanel.h);
    options.assets_folder = MIMIKA_SOURCE_ASSETS;
    auto display = ui::Display::open(options);
    if (!display) throw std::runtime_error(display.error().message);
    display_ = *std::move(display);
    ui_ = std::make_unique<ui::Ui>(display_->fonts(), display_->pictures());
  }
  ui::Ui& ui() override { return *ui_; }
  void frame(const ui::FrameInput& input, const std::function<void(ui::Ui&)>& draw) override {
    ui_->schedule().take_due(input.now_ms);
    display_->draw([&](ImDrawList& canvas) {
      ui_->begin_frame(input, canvas);
      draw(*ui_);
      ui_->end_frame();
    });
  }

 private:
  std::unique_ptr<ui::Display> display_;
  std::unique_ptr<ui::Ui> ui_;
};

class Player {
 public:
  Player(const MonkeyOptions& options, const Texts& texts)
      : options_(options),
        texts_(texts),
        chance_(options.seed),
        hands_(chance_.branch()),
        desk_(chance_.branch(), testing::staged_ticket(testing::TicketStage::kInProgress)),
        devices_(chance_.branch()) {
    if (options.real_display) {
      stage_ = std::make_unique<RealStage>();
    } else {
      stage_ = std::make_unique<BoxStage>();
    }
  }

  MonkeyReport run() {
    context().printer = options_.seed % 3 != 0;  // a kiosk of three has none
    const std::int64_t start = now();
    draw_until_settled({});
    std::uint64_t beats = 0;
    while (now() - start < options_.simulated_ms && report_.findings.size() < kMostFindings) {
      Beat beat = hands_.next(stage_->ui(), screen_px_);
      if (beat.screen_px) screen_px_ = *beat.screen_px;
      context().wall_ms += beat.wall_jump_ms;
      context().today = local_date(context().wall_ms);
      changed_ = changed_ || beat.screen_px || beat.wall_jump_ms != 0;
      if (options_.trace) trace(beat);
      draw_until_settled(beat.events);
      if (beat.goes_away) {
        go_away();
      } else {
        rest(beat.rest_ms);
      }
      if (++beats % kBeatsACheck == 0) expect(ends_by_itself(world_.session, context()));
      expect(texts_within_limits(world_.session));
    }
    report_.touches = hands_.touches();
    report_.keys = hands_.keys();
    report_.filings = static_cast<std::uint64_t>(desk_.filings());
    report_.screens = seen_.size();
    report_.simulated_ms = now() - start;
    return std::move(report_);
  }

 private:
  SessionContext& context() { return world_.context; }
  [[nodiscard]] std::int64_t now() const { return world_.context.monotonic_ms; }

  void trace(const Beat& beat) const {
    std::cerr << now() << " " << screens::screen_name(world_.session) << ": " << beat.events.size() << " events";
    if (beat.screen_px) std::cerr << ", " << beat.screen_px->w << "x" << beat.screen_px->h;
    if (beat.goes_away) std::cerr << ", goes away";
    std::cerr << '\n';
  }

  void expect(const Broken& broken) {
    if (!broken || report_.findings.size() >= kMostFindings) return;
    report_.findings.push_back("at " + std::to_string(now()) + " ms on " + screens::screen_name(world_.session) + ": " +
                               *broken);
  }

  void act(Action action) {
    ++report_.actions;
    if (options_.planted == Planted::kNeverTicks && std::holds_alternative<action::Tick>(action)) return;
    std::vector<std::string> traces = traces_of(world_.session);
    std::optional<Personal> kept;
    if (options_.planted == Planted::kKeepsTexts) kept = world_.session.personal;
    Step step = apply(std::move(world_.session), std::move(action), context());
    world_.session = std::move(step.session);
    for (Effect& effect : step.effects) {
      if (std::holds_alternative<effect::EndSession>(effect)) {
        ++report_.visits;
        stage_->ui().forget_person();
        if (kept) world_.session.personal = *kept;
        expect(nobody_is_left(world_.session));
        traces_ = std::move(traces);
      } else if (std::holds_alternative<effect::TakePhoto>(effect)) {
        devices_.take_photo();
      } else {
        desk_.ask(std::move(effect), now());
      }
    }
    changed_ = changed_ || step.redraw;
  }

  bool draw_once(std::span<const ui::InputEvent> events) {
    std::optional<Action> action;
    bool touched = false;
    const ui::FrameInput input{.now_ms = now(),
                               .screen_px = screen_px_,
                               .panel_width_mm = kPanelMm,
                               .text_size = screens::text_size_of(world_.session.preferences),
                               .contrast = screens::contrast_of(world_.session.preferences),
                               .reduce_motion = true,
                               .events = events};
    stage_->frame(input, [&](ui::Ui& ui) {
      action = screens::draw_screen(world_.session, context(), texts_, ui);
      touched = ui.touched();
    });
    ++report_.frames;
    seen_.insert(screens::screen_name(world_.session));
    changed_ = options_.planted == Planted::kEndlessFrames;
    if (!traces_.empty()) {
      expect(nothing_shown_of(traces_, stage_->ui()));
      traces_.clear();
    }
    if (action) {
      act(*std::move(action));
      return true;
    }
    if (touched && !events.empty()) act(action::Touched{});
    return false;
  }

  // The loop of the program: frames until the screen shows what the events led to, then what the desk has to say.
  void draw_until_settled(std::span<const ui::InputEvent> events) {
    for (int frame = 0; frame < kMostFramesABeat; ++frame) {
      const bool acted = draw_once(events);
      events = {};
      const auto due = stage_->ui().schedule().next_ms();
      if (!acted && !changed_ && (!due || *due > now())) {
        expect(has_a_way_on(world_.session, stage_->ui()));
        return;
      }
      if (frame % kMostFramesAnEvent == kMostFramesAnEvent - 1) hear_desk();
    }
    expect("frames follow each other without an end");
  }

  void hear_desk() {
    for (Action& action : desk_.answers(now())) act(std::move(action));
    for (Action& action : devices_.news(world_.session, now())) act(std::move(action));
  }

  // Time passes and nobody does anything.
  void rest(std::int64_t ms) {
    const std::int64_t until = now() + ms;
    for (;;) {
      std::int64_t wake = std::min(until, std::max(now() + 1, desk_.next_ms()));
      wake = std::min(wake, now() + LateDevices::kTickMs);
      wake = std::min(wake, now() + std::max<std::int64_t>(1, ms_until_next_tick(world_.session, context())));
      if (const auto due = stage_->ui().schedule().next_ms()) wake = std::min(wake, std::max(now() + 1, *due));
      if (wake <= now()) break;
      context().wall_ms += wake - now();
      context().monotonic_ms = wake;
      context().today = local_date(context().wall_ms);
      hear_desk();
      act(action::Tick{});
      const auto due = stage_->ui().schedule().next_ms();
      if (changed_ || (due && *due <= now())) draw_until_settled({});
      if (now() >= until) break;
    }
  }

  void go_away() {
    const std::int64_t longest = context().limits.idle_ms + context().limits.answer_ms;
    rest(longest + LateDesk::kSlowestMs + limits::kVoiceMs + 2000);
    if (world_.session.screen != Screen::kAttract) expect("left alone for minutes, the visit has not ended");
    expect(nobody_is_left(world_.session));
  }

  const MonkeyOptions options_;
  const Texts& texts_;
  Chance chance_;
  Hands hands_;
  LateDesk desk_;
  LateDevices devices_;
  testing::SessionWorld world_;
  std::unique_ptr<Stage> stage_;
  ui::Size screen_px_ = kPanel;
  bool changed_ = true;
  std::vector<std::string> traces_;  // of the person who left, until the next frame
  std::set<std::string> seen_;
  MonkeyReport report_;
};

}  // namespace

MonkeyReport play(const MonkeyOptions& options) {
  const auto texts = Texts::load(MIMIKA_LOCALE_FOLDER, {"id", "en"});
  if (!texts) {
    MonkeyReport report;
    report.findings.push_back(texts.error().message);
    return report;
  }
  return Player(options, *texts).run();
}

}  // namespace mimika::monkey
