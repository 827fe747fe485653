// A kiosk's records in as few bytes as they need: filings are written as what differs from the one before, everything
// else as it is. What is hashed and stored are the event's own bytes, so whoever writes checks that exactly these come
// back; a filing for which they would not (a newer program's) goes as it is.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "kiosk/model/event.h"
#include "sync/wire/column_coder.h"
#include "sync/wire/envelope.h"

namespace mimika::wire {

// One side's memory of the records before; frames of one call are coded in their order by one coder.
class CompactCoder {
 public:
  // The times of the call's header: a filing is not long before its call.
  CompactCoder(WallMs wall_ms, std::int64_t monotonic_ms);
  explicit CompactCoder(const CallHeader& header) : CompactCoder(header.wall_ms, header.monotonic_ms) {}

  // The columns and, behind them, what cannot be compressed (sealed parts, receipt keys).
  struct Coded {
    Bytes columns;
    Bytes tail;
  };
  // At most limits::kFrameEvents.
  [[nodiscard]] Coded encode(std::span<const EventRecord> records);
  // kCorrupt for anything malformed; kTooLarge for more than limits::kFrameEvents, or than limits::kFrameRawBytes of
  // them: few bytes of columns may stand for many.
  [[nodiscard]] Result<std::vector<EventRecord>> decode(ByteView columns, ByteView tail);

  // What it has learnt so far: for a test that writes columns which encode() would not.
  [[nodiscard]] const ColumnModels& models() const { return models_; }

 private:
  struct Last {
    EventTime time;
    SealPosition sealed_at;
    TicketNumber number;
    DistrictCode district;
  };
  struct Learnt;
  static const Learnt& learnt_before();
  CompactCoder() = default;
  void begin_call(WallMs wall_ms, std::int64_t monotonic_ms);

  [[nodiscard]] Column flags_column() const { return first_ ? Column::kFirstFlags : Column::kFlags; }
  bool encode_filing(const EventRecord& record, ColumnWriter& out, Bytes& tail);
  Result<EventRecord> decode_record(ColumnReader& in, ByteReader& tail);
  Result<EventRecord> decode_filing(std::uint8_t first, ColumnReader& in, ByteReader& tail);
  void put_text(const std::string& text, Column column, ColumnWriter& out);
  Result<std::string> take_text(Column column, ColumnReader& in);
  void remember(const Event& event, const TicketFiled& filed);

  ColumnModels models_;
  bool first_ = true;  // no filing has come in this call
  Last last_;
  std::vector<std::string> texts_;  // most recently used last
};

}  // namespace mimika::wire
