#include "sync/wire/zstd_codec.h"

#define ZSTD_STATIC_LINKING_ONLY  // for the names of a parameter and of a function; the shared library knows them
#include <zstd.h>

#include <cstdlib>
#include <cstring>
#include <memory>

#include "kiosk/base/check.h"
#include "kiosk/base/wipe.h"

namespace mimika::wire {
namespace {

// Memory that knows its length, so that it can be overwritten when the library gives it back.
constexpr std::size_t kLengthBytes = alignof(std::max_align_t);

void* take_block(void* /*unused*/, std::size_t bytes) {
  auto* block = static_cast<std::uint8_t*>(std::malloc(kLengthBytes + bytes));
  if (block == nullptr) return nullptr;
  std::memcpy(block, &bytes, sizeof bytes);
  return block + kLengthBytes;
}

void give_block_back(void* /*unused*/, void* given) {
  if (given == nullptr) return;
  std::uint8_t* block = static_cast<std::uint8_t*>(given) - kLengthBytes;
  std::size_t bytes = 0;
  std::memcpy(&bytes, block, sizeof bytes);
  overwrite_memory(given, bytes);
  std::free(block);
}

Bytes compress_in(ZSTD_CCtx* context, ByteView raw, Effort effort) {
  ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, static_cast<int>(effort));
  ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, 0);
  ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 0);
  Bytes out(ZSTD_compressBound(raw.size()));
  const std::size_t size = ZSTD_compress2(context, out.data(), out.size(), raw.data(), raw.size());
  CHECK(ZSTD_isError(size) == 0);
  out.resize(size);
  return out;
}

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

void FreeCompressor::operator()(ZSTD_CCtx_s* context) const {
  ZSTD_freeCCtx(context);
}

Compressor forgetful_compressor() {
  Compressor context(ZSTD_createCCtx_advanced({take_block, give_block_back, nullptr}));
  CHECK(context != nullptr);
  return context;
}

// The checksum is left out because every use stands under a tag or a signature, and the content size because the reader
// has a limit of its own.
Bytes compress(ByteView raw, Effort effort) {
  thread_local const Compressor context(ZSTD_createCCtx());
  CHECK(context != nullptr);
  return compress_in(context.get(), raw, effort);
}

Bytes compress_private(ByteView raw, Effort effort) {
  return compress_in(forgetful_compressor().get(), raw, effort);
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
