#include "sync/wire/envelope.h"

#include <zstd.h>

#include <catch2/catch.hpp>
#include <string_view>

#include "kiosk/base/limits.h"
#include "sync/wire/events.pb.h"
#include "sync/wire/proto_helpers.h"
#include "sync/wire/zstd_codec.h"
#include "tests/wire/generators.h"

namespace mimika::wire {
namespace {

constexpr std::size_t kSignatureBytes = 64;

struct Keys {
  FakeEnv env{0};
  crypto::SigningKey device = crypto::SigningKey::generate(env);
  crypto::SigningKey centre = crypto::SigningKey::generate(env);
};

const Keys& keys() {
  static const Keys the_keys;
  return the_keys;
}

Result<Call> decode_call(ByteView bytes, const crypto::VerifyKey& key = keys().device.verify_key()) {
  TRY_ASSIGN(UnverifiedCall call, UnverifiedCall::parse(bytes));
  return std::move(call).verify(key);
}

Call small_call() {
  Call call;
  call.header = {.device = DeviceId{7},
                 .epoch = Epoch{41},
                 .first_seq = Seq{12},
                 .chain_before = {1, 2, 3},
                 .feed_cursor = FeedSeq{5},
                 .call_no = 9,
                 .wall_ms = 1'795'500'000'000};
  call.records = {{{1, 2, 3}, {}}, {{4}, {5, 6}}};
  return call;
}

Answer small_answer() {
  Answer answer;
  answer.acknowledged = Seq{13};
  answer.chain_at = {9, 8, 7};
  answer.call_no = 9;
  answer.server_ms = 1'795'500'000'500;
  answer.feed_more = true;
  answer.rejects = {{Seq{12}, "unreadable"}};
  answer.feed = {{FeedSeq{6}, {kCentreDevice, Epoch{3}, Seq{4}}, {1, 2}, 1'795'500'000'400}};
  return answer;
}

// Envelopes made by hand, to lie in ways the encoder does not: header and frames as given, signed by the device.
class Forge {
 public:
  explicit Forge(ByteView header, std::uint8_t version = 1, std::uint8_t kind = 1) {
    append(bytes_, as_bytes("MKE"));
    bytes_.push_back(version);
    bytes_.push_back(kind);
    size(header.size());
    append(bytes_, header);
  }
  Forge& frame(ByteView compressed) {
    size(compressed.size());
    const crypto::Hash hash = crypto::hash_of("mimika frame 1", compressed);
    append(bytes_, ByteView(hash).first(8));
    append(bytes_, compressed);
    return *this;
  }
  Forge& size(std::size_t value) {
    while (value >= 0x80) {
      bytes_.push_back(static_cast<std::uint8_t>(value | 0x80));
      value >>= 7;
    }
    bytes_.push_back(static_cast<std::uint8_t>(value));
    return *this;
  }
  Forge& raw(ByteView bytes) {
    append(bytes_, bytes);
    return *this;
  }
  [[nodiscard]] Bytes sign(const crypto::SigningKey& key = keys().device) {
    size(0);
    append(bytes_, key.sign(crypto::hash_of("mimika envelope 1", bytes_)));
    return bytes_;
  }

 private:
  Bytes bytes_;
};

Bytes good_header() {
  pb::CallHeader header;
  header.set_first_seq(1);
  header.set_chain_before(std::string(16, 'c'));
  return serialise(header);
}

TEST_CASE("a call comes back from its bytes as it was") {
  CHECK(rc::check([] {
    const Call call = *test::any_call();
    const auto decoded = decode_call(encode_call(call, keys().device));
    RC_ASSERT(decoded.has_value());
    RC_ASSERT(*decoded == call);
  }));
}

TEST_CASE("an answer comes back from its bytes as it was") {
  CHECK(rc::check([] {
    const Answer answer = *test::any_answer();
    const auto decoded = decode_answer(encode_answer(answer, keys().centre), keys().centre.verify_key());
    RC_ASSERT(decoded.has_value());
    RC_ASSERT(*decoded == answer);
  }));
}

TEST_CASE("the header of a call can be read before its signature is checked") {
  const Bytes bytes = encode_call(small_call(), keys().device);
  CHECK(UnverifiedCall::parse(bytes).value().header() == small_call().header);
}

TEST_CASE("a call signed by another device is refused, and so is an answer not signed by the centre") {
  const Bytes call = encode_call(small_call(), keys().device);
  CHECK(decode_call(call, keys().centre.verify_key()).error().code == ErrorCode::kUnauthorised);
  const Bytes answer = encode_answer(small_answer(), keys().centre);
  CHECK(decode_answer(answer, keys().device.verify_key()).error().code == ErrorCode::kUnauthorised);
}

TEST_CASE("a call is no answer and an answer no call, whoever signed them") {
  const Bytes call = encode_call(small_call(), keys().device);
  CHECK(decode_answer(call, keys().device.verify_key()).error().code == ErrorCode::kCorrupt);
  const Bytes answer = encode_answer(small_answer(), keys().centre);
  CHECK(decode_call(answer, keys().centre.verify_key()).error().code == ErrorCode::kCorrupt);
}

TEST_CASE("a changed byte anywhere is refused") {
  const Bytes call = encode_call(small_call(), keys().device);
  const Bytes answer = encode_answer(small_answer(), keys().centre);
  for (const std::uint8_t flip : Bytes{0x01, 0x80, 0xFF}) {
    for (std::size_t i = 0; i < call.size(); ++i) {
      Bytes changed = call;
      changed[i] ^= flip;
      INFO("call, byte " << i);
      CHECK_FALSE(decode_call(changed));
    }
    for (std::size_t i = 0; i < answer.size(); ++i) {
      Bytes changed = answer;
      changed[i] ^= flip;
      INFO("answer, byte " << i);
      CHECK_FALSE(decode_answer(changed, keys().centre.verify_key()));
    }
  }
}

TEST_CASE("a cut at every byte is refused, and so are bytes too many") {
  const Bytes call = encode_call(small_call(), keys().device);
  for (std::size_t size = 0; size < call.size(); ++size) {
    INFO(size);
    const auto decoded = decode_call(ByteView(call).first(size));
    REQUIRE_FALSE(decoded);
    CHECK(decoded.error().code == ErrorCode::kCorrupt);
  }
  Bytes longer = call;
  longer.push_back(0);
  CHECK(decode_call(longer).error().code == ErrorCode::kCorrupt);
  const Bytes answer = encode_answer(small_answer(), keys().centre);
  for (std::size_t size = 0; size < answer.size(); ++size) {
    CHECK_FALSE(decode_answer(ByteView(answer).first(size), keys().centre.verify_key()));
  }
}

TEST_CASE("damage inside a frame is found by the frame's own tag, before any signature") {
  const Bytes call = encode_call(small_call(), keys().device);
  Bytes changed = call;
  changed[call.size() - kSignatureBytes - 3] ^=
      1;  // inside the last frame: what follows is the end mark, then the signature
  const auto parsed = UnverifiedCall::parse(changed);
  REQUIRE_FALSE(parsed);
  CHECK(parsed.error().message == "a frame is damaged");
}

TEST_CASE("another version is said to be newer, and nothing of it is read") {
  for (const std::uint8_t version : Bytes{0, 2, 255}) {
    const Bytes bytes = Forge(good_header(), version).sign();
    CHECK(decode_call(bytes).error().code == ErrorCode::kNewerVersion);
  }
  pb::CallHeader header;
  header.set_first_seq(1);
  header.set_chain_before(std::string(16, 'c'));
  header.set_dictionary(3);
  CHECK(decode_call(Forge(serialise(header)).sign()).error().code == ErrorCode::kNewerVersion);
}

TEST_CASE("what is forged by hand is good where nothing is wrong with it") {
  REQUIRE(decode_call(Forge(good_header()).sign()));
  REQUIRE(decode_call(Forge(good_header()).frame(compress({}, Effort::kBackground)).sign()));
}

TEST_CASE("an unknown kind of envelope is refused") {
  for (const std::uint8_t kind : Bytes{0, 3, 255}) {
    CHECK(decode_call(Forge(good_header(), 1, kind).sign()).error().code == ErrorCode::kCorrupt);
  }
}

TEST_CASE("a header that is malformed or lacks what it needs is refused, well signed or not") {
  pb::CallHeader header;
  CHECK(decode_call(Forge(Bytes{0xFF}).sign()).error().code == ErrorCode::kCorrupt);
  CHECK(decode_call(Forge(serialise(header)).sign()).error().code == ErrorCode::kCorrupt);  // no first seq
  header.set_first_seq(1);
  CHECK(decode_call(Forge(serialise(header)).sign()).error().code == ErrorCode::kCorrupt);  // no chain mark
  header.set_chain_before(std::string(17, 'c'));
  CHECK(decode_call(Forge(serialise(header)).sign()).error().code == ErrorCode::kCorrupt);
}

TEST_CASE("lengths that lie are refused") {
  CHECK(decode_call(Forge(good_header()).raw(Bytes(12, 0xFF)).sign()).error().code == ErrorCode::kCorrupt);
  CHECK(decode_call(Forge(good_header()).size(0xFFFFFFFF).sign()).error().code == ErrorCode::kTooLarge);
  CHECK(decode_call(Forge(good_header()).size(1000).sign()).error().code == ErrorCode::kCorrupt);
}

TEST_CASE("an envelope, a frame and the number of frames have their limits") {
  CHECK(decode_call(Bytes(limits::kCallBytes + 1)).error().code == ErrorCode::kTooLarge);
  CHECK(decode_call(Forge(good_header()).frame(Bytes(limits::kFrameBytes + 1)).sign()).error().code ==
        ErrorCode::kTooLarge);

  const Bytes empty = compress({}, Effort::kBackground);
  Forge most(good_header());
  for (std::size_t i = 0; i < limits::kCallFrames; ++i) most.frame(empty);
  CHECK(decode_call(Forge(most).sign()));
  CHECK(decode_call(Forge(most).frame(empty).sign()).error().code == ErrorCode::kTooLarge);
}

TEST_CASE("a signed frame that unpacks to too much is refused") {
  const Bytes bomb = compress(Bytes(limits::kFrameRawBytes + 1, 0), Effort::kBackground);
  REQUIRE(bomb.size() < limits::kFrameBytes);
  CHECK(decode_call(Forge(good_header()).frame(bomb).sign()).error().code == ErrorCode::kTooLarge);
}

TEST_CASE("a signed frame of other bytes is refused") {
  CHECK(decode_call(Forge(good_header()).frame(Bytes(20, 0xAB)).sign()).error().code == ErrorCode::kCorrupt);
  CHECK(decode_call(Forge(good_header()).frame(compress(Bytes(20, 0xFF), Effort::kBackground)).sign()).error().code ==
        ErrorCode::kCorrupt);
}

// The frames of a call, unpacked.
std::vector<std::size_t> events_per_frame(const Bytes& envelope) {
  ByteReader reader(envelope);
  const auto varint = [&] {
    std::size_t value = 0;
    for (int shift = 0;; shift += 7) {
      const std::uint8_t byte = reader.u8().value();
      value |= static_cast<std::size_t>(byte & 0x7F) << shift;
      if ((byte & 0x80) == 0) return value;
    }
  };
  static_cast<void>(reader.take(5).value());
  static_cast<void>(reader.take(varint()).value());
  std::vector<std::size_t> counts;
  while (const std::size_t size = varint()) {
    static_cast<void>(reader.take(8).value());
    pb::EventFrame frame;
    const Bytes raw = decompress(reader.take(size).value(), limits::kFrameRawBytes).value();
    REQUIRE(frame.ParseFromArray(raw.data(), static_cast<int>(raw.size())));
    counts.push_back(static_cast<std::size_t>(frame.records_size()));
  }
  return counts;
}

TEST_CASE("a frame holds at most sixteen events, or about a packet's worth") {
  Call call = small_call();
  call.records.assign(50, {Bytes(10, 1), {}});
  CHECK(events_per_frame(encode_call(call, keys().device)) == std::vector<std::size_t>{16, 16, 16, 2});

  call.records.assign(6, {Bytes(400, 1), Bytes(100, 2)});
  CHECK(events_per_frame(encode_call(call, keys().device)) == std::vector<std::size_t>{2, 2, 2});

  call.records.assign(3, {Bytes(limits::kEventBytes, 1), {}});
  CHECK(events_per_frame(encode_call(call, keys().device)) == std::vector<std::size_t>{1, 1, 1});

  call.records.clear();
  CHECK(events_per_frame(encode_call(call, keys().device)).empty());
}

TEST_CASE("an event of the largest size passes, whatever its bytes") {
  FakeEnv env(0);
  Bytes noise(limits::kEventBytes);
  env.fill_random(noise);
  Call call = small_call();
  call.records = {{noise, {}}, {noise, noise}};
  CHECK(decode_call(encode_call(call, keys().device)).value() == call);
}

TEST_CASE("a call without events is small") {
  Call call = small_call();
  call.records.clear();
  CHECK(encode_call(call, keys().device).size() < 128);
}

}  // namespace
}  // namespace mimika::wire
