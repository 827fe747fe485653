// zstd with a bound on what comes out: a small hostile frame must not become a large one.
#pragma once

#include <memory>

#include "kiosk/base/bytes.h"

struct ZSTD_CCtx_s;
struct ZSTD_DDict_s;

namespace mimika::wire {

// How hard to try. A frame is made once, in the background, and every byte of it is dear; a private part is made while
// a person waits for "saved", and trying harder would take 13 microseconds for two bytes.
enum class Effort { kBackground = 19, kWhileWaiting = 9 };  // zstd's levels

[[nodiscard]] Bytes compress(ByteView raw, Effort effort);
// The same for what a person wrote: what it needed to work in is overwritten before it returns.
[[nodiscard]] Bytes compress_private(ByteView raw, Effort effort);
// kCorrupt for damaged bytes, kTooLarge when more than `max_bytes` would come out.
[[nodiscard]] Result<Bytes> decompress(ByteView compressed, std::size_t max_bytes);
// The same for a frame without its first four bytes, made with a dictionary (dictionary.h).
[[nodiscard]] Result<Bytes> decompress_with(const ZSTD_DDict_s* dictionary, ByteView compressed, std::size_t max_bytes);

// A compressor for one private part. A compressor keeps what it was given in its tables; one that is kept for the next
// text would hold the last one until then. This one's memory is overwritten with its end.
struct FreeCompressor {
  void operator()(ZSTD_CCtx_s* context) const;
};
using Compressor = std::unique_ptr<ZSTD_CCtx_s, FreeCompressor>;
[[nodiscard]] Compressor forgetful_compressor();

}  // namespace mimika::wire
