#include "sync/wire/envelope.h"

#include <catch2/catch.hpp>

#include "kiosk/base/limits.h"
#include "sync/wire/call_reader.h"
#include "sync/wire/zstd_codec.h"
#include "tests/wire/forge.h"
#include "tests/wire/generators.h"

namespace mimika::wire {
namespace {

using test::Forge;
using test::good_call_header;
using test::wire_keys;

constexpr std::size_t kSignatureBytes = 64;

Bytes encode(const Call& call, std::uint8_t version = kNewestVersion) {
  return encode_call(call, wire_keys().device, wire_keys().centre_box.public_key(), version).value();
}
Bytes encode(const Answer& answer, std::uint8_t version = kNewestVersion) {
  return encode_answer(answer, wire_keys().centre, version);
}
Result<Call> read_call(ByteView bytes, const crypto::VerifyKey& key = wire_keys().device.verify_key()) {
  return decode_call(bytes, wire_keys().centre_box, key);
}
Result<Answer> read_answer(ByteView bytes, const crypto::VerifyKey& key = wire_keys().centre.verify_key()) {
  return decode_answer(bytes, key);
}
ErrorCode error_of_call(ByteView bytes) {
  const auto call = read_call(bytes);
  REQUIRE_FALSE(call);
  return call.error().code;
}

// A body of kind 1: records of version 1.
Bytes plain_frame(ByteView message) {
  Bytes body = {1};
  append(body, compress(message, Effort::kBackground));
  return body;
}

Call small_call() {
  Call call;
  call.header = {.device = DeviceId{7},
                 .epoch = Epoch{41},
                 .first_seq = Seq{12},
                 .chain_before = {1, 2, 3},
                 .feed_cursor = FeedSeq{5},
                 .call_no = 9,
                 .wall_ms = 1'795'500'000'000,
                 .policy_version = 4,
                 .answer_bytes = 65'536,
                 .documents = {{DocumentKind::kCatalogue, 3}},
                 .wants = {{BlobId{{1}}, {0x05}}}};
  call.records = {{{1, 2, 3}, {}}, {{4}, {5, 6}}};
  call.parts = {{BlobId{{2}}, 4, {7, 8, 9}, {1}}};
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
  answer.dictionary = 1;
  answer.wants = {{BlobId{{3}}, {}}};
  answer.feed = {{FeedSeq{6}, {kCentreDevice, Epoch{3}, Seq{4}}, {1, 2}, 1'795'500'000'400}};
  answer.states = {{FeedSeq{5}, {3, 4}}};
  answer.states_until = FeedSeq{6};
  answer.documents = {{DocumentKind::kAnnouncements, 9, BlobId{{4}}}};
  answer.parts = {{BlobId{{4}}, 0, {1, 2}, {}}};
  answer.policy = {6, 6};
  return answer;
}

TEST_CASE("a call comes back from its bytes as it was, in every version") {
  CHECK(rc::check([] {
    const Call call = *test::any_call();
    for (std::uint8_t version = kOldestVersion; version <= kNewestVersion; ++version) {
      const auto decoded = read_call(encode(call, version));
      RC_ASSERT(decoded.has_value());
      RC_ASSERT(*decoded == call);
    }
  }));
}

TEST_CASE("an answer comes back from its bytes as it was, in every version") {
  CHECK(rc::check([] {
    const Answer answer = *test::any_answer();
    for (std::uint8_t version = kOldestVersion; version <= kNewestVersion; ++version) {
      const auto decoded = read_answer(encode(answer, version));
      RC_ASSERT(decoded.has_value());
      RC_ASSERT(*decoded == answer);
    }
  }));
}

TEST_CASE("a call signed by another device is refused, and so is an answer not signed by the centre") {
  const Bytes call = encode(small_call());
  CHECK(read_call(call, wire_keys().other_device.verify_key()).error().code == ErrorCode::kUnauthorised);
  const Bytes answer = encode(small_answer());
  CHECK(read_answer(answer, wire_keys().device.verify_key()).error().code == ErrorCode::kUnauthorised);
}

TEST_CASE("a key that is no key makes and opens no call") {
  const crypto::BoxPublicKey nothing{};
  CHECK(encode_call(small_call(), wire_keys().device, nothing).error().code == ErrorCode::kInvalidInput);
  CHECK(read_call(encode(small_call()), crypto::VerifyKey{}).error().code == ErrorCode::kUnauthorised);
}

TEST_CASE("a call to another centre is refused") {
  FakeEnv env(0, 77);
  const crypto::BoxKey other = crypto::BoxKey::generate(env);
  CHECK(decode_call(encode(small_call()), other, wire_keys().device.verify_key()).error().code ==
        ErrorCode::kUnauthorised);
}

TEST_CASE("a call is no answer and an answer no call, whoever signed them") {
  const Bytes call = encode(small_call());
  CHECK(read_answer(call, wire_keys().device.verify_key()).error().code == ErrorCode::kCorrupt);
  const Bytes answer = encode(small_answer());
  CHECK(read_call(answer, wire_keys().centre.verify_key()).error().code == ErrorCode::kCorrupt);
}

TEST_CASE("a changed byte anywhere is refused") {
  const Bytes call = encode(small_call());
  const Bytes answer = encode(small_answer());
  for (const std::uint8_t flip : Bytes{0x01, 0x80, 0xFF}) {
    for (std::size_t i = 0; i < call.size(); ++i) {
      Bytes changed = call;
      changed[i] ^= flip;
      INFO("call, byte " << i);
      CHECK_FALSE(read_call(changed));
    }
    for (std::size_t i = 0; i < answer.size(); ++i) {
      Bytes changed = answer;
      changed[i] ^= flip;
      INFO("answer, byte " << i);
      CHECK_FALSE(read_answer(changed));
    }
  }
}

TEST_CASE("a cut at every byte is refused, and so are bytes too many") {
  const Bytes call = encode(small_call());
  for (std::size_t size = 0; size < call.size(); ++size) {
    INFO(size);
    CHECK(error_of_call(ByteView(call).first(size)) == ErrorCode::kCorrupt);
  }
  Bytes longer = call;
  longer.push_back(0);
  CHECK(error_of_call(longer) == ErrorCode::kCorrupt);
  const Bytes answer = encode(small_answer());
  for (std::size_t size = 0; size < answer.size(); ++size) {
    CHECK_FALSE(read_answer(ByteView(answer).first(size)));
  }
}

TEST_CASE("damage inside an answer's frame is found by the frame's own tag, before any signature") {
  Bytes changed = encode(small_answer());
  // Inside the last frame: what follows is the end mark, then the signature.
  changed[changed.size() - kSignatureBytes - 3] ^= 1;
  const auto read = read_answer(changed);
  REQUIRE_FALSE(read);
  CHECK(read.error().message == "a frame is damaged");
}

TEST_CASE("another version is said to be newer") {
  for (const std::uint8_t version : Bytes{0, kNewestVersion + 1, 255}) {
    CHECK(error_of_call(Forge(good_call_header(), version).sign()) == ErrorCode::kNewerVersion);
    const auto answer = read_answer(Forge(good_call_header(), version, EnvelopeKind::kAnswer).sign(wire_keys().centre));
    CHECK(answer.error().code == ErrorCode::kNewerVersion);
  }
}

TEST_CASE("what is forged by hand is good where nothing is wrong with it") {
  REQUIRE(read_call(Forge(good_call_header()).sign()));
  REQUIRE(read_call(Forge(good_call_header()).frame(plain_frame({})).sign()));
  REQUIRE(read_call(Forge(good_call_header()).frame(Bytes{2, 0}).sign()));
}

TEST_CASE("an unknown kind of envelope is refused") {
  for (const std::uint8_t kind : Bytes{0, 3, 255}) {
    Bytes bytes = Forge(good_call_header()).sign();
    bytes[4] = kind;
    CHECK(error_of_call(bytes) == ErrorCode::kCorrupt);
  }
}

TEST_CASE("a header that is malformed or lacks what it needs is refused, well signed or not") {
  pb::CallHeader header;
  CHECK(error_of_call(Forge(Bytes{0xFF}).sign()) == ErrorCode::kCorrupt);
  CHECK(error_of_call(Forge(serialise(header)).sign()) == ErrorCode::kCorrupt);  // no first seq
  header.set_first_seq(1);
  CHECK(error_of_call(Forge(serialise(header)).sign()) == ErrorCode::kCorrupt);  // no chain mark
  header.set_chain_before(std::string(17, 'c'));
  CHECK(error_of_call(Forge(serialise(header)).sign()) == ErrorCode::kCorrupt);
}

pb::CallHeader call_header_message() {
  pb::CallHeader header;
  header.set_first_seq(1);
  header.set_chain_before(std::string(16, 'c'));
  return header;
}

TEST_CASE("what a header may name has its limits") {
  const auto with_wants = [](std::size_t count, std::size_t id_bytes, std::size_t held_bytes) {
    pb::CallHeader header = call_header_message();
    for (std::size_t i = 0; i < count; ++i) {
      pb::BlobWant& want = *header.add_wants();
      want.set_blob(std::string(id_bytes, 'b'));
      want.set_held(std::string(held_bytes, 'h'));
    }
    return Forge(serialise(header)).sign();
  };
  constexpr std::size_t kMostHeld = kBlobLeaves / 8;
  CHECK(read_call(with_wants(limits::kWantsPerHeader, 32, kMostHeld)));
  CHECK(error_of_call(with_wants(limits::kWantsPerHeader + 1, 32, 1)) == ErrorCode::kTooLarge);
  CHECK(error_of_call(with_wants(1, 32, kMostHeld + 1)) == ErrorCode::kTooLarge);
  CHECK(error_of_call(with_wants(1, 31, 1)) == ErrorCode::kCorrupt);

  const auto with_documents = [](std::size_t count) {
    pb::CallHeader header = call_header_message();
    for (std::size_t i = 0; i < count; ++i) header.add_documents()->set_kind(1);
    return Forge(serialise(header)).sign();
  };
  CHECK(read_call(with_documents(limits::kDocumentsPerHeader)));
  CHECK(error_of_call(with_documents(limits::kDocumentsPerHeader + 1)) == ErrorCode::kTooLarge);
}

TEST_CASE("documents of a kind nobody knows yet are passed over, on both sides") {
  pb::CallHeader header = call_header_message();
  for (const std::uint32_t kind : {0U, 1U, kDocumentKinds, 0xFFFFFFFFU}) header.add_documents()->set_kind(kind);
  CHECK(read_call(Forge(serialise(header)).sign()).value().header.documents ==
        std::vector<DocumentVersion>{{DocumentKind::kCatalogue, 0}});

  Answer answer;
  answer.documents = {{static_cast<DocumentKind>(kDocumentKinds), 1, {}}, {DocumentKind::kAccounts, 2, {}}};
  CHECK(read_answer(encode(answer)).value().documents == std::vector<DocumentHead>{{DocumentKind::kAccounts, 2, {}}});
}

TEST_CASE("lengths that lie are refused") {
  CHECK(error_of_call(Forge(good_call_header()).raw(Bytes(12, 0xFF)).sign()) == ErrorCode::kCorrupt);
  CHECK(error_of_call(Forge(good_call_header()).size(0xFFFFFFFF).sign()) == ErrorCode::kTooLarge);
  CHECK(error_of_call(Forge(good_call_header()).size(std::uint64_t{1} << 32).sign()) == ErrorCode::kCorrupt);
  CHECK(error_of_call(Forge(good_call_header()).size(1000).sign()) == ErrorCode::kCorrupt);
}

TEST_CASE("an envelope, its header, a frame and the number of frames have their limits") {
  CHECK(error_of_call(Bytes(limits::kCallBytes + 1)) == ErrorCode::kTooLarge);
  CHECK(read_answer(Bytes(limits::kCallBytes + 1)).error().code == ErrorCode::kTooLarge);
  CHECK(error_of_call(Forge(Bytes(limits::kCallHeaderBytes + 1)).sign()) == ErrorCode::kTooLarge);
  CHECK(error_of_call(Forge(good_call_header()).frame(Bytes(limits::kFrameBytes + 1)).sign()) == ErrorCode::kTooLarge);

  Forge most(good_call_header());
  for (std::size_t i = 0; i < limits::kCallFrames; ++i) most.frame(Bytes{2, 0});
  CHECK(read_call(Forge(most).sign()));
  CHECK(error_of_call(Forge(most).frame(Bytes{2, 0}).sign()) == ErrorCode::kTooLarge);
}

TEST_CASE("a signed frame that unpacks to too much is refused") {
  const Bytes bomb = compress(Bytes(limits::kFrameRawBytes + 1, 0), Effort::kBackground);
  REQUIRE(bomb.size() < limits::kFrameBytes);
  Bytes plain = {1};
  append(plain, bomb);
  CHECK(error_of_call(Forge(good_call_header()).frame(plain).sign()) == ErrorCode::kTooLarge);
}

TEST_CASE("a signed frame of other bytes is refused") {
  const std::vector<Bytes> bodies = {
      {0},           // no kind
      {3},           // the feed goes down
      {8, 1},        // a kind nobody knows
      Bytes(20, 1),  // no zstd
      plain_frame(Bytes(20, 0xFF)),
      {2},            // no length
      {2, 9},         // packed, and nothing there
      {2, 0, 1},      // bytes that belong to no record
      {2, 2, 2},      // no such coding of a record
      {4, 0xFF},      // no part of a blob
      {4, 10, 1, 7},  // a blob's id of one byte
  };
  for (const Bytes& body : bodies) {
    INFO(to_hex(body));
    CHECK(error_of_call(Forge(good_call_header()).frame(body).sign()) == ErrorCode::kCorrupt);
  }
}

Bytes answer_header() {
  pb::AnswerHeader header;
  header.set_chain_at(std::string(16, 'c'));
  return serialise(header);
}

TEST_CASE("an answer's frame of other bytes is refused, and so are two policies") {
  const auto error_of = [](const std::vector<Bytes>& bodies) {
    Forge forge(answer_header(), kNewestVersion, EnvelopeKind::kAnswer);
    for (const Bytes& body : bodies) forge.frame(body);
    const auto answer = read_answer(forge.sign(wire_keys().centre));
    REQUIRE_FALSE(answer);
    return answer.error().code;
  };
  CHECK(error_of({Bytes{1}}) == ErrorCode::kCorrupt);
  CHECK(error_of({Bytes{2, 0}}) == ErrorCode::kCorrupt);
  CHECK(error_of({Bytes{3, 1, 2}}) == ErrorCode::kCorrupt);
  CHECK(error_of({Bytes{4, 0xFF}}) == ErrorCode::kCorrupt);
  CHECK(error_of({Bytes{5, 0xFF}}) == ErrorCode::kCorrupt);
  CHECK(error_of({Bytes{7, 0xFF}}) == ErrorCode::kCorrupt);
  CHECK(error_of({Bytes{8}}) == ErrorCode::kCorrupt);
  CHECK(error_of({Bytes{6, 1}, Bytes{6, 1}}) == ErrorCode::kCorrupt);
  CHECK(error_of({Bytes(limits::kFrameBytes + 1)}) == ErrorCode::kTooLarge);
}

// How many records each frame of a call holds.
std::vector<std::size_t> events_per_frame(const Call& call, std::uint8_t version = kNewestVersion) {
  const Bytes bytes = encode(call, version);
  CallReader reader(wire_keys().centre_box);
  reader.add(bytes);
  std::vector<std::size_t> counts;
  for (;;) {
    switch (reader.next().value()) {
      case CallReader::Step::kHeader:
        REQUIRE(reader.use_device_key(wire_keys().device.verify_key()));
        break;
      case CallReader::Step::kFrame:
        counts.push_back(std::get<std::vector<EventRecord>>(reader.take_frame()).size());
        break;
      case CallReader::Step::kNeedMore:
        FAIL("a call that ends too early");
        break;
      case CallReader::Step::kEnd:
        return counts;
    }
  }
}

TEST_CASE("a frame holds at most sixteen events, or about a packet's worth") {
  Call call;
  using Counts = std::vector<std::size_t>;
  for (std::uint8_t version = kOldestVersion; version <= kNewestVersion; ++version) {
    INFO(int{version});
    call.records.assign(50, {Bytes(10, 1), {}});
    CHECK(events_per_frame(call, version) == Counts{16, 16, 16, 2});
    call.records.assign(6, {Bytes(500, 1), {}});
    CHECK(events_per_frame(call, version) == Counts{2, 2, 2});
    call.records.assign(3, {Bytes(limits::kEventBytes, 1), {}});
    CHECK(events_per_frame(call, version) == Counts{1, 1, 1});
    call.records.clear();
    CHECK(events_per_frame(call, version).empty());
  }
}

TEST_CASE("a frame with more events than sixteen is refused: what it unpacks to must stay small") {
  const auto compact = [](std::size_t records) {
    CompactCoder coder(0, 0);
    return encode_records(std::vector<EventRecord>(records), kNewestVersion, coder);
  };
  const auto plain = [](std::size_t records) {
    pb::EventFrame frame;
    for (std::size_t i = 0; i < records; ++i) frame.add_records();
    return plain_frame(serialise(frame));
  };
  CHECK(read_call(Forge(good_call_header()).frame(compact(limits::kFrameEvents)).sign()));
  CHECK(read_call(Forge(good_call_header()).frame(plain(limits::kFrameEvents)).sign()));
  CHECK(error_of_call(Forge(good_call_header()).frame(compact(limits::kFrameEvents + 1)).sign()) ==
        ErrorCode::kTooLarge);
  CHECK(error_of_call(Forge(good_call_header()).frame(plain(limits::kFrameEvents + 1)).sign()) == ErrorCode::kTooLarge);
}

TEST_CASE("an event of the largest size passes, whatever its bytes and whatever stands beside it") {
  FakeEnv env(0);
  Bytes noise(limits::kEventBytes);
  env.fill_random(noise);
  for (std::uint8_t version = kOldestVersion; version <= kNewestVersion; ++version) {
    Call call = small_call();
    call.records = {{noise, {}}, {noise, noise}};
    CHECK(read_call(encode(call, version)).value() == call);
    // A sealed part alone does not make it a filing that shrinks.
    call.records.assign(limits::kFrameEvents, {noise, {1}});
    CHECK(read_call(encode(call, version)).value() == call);
  }
}

TEST_CASE("a call without events is small") {
  Call call = small_call();
  call.records.clear();
  call.parts.clear();
  call.header.documents.clear();
  call.header.wants.clear();
  CHECK(encode(call).size() < 136);
}

}  // namespace
}  // namespace mimika::wire
