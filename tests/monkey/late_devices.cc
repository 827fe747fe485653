#include "tests/monkey/late_devices.h"

#include <algorithm>
#include <array>

#include "kiosk/base/limits.h"

namespace mimika::monkey {
namespace {

constexpr std::array kTroubles = {VoiceTrouble::kNoMicrophone, VoiceTrouble::kBusy, VoiceTrouble::kTooShort,
                                  VoiceTrouble::kInternal};
constexpr std::array kSights = {CameraSight::kStarting, CameraSight::kLive,   CameraSight::kLive,
                                CameraSight::kTooDark,  CameraSight::kNone,   CameraSight::kUnplugged,
                                CameraSight::kInUse,    CameraSight::kGarbage};

PersonalBytes bytes() {
  return PersonalBytes(Bytes(64, 7));
}

}  // namespace

std::vector<Action> LateDevices::news(const Session& session, std::int64_t now_ms) {
  std::vector<Action> out;
  if (now_ms < next_ms_) return out;
  next_ms_ = now_ms + kTickMs;
  hear(session, now_ms, out);
  see(session, out);
  // Of a visit that is over.
  if (chance_.one_in(50)) out.push_back(action::VoiceRecorded{RequestId{chance_.below(50)}, bytes(), 900, false});
  if (chance_.one_in(50)) out.push_back(action::PhotoTaken{bytes(), bytes()});
  if (chance_.one_in(50)) out.push_back(action::VoicePlayed{.unheard = chance_.one_in(2)});
  return out;
}

void LateDevices::hear(const Session& session, std::int64_t now_ms, std::vector<Action>& out) {
  const MicrophoneUse use = microphone_use(session);
  const RequestId request = session.personal.recording.request;
  if (use == MicrophoneUse::kRecord && recording_ != request) {
    recording_ = request;
    began_ms_ = now_ms;
  }
  const std::int64_t said_ms = std::min(now_ms - began_ms_, limits::kVoiceMs);
  const bool over = said_ms == limits::kVoiceMs || chance_.one_in(40);
  if (use == MicrophoneUse::kClose || (use == MicrophoneUse::kRecord && over)) {
    if (chance_.one_in(4)) {
      out.push_back(action::VoiceFailed{request, chance_.of(kTroubles)});
    } else {
      out.push_back(action::VoiceRecorded{request, bytes(), said_ms, use == MicrophoneUse::kRecord});
    }
  } else if (use == MicrophoneUse::kRecord) {
    const float level = static_cast<float>(chance_.below(101)) / 100;
    out.push_back(action::VoiceHeard{request, said_ms, level, chance_.one_in(5)});
  }
  if (session.personal.recording.playing) {
    if (chance_.one_in(4)) {
      out.push_back(action::VoicePlayed{.unheard = chance_.one_in(2)});
    } else {
      out.push_back(action::VoicePlays{said_ms});
    }
  }
}

void LateDevices::see(const Session& session, std::vector<Action>& out) {
  const CameraUse use = camera_use(session);
  if (use != CameraUse::kOff && chance_.one_in(3)) out.push_back(action::CameraSeen{chance_.of(kSights)});
  if (use == CameraUse::kCode && chance_.one_in(5)) {
    action::CodeRead read;
    if (chance_.one_in(2)) read.number = TicketNumber{{"JLA1"}, 417};
    out.push_back(std::move(read));
  }
  if (!taking_) return;
  taking_ = false;
  if (chance_.one_in(4)) {
    out.push_back(action::PhotoFailed{});
  } else {
    out.push_back(action::PhotoTaken{bytes(), bytes()});
  }
}

}  // namespace mimika::monkey
