// The Ogg container (RFC 3533), as much of it as one Opus stream needs. Our own and not libogg's, since that leaves
// what a person said in buffers it frees, and forgives what is missing: a recording that was cut must be told, not
// played to the cut as if it had ended there.
#pragma once

#include <cstdint>
#include <vector>

#include "kiosk/base/bytes.h"
#include "kiosk/base/result.h"
#include "kiosk/base/wipe.h"

namespace mimika::device {

// Packets in, whole pages out.
class OggWriter {
 public:
  OggWriter();
  // `granule` is the position in the stream after this packet. A page ends when it is full or `flush` is asked for.
  void add(ByteView packet, std::uint64_t granule);
  void flush();
  // Ends the last page, and the stream, at `granule`.
  [[nodiscard]] WipedBytes finish(std::uint64_t granule);
  [[nodiscard]] std::size_t bytes() const { return out_.size() + body_.size(); }

 private:
  enum class PageKind { kMiddle, kLast };
  void end_page(PageKind kind);

  WipedBytes out_;
  WipedBytes body_;                     // of the page being filled
  std::vector<std::uint8_t> segments_;  //
  std::uint64_t granule_ = 0;
  std::uint32_t sequence_ = 0;
};

// The packets of a file, one after the other in one block.
struct OggPackets {
  WipedBytes bytes;
  std::vector<std::uint32_t> sizes;
  std::uint64_t last_granule = 0;
};

// kCorrupt for anything that is not one whole stream from its first page to its last: a wrong checksum, a page that is
// missing, bytes between pages or after the last, an end that never comes.
[[nodiscard]] Result<OggPackets> read_ogg(ByteView file);

}  // namespace mimika::device
