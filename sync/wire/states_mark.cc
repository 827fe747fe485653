#include "sync/wire/states_mark.h"

namespace mimika::wire {

Bytes encode_states_mark(const StatesMark& mark) {
  Bytes out;
  append_u64(out, mark.base.value);
  append_u32(out, mark.after.device.value);
  append_u32(out, mark.after.epoch.value);
  append_u64(out, mark.after.seq.value);
  return out;
}

Result<StatesMark> decode_states_mark(ByteView bytes) {
  ByteReader reader(bytes);
  StatesMark mark;
  TRY_ASSIGN(mark.base.value, reader.u64());
  TRY_ASSIGN(mark.after.device.value, reader.u32());
  TRY_ASSIGN(mark.after.epoch.value, reader.u32());
  TRY_ASSIGN(mark.after.seq.value, reader.u64());
  if (!reader.rest().empty()) return fail(ErrorCode::kCorrupt, "a mark of states with more behind it");
  return mark;
}

}  // namespace mimika::wire
