// Events as bytes. The bytes an event is first written in are the ones that are hashed, stored and sent for ever:
// nobody encodes a stored event a second time.
#pragma once

#include "kiosk/base/bytes.h"
#include "kiosk/crypto/hash.h"
#include "kiosk/model/event.h"
#include "kiosk/model/ticket.h"
#include "sync/wire/dictionary.h"

namespace mimika::wire {

[[nodiscard]] Bytes encode_event(const Event& event);  // without its key
// kCorrupt for malformed bytes or values out of range; an unknown kind decodes as UnknownEvent. kTooLarge over
// limits::kEventBytes.
[[nodiscard]] Result<Event> decode_event(const EventKey& key, ByteView bytes);

// The private part, compressed, ready to be sealed. The caller wipes it. `dictionary` may be null; whoever opens the
// part must know it.
[[nodiscard]] Bytes encode_private_part(const PrivatePart& part, const Dictionary* dictionary);
// kNewerVersion for a dictionary that is not among them.
[[nodiscard]] Result<PrivatePart> decode_private_part(ByteView compressed,
                                                      const Dictionaries& known = Dictionaries::built_in());

[[nodiscard]] Bytes encode_ticket(const Ticket& ticket);
[[nodiscard]] Result<Ticket> decode_ticket(ByteView bytes);

// The hash chain of one (device, epoch): h0 names them, h_i covers h_{i-1}, the key, the event and the centre's sealed
// copy. The office's copy is not in it: it never leaves the kiosk and its own tag protects it.
[[nodiscard]] crypto::Hash chain_start(DeviceId device, Epoch epoch);
[[nodiscard]] crypto::Hash chain_next(const crypto::Hash& before, const EventKey& key, ByteView event, ByteView sealed);

}  // namespace mimika::wire
