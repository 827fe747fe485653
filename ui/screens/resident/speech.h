// How the kiosk speaks: slower, faster, quieter, louder, once more, or not at all.
#pragma once

#include <array>
#include <optional>
#include <string>

#include "ui/screens/resident/common.h"

namespace mimika::screens {

struct SpeechView {
  struct Knob {
    std::string title;  // "Kecepatan"
    std::string value;  // "biasa, 3 dari 6"
    std::size_t step = 0;
    std::size_t steps = 1;
    std::array<ui::KeyView, 2> keys;  // less, more
    std::array<action::SpeechKnob, 2> turns{};
  };
  bool missing = false;   // no loudspeaker
  ui::HeaderView header;  // what the keys are for, or why nothing is heard
  std::array<Knob, 2> knobs;
  Foot foot;
};

[[nodiscard]] SpeechView make_speech_view(const Session& session, const SessionContext& context, const Text& text);
[[nodiscard]] std::optional<Action> draw_speech(const SpeechView& view, ui::Ui& ui);

}  // namespace mimika::screens
