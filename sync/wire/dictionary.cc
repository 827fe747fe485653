#include "sync/wire/dictionary.h"

#define ZSTD_STATIC_LINKING_ONLY  // for the names of two parameters; the shared library knows them
#include <zstd.h>

#include <algorithm>

#include "kiosk/base/check.h"
#include "sync/wire/dictionary_files.h"
#include "sync/wire/zstd_codec.h"

namespace mimika::wire {
namespace {

constexpr std::uint32_t kPurpose = 1U << 16;  // of an id: private parts, then the version

// The first byte of a compressed private part: the version, and this bit when a whole frame follows.
constexpr std::uint8_t kWholeFrame = 0x80;

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

struct FreeCompressor {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
};

}  // namespace

struct Dictionary::Prepared {
  ZSTD_CDict* compress = nullptr;
  ZSTD_DDict* decompress = nullptr;
  ~Prepared() {
    ZSTD_freeCDict(compress);
    ZSTD_freeDDict(decompress);
  }
};

Dictionary::Dictionary(std::uint32_t version, std::unique_ptr<Prepared> prepared)
    : version_(version), prepared_(std::move(prepared)) {}
Dictionary::~Dictionary() = default;

Result<std::shared_ptr<const Dictionary>> Dictionary::open(std::uint32_t version, ByteView bytes) {
  const bool fits = version >= 1 && version <= kDictionaryVersions && bytes.size() <= kDictionaryBytes &&
                    ZSTD_getDictID_fromDict(bytes.data(), bytes.size()) == (kPurpose | version);
  if (!fits) return fail(ErrorCode::kCorrupt, "not dictionary " + std::to_string(version) + " for private parts");
  auto prepared = std::make_unique<Prepared>();
  prepared->compress = ZSTD_createCDict(bytes.data(), bytes.size(), static_cast<int>(Effort::kBackground));
  prepared->decompress = ZSTD_createDDict(bytes.data(), bytes.size());
  if (prepared->compress == nullptr || prepared->decompress == nullptr) {
    return fail(ErrorCode::kCorrupt, "the dictionary is damaged");
  }
  return std::shared_ptr<const Dictionary>(new Dictionary(version, std::move(prepared)));
}

Bytes Dictionary::compress(ByteView raw) const {
  thread_local const std::unique_ptr<ZSTD_CCtx, FreeCompressor> context(ZSTD_createCCtx());
  CHECK(context != nullptr);
  ZSTD_CCtx_reset(context.get(), ZSTD_reset_session_and_parameters);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_format, ZSTD_f_zstd1_magicless);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_contentSizeFlag, 0);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 0);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_dictIDFlag, 0);
  ZSTD_CCtx_refCDict(context.get(), prepared_->compress);
  Bytes out(1 + ZSTD_compressBound(raw.size()));
  const std::size_t size = ZSTD_compress2(context.get(), out.data() + 1, out.size() - 1, raw.data(), raw.size());
  CHECK(ZSTD_isError(size) == 0);
  out.resize(1 + size);
  out[0] = static_cast<std::uint8_t>(version_);
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

Result<Bytes> Dictionary::decompress(ByteView compressed, std::size_t max_bytes) const {
  if (compressed.empty() || (compressed[0] & ~kWholeFrame) != version_) {
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
  return decompress_with(prepared_->decompress, frame, max_bytes);
}

const Dictionaries& Dictionaries::built_in() {
  static const Dictionaries dictionaries = [] {
    Dictionaries all;
    std::uint32_t version = 0;
    for (const std::string_view bytes : kDictionaryFiles) {
      auto opened = Dictionary::open(++version, as_bytes(bytes));
      CHECK(opened.has_value());
      all.add(*opened);
    }
    CHECK(all.newest() == kNewestBuiltInDictionary);
    return all;
  }();
  return dictionaries;
}

void Dictionaries::add(std::shared_ptr<const Dictionary> dictionary) {
  const std::uint32_t version = dictionary->version();
  by_version_.emplace(version, std::move(dictionary));
}

std::shared_ptr<const Dictionary> Dictionaries::find(std::uint32_t version) const {
  const auto found = by_version_.find(version);
  return found == by_version_.end() ? nullptr : found->second;
}

std::uint32_t Dictionaries::newest() const {
  return by_version_.empty() ? 0 : by_version_.rbegin()->first;
}

}  // namespace mimika::wire
