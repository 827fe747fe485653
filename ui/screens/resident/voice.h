// Telling it instead of writing: the level, the time that is left, one large key to stop; then hear it, say it again.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ui/screens/resident/common.h"

namespace mimika::screens {

struct VoiceView {
  ui::HeaderView header;
  std::string state;    // "Sedang merekam"
  std::string left;     // "Sisa 37 detik"
  std::string time;     // "0.23"
  std::string of_all;   // "dari 1 menit"
  std::string trouble;  // in words, with what to do
  bool recording = false;
  bool ready = false;
  std::vector<float> levels;
  std::optional<ui::KeyView> main;  // stop, play, or try again
  Action main_does = action::StopVoice{};
  std::optional<ui::KeyView> discard;
  std::vector<std::string> tips;  // with their signs
  Foot foot;
};

[[nodiscard]] VoiceView make_voice_view(const Session& session, const SessionContext& context, const Text& text);
[[nodiscard]] std::optional<Action> draw_voice(const VoiceView& view, ui::Ui& ui);

// "0.23"
[[nodiscard]] std::string minutes_and_seconds(std::int64_t ms);

}  // namespace mimika::screens
