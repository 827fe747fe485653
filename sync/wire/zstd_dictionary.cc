#include "sync/wire/dictionary_forms.h"

#define ZSTD_STATIC_LINKING_ONLY  // for the names of two parameters; the shared library knows them
#include <zstd.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>

#include "kiosk/base/check.h"
#include "sync/wire/zstd_codec.h"

namespace mimika::wire {
namespace {

// Nearly always a message is one compressed block behind the same header: no checksum, no size, a window; then three
// bytes with the block's size, which the message's own length says as well. The library asks for a window as large as
// the message or the dictionary; this one, the dictionary's, holds both and reads the same.
constexpr std::uint8_t kFrameDescriptor = 0x00;
constexpr std::uint8_t kWindow = 0x38;
constexpr std::size_t kFrameHeader = 2;
constexpr std::size_t kBlockHeader = 3;
constexpr std::uint32_t kLastCompressedBlock = 1 | 2 << 1;

std::array<std::uint8_t, kFrameHeader + kBlockHeader> header_for(std::size_t block_size) {
  const auto block = static_cast<std::uint32_t>(block_size) << 3 | kLastCompressedBlock;
  return {kFrameDescriptor, kWindow, static_cast<std::uint8_t>(block), static_cast<std::uint8_t>(block >> 8),
          static_cast<std::uint8_t>(block >> 16)};
}

struct FreeZstd {
  void operator()(ZSTD_CDict* dictionary) const { ZSTD_freeCDict(dictionary); }
  void operator()(ZSTD_DDict* dictionary) const { ZSTD_freeDDict(dictionary); }
};

class ZstdDictionary final : public Dictionary {
 public:
  ZstdDictionary(std::uint32_t version, ByteView bytes)
      : Dictionary(version),
        compress_(ZSTD_createCDict(bytes.data(), bytes.size(), static_cast<int>(Effort::kBackground))),
        decompress_(ZSTD_createDDict(bytes.data(), bytes.size())) {}
  [[nodiscard]] bool usable() const { return compress_ != nullptr && decompress_ != nullptr; }
  [[nodiscard]] Bytes compress(ByteView raw) const override;
  [[nodiscard]] Result<Bytes> decompress(ByteView compressed, std::size_t max_bytes) const override;

 private:
  std::unique_ptr<ZSTD_CDict, FreeZstd> compress_;
  std::unique_ptr<ZSTD_DDict, FreeZstd> decompress_;
};

Bytes ZstdDictionary::compress(ByteView raw) const {
  const Compressor context = forgetful_compressor();
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_format, ZSTD_f_zstd1_magicless);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_contentSizeFlag, 0);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 0);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_dictIDFlag, 0);
  ZSTD_CCtx_refCDict(context.get(), compress_.get());
  Bytes out(1 + ZSTD_compressBound(raw.size()));
  const std::size_t size = ZSTD_compress2(context.get(), out.data() + 1, out.size() - 1, raw.data(), raw.size());
  CHECK(ZSTD_isError(size) == 0);
  out.resize(1 + size);
  out[0] = static_cast<std::uint8_t>(version());
  if (size > kFrameHeader + kBlockHeader && out[1 + 1] <= kWindow) {
    auto usual = header_for(size - kFrameHeader - kBlockHeader);
    usual[1] = out[1 + 1];
    if (std::equal(usual.begin(), usual.end(), out.begin() + 1)) {
      out.erase(out.begin() + 1, out.begin() + 1 + kFrameHeader + kBlockHeader);
      return out;
    }
  }
  out[0] |= kWholeFrame;
  return out;
}

Result<Bytes> ZstdDictionary::decompress(ByteView compressed, std::size_t max_bytes) const {
  if (compressed.empty() || (compressed[0] & ~kWholeFrame) != version()) {
    return fail(ErrorCode::kCorrupt, "compressed with another dictionary");
  }
  const ByteView rest = compressed.subspan(1);
  Bytes frame;
  if ((compressed[0] & kWholeFrame) == 0) {
    if (rest.empty()) return fail(ErrorCode::kCorrupt, "a block without bytes");
    if (rest.size() > kDictionaryBytes) return fail(ErrorCode::kTooLarge, "a block over its limit");
    const auto header = header_for(rest.size());
    frame.assign(header.begin(), header.end());
  }
  append(frame, rest);
  return decompress_with(decompress_.get(), frame, max_bytes);
}

}  // namespace

Result<std::shared_ptr<const Dictionary>> open_zstd_dictionary(std::uint32_t version, ByteView bytes) {
  if (ZSTD_getDictID_fromDict(bytes.data(), bytes.size()) != dictionary_id(version)) {
    return fail(ErrorCode::kCorrupt, "not dictionary " + std::to_string(version) + " for private parts");
  }
  auto opened = std::make_shared<const ZstdDictionary>(version, bytes);
  if (!opened->usable()) return fail(ErrorCode::kCorrupt, "the dictionary is damaged");
  return opened;
}

}  // namespace mimika::wire
