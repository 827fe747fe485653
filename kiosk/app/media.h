// Microphone, camera and the pictures of a visit, as the session wants them. After every action follow() compares: what
// is on and not wanted is switched off, so that no way of leaving a screen can forget a device.
#pragma once

#include <cstdint>
#include <memory>
#include <set>

#include "kiosk/app/desk.h"
#include "kiosk/app/dictation.h"
#include "kiosk/device/camera.h"
#include "kiosk/device/player.h"
#include "kiosk/session/queries.h"
#include "ui/platform/display.h"

namespace mimika {

struct MediaDevices {
  std::unique_ptr<device::CameraSource> camera;
  std::unique_ptr<device::CaptureSource> microphone;
};

class Media {
 public:
  static constexpr std::int64_t kPlayTickMs = 100;  // between two positions of a voice that plays

  // Everything by reference must outlive it.
  Media(MediaDevices devices, device::Player& player, ui::Display& display, Env& env, Mailbox<DeskMessage>& mailbox);

  void follow(const Session& session);
  // The same while the officers' counter is on the screen: it records nothing.
  void follow_counter(CameraUse use, const std::vector<const Photo*>& photos);
  // A voice of a ticket; MediaPlayed follows. false: it cannot be heard.
  [[nodiscard]] bool play_for_counter(ByteView opus);
  void stop_voice();
  void take_photo() { camera_.take(); }
  // What came since the last time, posted to the mailbox. true: a new picture is to be drawn.
  [[nodiscard]] bool fetch(const Session& session);
  // Monotonic; when fetch() should be called although nothing woke the window.
  [[nodiscard]] std::int64_t next_ms() const { return next_ms_; }
  // The person is gone: nothing of what was shown or said is left.
  void forget();

 private:
  void follow_camera(CameraUse use);
  void follow_player(const Session& session);
  void follow_photos(const std::vector<const Photo*>& photos);

  ui::Display& display_;
  device::Player& player_;
  Env& env_;
  Mailbox<DeskMessage>& mailbox_;
  device::Camera camera_;
  Dictation dictation_;
  CameraUse use_ = CameraUse::kOff;
  device::CameraState state_ = device::CameraState::kOff;
  bool playing_ = false;
  bool counter_plays_ = false;
  std::set<std::uint32_t> shown_;  // photos whose pictures the display has
  std::int64_t next_ms_ = 0;
};

}  // namespace mimika
