// The bytes printed in docs/wire.md are read here as a program of another maker would read them: a document that no
// longer tells the truth fails the build. `tests_wire "[print]"` prints fresh ones for the day a format grows.
#include <catch2/catch.hpp>
#include <iostream>
#include <map>
#include <sstream>
#include <string>

#include "kiosk/base/files.h"
#include "kiosk/crypto/ratchet.h"
#include "sync/wire/enrolment.h"
#include "sync/wire/envelope.h"
#include "sync/wire/event_codec.h"
#include "sync/wire/frame_body.h"
#include "sync/wire/receipt_statement.h"

namespace mimika::wire {
namespace {

constexpr std::size_t kDocumentBytes = 1024 * 1024;
constexpr WallMs kNow = 1'795'500'000'000;  // 2026-11-24T04:40:00Z
const DeviceId kDevice{7};
const Epoch kEpoch{0x0A0B0C0D};

EventKey key(std::uint64_t seq) {
  return {kDevice, kEpoch, Seq{seq}};
}

// A seed of thirty-two equal bytes, so that anybody can make the same keys.
crypto::SecretBytes seed(std::uint8_t byte) {
  return crypto::SecretBytes::copy_of(Bytes(crypto::kSeedBytes, byte));
}
crypto::SigningKey device_key() {
  return crypto::SigningKey::from_seed(seed(0x01));
}
crypto::SigningKey centre_key() {
  return crypto::SigningKey::from_seed(seed(0x02));
}
crypto::BoxKey centre_box() {
  return crypto::BoxKey::from_seed(seed(0x03));
}

Event event_at(std::uint64_t seq, EventPayload payload) {
  Event event;
  event.key = key(seq);
  event.time = {.wall_ms = kNow, .monotonic_ms = 61'000, .boot = 1, .confidence = ClockConfidence::kUnknown};
  event.payload = std::move(payload);
  return event;
}

PrivatePart private_part() {
  PrivatePart part;
  part.story = "Jalan rusak di depan sekolah.";
  part.name = "Maria";
  part.phone = "081234567890";
  return part;
}

Bytes compressed_private_part() {
  return encode_private_part(private_part(), Dictionaries::built_in().find(1).get());
}

Event filed_event() {
  TicketFiled filed;
  filed.number = {DeviceCode{"JLA1"}, 1};
  filed.district = DistrictCode{"94.04.06"};
  filed.category = CategoryId{"jalan"};
  FakeEnv env(0, 5);
  env.fill_random(filed.receipt_key);
  Event event = event_at(3, filed);
  event.sealed_at = SealPosition{Seq{2}, 0};
  return event;
}

// The next complaint at that kiosk, two minutes later, of another category.
Event next_filed_event() {
  Event event = filed_event();
  auto& filed = std::get<TicketFiled>(event.payload);
  event.key = key(4);
  event.time.wall_ms += 120'000;
  event.time.monotonic_ms += 120'000;
  filed.number.counter = 2;
  filed.category = CategoryId{"air"};
  filed.receipt_key.fill(0x66);
  event.sealed_at = SealPosition{Seq{2}, 1};
  return event;
}
EventRecord next_record() {
  return {encode_event(next_filed_event()), Bytes(60, 0x77)};
}

ReceiptStatement statement(const crypto::Hash& chain) {
  ReceiptStatement out;
  out.number = {DeviceCode{"JLA1"}, 1};
  out.key = key(3);
  out.filed_ms = kNow;
  std::copy_n(chain.begin(), out.content.size(), out.content.begin());
  return out;
}

DeviceCertificate certificate() {
  return {kDevice, DeviceCode{"JLA1"}, DistrictCode{"94.04.06"}, device_key().verify_key(), kNow};
}

crypto::Hash chain_after(const Call& call) {
  crypto::Hash chain = chain_start(kDevice, kEpoch);
  std::uint64_t seq = call.header.first_seq.value;
  for (const EventRecord& record : call.records) chain = chain_next(chain, key(seq++), record.event, record.sealed);
  return chain;
}

Answer answer_to(const Call& call) {
  Answer answer;
  answer.acknowledged = Seq{3};
  answer.chain_at = chain_mark(chain_after(call));
  answer.call_no = 1;
  answer.server_ms = kNow + 2000;
  answer.dictionary = 1;
  answer.feed = {{FeedSeq{1},
                  {kCentreDevice, Epoch{0x11223344}, Seq{1}},
                  encode_event(event_at(1, TicketVerified{key(3), {"lo1", "Yulius", Role::kLiaison, {}}})),
                  kNow + 1000}};
  return answer;
}

CallHeader call_header() {
  return {.device = kDevice,
          .epoch = kEpoch,
          .first_seq = Seq{1},
          .chain_before = chain_mark(chain_start(kDevice, kEpoch)),
          .feed_cursor = FeedSeq{0},
          .call_no = 1,
          .wall_ms = kNow,
          .policy_version = 0,
          .answer_bytes = 65'536,
          .documents = {},
          .wants = {}};
}

// What a kiosk writes at its first filing: it was switched on, it opened a stream, it took a complaint.
Call make_call() {
  FakeEnv env(0, 4);
  crypto::SealStream stream =
      crypto::SealStream::open(env, crypto::Recipient::kCentre, centre_box().public_key()).value();
  Call call;
  call.header = call_header();
  call.records = {{encode_event(event_at(1, DeviceStarted{"0.1.0", 0x1122334455667788})), {}},
                  {encode_event(event_at(2, SealStreamOpened{stream.sealed_key()})), {}},
                  {encode_event(filed_event()), stream.seal(key(3), compressed_private_part())}};
  return call;
}

// 5,000 bytes "a": two leaves.
Manifest manifest_of_example() {
  return manifest_of(Bytes(5000, 'a'));
}
BlobPart blob_part() {
  return {id_of(manifest_of_example()), 1, {'a', 'a', 'a'}, encode_manifest(manifest_of_example())};
}
DocumentHead document_head() {
  return {DocumentKind::kCatalogue, 3, id_of(manifest_of_example())};
}
TicketState ticket_state() {
  Ticket ticket;
  ticket.id = key(3);
  ticket.number = {DeviceCode{"JLA1"}, 1};
  ticket.district = DistrictCode{"94.04.06"};
  ticket.receipt_key = std::get<TicketFiled>(filed_event().payload).receipt_key;
  ticket.filed_ms = kNow;
  return {FeedSeq{1}, encode_ticket(ticket)};
}

// What both ends of the printed call know, and the key of its frames' tags: as the document tells it.
crypto::SecretBytes shared_secret() {
  return device_key().shared_with(centre_box().public_key()).value();
}
crypto::Hash frame_key(ByteView start) {
  return crypto::Hasher("mimika frame key 1").add(shared_secret().view()).add(start).finish();
}
// Magic to header: of the printed calls, whose headers are shorter than 128 bytes.
ByteView start_of(const Bytes& call) {
  return ByteView(call).first(6U + call.at(5));
}

// The blocks of the document: "```hex name" to "```", comments after '#' left out.
std::map<std::string, Bytes> blocks_of_document() {
  std::istringstream document(
      std::string(as_text(read_file(std::string(MIMIKA_SOURCE_DIR) + "/docs/wire.md", kDocumentBytes).value())));
  std::map<std::string, Bytes> blocks;
  std::string line;
  std::string name;
  std::string hex;
  while (std::getline(document, line)) {
    if (name.empty()) {
      if (line.starts_with("```hex ")) name = line.substr(7);
      continue;
    }
    if (line == "```") {
      INFO(name);
      blocks[name] = from_hex(hex).value();
      name.clear();
      hex.clear();
      continue;
    }
    for (const char c : line.substr(0, line.find('#'))) {
      if (c != ' ') hex.push_back(c);
    }
  }
  return blocks;
}

Bytes block(const std::string& name) {
  const auto blocks = blocks_of_document();
  INFO(name);
  REQUIRE(blocks.contains(name));
  return blocks.at(name);
}

Call call_of_document(const std::string& name = "call") {
  return decode_call(block(name), centre_box(), device_key().verify_key()).value();
}

TEST_CASE("the call printed in the document is one, and says what the document says") {
  const Call call = call_of_document();
  CHECK(call.header == call_header());
  REQUIRE(call.records.size() == 3);
  const Event started = decode_event(key(1), call.records[0].event).value();
  CHECK(started == event_at(1, DeviceStarted{"0.1.0", 0x1122334455667788}));
  CHECK(decode_event(key(3), call.records[2].event).value() == filed_event());
  CHECK(call.records[2].event == block("event filed"));
  CHECK(call.records[0].sealed.empty());
}

TEST_CASE("the call printed in version 1 says the same") {
  CHECK(block("call").at(3) == 2);
  CHECK(block("call version 1").at(3) == 1);
  CHECK(call_of_document("call version 1") == call_of_document());
}

TEST_CASE("the printed columns are those of the filing that comes next in the printed call") {
  CompactCoder coder(call_header());
  static_cast<void>(coder.encode(call_of_document().records));
  const std::vector<EventRecord> next = {next_record()};
  CHECK(coder.encode(next).columns == block("columns of the next filing"));
}

TEST_CASE("the tag of the printed frame is made with the printed key") {
  const Bytes call = block("call");
  const ByteView start = start_of(call);
  const auto secret = shared_secret();
  CHECK(block("shared secret") == Bytes(secret.view().begin(), secret.view().end()));
  CHECK(centre_box().shared_with(device_key().verify_key()).value().view().front() == secret.view().front());
  const crypto::Hash key = frame_key(start);
  CHECK(block("frame key") == Bytes(key.begin(), key.end()));

  ByteReader reader(ByteView(call).subspan(start.size()));
  const auto low = reader.u8().value();
  const auto high = reader.u8().value();
  const std::size_t size = (low & 0x7FU) | static_cast<std::size_t>(high) << 7;
  const ByteView tag = reader.take(8).value();
  const crypto::Hash hash =
      crypto::Hasher("mimika frame 1").add(key).add_u64(0).add(reader.take(size).value()).finish();
  CHECK(std::equal(tag.begin(), tag.end(), hash.begin()));
}

TEST_CASE("the printed private part is the one of the call, and opens with the first dictionary") {
  CHECK(decode_private_part(block("private part")).value() == private_part());
}

TEST_CASE("the printed manifest is that of the printed blob") {
  const Bytes id = block("blob id");
  const BlobId blob = to_blob_id(id).value();
  CHECK(decode_manifest(block("manifest"), blob).value() == manifest_of_example());
}

TEST_CASE("the printed frames of an answer are read as the document says") {
  Answer answer;
  REQUIRE(decode_answer_frame(block("frame of a blob"), answer));
  REQUIRE(decode_answer_frame(block("frame of documents"), answer));
  REQUIRE(decode_answer_frame(block("frame of ticket states"), answer));
  CHECK(answer.parts == std::vector{blob_part()});
  CHECK(answer.documents == std::vector{document_head()});
  CHECK(answer.states == std::vector{ticket_state()});
}

TEST_CASE("the private part in the printed call opens with the centre's key") {
  const Call call = call_of_document();
  const Event opened = decode_event(key(2), call.records[1].event).value();
  const Bytes chain_key = std::get<SealStreamOpened>(opened.payload).centre_sealed_key;
  const auto plain =
      crypto::open_message(centre_box(), crypto::Recipient::kCentre, chain_key, 0, key(3), call.records[2].sealed);
  REQUIRE(plain);
  CHECK(Bytes(plain->view().begin(), plain->view().end()) == block("private part"));
  CHECK(decode_private_part(plain->view()).value() == private_part());
}

TEST_CASE("the printed hash chain is the one over the printed call") {
  const Call call = call_of_document();
  const crypto::Hash start = chain_start(kDevice, kEpoch);
  CHECK(block("chain start") == Bytes(start.begin(), start.end()));
  const crypto::Hash end = chain_after(call);
  CHECK(block("chain after three") == Bytes(end.begin(), end.end()));
}

TEST_CASE("the printed answer is the one to the printed call") {
  const Answer answer = decode_answer(block("answer"), centre_key().verify_key()).value();
  CHECK(answer == answer_to(call_of_document()));
}

TEST_CASE("the printed receipt, request and certificate are what this program writes") {
  const std::string receipt = encode_receipt_statement(statement(chain_after(call_of_document())), device_key());
  const std::string document(
      as_text(read_file(std::string(MIMIKA_SOURCE_DIR) + "/docs/wire.md", kDocumentBytes).value()));
  CHECK(document.find(receipt) != std::string::npos);
  CHECK(block("enrolment request") == encode_enrol_request("0123456789abcdef0123456789abcdef", device_key()));
  CHECK(block("certificate") == encode_certificate(certificate(), centre_key()));
}

TEST_CASE("the printed keys are those of the printed seeds") {
  const auto bytes = [](const auto& array) { return Bytes(array.begin(), array.end()); };
  CHECK(block("device verify key") == bytes(device_key().verify_key()));
  CHECK(block("centre verify key") == bytes(centre_key().verify_key()));
  CHECK(block("centre box key") == bytes(centre_box().public_key()));
}

TEST_CASE("prints the blocks of the document", "[.][print]") {
  const Call call = make_call();
  const crypto::Hash start = chain_start(kDevice, kEpoch);
  const crypto::Hash end = chain_after(call);
  const auto print = [](const char* name, ByteView bytes) { std::cout << name << " " << to_hex(bytes) << "\n"; };
  print("device_verify", device_key().verify_key());
  print("centre_verify", centre_key().verify_key());
  print("centre_box", centre_box().public_key());
  print("private part", compressed_private_part());
  for (std::uint8_t version = kOldestVersion; version <= kNewestVersion; ++version) {
    print("call", encode_call(call, device_key(), centre_box().public_key(), version).value());
  }
  const Bytes bytes = encode_call(call, device_key(), centre_box().public_key()).value();
  print("shared_secret", shared_secret().view());
  print("frame_key", frame_key(start_of(bytes)));
  CompactCoder coder(call.header);
  const auto coded = coder.encode(call.records);
  print("columns", coded.columns);
  print("tail", coded.tail);
  // The records that the document has, in version 2: random keys make those of a fresh call differ every time.
  const Call printed = call_of_document("call version 1");
  print("call again", encode_call(printed, device_key(), centre_box().public_key()).value());
  CompactCoder printed_coder(printed.header);
  const auto again = printed_coder.encode(printed.records);
  print("columns again", again.columns);
  print("tail again", again.tail);
  print("next_columns again", printed_coder.encode(std::vector{next_record()}).columns);
  print("next_columns", coder.encode(std::vector{next_record()}).columns);
  print("blob_id", id_of(manifest_of_example()).hash);
  print("manifest", encode_manifest(manifest_of_example()));
  print("frame_blob", encode_blob_part(blob_part()));
  print("frame_documents", encode_documents(std::vector{document_head()}));
  print("frame_states", encode_ticket_states(std::vector{ticket_state()}));
  for (const EventRecord& record : call.records) {
    print("event", record.event);
    print("sealed", record.sealed);
  }
  print("chain_start", start);
  print("chain_end", end);
  print("answer", encode_answer(answer_to(call), centre_key()));
  std::cout << "receipt " << encode_receipt_statement(statement(end), device_key()) << "\n";
  print("request", encode_enrol_request("0123456789abcdef0123456789abcdef", device_key()));
  print("certificate", encode_certificate(certificate(), centre_key()));
}

}  // namespace
}  // namespace mimika::wire
