#include "sync/wire/zstd_codec.h"

#define ZSTD_STATIC_LINKING_ONLY  // for the name of one parameter; the shared library knows it
#include <zstd.h>

#include <memory>

#include "kiosk/base/check.h"

namespace mimika::wire {
namespace {

struct FreeCompressor {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
};
struct FreeDecompressor {
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

ZSTD_DCtx* fresh_decompressor() {
  thread_local const std::unique_ptr<ZSTD_DCtx, FreeDecompressor> context(ZSTD_createDCtx());
  CHECK(context != nullptr);
  ZSTD_DCtx_reset(context.get(), ZSTD_reset_session_and_parameters);
  return context.get();
}

Result<Bytes> stream_out(ZSTD_DCtx* context, ByteView compressed, std::size_t max_bytes) {
  Bytes out;
  ZSTD_inBuffer in{compressed.data(), compressed.size(), 0};
  std::uint8_t block[16 * 1024];
  for (;;) {
    ZSTD_outBuffer chunk{block, sizeof block, 0};
    const std::size_t left = ZSTD_decompressStream(context, &chunk, &in);
    if (ZSTD_isError(left) != 0) return fail(ErrorCode::kCorrupt, "compressed bytes are damaged");
    if (out.size() + chunk.pos > max_bytes) return fail(ErrorCode::kTooLarge, "decompresses to more than allowed");
    out.insert(out.end(), block, block + chunk.pos);
    if (left == 0) break;
    if (chunk.pos == 0 && in.pos == in.size) return fail(ErrorCode::kCorrupt, "compressed bytes are truncated");
  }
  if (in.pos != in.size) return fail(ErrorCode::kCorrupt, "bytes after the compressed content");
  return out;
}

}  // namespace

// The checksum is left out because every use stands under a tag or a signature, and the content size because the reader
// has a limit of its own.
Bytes compress(ByteView raw, Effort effort) {
  thread_local const std::unique_ptr<ZSTD_CCtx, FreeCompressor> context(ZSTD_createCCtx());
  CHECK(context != nullptr);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, static_cast<int>(effort));
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_contentSizeFlag, 0);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 0);
  Bytes out(ZSTD_compressBound(raw.size()));
  const std::size_t size = ZSTD_compress2(context.get(), out.data(), out.size(), raw.data(), raw.size());
  CHECK(ZSTD_isError(size) == 0);
  out.resize(size);
  return out;
}

Result<Bytes> decompress(ByteView compressed, std::size_t max_bytes) {
  ZSTD_DCtx* const context = fresh_decompressor();
  return stream_out(context, compressed, max_bytes);
}

Result<Bytes> decompress_with(const ZSTD_DDict_s* dictionary, ByteView compressed, std::size_t max_bytes) {
  ZSTD_DCtx* const context = fresh_decompressor();
  ZSTD_DCtx_setParameter(context, ZSTD_d_format, ZSTD_f_zstd1_magicless);
  ZSTD_DCtx_refDDict(context, dictionary);
  return stream_out(context, compressed, max_bytes);
}

}  // namespace mimika::wire
