#include "sync/wire/call_reader.h"

#include <catch2/catch.hpp>

#include "kiosk/base/limits.h"
#include "sync/wire/event_codec.h"
#include "tests/wire/forge.h"
#include "tests/wire/generators.h"

namespace mimika::wire {
namespace {

using test::Forge;
using test::good_call_header;
using test::wire_keys;
using Step = CallReader::Step;

struct Heard {
  std::optional<CallHeader> header;
  std::vector<CallFrame> frames;
  std::vector<std::size_t> whole_at;  // for each frame: after how many bytes it was there
  bool ended = false;
  std::optional<Error> error;
  friend bool operator==(const Heard& a, const Heard& b) {
    return a.header == b.header && a.frames == b.frames && a.ended == b.ended &&
           a.error.has_value() == b.error.has_value() && (!a.error || a.error->code == b.error->code);
  }
};

// One listener: what it is given, and all it makes of that.
class Listener {
 public:
  explicit Listener(std::uint8_t newest = kNewestVersion) : reader_(wire_keys().centre_box, newest) {}

  void hear(ByteView piece) {
    reader_.add(piece);
    bytes_ += piece.size();
    while (!heard_.error) {
      const auto step = reader_.next();
      if (!step) {
        heard_.error = step.error();
        return;
      }
      if (*step == Step::kHeader) {
        heard_.header = reader_.header();
        REQUIRE(reader_.use_device_key(wire_keys().device.verify_key()));
      } else if (*step == Step::kFrame) {
        heard_.frames.push_back(reader_.take_frame());
        heard_.whole_at.push_back(bytes_);
      } else {
        heard_.ended = *step == Step::kEnd;
        return;
      }
    }
  }
  [[nodiscard]] const Heard& heard() const { return heard_; }

 private:
  CallReader reader_;
  std::size_t bytes_ = 0;
  Heard heard_;
};

Heard hear(ByteView bytes, std::uint8_t newest = kNewestVersion) {
  Listener listener(newest);
  listener.hear(bytes);
  return listener.heard();
}

ErrorCode error_of(ByteView bytes) {
  const Heard heard = hear(bytes);
  REQUIRE(heard.error);
  return heard.error->code;
}

Event filing(std::uint32_t counter, Env& env) {
  TicketFiled filed;
  filed.number = {DeviceCode{"JLA1"}, counter};
  filed.district = DistrictCode{"94.04.06"};
  filed.category = CategoryId{"jalan"};
  env.fill_random(filed.receipt_key);
  Event event;
  event.time = {.wall_ms = 1'795'500'000'000 + counter, .monotonic_ms = 61'000 + counter, .boot = 1};
  event.payload = filed;
  event.sealed_at = SealPosition{Seq{2}, counter};
  return event;
}

// Three frames of records, one of a blob.
Call some_call() {
  Call call;
  call.header.device = DeviceId{7};
  call.header.call_no = 3;
  FakeEnv env(0);
  for (std::uint32_t i = 1; i <= 12; ++i) {
    call.records.push_back({encode_event(filing(i, env)), Bytes(200)});
    env.fill_random(call.records.back().sealed);
  }
  call.parts = {{BlobId{{1}}, 2, {3, 4, 5}, {}}};
  return call;
}

Bytes encode(const Call& call, std::uint8_t version = kNewestVersion) {
  return encode_call(call, wire_keys().device, wire_keys().centre_box.public_key(), version).value();
}

// Where each frame of a call ends, and which bytes it has after its length.
struct Place {
  std::size_t begin = 0;
  std::size_t end = 0;
};
std::vector<Place> places_of_frames(const Bytes& call) {
  ByteReader reader(call);
  static_cast<void>(reader.take(5).value());
  static_cast<void>(reader.take(read_length(reader).value()).value());
  std::vector<Place> places;
  for (;;) {
    const std::size_t begin = call.size() - reader.rest().size();
    const std::size_t size = read_length(reader).value();
    if (size == 0) return places;
    static_cast<void>(reader.take(kFrameTagBytes + size).value());
    places.push_back({begin, call.size() - reader.rest().size()});
  }
}

TEST_CASE("however a call is cut into pieces, the same frames come out of it") {
  const Bytes call = encode(some_call());
  const Heard whole = hear(call);
  REQUIRE(whole.ended);
  REQUIRE(whole.frames.size() == 4);
  SECTION("in two pieces, at every byte") {
    for (std::size_t cut = 0; cut <= call.size(); ++cut) {
      Listener listener;
      listener.hear(ByteView(call).first(cut));
      listener.hear(ByteView(call).subspan(cut));
      INFO(cut);
      CHECK(listener.heard() == whole);
    }
  }
  SECTION("byte by byte") {
    Listener listener;
    for (const std::uint8_t byte : call) listener.hear(ByteView(&byte, 1));
    CHECK(listener.heard() == whole);
  }
  SECTION("in any pieces") {
    CHECK(rc::check([&] {
      const Bytes any = encode(*test::any_call());
      Listener listener;
      for (std::size_t at = 0; at < any.size();) {
        const std::size_t size = std::min<std::size_t>(*rc::gen::inRange<std::size_t>(1, 64), any.size() - at);
        listener.hear(ByteView(any).subspan(at, size));
        at += size;
      }
      RC_ASSERT(listener.heard() == hear(any));
      RC_ASSERT(listener.heard().ended);
    }));
  }
}

TEST_CASE("a frame is there with its last byte, before the next one has come") {
  for (std::uint8_t version = kOldestVersion; version <= kNewestVersion; ++version) {
    const Bytes call = encode(some_call(), version);
    Listener listener;
    for (const std::uint8_t byte : call) listener.hear(ByteView(&byte, 1));
    std::vector<std::size_t> ends;
    for (const Place& place : places_of_frames(call)) ends.push_back(place.end);
    REQUIRE(ends.size() >= 4);
    CHECK(listener.heard().whole_at == ends);
  }
}

TEST_CASE("a cut anywhere loses at most the frame that was on its way") {
  const Bytes call = encode(some_call());
  const auto places = places_of_frames(call);
  const Heard whole = hear(call);
  for (std::size_t cut = 0; cut < call.size(); ++cut) {
    const Heard heard = hear(ByteView(call).first(cut));
    const auto before =
        static_cast<std::size_t>(std::ranges::count_if(places, [&](const Place& place) { return place.end <= cut; }));
    INFO(cut);
    CHECK_FALSE(heard.error);
    CHECK_FALSE(heard.ended);
    REQUIRE(heard.frames.size() == before);
    CHECK(std::equal(heard.frames.begin(), heard.frames.end(), whole.frames.begin()));
  }
}

TEST_CASE("a frame that another device tagged is refused, whatever the signature says") {
  CHECK(error_of(Forge(good_call_header(), kNewestVersion, EnvelopeKind::kCall, wire_keys().other_device)
                     .frame(Bytes{2, 0})
                     .sign()) == ErrorCode::kUnauthorised);
}

TEST_CASE("a frame in another place of its call is refused") {
  CHECK(error_of(Forge(good_call_header()).frame_at(1, Bytes{2, 0}).sign()) == ErrorCode::kUnauthorised);
  const Bytes call = encode(some_call());
  const auto places = places_of_frames(call);
  const ByteView view(call);
  Bytes left_out(call.begin(), call.begin() + static_cast<std::ptrdiff_t>(places[0].begin));
  append(left_out, view.subspan(places[1].begin));
  CHECK(error_of(left_out) == ErrorCode::kUnauthorised);
  Bytes twice(call.begin(), call.begin() + static_cast<std::ptrdiff_t>(places[0].end));
  append(twice, view.subspan(places[0].begin));
  const Heard heard = hear(twice);
  CHECK(heard.error->code == ErrorCode::kUnauthorised);
  CHECK(heard.frames.size() == 1);
}

TEST_CASE("a frame of another call of the same device is refused") {
  Call later = some_call();
  later.header.call_no = 4;
  const Bytes one = encode(some_call());
  const Bytes other = encode(later);
  const auto start = static_cast<std::ptrdiff_t>(places_of_frames(one).front().begin);
  Bytes mixed(other.begin(), other.begin() + start);
  mixed.insert(mixed.end(), one.begin() + start, one.end());
  const Heard heard = hear(mixed);
  CHECK(heard.error->code == ErrorCode::kUnauthorised);
  CHECK(heard.frames.empty());
}

TEST_CASE("a wrong signature at the end is refused, after the frames were given") {
  const auto check = [](const Bytes& call) {
    const Heard heard = hear(call);
    CHECK(heard.frames.size() == 1);
    CHECK_FALSE(heard.ended);
    REQUIRE(heard.error);
    CHECK(heard.error->code == ErrorCode::kUnauthorised);
  };
  check(Forge(good_call_header()).frame(Bytes{2, 0}).sign(wire_keys().other_device));
  Bytes damaged = Forge(good_call_header()).frame(Bytes{2, 0}).sign();
  damaged.back() ^= 1;
  check(damaged);
}

TEST_CASE("of a newer call nothing is read, not even whose it is") {
  for (const std::uint8_t version : Bytes{0, kNewestVersion + 1, 255}) {
    const Heard heard = hear(Forge(good_call_header(), version).frame(Bytes{2, 0}).sign());
    CHECK_FALSE(heard.header);
    CHECK(heard.frames.empty());
    CHECK(heard.error->code == ErrorCode::kNewerVersion);
  }
}

TEST_CASE("an older centre takes older calls and says of the others that they are newer") {
  CHECK(hear(encode(some_call(), 1), 1).ended);
  CHECK(hear(encode(some_call(), 2), 1).error->code == ErrorCode::kNewerVersion);
  const CallReader older(wire_keys().centre_box, 1);
  CHECK(older.newest_version() == 1);
}

TEST_CASE("version 1 and version 2 of a call say the same, and version 2 in fewer bytes") {
  const Bytes older = encode(some_call(), 1);
  const Bytes newer = encode(some_call(), 2);
  const auto read = [](const Bytes& bytes) {
    return decode_call(bytes, wire_keys().centre_box, wire_keys().device.verify_key()).value();
  };
  CHECK(read(older) == some_call());
  CHECK(read(newer) == some_call());
  CHECK(newer.size() < older.size());
}

TEST_CASE("what is over a limit is refused as soon as its length is there") {
  CHECK(error_of(Forge(good_call_header()).size(limits::kFrameBytes + 1).bytes()) == ErrorCode::kTooLarge);
  Bytes start = {'M', 'K', 'E', kNewestVersion, 1};
  append_varint(start, limits::kCallHeaderBytes + 1);
  CHECK(error_of(start) == ErrorCode::kTooLarge);
}

TEST_CASE("a call over its limit is refused, however good its frames are") {
  // One record as it is, with a sealed part that fills the frame.
  const std::vector<EventRecord> record = {{{}, Bytes(limits::kFrameBytes - 20)}};
  CompactCoder coder(0, 0);
  Forge call(good_call_header());
  std::size_t within = 0;
  while (call.bytes().size() <= limits::kCallBytes) {
    call.frame(encode_records(record, kNewestVersion, coder));
    if (call.bytes().size() <= limits::kCallBytes) ++within;
  }
  const ByteView bytes(call.bytes());
  Listener listener;
  listener.hear(bytes.first(limits::kCallBytes));
  CHECK_FALSE(listener.heard().error);
  CHECK(listener.heard().frames.size() == within);
  listener.hear(bytes.subspan(limits::kCallBytes, 1));
  CHECK(listener.heard().error->code == ErrorCode::kTooLarge);
}

TEST_CASE("a small call that unpacks to too much is refused, and what came before is there") {
  const std::vector<EventRecord> records(limits::kFrameEvents, {Bytes(), Bytes(limits::kEventBytes - 1024)});
  CompactCoder coder(0, 0);
  Forge call(good_call_header());
  std::size_t raw = 0;
  std::size_t within = 0;
  while (raw <= limits::kCallRawBytes) {
    call.frame(encode_records(records, 1, coder));  // version 1 packs a frame as a whole
    raw += size_of(CallFrame(records));
    if (raw <= limits::kCallRawBytes) ++within;
  }
  REQUIRE(call.bytes().size() < limits::kCallBytes / 4);
  const Heard heard = hear(call.bytes());
  CHECK(heard.error->code == ErrorCode::kTooLarge);
  CHECK(heard.frames.size() == within);
}

TEST_CASE("a number that does not end is refused at its tenth byte, wherever it stands") {
  Bytes start = {'M', 'K', 'E', kNewestVersion, 1};
  Forge frames(good_call_header());
  for (Bytes bytes : {start, frames.bytes()}) {
    append(bytes, Bytes(9, 0xFF));
    CHECK_FALSE(hear(bytes).error);
    bytes.push_back(0xFF);
    CHECK(error_of(bytes) == ErrorCode::kCorrupt);
  }
}

TEST_CASE("a length beyond all measure is refused with its last byte") {
  CHECK(error_of(Forge(good_call_header()).size(std::uint64_t{1} << 40).bytes()) == ErrorCode::kCorrupt);
}

TEST_CASE("what is no call is refused at the first byte that shows it") {
  CHECK_FALSE(hear(as_bytes("MK")).error);
  CHECK(error_of(as_bytes("X")) == ErrorCode::kCorrupt);
  CHECK(error_of(as_bytes("MKX")) == ErrorCode::kCorrupt);
  CHECK(error_of(Bytes{'M', 'K', 'E', kNewestVersion, 2}) == ErrorCode::kCorrupt);
}

TEST_CASE("bytes behind the signature are refused, with it or after it") {
  const Bytes call = encode(some_call());
  Listener listener;
  listener.hear(call);
  REQUIRE(listener.heard().ended);
  listener.hear(Bytes{0});
  CHECK(listener.heard().error->code == ErrorCode::kCorrupt);
  Bytes longer = call;
  longer.push_back(0);
  CHECK(error_of(longer) == ErrorCode::kCorrupt);
}

TEST_CASE("after an error nothing more is read") {
  Bytes call = encode(some_call());
  const auto places = places_of_frames(call);
  CallReader reader(wire_keys().centre_box);
  call[places[1].end - 1] ^= 1;
  reader.add(call);
  REQUIRE(reader.next().value() == Step::kHeader);
  REQUIRE(reader.use_device_key(wire_keys().device.verify_key()));
  REQUIRE(reader.next().value() == Step::kFrame);
  for (int i = 0; i < 3; ++i) CHECK(reader.next().error().code == ErrorCode::kUnauthorised);
  reader.add(encode(some_call()));
  CHECK(reader.next().error().code == ErrorCode::kUnauthorised);
}

TEST_CASE("a well tagged frame that cannot be read ends the call for good") {
  CallReader reader(wire_keys().centre_box);
  reader.add(Forge(good_call_header()).frame(Bytes{9}).frame_at(1, Bytes{2, 0}).sign());
  REQUIRE(reader.next().value() == Step::kHeader);
  REQUIRE(reader.use_device_key(wire_keys().device.verify_key()));
  for (int i = 0; i < 3; ++i) CHECK(reader.next().error().code == ErrorCode::kCorrupt);
}

TEST_CASE("an end mark of two bytes is an end mark, for calls as for answers") {
  // 0 in two bytes: no writer of ours makes it, but protobuf's numbers allow it and both readers agree.
  const auto spelt = [](Forge forge, const crypto::SigningKey& key) {
    Bytes bytes = forge.raw(Bytes{0x80, 0x00}).bytes();
    append(bytes, key.sign(crypto::hash_of("mimika envelope 1", bytes)));
    return bytes;
  };
  CHECK(hear(spelt(Forge(good_call_header()), wire_keys().device)).ended);
  pb::AnswerHeader header;
  header.set_chain_at(std::string(16, 'c'));
  CHECK(decode_answer(spelt(Forge(serialise(header), kNewestVersion, EnvelopeKind::kAnswer), wire_keys().centre),
                      wire_keys().centre.verify_key()));
}

}  // namespace
}  // namespace mimika::wire
