#include "kiosk/store/witness.h"

#include <fmt/format.h>

#include <charconv>

#include "kiosk/base/bytes.h"
#include "kiosk/base/files.h"
#include "kiosk/model/ticket_number.h"

namespace mimika {
namespace {

constexpr std::size_t kMaxFileBytes = 64;

// One line a technician can read, "0000000417 2864434397 00000000000000001234", always as long, so that it is written
// over in place.
std::string text_of(const WitnessRecord& record) {
  return fmt::format("{:010} {:010} {:020}\n", record.counter, record.epoch.value, record.seq.value);
}

template <typename Number>
bool take_number(std::string_view& text, char end, Number& value) {
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const auto used = static_cast<std::size_t>(stop - text.data());
  if (error != std::errc{} || used == text.size() || text[used] != end) return false;
  text.remove_prefix(used + 1);
  return true;
}

}  // namespace

Result<std::optional<WitnessRecord>> read_witness(const std::string& path) {
  const auto content = read_file(path, kMaxFileBytes);
  if (!content) {
    if (content.error().code == ErrorCode::kNotFound) return std::nullopt;
    if (content.error().code != ErrorCode::kTooLarge) return std::unexpected(content.error());
  }
  WitnessRecord record;
  std::string_view text = content ? as_text(*content) : std::string_view();
  const bool ours = take_number(text, ' ', record.counter) && take_number(text, ' ', record.epoch.value) &&
                    take_number(text, '\n', record.seq.value) && text.empty() && record.counter <= kMaxTicketCounter;
  if (!ours) return fail(ErrorCode::kCorrupt, path + " should hold a ticket counter, an epoch and a seq");
  return record;
}

Status write_witness(const std::string& path, const WitnessRecord& record, Durability durability) {
  return overwrite_file(path, as_bytes(text_of(record)), FileMode::kPublic, durability);
}

}  // namespace mimika
