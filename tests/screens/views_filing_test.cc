// What the screens of a filing show, without drawing them.
#include <set>

#include "tests/screens/views_world.h"
#include "ui/screens/resident/attract.h"
#include "ui/screens/resident/choosing.h"
#include "ui/screens/resident/dialogs.h"
#include "ui/screens/resident/home.h"
#include "ui/screens/resident/known.h"
#include "ui/screens/resident/place.h"
#include "ui/screens/resident/problem.h"
#include "ui/screens/resident/receipt.h"
#include "ui/screens/resident/review.h"
#include "ui/screens/resident/writing.h"
#include "ui/screens/screens.h"

using namespace mimika;
using namespace mimika::testing;
using namespace mimika::screens;

TEST_CASE("The first screen says who, when and until when, and offers each language by its own name") {
  SessionWorld world;
  world.context.open_until = LocalTime{14, 0};
  const AttractView view = make_attract_view(world.session, world.context, indonesian());
  CHECK(view.office == "Kantor Distrik Jila");
  CHECK(view.state == "Buka sampai jam 14.00");
  CHECK(view.clock == "09.24");
  CHECK(view.weekday + " " + view.date == "Selasa, 24 November 2026");
  REQUIRE(view.languages.size() == 2);
  CHECK(view.languages[0].key.selected);
  CHECK(view.languages[1].key.id == "attract.lang.en");
  CHECK(view.languages[1].key.label == "English");
}

TEST_CASE("A clock that cannot be believed is not shown") {
  SessionWorld world;
  world.context.clock = ClockConfidence::kRanBackwards;
  CHECK(make_attract_view(world.session, world.context, indonesian()).clock.empty());
  CHECK(make_tools_view(world.session, world.context, indonesian()).rail.clock.empty());
}

TEST_CASE("Home has eight tiles, each with an id that does not change with the language") {
  SessionWorld world;
  const HomeView view = make_home_view(world.session, world.context, indonesian());
  const HomeView other = make_home_view(world.session, world.context, english());
  REQUIRE(view.tiles.size() == 8);
  for (std::size_t i = 0; i < view.tiles.size(); ++i) {
    CHECK(view.tiles[i].id == other.tiles[i].id);
    CHECK(view.tiles[i].label != other.tiles[i].label);
    CHECK_FALSE(view.tiles[i].picture.empty());
  }
  CHECK(view.header.key->id == "home.finish");
}

TEST_CASE("Every category of the catalogue is a picture, and there is no next key until one was chosen") {
  SessionWorld world;
  world.play(action::Start{}, action::OpenTile{action::HomeTile::kComplaint});
  ChoosingView view = make_category_view(world.session, world.context, indonesian());
  CHECK(view.tiles.size() == world.catalogue.categories.size());
  CHECK(with_id(view.tiles, "category.air").label == "Air bersih");
  CHECK_FALSE(view.foot.view.primary);
  CHECK_FALSE(view.foot.view.cancel);
  world.play(action::ChooseCategory{{"air"}}, action::Back{});
  view = make_category_view(world.session, world.context, indonesian());
  CHECK(with_id(view.tiles, "category.air").selected);
  CHECK(view.foot.view.primary);
  CHECK(view.foot.view.cancel);
}

TEST_CASE("The place lists the kampung of this district and the honest I do not know, of another only its kampung") {
  SessionWorld world;
  world.play(action::Start{}, action::OpenTile{action::HomeTile::kComplaint}, action::ChooseCategory{{"air"}});
  PlaceView view = make_place_view(world.session, world.context, indonesian());
  CHECK(view.choices.size() == world.catalogue.find_district({"94.04.06"})->kampung.size() + 1);
  CHECK(view.choices.back().id == "place.unknown");
  CHECK_FALSE(view.foot.view.primary->disabled_reason.empty());
  world.play(action::ChoosePlaceUnknown{});
  CHECK(make_place_view(world.session, world.context, indonesian()).foot.view.primary->disabled_reason.empty());

  world.play(action::OpenDistricts{});
  const PlaceView districts = make_districts_view(world.session, world.context, indonesian());
  CHECK(districts.choices.size() == world.catalogue.districts.size());
  CHECK(with_id(districts.choices, "district.94.04.06").selected);
  world.play(action::ChooseDistrict{{"94.04.01"}});
  view = make_place_view(world.session, world.context, indonesian());
  CHECK(view.choices.size() == world.catalogue.find_district({"94.04.01"})->kampung.size());
}

TEST_CASE("The story must not be empty, and the reason is said when next is touched") {
  SessionWorld world;
  world.play(action::Start{}, action::OpenTile{action::HomeTile::kComplaint}, action::ChooseCategory{{"air"}},
             action::ChoosePlaceUnknown{}, action::Next{});
  CHECK(make_story_view(world.session, world.context, indonesian()).foot.view.primary->disabled_reason ==
        indonesian()("story.missing"));
  world.play(action::SetText{TextTarget::kStory, "Pipa pecah"});
  const WritingView view = make_story_view(world.session, world.context, indonesian());
  CHECK(view.foot.view.primary->disabled_reason.empty());
  CHECK(view.fields.front().view.text == "Pipa pecah");
  CHECK(view.header.steps->current == 3);
  CHECK(view.header.steps->total == 6);
}

TEST_CASE("The words ask for a story, an idea or a question, as the person chose") {
  const auto [tile, kind, title] = GENERATE(table<TicketKind, const char*, const char*>({
      {TicketKind::kAspiration, "usul", "Apa usul Anda?"},
      {TicketKind::kInformation, "tanya", "Apa yang mau ditanyakan?"},
  }));
  static_cast<void>(kind);
  SessionWorld world;
  world.play(action::Start{}, action::OpenTile{action::HomeTile::kIdeas}, action::ChooseKind{tile});
  CHECK(make_story_view(world.session, world.context, indonesian()).header.title == title);
}

TEST_CASE("Five ways to be known, the hidden name first and chosen") {
  SessionWorld world;
  world.complaint_to_review().play(action::Back{}, action::Back{});
  REQUIRE(world.session.screen == Screen::kKnown);
  const KnownView view = make_known_view(world.session, world.context, indonesian());
  REQUIRE(view.choices.size() == 5);
  CHECK(view.choices.front().id == "known.name_hidden");
  CHECK(view.choices.front().selected);
  for (const ui::ChoiceView& choice : view.choices) CHECK(choice.facts.size() == 2);
  CHECK(with_id(view.choices, "known.secret_anonymous").facts[0].text == "Tidak ada");
}

TEST_CASE("The keyboard of the contact screen follows its field") {
  SessionWorld world;
  world.complaint_to_review().play(action::Back{});
  const WritingView view = make_contact_view(world.session, world.context, indonesian());
  REQUIRE(view.fields.size() == 2);
  CHECK(view.fields[0].keyboard == ui::KeyboardKind::kText);
  CHECK(view.fields[1].keyboard == ui::KeyboardKind::kPhone);
  CHECK(view.foot.view.primary->disabled_reason.empty());
}

TEST_CASE("The review shows every answer with a way to change it") {
  SessionWorld world;
  world.complaint_to_review("Pipa pecah.");
  const ReviewView view = make_review_view(world.session, world.context, indonesian());
  REQUIRE(view.rows.size() == 5);
  CHECK(view.rows.size() == view.changes.size());
  CHECK(view.rows[0].value == "Air bersih");
  CHECK(view.rows[2].value == "Pipa pecah.");
  CHECK(view.rows[3].value == "Nama disembunyikan");
  CHECK(view.rows[4].value == "Tidak diisi");
  CHECK(view.rows[4].key->label == "Isi");
  CHECK(view.foot.view.primary->label == "Simpan pengaduan");
  CHECK_FALSE(view.foot.view.primary->disabled_reason.empty());
  world.play(action::ToggleConsent{});
  CHECK(make_review_view(world.session, world.context, indonesian()).foot.view.primary->disabled_reason.empty());
}

TEST_CASE("The review of a nameless complaint has no contact row") {
  SessionWorld world;
  world.complaint_to_review().play(action::Change{Screen::kKnown}, action::ChooseKnown{Confidentiality::kAnonymous},
                                   action::Next{});
  const ReviewView view = make_review_view(world.session, world.context, indonesian());
  CHECK(view.rows.size() == 4);
}

TEST_CASE("What is filled into the review is not searched for placeholders") {
  SessionWorld world;
  world.play(action::Start{}, action::OpenTile{action::HomeTile::kComplaint}, action::ChooseCategory{{"air"}},
             action::OpenLandmark{}, action::SetText{TextTarget::kLandmark, "{1} {2}"}, action::Next{},
             action::ChoosePlaceUnknown{}, action::Next{}, action::SetText{TextTarget::kStory, "x"}, action::Next{},
             action::Next{}, action::Next{});
  const ReviewView view = make_review_view(world.session, world.context, indonesian());
  CHECK(view.rows[1].value == "Tidak tahu, {1} {2}");
}

TEST_CASE("A failed save says that nothing is lost, what to do, and a code for the technician") {
  SessionWorld world;
  world.complaint_to_review().play(action::ToggleConsent{}, action::Save{});
  world.play(action::FilingFailed{world.session.request, ErrorCode::kStorageFull});
  const SaveFailedView view = make_save_failed_view(world.session, indonesian());
  CHECK(view.error.text.find(indonesian()("save_failed.kept")) == 0);
  CHECK(view.error.text.find("penuh") != std::string::npos);
  CHECK(view.technical == "KIOS-STORAGE-FULL");
}

TEST_CASE("Every failure has words in both languages, at the start and while saving") {
  for (int code = 0; code <= static_cast<int>(ErrorCode::kInternal); ++code) {
    for (const ProblemPlace place : {ProblemPlace::kStarting, ProblemPlace::kSaving}) {
      const std::string id = problem_words_id(static_cast<ErrorCode>(code), place);
      INFO(id);
      CHECK(indonesian().has(id));
      CHECK(english().has(id));
      if (place == ProblemPlace::kStarting) CHECK(indonesian().has(id + ".title"));
    }
  }
}

TEST_CASE("The receipt shows number, code and QR, and promises a date only from arrival") {
  SessionWorld world;
  world.complaint_to_review().file_and_answer();
  const ReceiptView view = make_receipt_view(world.session, world.context, indonesian());
  CHECK(view.number.starts_with("JLA1-0417-"));
  CHECK(view.code == "4827109355612048");
  CHECK(view.qr.size >= 21);
  CHECK(view.qr.dark.size() == static_cast<std::size_t>(view.qr.size * view.qr.size));
  REQUIRE(view.next.size() == 3);
  CHECK(view.next[2].detail == "5 hari kerja sesudah tiba.\nTiba hari ini: 1 Desember.");
  CHECK_FALSE(view.next[1].reached);
  CHECK_FALSE(view.keep.done.disabled_reason.empty());
  world.play(action::ToggleWritten{});
  CHECK(make_receipt_view(world.session, world.context, indonesian()).keep.done.disabled_reason.empty());
}

TEST_CASE("A clock that nobody vouched for promises no date") {
  SessionWorld world;
  world.context.clock = ClockConfidence::kUnknown;
  world.complaint_to_review().file_and_answer();
  CHECK(make_receipt_view(world.session, world.context, indonesian()).next[2].detail == "5 hari kerja sesudah tiba.");
}

TEST_CASE("The receipt says saved here until the centre has it, then arrived, in other words and with another sign") {
  SessionWorld world;
  world.context.clock = ClockConfidence::kUnknown;
  world.complaint_to_review().file_and_answer();
  const ReceiptView saved = make_receipt_view(world.session, world.context, indonesian());
  CHECK(saved.place == ui::PlaceKind::kSavedHere);
  CHECK(saved.banner == "Tersimpan di kios ini");
  CHECK(saved.time == "jam 09.24");
  CHECK(saved.next[1].sign == ui::Sign(ui::PlaceKind::kNotArrived));
  CHECK(saved.next[1].detail.ends_with("Belum tiba."));

  Ticket ticket;
  ticket.number = world.session.personal.receipt->number;
  ticket.arrived_ms = kTuesdayMorning + 60'000;
  world.play(action::TicketRefreshed{ticket});
  const ReceiptView arrived = make_receipt_view(world.session, world.context, indonesian());
  CHECK(arrived.place == ui::PlaceKind::kArrived);
  CHECK(arrived.banner == "Sudah tiba di Mimika Center");
  CHECK(arrived.time == "jam 09.25");
  CHECK(arrived.next[0].sign == ui::Sign(ui::PlaceKind::kSavedHere));
  CHECK(arrived.next[1].sign == ui::Sign(ui::PlaceKind::kArrived));
  CHECK(arrived.next[1].reached);
  // The centre's clock says when it arrived, so that the day is certain whatever the kiosk's clock says.
  CHECK(arrived.next[2].detail == "5 hari kerja sesudah tiba.\nPaling lambat 1 Desember.");
}

TEST_CASE("A receipt says when there was no room for voice and photos") {
  SessionWorld world;
  world.complaint_to_review().file_and_answer();
  const std::string saved = make_receipt_view(world.session, world.context, indonesian()).next[0].detail;
  world.session.personal.receipt->media_left_out = true;
  const std::string left_out = make_receipt_view(world.session, world.context, indonesian()).next[0].detail;
  CHECK(left_out != saved);
  CHECK(left_out.find("Foto dan suara tidak") != std::string::npos);
}

TEST_CASE("The receipt of a secret complaint does not say what and where") {
  SessionWorld world;
  world.complaint_to_review().play(action::Change{Screen::kKnown}, action::ChooseKnown{Confidentiality::kSecret},
                                   action::Next{});
  world.file_and_answer();
  const ReceiptView view = make_receipt_view(world.session, world.context, indonesian());
  CHECK(view.subject == "Pengaduan");
  CHECK(view.kampung.empty());
  CHECK(view.picture.empty());
}

TEST_CASE("The warning counts down and covers what was written") {
  SessionWorld world;
  world.complaint_to_review().pass_ms(122'000);
  const DialogBoxView view = make_warning_view(world.session, world.context, indonesian());
  CHECK(view.dialog.seconds_left == 18);
  CHECK(view.dialog.seconds_total == 20);
  CHECK(view.dialog.hides_screen);
  CHECK(view.dialog.keys[0].id == "warning.stay");
  CHECK(view.dialog.keys[1].id == "warning.finish");
}

TEST_CASE("Every state has a name for scripts") {
  std::set<std::string> names;
  for (const ScreenState& state : all_screen_states()) names.insert(screen_name(state.session));
  CHECK(names.size() >= 26);
}

TEST_CASE("Views forget what the person wrote once it was drawn") {
  SessionWorld world;
  world.complaint_to_review("Pipa pecah.");
  ReviewView review = make_review_view(world.session, world.context, indonesian());
  overwrite(review);
  for (const ui::LabelledRow& row : review.rows) CHECK(row.value.empty());
  world.play(action::Back{}, action::SetText{TextTarget::kName, "Yohana"});
  WritingView contact = make_contact_view(world.session, world.context, indonesian());
  overwrite(contact);
  CHECK(contact.fields[0].view.text.empty());
}
