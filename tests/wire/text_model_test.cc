// A model brings back every message that it shortened, and says of hostile bytes that they are none.
#include "sync/wire/text_model.h"

#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "kiosk/base/env.h"
#include "sync/wire/event_codec.h"
#include "sync/wire/private_letters.h"
#include "sync/wire/zstd_codec.h"
#include "tests/wire/generators.h"

namespace mimika::wire {
namespace {

Bytes bytes_of(const std::string& text) {
  const ByteView bytes = as_bytes(text);
  return {bytes.begin(), bytes.end()};
}

// Ends with a NUL, as the texts of the model do.
Bytes message(const std::string& text) {
  Bytes out = bytes_of(text);
  out.push_back(0);
  return out;
}

std::vector<Bytes> texts() {
  return {message("Jalan ke pasar rusak berat, mohon diperbaiki."), message("Air bersih tidak mengalir sejak senin."),
          message("Guru tidak datang mengajar, anak-anak pulang."), message("Jalan di kampung kami rusak dan gelap.")};
}

const TextModel& model() {
  static const TextModel the_model(texts(), TextModel::learn_weights(texts()));
  return the_model;
}

Result<Bytes> decode(ByteView coded, std::size_t most = 100'000) {
  return model().decode(
      coded, most, [](std::uint8_t letter) { return letter == 0 ? TextModel::Next::kDone : TextModel::Next::kMore; });
}

TEST_CASE("any message comes back from what the model makes of it") {
  CHECK(rc::check([] {
    Bytes raw = *test::any_bytes();
    std::erase(raw, std::uint8_t{0});
    raw.push_back(0);
    RC_ASSERT(decode(model().encode(raw)).value() == raw);
    const Bytes text = message(*test::any_text());
    RC_ASSERT(decode(model().encode(text)).value() == text);
  }));
}

TEST_CASE("a long message of nothing but surprises comes back, and one of the same letter") {
  FakeEnv env(0, 5);
  Bytes noise(60'000);
  env.fill_random(noise);
  std::ranges::replace(noise, std::uint8_t{0}, std::uint8_t{1});
  noise.push_back(0);
  CHECK(decode(model().encode(noise)).value() == noise);
  Bytes same(60'000, 'a');
  same.push_back(0);
  CHECK(decode(model().encode(same)).value() == same);
}

TEST_CASE("what is like the texts becomes short, what is not becomes hardly longer than it was") {
  const Bytes known = message("Jalan ke kampung rusak, mohon diperbaiki.");
  CHECK(model().encode(known).size() * 2 < known.size());
  FakeEnv env(0, 6);
  Bytes noise(1'000);
  env.fill_random(noise);
  CHECK(model().encode(noise).size() < noise.size() * 2);
}

// What a kiosk wrote years ago must open: whatever the machine, the same texts give the same bytes.
TEST_CASE("the same texts give the same bytes on every machine and for ever") {
  CHECK(to_hex(model().encode(message("Jalan rusak dan air tidak mengalir."))) == "040bd7c347661473");
  CHECK(to_hex(model().encode(message("Xyz 0812 \xC3\xB1!"))) == "0037911b481efa7dd8690ffcda89238d0e");
}

TEST_CASE("bytes that no model wrote are another message or an error, within the limit") {
  CHECK(rc::check([] {
    const auto decoded = decode(*test::any_bytes(), 500);
    if (decoded) RC_ASSERT(decoded->size() <= 500U);
    if (!decoded) RC_ASSERT(decoded.error().code == ErrorCode::kTooLarge);
  }));
  CHECK(decode({}, 10).error().code == ErrorCode::kTooLarge);
  const auto never = model().decode(Bytes{1, 2, 3}, 100, [](std::uint8_t) { return TextModel::Next::kNever; });
  CHECK(never.error().code == ErrorCode::kCorrupt);
}

// --- private parts as letters

Bytes raw_of(const PrivatePart& part) {
  const Bytes packed = encode_private_part(part, nullptr);
  return decompress(ByteView(packed).subspan(1), 1 << 20).value();
}

TEST_CASE("letters bring back every private part that has them") {
  CHECK(rc::check([] {
    PrivatePart part = *test::any_private_part();
    part.attachment_key.clear();
    const Bytes raw = raw_of(part);
    const auto letters = to_letters(raw);
    RC_ASSERT(letters.has_value());
    RC_ASSERT(from_letters(*letters).value() == raw);
    LettersEnd end;
    for (std::size_t i = 0; i < letters->size(); ++i) {
      const bool last = i + 1 == letters->size();
      RC_ASSERT(end.after((*letters)[i]) == (last ? TextModel::Next::kDone : TextModel::Next::kMore));
    }
  }));
}

TEST_CASE("what letters would not bring back has none") {
  PrivatePart key;
  key.attachment_key = Bytes(32, 7);
  CHECK_FALSE(to_letters(raw_of(key)));
  PrivatePart nul;
  nul.story = std::string("a\0b", 3);
  CHECK_FALSE(to_letters(raw_of(nul)));
  CHECK_FALSE(to_letters(from_hex("0a0061").value()));      // bytes behind an empty text
  CHECK_FALSE(to_letters(from_hex("080161").value()));      // a number, not a text
  CHECK_FALSE(to_letters(from_hex("0a8100").value()));      // a length in more bytes than it needs
  CHECK_FALSE(to_letters(from_hex("0a05616263").value()));  // cut
  CHECK_FALSE(to_letters(from_hex("fa0101").value()));      // a field of a newer program
  CHECK(to_letters({}).value() == Bytes{0});
}

TEST_CASE("letters that nobody writes are refused") {
  for (const char* hex : {"", "01", "0161", "016100", "0a00", "0961000061", "00616100"}) {
    INFO(hex);
    CHECK(from_letters(from_hex(hex).value()).error().code == ErrorCode::kCorrupt);
  }
}

}  // namespace
}  // namespace mimika::wire
