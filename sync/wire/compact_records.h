// A kiosk's records in as few bytes as they need: filings are written as what differs from the one before, everything
// else as it is. What is hashed and stored are the event's own bytes, so whoever writes checks that exactly these come
// back; a filing for which they would not (a newer program's) goes as it is.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "kiosk/model/event.h"
#include "sync/wire/envelope.h"

namespace mimika::wire {

// One side's memory of the records before; frames of one call are coded in their order by one coder.
class CompactCoder {
 public:
  // The columns and, behind them, what cannot be compressed (sealed parts, receipt keys).
  struct Coded {
    Bytes columns;
    Bytes tail;
  };
  [[nodiscard]] Coded encode(std::span<const EventRecord> records);
  // kCorrupt for anything malformed; kTooLarge for more than limits::kFrameEvents, or than limits::kFrameRawBytes of
  // them: a text said once and pointed at often must not fill the memory.
  [[nodiscard]] Result<std::vector<EventRecord>> decode(ByteView columns, ByteView tail);

 private:
  struct Last {
    EventTime time;
    SealPosition sealed_at;
    TicketNumber number;
    DistrictCode district;
  };
  Result<EventRecord> decode_record(ByteReader& columns, ByteReader& tail);
  bool encode_filing(const EventRecord& record, Coded& out);
  Result<EventRecord> decode_filing(std::uint8_t first, ByteReader& columns, ByteReader& tail);
  void put_text(const std::string& text, Bytes& out);
  Result<std::string> take_text(ByteReader& in);
  void remember(const Event& event, const TicketFiled& filed);

  Last last_;
  std::vector<std::string> texts_;  // most recently used last
};

}  // namespace mimika::wire
