// What the camera's thread does, one step at a time: finds the camera, keeps it running, makes of its frames what was
// asked for, and says how it is. Without a thread of its own, so that tests own the time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "kiosk/base/env.h"
#include "kiosk/device/camera_source.h"
#include "kiosk/device/frame_decoder.h"
#include "kiosk/device/photo.h"
#include "kiosk/device/qr_reader.h"

namespace mimika::device {

enum class CameraState {
  kOff,           // nobody wants it; its light is off
  kNoneFound,     // there is none
  kStarting,      // it was found; no picture yet
  kLive,          // pictures come
  kTooDark,       // pictures come, and nothing can be seen on them: a cover, a hand, a dark room
  kUnplugged,     // it was there and is gone; it is used again as soon as it is back
  kInUse,         // another program has it
  kGivesGarbage,  // it is there, and no picture can be made of what it sends, or it stands still
};

// A short stable name, for logs and machine-readable answers: "too_dark".
[[nodiscard]] const char* camera_state_name(CameraState state);

struct CameraWish {
  PixelSize preview{.width = 800, .height = 450};  // the box that previews are fitted into
  bool read_codes = false;                         // whether QR codes are looked for
};

struct CameraNews {
  CameraState state = CameraState::kOff;
  std::optional<Image> preview;
  std::optional<Result<Photo>> photo;
  std::optional<std::string> code;
  int pause_ms = 0;  // there is nothing to do for so long, unless the wish changes
};

class CameraEngine {
 public:
  static constexpr int kFrameWaitMs = 100;      // of one step; so soon is a camera off again
  static constexpr int kStepMs = 10;            // between two steps at least
  static constexpr int kLookMs = 1000;          // between two looks for a camera
  static constexpr int kPreviewMs = 60;         // at least, between two previews: 15 a second of cameras that give 30
  static constexpr int kCodeMs = 100;           // at least, between two looks for a code
  static constexpr int kFirstPictureMs = 5000;  // cameras take seconds to wake up
  static constexpr int kSilenceMs = 2000;       // without a usable picture, of one that was live
  static constexpr int kStillMs = 3000;         // of the same bytes: no sensor is without noise
  static constexpr int kDarkMs = 1000;          // before it is called dark: exposure settles first
  static constexpr int kPhotoMs = 3000;         // that a photo is waited for
  static constexpr int kDarkLuma = 20;          // of 255, in the mean
  static constexpr int kLightLuma = 28;         // from here on it is no longer dark

  CameraEngine(CameraSource& source, Env& env) : source_(source), env_(env) {}

  // Waits for at most kFrameWaitMs. `take`: the next picture becomes a photo; a photo, or why there is none, comes with
  // this step's news or with a later one's.
  [[nodiscard]] CameraNews step(const CameraWish& wish, bool take);
  // Nobody wants it any more; a photo that was waited for is forgotten.
  void switch_off();

 private:
  void open();
  void close_and_wait(CameraState state);
  void on_frame(const FrameView& frame, const CameraWish& wish, CameraNews& news);
  [[nodiscard]] bool stands_still(const FrameView& frame, int luma);
  void judge_light(int luma);
  void on_bad_frame();
  void on_silence();

  CameraSource& source_;
  Env& env_;
  FrameDecoder decoder_;
  QrReader codes_;
  CameraState state_ = CameraState::kOff;
  bool open_ = false;
  bool was_there_ = false;
  std::int64_t now_ = 0;
  std::int64_t look_at_ = 0;
  std::int64_t opened_at_ = 0;
  std::optional<std::int64_t> good_at_;  // since it was opened
  std::int64_t preview_at_ = 0;
  std::int64_t code_at_ = 0;
  std::optional<std::int64_t> dark_since_;
  std::optional<std::int64_t> take_since_;
  std::size_t frame_hash_ = 0;
  std::int64_t changed_at_ = 0;
};

}  // namespace mimika::device
