#include "ui/platform/window.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <limits>
#include <utility>

namespace mimika::ui {
namespace {

// The developers' mouse is one more finger, with a number no touch device gives.
constexpr std::int64_t kMouseFinger = -1;
constexpr SDL_TouchID kScriptTouch = 1;
constexpr SDL_FingerID kScriptFinger = 1;
constexpr std::size_t kMostEventsAFrame = 256;  // a broken digitiser must not starve drawing
constexpr float kWheelStepPx = 120.0F;

constexpr std::array<std::pair<SDL_Keycode, Key>, 14> kKeys = {{
    {SDLK_UP, Key::kUp},
    {SDLK_DOWN, Key::kDown},
    {SDLK_LEFT, Key::kLeft},
    {SDLK_RIGHT, Key::kRight},
    {SDLK_RETURN, Key::kEnter},
    {SDLK_KP_ENTER, Key::kEnter},
    {SDLK_TAB, Key::kTab},
    {SDLK_ESCAPE, Key::kEscape},
    {SDLK_AC_BACK, Key::kEscape},
    {SDLK_BACKSPACE, Key::kBackspace},
    {SDLK_DELETE, Key::kDelete},
    {SDLK_HOME, Key::kHome},
    {SDLK_END, Key::kEnd},
    {SDLK_F1, Key::kSpeak},
}};

Key key_of(const SDL_Keysym& pressed) {
  for (const auto& [code, key] : kKeys) {
    if (code == pressed.sym) {
      return key == Key::kTab && (pressed.mod & KMOD_SHIFT) != 0 ? Key::kBackTab : key;
    }
  }
  return Key::kNone;
}

void set_hints(const WindowOptions& options) {
  // Presenting a software picture through OpenGL takes forty times as long as handing over the pixels.
  SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
  SDL_SetHint(SDL_HINT_RENDER_DRIVER, options.accelerated ? "" : "software");
  SDL_SetHint(SDL_HINT_RENDER_SCALE_QUALITY, "1");
  // A finger is a finger and the mouse is the mouse; otherwise each touch would arrive twice.
  SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
  SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
  SDL_SetHint(SDL_HINT_VIDEO_MINIMIZE_ON_FOCUS_LOSS, "0");
  SDL_SetHint(SDL_HINT_APP_NAME, options.title.c_str());
  if (options.mode == WindowMode::kHeadless) {
    SDL_SetHint(SDL_HINT_VIDEODRIVER, "dummy");
  }
  // A kiosk has no desktop session: without these, SDL starts a message bus and Xlib reads its table of composed
  // characters, which is a fifth of the time to the first frame. A developer's own settings stay.
  ::setenv("DBUS_SESSION_BUS_ADDRESS", "disabled:", 0);
  ::setenv("XCOMPOSEFILE", "/dev/null", 0);
}

Error sdl_error(const std::string& doing) {
  return {ErrorCode::kUnreachable, doing + ": " + SDL_GetError()};
}

}  // namespace

Result<std::unique_ptr<Window>> Window::open(const WindowOptions& options) {
  set_hints(options);
  std::unique_ptr<Window> window(new Window());
  if (SDL_InitSubSystem(SDL_INIT_VIDEO) != 0) {
    return std::unexpected(sdl_error("starting the display"));
  }
  window->started_ = true;
  Uint32 flags = SDL_WINDOW_SHOWN;
  if (options.mode == WindowMode::kFullscreen) {
    flags |= SDL_WINDOW_FULLSCREEN_DESKTOP;
  } else if (options.mode == WindowMode::kWindowed) {
    flags |= SDL_WINDOW_RESIZABLE;
  }
  window->window_.reset(SDL_CreateWindow(options.title.c_str(), SDL_WINDOWPOS_UNDEFINED, SDL_WINDOWPOS_UNDEFINED,
                                         options.width, options.height, flags));
  if (!window->window_) {
    return std::unexpected(sdl_error("opening the window"));
  }
  const Uint32 renderer_flags = options.accelerated ? SDL_RENDERER_ACCELERATED : SDL_RENDERER_SOFTWARE;
  window->renderer_.reset(SDL_CreateRenderer(window->window_.get(), -1, renderer_flags));
  if (!window->renderer_) {
    return std::unexpected(sdl_error("preparing to draw"));
  }
  window->wake_event_ = SDL_RegisterEvents(1);
  if (window->wake_event_ == std::numeric_limits<std::uint32_t>::max()) {
    return std::unexpected(sdl_error("registering the wake-up event"));
  }
  if (options.mode == WindowMode::kFullscreen) {
    SDL_ShowCursor(SDL_DISABLE);
  }
  SDL_StartTextInput();
  return window;
}

Window::~Window() {
  renderer_.reset();
  window_.reset();
  if (started_) {
    SDL_QuitSubSystem(SDL_INIT_VIDEO);
  }
}

Size Window::size_px() const {
  int width = 0;
  int height = 0;
  SDL_GetRendererOutputSize(renderer_.get(), &width, &height);
  return {static_cast<float>(std::max(1, width)), static_cast<float>(std::max(1, height))};
}

WindowEvents Window::wait(std::optional<std::int64_t> timeout_ms) {
  WindowEvents out;
  SDL_Event event;
  constexpr std::int64_t kLongest = std::numeric_limits<int>::max();
  const int timeout = timeout_ms ? static_cast<int>(std::clamp<std::int64_t>(*timeout_ms, 0, kLongest)) : -1;
  const bool any = timeout < 0 ? SDL_WaitEvent(&event) != 0 : SDL_WaitEventTimeout(&event, timeout) != 0;
  if (!any) {
    return out;
  }
  translate(event, out);
  for (std::size_t taken = 1; taken < kMostEventsAFrame && SDL_PollEvent(&event) != 0; ++taken) {
    translate(event, out);
  }
  return out;
}

void Window::translate(const SDL_Event& event, WindowEvents& out) const {
  const Size size = size_px();
  const auto finger = [&](InputKind kind, std::int64_t id, Point at) {
    out.input.push_back({.kind = kind, .finger = id, .at = at});
  };
  const auto touch_at = [&] { return Point{event.tfinger.x * size.w, event.tfinger.y * size.h}; };
  switch (event.type) {
    case SDL_QUIT:
      out.quit = true;
      break;
    case SDL_FINGERDOWN:
      finger(InputKind::kFingerDown, event.tfinger.fingerId, touch_at());
      break;
    case SDL_FINGERMOTION:
      finger(InputKind::kFingerMove, event.tfinger.fingerId, touch_at());
      break;
    case SDL_FINGERUP:
      finger(InputKind::kFingerUp, event.tfinger.fingerId, touch_at());
      break;
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
      if (event.button.button == SDL_BUTTON_LEFT) {
        finger(event.type == SDL_MOUSEBUTTONDOWN ? InputKind::kFingerDown : InputKind::kFingerUp, kMouseFinger,
               {static_cast<float>(event.button.x), static_cast<float>(event.button.y)});
      }
      break;
    case SDL_MOUSEMOTION:
      if ((event.motion.state & SDL_BUTTON_LMASK) != 0) {
        finger(InputKind::kFingerMove, kMouseFinger,
               {static_cast<float>(event.motion.x), static_cast<float>(event.motion.y)});
      }
      break;
    case SDL_MOUSEWHEEL:
      out.input.push_back({.kind = InputKind::kScroll, .scroll_px = -event.wheel.preciseY * kWheelStepPx});
      break;
    case SDL_KEYDOWN:
      if (const Key key = key_of(event.key.keysym); key != Key::kNone) {
        out.input.push_back({.kind = InputKind::kKeyDown, .key = key});
      }
      break;
    case SDL_TEXTINPUT:
      out.input.push_back({.kind = InputKind::kText, .text = event.text.text});
      break;
    case SDL_WINDOWEVENT:
      out.exposed = true;
      if (event.window.event == SDL_WINDOWEVENT_FOCUS_LOST || event.window.event == SDL_WINDOWEVENT_LEAVE) {
        finger(InputKind::kFingerLost, kMouseFinger, {});
      }
      break;
    case SDL_RENDER_TARGETS_RESET:
    case SDL_RENDER_DEVICE_RESET:
      out.exposed = true;
      break;
    default:
      out.woken = out.woken || event.type == wake_event_;
      break;
  }
}

void Window::present() {
  SDL_RenderPresent(renderer_.get());
}

Result<std::vector<std::uint8_t>> Window::pixels() const {
  const Size size = size_px();
  const auto width = static_cast<int>(size.w);
  const auto height = static_cast<int>(size.h);
  std::vector<std::uint8_t> rgba(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4);
  if (SDL_RenderReadPixels(renderer_.get(), nullptr, SDL_PIXELFORMAT_RGBA32, rgba.data(), width * 4) != 0) {
    return std::unexpected(sdl_error("reading the screen"));
  }
  // The window's own format has no alpha; a picture of it is opaque.
  for (std::size_t i = 3; i < rgba.size(); i += 4) {
    rgba[i] = 255;
  }
  return rgba;
}

void Window::wake() const {
  SDL_Event event{};
  event.type = wake_event_;
  SDL_PushEvent(&event);
}

Status Window::push_finger(InputKind kind, Point at) const {
  const Size size = size_px();
  SDL_Event event{};
  event.type = kind == InputKind::kFingerDown ? SDL_FINGERDOWN
               : kind == InputKind::kFingerUp ? SDL_FINGERUP
                                              : SDL_FINGERMOTION;
  event.tfinger.touchId = kScriptTouch;
  event.tfinger.fingerId = kScriptFinger;
  event.tfinger.x = at.x / size.w;
  event.tfinger.y = at.y / size.h;
  event.tfinger.pressure = 1.0F;
  if (SDL_PushEvent(&event) < 0) {
    return std::unexpected(sdl_error("pushing a finger"));
  }
  return {};
}

Status Window::push_key(Key key) const {
  SDL_Event event{};
  event.type = SDL_KEYDOWN;
  event.key.state = SDL_PRESSED;
  for (const auto& [code, candidate] : kKeys) {
    if (candidate == key || (key == Key::kBackTab && candidate == Key::kTab)) {
      event.key.keysym.sym = code;
      event.key.keysym.mod = key == Key::kBackTab ? KMOD_LSHIFT : KMOD_NONE;
      if (SDL_PushEvent(&event) < 0) {
        return std::unexpected(sdl_error("pushing a key"));
      }
      return {};
    }
  }
  return fail(ErrorCode::kInvalidInput, "no such key");
}

}  // namespace mimika::ui
