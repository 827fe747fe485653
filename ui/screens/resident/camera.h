// What the camera sees: to photograph what is wrong or a paper, and to read the QR code of a receipt.
#pragma once

#include <optional>
#include <string>

#include "ui/screens/resident/common.h"

namespace mimika::screens {

struct CameraView {
  ui::HeaderView header;
  std::string picture;  // "image/camera", "image/photo-3"; empty: there is nothing to see
  std::string wait;     // words in its place while the camera wakes up
  std::string trouble;  // in words, with what to do
  bool aims = false;    // a square to hold the code in
  Foot foot;
};

[[nodiscard]] CameraView make_camera_view(const Session& session, const SessionContext& context, const Text& text);
[[nodiscard]] CameraView make_scan_view(const Session& session, const Text& text);
[[nodiscard]] std::optional<Action> draw_camera(const CameraView& view, ui::Ui& ui);

// The picture's name for the screen.
[[nodiscard]] std::string photo_picture(const Photo& photo);

}  // namespace mimika::screens
