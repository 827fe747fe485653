#include "tests/wire/generators.h"

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>

#include "kiosk/base/limits.h"
#include "sync/wire/event_codec.h"

namespace mimika::test {

rc::Gen<EventKey> any_key() {
  return rc::gen::map(
      rc::gen::tuple(any_integer<std::uint32_t>(), any_integer<std::uint32_t>(), any_integer<std::uint64_t>()),
      [](const auto& t) { return EventKey{DeviceId{std::get<0>(t)}, Epoch{std::get<1>(t)}, Seq{std::get<2>(t)}}; });
}

static rc::Gen<EventTime> any_time() {
  return rc::gen::build<EventTime>(rc::gen::set(&EventTime::wall_ms, any_integer<std::int64_t>()),
                                   rc::gen::set(&EventTime::monotonic_ms, any_integer<std::int64_t>()),
                                   rc::gen::set(&EventTime::boot, any_integer<std::uint32_t>()),
                                   rc::gen::set(&EventTime::confidence, up_to(ClockConfidence::kRanBackwards)));
}

static rc::Gen<Actor> any_actor() {
  return rc::gen::build<Actor>(rc::gen::set(&Actor::account, any_text()), rc::gen::set(&Actor::name, any_text()),
                               rc::gen::set(&Actor::role, up_to(Role::kSystemAdmin)),
                               rc::gen::set(&Actor::opd, text_id<OpdId>()));
}

rc::Gen<TicketNumber> any_number() {
  return rc::gen::map(rc::gen::tuple(rc::gen::element<std::string>("JLA1", "AAA9", "ZYX5"),
                                     rc::gen::inRange<std::uint32_t>(1, kMaxTicketCounter + 1)),
                      [](const auto& t) { return TicketNumber{DeviceCode{std::get<0>(t)}, std::get<1>(t)}; });
}

static rc::Gen<TicketFiled> any_filed() {
  return rc::gen::build<TicketFiled>(
      rc::gen::set(&TicketFiled::number, any_number()), rc::gen::set(&TicketFiled::kind, up_to(TicketKind::kService)),
      rc::gen::set(&TicketFiled::confidentiality, up_to(Confidentiality::kSecretAnonymous)),
      rc::gen::set(&TicketFiled::district, text_id<DistrictCode>()),
      rc::gen::set(&TicketFiled::category, maybe_text_id<CategoryId>()),
      rc::gen::set(&TicketFiled::service, maybe_text_id<ServiceId>()),
      rc::gen::set(&TicketFiled::kampung, maybe_text_id<KampungCode>()),
      rc::gen::set(&TicketFiled::receipt_key, any_array<32>()));
}

// What every payload about a ticket by somebody has.
template <typename Payload, typename... Setters>
static rc::Gen<EventPayload> about(const Setters&... setters) {
  return rc::gen::cast<EventPayload>(rc::gen::build<Payload>(rc::gen::set(&Payload::ticket, any_key()),
                                                             rc::gen::set(&Payload::actor, any_actor()), setters...));
}

static rc::Gen<EventPayload> any_payload() {
  return rc::gen::oneOf(rc::gen::cast<EventPayload>(rc::gen::build<DeviceStarted>(
                            rc::gen::set(&DeviceStarted::version, any_text()),
                            rc::gen::set(&DeviceStarted::boot_id, any_integer<std::uint64_t>()))),
                        rc::gen::cast<EventPayload>(rc::gen::build<SealStreamOpened>(
                            rc::gen::set(&SealStreamOpened::centre_sealed_key, any_bytes()))),
                        rc::gen::cast<EventPayload>(any_filed()), about<TicketVerified>(),
                        about<TicketAssigned>(rc::gen::set(&TicketAssigned::opd, text_id<OpdId>())),
                        about<FollowUpPublished>(rc::gen::set(&FollowUpPublished::text, any_text()),
                                                 rc::gen::set(&FollowUpPublished::sealed_text, any_bytes())),
                        about<TicketHeld>(rc::gen::set(&TicketHeld::reason, any_text())),
                        about<TicketResolved>(rc::gen::set(&TicketResolved::text, any_text()),
                                              rc::gen::set(&TicketResolved::sealed_text, any_bytes())),
                        about<TicketArchived>(rc::gen::set(&TicketArchived::reason, any_text())),
                        about<PrivateMessageAdded>(rc::gen::set(&PrivateMessageAdded::sealed_text, any_bytes())),
                        about<PrivatePartRead>());
}

static rc::Gen<std::optional<SealPosition>> any_position() {
  const auto position = rc::gen::build<SealPosition>(
      rc::gen::set(&SealPosition::stream,
                   rc::gen::map(rc::gen::inRange<std::uint64_t>(1, 1'000'000), [](std::uint64_t v) { return Seq{v}; })),
      rc::gen::set(&SealPosition::index, any_integer<std::uint32_t>()));
  return rc::gen::oneOf(rc::gen::just(std::optional<SealPosition>()),
                        rc::gen::map(position, [](const SealPosition& p) { return std::optional(p); }));
}

rc::Gen<Event> any_event() {
  return rc::gen::build<Event>(rc::gen::set(&Event::key, any_key()), rc::gen::set(&Event::time, any_time()),
                               rc::gen::set(&Event::payload, any_payload()),
                               rc::gen::set(&Event::sealed_at, any_position()));
}

rc::Gen<PrivatePart> any_private_part() {
  return rc::gen::build<PrivatePart>(
      rc::gen::set(&PrivatePart::story, any_text()), rc::gen::set(&PrivatePart::name, any_text()),
      rc::gen::set(&PrivatePart::nik, any_text()), rc::gen::set(&PrivatePart::phone, any_text()),
      rc::gen::set(&PrivatePart::address, any_text()), rc::gen::set(&PrivatePart::landmark, any_text()),
      rc::gen::set(&PrivatePart::category, maybe_text_id<CategoryId>()),
      rc::gen::set(&PrivatePart::kampung, maybe_text_id<KampungCode>()),
      rc::gen::set(&PrivatePart::fields, rc::gen::container<std::vector<std::pair<std::string, std::string>>>(
                                             rc::gen::pair(any_text(), any_text()))));
}

static rc::Gen<TimelineEntry> any_entry() {
  return rc::gen::build<TimelineEntry>(
      rc::gen::set(&TimelineEntry::event, any_key()),
      rc::gen::set(&TimelineEntry::kind, up_to(TimelineKind::kPrivateMessage)),
      rc::gen::set(&TimelineEntry::at_ms, any_integer<std::int64_t>()),
      rc::gen::set(&TimelineEntry::confidence, up_to(ClockConfidence::kRanBackwards)),
      rc::gen::set(&TimelineEntry::actor, any_actor()), rc::gen::set(&TimelineEntry::opd, text_id<OpdId>()),
      rc::gen::set(&TimelineEntry::text, any_text()), rc::gen::set(&TimelineEntry::sealed_text, any_bytes()),
      rc::gen::set(&TimelineEntry::applied));
}

template <typename Value>
static rc::Gen<std::optional<Value>> maybe(const rc::Gen<Value>& gen) {
  return rc::gen::oneOf(rc::gen::just(std::optional<Value>()),
                        rc::gen::map(gen, [](const Value& value) { return std::optional<Value>(value); }));
}

rc::Gen<Ticket> any_ticket() {
  return rc::gen::build<Ticket>(
      rc::gen::set(&Ticket::id, any_key()), rc::gen::set(&Ticket::number, any_number()),
      rc::gen::set(&Ticket::kind, up_to(TicketKind::kService)),
      rc::gen::set(&Ticket::confidentiality, up_to(Confidentiality::kSecretAnonymous)),
      rc::gen::set(&Ticket::district, text_id<DistrictCode>()),
      rc::gen::set(&Ticket::category, maybe_text_id<CategoryId>()),
      rc::gen::set(&Ticket::service, maybe_text_id<ServiceId>()),
      rc::gen::set(&Ticket::kampung, maybe_text_id<KampungCode>()), rc::gen::set(&Ticket::receipt_key, any_array<32>()),
      rc::gen::set(&Ticket::status, up_to(TicketStatus::kArchived)),
      rc::gen::set(&Ticket::filed_ms, any_integer<std::int64_t>()),
      rc::gen::set(&Ticket::filed_confidence, up_to(ClockConfidence::kRanBackwards)),
      rc::gen::set(&Ticket::arrived_ms, maybe(any_integer<std::int64_t>())),
      rc::gen::set(&Ticket::opd, maybe_text_id<OpdId>()),
      rc::gen::set(&Ticket::first_follow_up_ms, maybe(any_integer<std::int64_t>())),
      rc::gen::set(&Ticket::closed_ms, maybe(any_integer<std::int64_t>())),
      rc::gen::set(&Ticket::timeline, rc::gen::container<std::vector<TimelineEntry>>(any_entry())));
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
  return rc::gen::build<wire::BlobId>(rc::gen::set(&wire::BlobId::hash, any_array<32>()));
}

static rc::Gen<std::vector<wire::BlobWant>> any_wants() {
  const auto held = rc::gen::map(any_bytes(), [](Bytes bits) {
    bits.resize(std::min<std::size_t>(bits.size(), wire::kBlobLeaves / 8));
    return bits;
  });
  return at_most(limits::kWantsPerHeader,
                 rc::gen::container<std::vector<wire::BlobWant>>(rc::gen::build<wire::BlobWant>(
                     rc::gen::set(&wire::BlobWant::blob, any_blob_id()), rc::gen::set(&wire::BlobWant::held, held))));
}

static rc::Gen<std::vector<wire::BlobPart>> any_parts() {
  return rc::gen::container<std::vector<wire::BlobPart>>(rc::gen::build<wire::BlobPart>(
      rc::gen::set(&wire::BlobPart::blob, any_blob_id()),
      rc::gen::set(&wire::BlobPart::first_leaf, any_integer<std::uint32_t>()),
      rc::gen::set(&wire::BlobPart::content, any_bytes()), rc::gen::set(&wire::BlobPart::manifest, any_bytes())));
}

static rc::Gen<wire::DocumentKind> any_document_kind() {
  return rc::gen::map(rc::gen::inRange<std::uint32_t>(1, wire::kDocumentKinds),
                      [](std::uint32_t kind) { return static_cast<wire::DocumentKind>(kind); });
}

static rc::Gen<std::vector<wire::DocumentVersion>> any_held_documents() {
  return at_most(limits::kDocumentsPerHeader,
                 rc::gen::container<std::vector<wire::DocumentVersion>>(rc::gen::build<wire::DocumentVersion>(
                     rc::gen::set(&wire::DocumentVersion::kind, any_document_kind()),
                     rc::gen::set(&wire::DocumentVersion::version, any_integer<std::uint32_t>()))));
}

// Half of them events of ours, since the coding of records looks into those; half any bytes.
rc::Gen<wire::EventRecord> any_record() {
  const auto event = rc::gen::oneOf(
      rc::gen::map(any_event(), [](const Event& written) { return wire::encode_event(written); }), any_bytes());
  return rc::gen::build<wire::EventRecord>(rc::gen::set(&wire::EventRecord::event, event),
                                           rc::gen::set(&wire::EventRecord::sealed, any_bytes()));
}

static rc::Gen<Seq> any_seq() {
  return rc::gen::map(any_integer<std::uint64_t>(), [](std::uint64_t value) { return Seq{value}; });
}

static rc::Gen<wire::CallHeader> any_call_header() {
  using Header = wire::CallHeader;
  return rc::gen::build<Header>(
      rc::gen::set(&Header::device,
                   rc::gen::map(any_integer<std::uint32_t>(), [](std::uint32_t v) { return DeviceId{v}; })),
      rc::gen::set(&Header::epoch,
                   rc::gen::map(any_integer<std::uint32_t>(), [](std::uint32_t v) { return Epoch{v}; })),
      rc::gen::set(&Header::first_seq,
                   rc::gen::map(any_integer<std::uint64_t>(), [](std::uint64_t v) { return Seq{v == 0 ? 1 : v}; })),
      rc::gen::set(&Header::chain_before, any_array<16>()), rc::gen::set(&Header::feed_cursor, any_feed_seq()),
      rc::gen::set(&Header::call_no, any_integer<std::uint64_t>()),
      rc::gen::set(&Header::wall_ms, any_integer<std::int64_t>()),
      rc::gen::set(&Header::policy_version, any_integer<std::uint32_t>()),
      rc::gen::set(&Header::answer_bytes, any_integer<std::uint32_t>()),
      rc::gen::set(&Header::documents, any_held_documents()), rc::gen::set(&Header::wants, any_wants()));
}

rc::Gen<wire::Call> any_call() {
  return rc::gen::build<wire::Call>(
      rc::gen::set(&wire::Call::header, any_call_header()),
      rc::gen::set(&wire::Call::records, rc::gen::container<std::vector<wire::EventRecord>>(any_record())),
      rc::gen::set(&wire::Call::parts, any_parts()));
}

static rc::Gen<std::vector<wire::FeedItem>> any_feed() {
  return rc::gen::container<std::vector<wire::FeedItem>>(rc::gen::build<wire::FeedItem>(
      rc::gen::set(&wire::FeedItem::feed_seq, any_feed_seq()), rc::gen::set(&wire::FeedItem::key, any_key()),
      rc::gen::set(&wire::FeedItem::event, any_bytes()),
      rc::gen::set(&wire::FeedItem::arrived_ms, any_integer<std::int64_t>())));
}

rc::Gen<wire::Answer> any_answer() {
  using wire::Answer;
  const auto reject = rc::gen::build<wire::Reject>(rc::gen::set(&wire::Reject::seq, any_seq()),
                                                   rc::gen::set(&wire::Reject::reason, any_text()));
  const auto state = rc::gen::build<wire::TicketState>(rc::gen::set(&wire::TicketState::feed_seq, any_feed_seq()),
                                                       rc::gen::set(&wire::TicketState::ticket, any_bytes()));
  const auto document =
      rc::gen::build<wire::DocumentHead>(rc::gen::set(&wire::DocumentHead::kind, any_document_kind()),
                                         rc::gen::set(&wire::DocumentHead::version, any_integer<std::uint32_t>()),
                                         rc::gen::set(&wire::DocumentHead::content, any_blob_id()));
  return rc::gen::build<Answer>(
      rc::gen::set(&Answer::acknowledged, any_seq()), rc::gen::set(&Answer::chain_at, any_array<16>()),
      rc::gen::set(&Answer::call_no, any_integer<std::uint64_t>()),
      rc::gen::set(&Answer::server_ms, any_integer<std::int64_t>()), rc::gen::set(&Answer::feed_more),
      rc::gen::set(&Answer::dictionary, any_integer<std::uint32_t>()),
      rc::gen::set(&Answer::rejects, rc::gen::container<std::vector<wire::Reject>>(reject)),
      rc::gen::set(&Answer::wants, any_wants()), rc::gen::set(&Answer::feed, any_feed()),
      rc::gen::set(&Answer::states, rc::gen::container<std::vector<wire::TicketState>>(state)),
      rc::gen::set(&Answer::states_until, any_feed_seq()),
      rc::gen::set(&Answer::documents, rc::gen::container<std::vector<wire::DocumentHead>>(document)),
      rc::gen::set(&Answer::parts, any_parts()), rc::gen::set(&Answer::policy, any_bytes()));
}

}  // namespace mimika::test
