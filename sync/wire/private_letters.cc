#include "sync/wire/private_letters.h"

#include <algorithm>

#include "kiosk/base/wipe.h"
#include "sync/wire/envelope_format.h"

namespace mimika::wire {
namespace {

// Of mimika.wire.pb.PrivatePart: 1 to 8 are texts, 9 is a question of a service with its answer.
constexpr std::uint8_t kLastText = 8;
constexpr std::uint8_t kQuestion = 9;
constexpr std::uint8_t kQuestionId = 1;
constexpr std::uint8_t kQuestionAnswer = 2;

constexpr std::uint8_t tag_of(std::uint8_t field) {
  return static_cast<std::uint8_t>(field << 3 | 2);  // a length and as many bytes
}

void put_field(Bytes& out, std::uint8_t field, ByteView content) {
  out.push_back(tag_of(field));
  append_varint(out, content.size());
  append(out, content);
}

// An empty text is not written, as protobuf has it.
void put_text_field(Bytes& out, std::uint8_t field, ByteView text) {
  if (!text.empty()) put_field(out, field, text);
}

Result<ByteView> take_field(ByteReader& in) {
  TRY_ASSIGN(const std::size_t length, read_length(in));
  return in.take(length);
}

void put_text(Bytes& out, ByteView text) {
  append(out, text);
  out.push_back(0);
}

Result<ByteView> take_text(ByteReader& in) {
  const auto end = std::ranges::find(in.rest(), std::uint8_t{0});
  if (end == in.rest().end()) return fail(ErrorCode::kCorrupt, "a text without an end");
  const auto length = static_cast<std::size_t>(end - in.rest().begin());
  TRY_ASSIGN(const ByteView text, in.take(length + 1));
  return text.first(length);
}

Status question_to_letters(ByteView question, Bytes& out) {
  ByteReader in(question);
  for (const std::uint8_t field : {kQuestionId, kQuestionAnswer}) {
    ByteView text;
    if (!in.rest().empty() && in.rest()[0] == tag_of(field)) {
      TRY_ASSIGN([[maybe_unused]] const std::uint8_t tag, in.u8());
      TRY_ASSIGN(text, take_field(in));
    }
    put_text(out, text);
  }
  return {};
}

// Whatever is odd about the bytes is found when they do not come back.
Result<Bytes> write_letters(ByteView raw) {
  Bytes out;
  out.reserve(2 * raw.size() + 1);  // growing would leave copies of what somebody wrote
  ByteReader in(raw);
  while (!in.rest().empty()) {
    TRY_ASSIGN(const std::uint8_t tag, in.u8());
    const auto field = static_cast<std::uint8_t>(tag >> 3);
    if (field == 0 || field > kQuestion) return fail(ErrorCode::kCorrupt, "a field that is no text");
    TRY_ASSIGN(const ByteView content, take_field(in));
    out.push_back(field);
    if (field == kQuestion) {
      TRY(question_to_letters(content, out));
    } else {
      put_text(out, content);
    }
  }
  out.push_back(0);
  return out;
}

}  // namespace

std::optional<Bytes> to_letters(ByteView raw) {
  auto letters = write_letters(raw);
  if (!letters) return std::nullopt;
  auto back = from_letters(*letters);
  const bool same = back && std::ranges::equal(*back, raw);
  if (back) wipe(*back);
  if (!same) {
    wipe(*letters);
    return std::nullopt;
  }
  return *std::move(letters);
}

Result<Bytes> from_letters(ByteView letters) {
  Bytes out;
  out.reserve(2 * letters.size());
  ByteReader in(letters);
  for (;;) {
    TRY_ASSIGN(const std::uint8_t field, in.u8());
    if (field == 0) break;
    if (field > kQuestion) return fail(ErrorCode::kCorrupt, "a text of no field");
    TRY_ASSIGN(const ByteView text, take_text(in));
    if (field <= kLastText) {
      put_text_field(out, field, text);
      continue;
    }
    TRY_ASSIGN(const ByteView answer, take_text(in));
    Bytes question;
    question.reserve(2 * (text.size() + answer.size()) + 8);
    put_text_field(question, kQuestionId, text);
    put_text_field(question, kQuestionAnswer, answer);
    put_field(out, field, question);
    wipe(question);
  }
  if (!in.rest().empty()) return fail(ErrorCode::kCorrupt, "letters after the last one");
  return out;
}

TextModel::Next LettersEnd::after(std::uint8_t letter) {
  if (texts_ > 0) {
    if (letter == 0) --texts_;
    return TextModel::Next::kMore;
  }
  if (letter == 0) return TextModel::Next::kDone;
  if (letter > kQuestion) return TextModel::Next::kNever;
  texts_ = letter == kQuestion ? 2 : 1;
  return TextModel::Next::kMore;
}

}  // namespace mimika::wire
