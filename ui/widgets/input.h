// What a person does to the screen, as values: the platform makes them from SDL events, a test writes them by hand.
#pragma once

#include <cstdint>
#include <string>

#include "ui/widgets/geometry.h"

namespace mimika::ui {

enum class InputKind {
  kFingerDown,
  kFingerMove,
  kFingerUp,
  kFingerLost,  // the window lost its touch device or focus: whatever was pressed is cancelled
  kKeyDown,     // `key`
  kText,        // `text`: what a hardware keyboard typed
  kScroll,      // a wheel, for developers and technicians: `scroll_px`, positive moves the content up
};

// The keys that mean something to every screen. A 6-key tactile keypad sends arrows, enter and escape.
enum class Key {
  kNone,
  kUp,
  kDown,
  kLeft,
  kRight,
  kEnter,
  kTab,
  kBackTab,
  kEscape,
  kBackspace,
  kDelete,
  kHome,
  kEnd,
  kSpeak,  // says once more what has the focus
};

struct InputEvent {
  InputKind kind = InputKind::kFingerDown;
  std::int64_t finger = 0;  // which finger; the developers' mouse is finger -1
  Point at = {};            // pixels
  Key key = Key::kNone;
  std::string text = {};
  float scroll_px = 0;
};

}  // namespace mimika::ui
