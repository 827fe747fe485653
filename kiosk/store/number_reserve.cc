#include "kiosk/store/number_reserve.h"

#include <charconv>

#include "kiosk/base/bytes.h"
#include "kiosk/base/files.h"

namespace mimika {
namespace {

constexpr std::size_t kMaxFileBytes = 64;

}  // namespace

Result<NumberReserve> NumberReserve::load(const std::string& path) {
  const auto content = read_file(path, kMaxFileBytes);
  if (!content) {
    if (content.error().code == ErrorCode::kNotFound) return NumberReserve(path, 0);
    return std::unexpected(content.error());
  }
  const std::string_view text = as_text(*content);
  std::uint32_t reserved = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), reserved);
  if (error != std::errc{} ||
      std::string_view(end, static_cast<std::size_t>(text.data() + text.size() - end)) != "\n") {
    return fail(ErrorCode::kCorrupt, path + " should hold one number");
  }
  return NumberReserve(path, reserved);
}

Status NumberReserve::cover(std::uint32_t counter) {
  if (counter <= reserved_) return {};
  const std::uint32_t raised = counter + kNumberBlock - 1;
  TRY(write_file_durably(path_, as_bytes(std::to_string(raised) + "\n"), FileMode::kPublic));
  reserved_ = raised;
  return {};
}

}  // namespace mimika
