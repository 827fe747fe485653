#include "sync/wire/receipt_statement.h"

#include <algorithm>

#include "kiosk/base/ascii.h"

namespace mimika::wire {
namespace {

constexpr std::string_view kPrefix = "MK1:";
constexpr std::string_view kAnyForm = "MK";
constexpr std::size_t kFormDigits = 3;

// What is signed: everything the statement says, under a name of its own.
Bytes signed_part(const ReceiptStatement& s) {
  Bytes out;
  append(out, as_bytes("mimika receipt 1"));
  append(out, as_bytes(format_ticket_number(s.number)));
  append_u32(out, s.key.device.value);
  append_u32(out, s.key.epoch.value);
  append_u64(out, s.key.seq.value);
  append_u64(out, static_cast<std::uint64_t>(s.filed_ms));
  append(out, s.content);
  return out;
}

struct SignedStatement {
  ReceiptStatement statement;
  crypto::Signature signature{};
};

// What a text says, with the signature not yet looked at.
Result<SignedStatement> read_statement(std::string_view text) {
  if (!text.starts_with(kPrefix)) return fail(ErrorCode::kCorrupt, "not a receipt statement");
  text.remove_prefix(kPrefix.size());
  const auto colon = text.find(':');
  if (colon == std::string_view::npos) return fail(ErrorCode::kCorrupt, "a receipt statement without content");

  SignedStatement said;
  ReceiptStatement& statement = said.statement;
  const std::string_view number = text.substr(0, colon);
  TRY_ASSIGN(statement.number, parse_ticket_number(number));
  // Other spellings of a number are for people; a printed statement has one text.
  if (format_ticket_number(statement.number) != number) {
    return fail(ErrorCode::kCorrupt, "a receipt statement's number is misspelt");
  }
  TRY_ASSIGN(const Bytes body, from_base32(text.substr(colon + 1)));
  ByteReader reader(body);
  TRY_ASSIGN(statement.key.device.value, reader.u32());
  TRY_ASSIGN(statement.key.epoch.value, reader.u32());
  TRY_ASSIGN(statement.key.seq.value, reader.u64());
  TRY_ASSIGN(const std::uint64_t filed_ms, reader.u64());
  statement.filed_ms = static_cast<WallMs>(filed_ms);
  TRY_ASSIGN(const ByteView content, reader.take(statement.content.size()));
  std::copy(content.begin(), content.end(), statement.content.begin());
  TRY_ASSIGN(const ByteView signature, reader.take(said.signature.size()));
  std::copy(signature.begin(), signature.end(), said.signature.begin());
  if (!reader.rest().empty()) return fail(ErrorCode::kCorrupt, "bytes after the receipt statement");
  return said;
}

}  // namespace

std::string encode_receipt_statement(const ReceiptStatement& statement, const crypto::SigningKey& key) {
  Bytes body;
  append_u32(body, statement.key.device.value);
  append_u32(body, statement.key.epoch.value);
  append_u64(body, statement.key.seq.value);
  append_u64(body, static_cast<std::uint64_t>(statement.filed_ms));
  append(body, statement.content);
  append(body, key.sign(signed_part(statement)));
  return std::string(kPrefix) + format_ticket_number(statement.number) + ":" + to_base32(body);
}

Result<ReceiptStatement> decode_receipt_statement(std::string_view text, const crypto::VerifyKey& key) {
  TRY_ASSIGN(const SignedStatement said, read_statement(text));
  if (!crypto::verify(key, signed_part(said.statement), said.signature)) {
    return fail(ErrorCode::kUnauthorised, "the receipt was not signed by this kiosk");
  }
  return said.statement;
}

Result<DeviceId> device_of_receipt_statement(std::string_view text) {
  TRY_ASSIGN(const SignedStatement said, read_statement(text));
  return said.statement.key.device;
}

Result<TicketNumber> ticket_number_of_receipt(std::string_view text) {
  if (!text.starts_with(kAnyForm)) return fail(ErrorCode::kInvalidInput, "a code that is no receipt's");
  if (!text.starts_with(kPrefix)) {
    const std::string_view form = text.substr(kAnyForm.size(), text.find(':') - kAnyForm.size());
    const bool number = !form.empty() && form.size() <= kFormDigits && std::ranges::all_of(form, is_digit);
    if (!number || text.find(':') == std::string_view::npos) {
      return fail(ErrorCode::kInvalidInput, "a code that is no receipt's");
    }
    return fail(ErrorCode::kNewerVersion, "a receipt of a later form");
  }
  auto said = read_statement(text);
  if (!said) return fail(ErrorCode::kCorrupt, said.error().message);
  return said->statement.number;
}

}  // namespace mimika::wire
