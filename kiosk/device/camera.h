// The camera as the screen uses it. A thread of its own owns the device; the newest of everything waits here to be
// fetched, and nothing queues. Off, its light included, unless somebody wants it.
//
//   Camera camera(std::make_unique<V4l2Source>(make_v4l2_io()), env, [&] { window.wake(); });
//   camera.start({.preview = {800, 450}});
//   … after each wake: camera.state(), camera.preview() …
//   camera.take();  … later: camera.taken() …
//   camera.stop();
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "kiosk/device/camera_engine.h"

namespace mimika::device {

// Every function may be called from any thread, and none waits for the device.
class Camera {
 public:
  // `notify` is called on the camera's thread whenever something new can be fetched; it must not call this camera.
  // `env` must outlive it, and its clock is read on the camera's thread.
  Camera(std::unique_ptr<CameraSource> source, Env& env, std::function<void()> notify);
  ~Camera();  // waits until the camera is off
  Camera(const Camera&) = delete;
  Camera& operator=(const Camera&) = delete;

  // Again while it runs: changes what is wanted.
  void start(const CameraWish& wish);
  // What waits to be fetched is overwritten before this returns; the light is off a tenth of a second later.
  void stop();
  // The next picture becomes a photo. Ignored while it is off.
  void take();

  [[nodiscard]] CameraState state() const;
  // Each once: nothing when there is nothing new.
  [[nodiscard]] std::optional<Image> preview();
  [[nodiscard]] std::optional<Result<Photo>> taken();  // kUnreachable when no picture came in time
  [[nodiscard]] std::optional<std::string> code();     // a QR code's text; see qr_reader.h

 private:
  void run();
  void forget();  // mutex held
  // Whether somebody should fetch something; mutex held.
  [[nodiscard]] bool publish(CameraNews news);

  std::unique_ptr<CameraSource> source_;
  Env& env_;
  std::function<void()> notify_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool ending_ = false;
  std::optional<CameraWish> wish_;
  unsigned visit_ = 0;  // counts the stops: what was made before one is for nobody
  bool take_ = false;
  CameraState state_ = CameraState::kOff;
  std::optional<Image> preview_;
  std::optional<Result<Photo>> photo_;
  std::optional<std::string> code_;
  std::thread thread_;  // last: it starts when everything above exists
};

}  // namespace mimika::device
