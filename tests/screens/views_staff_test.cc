// What the officers' pages say, without pixels.
#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/staff/staff_world.h"
#include "ui/screens/languages.h"
#include "ui/screens/officer/compose_page.h"
#include "ui/screens/officer/desk_words.h"
#include "ui/screens/officer/office_pages.h"
#include "ui/screens/officer/officer_screens.h"
#include "ui/screens/officer/queue_page.h"
#include "ui/screens/officer/sign_in_pages.h"
#include "ui/screens/officer/staff_dialogs.h"
#include "ui/screens/officer/ticket_page.h"

using namespace mimika;
using namespace mimika::testing;
using namespace mimika::screens;
namespace st = mimika::staff;
namespace act = mimika::staff::action;

namespace {

const Texts& all_texts() {
  static const Texts texts = *load_texts(MIMIKA_LOCALE_FOLDER);
  return texts;
}
const Text& id() {
  return all_texts().in("id");
}
const Text& en() {
  return all_texts().in("en");
}

const DeskKey& key_of(const std::vector<DeskKey>& keys, const std::string& wanted) {
  const auto found = std::ranges::find_if(keys, [&](const DeskKey& key) { return key.view.id == wanted; });
  REQUIRE(found != keys.end());
  return *found;
}

}  // namespace

TEST_CASE("A locked account says so on its key, and what a technician needs besides a PIN") {
  StaffWorld world;
  world.play(act::Open{}, act::PeopleRead{sample_people()});
  const WhoView view = make_who_view(world.session, world.context, id());
  CHECK(view.people[0].view.disabled_reason.empty());
  CHECK_FALSE(view.people[1].view.disabled_reason.empty());
  CHECK(view.people[1].view.aside == id()("officer.who.locked"));
  CHECK(view.people[3].view.detail.find("USB") != std::string::npos);
}

TEST_CASE("While a PIN must wait, the page and the key count the seconds, and the PIN is nowhere in words") {
  StaffWorld world;
  world.play(act::Open{}, act::PeopleRead{sample_people()}, act::ChoosePerson{"rina"},
             act::SetText{st::TextTarget::kPin, "480217"}, act::EnterPin{});
  world.play(act::LetInRefused{world.session.request, st::Trouble::kPinWrong, 30'000});
  const PinView view = make_pin_view(world.session, world.context, id());
  CHECK(view.note.words.find("30") != std::string::npos);
  CHECK(key_of(view.head.keys, "staff.enter").view.disabled_reason.find("30") != std::string::npos);
  CHECK(view.fields.front().view.kind == ui::FieldKind::kSecret);
  CHECK(view.fields.front().view.text.empty());
}

TEST_CASE("A row of a secret ticket shows its number and nothing of what it is about") {
  StaffWorld world;
  world.sign_in();
  world.session.queue.rows[0].confidentiality = Confidentiality::kSecret;
  const QueueView view = make_queue_view(world.session, world.context, id());
  CHECK(view.table.rows[0].view.title == id()("officer.row.secret"));
  CHECK(view.table.rows[1].view.title.find("Obat malaria") != std::string::npos);
}

TEST_CASE("Late comes before everything else that a row could say, and saved here is not arrived") {
  StaffWorld world;
  world.sign_in();
  world.session.queue.rows[0].person_answered = true;
  const QueueView view = make_queue_view(world.session, world.context, id());
  CHECK(view.table.rows[0].view.sign == ui::Sign(ui::MarkKind::kLate));
  CHECK(view.table.rows[0].view.urgent);
  CHECK(view.table.rows[7].view.sign_word == id()("officer.row.answered"));
  CHECK(view.table.rows[3].view.place == ui::Sign(ui::PlaceKind::kSavedHere));
  CHECK(view.table.rows[0].view.place == ui::Sign(ui::PlaceKind::kArrived));
}

TEST_CASE("A forbidden act keeps its key, with the reason") {
  StaffWorld world;
  world.sign_in().open_ticket();
  st::Case& made = *world.session.ticket;
  made.may[static_cast<std::size_t>(OfficerAction::kVerify)] = false;
  made.may[static_cast<std::size_t>(OfficerAction::kArchive)] = false;
  const TicketPageView view = make_ticket_page(world.session, world.context, id());
  CHECK(view.acts.size() == 9);
  CHECK(key_of(view.acts, "case.verify").view.disabled_reason == id()("officer.why_not.verified"));
  CHECK(key_of(view.acts, "case.archive").view.disabled_reason == id()("officer.not_for_role"));
  CHECK(key_of(view.acts, "case.hold").view.disabled_reason.empty());
}

TEST_CASE("The timeline says what is not certain yet, what did not count, and what is sealed") {
  StaffWorld world;
  world.sign_in().open_ticket();
  world.session.ticket->ticket.timeline[3].sealed_text = {1, 2};
  world.session.ticket->ticket.timeline[2].applied = false;
  const TicketPageView view = make_ticket_page(world.session, world.context, id());
  CHECK(view.entries.front().remark == id()("officer.entry.pending"));  // the newest first
  CHECK(view.entries[1].of_person);
  CHECK(view.entries[2].text == id()("officer.entry.sealed"));
  CHECK(view.entries[3].remark == id()("officer.entry.not_applied"));
}

TEST_CASE("Before a word is written the page says who reads it") {
  const auto reader_of = [](OfficerAction action, Confidentiality known) {
    StaffWorld world;
    world.sign_in().open_ticket();
    world.session.ticket->ticket.confidentiality = known;
    world.play(act::Compose{action});
    return make_compose_view(world.session, world.context, id(), id()).public_note;
  };
  CHECK(reader_of(OfficerAction::kAnswerPublic, Confidentiality::kOpen) == id()("officer.reads.public"));
  CHECK(reader_of(OfficerAction::kAnswerPublic, Confidentiality::kSecret) == id()("officer.reads.sealed"));
  CHECK(reader_of(OfficerAction::kAnswerPrivate, Confidentiality::kOpen) == id()("officer.reads.person"));
  CHECK(reader_of(OfficerAction::kHold, Confidentiality::kSecret) == id()("officer.reads.public"));
}

TEST_CASE("A chosen reason is written in Indonesian, whatever language the officer reads") {
  StaffWorld world;
  world.sign_in().open_ticket().play(act::Compose{OfficerAction::kHold});
  const ComposeView view = make_compose_view(world.session, world.context, en(), id());
  const auto* set = std::get_if<act::SetText>(&view.reasons.front().does);
  REQUIRE(set != nullptr);
  CHECK(set->text == id()("officer.reason.hold.plane"));
  CHECK(view.reasons.front().view.label == en()("officer.reason.hold.plane"));
}

TEST_CASE("The agencies that usually follow up stand first") {
  StaffWorld world;
  world.sign_in().open_ticket().play(act::Compose{OfficerAction::kHandOver});
  const OpdsView view = make_opds_view(world.session, world.context, id());
  const Category* water = world.catalogue.find_category({"air"});
  REQUIRE(water != nullptr);
  CHECK(view.likely.size() == water->opds.size());
  CHECK(view.likely.size() + view.others.size() == world.catalogue.opds.size());
}

TEST_CASE("The question before an act names what everybody will see") {
  StaffWorld world;
  world.sign_in().open_ticket().play(act::Compose{OfficerAction::kHandOver}, act::ChooseOpd{{"pupr"}});
  const StaffDialogView view = make_staff_dialog(world.session, world.context, id());
  CHECK(view.dialog.text.find("PUPR") != std::string::npos);
  CHECK(view.dialog.keys.front().answers_escape);
}

TEST_CASE("The warning says that words are lost when there are any") {
  StaffWorld world;
  world.sign_in().open_ticket().play(act::Compose{OfficerAction::kHold},
                                     act::SetText{st::TextTarget::kWords, "Menunggu pesawat."});
  world.pass_ms(st::kIdleMs - st::kIdleWarningMs);
  const StaffDialogView view = make_staff_dialog(world.session, world.context, id());
  CHECK(view.dialog.text == id()("officer.idle.words"));
  CHECK(view.dialog.seconds_left == 30);
  CHECK(view.dialog.hides_screen);
  CHECK(std::string(staff_screen_name(world.session)) == "staff.warning");
}

TEST_CASE("No report is offered of a day to come") {
  StaffWorld world;
  world.sign_in().play(act::OpenReport{});
  world.play(act::ReportRead{world.session.request, sample_report()});
  const ReportPageView view = make_report_page(world.session, world.context, id());
  CHECK_FALSE(view.later.view.disabled_reason.empty());
  CHECK(view.earlier.view.disabled_reason.empty());
  CHECK(view.tables.size() == 3);
}

TEST_CASE("What an officer may not do is on the rail all the same, and says why") {
  StaffWorld world;
  world.sign_in();
  world.session.duty->may = {};
  const DeskView view = make_desk_view(world.session, world.context, id());
  CHECK_FALSE(view.entries[1].view.disabled_reason.empty());
  CHECK(view.entries[0].view.disabled_reason.empty());
  CHECK(view.out.view.label.find("Rina Magal") != std::string::npos);
}
