#include "tests/fuzz/targets.h"

#include <algorithm>
#include <array>
#include <string>

#include "kiosk/base/check.h"
#include "kiosk/base/limits.h"
#include "kiosk/crypto/receipt_code.h"
#include "kiosk/model/catalogue_json.h"
#include "sync/wire/enrolment.h"
#include "sync/wire/envelope.h"
#include "sync/wire/envelope_format.h"
#include "sync/wire/event_codec.h"
#include "sync/wire/frame_body.h"
#include "sync/wire/policy.h"
#include "sync/wire/receipt_statement.h"
#include "sync/wire/states_mark.h"
#include "sync/wire/zstd_codec.h"
#include "tests/fuzz/bundle_targets.h"
#include "tests/fuzz/camera_targets.h"
#include "tests/fuzz/eventlog_targets.h"
#include "tests/fuzz/seeds.h"
#include "tests/fuzz/sound_targets.h"

namespace mimika::fuzz {
namespace {

// A decoder that accepts bytes must be able to say the same again: then whatever it let in is a value we can write.

Result<wire::Call> read_call(ByteView bytes) {
  return wire::decode_call(bytes, centre_box(), device_key().verify_key());
}

void run_call(ByteView input) {
  static_cast<void>(read_call(input));
}

void run_answer(ByteView input) {
  static_cast<void>(wire::decode_answer(input, centre_key().verify_key()));
}

// The next piece of an input: its length (two bytes), then so many, or what is left.
ByteView take_piece(ByteReader& reader) {
  const auto size = reader.u16();
  return size && *size <= reader.rest().size() ? reader.take(*size).value() : reader.take(reader.rest().size()).value();
}

// The signature and the frames' tags keep chance out; here the input is what stands behind them: a header and frames,
// packed, tagged and signed as an honest device or centre with a broken program would.
Bytes signed_envelope(ByteView input, wire::EnvelopeKind kind, const crypto::SigningKey& key) {
  ByteReader reader(input);
  wire::EnvelopeWriter writer(kind, wire::kNewestVersion, take_piece(reader));
  if (kind == wire::EnvelopeKind::kCall) {
    writer.use(wire::FrameTagger(key.shared_with(centre_box().public_key()).value(), writer.start()));
  }
  while (!reader.rest().empty()) {
    const ByteView part = take_piece(reader);
    if (part.empty()) continue;
    Bytes body = {part.front()};
    append(body, is_packed_kind(part.front()) ? wire::compress(part.subspan(1), wire::Effort::kBackground)
                                              : Bytes(part.begin() + 1, part.end()));
    writer.frame(body);
  }
  return std::move(writer).finish(key);
}

void run_signed_call(ByteView input) {
  const auto call = read_call(signed_envelope(input, wire::EnvelopeKind::kCall, device_key()));
  if (!call) return;
  for (std::uint8_t version = wire::kOldestVersion; version <= wire::kNewestVersion; ++version) {
    const auto again = read_call(wire::encode_call(*call, device_key(), centre_box().public_key(), version).value());
    // Many small records may need more frames than an envelope holds.
    CHECK(again ? *again == *call : again.error().code == ErrorCode::kTooLarge);
  }
}

void run_signed_answer(ByteView input) {
  const auto answer =
      wire::decode_answer(signed_envelope(input, wire::EnvelopeKind::kAnswer, centre_key()), centre_key().verify_key());
  if (!answer) return;
  const auto again = wire::decode_answer(wire::encode_answer(*answer, centre_key()), centre_key().verify_key());
  CHECK(again ? *again == *answer : again.error().code == ErrorCode::kTooLarge);
}

wire::CompactCoder compact_coder() {
  return {1'795'500'000'000, 61'000};
}

void check_compact(const std::vector<wire::EventRecord>& records) {
  const auto coded = compact_coder().encode(records);
  CHECK(compact_coder().decode(coded.columns, coded.tail) == records);
}

// The input as columns and a tail, and as records that are written.
void run_compact_records(ByteView input) {
  ByteReader coded(input);
  const ByteView columns = take_piece(coded);
  const auto decoded = compact_coder().decode(columns, coded.rest());
  if (decoded) check_compact(*decoded);

  std::vector<wire::EventRecord> records;
  for (ByteReader reader(input); !reader.rest().empty() && records.size() < limits::kFrameEvents;) {
    const ByteView event = take_piece(reader);
    const ByteView sealed = take_piece(reader);
    records.push_back({Bytes(event.begin(), event.end()), Bytes(sealed.begin(), sealed.end())});
  }
  check_compact(records);
}

void run_blob_manifest(ByteView input) {
  CHECK(!wire::decode_manifest(input, wire::BlobId{}));
  // Its own id, which chance would not find.
  wire::Manifest said;
  ByteReader reader(input);
  if (const auto bytes = reader.u64()) said.bytes = *bytes;
  while (reader.rest().size() >= wire::kLeafHashBytes) {
    const ByteView hash = reader.take(wire::kLeafHashBytes).value();
    std::copy(hash.begin(), hash.end(), said.leaves.emplace_back().begin());
  }
  const auto manifest = wire::decode_manifest(input, wire::id_of(said));
  if (!manifest) return;
  CHECK(wire::encode_manifest(*manifest) == Bytes(input.begin(), input.end()));
  std::uint64_t bytes = 0;
  for (std::size_t leaf = 0; leaf < manifest->leaves.size(); ++leaf) bytes += wire::leaf_size(*manifest, leaf);
  CHECK(bytes == manifest->bytes);
  const auto map = wire::LeafMap::from(input, manifest->leaves.size());
  CHECK(wire::LeafMap::from(map.bits(), map.leaves()) == map);
  CHECK(map.count() <= map.leaves());
}

void run_policy(ByteView input) {
  const auto policy = wire::read_policy(input);
  if (!policy) return;
  const auto again = wire::decode_policy(wire::encode_policy(*policy, centre_key()), centre_key().verify_key());
  CHECK(again);
  CHECK(*again == *policy);
}

void run_states_mark(ByteView input) {
  const auto mark = wire::decode_states_mark(input);
  if (!mark) return;
  const auto again = wire::decode_states_mark(wire::encode_states_mark(*mark));
  CHECK(again);
  CHECK(*again == *mark);
}

void run_event(ByteView input) {
  const EventKey key{DeviceId{7}, Epoch{41}, Seq{12}};
  const auto event = wire::decode_event(key, input);
  if (!event || std::holds_alternative<UnknownEvent>(event->payload)) return;
  CHECK(wire::decode_event(key, wire::encode_event(*event)) == *event);
}

void run_ticket(ByteView input) {
  const auto ticket = wire::decode_ticket(input);
  if (ticket) CHECK(wire::decode_ticket(wire::encode_ticket(*ticket)) == *ticket);
}

// Sealed parts come from devices we trust; what they hold may still come from a broken program. The input once as it
// is, and once as what is packed in it.
void run_private_part(ByteView input) {
  const auto dictionary = wire::Dictionaries::built_in().find(wire::kNewestBuiltInDictionary);
  static_cast<void>(wire::decode_private_part(input));
  const Bytes packed = dictionary->compress(input);
  CHECK(dictionary->decompress(packed, input.size()) == Bytes(input.begin(), input.end()));
  const auto part = wire::decode_private_part(packed);
  if (!part) return;
  CHECK(wire::decode_private_part(wire::encode_private_part(*part, dictionary.get())) == *part);
  CHECK(wire::decode_private_part(wire::encode_private_part(*part, nullptr)) == *part);
}

void run_enrolment_ticket(ByteView input) {
  const auto ticket = wire::decode_enrolment_ticket(as_text(input));
  if (ticket) CHECK(wire::decode_enrolment_ticket(wire::encode_enrolment_ticket(*ticket)) == *ticket);
}

void run_enrol_request(ByteView input) {
  static_cast<void>(wire::decode_enrol_request(input));
}

void run_certificate(ByteView input) {
  static_cast<void>(wire::decode_certificate(input, centre_key().verify_key()));
}

void run_receipt_statement(ByteView input) {
  const auto statement = wire::decode_receipt_statement(as_text(input), device_key().verify_key());
  const auto number = wire::ticket_number_of_receipt(as_text(input));
  if (!statement) return;
  CHECK(wire::encode_receipt_statement(*statement, device_key()) == as_text(input));
  CHECK(number.value() == statement->number);
}

void run_text_forms(ByteView input) {
  const std::string_view text = as_text(input);
  if (const auto number = parse_ticket_number(text)) {
    CHECK(parse_ticket_number(format_ticket_number(*number)) == *number);
  }
  if (const auto code = crypto::ReceiptCode::parse(text)) {
    CHECK(crypto::ReceiptCode::parse(code->grouped())->grouped() == code->grouped());
  }
  if (const auto bytes = from_base32(text)) CHECK(to_base32(*bytes) == text);
  if (const auto bytes = from_hex(text)) CHECK(from_hex(to_hex(*bytes)) == *bytes);
}

void run_catalogue(ByteView input) {
  const std::string_view text = as_text(input);
  static_cast<void>(parse_districts(text));
  static_cast<void>(parse_opds(text));
  static_cast<void>(parse_categories(text));
  static_cast<void>(parse_services(text));
  static_cast<void>(parse_closed_days(text));
  static_cast<void>(parse_mark_rule(text));
}

constexpr std::array kTargets = {
    Target{"call", run_call, seeds_of_call},
    Target{"answer", run_answer, seeds_of_answer},
    Target{"signed_call", run_signed_call, seeds_of_signed_call},
    Target{"signed_answer", run_signed_answer, seeds_of_signed_answer},
    Target{"compact_records", run_compact_records, seeds_of_compact_records},
    Target{"blob_manifest", run_blob_manifest, seeds_of_blob_manifest},
    Target{"bundle", run_bundle, seeds_of_bundle},
    Target{"bundle_inside", run_bundle_inside, seeds_of_bundle_inside},
    Target{"ack", run_ack, seeds_of_ack},
    Target{"ack_inside", run_ack_inside, seeds_of_ack_inside},
    Target{"policy", run_policy, seeds_of_policy},
    Target{"states_mark", run_states_mark, seeds_of_states_mark},
    Target{"event", run_event, seeds_of_event},
    Target{"ticket", run_ticket, seeds_of_ticket},
    Target{"private_part", run_private_part, seeds_of_private_part},
    Target{"enrolment_ticket", run_enrolment_ticket, seeds_of_enrolment_ticket},
    Target{"enrol_request", run_enrol_request, seeds_of_enrol_request},
    Target{"certificate", run_certificate, seeds_of_certificate},
    Target{"receipt_statement", run_receipt_statement, seeds_of_receipt_statement},
    Target{"camera_frame", run_camera_frame, seeds_of_camera_frame},
    Target{"text_forms", run_text_forms, seeds_of_text_forms},
    Target{"catalogue", run_catalogue, seeds_of_catalogue},
    Target{"sound", run_sound, seeds_of_sound},
    Target{"sound_packets", run_sound_packets, seeds_of_sound_packets},
    Target{"event_line", run_event_line, seeds_of_event_line},
    Target{"scrub", run_scrub, seeds_of_scrub},
};

}  // namespace

std::span<const Target> targets() {
  return kTargets;
}

}  // namespace mimika::fuzz
