#include "sync/wire/bundle.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "kiosk/base/limits.h"
#include "kiosk/base/wipe.h"
#include "kiosk/crypto/seal_once.h"
#include "sync/wire/envelope_format.h"

namespace mimika::wire {
namespace {

constexpr std::size_t kBundleHeadBytes = 40;
constexpr std::size_t kAckHeadBytes = 20;
constexpr std::size_t kSealedKeyBytes = crypto::kContentKeyBytes + crypto::kSealOverheadBytes;
constexpr std::size_t kSaltBytes = 32;
// An honest one holds limits::kBundleRawBytes and, of the smallest events, some bookkeeping for each.
constexpr std::size_t kUnpackedBytes = 2 * limits::kBundleRawBytes;
constexpr std::size_t kSignatureBytes = sizeof(crypto::Signature);

Bytes encode_head(const BundleHead& head) {
  Bytes out;
  append_u32(out, head.device.value);
  append_u32(out, head.epoch.value);
  append_u64(out, head.first.value);
  append_u64(out, head.last.value);
  append(out, head.sealed_to);
  append(out, head.parts);
  return out;
}

Bytes encode_head(const AckHead& head) {
  Bytes out;
  append_u32(out, head.device.value);
  append_u64(out, head.version);
  append(out, head.sealed_to);
  return out;
}

Result<BundleHead> decode_bundle_head(ByteView bytes) {
  ByteReader reader(bytes);
  BundleHead head;
  TRY_ASSIGN(head.device.value, reader.u32());
  TRY_ASSIGN(head.epoch.value, reader.u32());
  TRY_ASSIGN(head.first.value, reader.u64());
  TRY_ASSIGN(head.last.value, reader.u64());
  TRY_ASSIGN(const ByteView sealed_to, reader.take(head.sealed_to.size()));
  std::ranges::copy(sealed_to, head.sealed_to.begin());
  std::ranges::copy(reader.rest(), head.parts.begin());
  const std::uint64_t most = std::numeric_limits<std::int64_t>::max();  // what a column holds
  const bool sane = head.first.value >= 1 && head.first.value <= most && head.last.value >= head.first.value - 1 &&
                    head.last.value - (head.first.value - 1) <= limits::kCallFrames * limits::kFrameEvents;
  if (!sane) return fail(ErrorCode::kCorrupt, "a bundle with a range that cannot be");
  return head;
}

Result<AckHead> decode_ack_head(ByteView bytes) {
  ByteReader reader(bytes);
  AckHead head;
  TRY_ASSIGN(head.device.value, reader.u32());
  TRY_ASSIGN(head.version, reader.u64());
  std::ranges::copy(reader.rest(), head.sealed_to.begin());
  if (head.version == 0 || head.version > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
    return fail(ErrorCode::kCorrupt, "an ACK with a version that cannot be");
  }
  return head;
}

StickKind kind_of(const StickFile& file) {
  return std::holds_alternative<BundleHead>(file.head) ? StickKind::kBundle : StickKind::kAck;
}

// The signature stands for all of the file: the parity follows from what is hashed here.
crypto::Hash signed_hash(StickKind kind, std::size_t content_bytes, ByteView before_signature) {
  const std::array<std::uint8_t, 2> layout{kStickVersion, static_cast<std::uint8_t>(kind)};
  return crypto::Hasher("mimika stick content 1").add(layout).add_u64(content_bytes).add(before_signature).finish();
}

Result<Bytes> sign_and_encode(StickKind kind, Bytes content, const crypto::SigningKey& key) {
  const std::size_t whole = content.size() + kSignatureBytes;
  if (whole > limits::kStickContentBytes) return fail(ErrorCode::kTooLarge, "more than a file on a stick can hold");
  append(content, key.sign(signed_hash(kind, whole, content)));
  return encode_stick_blocks(kind, content);
}

// Between head and signature.
ByteView middle_of(const StickFile& file, std::size_t head_bytes) {
  return ByteView(file.content).subspan(head_bytes, file.content.size() - head_bytes - kSignatureBytes);
}

// Known to this device and the centre alone, and used for one file.
crypto::SecretBytes ack_key(const crypto::SecretBytes& shared, ByteView salt) {
  crypto::Hash hash = crypto::Hasher("mimika ack key 1").add(shared.view()).add(salt).finish();
  crypto::SecretBytes key = crypto::SecretBytes::copy_of(hash);
  overwrite_memory(hash.data(), hash.size());
  return key;
}

Bytes encode_lives(const std::vector<LifeAck>& lives) {
  Bytes out;
  append_varint(out, lives.size());
  for (const LifeAck& life : lives) {
    append_u32(out, life.epoch.value);
    append_varint(out, life.acknowledged.value);
    append(out, life.chain_at);
    append_varint(out, life.rejects.size());
    for (const Reject& reject : life.rejects) {
      append_varint(out, reject.seq.value);
      append_varint(out, reject.reason.size());
      append(out, as_bytes(reject.reason));
    }
  }
  return out;
}

Result<LifeAck> decode_life(ByteReader& reader) {
  LifeAck life;
  TRY_ASSIGN(life.epoch.value, reader.u32());
  TRY_ASSIGN(life.acknowledged.value, read_varint(reader));
  TRY_ASSIGN(const ByteView chain, reader.take(life.chain_at.size()));
  std::ranges::copy(chain, life.chain_at.begin());
  TRY_ASSIGN(const std::size_t rejects, read_length(reader));
  if (rejects > limits::kAckRejectsPerLife) return fail(ErrorCode::kTooLarge, "too many rejects in an ACK");
  for (std::size_t i = 0; i < rejects; ++i) {
    Reject reject;
    TRY_ASSIGN(reject.seq.value, read_varint(reader));
    TRY_ASSIGN(const std::size_t size, read_length(reader));
    TRY_ASSIGN(const ByteView reason, reader.take(size));
    reject.reason = as_text(reason);
    life.rejects.push_back(std::move(reject));
  }
  return life;
}

Result<std::vector<LifeAck>> decode_lives(ByteReader& reader) {
  TRY_ASSIGN(const std::size_t count, read_length(reader));
  if (count > limits::kAckLives) return fail(ErrorCode::kTooLarge, "too many lives in an ACK");
  std::vector<LifeAck> lives;
  for (std::size_t i = 0; i < count; ++i) {
    TRY_ASSIGN(LifeAck life, decode_life(reader));
    lives.push_back(std::move(life));
  }
  return lives;
}

Bytes encode_blobs(const std::vector<BlobWant>& blobs) {
  Bytes out;
  append_varint(out, blobs.size());
  for (const BlobWant& blob : blobs) {
    append(out, blob.blob.hash);
    append_varint(out, blob.held.size());
    append(out, blob.held);
  }
  return out;
}

Result<std::vector<BlobWant>> decode_blobs(ByteReader& reader) {
  TRY_ASSIGN(const std::size_t count, read_length(reader));
  if (count > limits::kAckBlobs) return fail(ErrorCode::kTooLarge, "too many attachments in an ACK");
  std::vector<BlobWant> blobs;
  for (std::size_t i = 0; i < count; ++i) {
    BlobWant blob;
    TRY_ASSIGN(const ByteView id, reader.take(blob.blob.hash.size()));
    std::ranges::copy(id, blob.blob.hash.begin());
    TRY_ASSIGN(const std::size_t size, read_length(reader));
    if (size > (kBlobLeaves + 7) / 8) return fail(ErrorCode::kTooLarge, "a map of leaves over its limit");
    TRY_ASSIGN(const ByteView held, reader.take(size));
    blob.held.assign(held.begin(), held.end());
    blobs.push_back(std::move(blob));
  }
  return blobs;
}

}  // namespace

PartsMark parts_mark(const std::vector<BlobPart>& parts) {
  PartsMark mark{};
  if (parts.empty()) return mark;
  crypto::Hasher hasher("mimika parts mark 1");
  for (const BlobPart& part : parts) hasher.add(part.blob.hash).add_u64(part.first_leaf).add_u64(part.content.size());
  const crypto::Hash hash = hasher.finish();
  std::copy_n(hash.begin(), mark.size(), mark.begin());
  return mark;
}

KeyMark key_mark(ByteView public_key) {
  const crypto::Hash hash = crypto::hash_of("mimika key mark 1", public_key);
  KeyMark mark{};
  std::copy_n(hash.begin(), mark.size(), mark.begin());
  return mark;
}

std::string file_name(const BundleHead& head) {
  return std::to_string(head.device.value) + "-" + std::to_string(head.epoch.value) + "-" +
         std::to_string(head.first.value) + "-" + std::to_string(head.last.value) +
         (head.parts == PartsMark{} ? std::string() : "-" + to_hex(head.parts)) + std::string(kStickSuffix);
}

std::string file_name(const AckHead& head) {
  return "ACK-" + std::to_string(head.device.value) + "-" + std::to_string(head.version) + std::string(kStickSuffix);
}

DeviceId StickFile::device() const {
  return std::visit([](const auto& it) { return it.device; }, head);
}

std::string StickFile::name() const {
  return std::visit([](const auto& it) { return file_name(it); }, head);
}

Result<StickFile> read_stick_file(ByteView file) {
  TRY_ASSIGN(StickContent blocks, decode_stick_blocks(file));
  StickFile out;
  out.content = std::move(blocks.content);
  out.damaged = blocks.damaged;
  const bool bundle = blocks.kind == StickKind::kBundle;
  const std::size_t head_bytes = bundle ? kBundleHeadBytes : kAckHeadBytes;
  const std::size_t least = head_bytes + (bundle ? kSealedKeyBytes : kSaltBytes) + crypto::kSealOnceOverheadBytes;
  if (out.content.size() < least + kSignatureBytes) return fail(ErrorCode::kCorrupt, "a file that is too short");
  const ByteView head = ByteView(out.content).first(head_bytes);
  if (bundle) {
    TRY_ASSIGN(out.head, decode_bundle_head(head));
  } else {
    TRY_ASSIGN(out.head, decode_ack_head(head));
  }
  return out;
}

Bytes encode_stick_file(const StickFile& file) {
  return encode_stick_blocks(kind_of(file), file.content);
}

bool is_signed_by(const StickFile& file, const crypto::VerifyKey& key) {
  const ByteView all(file.content);
  const ByteView before = all.first(all.size() - kSignatureBytes);
  crypto::Signature signature{};
  std::ranges::copy(all.last(kSignatureBytes), signature.begin());
  return crypto::verify(key, signed_hash(kind_of(file), all.size(), before), signature);
}

Result<Bytes> encode_bundle(const Call& call, const crypto::SigningKey& device_key,
                            const crypto::BoxPublicKey& centre_key, Env& env, std::uint8_t version) {
  const CallHeader& header = call.header;
  const Bytes head = encode_head(BundleHead{header.device, header.epoch, header.first_seq,
                                            Seq{header.first_seq.value + call.records.size() - 1}, key_mark(centre_key),
                                            parts_mark(call.parts)});
  const crypto::SecretBytes key = crypto::make_content_key(env);
  TRY_ASSIGN(const Bytes sealed_key, crypto::seal_to(centre_key, key.view()));
  TRY_ASSIGN(const Bytes inside, encode_call(call, device_key, centre_key, version));
  Bytes content = head;
  append(content, sealed_key);
  append(content, crypto::seal_once(key, head, inside));
  return sign_and_encode(StickKind::kBundle, std::move(content), device_key);
}

Result<Call> open_bundle(const StickFile& file, const crypto::BoxKey& centre_key, const crypto::VerifyKey& device_key) {
  const auto* head = std::get_if<BundleHead>(&file.head);
  if (head == nullptr) return fail(ErrorCode::kCorrupt, "no bundle");
  if (!is_signed_by(file, device_key)) return fail(ErrorCode::kUnauthorised, "the signature is not this device's");
  const ByteView middle = middle_of(file, kBundleHeadBytes);
  TRY_ASSIGN(const crypto::SecretBytes key, centre_key.open(middle.first(kSealedKeyBytes)));
  const ByteView bound = ByteView(file.content).first(kBundleHeadBytes);
  TRY_ASSIGN(const Bytes inside, crypto::open_once(key, bound, middle.subspan(kSealedKeyBytes)));
  TRY_ASSIGN(Call call, decode_call(inside, centre_key, device_key, kUnpackedBytes));
  const bool same =
      call.header.device == head->device && call.header.epoch == head->epoch && call.header.first_seq == head->first &&
      call.records.size() == head->last.value - (head->first.value - 1) && parts_mark(call.parts) == head->parts;
  if (!same) return fail(ErrorCode::kCorrupt, "the bundle holds something else than it says");
  return call;
}

Bytes encode_ack_content(const Ack& ack, const crypto::SigningKey& centre_key) {
  Bytes content = encode_lives(ack.lives);
  append(content, encode_blobs(ack.blobs));
  append(content, encode_answer(ack.news, centre_key));
  return content;
}

Status decode_ack_content(ByteView content, const crypto::VerifyKey& centre_key, Ack& ack) {
  ByteReader reader(content);
  TRY_ASSIGN(ack.lives, decode_lives(reader));
  TRY_ASSIGN(ack.blobs, decode_blobs(reader));
  TRY_ASSIGN(ack.news, decode_answer(reader.rest(), centre_key));
  return {};
}

Result<Bytes> encode_ack(const Ack& ack, const AckKeys& keys, Env& env) {
  const Bytes head = encode_head(AckHead{ack.device, ack.version, key_mark(keys.device)});
  Bytes salt(kSaltBytes);
  env.fill_random(salt);
  TRY_ASSIGN(const crypto::SecretBytes shared, keys.centre_box.shared_with(keys.device));
  const Bytes inside = encode_ack_content(ack, keys.centre_signing);
  Bytes content = head;
  append(content, salt);
  append(content, crypto::seal_once(ack_key(shared, salt), head, inside));
  return sign_and_encode(StickKind::kAck, std::move(content), keys.centre_signing);
}

Result<Ack> open_ack(const StickFile& file, const crypto::SigningKey& device_key, const crypto::VerifyKey& centre_key,
                     const crypto::BoxPublicKey& centre_box) {
  const auto* head = std::get_if<AckHead>(&file.head);
  if (head == nullptr) return fail(ErrorCode::kCorrupt, "no ACK");
  if (!is_signed_by(file, centre_key)) return fail(ErrorCode::kUnauthorised, "the signature is not the centre's");
  if (head->sealed_to != key_mark(device_key.verify_key())) {
    return fail(ErrorCode::kUnauthorised, "an ACK for another key");
  }
  const ByteView middle = middle_of(file, kAckHeadBytes);
  TRY_ASSIGN(const crypto::SecretBytes shared, device_key.shared_with(centre_box));
  const crypto::SecretBytes key = ack_key(shared, middle.first(kSaltBytes));
  const ByteView bound = ByteView(file.content).first(kAckHeadBytes);
  TRY_ASSIGN(const Bytes inside, crypto::open_once(key, bound, middle.subspan(kSaltBytes)));
  Ack ack;
  ack.device = head->device;
  ack.version = head->version;
  TRY(decode_ack_content(inside, centre_key, ack));
  return ack;
}

}  // namespace mimika::wire
