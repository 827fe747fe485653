#include "kiosk/device/ogg_pages.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "kiosk/base/limits.h"

namespace mimika::device {
namespace {

constexpr std::string_view kPageMark = "OggS";
constexpr std::uint8_t kVersion = 0;
constexpr std::uint8_t kContinued = 1;  // the page begins in the middle of a packet
constexpr std::uint8_t kFirst = 2;
constexpr std::uint8_t kLast = 4;
constexpr std::size_t kHeaderBytes = 27;
constexpr std::size_t kChecksumAt = 22;
constexpr std::size_t kMostSegments = 255;
constexpr std::size_t kFullSegment = 255;  // a segment of this size is not its packet's last
// About a second of speech: few enough headers, and a short memory of what is not in a page yet.
constexpr std::size_t kSegmentsPerPage = 50;
// Streams are told apart by it where several share a file; ours are alone, and a random one would say nothing.
constexpr std::uint32_t kSerial = 1;

constexpr std::array<std::uint32_t, 256> make_checksum_table() {
  constexpr std::uint32_t kPolynomial = 0x04C1'1DB7;
  constexpr std::uint32_t kTopBit = 0x8000'0000;
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t i = 0; i < table.size(); ++i) {
    std::uint32_t value = i << 24U;
    for (int bit = 0; bit < 8; ++bit) value = (value << 1U) ^ ((value & kTopBit) != 0 ? kPolynomial : 0U);
    table[i] = value;
  }
  return table;
}
constexpr auto kChecksumTable = make_checksum_table();

std::uint32_t checksum(std::uint32_t value, ByteView bytes) {
  for (const std::uint8_t byte : bytes) value = (value << 8U) ^ kChecksumTable[((value >> 24U) ^ byte) & 0xFFU];
  return value;
}

// A page's checksum is made with zeros where it will stand.
std::uint32_t page_checksum(ByteView header, ByteView body) {
  constexpr std::array<std::uint8_t, 4> kZeros{};
  std::uint32_t value = checksum(0, header.first(kChecksumAt));
  value = checksum(value, kZeros);
  return checksum(checksum(value, header.subspan(kChecksumAt + kZeros.size())), body);
}

void append_wiped(WipedBytes& out, ByteView more) {
  out.insert(out.end(), more.begin(), more.end());
}

struct Page {
  std::uint8_t flags = 0;
  std::uint64_t granule = 0;
  std::uint32_t serial = 0;
  std::uint32_t sequence = 0;
  ByteView segments;
  ByteView body;
};

std::unexpected<Error> broken(const char* what) {
  return fail(ErrorCode::kCorrupt, std::string("not a whole Ogg file: ") + what);
}

Result<Page> read_page(ByteReader& reader) {
  const ByteView start = reader.rest();
  TRY_ASSIGN(const ByteView capture, reader.take(kPageMark.size()));
  if (as_text(capture) != kPageMark) return fail(ErrorCode::kCorrupt, "no page where one should begin");
  Page page;
  TRY_ASSIGN(const std::uint8_t version, reader.u8());
  if (version != kVersion) return fail(ErrorCode::kCorrupt, "a page of an unknown version");
  TRY_ASSIGN(page.flags, reader.u8());
  TRY_ASSIGN(page.granule, reader.u64());
  TRY_ASSIGN(page.serial, reader.u32());
  TRY_ASSIGN(page.sequence, reader.u32());
  TRY_ASSIGN(const std::uint32_t said, reader.u32());
  TRY_ASSIGN(const std::uint8_t count, reader.u8());
  TRY_ASSIGN(page.segments, reader.take(count));
  std::size_t size = 0;
  for (const std::uint8_t segment : page.segments) size += segment;
  TRY_ASSIGN(page.body, reader.take(size));
  if (page_checksum(start.first(kHeaderBytes + count), page.body) != said)
    return fail(ErrorCode::kCorrupt, "a page with a wrong checksum");
  return page;
}

}  // namespace

OggWriter::OggWriter() {
  // Enough for almost every recording, so that nothing is copied while it grows.
  out_.reserve(limits::kVoiceBytesUsual);
  body_.reserve(kSegmentsPerPage * limits::kVoicePacketBytes);
}

void OggWriter::add(ByteView packet, std::uint64_t granule) {
  const std::size_t needed = packet.size() / kFullSegment + 1;
  // Only before a packet, never after it: there is always one left for finish() to end the stream with.
  if (!segments_.empty() && segments_.size() + needed > kSegmentsPerPage) flush();
  segments_.insert(segments_.end(), needed - 1, kFullSegment);
  segments_.push_back(static_cast<std::uint8_t>(packet.size() % kFullSegment));
  append_wiped(body_, packet);
  granule_ = granule;
}

void OggWriter::flush() {
  if (!segments_.empty()) end_page(PageKind::kMiddle);
}

WipedBytes OggWriter::finish(std::uint64_t granule) {
  granule_ = granule;
  end_page(PageKind::kLast);
  return std::exchange(out_, {});
}

void OggWriter::end_page(PageKind kind) {
  Bytes header(kPageMark.begin(), kPageMark.end());
  header.push_back(kVersion);
  header.push_back(static_cast<std::uint8_t>((sequence_ == 0 ? kFirst : 0) | (kind == PageKind::kLast ? kLast : 0)));
  append_u64(header, granule_);
  append_u32(header, kSerial);
  append_u32(header, sequence_++);
  append_u32(header, 0);
  header.push_back(static_cast<std::uint8_t>(segments_.size()));
  append(header, segments_);
  Bytes sum;
  append_u32(sum, page_checksum(header, body_));
  std::copy(sum.begin(), sum.end(), header.begin() + kChecksumAt);
  append_wiped(out_, header);
  append_wiped(out_, body_);
  overwrite_memory(body_.data(), body_.size());
  body_.clear();
  segments_.clear();
}

Result<OggPackets> read_ogg(ByteView file) {
  if (file.size() > limits::kSoundFileBytes) return fail(ErrorCode::kTooLarge, "the sound file is too large");
  ByteReader reader(file);
  OggPackets packets;
  packets.bytes.reserve(file.size());
  std::uint32_t serial = 0;
  std::size_t open_size = 0;  // of the packet that goes on in the next page
  bool open = false;
  for (std::uint32_t sequence = 0;; ++sequence) {
    auto page = read_page(reader);
    if (!page) return broken(page.error().message.c_str());
    if (sequence == 0) serial = page->serial;
    if (page->serial != serial) return broken("several streams in one file");
    if (page->sequence != sequence) return broken("a page is missing");
    if (((page->flags & kFirst) != 0) != (sequence == 0)) return broken("a stream begins in the middle");
    if (((page->flags & kContinued) != 0) != open) return broken("a packet without its beginning or end");
    append_wiped(packets.bytes, page->body);
    for (const std::uint8_t segment : page->segments) {
      open_size += segment;
      open = segment == kFullSegment;
      if (!open) packets.sizes.push_back(static_cast<std::uint32_t>(std::exchange(open_size, 0)));
    }
    if ((page->flags & kLast) == 0) continue;
    if (open) return broken("the last packet does not end");
    if (!reader.rest().empty()) return broken("something follows the end");
    packets.last_granule = page->granule;
    return packets;
  }
}

}  // namespace mimika::device
