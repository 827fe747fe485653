// A camera of our own making, where there is none: for tests, and for a kiosk that is driven by a script. It shows a
// picture that it is given, and can have every trouble a real one has.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>

#include "kiosk/device/camera_source.h"

namespace mimika::device {

enum class RecordedTrouble {
  kNone,
  kInUse,      // another program has it
  kUnusable,   // it offers nothing we can use
  kCut,        // each frame ends in its middle
  kWrongSize,  // a frame claims more pixels than there are, or than anybody takes
  kNoise,      // bytes that were never a picture
  kEmpty,      // frames of no bytes
  kBlack,      // a cover before the lens
  kStill,      // the same frame again and again
  kSilent,     // no frame comes
};

// What the camera sees and how it is. Every function may be called from any thread; it must outlive its camera.
class RecordedScene {
 public:
  // frame_ms: between two frames; 0 in tests that own the time, where nothing waits.
  RecordedScene(FrameFormat format, int frame_ms) : format_(format), frame_ms_(frame_ms) {}

  void show(const Image& picture);  // also of another size than before, in the middle of everything
  void plug_in();
  void unplug();
  void have(RecordedTrouble trouble);

  [[nodiscard]] bool lit() const;  // whether somebody has it open
  [[nodiscard]] int openings() const;

 private:
  friend class RecordedCamera;
  [[nodiscard]] Bytes next_bytes();  // mutex held

  const FrameFormat format_;
  const int frame_ms_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  Bytes picture_;  // in the camera's own format
  Bytes black_;
  PixelSize size_;
  bool plugged_ = true;
  bool lit_ = false;
  int openings_ = 0;
  std::uint32_t frames_ = 0;
  RecordedTrouble trouble_ = RecordedTrouble::kNone;
};

class RecordedCamera final : public CameraSource {
 public:
  explicit RecordedCamera(RecordedScene& scene) : scene_(scene) {}
  ~RecordedCamera() override { close(); }
  [[nodiscard]] std::expected<void, SourceFault> open() override;
  [[nodiscard]] std::expected<FrameView, SourceFault> next_frame(int timeout_ms) override;
  void close() override;

 private:
  RecordedScene& scene_;
  bool open_ = false;
  WipedBytes frame_;
};

// Mountains, a river and a sun, drawn here: something to see that belongs to nobody.
[[nodiscard]] Image draw_sample_picture(PixelSize size);

}  // namespace mimika::device
