#include "tests/sim/lies.h"

#include <utility>

#include "kiosk/model/event.h"
#include "sync/wire/event_codec.h"

namespace mimika::sim {
namespace {

wire::ChainMark random_mark(Env& env) {
  wire::ChainMark mark{};
  env.fill_random(mark);
  return mark;
}

Bytes random_bytes(Env& env, std::size_t size) {
  Bytes bytes(size);
  env.fill_random(bytes);
  return bytes;
}

}  // namespace

std::optional<LyingAnswer> lie_about(ByteView true_answer, LieContext& context) {
  auto decoded = wire::decode_answer(true_answer, context.centre_key.verify_key());
  if (!decoded) return std::nullopt;
  wire::Answer answer = *std::move(decoded);
  LyingAnswer lie;
  switch (context.rng.below(10)) {
    case 0:
      lie.what = "acknowledges what was never sent";
      answer.acknowledged.value += 1 + context.rng.below(1000);
      answer.chain_at = random_mark(context.env);
      lie.spoils_watermark = true;
      break;
    case 1:
      lie.what = "knows another chain";
      answer.chain_at = random_mark(context.env);
      lie.spoils_watermark = true;
      break;
    case 2:
      lie.what = "leaves a hole in the feed";
      for (wire::FeedItem& item : answer.feed) item.feed_seq.value += 1 + context.rng.below(5);
      break;
    case 3:
      lie.what = "always has more";
      answer.feed.clear();
      answer.feed_more = true;
      break;
    case 4:
      lie.what = "answers another call";
      answer.call_no += 1 + context.rng.below(3);
      break;
    case 5: {
      lie.what = "signs with another key";
      lie.bytes = wire::encode_answer(answer, crypto::SigningKey::generate(context.env));
      return lie;
    }
    case 6: {
      lie.what = "tells the feed of another district";
      std::uint64_t next = answer.feed.empty() ? 1 + context.rng.below(20) : answer.feed.front().feed_seq.value;
      answer.feed = context.foreign_feed;
      for (wire::FeedItem& item : answer.feed) item.feed_seq.value = next++;
      lie.spoils_feed = !answer.feed.empty();
      break;
    }
    case 7:
      lie.what = "sets aside what it took";
      for (int i = 0; i < 300; ++i) answer.rejects.push_back({Seq{context.rng.below(50)}, "because"});
      break;
    case 8:
      lie.what = "has an absurd clock";
      answer.server_ms = context.rng.percent(50) ? 0 : 4'102'444'800'000;
      break;
    default:
      lie.what = "acknowledges beyond all measure";
      answer.acknowledged.value = ~std::uint64_t{0} >> context.rng.below(2);
      lie.spoils_watermark = true;
      break;
  }
  lie.bytes = wire::encode_answer(answer, context.centre_key);
  return lie;
}

std::optional<Bytes> acknowledge_unstored(ByteView call, const crypto::VerifyKey& device,
                                          const central::CentreKeyPair& centre, WallMs now_ms) {
  const auto read = wire::decode_call(call, centre.box, device);
  if (!read || read->records.empty() || read->header.first_seq.value != 1) return std::nullopt;
  const wire::CallHeader& header = read->header;
  crypto::Hash chain = wire::chain_start(header.device, header.epoch);
  std::uint64_t seq = header.first_seq.value;
  for (const wire::EventRecord& record : read->records) {
    chain = wire::chain_next(chain, {header.device, header.epoch, Seq{seq++}}, record.event, record.sealed);
  }
  wire::Answer answer;
  answer.acknowledged = Seq{seq - 1};
  answer.chain_at = wire::chain_mark(chain);
  answer.call_no = header.call_no;
  answer.server_ms = now_ms;
  return wire::encode_answer(answer, centre.signing);
}

// --- LyingKiosk

LyingKiosk::LyingKiosk(Env& env, DeviceId device, DeviceCode code, DistrictCode district, const crypto::SigningKey& key,
                       const crypto::BoxPublicKey& centre)
    : env_(env), device_(device), code_(std::move(code)), district_(std::move(district)), key_(key), centre_(centre) {
  begin_life();
}

void LyingKiosk::begin_life() {
  epoch_ = Epoch{random_integer<std::uint32_t>(env_)};
  records_.clear();
  call_no_ = 0;
}

void LyingKiosk::append(Rng& rng, std::string& what) {
  Event event;
  event.key = {device_, epoch_, Seq{records_.size() + 1}};
  event.time.wall_ms = static_cast<WallMs>(rng.next() >> 2);
  TicketFiled filed;
  filed.number = {code_, static_cast<std::uint32_t>(1 + rng.below(5))};
  filed.district = district_;
  filed.category = CategoryId{"jalan"};
  event.payload = filed;
  wire::EventRecord record;
  switch (rng.below(7)) {
    case 0:
      what = "an event that is none";
      record.event = random_bytes(env_, rng.below(200));
      break;
    case 1:
      what = "a filing in another district";
      filed.district = DistrictCode{"94.04.99"};
      event.payload = filed;
      break;
    case 2:
      what = "a filing under another kiosk's code";
      filed.number.device = DeviceCode{"JLA1"};
      event.payload = filed;
      break;
    case 3:
      what = "an officer's event";
      event.payload = TicketVerified{event.key, Actor{"lo1", "Yulius", Role::kLiaison, {}}};
      break;
    case 4:
      what = "a private part that does not open";
      event.sealed_at = SealPosition{Seq{1 + rng.below(9)}, static_cast<std::uint32_t>(rng.below(300))};
      record.sealed = random_bytes(env_, rng.below(400));
      break;
    default:
      what = "a filing whose number it has used before";
      break;
  }
  if (record.event.empty()) record.event = wire::encode_event(event);
  records_.push_back(std::move(record));
}

Bytes LyingKiosk::next_call(Rng& rng, DeviceId other, std::string& what) {
  for (std::uint64_t i = 1 + rng.below(3); i > 0; --i) append(rng, what);
  wire::Call call;
  call.header.device = device_;
  call.header.epoch = epoch_;
  call.header.call_no = ++call_no_;
  call.header.feed_cursor = FeedSeq{rng.percent(50) ? 0 : rng.next() >> 1};
  call.header.wall_ms = static_cast<WallMs>(rng.next());
  std::size_t first = 0;
  const std::uint64_t trick = rng.below(8);
  if (trick == 0) {
    what = "a gap";
    first = rng.below(records_.size());
    call.header.first_seq = Seq{first + 2 + rng.below(100)};
    call.header.chain_before = random_mark(env_);
    call.records.assign(records_.begin() + static_cast<std::ptrdiff_t>(first), records_.end());
    return wire::encode_call(call, key_, centre_).value();
  }
  if (trick == 1) {
    what = "a fork";
    records_[rng.below(records_.size())].sealed = random_bytes(env_, 40);
  }
  if (trick == 2) {
    what = "another device's name";
    call.header.device = other;
  }
  if (trick == 3) {
    what = "a great many events in few bytes";
    for (int i = 0; i < 300; ++i) call.records.push_back({Bytes(1000, 0), {}});
  }
  if (trick == 4) begin_life();
  call.header.epoch = epoch_;
  call.header.chain_before = wire::chain_mark(wire::chain_start(device_, epoch_));
  call.records.insert(call.records.begin(), records_.begin(), records_.end());
  return wire::encode_call(call, key_, centre_).value();
}

Bytes forged_call(Rng& rng, Env& env, DeviceId device, const crypto::BoxPublicKey& centre,
                  const std::optional<Bytes>& overheard, std::string& what) {
  const std::uint64_t trick = rng.below(overheard ? 4 : 2);
  if (trick == 0) {
    what = "noise";
    return random_bytes(env, rng.below(3000));
  }
  if (trick == 1) {
    what = "a call under another key";
    wire::Call call;
    call.header.device = device;
    call.header.epoch = Epoch{random_integer<std::uint32_t>(env)};
    call.header.call_no = 1;
    call.header.chain_before = wire::chain_mark(wire::chain_start(device, call.header.epoch));
    call.records.push_back({random_bytes(env, 100), {}});
    return wire::encode_call(call, crypto::SigningKey::generate(env), centre).value();
  }
  Bytes changed = *overheard;
  if (trick == 2) {
    what = "an overheard call, cut short";
    changed.resize(rng.below(changed.size()));
  } else {
    what = "an overheard call, changed";
    changed[rng.below(changed.size())] ^= static_cast<std::uint8_t>(1 + rng.below(255));
  }
  return changed;
}

}  // namespace mimika::sim
