// A voice and photos in place of words: nothing of them is lost on the way back, and nothing is left on when a person
// leaves.
#include <catch2/catch.hpp>

#include "kiosk/base/limits.h"
#include "tests/session/session_world.h"

using namespace mimika;
using namespace mimika::testing;

namespace {

SessionWorld& to_story(SessionWorld& world) {
  return world.play(action::Start{}, action::OpenTile{action::HomeTile::kComplaint}, action::ChooseCategory{{"air"}},
                    action::ChoosePlaceUnknown{}, action::Next{});
}

action::VoiceRecorded voice(RequestId request) {
  return {.request = request, .opus = PersonalBytes(Bytes(300, 9)), .duration_ms = 4200, .cut = false};
}

SessionWorld& speak(SessionWorld& world) {
  world.play(action::OpenVoice{});
  const RequestId request = world.session.personal.recording.request;
  world.play(action::VoiceHeard{.request = request, .recorded_ms = 4000, .level = 0.5F}, action::StopVoice{});
  return world.play(voice(request));
}

SessionWorld& photograph(SessionWorld& world) {
  world.play(action::OpenCamera{}, action::CameraSeen{CameraSight::kLive}, action::TakePhoto{});
  return world.play(action::PhotoTaken{PersonalBytes(Bytes(200, 3)), PersonalBytes(Bytes(20, 3))}, action::KeepPhoto{});
}

const Recording& recording(const SessionWorld& world) {
  return world.session.personal.recording;
}

}  // namespace

TEST_CASE("A voice alone is enough for a complaint, and goes into the ticket") {
  SessionWorld world;
  to_story(world);
  CHECK(problem_of(world.session, TextTarget::kStory, world.context));
  speak(world).play(action::Next{}, action::Next{}, action::Next{}, action::ToggleConsent{}, action::Save{});
  REQUIRE(world.session.screen == Screen::kSaving);
  const auto& filing = world.last<effect::FileTicket>();
  CHECK(filing.request.told_by_media);
  CHECK(filing.request.details.story.empty());
  REQUIRE(filing.media.size() == 1);
  CHECK(filing.media[0].media == MediaKind::kVoice);
  CHECK(filing.media[0].content.size() == 300);
}

TEST_CASE("Whoever only wants to speak reaches the microphone from the categories, and the review from there") {
  SessionWorld world;
  world.play(action::Start{}, action::OpenTile{action::HomeTile::kComplaint}, action::JustSpeak{});
  CHECK(world.session.screen == Screen::kVoice);
  CHECK(microphone_use(world.session) == MicrophoneUse::kRecord);
  CHECK(world.session.personal.complaint.category == CategoryId{"lain"});
  const RequestId request = recording(world).request;
  world.play(action::StopVoice{});
  world.play(voice(request), action::Next{}, action::Next{}, action::Next{});
  CHECK(world.session.screen == Screen::kReview);
}

TEST_CASE("Going back while it records keeps what was said") {
  SessionWorld world;
  to_story(world).play(action::OpenVoice{});
  const RequestId request = recording(world).request;
  world.play(action::VoiceHeard{.request = request, .recorded_ms = 2000}, action::Back{});
  CHECK(world.session.screen == Screen::kStory);
  CHECK(microphone_use(world.session) == MicrophoneUse::kClose);
  world.play(voice(request));
  CHECK(microphone_use(world.session) == MicrophoneUse::kOff);
  REQUIRE(world.session.personal.complaint.voice);
  world.play(action::OpenVoice{});
  CHECK(recording(world).step == VoiceStep::kReady);
}

TEST_CASE("A recording that comes after its person has gone fits nothing") {
  SessionWorld world;
  to_story(world).play(action::OpenVoice{});
  const RequestId request = recording(world).request;
  const auto ends = GENERATE(0, 1);
  if (ends == 0) {
    world.play(action::Cancel{}, action::ConfirmDialog{});
  } else {
    world.pass_ms(world.context.limits.idle_ms + world.context.limits.answer_ms + 1000);
    CHECK(world.session.screen == Screen::kAttract);
  }
  CHECK(microphone_use(world.session) == MicrophoneUse::kOff);
  to_story(world).play(voice(request));
  CHECK_FALSE(world.session.personal.complaint.voice);
}

TEST_CASE("Nobody who speaks is asked whether they are still there; a silent microphone keeps no visit open") {
  SessionWorld world;
  to_story(world).play(action::OpenVoice{});
  const RequestId request = recording(world).request;
  for (std::int64_t at = 0; at < limits::kVoiceMs; at += 1000) {
    world.pass_ms(4000);
    world.play(action::VoiceHeard{.request = request, .recorded_ms = at});
    CHECK_FALSE(world.session.warning_since_ms);
  }
  world.pass_ms(world.context.limits.idle_ms + 1);
  CHECK(world.session.warning_since_ms);
}

TEST_CASE("Saying it again throws away what was said, and takes back the consent") {
  SessionWorld world;
  speak(to_story(world)).play(action::Next{}, action::Next{}, action::Next{}, action::ToggleConsent{});
  world.play(action::Change{Screen::kVoice}, action::AgainVoice{});
  CHECK_FALSE(world.session.personal.complaint.voice);
  CHECK_FALSE(world.session.personal.complaint.consent);
  CHECK(microphone_use(world.session) == MicrophoneUse::kRecord);
  const RequestId request = recording(world).request;
  world.play(action::StopVoice{});
  world.play(voice(request), action::Next{});
  CHECK(world.session.screen == Screen::kReview);
}

TEST_CASE("A voice that is heard stops when its screen is left, and says when there is no loudspeaker") {
  SessionWorld world;
  speak(to_story(world)).play(action::PlayVoice{});
  CHECK(voice_to_play(world.session) != nullptr);
  world.play(action::VoicePlayed{.unheard = true});
  CHECK(recording(world).unheard);
  CHECK(voice_to_play(world.session) == nullptr);
  world.play(action::PlayVoice{}, action::Back{});
  CHECK(voice_to_play(world.session) == nullptr);
}

TEST_CASE("The camera is on only while somebody looks through it") {
  SessionWorld world;
  to_story(world);
  CHECK(camera_use(world.session) == CameraUse::kOff);
  world.play(action::OpenCamera{});
  CHECK(camera_use(world.session) == CameraUse::kPhoto);
  world.play(action::CameraSeen{CameraSight::kLive}, action::TakePhoto{});
  CHECK(world.count<effect::TakePhoto>() == 1);
  world.play(action::PhotoTaken{PersonalBytes(Bytes(200, 3)), {}});
  CHECK(camera_use(world.session) == CameraUse::kOff);
  world.play(action::AgainPhoto{});
  CHECK(camera_use(world.session) == CameraUse::kPhoto);
  const auto leaves = GENERATE(0, 1, 2);
  if (leaves == 0) world.play(action::Back{});
  if (leaves == 1) world.play(action::Cancel{}, action::ConfirmDialog{});
  if (leaves == 2) world.pass_ms(world.context.limits.idle_ms + 1);
  CHECK(camera_use(world.session) == CameraUse::kOff);
}

TEST_CASE("No photo can be asked of a camera that shows nothing") {
  SessionWorld world;
  to_story(world).play(action::OpenCamera{}, action::CameraSeen{CameraSight::kNone}, action::TakePhoto{});
  CHECK(world.count<effect::TakePhoto>() == 0);
  world.play(action::PhotoTaken{PersonalBytes(Bytes(200, 3)), {}});
  CHECK_FALSE(world.session.personal.viewfinder.taken);
}

TEST_CASE("Three photos at most, each of its own name, and a photo alone tells a complaint") {
  SessionWorld world;
  to_story(world);
  for (std::size_t i = 0; i < limits::kPhotosPerFiling; ++i) photograph(world);
  CHECK(world.session.screen == Screen::kStory);
  const auto& photos = world.session.personal.complaint.photos;
  REQUIRE(photos.size() == limits::kPhotosPerFiling);
  CHECK(photos[0].id != photos[1].id);
  world.play(action::OpenCamera{});
  CHECK(world.session.screen == Screen::kStory);
  CHECK_FALSE(problem_of(world.session, TextTarget::kStory, world.context));
  world.play(action::RemovePhoto{photos[1].id});
  CHECK(photos.size() == limits::kPhotosPerFiling - 1);
}

TEST_CASE(
    "Kept photos of a story are looked at from the story and from the review, and lead back to where one came from") {
  SessionWorld world;
  to_story(world).play(action::OpenPhotos{});
  CHECK(world.session.screen == Screen::kCamera);  // there is nothing to look at yet
  world.play(action::Back{});
  photograph(world).play(action::OpenPhotos{});
  CHECK(world.session.screen == Screen::kPhotos);
  world.play(action::Back{});
  CHECK(world.session.screen == Screen::kStory);
  world.play(action::Next{}, action::Next{}, action::Next{}, action::ToggleConsent{});
  REQUIRE(world.session.screen == Screen::kReview);
  world.play(action::Change{Screen::kPhotos});
  CHECK(world.session.screen == Screen::kPhotos);
  world.play(action::Back{});
  CHECK(world.session.screen == Screen::kReview);
  world.play(action::Change{Screen::kPhotos}, action::RemovePhoto{world.session.personal.complaint.photos[0].id});
  CHECK(world.session.screen == Screen::kStory);  // nothing tells the complaint any more
  world.play(action::SetText{TextTarget::kStory, "Pipa pecah."}, action::Next{});
  CHECK(world.session.screen == Screen::kReview);
  CHECK_FALSE(world.session.personal.complaint.consent);  // what was agreed to is no longer what is there
}

TEST_CASE("From a story that is being changed the kept photos lead back to the story") {
  SessionWorld world;
  to_story(world).play(action::SetText{TextTarget::kStory, "Pipa pecah."});
  photograph(world).play(action::Next{}, action::Next{}, action::Next{});
  world.play(action::Change{Screen::kStory}, action::OpenPhotos{}, action::Back{});
  CHECK(world.session.screen == Screen::kStory);
  world.play(action::Next{});
  CHECK(world.session.screen == Screen::kReview);
}

TEST_CASE("A finger that taps twice takes away one photo") {
  SessionWorld world;
  to_story(world);
  photograph(world).play(action::OpenPhotos{}, action::OpenCamera{}, action::CameraSeen{CameraSight::kLive});
  world.play(action::TakePhoto{}, action::PhotoTaken{PersonalBytes(Bytes(200, 3)), {}}, action::KeepPhoto{});
  const auto& photos = world.session.personal.complaint.photos;
  REQUIRE(photos.size() == 2);
  world.play(action::RemovePhoto{photos[0].id}, action::RemovePhoto{photos[0].id});
  CHECK(photos.size() == 1);
  world.pass_ms(700);
  world.play(action::RemovePhoto{photos[0].id});
  CHECK(photos.empty());
}

TEST_CASE("A paper's photo can be taken away again") {
  SessionWorld world;
  world.birth_certificate_to_review().play(action::Back{});
  const auto open = action::OpenCamera{.purpose = PhotoFor::kPaper, .paper = 0};
  world.play(open, action::CameraSeen{CameraSight::kLive}, action::TakePhoto{});
  world.play(action::PhotoTaken{PersonalBytes(Bytes(10, 1)), {}}, action::KeepPhoto{}, open);
  REQUIRE(world.session.screen == Screen::kCamera);
  world.play(action::RemovePhoto{paper_photo(world.session, 0)->id});
  CHECK(world.session.screen == Screen::kPapers);
  CHECK(world.session.personal.service.papers.empty());
}

TEST_CASE("Papers are photographed one of each, and sent in the order of the list") {
  SessionWorld world;
  world.birth_certificate_to_review().play(action::Back{});
  REQUIRE(world.session.screen == Screen::kPapers);
  for (const std::size_t paper : {std::size_t{2}, std::size_t{0}, std::size_t{2}}) {
    world.play(action::OpenCamera{.purpose = PhotoFor::kPaper, .paper = paper}, action::CameraSeen{CameraSight::kLive},
               action::TakePhoto{});
    world.play(action::PhotoTaken{PersonalBytes(Bytes(10 + paper, 1)), {}}, action::KeepPhoto{});
    REQUIRE(world.session.screen == Screen::kPapers);
  }
  CHECK(world.session.personal.service.papers.size() == 2);
  world.play(action::Next{}, action::ToggleConsent{}, action::Save{});
  const auto& media = world.last<effect::FileTicket>().media;
  REQUIRE(media.size() == 2);
  CHECK(media[0].content.size() == 10);
  CHECK(media[1].content.size() == 12);
  CHECK(media[1].media == MediaKind::kPaper);
}

TEST_CASE("Papers of one service are not sent with another") {
  SessionWorld world;
  world.birth_certificate_to_review().play(action::Back{});
  world.play(action::OpenCamera{.purpose = PhotoFor::kPaper, .paper = 0}, action::CameraSeen{CameraSight::kLive},
             action::TakePhoto{});
  world.play(action::PhotoTaken{PersonalBytes(Bytes(10, 1)), {}}, action::KeepPhoto{});
  while (world.session.screen != Screen::kServices) world.play(action::Back{});
  world.play(action::ChooseService{{"kia"}});
  CHECK(world.session.personal.service.papers.empty());
}

TEST_CASE(
    "Whoever holds up something that cannot be read is told so after a while, and a code that is read ends that") {
  SessionWorld world;
  world.play(action::Start{}, action::OpenTile{action::HomeTile::kTrack}, action::OpenScan{});
  const Viewfinder& finder = world.session.personal.viewfinder;
  // A camera that starts slowly is not the person's doing.
  world.pass_ms(2 * world.context.limits.unread_ms);
  CHECK_FALSE(finder.unread);
  world.play(action::CameraSeen{CameraSight::kLive});
  world.pass_ms(world.context.limits.unread_ms - 1);
  CHECK_FALSE(finder.unread);
  world.pass_ms(1);
  CHECK(finder.unread);
  CHECK(camera_use(world.session) == CameraUse::kCode);
  world.play(action::CodeRead{});
  CHECK(finder.foreign);
  CHECK_FALSE(finder.unread);
  world.play(action::Back{});
  CHECK(world.session.screen == Screen::kTrackNumber);
}

TEST_CASE("A receipt before the camera finds its ticket; another code says so and goes on looking") {
  SessionWorld world;
  world.play(action::Start{}, action::OpenTile{action::HomeTile::kTrack}, action::OpenScan{});
  CHECK(camera_use(world.session) == CameraUse::kCode);
  world.play(action::CodeRead{});
  CHECK(world.session.personal.viewfinder.foreign);
  CHECK(camera_use(world.session) == CameraUse::kCode);
  world.play(action::CodeRead{TicketNumber{{"JLA1"}, 417}});
  CHECK(world.session.screen == Screen::kTrackSearching);
  CHECK(world.last<effect::LookUpTicket>().number == TicketNumber{{"JLA1"}, 417});
  CHECK(camera_use(world.session) == CameraUse::kOff);
}
