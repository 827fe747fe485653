// Files on sticks: blocks that bad sectors do not hurt, and contents that nobody on the way can read or make.
#include "sync/wire/bundle.h"

#include <catch2/catch.hpp>

#include "kiosk/base/limits.h"
#include "sync/wire/event_codec.h"

namespace mimika::wire {
namespace {

struct Keys {
  FakeEnv env{1'795'500'000'000, 5};
  crypto::SigningKey device = crypto::SigningKey::generate(env);
  crypto::SigningKey other_device = crypto::SigningKey::generate(env);
  crypto::SigningKey centre = crypto::SigningKey::generate(env);
  crypto::BoxKey box = crypto::BoxKey::generate(env);
  crypto::BoxKey other_box = crypto::BoxKey::generate(env);
};

Bytes random_bytes(Env& env, std::size_t count) {
  Bytes out(count);
  env.fill_random(out);
  return out;
}

Call call_of(Env& env, std::size_t records, std::size_t sealed_bytes, std::uint64_t first = 1) {
  Call call;
  call.header.device = DeviceId{17};
  call.header.epoch = Epoch{0xAABBCCDD};
  call.header.first_seq = Seq{first};
  call.header.chain_before = chain_mark(chain_start(call.header.device, call.header.epoch));
  call.header.feed_cursor = FeedSeq{7};
  for (std::size_t i = 0; i < records; ++i) {
    Event event;
    event.time.wall_ms = env.wall_ms();
    TicketFiled filed;
    filed.number = {DeviceCode{"JLA1"}, static_cast<std::uint32_t>(first + i)};
    filed.district = DistrictCode{"94.04.06"};
    env.fill_random(filed.receipt_key);
    event.payload = filed;
    call.records.push_back({encode_event(event), random_bytes(env, sealed_bytes)});
  }
  return call;
}

Ack ack_of(Env& env) {
  Ack ack;
  ack.device = DeviceId{17};
  ack.version = 3;
  ack.lives.push_back({Epoch{5}, Seq{40}, ChainMark{1, 2, 3}, {{Seq{7}, "revoked"}}});
  ack.lives.push_back({Epoch{9}, Seq{0}, ChainMark{4}, {}});
  ack.news.server_ms = env.wall_ms();
  ack.news.feed.push_back({FeedSeq{8}, {kCentreDevice, Epoch{3}, Seq{1}}, random_bytes(env, 90), env.wall_ms()});
  return ack;
}

Bytes damaged(Bytes file, std::size_t block, std::size_t count = 1) {
  for (std::size_t i = block; i < block + count && i * kStickBlockBytes < file.size(); ++i) {
    file[i * kStickBlockBytes + 1234] ^= 0x40;
  }
  return file;
}

TEST_CASE("a bundle comes back as the call it was made of, and carries no byte of it in the clear") {
  Keys keys;
  const Call call = call_of(keys.env, 100, 120);
  const auto file = encode_bundle(call, keys.device, keys.box.public_key(), keys.env);
  REQUIRE(file);
  const auto read = read_stick_file(*file);
  REQUIRE(read);
  CHECK(read->name() == "17-2864434397-1-100.kb");
  CHECK(read->damaged == 0);
  CHECK(encode_stick_file(*read) == *file);
  CHECK(open_bundle(*read, keys.box, keys.device.verify_key()) == call);
  for (const EventRecord& record : {call.records.front(), call.records.back()}) {
    CHECK(std::search(file->begin(), file->end(), record.sealed.begin(), record.sealed.end()) == file->end());
  }
}

TEST_CASE("a bundle without events asks for what is new") {
  Keys keys;
  const Call call = call_of(keys.env, 0, 0, 41);
  const auto read = read_stick_file(encode_bundle(call, keys.device, keys.box.public_key(), keys.env).value());
  REQUIRE(read);
  CHECK(read->name() == "17-2864434397-41-40.kb");
  CHECK(open_bundle(*read, keys.box, keys.device.verify_key()) == call);
}

TEST_CASE("an ACK comes back as it was, for its kiosk alone") {
  Keys keys;
  const Ack ack = ack_of(keys.env);
  const auto file = encode_ack(ack, {keys.centre, keys.box, keys.device.verify_key()}, keys.env);
  REQUIRE(file);
  const auto read = read_stick_file(*file);
  REQUIRE(read);
  CHECK(read->name() == "ACK-17-3.kb");
  CHECK(open_ack(*read, keys.device, keys.centre.verify_key(), keys.box.public_key()) == ack);
  const auto stranger = open_ack(*read, keys.other_device, keys.centre.verify_key(), keys.box.public_key());
  REQUIRE_FALSE(stranger);
  CHECK(stranger.error().code == ErrorCode::kUnauthorised);
  const auto forged = open_ack(*read, keys.device, keys.other_device.verify_key(), keys.box.public_key());
  REQUIRE_FALSE(forged);
  CHECK(forged.error().code == ErrorCode::kUnauthorised);
}

TEST_CASE("every single bad block, the first as well as the last, is brought back") {
  Keys keys;
  const Call call = call_of(keys.env, 300, 900);
  const Bytes file = encode_bundle(call, keys.device, keys.box.public_key(), keys.env).value();
  const std::size_t blocks = file.size() / kStickBlockBytes;
  REQUIRE(blocks > 70);
  for (std::size_t block = 0; block < blocks; ++block) {
    const auto read = read_stick_file(damaged(file, block));
    REQUIRE(read);
    REQUIRE(read->damaged == 1);
    REQUIRE(encode_stick_file(*read) == file);
  }
  CHECK(open_bundle(read_stick_file(damaged(file, 0)).value(), keys.box, keys.device.verify_key()) == call);
}

TEST_CASE("a file of four mebibytes with a tenth of it gone in one burst comes back wherever the burst is") {
  FakeEnv env(0, 3);
  const Bytes content = random_bytes(env, limits::kStickContentBytes);
  const Bytes file = encode_stick_blocks(StickKind::kBundle, content);
  CHECK(file.size() <= limits::kStickFileBytes);
  const ParityLayout layout = parity_layout(content.size());
  CHECK(layout.parity() * 10 >= layout.data);
  const std::size_t burst = (layout.parity_per_group - 1) * layout.groups;
  for (std::size_t at = 0; at + burst <= layout.blocks(); at += 101) {
    const auto read = decode_stick_blocks(damaged(file, at, burst));
    REQUIRE(read);
    REQUIRE(read->damaged == burst);
    REQUIRE(read->content == content);
  }
}

TEST_CASE("more damage than parity brings back is refused, and nothing comes out") {
  FakeEnv env(0, 3);
  const Bytes content = random_bytes(env, 200'000);
  const Bytes file = encode_stick_blocks(StickKind::kAck, content);
  const ParityLayout layout = parity_layout(content.size());
  REQUIRE(layout.groups == 1);
  CHECK(decode_stick_blocks(damaged(file, 3, layout.parity_per_group))->content == content);
  const auto refused = decode_stick_blocks(damaged(file, 3, layout.parity_per_group + 1));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::kCorrupt);
  CHECK(refused.error().message.find("too much of the file is damaged") != std::string::npos);
}

TEST_CASE("every content size up to some blocks comes back, with its last blocks missing too") {
  FakeEnv env(0, 4);
  for (const std::size_t blocks : {1U, 2U, 9U, 10U, 11U, 20U, 21U, 199U, 200U, 201U, 400U, 401U}) {
    for (const std::size_t less : {0U, 1U, 2U}) {
      const Bytes content = random_bytes(env, blocks * kStickPayloadBytes + 1 - less);
      Bytes file = encode_stick_blocks(StickKind::kBundle, content);
      const ParityLayout layout = parity_layout(content.size());
      REQUIRE(file.size() == layout.blocks() * kStickBlockBytes);
      file.resize(file.size() - layout.groups * kStickBlockBytes);
      const auto read = decode_stick_blocks(damaged(std::move(file), 0));
      REQUIRE(read);
      REQUIRE(read->content == content);
    }
  }
}

TEST_CASE("a file cut at any byte is brought back whole or refused whole") {
  Keys keys;
  const Call call = call_of(keys.env, 60, 700);
  const Bytes file = encode_bundle(call, keys.device, keys.box.public_key(), keys.env).value();
  std::size_t whole = 0;
  std::size_t refused = 0;
  for (std::size_t size = 0; size <= file.size(); size += 97) {
    const auto read = read_stick_file(ByteView(file).first(size));
    if (read) {
      ++whole;
      REQUIRE(encode_stick_file(*read) == file);
    } else {
      ++refused;
      REQUIRE(read.error().code == ErrorCode::kCorrupt);
    }
  }
  CHECK(whole > 0);
  CHECK(refused > 0);
}

TEST_CASE("bytes behind the last block are passed over") {
  FakeEnv env(0, 4);
  const Bytes content = random_bytes(env, 5000);
  Bytes file = encode_stick_blocks(StickKind::kBundle, content);
  append(file, random_bytes(env, 20'000));
  CHECK(decode_stick_blocks(file)->content == content);
}

TEST_CASE("what another device signed is refused") {
  Keys keys;
  const Call call = call_of(keys.env, 5, 100);
  const auto read = read_stick_file(encode_bundle(call, keys.other_device, keys.box.public_key(), keys.env).value());
  const auto opened = open_bundle(*read, keys.box, keys.device.verify_key());
  REQUIRE_FALSE(opened);
  CHECK(opened.error().code == ErrorCode::kUnauthorised);
}

TEST_CASE("a device cannot give out the events of another as its own") {
  Keys keys;
  const Call call = call_of(keys.env, 5, 100);
  const StickFile theirs =
      read_stick_file(encode_bundle(call, keys.device, keys.box.public_key(), keys.env).value()).value();
  // Its head changed and signed anew by the thief: the sealed part is bound to the head.
  Call mine = call;
  mine.header.device = DeviceId{18};
  StickFile forged =
      read_stick_file(encode_bundle(mine, keys.other_device, keys.box.public_key(), keys.env).value()).value();
  std::copy(theirs.content.begin() + 32, theirs.content.end() - 64, forged.content.begin() + 32);
  CHECK_FALSE(is_signed_by(forged, keys.other_device.verify_key()));
  CHECK_FALSE(open_bundle(forged, keys.box, keys.other_device.verify_key()));
}

TEST_CASE("a bundle for another centre's key says so in its head and does not open") {
  Keys keys;
  const Call call = call_of(keys.env, 5, 100);
  const auto read = read_stick_file(encode_bundle(call, keys.device, keys.other_box.public_key(), keys.env).value());
  CHECK(std::get<BundleHead>(read->head).sealed_to != key_mark(keys.box.public_key()));
  CHECK_FALSE(open_bundle(*read, keys.box, keys.device.verify_key()));
}

TEST_CASE("any change of a content is refused") {
  Keys keys;
  const Bytes file = encode_bundle(call_of(keys.env, 3, 100), keys.device, keys.box.public_key(), keys.env).value();
  const StickFile good = read_stick_file(file).value();
  for (std::size_t at = 0; at < good.content.size(); ++at) {
    StickFile changed = good;
    changed.content[at] ^= 1;
    REQUIRE_FALSE(open_bundle(changed, keys.box, keys.device.verify_key()));
  }
}

// A block with a good hash and whatever numbers its writer liked.
Bytes hostile_block(std::uint8_t kind, std::uint16_t index, std::uint32_t bytes, std::uint8_t version = kStickVersion) {
  Bytes start;
  append(start, as_bytes("MKB"));
  start.push_back(version);
  start.push_back(kind);
  start.push_back(0);
  append_u16(start, index);
  append_u32(start, bytes);
  start.resize(44, 0xEE);
  const Bytes payload(kStickPayloadBytes, 0x55);
  const crypto::Hash hash = crypto::Hasher("mimika stick block 1").add(start).add(payload).finish();
  append(start, ByteView(hash).first(20));
  append(start, payload);
  return start;
}

TEST_CASE("numbers without measure in a block are refused by name") {
  const auto code = [](const Bytes& file) {
    const auto read = decode_stick_blocks(file);
    REQUIRE_FALSE(read);
    return read.error().code;
  };
  CHECK(code(hostile_block(1, 0, 0xFFFFFFFF)) == ErrorCode::kTooLarge);
  CHECK(code(hostile_block(1, 0, limits::kStickContentBytes + 1)) == ErrorCode::kTooLarge);
  CHECK(code(hostile_block(1, 0, limits::kStickContentBytes)) == ErrorCode::kCorrupt);
  CHECK(code(hostile_block(1, 0, 0)) == ErrorCode::kCorrupt);
  CHECK(code(hostile_block(1, 0, 1)) == ErrorCode::kCorrupt);
  CHECK(code(hostile_block(9, 0, 100)) == ErrorCode::kCorrupt);
  CHECK(code(hostile_block(1, 0xFFFF, 100)) == ErrorCode::kCorrupt);
  CHECK(code(hostile_block(1, 0, 100, kStickVersion + 1)) == ErrorCode::kNewerVersion);
  CHECK(code({}) == ErrorCode::kCorrupt);
  CHECK(code(Bytes(4096, 0)) == ErrorCode::kCorrupt);
  CHECK(code(Bytes(limits::kStickFileBytes + 1, 0)) == ErrorCode::kTooLarge);
}

// A head with these numbers over content that would otherwise do.
Result<StickFile> with_head(StickKind kind, const Bytes& head) {
  Bytes content = head;
  content.resize(400, 1);
  return read_stick_file(encode_stick_blocks(kind, content));
}

TEST_CASE("ranges and versions without measure are refused") {
  const auto range = [](std::uint64_t first, std::uint64_t last) {
    Bytes head;
    append_u32(head, 17);
    append_u32(head, 1);
    append_u64(head, first);
    append_u64(head, last);
    return with_head(StickKind::kBundle, head).has_value();
  };
  CHECK(range(1, 0));
  CHECK(range(5, 9));
  CHECK_FALSE(range(0, 0));
  CHECK_FALSE(range(9, 5));
  CHECK_FALSE(range(1, 0xFFFFFFFF));
  CHECK_FALSE(range(1, ~std::uint64_t{0}));
  CHECK_FALSE(range(~std::uint64_t{0}, ~std::uint64_t{0}));
  const auto version = [](std::uint64_t number) {
    Bytes head;
    append_u32(head, 17);
    append_u64(head, number);
    return with_head(StickKind::kAck, head).has_value();
  };
  CHECK(version(1));
  CHECK_FALSE(version(0));
  CHECK_FALSE(version(~std::uint64_t{0}));
}

TEST_CASE("a content too short for what it says it is, is refused") {
  for (std::size_t bytes = 1; bytes < 192; ++bytes) {
    CHECK_FALSE(read_stick_file(encode_stick_blocks(StickKind::kBundle, Bytes(bytes, 1))));
  }
  for (std::size_t bytes = 1; bytes < 132; ++bytes) {
    CHECK_FALSE(read_stick_file(encode_stick_blocks(StickKind::kAck, Bytes(bytes, 1))));
  }
}

TEST_CASE("a small bundle that unpacks to much is refused") {
  Keys keys;
  Call call = call_of(keys.env, 1, 100);
  call.records.assign(400, {Bytes(20'000, 7), {}});
  const auto file = encode_bundle(call, keys.device, keys.box.public_key(), keys.env);
  REQUIRE(file);
  CHECK(file->size() < limits::kMiB);
  const auto opened = open_bundle(read_stick_file(*file).value(), keys.box, keys.device.verify_key());
  REQUIRE_FALSE(opened);
  CHECK(opened.error().code == ErrorCode::kTooLarge);
}

TEST_CASE("a call that does not fit into a file is refused") {
  Keys keys;
  const auto file = encode_bundle(call_of(keys.env, 300, 15'000), keys.device, keys.box.public_key(), keys.env);
  REQUIRE_FALSE(file);
  CHECK(file.error().code == ErrorCode::kTooLarge);
}

}  // namespace
}  // namespace mimika::wire
