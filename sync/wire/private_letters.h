// A private part as letters: its texts one after the other, each begun by the number of its field and ended by a NUL,
// for a model of how people write (text_model.h). A length would stand before a text, where nothing foretells it; its
// end can be foretold.
#pragma once

#include <optional>

#include "kiosk/base/bytes.h"
#include "sync/wire/text_model.h"

namespace mimika::wire {

// `raw`: mimika.wire.pb.PrivatePart. Empty where letters would not bring these very bytes back: a text with a NUL in
// it, a key of an attachment, a field that this program does not know.
[[nodiscard]] std::optional<Bytes> to_letters(ByteView raw);
// kCorrupt for letters that to_letters() does not write.
[[nodiscard]] Result<Bytes> from_letters(ByteView letters);

// Where letters end, told one at a time.
class LettersEnd {
 public:
  [[nodiscard]] TextModel::Next after(std::uint8_t letter);

 private:
  int texts_ = 0;  // that have to be ended before the next field
};

}  // namespace mimika::wire
