// From the review to the receipt: consent, one filing however often "save" is touched, and nothing lost when it fails.
#include <catch2/catch.hpp>

#include "kiosk/session/personal_text.h"
#include "tests/session/session_world.h"

using namespace mimika;
using namespace mimika::testing;

TEST_CASE("Nothing is filed without consent") {
  SessionWorld world;
  world.complaint_to_review().play(action::Save{});
  CHECK(world.session.screen == Screen::kReview);
  CHECK(world.count<effect::FileTicket>() == 0);
}

TEST_CASE("A request carries what was entered and passes the validation of the commit") {
  SessionWorld world;
  world.complaint_to_review("  Air tidak keluar.  ");
  world.play(action::ToggleConsent{}, action::Save{});
  const FilingRequest& request = world.last<effect::FileTicket>().request;
  CHECK(check_filing(request, world.catalogue, world.context.today).empty());
  CHECK(request.category == CategoryId{"air"});
  CHECK(request.details.story == "Air tidak keluar.");
  CHECK(request.kampung.has_value());
  CHECK(request.confidentiality == Confidentiality::kNameHidden);
}

TEST_CASE("What a filing may not hold is never taken, so that no review is turned back over something nobody can see") {
  SessionWorld world;
  world.complaint_to_review("Air\xE2\x80\xAE tidak\xC3 keluar\xED\xA0\x80\x1B.")
      .play(action::ToggleConsent{}, action::Save{});
  CHECK(world.session.screen == Screen::kSaving);
  CHECK(world.last<effect::FileTicket>().request.details.story == "Air tidak keluar.");
}

TEST_CASE("A double tap on save files once") {
  SessionWorld world;
  world.complaint_to_review();
  world.play(action::ToggleConsent{}, action::Save{}, action::Save{}, action::Next{}, action::Back{}, action::Cancel{},
             action::Save{});
  CHECK(world.session.screen == Screen::kSaving);
  CHECK(world.count<effect::FileTicket>() == 1);
}

TEST_CASE("A second tap on save after the answer files nothing more") {
  SessionWorld world;
  world.complaint_to_review().file_and_answer().play(action::Save{});
  CHECK(world.session.screen == Screen::kReceipt);
  CHECK(world.count<effect::FileTicket>() == 1);
}

TEST_CASE("The receipt shows number and code, and its draft is gone") {
  SessionWorld world;
  world.complaint_to_review().file_and_answer();
  REQUIRE(world.session.personal.receipt);
  CHECK(format_ticket_number(world.session.personal.receipt->number).starts_with("JLA1-0417-"));
  CHECK(world.session.personal.receipt->code.view() == "4827 1093 5561 2048");
  CHECK(world.session.personal.receipt->category == CategoryId{"air"});
  CHECK(world.session.personal.complaint == Draft{});
}

TEST_CASE("The receipt is left only by saying how it was kept") {
  SessionWorld world;
  world.complaint_to_review().file_and_answer();
  world.play(action::ReceiptDone{}, action::Back{}, action::Cancel{}, action::Next{});
  CHECK(world.session.screen == Screen::kReceipt);
  world.play(action::ToggleWritten{}, action::ToggleWritten{}, action::ReceiptDone{});
  CHECK(world.session.screen == Screen::kReceipt);
  world.play(action::TogglePhotographed{}, action::ReceiptDone{});
  CHECK(world.session.screen == Screen::kHome);
  CHECK_FALSE(world.session.personal.receipt);
}

TEST_CASE("A failed save keeps the text, says why, and can be tried again") {
  SessionWorld world;
  world.complaint_to_review("Pipa pecah.");
  const Draft before = world.session.personal.complaint;
  world.play(action::ToggleConsent{}, action::Save{});
  world.play(action::FilingFailed{world.last<effect::FileTicket>().id, ErrorCode::kStorageFull});
  CHECK(world.session.screen == Screen::kSaveFailed);
  CHECK(world.session.save_failure == ErrorCode::kStorageFull);
  CHECK(world.session.personal.complaint.story == before.story);

  world.play(action::Save{});
  CHECK(world.session.screen == Screen::kSaving);
  CHECK(world.count<effect::FileTicket>() == 2);
  CHECK(world.last<effect::FileTicket>().request.details.story == "Pipa pecah.");
}

TEST_CASE("From a failed save one can go back to the review and change the text") {
  SessionWorld world;
  world.complaint_to_review().play(action::ToggleConsent{}, action::Save{});
  world.play(action::FilingFailed{world.last<effect::FileTicket>().id, ErrorCode::kStorageFailed}, action::Back{});
  CHECK(world.session.screen == Screen::kReview);
}

TEST_CASE("The answer to another filing is not taken for this one's") {
  SessionWorld world;
  world.complaint_to_review().play(action::ToggleConsent{}, action::Save{});
  const RequestId request = world.last<effect::FileTicket>().id;
  world.play(action::FilingDone{.request = {request.value - 1},
                                .number = {{"JLA1"}, 3},
                                .code = PersonalText("1"),
                                .qr_payload = "",
                                .filed_ms = 0});
  CHECK(world.session.screen == Screen::kSaving);
}

TEST_CASE("A service request carries its answers under the ids of the catalogue, dates readable") {
  SessionWorld world;
  world.birth_certificate_to_review().play(action::ToggleConsent{}, action::Save{});
  REQUIRE(world.count<effect::FileTicket>() == 1);
  const FilingRequest& request = world.last<effect::FileTicket>().request;
  CHECK(request.kind == TicketKind::kService);
  CHECK(request.service == ServiceId{"akta_lahir"});
  CHECK(check_filing(request, world.catalogue, world.context.today).empty());
  std::string date;
  for (const auto& [id, text] : request.details.fields) {
    if (id == "tanggal_lahir_anak") date = text;
  }
  CHECK(date == "01-09-2026");
}

TEST_CASE("A nameless request carries no name even when one was typed before") {
  SessionWorld world;
  world.complaint_to_review().play(
      action::Back{}, action::SetText{TextTarget::kName, "Yohana"}, action::Next{}, action::Change{Screen::kKnown},
      action::ChooseKnown{Confidentiality::kSecretAnonymous}, action::Next{}, action::ToggleConsent{}, action::Save{});
  REQUIRE(world.count<effect::FileTicket>() == 1);
  CHECK(world.last<effect::FileTicket>().request.details.name.empty());
}

TEST_CASE("The date an agency must answer by counts working days over closed days") {
  SessionWorld world;
  CHECK(answer_due(world.context.today, world.context) ==
        LocalDate{std::chrono::year{2026}, std::chrono::month{12}, std::chrono::day{1}});
}

TEST_CASE("A receipt says arrived only once the centre's answer was read, and while it still stands there") {
  SessionWorld world;
  world.complaint_to_review().file_and_answer();
  REQUIRE(world.session.screen == Screen::kReceipt);
  CHECK_FALSE(world.session.personal.receipt->arrived_ms);
  world.play(action::TicketsChanged{});
  CHECK(world.last<effect::RefreshTicket>().number == world.session.personal.receipt->number);

  Ticket told;
  told.number = world.session.personal.receipt->number;
  CHECK_FALSE(apply(world.session, action::TicketRefreshed{told}, world.context).redraw);
  told.arrived_ms = kTuesdayMorning + 1'000;
  const Step step = apply(world.session, action::TicketRefreshed{told}, world.context);
  CHECK(step.redraw);
  CHECK(step.session.screen == Screen::kReceipt);
  CHECK(step.session.personal.receipt->arrived_ms == told.arrived_ms);
}
