// The headers of call and answer as bytes: for the writers and readers of this folder, and for whoever keeps one.
#pragma once

#include "sync/wire/envelope.h"

namespace mimika::wire {

[[nodiscard]] Bytes encode_call_header(const CallHeader& header);
[[nodiscard]] Result<CallHeader> decode_call_header(ByteView bytes);
[[nodiscard]] Bytes encode_answer_header(const Answer& answer);
[[nodiscard]] Status decode_answer_header(ByteView bytes, Answer& answer);

}  // namespace mimika::wire
