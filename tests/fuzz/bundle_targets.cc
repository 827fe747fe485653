#include "tests/fuzz/bundle_targets.h"

#include <algorithm>
#include <utility>

#include "kiosk/base/check.h"
#include "kiosk/base/env.h"
#include "sync/wire/bundle.h"

namespace mimika::fuzz {
namespace {

struct Keys {
  FakeEnv env{1'795'500'000'000, 4};
  crypto::SigningKey device = crypto::SigningKey::generate(env);
  crypto::SigningKey centre = crypto::SigningKey::generate(env);
  crypto::BoxKey box = crypto::BoxKey::generate(env);
};

Keys& keys() {
  static Keys the_keys;
  return the_keys;
}

wire::Call small_call(std::size_t records) {
  wire::Call call;
  call.header.device = DeviceId{17};
  call.header.epoch = Epoch{9};
  for (std::size_t i = 0; i < records; ++i)
    call.records.push_back({Bytes(40, static_cast<std::uint8_t>(i)), Bytes(90, 7)});
  return call;
}

wire::Ack small_ack() {
  wire::Ack ack;
  ack.device = DeviceId{17};
  ack.version = 3;
  ack.lives.push_back({Epoch{9}, Seq{40}, wire::ChainMark{1}, {{Seq{2}, "fork"}}});
  ack.blobs.push_back({wire::BlobId{}, Bytes{0x0F}});
  ack.news.feed.push_back({FeedSeq{1}, {kCentreDevice, Epoch{1}, Seq{1}}, Bytes(30, 1), 1'795'500'000'000});
  return ack;
}

Bytes bundle_file(std::size_t records) {
  return wire::encode_bundle(small_call(records), keys().device, keys().box.public_key(), keys().env).value();
}

Bytes ack_file() {
  return wire::encode_ack(small_ack(), {keys().centre, keys().box, keys().device.verify_key()}, keys().env).value();
}

// What was let in can be said again, and says the same.
void check_file(ByteView input) {
  const auto file = wire::read_stick_file(input);
  if (!file) return;
  const auto again = wire::read_stick_file(wire::encode_stick_file(*file));
  CHECK(again);
  CHECK(again->content == file->content);
  CHECK(again->damaged == 0);
  if (std::holds_alternative<wire::BundleHead>(file->head)) {
    static_cast<void>(wire::open_bundle(*file, keys().box, keys().device.verify_key()));
  } else {
    static_cast<void>(wire::open_ack(*file, keys().device, keys().centre.verify_key(), keys().box.public_key()));
  }
}

Bytes content_of(const Bytes& file) {
  return wire::decode_stick_blocks(file).value().content;
}

}  // namespace

void run_bundle(ByteView input) {
  check_file(input);
}

void run_ack(ByteView input) {
  check_file(input);
}

// A content in good blocks: heads, lengths and what comes after them.
void run_bundle_inside(ByteView input) {
  if (input.empty() || input.size() > 100'000) return;
  check_file(wire::encode_stick_blocks(wire::StickKind::kBundle, input));
}

void run_ack_inside(ByteView input) {
  wire::Ack ack;
  if (!wire::decode_ack_content(input, keys().centre.verify_key(), ack)) return;
  wire::Ack again;
  CHECK(wire::decode_ack_content(wire::encode_ack_content(ack, keys().centre), keys().centre.verify_key(), again));
  CHECK(again == ack);
}

std::vector<Bytes> seeds_of_bundle() {
  Bytes hurt = bundle_file(60);
  hurt[100] ^= 1;
  return {bundle_file(0), bundle_file(3), std::move(hurt)};
}

std::vector<Bytes> seeds_of_ack() {
  return {ack_file()};
}

std::vector<Bytes> seeds_of_bundle_inside() {
  return {content_of(bundle_file(3))};
}

std::vector<Bytes> seeds_of_ack_inside() {
  wire::Ack bare = small_ack();
  bare.blobs.clear();
  return {wire::encode_ack_content(small_ack(), keys().centre), wire::encode_ack_content(bare, keys().centre)};
}

}  // namespace mimika::fuzz
