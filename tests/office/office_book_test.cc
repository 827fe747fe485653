#include "kiosk/office/office_book.h"

#include <catch2/catch.hpp>

#include "tests/office/office_world.h"

namespace mimika {
namespace {

using test::complaint;
using test::file;
using test::Office;

std::uint32_t count(const staff::QueuePage& page, QueueTab tab) {
  return page.counts[static_cast<std::size_t>(tab)];
}

CategoryId about_staff_category() {
  for (const Category& category : test::catalogue().categories) {
    if (category.about_staff) return category.id;
  }
  FAIL("the catalogue has no category about staff");
  return {};
}

NewTicket with(const std::string& story, const std::string& name, const std::string& phone, const std::string& nik) {
  NewTicket ticket = complaint(story);
  ticket.details.name = name;
  ticket.details.phone = phone;
  ticket.details.nik = nik;
  return ticket;
}

}  // namespace

TEST_CASE("the lists hold what waits, and say so as it is worked on") {
  Office office;
  const TicketId first = file(*office.store).key;
  file(*office.store);
  office.open_book();
  CHECK(count(office.page(QueueTab::kAll), QueueTab::kAll) == 2);
  CHECK(count(office.page(QueueTab::kAll), QueueTab::kNew) == 2);
  office.act(first, OfficerAction::kVerify);
  office.refresh();
  CHECK(count(office.page(QueueTab::kAll), QueueTab::kNew) == 1);
  CHECK(count(office.page(QueueTab::kAll), QueueTab::kOurs) == 1);
  office.act(first, OfficerAction::kArchive, "Percobaan");
  file(*office.store);
  office.refresh();
  const staff::QueuePage page = office.page(QueueTab::kAll);
  CHECK(count(page, QueueTab::kAll) == 2);
  CHECK(count(page, QueueTab::kClosed) == 1);
  REQUIRE(page.rows.size() == 2);
  CHECK(page.rows[0].words.view() == "Jalan rusak di depan sekolah.");
  CHECK(office.page(QueueTab::kAll, 1).rows.size() == 1);
  CHECK(office.page(QueueTab::kAll, 99).rows.empty());
}

TEST_CASE("a day later what was in time is late") {
  Office office;
  file(*office.store);
  test::synchronise(*office.store, office.world.env.wall_ms());
  office.open_book();
  CHECK(count(office.page(QueueTab::kLate), QueueTab::kLate) == 0);
  office.world.env.advance_ms(15 * kDayMs);
  office.refresh();
  CHECK(count(office.page(QueueTab::kLate), QueueTab::kLate) == 1);
  CHECK(office.page(QueueTab::kLate).rows[0].mark.late());
}

TEST_CASE("a ticket is found by its number, by who filed it, and by what was written") {
  Office office;
  file(*office.store, with("Jembatan gantung putus.", "Maria Natkime", "081234567890", "9404065203950001"));
  file(*office.store, with("Air tidak keluar.", "Yulius Magal", "082198765432", ""));
  office.open_book();
  using Numbers = std::vector<std::string>;
  const std::string one = format_ticket_number({DeviceCode{"JLA1"}, 1});
  const std::string two = format_ticket_number({DeviceCode{"JLA1"}, 2});
  CHECK(office.found(one) == Numbers{one});
  CHECK(office.found("jla1-0002") == Numbers{two});
  CHECK(office.found("natkime") == Numbers{one});
  CHECK(office.found("NATKÍME maria") == Numbers{one});
  CHECK(office.found("jembatan maria") == Numbers{one});
  CHECK(office.found("jembatan yulius").empty());
  CHECK(office.found("9404065203950001") == Numbers{one});
  CHECK(office.found("0812-3456-7890") == Numbers{one});
  CHECK(office.found("keluar") == Numbers{two});
  CHECK(office.found("a").empty());
  CHECK(office.found("").empty());
  CHECK(office.found("   -- ").empty());
  CHECK(office.found("tidakadadimanapun").empty());
}

TEST_CASE("what a person wrote later is found as well") {
  Office office;
  const TicketId id = file(*office.store).key;
  office.open_book();
  REQUIRE(office.store->reply({id, "Sekarang longsor juga."}));
  office.refresh();
  CHECK(office.found("longsor sekolah").size() == 1);
  CHECK(count(office.page(QueueTab::kOurs), QueueTab::kOurs) == 1);
}

TEST_CASE("words that go from one ticket into the next find nothing") {
  Office office;
  file(*office.store, with("akhir", "", "", ""));
  file(*office.store, with("awal", "", "", ""));
  office.open_book(1);
  CHECK(office.found("akhir awal").empty());
  CHECK(office.found("hir").size() == 1);
}

TEST_CASE("what is about the office stands in no list and no search, and its page says why") {
  Office office;
  NewTicket about = with("Petugas meminta uang.", "Agustina", "", "");
  about.category = about_staff_category();
  about.hidden_from_office = true;
  const TicketId id = file(*office.store, about).key;
  office.open_book();
  CHECK(count(office.page(QueueTab::kAll), QueueTab::kAll) == 0);
  CHECK(office.found("agustina").empty());
  CHECK(office.found("jla1").empty());
  const staff::Case read = office.book.read_case(*office.store, id, test::kStart).value();
  CHECK(read.unreadable == staff::Unreadable::kNotForOffice);
  CHECK(read.story.empty());
}

TEST_CASE("a secret complaint about the office stands in no list either: that it has no copy says it") {
  Office office;
  NewTicket about = test::secret_complaint();
  about.category = about_staff_category();
  about.hidden_from_office = true;
  const TicketId id = file(*office.store, about).key;
  office.open_book();
  CHECK(count(office.page(QueueTab::kAll), QueueTab::kAll) == 0);
  CHECK(office.found("jla1").empty());
  CHECK(office.book.read_case(*office.store, id, test::kStart).value().unreadable == staff::Unreadable::kNotForOffice);
}

TEST_CASE("a secret ticket is found by its number, and by no word of it") {
  Office office;
  file(*office.store, test::secret_complaint());
  office.open_book();
  CHECK(office.found("sekolah").empty());
  CHECK(office.found("maria").empty());
  CHECK(office.found(format_ticket_number({DeviceCode{"JLA1"}, 1})).size() == 1);
}

TEST_CASE("where private words may not be read any more they are closed, and open again when they may") {
  Office office;
  file(*office.store, with("Jembatan putus.", "Maria", "", ""));
  office.open_book();
  CHECK(office.found("jembatan").size() == 1);
  const std::size_t open = office.book.text_bytes();
  office.book.let_read(false);
  office.open_book();
  CHECK(office.book.text_bytes() < open);
  CHECK(office.found("jembatan").empty());
  CHECK(office.found("jla1").size() == 1);
  REQUIRE(office.page(QueueTab::kAll).rows.size() == 1);
  CHECK(office.page(QueueTab::kAll).rows[0].words.empty());
  office.book.let_read(true);
  office.open_book();
  CHECK(office.found("jembatan").size() == 1);
}

TEST_CASE("what changes while the lists are being made is in them") {
  Office office;
  const TicketId id = file(*office.store).key;
  for (int i = 0; i < 5; ++i) file(*office.store);
  static_cast<void>(office.store->take_touched());
  REQUIRE_FALSE(office.book.load_more(*office.store, office.world.env.wall_ms(), 2).value());
  office.act(id, OfficerAction::kVerify);
  office.refresh();
  office.open_book(2);
  CHECK(count(office.page(QueueTab::kAll), QueueTab::kOurs) == 1);
}

TEST_CASE("of a secret ticket the list says nothing but that it was filed; its page has the words") {
  Office office;
  NewTicket secret = test::secret_complaint();
  const TicketId id = file(*office.store, secret).key;
  office.open_book();
  const staff::QueuePage page = office.page(QueueTab::kAll);
  REQUIRE(page.rows.size() == 1);
  CHECK(page.rows[0].words.empty());
  CHECK_FALSE(page.rows[0].category);
  const staff::Case read = office.book.read_case(*office.store, id, test::kStart).value();
  CHECK(read.unreadable == staff::Unreadable::kNo);
  CHECK(read.category == CategoryId{"jalan"});
  CHECK(read.story.view() == "Jalan rusak di depan sekolah.");
}

TEST_CASE("a case has everything that was filed, written and shown") {
  Office office;
  NewTicket ticket = with("Jembatan putus.", "Maria", "081234567890", "9404065203950001");
  ticket.details.landmark = "Dekat gereja";
  ticket.details.fields = {{"nama", "Maria Natkime"}};
  const Bytes photo(3000, 0x11);
  const Bytes preview(300, 0x22);
  ticket.media.push_back({MediaKind::kPhoto, photo, preview});
  const TicketId id = file(*office.store, ticket).key;
  const EventKey said = office.store->reply({id, "Masih putus."}).value();
  office.open_book();
  const staff::Case read = office.book.read_case(*office.store, id, test::kStart).value();
  CHECK(read.name.view() == "Maria");
  CHECK(read.nik.view() == "9404065203950001");
  CHECK(read.landmark.view() == "Dekat gereja");
  REQUIRE(read.fields.size() == 1);
  CHECK(read.fields[0].answer.view() == "Maria Natkime");
  REQUIRE(read.said.size() == 1);
  CHECK(read.said[0].event == said);
  CHECK(read.said[0].text.view() == "Masih putus.");
  REQUIRE(read.media.size() == 1);
  CHECK(std::ranges::equal(read.media[0].preview.view(), preview));
  CHECK(office.book.open_media(*office.store, id, read.media[0].event).value() == photo);
  CHECK(office.book.open_media(*office.store, id, said).error().code == ErrorCode::kNotFound);
  CHECK(office.book.read_case(*office.store, {DeviceId{8}, Epoch{1}, Seq{1}}, test::kStart).error().code ==
        ErrorCode::kNotFound);
}

TEST_CASE("a damaged copy hides itself alone") {
  Office office;
  const TicketId bad = file(*office.store, with("Rusak satu.", "Maria", "", "")).key;
  file(*office.store, with("Rusak dua.", "Yulius", "", ""));
  office.world.run("UPDATE event SET office_sealed = zeroblob(40) WHERE seq = " + std::to_string(bad.seq.value));
  office.open_book();
  CHECK(office.found("maria").empty());
  CHECK(office.found("yulius").size() == 1);
  CHECK(office.book.read_case(*office.store, bad, test::kStart).value().unreadable == staff::Unreadable::kDamaged);
}

TEST_CASE("reports count what happened on their days") {
  Office office;
  const TicketId yesterday = file(*office.store).key;
  office.world.env.advance_ms(kDayMs);
  NewTicket assisted = complaint();
  assisted.assisted = TicketAssisted{{}, test::kYosefa, AssistKind::kCounter, {}};
  file(*office.store, assisted);
  office.act(yesterday, OfficerAction::kVerify);
  office.act(yesterday, OfficerAction::kAnswerPublic, "Kami cek.");
  office.act(yesterday, OfficerAction::kAskMore, "Sejak kapan?");
  office.act(yesterday, OfficerAction::kArchive, "Percobaan");
  office.open_book();
  const LocalDate today = local_date(office.world.env.wall_ms());
  const staff::Report day = office.book.report(staff::ReportSpan::kDay, today);
  CHECK(day.filed == 1);
  CHECK(day.assisted == 1);
  CHECK(day.verified == 1);
  CHECK(day.answered == 2);
  CHECK(day.archived == 1);
  CHECK(day.open_now == 1);
  CHECK(day.not_arrived == 2);
  REQUIRE(day.by_category.size() == 1);
  CHECK(day.by_category[0] == staff::ReportLine{"jalan", 1, 1});
  const staff::Report month = office.book.report(staff::ReportSpan::kMonth, today);
  CHECK(month.filed == 2);
  CHECK(month.filed_by_kind[0] == 2);
  CHECK(month.from == LocalDate(today.year() / today.month() / 1));
  CHECK(office.book.report(staff::ReportSpan::kDay, today.year() / 1 / 1).filed == 0);
}

}  // namespace mimika
