#include "sync/central/ingest/bundle.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "kiosk/base/log.h"
#include "sync/central/central_limits.h"
#include "sync/central/ingest/answer_parts.h"
#include "sync/central/ingest/blob_taker.h"
#include "sync/central/ingest/record_taker.h"
#include "sync/central/store/clocks.h"
#include "sync/central/store/documents.h"
#include "sync/central/store/journals.h"
#include "sync/central/store/policies.h"
#include "sync/central/store/sticks.h"
#include "sync/wire/event_codec.h"

namespace mimika::central {
namespace {

constexpr const char* kBrokenChain = "broken_chain";
constexpr std::int64_t kMsPerSecond = 1000;

Refusal gap(Seq first, Seq held) {
  Refusal refusal = refuse(409, "gap",
                           "it begins with event " + std::to_string(first.value) + ", but only " +
                               std::to_string(held.value) + " are here: first bring the bundle before it");
  refusal.acknowledged = held.value;
  return refusal;
}

Refusal broken_chain(Seq first, Seq held) {
  Refusal refusal =
      refuse(409, kBrokenChain, "the chain before event " + std::to_string(first.value) + " is not the one held here");
  refusal.acknowledged = held.value;
  return refusal;
}

JournalHead nothing_of(DeviceId device, Epoch epoch) {
  return {Seq{0}, wire::chain_start(device, epoch), 0};
}

// The pair that a file was sealed to: the present one, or one of before. Nothing for a stranger's.
const CentreKeyPair* pair_of(const CentreKeys& keys, const wire::KeyMark& mark) {
  if (wire::key_mark(keys.box.public_key()) == mark) return &keys;
  for (const CentreKeys::Past& past : keys.past) {
    if (wire::key_mark(past.pair.box.public_key()) == mark) return &past.pair;
  }
  return nullptr;
}

// A file that was long on its way knows less than one that came before it. Of another life only a question counts, and
// only when it knows more: whatever else brings nothing new has come before, and may lie on the stick for ever.
bool is_overtaken(const wire::Call& call, const wire::CallHeader& newest, WallMs now_ms) {
  const wire::CallHeader& header = call.header;
  if (header.device != newest.device) return false;  // the first
  // A time yet to come was heard when this clock was wrong.
  const WallMs heard_ms = newest.heard_ms > now_ms ? 0 : newest.heard_ms;
  const bool question = call.records.empty() && call.parts.empty();
  if (header.epoch != newest.epoch) return !question || header.heard_ms <= heard_ms;
  return std::tie(header.heard_ms, header.first_seq) < std::tie(heard_ms, newest.first_seq);
}

Result<wire::LifeAck> life_ack(Database& database, DeviceId device, Epoch epoch) {
  TRY_ASSIGN(const auto journal, find_journal(database, device, epoch));
  TRY_ASSIGN(const JournalHead head, as_told(database, device, epoch, journal.value_or(nothing_of(device, epoch))));
  wire::LifeAck life{epoch, head.last_seq, wire::chain_mark(head.chain), {}};
  TRY_ASSIGN(const auto aside, set_aside_in(database, device, epoch, mimika::limits::kAckRejectsPerLife));
  for (const SetAside& event : aside) life.rejects.push_back({event.seq, event.reason});
  return life;
}

}  // namespace

Answered<wire::StickFile> BundleIngest::read(ByteView file) {
  auto read = wire::read_stick_file(file);
  if (!read) {
    Refusal refusal = refusal_of(read.error());
    if (read.error().code == ErrorCode::kCorrupt) refusal.name = "damaged";
    return std::unexpected(std::move(refusal));
  }
  if (!std::holds_alternative<wire::BundleHead>(read->head)) {
    return std::unexpected(refuse(400, "not_a_bundle", "an ACK, which is for a kiosk"));
  }
  return *std::move(read);
}

Answered<BundleTaken> BundleIngest::take(Database& database, const wire::StickFile& file) const {
  const auto& head = std::get<wire::BundleHead>(file.head);
  const auto device = find_device(database, head.device);
  if (!device) return std::unexpected(refusal_of(device.error()));
  if (!*device || !(*device)->verify_key) {
    return std::unexpected(
        refuse(403, "unknown_device", "device " + std::to_string(head.device.value) + " is not enrolled here"));
  }
  const crypto::VerifyKey& key = *(*device)->verify_key;
  if (!wire::is_signed_by(file, key)) {
    return std::unexpected(refuse(401, "wrong_signature", "the signature is not this device's"));
  }
  const auto refused = [&](Refusal refusal) {
    return std::unexpected(*note(database, head.device, std::move(refusal)));
  };
  const CentreKeyPair* const pair = pair_of(keys_, head.sealed_to);
  if (pair == nullptr) {
    return refused(refuse(400, "another_key", "it was sealed to another key than this centre's"));
  }
  const auto call = wire::open_bundle(file, pair->box, key);
  if (!call) return refused(refusal_of(call.error()));

  BundleTaken taken;
  std::optional<Refusal> refusal;
  const Status done = in_transaction(database, [&] { return store(database, **device, *call, refusal, taken); });
  if (!done) return refused(refusal ? *std::move(refusal) : refusal_of(done.error()));
  take_parts(database, head.device, call->parts, taken);
  log_info("ingest", "{}: a bundle, {} events new, {} known, {} leaves", (*device)->code.value, taken.stored, taken.had,
           taken.leaves);
  return taken;
}

Status BundleIngest::store(Database& database, const Device& device, const wire::Call& call,
                           std::optional<Refusal>& refusal, BundleTaken& taken) const {
  const wire::CallHeader& header = call.header;
  TRY_ASSIGN(const auto journal, find_journal(database, device.id, header.epoch));
  JournalHead head = journal.value_or(nothing_of(device.id, header.epoch));
  const std::uint64_t before = header.first_seq.value - 1;
  if (before > head.last_seq.value) {
    refusal = gap(header.first_seq, head.last_seq);
    return fail(ErrorCode::kConflict, refusal->message);
  }
  crypto::Hash chain = wire::chain_start(device.id, header.epoch);
  if (before > 0) {
    TRY_ASSIGN(const auto held, chains_between(database, device.id, header.epoch, Seq{before}, Seq{before}));
    if (held.size() != 1) return fail(ErrorCode::kCorrupt, "an event is missing from the database");
    chain = held.front();
  }
  if (wire::chain_mark(chain) != header.chain_before) {
    refusal = broken_chain(header.first_seq, head.last_seq);
    return fail(ErrorCode::kConflict, refusal->message);
  }
  // Of files that come in any order only those written later speak of an end.
  const bool tells_end = header.ends_at.value > 0 && header.ends_at != head.ends_at;
  if (tells_end) head.ends_at = header.ends_at;
  const Projector projector(keys_, &catalogue_);
  RecordTaker taker(database, projector, catalogue_, device, {header.epoch, header.first_seq, chain, false}, head,
                    env_.wall_ms());
  for (const wire::EventRecord& record : call.records) TRY(taker.take(record));
  // The number of the last call stays what it was.
  if (taker.stored() > 0 || (tells_end && journal)) TRY(save_journal(database, device.id, header.epoch, taker.head()));
  taken.stored = taker.stored();
  taken.had = call.records.size() - taker.stored();
  taken.rejects = std::move(taker.rejects());
  TRY(note_anchor(database, header, AnchorKind::kNotLater, env_.wall_ms()));
  if (header.heard_ms > 0) TRY(note_anchor(database, header, AnchorKind::kNotEarlier, header.heard_ms));
  return note_header(database, device, call, taken.stored > 0 || !journal);
}

// What the kiosk says of itself, unless a later word of it is here.
Status BundleIngest::note_header(Database& database, const Device& device, const wire::Call& call,
                                 bool brings_news) const {
  const wire::CallHeader& header = call.header;
  const WallMs now_ms = env_.wall_ms();
  TRY_ASSIGN(StickDevice facts, stick_device(database, device.id));
  const bool overtaken = !brings_news && is_overtaken(call, facts.header, now_ms);
  if (!overtaken) facts.header = header;
  facts.last_bundle_ms = now_ms;
  TRY(save_stick_device(database, device.id, facts));
  // An ACK is signed with the pair that this policy named.
  const WallMs called_ms = device.last_call_ms.value_or(0);
  const bool called_since = !brings_news && called_ms <= now_ms && header.heard_ms < called_ms;
  return overtaken || called_since ? Status() : note_device_policy(database, device, header.policy_version);
}

// After the events that name them, and apart from their transaction, as in a call.
void BundleIngest::take_parts(Database& database, DeviceId device, const std::vector<wire::BlobPart>& parts,
                              BundleTaken& taken) const {
  if (parts.empty()) return;
  BlobTaker taker(blobs_, device);
  taker.take(database, parts);
  taken.leaves = taker.leaves_taken();
  for (const auto& [reason, times] : taker.take_refused()) {
    const Status counted = add_refusals(database, reason, times, env_.wall_ms());
    if (!counted) log_warning("ingest", "{}", counted.error().message);
  }
}

// Only what is truly this kiosk's comes here, so that a stranger cannot fill the table.
std::optional<Refusal> BundleIngest::note(Database& database, DeviceId device, Refusal refusal) const {
  const Status noted = note_stick_refusal(database, device, refusal.name, env_.wall_ms());
  if (!noted) log_error("store", "a refusal is not counted: {}", noted.error().message);
  return refusal;
}

Status BundleIngest::gather(Database& database, const Device& device, wire::Ack& ack) const {
  TRY_ASSIGN(StickDevice facts, stick_device(database, device.id));
  // Above the clock as well: a centre that was restored from a backup must not begin below what kiosks have seen.
  const auto seconds = static_cast<std::uint64_t>(std::max<WallMs>(env_.wall_ms(), 0) / kMsPerSecond);
  facts.ack_version = std::max(facts.ack_version + 1, seconds);
  ack.version = facts.ack_version;
  TRY(save_stick_device(database, device.id, facts));
  TRY_ASSIGN(const auto lives, lives_of(database, device.id, mimika::limits::kAckLives));
  for (const Epoch epoch : lives) {
    TRY_ASSIGN(wire::LifeAck life, life_ack(database, device.id, epoch));
    ack.lives.push_back(std::move(life));
  }
  ack.news.server_ms = env_.wall_ms();
  TRY_ASSIGN(const std::uint32_t published, newest_version(database, wire::DocumentKind::kDictionary));
  ack.news.dictionary = std::max(wire::Dictionaries::built_in().newest(), published);
  TRY_ASSIGN(const auto policy, policy_after(database, device.policy_version));
  if (policy) ack.news.policy = policy->body;
  if (device.revoked_ms) return {};  // it is told nothing more
  TRY_ASSIGN(ack.blobs, newest_blobs(database, device.id, mimika::limits::kAckBlobs));
  facts.header.device = device.id;
  return add_news(database, device, facts.header, stick_limits(), ack.news);
}

Result<BundleIngest::NewAck> BundleIngest::make_ack(Database& database, DeviceId id) const {
  TRY_ASSIGN(const auto device, find_device(database, id));
  if (!device || !device->verify_key) {
    return fail(ErrorCode::kNotFound, "device " + std::to_string(id.value) + " is not enrolled here");
  }
  wire::Ack ack;
  ack.device = id;
  TRY(in_transaction(database, [&] { return gather(database, *device, ack); }));
  const CentreKeyPair& pair = keys_.known_with(device->policy_version);
  TRY_ASSIGN(Bytes file, wire::encode_ack(ack, {pair.signing, pair.box, *device->verify_key}, env_));
  return NewAck{wire::file_name(wire::AckHead{id, ack.version, {}}), std::move(file)};
}

Answered<Bytes> BundleIngest::exchange(Database& database, ByteView body) const {
  auto file = read(body);
  if (!file) return std::unexpected(std::move(file).error());
  const auto taken = take(database, *file);
  // The kiosk of a broken chain must hear of it, or it would send the same again for ever: the ACK says what is held
  // here, and the kiosk draws its conclusion.
  if (!taken && taken.error().name != kBrokenChain) return std::unexpected(taken.error());
  auto ack = make_ack(database, file->device());
  if (!ack) return std::unexpected(refusal_of(ack.error()));
  return std::move(ack->file);
}

}  // namespace mimika::central
