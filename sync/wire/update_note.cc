#include "sync/wire/update_note.h"

#include <algorithm>

#include "kiosk/base/limits.h"

namespace mimika::wire {
namespace {

crypto::Hash signed_hash(const std::string& version, const crypto::Hash& package) {
  return crypto::Hasher("mimika update note 1").add_sized(as_bytes(version)).add(package).finish();
}

// The rest of the line that begins with `name` and a space, and the text after it.
Result<std::string_view> take_line(std::string_view& text, std::string_view name) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos || !text.starts_with(name) || end <= name.size() || text[name.size()] != ' ') {
    return fail(ErrorCode::kCorrupt, "no update note");
  }
  const std::string_view value = text.substr(name.size() + 1, end - name.size() - 1);
  text.remove_prefix(end + 1);
  return value;
}

template <typename Array>
Status fill(Array& out, std::string_view hex) {
  const auto bytes = from_hex(hex);
  if (!bytes || bytes->size() != out.size()) return fail(ErrorCode::kCorrupt, "no update note");
  std::ranges::copy(*bytes, out.begin());
  return {};
}

}  // namespace

bool is_update_version(std::string_view version) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto allowed = [&](char c) {
    return digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '+' || c == '~' || c == '-';
  };
  return !version.empty() && version.size() <= limits::kUpdateVersionBytes && digit(version[0]) &&
         std::ranges::all_of(version, allowed);
}

Result<std::string> encode_update_note(const std::string& version, const crypto::Hash& package,
                                       const crypto::SigningKey& centre_key) {
  if (!is_update_version(version)) return fail(ErrorCode::kInvalidInput, "'" + version + "' is no version");
  const crypto::Signature signature = centre_key.sign(signed_hash(version, package));
  return std::string(kUpdateNoteBegins) + "version " + version + "\npackage " + to_hex(package) + "\nsignature " +
         to_hex(signature) + "\n";
}

Result<UpdateNote> decode_update_note(std::string_view text) {
  if (!text.starts_with(kUpdateNoteBegins)) return fail(ErrorCode::kCorrupt, "no update note");
  text.remove_prefix(kUpdateNoteBegins.size());
  UpdateNote note;
  TRY_ASSIGN(const std::string_view version, take_line(text, "version"));
  TRY_ASSIGN(const std::string_view package, take_line(text, "package"));
  TRY_ASSIGN(const std::string_view signature, take_line(text, "signature"));
  if (!text.empty() || !is_update_version(version)) return fail(ErrorCode::kCorrupt, "no update note");
  note.version = version;
  TRY(fill(note.package, package));
  TRY(fill(note.signature, signature));
  return note;
}

bool is_signed_by(const UpdateNote& note, const crypto::VerifyKey& key) {
  return crypto::verify(key, signed_hash(note.version, note.package), note.signature);
}

}  // namespace mimika::wire
