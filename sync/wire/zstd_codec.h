// zstd with a bound on what comes out: a small hostile frame must not become a large one.
#pragma once

#include "kiosk/base/bytes.h"

namespace mimika::wire {

[[nodiscard]] Bytes compress(ByteView raw);
// kCorrupt for damaged bytes, kTooLarge when more than `max_bytes` would come out.
[[nodiscard]] Result<Bytes> decompress(ByteView compressed, std::size_t max_bytes);

}  // namespace mimika::wire
