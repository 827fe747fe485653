// Every way through the screens, by actions: where each leads, and that going back loses nothing.
#include <catch2/catch.hpp>

#include "kiosk/model/name_search.h"
#include "kiosk/session/queries.h"
#include "tests/session/session_world.h"

using namespace mimika;
using namespace mimika::testing;

TEST_CASE("A complaint goes from the category to the review in the order of its questions") {
  SessionWorld world;
  const auto screen_after = [&](Action action) { return world.act(std::move(action)).session.screen; };
  CHECK(screen_after(action::Start{}) == Screen::kHome);
  CHECK(screen_after(action::OpenTile{action::HomeTile::kComplaint}) == Screen::kCategory);
  CHECK(screen_after(action::ChooseCategory{{"air"}}) == Screen::kPlace);
  CHECK(screen_after(action::ChoosePlaceUnknown{}) == Screen::kPlace);
  CHECK(screen_after(action::Next{}) == Screen::kStory);
  CHECK(screen_after(action::SetText{TextTarget::kStory, "Pipa pecah"}) == Screen::kStory);
  CHECK(screen_after(action::Next{}) == Screen::kKnown);
  CHECK(screen_after(action::Next{}) == Screen::kContact);
  CHECK(screen_after(action::Next{}) == Screen::kReview);
}

TEST_CASE("Each question of a complaint is counted among six") {
  SessionWorld world;
  world.complaint_to_review();
  CHECK(progress_of(world.session, world.context).step == 6);
  CHECK(progress_of(world.session, world.context).steps == 6);
  world.play(action::Back{});
  CHECK(progress_of(world.session, world.context).step == 5);
}

TEST_CASE("Nothing goes on while its question has no answer") {
  SessionWorld world;
  world.play(action::Start{}, action::OpenTile{action::HomeTile::kComplaint});
  CHECK(world.act(action::Next{}).session.screen == Screen::kCategory);
  world.play(action::ChooseCategory{{"air"}});
  CHECK(world.act(action::Next{}).session.screen == Screen::kPlace);
  world.play(action::ChoosePlaceUnknown{}, action::Next{});
  CHECK(world.act(action::Next{}).session.screen == Screen::kStory);
  world.play(action::SetText{TextTarget::kStory, " \n "});
  CHECK(world.act(action::Next{}).session.screen == Screen::kStory);
}

TEST_CASE("An unknown category, kampung, district or service changes nothing") {
  SessionWorld world;
  world.play(action::Start{}, action::OpenTile{action::HomeTile::kComplaint}, action::ChooseCategory{{"nothing"}});
  CHECK(world.session.screen == Screen::kCategory);
  CHECK_FALSE(world.session.personal.complaint.category);
  world.play(action::ChooseCategory{{"air"}}, action::ChooseKampung{{"00.00"}}, action::OpenDistricts{},
             action::ChooseDistrict{{"00"}});
  CHECK(world.session.screen == Screen::kDistricts);
  CHECK_FALSE(world.session.personal.complaint.kampung);
}

TEST_CASE("Going back all the way to the home screen and forward again keeps everything that was typed") {
  SessionWorld world;
  world.complaint_to_review("Pipa dekat jembatan pecah.");
  const Draft before = world.session.personal.complaint;
  for (int i = 0; i < 6; ++i) world.play(action::Back{});
  CHECK(world.session.screen == Screen::kHome);
  CHECK(world.session.personal.complaint == before);
  world.play(action::OpenTile{action::HomeTile::kComplaint}, action::Next{}, action::Next{}, action::Next{},
             action::Next{}, action::Next{});
  CHECK(world.session.screen == Screen::kReview);
  CHECK(world.session.personal.complaint == before);
}

TEST_CASE("A kampung of another district is chosen from that district's list") {
  SessionWorld world;
  world.play(action::Start{}, action::OpenTile{action::HomeTile::kComplaint}, action::ChooseCategory{{"air"}},
             action::OpenDistricts{}, action::ChooseDistrict{{"94.04.01"}});
  CHECK(world.session.screen == Screen::kPlace);
  REQUIRE(listed_district(world.session, world.context) != nullptr);
  CHECK(listed_district(world.session, world.context)->name == "Mimika Baru");
  world.play(action::ChooseKampung{{"94.04.01.1001"}}, action::Next{});
  CHECK(world.session.screen == Screen::kStory);
}

TEST_CASE("Choosing another district forgets the kampung of the first, choosing the same one keeps it") {
  SessionWorld world;
  world.play(action::Start{}, action::OpenTile{action::HomeTile::kComplaint}, action::ChooseCategory{{"air"}},
             action::OpenDistricts{}, action::ChooseDistrict{{"94.04.01"}}, action::ChooseKampung{{"94.04.01.1001"}},
             action::OpenDistricts{}, action::ChooseDistrict{{"94.04.01"}});
  CHECK(world.session.personal.complaint.kampung == KampungCode{"94.04.01.1001"});
  world.play(action::OpenDistricts{}, action::ChooseDistrict{{"94.04.06"}});
  CHECK_FALSE(world.session.personal.complaint.kampung);
}

TEST_CASE("The landmark is written on a screen of its own and stays with the place") {
  SessionWorld world;
  world.play(action::Start{}, action::OpenTile{action::HomeTile::kComplaint}, action::ChooseCategory{{"air"}},
             action::OpenLandmark{}, action::SetText{TextTarget::kLandmark, "dekat gereja\nlama"}, action::Next{});
  CHECK(world.session.screen == Screen::kPlace);
  CHECK(world.session.personal.complaint.landmark.view() == "dekat gerejalama");
}

TEST_CASE("An idea or a question asks which of the two, then for the words, and has no place") {
  SessionWorld world;
  world.play(action::Start{}, action::OpenTile{action::HomeTile::kIdeas}, action::ChooseKind{TicketKind::kInformation});
  CHECK(world.session.screen == Screen::kStory);
  world.play(action::SetText{TextTarget::kStory, "Kapan posyandu buka?"}, action::Next{}, action::Next{},
             action::Next{});
  CHECK(world.session.screen == Screen::kReview);
  world.play(action::ToggleConsent{}, action::Save{});
  CHECK(world.last<effect::FileTicket>().request.kind == TicketKind::kInformation);
  CHECK_FALSE(world.last<effect::FileTicket>().request.category);
}

TEST_CASE("A complaint cannot be filed as an idea by choosing its kind") {
  SessionWorld world;
  world.play(action::Start{}, action::OpenTile{action::HomeTile::kIdeas}, action::ChooseKind{TicketKind::kComplaint});
  CHECK(world.session.screen == Screen::kKind);
}

TEST_CASE("The five ways to be known: nameless ones clear the name and skip the contact") {
  SessionWorld world;
  world.complaint_to_review();
  world.play(action::Back{}, action::SetText{TextTarget::kName, "Yohana"},
             action::SetText{TextTarget::kPhone, "0812-3456-7890"}, action::Back{});
  CHECK(world.session.personal.complaint.phone.view() == "081234567890");
  const auto known = GENERATE(Confidentiality::kAnonymous, Confidentiality::kSecretAnonymous);
  world.play(action::ChooseKnown{known});
  CHECK(world.session.personal.complaint.name.empty());
  CHECK(world.session.personal.complaint.phone.empty());
  CHECK(world.act(action::Next{}).session.screen == Screen::kReview);
  CHECK(world.act(action::Back{}).session.screen == Screen::kKnown);
}

TEST_CASE("The name is hidden unless the person says otherwise") {
  SessionWorld world;
  world.complaint_to_review();
  CHECK(world.session.personal.complaint.known == Confidentiality::kNameHidden);
}

TEST_CASE("A wrong phone number is not let through, an empty one is") {
  SessionWorld world;
  world.complaint_to_review();
  world.play(action::Back{}, action::SetText{TextTarget::kPhone, "0812"}, action::Next{});
  CHECK(world.session.screen == Screen::kContact);
  CHECK(problem_of(world.session, TextTarget::kPhone, world.context) == FieldProblem::kPhoneLength);
  world.play(action::SetText{TextTarget::kPhone, ""}, action::Next{});
  CHECK(world.session.screen == Screen::kReview);
}

TEST_CASE("What is changed from the review leads back to the review") {
  SessionWorld world;
  world.complaint_to_review();
  world.play(action::Change{Screen::kCategory}, action::ChooseCategory{{"listrik"}});
  CHECK(world.session.screen == Screen::kReview);
  CHECK(world.session.personal.complaint.category == CategoryId{"listrik"});
  world.play(action::Change{Screen::kStory}, action::SetText{TextTarget::kStory, "Listrik mati"}, action::Back{});
  CHECK(world.session.screen == Screen::kReview);
  CHECK(world.session.personal.complaint.story.view() == "Listrik mati");
}

TEST_CASE("A changed text asks for consent again") {
  SessionWorld world;
  world.complaint_to_review();
  world.play(action::ToggleConsent{}, action::Change{Screen::kStory}, action::SetText{TextTarget::kStory, "Lain"},
             action::Next{}, action::Save{});
  CHECK(world.session.screen == Screen::kReview);
  CHECK(world.count<effect::FileTicket>() == 0);
}

TEST_CASE("Cancelling asks first when something was typed, and not when nothing was") {
  SessionWorld world;
  world.play(action::Start{}, action::OpenTile{action::HomeTile::kComplaint}, action::Cancel{});
  CHECK(world.session.screen == Screen::kHome);
  CHECK(world.session.dialog == Dialog::kNone);

  world.play(action::OpenTile{action::HomeTile::kComplaint}, action::ChooseCategory{{"air"}}, action::Cancel{});
  CHECK(world.session.dialog == Dialog::kConfirmCancel);
  world.play(action::Next{});
  CHECK(world.session.screen == Screen::kPlace);
  world.play(action::CloseDialog{});
  CHECK(world.session.personal.complaint.category == CategoryId{"air"});
  world.play(action::Cancel{}, action::ConfirmDialog{});
  CHECK(world.session.screen == Screen::kHome);
  CHECK(world.session.personal == Personal{});
}

TEST_CASE("Finishing at home asks first while a draft is kept, then ends the session") {
  SessionWorld world;
  world.play(action::Start{}, action::Finish{});
  CHECK(world.session.screen == Screen::kAttract);
  CHECK(world.count<effect::EndSession>() == 1);

  world.play(action::Start{}, action::OpenTile{action::HomeTile::kComplaint}, action::ChooseCategory{{"air"}},
             action::Back{}, action::Back{}, action::Finish{});
  CHECK(world.session.dialog == Dialog::kConfirmFinish);
  world.play(action::ConfirmDialog{});
  CHECK(world.session.screen == Screen::kAttract);
  CHECK(world.session.personal == Personal{});
}

TEST_CASE("A service leads from its list over what to bring to its questions and the review") {
  SessionWorld world;
  world.play(action::Start{}, action::OpenTile{action::HomeTile::kHealth});
  CHECK(world.session.screen == Screen::kServices);
  CHECK(world.session.service_group == ServiceGroup::kHealth);
  world.play(action::Back{}, action::OpenTile{action::HomeTile::kCivil}, action::ChooseService{{"akta_lahir"}});
  CHECK(world.session.screen == Screen::kServiceDetails);
  world.play(action::Next{});
  CHECK(world.session.screen == Screen::kServiceField);
  CHECK(progress_of(world.session, world.context).step == 1);

  SessionWorld filled;
  filled.birth_certificate_to_review();
  CHECK(filled.session.screen == Screen::kReview);
  filled.play(action::Back{});
  CHECK(filled.session.screen == Screen::kPapers);
  filled.act(action::Back{});
  CHECK(filled.session.screen == Screen::kServiceField);
  CHECK(filled.session.field_index + 1 == filled.catalogue.find_service({"akta_lahir"})->fields.size());
}

TEST_CASE("A question of a service takes only what its kind allows, and must be right before the next") {
  SessionWorld world;
  world.play(action::Start{}, action::OpenTile{action::HomeTile::kCivil}, action::ChooseService{{"ktp_ganti"}},
             action::Next{}, action::SetText{TextTarget::kAnswer, "Yohana"}, action::Next{});
  REQUIRE(current_field(world.session, world.context)->kind == FieldKind::kNik);
  world.play(action::SetText{TextTarget::kAnswer, "94 0406-41089000"});
  CHECK(answer_to(world.session, "nik") == "94040641089000");
  CHECK(problem_of(world.session, TextTarget::kAnswer, world.context) == FieldProblem::kNikLength);
  CHECK_FALSE(problem_to_show(world.session, TextTarget::kAnswer, world.context));
  world.play(action::SetText{TextTarget::kAnswer, "9404067508900001"});
  CHECK(problem_to_show(world.session, TextTarget::kAnswer, world.context) == FieldProblem::kNikDate);
  CHECK(world.act(action::Next{}).session.field_index == 1);
  world.play(action::SetText{TextTarget::kAnswer, "94040641089000019999"});
  CHECK(answer_to(world.session, "nik") == "9404064108900001");
  CHECK(world.act(action::Next{}).session.field_index == 2);
}

TEST_CASE("An answer typed for one service is there for the next one that asks the same") {
  SessionWorld world;
  world.play(action::Start{}, action::OpenTile{action::HomeTile::kCivil}, action::ChooseService{{"ktp_ganti"}},
             action::Next{}, action::SetText{TextTarget::kAnswer, "Yohana"}, action::Back{}, action::Back{},
             action::ChooseService{{"kk_pisah"}}, action::Next{});
  CHECK(text_of(world.session, TextTarget::kAnswer, world.context) == "Yohana");
}

TEST_CASE("Switching the language in the middle keeps every word that was typed") {
  SessionWorld world;
  world.complaint_to_review("Sudah tiga minggu.");
  const Personal before = world.session.personal;
  world.play(action::NextLanguage{});
  CHECK(world.session.preferences.language == Language::kEnglish);
  CHECK(world.session.screen == Screen::kReview);
  CHECK(world.session.personal == before);
  world.play(action::NextLanguage{});
  CHECK(world.session.preferences.language == Language::kIndonesian);
}

TEST_CASE("A language chosen on the first screen begins the session in it") {
  SessionWorld world;
  world.play(action::ChooseLanguage{Language::kEnglish});
  CHECK(world.session.screen == Screen::kHome);
  CHECK(world.session.preferences.language == Language::kEnglish);
}

TEST_CASE("The letters go through four sizes and the contrast through three") {
  SessionWorld world;
  world.play(action::Start{});
  for (int i = 0; i < kTextSizes; ++i) world.play(action::NextTextSize{});
  CHECK(world.session.preferences.text_size == TextSize::kStandard);
  CHECK(world.act(action::NextContrast{}).session.preferences.contrast == Contrast::kHigh);
  CHECK(world.act(action::NextContrast{}).session.preferences.contrast == Contrast::kLowGlare);
  CHECK(world.act(action::NextContrast{}).session.preferences.contrast == Contrast::kStandard);
}

TEST_CASE("Help opens over any screen and goes again without changing what is below") {
  SessionWorld world;
  world.complaint_to_review();
  const Personal before = world.session.personal;
  world.play(action::OpenHelp{});
  CHECK(world.session.dialog == Dialog::kHelp);
  world.play(action::OpenHelp{});
  CHECK(world.session.dialog == Dialog::kNone);
  CHECK(world.session.personal == before);
}

TEST_CASE("A problem of the whole kiosk covers the screen, keeps the text, and can be tried again") {
  SessionWorld world;
  world.complaint_to_review();
  const Personal before = world.session.personal;
  world.play(action::ProblemRaised{{ErrorCode::kStorageFailed, "journal.db"}});
  REQUIRE(world.session.problem);
  world.play(action::RetryProblem{});
  CHECK(world.count<effect::RetryProblem>() == 1);
  world.play(action::ProblemCleared{});
  CHECK_FALSE(world.session.problem);
  CHECK(world.session.personal == before);
}

TEST_CASE("Writing stops at the limit of a field without cutting a letter in two") {
  SessionWorld world;
  world.play(action::Start{}, action::OpenTile{action::HomeTile::kComplaint}, action::ChooseCategory{{"air"}},
             action::OpenLandmark{});
  std::string accents;
  for (int i = 0; i < 200; ++i) accents += "\u00E9";
  world.play(action::SetText{TextTarget::kLandmark, "x" + accents});
  CHECK(world.session.personal.complaint.landmark.size() == 159);
}

TEST_CASE("Letters that nobody sees and damaged ones are left out of every text, what stands between them stays") {
  SessionWorld world;
  world.play(action::Start{}, action::OpenTile{action::HomeTile::kComplaint}, action::ChooseCategory{{"air"}},
             action::ChoosePlaceUnknown{}, action::Next{});
  world.play(action::SetText{TextTarget::kStory,
                             "a\u200Bb\u202Ec\xFF\xFE"
                             "d\xE2\x82"
                             "e\x80"
                             "f\n\x1B\U0001F41F\uFEFF"});
  CHECK(world.session.personal.complaint.story.view() == "abcdef\n\U0001F41F");
}

TEST_CASE("A kampung of another district that was looked for is chosen with its district") {
  SessionWorld world;
  world.play(action::Start{}, action::OpenTile{action::HomeTile::kComplaint}, action::ChooseCategory{{"air"}},
             action::OpenPlaceSearch{}, action::SetText{TextTarget::kPlaceSearch, "koko"});
  CHECK(world.session.screen == Screen::kPlaceSearch);
  CHECK(text_of(world.session, TextTarget::kPlaceSearch, world.context) == "koko");
  const KampungCode found = world.catalogue.find_district({"94.04.01"})->kampung.front().code;
  world.play(action::ChooseKampung{found});
  CHECK(world.session.screen == Screen::kPlace);
  CHECK(world.session.personal.complaint.kampung == found);
  CHECK(world.session.personal.complaint.district == DistrictCode{"94.04.01"});
  CHECK(world.session.personal.complaint.place_search.empty());
  world.play(action::Next{});
  CHECK(world.session.screen == Screen::kStory);
}

TEST_CASE("Looking for a kampung that is not found changes nothing, and going back forgets the letters") {
  SessionWorld world;
  world.play(action::Start{}, action::OpenTile{action::HomeTile::kComplaint}, action::ChooseCategory{{"air"}},
             action::ChoosePlaceUnknown{}, action::OpenPlaceSearch{});
  world.play(action::ChooseKampung{{"00.00"}}, action::SetText{TextTarget::kPlaceSearch, std::string(1 << 20, 'k')});
  CHECK(world.session.screen == Screen::kPlaceSearch);
  CHECK(world.session.personal.complaint.place_search.size() == kSearchedBytes);
  world.play(action::Back{});
  CHECK(world.session.screen == Screen::kPlace);
  CHECK(world.session.personal.complaint.place_search.empty());
  CHECK(world.session.personal.complaint.place_unknown);
}
