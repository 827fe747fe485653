// What a person says and shows instead of writing: a voice, photos, papers; and how the microphone and the camera stand
// for them. The devices follow the session (kiosk/app/media.h): they are on while what stands here wants them, and off
// otherwise, whichever way a person leaves.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "kiosk/model/event.h"
#include "kiosk/session/personal_text.h"
#include "kiosk/session/request_id.h"

namespace mimika {

// At most limits::kVoiceMs of Ogg Opus.
struct Voice {
  PersonalBytes opus;
  std::int64_t duration_ms = 0;
  friend bool operator==(const Voice&, const Voice&) = default;
};

// A JPEG within limits::kPhotoBytes and its preview. `id` names it for the screen; none is used twice in a visit.
struct Photo {
  std::uint32_t id = 0;
  PersonalBytes jpeg;
  PersonalBytes preview;
  std::size_t paper = 0;  // of a service: which of its requirements
  friend bool operator==(const Photo&, const Photo&) = default;
};

// As it goes into a ticket.
struct FilingMedia {
  MediaKind media = MediaKind::kPhoto;
  PersonalBytes content = {};
  PersonalBytes preview = {};
};

enum class VoiceStep : std::uint8_t {
  kNone,
  kStarting,   // the microphone is being opened
  kRecording,  //
  kStopping,   // it ended; what was said is being closed
  kReady,      // there is a voice, to be heard or said again
  kFailed,
};

enum class VoiceTrouble : std::uint8_t {
  kNoMicrophone,  // none, or unplugged before a word was said
  kBusy,          // another program has it
  kTooShort,      // no word fits into it
  kInternal,
};

inline constexpr std::size_t kVoiceLevels = 60;  // bars: one a second for as long as a voice may be

struct Recording {
  VoiceStep step = VoiceStep::kNone;
  RequestId request = {};
  std::int64_t recorded_ms = 0;
  std::array<float, kVoiceLevels> levels{};  // the loudest of each second, 0 to 1
  bool silent = false;                       // nothing has been heard for seconds
  bool cut = false;                          // it ended by itself: the minute was full, or the microphone went
  bool playing = false;
  std::int64_t position_ms = 0;  // of what plays
  bool unheard = false;          // it should play, and there is no loudspeaker
  std::optional<VoiceTrouble> trouble = {};
  friend bool operator==(const Recording&, const Recording&) = default;
};

enum class CameraSight : std::uint8_t {
  kStarting,
  kLive,
  kTooDark,
  kNone,       // no camera
  kUnplugged,  // it was there a moment ago
  kInUse,      // another program has it
  kGarbage,    // it sends nothing that is a picture
};

// What is photographed: beside a story, a paper of a service, beside what is written back.
enum class PhotoFor : std::uint8_t { kStory, kPaper, kReply };

struct Viewfinder {
  CameraSight sight = CameraSight::kStarting;
  PhotoFor purpose = PhotoFor::kStory;
  std::size_t paper = 0;
  bool from_photos = false;  // and goes back there
  bool taking = false;
  bool failed = false;                             // the last one
  std::optional<Photo> taken = {};                 // to be kept or taken again
  bool foreign = false;                            // a code was read that is no receipt of ours
  std::optional<std::int64_t> seen_since_ms = {};  // monotonic; since when a code could have been read
  bool unread = false;                             // and none was, for long
  friend bool operator==(const Viewfinder&, const Viewfinder&) = default;
};

// What the microphone is wanted for; kClose: what was said is to be given back.
enum class MicrophoneUse : std::uint8_t { kOff, kRecord, kClose };

// What the camera is wanted for.
enum class CameraUse : std::uint8_t { kOff, kPhoto, kCode };

}  // namespace mimika
