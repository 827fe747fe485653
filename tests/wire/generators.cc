#include "tests/wire/generators.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <tuple>
#include <utility>

#include "kiosk/base/limits.h"
#include "sync/wire/event_codec.h"

namespace mimika::test {

// A value whose fields are drawn one after the other. rc::gen::build says the same and takes the compiler minutes.
template <typename Value>
static rc::Gen<Value> drawn(const std::function<void(Value&)>& draw) {
  return rc::gen::exec([draw] {
    Value value;
    draw(value);
    return value;
  });
}

rc::Gen<EventKey> any_key() {
  return rc::gen::map(
      rc::gen::tuple(any_integer<std::uint32_t>(), any_integer<std::uint32_t>(), any_integer<std::uint64_t>()),
      [](const auto& t) { return EventKey{DeviceId{std::get<0>(t)}, Epoch{std::get<1>(t)}, Seq{std::get<2>(t)}}; });
}

static rc::Gen<EventTime> any_time() {
  return drawn<EventTime>([=](EventTime& value) {
    value.wall_ms = *any_integer<std::int64_t>();
    value.monotonic_ms = *any_integer<std::int64_t>();
    value.boot = *any_integer<std::uint32_t>();
    value.confidence = *up_to(ClockConfidence::kRanBackwards);
  });
}

static rc::Gen<Actor> any_actor() {
  return drawn<Actor>([=](Actor& value) {
    value.account = *any_text();
    value.name = *any_text();
    value.role = *up_to(kLastRole);
    value.opd = *text_id<OpdId>();
  });
}

rc::Gen<TicketNumber> any_number() {
  return rc::gen::map(rc::gen::tuple(rc::gen::element<std::string>("JLA1", "AAA9", "ZYX5"),
                                     rc::gen::inRange<std::uint32_t>(1, kMaxTicketCounter + 1)),
                      [](const auto& t) { return TicketNumber{DeviceCode{std::get<0>(t)}, std::get<1>(t)}; });
}

static rc::Gen<TicketFiled> any_filed() {
  return drawn<TicketFiled>([=](TicketFiled& value) {
    value.number = *any_number();
    value.kind = *up_to(TicketKind::kService);
    value.confidentiality = *up_to(Confidentiality::kSecretAnonymous);
    value.district = *text_id<DistrictCode>();
    value.category = *maybe_text_id<CategoryId>();
    value.service = *maybe_text_id<ServiceId>();
    value.kampung = *maybe_text_id<KampungCode>();
    value.receipt_key = *any_array<32>();
  });
}

template <typename Value>
static rc::Gen<std::optional<Value>> maybe(const rc::Gen<Value>& gen) {
  return rc::gen::oneOf(rc::gen::just(std::optional<Value>()),
                        rc::gen::map(gen, [](const Value& value) { return std::optional<Value>(value); }));
}

static rc::Gen<BlobRef> any_blob() {
  return drawn<BlobRef>([](BlobRef& value) {
    value.id = *any_array<32>();
    value.bytes = *rc::gen::inRange<std::uint64_t>(1, wire::kBlobBytes + 1);
  });
}

// Of one kind of payload, whatever its fields.
template <typename Payload>
static rc::Gen<EventPayload> payload(const std::function<void(Payload&)>& draw) {
  return rc::gen::cast<EventPayload>(drawn<Payload>(draw));
}

// What every payload about a ticket by somebody has.
template <typename Payload>
static rc::Gen<EventPayload> about(const std::function<void(Payload&)>& draw = [](Payload&) {}) {
  return payload<Payload>([draw](Payload& value) {
    value.ticket = *any_key();
    value.actor = *any_actor();
    draw(value);
  });
}

static rc::Gen<EventPayload> any_payload() {
  return rc::gen::oneOf(
      payload<DeviceStarted>([](DeviceStarted& value) {
        value.version = *any_text();
        value.boot_id = *any_integer<std::uint64_t>();
      }),
      payload<SealStreamOpened>([](SealStreamOpened& value) { value.centre_sealed_key = *any_bytes(); }),
      rc::gen::cast<EventPayload>(any_filed()), about<TicketVerified>(),
      about<TicketAssigned>([](TicketAssigned& value) { value.opd = *text_id<OpdId>(); }),
      about<FollowUpPublished>([](FollowUpPublished& value) {
        value.text = *any_text();
        value.sealed_text = *any_bytes();
      }),
      about<TicketHeld>([](TicketHeld& value) { value.reason = *any_text(); }),
      about<TicketResolved>([](TicketResolved& value) {
        value.text = *any_text();
        value.sealed_text = *any_bytes();
      }),
      about<TicketArchived>([](TicketArchived& value) { value.reason = *any_text(); }),
      about<PrivateMessageAdded>([](PrivateMessageAdded& value) { value.sealed_text = *any_bytes(); }),
      about<PrivatePartRead>(), payload<AttachmentAdded>([](AttachmentAdded& value) {
        value.ticket = *any_key();
        value.media = *up_to(MediaKind::kPaper);
        value.content = *any_blob();
        value.preview = *maybe(any_blob());
      }),
      payload<PersonReplied>([](PersonReplied& value) {
        value.ticket = *any_key();
        value.sealed_text = *any_bytes();
      }),
      payload<TicketReopened>([](TicketReopened& value) {
        value.ticket = *any_key();
        value.sealed_text = *any_bytes();
      }),
      payload<TicketRated>([](TicketRated& value) {
        value.ticket = *any_key();
        value.score = *rc::gen::inRange<Score>(1, kBestScore + 1);
      }),
      payload<SurveyAnswered>([](SurveyAnswered& value) {
        value.district = *text_id<DistrictCode>();
        for (Score& score : value.scores) score = *rc::gen::inRange<Score>(0, kBestScore + 1);
      }),
      about<OfficeAnswered>([](OfficeAnswered& value) {
        value.text = *any_text();
        value.sealed_text = *any_bytes();
      }),
      about<MoreAsked>([](MoreAsked& value) { value.sealed_text = *any_bytes(); }),
      about<TicketDuplicated>([](TicketDuplicated& value) { value.other = *any_number(); }),
      about<TicketAssisted>([](TicketAssisted& value) {
        value.how = *up_to(AssistKind::kOutreach);
        value.day = *any_text();
      }),
      payload<StaffActed>([](StaffActed& value) {
        value.actor = *any_actor();
        value.act = *up_to(kLastStaffAct);
        value.detail = *any_text();
      }),
      payload<AnnouncementPosted>([](AnnouncementPosted& value) {
        value.actor = *any_actor();
        value.title = *any_text();
        value.text = *any_text();
        value.until = *any_text();
      }),
      payload<AnnouncementWithdrawn>([](AnnouncementWithdrawn& value) {
        value.actor = *any_actor();
        value.posted = *any_key();
      }));
}

static rc::Gen<std::optional<SealPosition>> any_position() {
  const auto position = drawn<SealPosition>([=](SealPosition& value) {
    value.stream = *rc::gen::map(rc::gen::inRange<std::uint64_t>(1, 1'000'000), [](std::uint64_t v) { return Seq{v}; });
    value.index = *any_integer<std::uint32_t>();
  });
  return rc::gen::oneOf(rc::gen::just(std::optional<SealPosition>()),
                        rc::gen::map(position, [](const SealPosition& p) { return std::optional(p); }));
}

rc::Gen<Event> any_event() {
  return drawn<Event>([=](Event& value) {
    value.key = *any_key();
    value.time = *any_time();
    value.payload = *any_payload();
    value.sealed_at = *any_position();
  });
}

rc::Gen<PrivatePart> any_private_part() {
  return drawn<PrivatePart>([=](PrivatePart& value) {
    value.story = *any_text();
    value.name = *any_text();
    value.nik = *any_text();
    value.phone = *any_text();
    value.address = *any_text();
    value.landmark = *any_text();
    value.category = *maybe_text_id<CategoryId>();
    value.kampung = *maybe_text_id<KampungCode>();
    value.fields =
        *rc::gen::container<std::vector<std::pair<std::string, std::string>>>(rc::gen::pair(any_text(), any_text()));
  });
}

static rc::Gen<TimelineEntry> any_entry() {
  return drawn<TimelineEntry>([=](TimelineEntry& value) {
    value.event = *any_key();
    value.kind = *up_to(kLastTimelineKind);
    value.at_ms = *any_integer<std::int64_t>();
    value.confidence = *up_to(ClockConfidence::kRanBackwards);
    value.actor = *any_actor();
    value.opd = *text_id<OpdId>();
    value.text = *any_text();
    value.sealed_text = *any_bytes();
    value.applied = *rc::gen::arbitrary<bool>();
    value.score = *rc::gen::inRange<Score>(0, kBestScore + 1);
    value.pending = *rc::gen::arbitrary<bool>();
    value.refused = *rc::gen::arbitrary<bool>();
    value.arrived_ms = *maybe(any_integer<std::int64_t>());
  });
}

rc::Gen<Ticket> any_ticket() {
  return drawn<Ticket>([=](Ticket& value) {
    value.id = *any_key();
    value.number = *any_number();
    value.kind = *up_to(TicketKind::kService);
    value.confidentiality = *up_to(Confidentiality::kSecretAnonymous);
    value.district = *text_id<DistrictCode>();
    value.category = *maybe_text_id<CategoryId>();
    value.service = *maybe_text_id<ServiceId>();
    value.kampung = *maybe_text_id<KampungCode>();
    value.receipt_key = *any_array<32>();
    value.status = *up_to(TicketStatus::kArchived);
    value.filed_ms = *any_integer<std::int64_t>();
    value.filed_confidence = *up_to(ClockConfidence::kRanBackwards);
    value.arrived_ms = *maybe(any_integer<std::int64_t>());
    value.opd = *maybe_text_id<OpdId>();
    value.first_follow_up_ms = *maybe(any_integer<std::int64_t>());
    value.closed_ms = *maybe(any_integer<std::int64_t>());
    value.reopened = *rc::gen::arbitrary<bool>();
    value.reopened_ms = *maybe(any_integer<std::int64_t>());
    value.rating = *maybe(rc::gen::inRange<Score>(1, kBestScore + 1));
    value.timeline = *rc::gen::container<std::vector<TimelineEntry>>(any_entry());
  });
}

static rc::Gen<FeedSeq> any_feed_seq() {
  return rc::gen::map(any_integer<std::uint64_t>(), [](std::uint64_t value) { return FeedSeq{value}; });
}

template <typename Item>
static rc::Gen<std::vector<Item>> at_most(std::size_t count, const rc::Gen<std::vector<Item>>& items) {
  return rc::gen::map(items, [count](std::vector<Item> all) {
    if (all.size() > count) all.resize(count);
    return all;
  });
}

static rc::Gen<wire::BlobId> any_blob_id() {
  return drawn<wire::BlobId>([=](wire::BlobId& value) { value.hash = *any_array<32>(); });
}

static rc::Gen<std::vector<wire::BlobWant>> any_wants() {
  const auto held = rc::gen::map(any_bytes(), [](Bytes bits) {
    bits.resize(std::min<std::size_t>(bits.size(), wire::kBlobLeaves / 8));
    return bits;
  });
  return at_most(limits::kWantsPerHeader,
                 rc::gen::container<std::vector<wire::BlobWant>>(drawn<wire::BlobWant>([=](wire::BlobWant& value) {
                   value.blob = *any_blob_id();
                   value.held = *held;
                 })));
}

static rc::Gen<std::vector<wire::BlobPart>> any_parts() {
  return rc::gen::container<std::vector<wire::BlobPart>>(drawn<wire::BlobPart>([=](wire::BlobPart& value) {
    value.blob = *any_blob_id();
    value.first_leaf = *any_integer<std::uint32_t>();
    value.content = *any_bytes();
    value.manifest = *any_bytes();
  }));
}

static rc::Gen<wire::DocumentKind> any_document_kind() {
  return rc::gen::map(rc::gen::inRange<std::uint32_t>(1, wire::kDocumentKinds),
                      [](std::uint32_t kind) { return static_cast<wire::DocumentKind>(kind); });
}

static rc::Gen<std::vector<wire::DocumentVersion>> any_held_documents() {
  return at_most(limits::kDocumentsPerHeader, rc::gen::container<std::vector<wire::DocumentVersion>>(
                                                  drawn<wire::DocumentVersion>([=](wire::DocumentVersion& value) {
                                                    value.kind = *any_document_kind();
                                                    value.version = *any_integer<std::uint32_t>();
                                                  })));
}

// Half of them events of ours, since the coding of records looks into those; half any bytes.
rc::Gen<wire::EventRecord> any_record() {
  const auto event = rc::gen::oneOf(
      rc::gen::map(any_event(), [](const Event& written) { return wire::encode_event(written); }), any_bytes());
  return drawn<wire::EventRecord>([=](wire::EventRecord& value) {
    value.event = *event;
    value.sealed = *any_bytes();
  });
}

static rc::Gen<Seq> any_seq() {
  return rc::gen::map(any_integer<std::uint64_t>(), [](std::uint64_t value) { return Seq{value}; });
}

static rc::Gen<wire::CallHeader> any_call_header() {
  using Header = wire::CallHeader;
  return drawn<Header>([=](Header& value) {
    value.device = *rc::gen::map(any_integer<std::uint32_t>(), [](std::uint32_t v) { return DeviceId{v}; });
    value.epoch = *rc::gen::map(any_integer<std::uint32_t>(), [](std::uint32_t v) { return Epoch{v}; });
    value.first_seq = *rc::gen::map(any_integer<std::uint64_t>(), [](std::uint64_t v) { return Seq{v == 0 ? 1 : v}; });
    value.chain_before = *any_array<16>();
    value.feed_cursor = *any_feed_seq();
    value.call_no = *any_integer<std::uint64_t>();
    value.wall_ms = *any_integer<std::int64_t>();
    value.policy_version = *any_integer<std::uint32_t>();
    value.answer_bytes = *any_integer<std::uint32_t>();
    value.documents = *any_held_documents();
    value.wants = *any_wants();
    value.states_after = *rc::gen::map(any_bytes(), [](Bytes mark) {
      mark.resize(std::min(mark.size(), limits::kStatesAfterBytes));
      return mark;
    });
    value.ends_at = Seq{*any_integer<std::uint64_t>()};
    value.boot_mark = *any_integer<std::uint32_t>();
    value.monotonic_ms = *any_integer<std::int32_t>();  // beyond ages it would not come back
    value.heard_ms = *any_integer<std::int32_t>();
    if (value.monotonic_ms < 0 || value.heard_ms < 0) {
      value.boot_mark = 0;
      value.monotonic_ms = value.heard_ms = 0;
    }
  });
}

rc::Gen<wire::Call> any_call() {
  return drawn<wire::Call>([=](wire::Call& value) {
    value.header = *any_call_header();
    value.records = *rc::gen::container<std::vector<wire::EventRecord>>(any_record());
    value.parts = *any_parts();
  });
}

static rc::Gen<std::vector<wire::FeedItem>> any_feed() {
  return rc::gen::container<std::vector<wire::FeedItem>>(drawn<wire::FeedItem>([=](wire::FeedItem& value) {
    value.feed_seq = *any_feed_seq();
    value.key = *any_key();
    value.event = *any_bytes();
    value.arrived_ms = *any_integer<std::int64_t>();
  }));
}

rc::Gen<wire::Answer> any_answer() {
  using wire::Answer;
  const auto reject = drawn<wire::Reject>([=](wire::Reject& value) {
    value.seq = *any_seq();
    value.reason = *any_text();
  });
  const auto state = drawn<wire::TicketState>([=](wire::TicketState& value) {
    value.feed_seq = *any_feed_seq();
    value.ticket = *any_bytes();
  });
  const auto document = drawn<wire::DocumentHead>([=](wire::DocumentHead& value) {
    value.kind = *any_document_kind();
    value.version = *any_integer<std::uint32_t>();
    value.content = *any_blob_id();
  });
  return drawn<Answer>([=](Answer& value) {
    value.acknowledged = *any_seq();
    value.chain_at = *any_array<16>();
    value.call_no = *any_integer<std::uint64_t>();
    value.server_ms = *any_integer<std::int64_t>();
    value.feed_more = *rc::gen::arbitrary<bool>();
    value.dictionary = *any_integer<std::uint32_t>();
    value.rejects = *rc::gen::container<std::vector<wire::Reject>>(reject);
    value.wants = *any_wants();
    value.feed = *any_feed();
    value.states = *rc::gen::container<std::vector<wire::TicketState>>(state);
    value.states_until = *any_feed_seq();
    value.documents = *rc::gen::container<std::vector<wire::DocumentHead>>(document);
    value.parts = *any_parts();
    value.policy = *any_bytes();
  });
}

}  // namespace mimika::test
