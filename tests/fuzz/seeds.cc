#include "tests/fuzz/seeds.h"

#include <string>

#include "kiosk/base/limits.h"
#include "sync/wire/enrolment.h"
#include "sync/wire/envelope.h"
#include "sync/wire/envelope_format.h"
#include "sync/wire/event_codec.h"
#include "sync/wire/frame_body.h"
#include "sync/wire/policy.h"
#include "sync/wire/receipt_statement.h"
#include "sync/wire/states_mark.h"
#include "sync/wire/zstd_codec.h"

namespace mimika::fuzz {
namespace {

constexpr WallMs kNow = 1'795'500'000'000;
const EventKey kKey{DeviceId{7}, Epoch{41}, Seq{12}};
const Actor kActor{.account = "lo1", .name = "Yulius", .role = Role::kLiaison, .opd = OpdId{"pupr"}};

crypto::SigningKey key_of_seed(std::uint64_t seed) {
  FakeEnv env(0, seed);
  return crypto::SigningKey::generate(env);
}

Bytes bytes_of(std::string_view text) {
  return Bytes(text.begin(), text.end());
}

Event event_of(EventPayload payload) {
  Event event;
  event.key = kKey;
  event.time = {.wall_ms = kNow, .monotonic_ms = 5000, .boot = 3, .confidence = ClockConfidence::kSynced};
  event.payload = std::move(payload);
  return event;
}

std::vector<Event> events() {
  TicketFiled filed;
  filed.number = {DeviceCode{"JLA1"}, 417};
  filed.district = DistrictCode{"94.04.06"};
  filed.category = CategoryId{"jalan"};
  filed.kampung = KampungCode{"94.04.06.2001"};
  filed.receipt_key[5] = 9;
  Event sealed = event_of(filed);
  sealed.sealed_at = SealPosition{Seq{2}, 9};
  return {event_of(DeviceStarted{"0.1.0", 77}),
          event_of(SealStreamOpened{Bytes(80, 5)}),
          sealed,
          event_of(TicketVerified{kKey, kActor}),
          event_of(TicketAssigned{kKey, kActor, OpdId{"pupr"}}),
          event_of(FollowUpPublished{kKey, kActor, "Tim berangkat.", {}}),
          event_of(TicketHeld{kKey, kActor, "Menunggu kapal."}),
          event_of(TicketResolved{kKey, kActor, "", {1, 2, 3}}),
          event_of(TicketArchived{kKey, kActor, "Ditarik."}),
          event_of(PrivateMessageAdded{kKey, kActor, {4, 5, 6}}),
          event_of(PrivatePartRead{kKey, kActor})};
}

wire::BlobPart blob_part() {
  const wire::Manifest manifest = wire::manifest_of(Bytes(5000, 9));
  return {wire::id_of(manifest), 1, Bytes(100, 9), wire::encode_manifest(manifest)};
}

wire::Call call() {
  wire::Call out;
  out.header = {.device = DeviceId{7},
                .epoch = Epoch{41},
                .first_seq = Seq{1},
                .chain_before = {1, 2, 3},
                .feed_cursor = FeedSeq{5},
                .call_no = 9,
                .wall_ms = kNow,
                .policy_version = 2,
                .answer_bytes = 65'536,
                .documents = {{wire::DocumentKind::kCatalogue, 3}},
                .wants = {{wire::BlobId{{1}}, {0x05}}}};
  for (const Event& event : events()) {
    out.records.push_back({wire::encode_event(event), event.sealed_at ? Bytes{7, 7, 7} : Bytes{}});
  }
  out.parts = {blob_part()};
  return out;
}

wire::Answer answer() {
  wire::Answer out;
  out.acknowledged = Seq{11};
  out.call_no = 9;
  out.server_ms = kNow;
  out.rejects = {{Seq{3}, "undecodable"}};
  std::uint64_t feed_seq = 5;
  for (const Event& event : events()) out.feed.push_back({FeedSeq{++feed_seq}, kKey, wire::encode_event(event), kNow});
  out.dictionary = 1;
  out.wants = {{wire::BlobId{{1}}, {}}};
  out.states = {{FeedSeq{5}, Bytes{1, 2, 3}}};
  out.states_until = FeedSeq{5};
  out.documents = {{wire::DocumentKind::kAnnouncements, 4, wire::BlobId{{2}}}};
  out.parts = {blob_part()};
  out.policy = {3, 2, 1};
  return out;
}

Bytes encode(const wire::Call& call, std::uint8_t version = wire::kNewestVersion) {
  return wire::encode_call(call, device_key(), centre_box().public_key(), version).value();
}

// A frame's body with everything in it unpacked, as the signed_* targets take it.
Bytes unpacked(ByteView body) {
  Bytes out = {body.front()};
  const ByteView content = body.subspan(1);
  if (is_packed_kind(body.front())) {
    append(out, wire::decompress(content, limits::kFrameRawBytes).value());
  } else if (body.front() == static_cast<std::uint8_t>(wire::FrameKind::kCompactRecords)) {
    ByteReader reader(content);
    const std::size_t length = wire::read_length(reader).value();
    const ByteView columns = reader.take(length >> 1).value();
    const Bytes raw = (length & 1) != 0 ? wire::decompress(columns, limits::kFrameRawBytes).value()
                                        : Bytes(columns.begin(), columns.end());
    wire::append_varint(out, raw.size() << 1);
    append(out, raw);
    append(out, reader.rest());
  } else {
    append(out, content);
  }
  return out;
}

// An envelope as the signed_* targets take it: its header, and its frames unpacked, each after its length.
Bytes parts_of(const Bytes& envelope) {
  constexpr std::size_t kBeforeHeader = 5;
  Bytes out;
  const auto add = [&](ByteView part) {
    append_u16(out, static_cast<std::uint16_t>(part.size()));
    append(out, part);
  };
  ByteReader reader(envelope);
  static_cast<void>(reader.take(kBeforeHeader).value());
  add(reader.take(wire::read_length(reader).value()).value());
  while (const std::size_t size = wire::read_length(reader).value()) {
    static_cast<void>(reader.take(wire::kFrameTagBytes).value());
    add(unpacked(reader.take(size).value()));
  }
  return out;
}

PrivatePart private_part() {
  PrivatePart part;
  part.story = "Jalan rusak di depan sekolah.";
  part.name = "Maria";
  part.nik = "9104017702880003";
  part.category = CategoryId{"jalan"};
  part.fields = {{"nama_ibu", "Yohana"}};
  return part;
}

}  // namespace

const crypto::SigningKey& device_key() {
  static const crypto::SigningKey key = key_of_seed(1);
  return key;
}
const crypto::SigningKey& centre_key() {
  static const crypto::SigningKey key = key_of_seed(2);
  return key;
}

const crypto::BoxKey& centre_box() {
  static const crypto::BoxKey key = [] {
    FakeEnv env(0, 3);
    return crypto::BoxKey::generate(env);
  }();
  return key;
}

bool is_packed_kind(std::uint8_t kind) {
  using wire::FrameKind;
  const auto one = static_cast<FrameKind>(kind);
  return one == FrameKind::kRecords || one == FrameKind::kFeed || one == FrameKind::kDocuments ||
         one == FrameKind::kTicketStates;
}

std::vector<Bytes> seeds_of_call() {
  return {encode(call()), encode(call(), 1), encode({})};
}

std::vector<Bytes> seeds_of_answer() {
  return {wire::encode_answer(answer(), centre_key()), wire::encode_answer(wire::Answer{}, centre_key())};
}

std::vector<Bytes> seeds_of_signed_call() {
  return {parts_of(encode(call())), parts_of(encode(call(), 1)), parts_of(encode({}))};
}

std::vector<Bytes> seeds_of_signed_answer() {
  return {parts_of(wire::encode_answer(answer(), centre_key()))};
}

// Columns after their length, then the tail; and events and sealed parts, each after its length.
std::vector<Bytes> seeds_of_compact_records() {
  const std::vector<wire::EventRecord> records = call().records;
  const auto coded = wire::CompactCoder(1'795'500'000'000, 61'000).encode(records);
  Bytes columns;
  append_u16(columns, static_cast<std::uint16_t>(coded.columns.size()));
  append(columns, coded.columns);
  append(columns, coded.tail);
  Bytes plain;
  for (const wire::EventRecord& record : records) {
    for (const Bytes& part : {record.event, record.sealed}) {
      append_u16(plain, static_cast<std::uint16_t>(part.size()));
      append(plain, part);
    }
  }
  return {columns, plain};
}

std::vector<Bytes> seeds_of_blob_manifest() {
  std::vector<Bytes> seeds;
  for (const std::size_t size : {0U, 1U, 4096U, 20'000U}) {
    seeds.push_back(wire::encode_manifest(wire::manifest_of(Bytes(size, 9))));
  }
  return seeds;
}

std::vector<Bytes> seeds_of_policy() {
  wire::Policy policy;
  policy.version = 3;
  policy.issued_ms = 1'795'500'000'000;
  policy.verify_key = centre_key().verify_key();
  policy.box_key = centre_box().public_key();
  std::vector<Bytes> seeds = {wire::encode_policy(policy, centre_key())};
  policy.staff_days = 7;
  policy.revoked_accounts = {"yosepha", "marthen"};
  policy.revoked_kiosks = {DeviceCode{"JLA1"}};
  seeds.push_back(wire::encode_policy(policy, centre_key()));
  return seeds;
}

std::vector<Bytes> seeds_of_states_mark() {
  return {wire::encode_states_mark({FeedSeq{7}, {DeviceId{17}, Epoch{9}, Seq{40}}})};
}

std::vector<Bytes> seeds_of_event() {
  std::vector<Bytes> seeds;
  for (const Event& event : events()) seeds.push_back(wire::encode_event(event));
  return seeds;
}

std::vector<Bytes> seeds_of_ticket() {
  Ticket ticket;
  ticket.id = kKey;
  ticket.number = {DeviceCode{"JLA1"}, 417};
  ticket.category = CategoryId{"jalan"};
  ticket.arrived_ms = kNow;
  ticket.opd = OpdId{"pupr"};
  TimelineEntry entry;
  entry.event = kKey;
  entry.kind = TimelineKind::kFollowUp;
  entry.actor = kActor;
  entry.text = "Tim berangkat.";
  ticket.timeline = {entry, entry};
  return {wire::encode_ticket(ticket)};
}

std::vector<Bytes> seeds_of_private_part() {
  const auto dictionary = wire::Dictionaries::built_in().find(wire::kNewestBuiltInDictionary);
  const Bytes plain = wire::encode_private_part(private_part(), nullptr);
  // Unpacked too, as the target packs it itself. The last one takes a whole frame.
  return {wire::decompress(ByteView(plain).subspan(1), limits::kFrameRawBytes).value(), plain,
          wire::encode_private_part(private_part(), dictionary.get()), wire::encode_private_part({}, dictionary.get())};
}

std::vector<Bytes> seeds_of_enrolment_ticket() {
  wire::EnrolmentTicket ticket;
  ticket.url = "https://127.0.0.1:8443";
  ticket.ca_pem = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
  ticket.token = "0123456789abcdef0123456789abcdef";
  ticket.device = DeviceId{7};
  ticket.device_code = DeviceCode{"JLA1"};
  ticket.district = DistrictCode{"94.04.06"};
  return {bytes_of(wire::encode_enrolment_ticket(ticket))};
}

std::vector<Bytes> seeds_of_enrol_request() {
  return {wire::encode_enrol_request("0123456789abcdef0123456789abcdef", device_key())};
}

std::vector<Bytes> seeds_of_certificate() {
  return {wire::encode_certificate(
      {DeviceId{7}, DeviceCode{"JLA1"}, DistrictCode{"94.04.06"}, device_key().verify_key(), kNow}, centre_key())};
}

std::vector<Bytes> seeds_of_receipt_statement() {
  wire::ReceiptStatement statement;
  statement.number = {DeviceCode{"JLA1"}, 417};
  statement.key = kKey;
  statement.filed_ms = kNow;
  return {bytes_of(wire::encode_receipt_statement(statement, device_key()))};
}

std::vector<Bytes> seeds_of_text_forms() {
  const TicketNumber number{DeviceCode{"JLA1"}, 417};
  return {bytes_of(format_ticket_number(number)), bytes_of("4827 1093 5561 2047"), bytes_of("MZXW6YTBOI"),
          bytes_of("00ff7Fab")};
}

std::vector<Bytes> seeds_of_catalogue() {
  const std::string head = R"({"form": 1, "version": "2026-11-24", )";
  const std::string tail = R"("source": "a", "certainty": "high")";
  return {
      bytes_of(head +
               R"("districts": [{"code": "94.04.01", "name": "Mimika Baru", "code_letters": "MBR", "kampung": [)" +
               R"({"code": "94.04.01.2001", "name": "Nayaro", "kind": "kampung"}], )" + tail + "}]}"),
      bytes_of(head + R"("opds": [{"id": "pupr", "name": "Dinas PUPR", "short_name": "PUPR", )" + tail + "}]}"),
      bytes_of(head + R"("categories": [{"id": "jalan", "name": {"id": "Jalan", "en": "Roads"}, "picture": "jalan", )" +
               R"("opds": ["pupr"], "lapor": [{"category": "X", "count": 5, "percent": 1.5, )" + tail + "}], " + tail +
               "}]}"),
      bytes_of(
          head + R"("services": [{"id": "ktp", "group": "civil_registration", "name": {"id": "KTP"}, )" +
          R"("summary": {"id": "s"}, "icon": "person", "opds": ["pupr"], "requirements": [{"text": {"id": "t"}, )" +
          R"("icon": "paper"}], "fields": [{"id": "nik", "label": {"id": "NIK"}, "kind": "nik", )" +
          R"("required": true}], )" + tail + "}]}"),
      bytes_of(head + R"("closed_days": [{"date": "2026-01-01", "name": "Tahun Baru", "kind": "national", )" + tail +
               "}]}"),
      bytes_of(head + R"("mark_rule": {"clock": "red", "days": "working_days", )" + tail +
               R"(}, "clocks": [{"id": "red", "limit": 5, "unit": "days", "text": {"id": "t"}, )" + tail + "}]}"),
  };
}

}  // namespace mimika::fuzz
