// Targets of targets.h for the files of sticks, apart from the others only because they need keys of both sides.
#pragma once

#include <vector>

#include "kiosk/base/bytes.h"

namespace mimika::fuzz {

// `bundle` and `ack`: the input is a file, block by block as a stranger wrote it. `bundle_inside`: the input is the
// content in good blocks. `ack_inside`: the input is what stands behind seal and signature, which keep chance out; what
// stands there in a bundle is a call, which has a target of its own.
void run_bundle(ByteView input);
void run_ack(ByteView input);
void run_bundle_inside(ByteView input);
void run_ack_inside(ByteView input);

[[nodiscard]] std::vector<Bytes> seeds_of_bundle();
[[nodiscard]] std::vector<Bytes> seeds_of_ack();
[[nodiscard]] std::vector<Bytes> seeds_of_bundle_inside();
[[nodiscard]] std::vector<Bytes> seeds_of_ack_inside();

}  // namespace mimika::fuzz
