#include <catch2/catch.hpp>

#include "kiosk/crypto/attachment.h"
#include "kiosk/store/store.h"
#include "tests/store/store_world.h"

namespace mimika {
namespace {

using test::file;
using test::World;

const Actor kOfficer{.account = "yosefa", .name = "Yosefa Magal", .role = Role::kOfficer, .opd = {}};

struct Counter {
  World world;
  std::unique_ptr<Store> store = world.open();

  [[nodiscard]] Ticket ticket(const TicketId& id) const { return store->find_ticket(id).value().value(); }
  [[nodiscard]] OfficerAct act_on(const TicketId& id, OfficerAction action, std::string_view words = {}) const {
    OfficerAct act;
    act.action = action;
    act.ticket = id;
    act.seen_entries = ticket(id).timeline.size();
    act.actor = kOfficer;
    act.words = words;
    return act;
  }
  Ticket done(const OfficerAct& act) const {
    auto after = store->act(act);
    if (!after) FAIL(after.error().message);
    return *std::move(after);
  }
  [[nodiscard]] ErrorCode refused(const OfficerAct& act) const {
    const auto after = store->act(act);
    REQUIRE_FALSE(after);
    return after.error().code;
  }
};

// What the office reads of an event with its secret key.
std::optional<PrivatePart> read_as_office(Store& store, const EventKey& key) {
  OfficeCopy stream;
  const auto copy = store.office_copy(key, stream);
  REQUIRE(copy);
  if (!*copy) return std::nullopt;
  const Event event = wire::decode_event(key, (*copy)->event).value();
  const auto plain = crypto::open_message(test::keys().office, crypto::Recipient::kOffice, stream.sealed,
                                          event.sealed_at->index, key, (*copy)->sealed);
  REQUIRE(plain);
  return wire::decode_private_part(plain->view()).value();
}

}  // namespace

TEST_CASE("an officer verifies, answers, asks, hands over, and the resident sees who and when") {
  Counter counter;
  const TicketId id = file(*counter.store).key;
  counter.world.env.advance_ms(test::kMinute);
  Ticket ticket = counter.done(counter.act_on(id, OfficerAction::kVerify));
  CHECK(ticket.status == TicketStatus::kVerified);
  ticket = counter.done(counter.act_on(id, OfficerAction::kAnswerPublic, "  Kami cek besok.  "));
  CHECK(ticket.timeline.back().text == "Kami cek besok.");
  CHECK(ticket.timeline.back().actor == kOfficer);
  CHECK(ticket.timeline.back().at_ms == test::kStart + test::kMinute);
  ticket = counter.done(counter.act_on(id, OfficerAction::kAskMore, "Sejak kapan?"));
  CHECK(ticket.awaits_person);
  CHECK(as_text(test::keys().receipt.open(ticket.timeline.back().sealed_text).value().view()) == "Sejak kapan?");
  ticket = counter.done(counter.act_on(id, OfficerAction::kAnswerPrivate, "Nama Anda aman."));
  CHECK(as_text(test::keys().receipt.open(ticket.timeline.back().sealed_text).value().view()) == "Nama Anda aman.");
  OfficerAct hand = counter.act_on(id, OfficerAction::kHandOver);
  CHECK(counter.refused(hand) == ErrorCode::kInvalidInput);  // to nobody
  hand.opd = OpdId{"pupr"};
  ticket = counter.done(hand);
  CHECK(ticket.status == TicketStatus::kAssigned);
  ticket = counter.done(counter.act_on(id, OfficerAction::kHold, "Menunggu pesawat"));
  CHECK(ticket.status == TicketStatus::kHeld);
  CHECK_FALSE(ticket.first_follow_up_ms);
  REQUIRE(counter.store->verify());
}

TEST_CASE("handing over looks at the ticket as well") {
  Counter counter;
  const TicketId id = file(*counter.store).key;
  OfficerAct hand = counter.act_on(id, OfficerAction::kHandOver);
  hand.opd = OpdId{"pupr"};
  const Ticket ticket = counter.done(hand);
  REQUIRE(ticket.timeline.size() == 3);
  CHECK(ticket.timeline[1].kind == TimelineKind::kVerified);
  CHECK(ticket.timeline[2].kind == TimelineKind::kAssigned);
}

TEST_CASE("a ticket that moved on is looked at again first, and pressing twice does nothing twice") {
  Counter counter;
  const TicketId id = file(*counter.store).key;
  const OfficerAct twice = counter.act_on(id, OfficerAction::kAnswerPublic, "Kami cek.");
  counter.done(twice);
  CHECK(counter.refused(twice) == ErrorCode::kConflict);
  CHECK(counter.refused(counter.act_on(id, OfficerAction::kResolve, "Selesai")) == ErrorCode::kConflict);
  OfficerAct nowhere = twice;
  nowhere.ticket = {DeviceId{9}, Epoch{9}, Seq{9}};
  CHECK(counter.refused(nowhere) == ErrorCode::kNotFound);
}

TEST_CASE("words are there, plain, and within their limit") {
  Counter counter;
  const TicketId id = file(*counter.store).key;
  CHECK(counter.refused(counter.act_on(id, OfficerAction::kHold, " \n ")) == ErrorCode::kInvalidInput);
  CHECK(counter.refused(counter.act_on(id, OfficerAction::kHold, "a\x01")) == ErrorCode::kInvalidInput);
  const std::string most(limits::kReasonBytes, 'a');
  CHECK(counter.refused(counter.act_on(id, OfficerAction::kHold, most + "a")) == ErrorCode::kTooLarge);
  counter.done(counter.act_on(id, OfficerAction::kHold, most));
  const std::string long_answer(limits::kReplyBytes + 1, 'a');
  CHECK(counter.refused(counter.act_on(id, OfficerAction::kAnswerPublic, long_answer)) == ErrorCode::kTooLarge);
}

TEST_CASE("of a secret ticket an answer's words are for its receipt alone") {
  Counter counter;
  const TicketId id = file(*counter.store, test::secret_complaint()).key;
  const Ticket ticket = counter.done(counter.act_on(id, OfficerAction::kAnswerPublic, "Sudah kami teruskan."));
  CHECK(ticket.timeline.back().text.empty());
  CHECK(as_text(test::keys().receipt.open(ticket.timeline.back().sealed_text).value().view()) ==
        "Sudah kami teruskan.");
}

TEST_CASE("a duplicate names another ticket that is worked on") {
  Counter counter;
  const FiledTicket first = file(*counter.store);
  const FiledTicket second = file(*counter.store);
  OfficerAct act = counter.act_on(second.key, OfficerAction::kMarkDuplicate);
  act.other = second.number;
  CHECK(counter.refused(act) == ErrorCode::kInvalidInput);
  act.other = {DeviceCode{"JLA1"}, 4711};
  CHECK(counter.refused(act) == ErrorCode::kNotFound);
  act.other = first.number;
  const Ticket ticket = counter.done(act);
  CHECK(ticket.status == TicketStatus::kArchived);
  CHECK(ticket.timeline.back().text == format_ticket_number(first.number));
  OfficerAct back = counter.act_on(first.key, OfficerAction::kMarkDuplicate);
  back.other = second.number;
  CHECK(counter.refused(back) == ErrorCode::kInvalidInput);  // or both would be closed
}

TEST_CASE("evidence comes with what was done, or nothing does") {
  Counter counter;
  NewTicket service = test::complaint();
  service.kind = TicketKind::kService;
  service.category.reset();
  service.service = ServiceId{"kk_baru"};
  const TicketId id = file(*counter.store, service).key;
  const Bytes photo(2000, 0x77);
  NewMedia evidence{MediaKind::kPhoto, photo};
  const auto refused = counter.store->act(counter.act_on(id, OfficerAction::kResolve, ""), {evidence});
  CHECK(refused.error().code == ErrorCode::kInvalidInput);
  CHECK(counter.world.count("SELECT COUNT(*) FROM blob") == 0);
  const auto done = counter.store->act(counter.act_on(id, OfficerAction::kResolve, "KK diserahkan."), {evidence});
  REQUIRE(done);
  CHECK(done->status == TicketStatus::kResolved);
  const std::vector<Event> attached = counter.store->attachments_of(id).value();
  REQUIRE(attached.size() == 1);
  const auto& added = std::get<AttachmentAdded>(attached[0].payload);
  const auto details = read_as_office(*counter.store, attached[0].key);
  REQUIRE(details);
  const Bytes sealed = counter.store->attachment_file(added.content).value();
  CHECK(crypto::open_attachment(crypto::SecretBytes::copy_of(details->attachment_key), crypto::AttachmentPart::kContent,
                                id, sealed)
            .value() == photo);
}

TEST_CASE("what is about the office is not sealed to it, nor is what follows") {
  Counter counter;
  NewTicket about = test::complaint("Petugas meminta uang.");
  about.hidden_from_office = true;
  const TicketId hidden = file(*counter.store, about).key;
  const TicketId normal = file(*counter.store).key;
  REQUIRE(read_as_office(*counter.store, normal));
  CHECK(read_as_office(*counter.store, normal)->name == "Maria");
  CHECK_FALSE(read_as_office(*counter.store, hidden));
  const EventKey more = counter.store->reply({hidden, "Kemarin lagi."}).value();
  CHECK_FALSE(read_as_office(*counter.store, more));
  const EventKey other = counter.store->reply({normal, "Masih rusak."}).value();
  CHECK(read_as_office(*counter.store, other)->story == "Masih rusak.");
  // The centre reads all of it.
  CHECK(counter.world.count("SELECT COUNT(*) FROM event WHERE length(sealed) > 0") == 4);
}

TEST_CASE("an officer who types for somebody is named with the filing") {
  Counter counter;
  NewTicket outreach = test::complaint();
  outreach.assisted = TicketAssisted{{}, kOfficer, AssistKind::kOutreach, "2026-11-20"};
  const TicketId id = file(*counter.store, outreach).key;
  const Ticket ticket = counter.ticket(id);
  REQUIRE(ticket.timeline.size() == 2);
  CHECK(ticket.timeline[1].kind == TimelineKind::kAssisted);
  CHECK(ticket.timeline[1].actor.name == "Yosefa Magal");
  CHECK(ticket.timeline[1].text == "2026-11-20");
}

TEST_CASE("what the centre sets aside counts here no more than there, also when everything is computed again") {
  Counter counter;
  const TicketId id = file(*counter.store).key;
  test::synchronise(*counter.store, test::kStart + test::kMinute);
  counter.done(counter.act_on(id, OfficerAction::kArchive, "Percobaan"));
  CHECK(counter.ticket(id).status == TicketStatus::kArchived);
  const Outgoing out = test::outgoing(*counter.store);
  wire::Answer answer = test::answer_to(out, test::kStart + 2 * test::kMinute);
  answer.rejects.push_back({Seq{out.first_seq.value + out.records.size() - 1}, "account_disabled"});
  REQUIRE(counter.store->apply_answer(out.epoch, answer));
  CHECK(counter.ticket(id).status == TicketStatus::kUnverified);
  CHECK(counter.ticket(id).timeline.back().refused);  // still seen, and seen not to count
  CHECK_FALSE(counter.ticket(id).timeline.back().applied);
  REQUIRE(counter.store->verify());
  REQUIRE(counter.store->rebuild_projections());
  CHECK(counter.ticket(id).status == TicketStatus::kUnverified);
}

TEST_CASE("readings, sign-ins, pauses and announcements are events with a name") {
  Counter counter;
  const TicketId id = file(*counter.store).key;
  REQUIRE(counter.store->note_private_read(id, kOfficer));
  REQUIRE(counter.store->note_staff_act({kOfficer, StaffAct::kSignedIn, {}}));
  CHECK(counter.store->office().value() == OfficeStand::kOpen);
  REQUIRE(counter.store->set_office(kOfficer, OfficeStand::kPaused));
  counter.store.reset();
  counter.store = counter.world.open();
  CHECK(counter.store->office().value() == OfficeStand::kPaused);
  CHECK(counter.store->post_notice(kOfficer, "Libur", "", {}).error().code == ErrorCode::kInvalidInput);
  CHECK(counter.store->post_notice(kOfficer, "Libur", "Tutup", "besok").error().code == ErrorCode::kInvalidInput);
  const EventKey posted = counter.store->post_notice(kOfficer, "Libur", "Kantor tutup Senin.", "2026-12-01").value();
  REQUIRE(counter.store->rebuild_projections());
  REQUIRE(counter.store->notices().value().size() == 1);
  CHECK(counter.store->notices().value()[0].by == "Yosefa Magal");
  REQUIRE(counter.store->withdraw_notice(kOfficer, posted));
  CHECK(counter.store->notices().value().empty());
  CHECK(counter.store->withdraw_notice(kOfficer, posted).error().code == ErrorCode::kNotFound);
  const std::vector<Event> events = test::events_of(*counter.store);
  CHECK(test::count_of<PrivatePartRead>(events) == 1);
  CHECK(test::count_of<StaffActed>(events) == 2);
  CHECK(test::count_of<AnnouncementPosted>(events) == 1);
  CHECK(test::count_of<AnnouncementWithdrawn>(events) == 1);
  for (std::size_t i = 0; i < limits::kNotices; ++i) REQUIRE(counter.store->post_notice(kOfficer, "A", "B", {}));
  CHECK(counter.store->post_notice(kOfficer, "A", "B", {}).error().code == ErrorCode::kTooLarge);
  REQUIRE(counter.store->verify());
}

TEST_CASE("the office's copies are read in order, with the streams they lie in") {
  Counter counter;
  for (int i = 0; i < 5; ++i) file(*counter.store);
  std::vector<OfficeCopy> all;
  std::int64_t after = 0;
  for (;;) {
    const auto some = counter.store->office_copies(after, 2).value();
    if (some.empty()) break;
    all.insert(all.end(), some.begin(), some.end());
    after = all.back().place;
  }
  REQUIRE(all.size() == 6);  // the opening of the stream, and five filings
  auto reader = crypto::OpenStream::begin(test::keys().office, crypto::Recipient::kOffice, all[0].sealed);
  REQUIRE(reader);
  Bytes plain;
  for (std::size_t i = 1; i < all.size(); ++i) {
    const Event event = wire::decode_event(all[i].key, all[i].event).value();
    REQUIRE(reader->open(event.sealed_at->index, all[i].key, all[i].sealed, plain));
    CHECK(wire::decode_private_part(plain).value().name == "Maria");
  }
  CHECK(counter.store->tickets_after({}, 3).value().size() == 3);
  CHECK(counter.store->tickets_after(counter.store->tickets_after({}, 3).value().back().id, 10).value().size() == 2);
}

}  // namespace mimika
