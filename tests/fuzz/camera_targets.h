// Targets of targets.h for what a camera sends, apart from the others only because the camera's library knows none of
// theirs.
#pragma once

#include <vector>

#include "kiosk/base/bytes.h"

namespace mimika::fuzz {

// The first byte chooses: MJPEG, or YUYV with the next bytes as its size and rows. The rest is the frame.
void run_camera_frame(ByteView input);

[[nodiscard]] std::vector<Bytes> seeds_of_camera_frame();

}  // namespace mimika::fuzz
