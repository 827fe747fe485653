// The one window: opened once, drawn in software, asleep between events.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/base/result.h"
#include "ui/platform/handles.h"
#include "ui/widgets/input.h"

namespace mimika::ui {

enum class WindowMode {
  kWindowed,    // a developer's desk
  kFullscreen,  // the kiosk
  kHeadless,    // no display at all: SDL's dummy driver; frames are really drawn and can be photographed
};

struct WindowOptions {
  std::string title = "Mimika Kiosk";
  int width = 1280;
  int height = 800;
  WindowMode mode = WindowMode::kWindowed;
  bool accelerated = false;  // the software renderer starts in a tenth of the time and is the same everywhere
};

// What one look at SDL's queue found.
struct WindowEvents {
  std::vector<InputEvent> input;
  bool quit = false;     // the window system or a signal asks to end
  bool exposed = false;  // the picture must be drawn again: shown, resized, uncovered, device reset
  bool woken = false;    // wake() was called
};

class Window {
 public:
  // kUnreachable: no display, or it refuses; the message says what SDL said.
  [[nodiscard]] static Result<std::unique_ptr<Window>> open(const WindowOptions& options);
  ~Window();
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;

  [[nodiscard]] SDL_Renderer& renderer() const { return *renderer_; }
  [[nodiscard]] Size size_px() const;

  // Sleeps until an event arrives or `timeout_ms` has passed (empty: until an event), then takes all there are.
  [[nodiscard]] WindowEvents wait(std::optional<std::int64_t> timeout_ms);

  // Shows what the renderer drew.
  void present();
  // The renderer's pixels as RGBA, row by row. Valid after present() too: the software renderer keeps them.
  [[nodiscard]] Result<std::vector<std::uint8_t>> pixels() const;

  // Ends a wait() early. Safe from any thread while the window lives.
  void wake() const;
  // A finger that takes the same way as a real one, through SDL's queue. `at` in pixels. kUnreachable when the queue is
  // full.
  [[nodiscard]] Status push_finger(InputKind kind, Point at) const;
  [[nodiscard]] Status push_key(Key key) const;

 private:
  Window() = default;
  void translate(const SDL_Event& event, WindowEvents& out) const;

  bool started_ = false;
  SdlHandle<SDL_Window> window_;
  SdlHandle<SDL_Renderer> renderer_;
  std::uint32_t wake_event_ = 0;
};

}  // namespace mimika::ui
