// Between our values and protobuf's: shared by the codecs of this folder, not for others.
#pragma once

#include <string>

#include "kiosk/base/bytes.h"
#include "kiosk/model/event.h"
#include "sync/wire/events.pb.h"

namespace mimika::wire {

[[nodiscard]] inline std::string to_proto_bytes(ByteView bytes) {
  return std::string(as_text(bytes));
}
[[nodiscard]] inline Bytes from_proto_bytes(const std::string& text) {
  return Bytes(text.begin(), text.end());
}

void to_proto(const EventKey& key, pb::TicketId& out);
[[nodiscard]] EventKey from_proto(const pb::TicketId& in);
void to_proto(const Actor& actor, pb::Actor& out);
[[nodiscard]] Result<Actor> from_proto(const pb::Actor& in);
// A ticket number's counter; kCorrupt outside 1 to kMaxTicketCounter.
[[nodiscard]] Result<std::uint32_t> read_counter(std::uint32_t counter);
[[nodiscard]] Result<Score> read_score(std::uint32_t score);  // 1 to kBestScore

// An enumerator from its number; kCorrupt above `last`.
template <typename Enum>
[[nodiscard]] Result<Enum> to_enum(std::uint32_t number, Enum last) {
  if (number > static_cast<std::uint32_t>(last)) return fail(ErrorCode::kCorrupt, "a choice out of range");
  return static_cast<Enum>(number);
}

template <typename Message>
[[nodiscard]] Bytes serialise(const Message& message) {
  Bytes out(message.ByteSizeLong());
  message.SerializeWithCachedSizesToArray(out.data());
  return out;
}

// The library writes a line to standard error for every text that is not UTF-8; a stranger must not fill our log so.
void silence_protobuf();

template <typename Message>
[[nodiscard]] Status parse_into(ByteView bytes, Message& out, const char* what) {
  silence_protobuf();
  if (!out.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return fail(ErrorCode::kCorrupt, std::string(what) + " is malformed");
  }
  return {};
}

}  // namespace mimika::wire
