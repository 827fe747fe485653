#include "sync/wire/event_codec.h"

#include <google/protobuf/stubs/logging.h>

#include <algorithm>
#include <type_traits>

#include "kiosk/base/limits.h"
#include "kiosk/base/wipe.h"
#include "kiosk/crypto/keys.h"
#include "sync/wire/blob.h"
#include "sync/wire/proto_helpers.h"
#include "sync/wire/zstd_codec.h"

namespace mimika::wire {

void to_proto(const EventKey& key, pb::TicketId& out) {
  out.set_device(key.device.value);
  out.set_epoch(key.epoch.value);
  out.set_seq(key.seq.value);
}

EventKey from_proto(const pb::TicketId& in) {
  return {DeviceId{in.device()}, Epoch{in.epoch()}, Seq{in.seq()}};
}

void to_proto(const Actor& actor, pb::Actor& out) {
  out.set_account(actor.account);
  out.set_name(actor.name);
  out.set_role(static_cast<std::uint32_t>(actor.role));
  out.set_opd(actor.opd.value);
}

Result<Actor> from_proto(const pb::Actor& in) {
  TRY_ASSIGN(const Role role, to_enum(in.role(), kLastRole));
  return Actor{in.account(), in.name(), role, OpdId{in.opd()}};
}

void silence_protobuf() {
  static const bool done = (google::protobuf::SetLogHandler(nullptr), true);
  static_cast<void>(done);
}

Result<Score> read_score(std::uint32_t score) {
  if (score == 0 || score > kBestScore) return fail(ErrorCode::kCorrupt, "a score out of range");
  return static_cast<Score>(score);
}

Result<std::uint32_t> read_counter(std::uint32_t counter) {
  if (counter == 0 || counter > kMaxTicketCounter) return fail(ErrorCode::kCorrupt, "ticket counter out of range");
  return counter;
}

namespace {

// --- writing: one overload a payload

class PayloadWriter {
 public:
  explicit PayloadWriter(pb::Event& out) : out_(out) {}

  void operator()(const UnknownEvent&) const {}  // never written by us; a stored one keeps its bytes
  void operator()(const DeviceStarted& p) const {
    out_.mutable_device_started()->set_version(p.version);
    out_.mutable_device_started()->set_boot_id(p.boot_id);
  }
  void operator()(const SealStreamOpened& p) const {
    out_.mutable_seal_stream_opened()->set_centre_sealed_key(to_proto_bytes(p.centre_sealed_key));
  }
  void operator()(const TicketFiled& p) const {
    pb::TicketFiled& to = *out_.mutable_ticket_filed();
    to.set_counter(p.number.counter);
    to.set_device_code(p.number.device.value);
    to.set_kind(static_cast<std::uint32_t>(p.kind));
    to.set_confidentiality(static_cast<std::uint32_t>(p.confidentiality));
    to.set_district(p.district.value);
    if (p.category) to.set_category(p.category->value);
    if (p.service) to.set_service(p.service->value);
    if (p.kampung) to.set_kampung(p.kampung->value);
    to.set_receipt_key(to_proto_bytes(p.receipt_key));
  }
  void operator()(const TicketVerified& p) const { about(p, *out_.mutable_ticket_verified()); }
  void operator()(const TicketAssigned& p) const { about(p, *out_.mutable_ticket_assigned()).set_opd(p.opd.value); }
  void operator()(const FollowUpPublished& p) const {
    pb::FollowUpPublished& to = about(p, *out_.mutable_follow_up_published());
    to.set_text(p.text);
    to.set_sealed_text(to_proto_bytes(p.sealed_text));
  }
  void operator()(const TicketHeld& p) const { about(p, *out_.mutable_ticket_held()).set_reason(p.reason); }
  void operator()(const TicketResolved& p) const {
    pb::TicketResolved& to = about(p, *out_.mutable_ticket_resolved());
    to.set_text(p.text);
    to.set_sealed_text(to_proto_bytes(p.sealed_text));
  }
  void operator()(const TicketArchived& p) const { about(p, *out_.mutable_ticket_archived()).set_reason(p.reason); }
  void operator()(const PrivateMessageAdded& p) const {
    about(p, *out_.mutable_private_message_added()).set_sealed_text(to_proto_bytes(p.sealed_text));
  }
  void operator()(const PrivatePartRead& p) const { about(p, *out_.mutable_private_part_read()); }
  void operator()(const AttachmentAdded& p) const {
    pb::AttachmentAdded& to = *out_.mutable_attachment_added();
    to_proto(p.ticket, *to.mutable_ticket());
    to.set_media(static_cast<std::uint32_t>(p.media));
    write_blob(p.content, *to.mutable_content());
    if (p.preview) write_blob(*p.preview, *to.mutable_preview());
  }
  void operator()(const PersonReplied& p) const { sealed_about(p, *out_.mutable_person_replied()); }
  void operator()(const TicketReopened& p) const { sealed_about(p, *out_.mutable_ticket_reopened()); }
  void operator()(const TicketRated& p) const {
    to_proto(p.ticket, *out_.mutable_ticket_rated()->mutable_ticket());
    out_.mutable_ticket_rated()->set_score(p.score);
  }
  void operator()(const SurveyAnswered& p) const {
    out_.mutable_survey_answered()->set_district(p.district.value);
    out_.mutable_survey_answered()->set_scores(to_proto_bytes(p.scores));
  }
  void operator()(const OfficeAnswered& p) const {
    pb::OfficeAnswered& to = about(p, *out_.mutable_office_answered());
    to.set_text(p.text);
    to.set_sealed_text(to_proto_bytes(p.sealed_text));
  }
  void operator()(const MoreAsked& p) const {
    about(p, *out_.mutable_more_asked()).set_sealed_text(to_proto_bytes(p.sealed_text));
  }
  void operator()(const TicketDuplicated& p) const {
    pb::TicketDuplicated& to = about(p, *out_.mutable_ticket_duplicated());
    to.set_device_code(p.other.device.value);
    to.set_counter(p.other.counter);
  }
  void operator()(const TicketAssisted& p) const {
    pb::TicketAssisted& to = about(p, *out_.mutable_ticket_assisted());
    to.set_how(static_cast<std::uint32_t>(p.how));
    to.set_day(p.day);
  }
  void operator()(const StaffActed& p) const {
    pb::StaffActed& to = *out_.mutable_staff_acted();
    to_proto(p.actor, *to.mutable_actor());
    to.set_act(static_cast<std::uint32_t>(p.act));
    to.set_detail(p.detail);
  }
  void operator()(const AnnouncementPosted& p) const {
    pb::AnnouncementPosted& to = *out_.mutable_announcement_posted();
    to_proto(p.actor, *to.mutable_actor());
    to.set_title(p.title);
    to.set_text(p.text);
    to.set_until(p.until);
  }
  void operator()(const AnnouncementWithdrawn& p) const {
    to_proto(p.actor, *out_.mutable_announcement_withdrawn()->mutable_actor());
    to_proto(p.posted, *out_.mutable_announcement_withdrawn()->mutable_posted());
  }

 private:
  template <typename Payload, typename Message>
  static void sealed_about(const Payload& payload, Message& to) {
    to_proto(payload.ticket, *to.mutable_ticket());
    to.set_sealed_text(to_proto_bytes(payload.sealed_text));
  }

  // What every payload about a ticket by somebody has in common.
  template <typename Payload, typename Message>
  static Message& about(const Payload& payload, Message& to) {
    to_proto(payload.ticket, *to.mutable_ticket());
    to_proto(payload.actor, *to.mutable_actor());
    return to;
  }

  static void write_blob(const BlobRef& blob, pb::BlobRef& out) {
    out.set_blob(to_proto_bytes(blob.id));
    out.set_bytes(blob.bytes);
  }

  pb::Event& out_;
};

// --- reading

template <typename Payload, typename Message>
Result<Payload> read_about(const Message& in) {
  Payload payload;
  payload.ticket = from_proto(in.ticket());
  TRY_ASSIGN(payload.actor, from_proto(in.actor()));
  return payload;
}

Result<EventPayload> read_filed(const pb::TicketFiled& in) {
  TicketFiled filed;
  TRY_ASSIGN(filed.number.device, parse_device_code(in.device_code()));
  TRY_ASSIGN(filed.number.counter, read_counter(in.counter()));
  TRY_ASSIGN(filed.kind, to_enum(in.kind(), TicketKind::kService));
  TRY_ASSIGN(filed.confidentiality, to_enum(in.confidentiality(), Confidentiality::kSecretAnonymous));
  filed.district = DistrictCode{in.district()};
  if (!in.category().empty()) filed.category = CategoryId{in.category()};
  if (!in.service().empty()) filed.service = ServiceId{in.service()};
  if (!in.kampung().empty()) filed.kampung = KampungCode{in.kampung()};
  TRY_ASSIGN(filed.receipt_key, crypto::to_key(as_bytes(in.receipt_key())));
  return EventPayload(std::move(filed));
}

Result<BlobRef> read_blob(const pb::BlobRef& in) {
  BlobRef blob;
  TRY_ASSIGN(blob.id, crypto::to_key(as_bytes(in.blob())));
  if (in.bytes() == 0 || in.bytes() > kBlobBytes) return fail(ErrorCode::kCorrupt, "an attachment of no fitting size");
  blob.bytes = in.bytes();
  return blob;
}

Result<EventPayload> read_attachment(const pb::AttachmentAdded& in) {
  AttachmentAdded added;
  added.ticket = from_proto(in.ticket());
  TRY_ASSIGN(added.media, to_enum(in.media(), MediaKind::kPaper));
  TRY_ASSIGN(added.content, read_blob(in.content()));
  if (in.has_preview()) {
    TRY_ASSIGN(added.preview, read_blob(in.preview()));
  }
  return EventPayload(std::move(added));
}

template <typename Payload, typename Message>
EventPayload read_sealed_about(const Message& in) {
  return Payload{from_proto(in.ticket()), from_proto_bytes(in.sealed_text())};
}

Result<EventPayload> read_survey(const pb::SurveyAnswered& in) {
  SurveyAnswered answered;
  answered.district = DistrictCode{in.district()};
  if (in.scores().size() != answered.scores.size()) return fail(ErrorCode::kCorrupt, "a survey has nine scores");
  for (std::size_t i = 0; i < answered.scores.size(); ++i) {
    const auto score = static_cast<Score>(in.scores()[i]);
    if (score > kBestScore) return fail(ErrorCode::kCorrupt, "a score out of range");
    answered.scores[i] = score;
  }
  return EventPayload(std::move(answered));
}

Result<EventPayload> read_duplicated(const pb::TicketDuplicated& in) {
  TRY_ASSIGN(auto payload, read_about<TicketDuplicated>(in));
  TRY_ASSIGN(payload.other.device, parse_device_code(in.device_code()));
  TRY_ASSIGN(payload.other.counter, read_counter(in.counter()));
  return EventPayload(std::move(payload));
}

Result<EventPayload> read_assisted(const pb::TicketAssisted& in) {
  TRY_ASSIGN(auto payload, read_about<TicketAssisted>(in));
  TRY_ASSIGN(payload.how, to_enum(in.how(), AssistKind::kOutreach));
  payload.day = in.day();
  return EventPayload(std::move(payload));
}

Result<EventPayload> read_staff_act(const pb::StaffActed& in) {
  StaffActed payload;
  TRY_ASSIGN(payload.actor, from_proto(in.actor()));
  TRY_ASSIGN(payload.act, to_enum(in.act(), kLastStaffAct));
  payload.detail = in.detail();
  return EventPayload(std::move(payload));
}

Result<EventPayload> read_announcement(const pb::AnnouncementPosted& in) {
  AnnouncementPosted payload;
  TRY_ASSIGN(payload.actor, from_proto(in.actor()));
  payload.title = in.title();
  payload.text = in.text();
  payload.until = in.until();
  return EventPayload(std::move(payload));
}

Result<EventPayload> read_payload(const pb::Event& in) {
  switch (in.payload_case()) {
    case pb::Event::kDeviceStarted:
      return EventPayload(DeviceStarted{in.device_started().version(), in.device_started().boot_id()});
    case pb::Event::kSealStreamOpened:
      return EventPayload(SealStreamOpened{from_proto_bytes(in.seal_stream_opened().centre_sealed_key())});
    case pb::Event::kTicketFiled:
      return read_filed(in.ticket_filed());
    case pb::Event::kTicketVerified:
      return read_about<TicketVerified>(in.ticket_verified());
    case pb::Event::kTicketAssigned: {
      TRY_ASSIGN(auto payload, read_about<TicketAssigned>(in.ticket_assigned()));
      payload.opd = OpdId{in.ticket_assigned().opd()};
      return EventPayload(std::move(payload));
    }
    case pb::Event::kFollowUpPublished: {
      TRY_ASSIGN(auto payload, read_about<FollowUpPublished>(in.follow_up_published()));
      payload.text = in.follow_up_published().text();
      payload.sealed_text = from_proto_bytes(in.follow_up_published().sealed_text());
      return EventPayload(std::move(payload));
    }
    case pb::Event::kTicketHeld: {
      TRY_ASSIGN(auto payload, read_about<TicketHeld>(in.ticket_held()));
      payload.reason = in.ticket_held().reason();
      return EventPayload(std::move(payload));
    }
    case pb::Event::kTicketResolved: {
      TRY_ASSIGN(auto payload, read_about<TicketResolved>(in.ticket_resolved()));
      payload.text = in.ticket_resolved().text();
      payload.sealed_text = from_proto_bytes(in.ticket_resolved().sealed_text());
      return EventPayload(std::move(payload));
    }
    case pb::Event::kTicketArchived: {
      TRY_ASSIGN(auto payload, read_about<TicketArchived>(in.ticket_archived()));
      payload.reason = in.ticket_archived().reason();
      return EventPayload(std::move(payload));
    }
    case pb::Event::kPrivateMessageAdded: {
      TRY_ASSIGN(auto payload, read_about<PrivateMessageAdded>(in.private_message_added()));
      payload.sealed_text = from_proto_bytes(in.private_message_added().sealed_text());
      return EventPayload(std::move(payload));
    }
    case pb::Event::kPrivatePartRead:
      return read_about<PrivatePartRead>(in.private_part_read());
    case pb::Event::kAttachmentAdded:
      return read_attachment(in.attachment_added());
    case pb::Event::kPersonReplied:
      return read_sealed_about<PersonReplied>(in.person_replied());
    case pb::Event::kTicketReopened:
      return read_sealed_about<TicketReopened>(in.ticket_reopened());
    case pb::Event::kTicketRated: {
      TRY_ASSIGN(const Score score, read_score(in.ticket_rated().score()));
      return EventPayload(TicketRated{from_proto(in.ticket_rated().ticket()), score});
    }
    case pb::Event::kSurveyAnswered:
      return read_survey(in.survey_answered());
    case pb::Event::kOfficeAnswered: {
      TRY_ASSIGN(auto payload, read_about<OfficeAnswered>(in.office_answered()));
      payload.text = in.office_answered().text();
      payload.sealed_text = from_proto_bytes(in.office_answered().sealed_text());
      return EventPayload(std::move(payload));
    }
    case pb::Event::kMoreAsked: {
      TRY_ASSIGN(auto payload, read_about<MoreAsked>(in.more_asked()));
      payload.sealed_text = from_proto_bytes(in.more_asked().sealed_text());
      return EventPayload(std::move(payload));
    }
    case pb::Event::kTicketDuplicated:
      return read_duplicated(in.ticket_duplicated());
    case pb::Event::kTicketAssisted:
      return read_assisted(in.ticket_assisted());
    case pb::Event::kStaffActed:
      return read_staff_act(in.staff_acted());
    case pb::Event::kAnnouncementPosted:
      return read_announcement(in.announcement_posted());
    case pb::Event::kAnnouncementWithdrawn: {
      TRY_ASSIGN(Actor actor, from_proto(in.announcement_withdrawn().actor()));
      return EventPayload(AnnouncementWithdrawn{std::move(actor), from_proto(in.announcement_withdrawn().posted())});
    }
    case pb::Event::PAYLOAD_NOT_SET:
      return EventPayload(UnknownEvent{});
  }
  return EventPayload(UnknownEvent{});
}

// The first byte of a private part when no dictionary was at hand.
constexpr std::uint8_t kNoDictionary = 0;

Result<Bytes> unpack_private_part(ByteView compressed, const Dictionaries& known) {
  if (compressed.empty()) return fail(ErrorCode::kCorrupt, "an empty private part");
  if (compressed[0] == kNoDictionary) return decompress(compressed.subspan(1), limits::kFrameRawBytes);
  const std::uint32_t version = compressed[0] & kDictionaryVersions;
  if (version == 0) return fail(ErrorCode::kCorrupt, "a private part of no dictionary and no form");
  const auto dictionary = known.find(version);
  if (!dictionary) return fail(ErrorCode::kNewerVersion, "dictionary " + std::to_string(version) + " is not known");
  return dictionary->decompress(compressed, limits::kFrameRawBytes);
}

void wipe_texts(pb::PrivatePart& part) {
  for (std::string* text : {part.mutable_story(), part.mutable_name(), part.mutable_nik(), part.mutable_phone(),
                            part.mutable_address(), part.mutable_landmark(), part.mutable_attachment_key()}) {
    wipe(*text);
  }
  for (pb::Field& field : *part.mutable_fields()) wipe(*field.mutable_answer());
}

}  // namespace

Bytes encode_event(const Event& event) {
  pb::Event out;
  out.set_wall_ms(static_cast<std::uint64_t>(event.time.wall_ms));
  out.set_monotonic_ms(static_cast<std::uint64_t>(event.time.monotonic_ms));
  out.set_boot(event.time.boot);
  out.set_clock_confidence(static_cast<std::uint32_t>(event.time.confidence));
  if (event.sealed_at) {
    out.set_seal_stream(event.sealed_at->stream.value);
    out.set_seal_index(event.sealed_at->index);
  }
  std::visit(PayloadWriter(out), event.payload);
  return serialise(out);
}

Result<Event> decode_event(const EventKey& key, ByteView bytes) {
  if (bytes.size() > limits::kEventBytes) return fail(ErrorCode::kTooLarge, "an event over its limit");
  pb::Event in;
  TRY(parse_into(bytes, in, "an event"));
  Event event;
  event.key = key;
  event.time.wall_ms = static_cast<WallMs>(in.wall_ms());
  event.time.monotonic_ms = static_cast<std::int64_t>(in.monotonic_ms());
  event.time.boot = in.boot();
  TRY_ASSIGN(event.time.confidence, to_enum(in.clock_confidence(), ClockConfidence::kRanBackwards));
  if (in.seal_stream() != 0) event.sealed_at = SealPosition{Seq{in.seal_stream()}, in.seal_index()};
  TRY_ASSIGN(event.payload, read_payload(in));
  return event;
}

Bytes encode_private_part(const PrivatePart& part, const Dictionary* dictionary) {
  pb::PrivatePart out;
  out.set_story(part.story);
  out.set_name(part.name);
  out.set_nik(part.nik);
  out.set_phone(part.phone);
  out.set_address(part.address);
  out.set_landmark(part.landmark);
  if (part.category) out.set_category(part.category->value);
  if (part.kampung) out.set_kampung(part.kampung->value);
  for (const auto& [id, answer] : part.fields) {
    pb::Field& field = *out.add_fields();
    field.set_id(id);
    field.set_answer(answer);
  }
  out.set_attachment_key(to_proto_bytes(part.attachment_key));
  Bytes raw = serialise(out);
  wipe_texts(out);
  Bytes compressed;
  if (dictionary != nullptr) {
    compressed = dictionary->compress(raw);
  } else {
    compressed = {kNoDictionary};
    Bytes rest = compress_private(raw, Effort::kWhileWaiting);
    append(compressed, rest);
    wipe(rest);
  }
  wipe(raw);
  return compressed;
}

Result<PrivatePart> decode_private_part(ByteView compressed, const Dictionaries& known) {
  TRY_ASSIGN(Bytes raw, unpack_private_part(compressed, known));
  pb::PrivatePart in;
  const Status parsed = parse_into(raw, in, "a private part");
  wipe(raw);
  if (!parsed) wipe_texts(in);
  TRY(parsed);
  PrivatePart part;
  part.story = in.story();
  part.name = in.name();
  part.nik = in.nik();
  part.phone = in.phone();
  part.address = in.address();
  part.landmark = in.landmark();
  if (!in.category().empty()) part.category = CategoryId{in.category()};
  if (!in.kampung().empty()) part.kampung = KampungCode{in.kampung()};
  for (const pb::Field& field : in.fields()) part.fields.emplace_back(field.id(), field.answer());
  part.attachment_key = from_proto_bytes(in.attachment_key());
  wipe_texts(in);
  return part;
}

crypto::Hash chain_start(DeviceId device, Epoch epoch) {
  return crypto::Hasher("mimika chain start 1").add_u32(device.value).add_u32(epoch.value).finish();
}

crypto::Hash chain_next(const crypto::Hash& before, const EventKey& key, ByteView event, ByteView sealed) {
  return crypto::Hasher("mimika chain 1")
      .add(before)
      .add_u32(key.device.value)
      .add_u32(key.epoch.value)
      .add_u64(key.seq.value)
      .add_sized(event)
      .add_sized(sealed)
      .finish();
}

}  // namespace mimika::wire
