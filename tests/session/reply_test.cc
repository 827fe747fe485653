// What the holder of a receipt code says of a ticket, and the photos beside it.
#include <catch2/catch.hpp>

#include "kiosk/base/limits.h"
#include "tests/session/session_world.h"

using namespace mimika;
using namespace mimika::testing;

namespace {

// A ticket whose code was given.
SessionWorld& open_ticket(SessionWorld& world, TicketStatus status = TicketStatus::kAssigned) {
  Ticket ticket = sample_ticket(Confidentiality::kNameHidden);
  ticket.status = status;
  world.play(action::Start{}, action::OpenTile{action::HomeTile::kTrack},
             action::SetText{TextTarget::kTrackNumber, format_ticket_number(ticket.number)}, action::Next{});
  world.play(action::TicketFound{world.session.request, ticket});
  world.play(action::OpenCode{}, action::SetText{TextTarget::kTrackCode, "4827109355612048"}, action::Next{});
  return world.play(action::RepliesOpened{world.session.request, {}});
}

SessionWorld& photograph(SessionWorld& world) {
  world.play(action::OpenPhotos{});
  if (world.session.screen == Screen::kPhotos) world.play(action::OpenCamera{.purpose = PhotoFor::kReply});
  world.play(action::CameraSeen{CameraSight::kLive}, action::TakePhoto{});
  return world.play(action::PhotoTaken{PersonalBytes(Bytes(200, 3)), PersonalBytes(Bytes(20, 3))}, action::KeepPhoto{});
}

const Tracking& tracking(const SessionWorld& world) {
  return world.session.personal.tracking;
}

}  // namespace

TEST_CASE("Nothing is said without words or a photo; a photo alone says enough") {
  SessionWorld world;
  open_ticket(world).play(action::OpenReply{SayKind::kReply}, action::Next{});
  CHECK(world.session.screen == Screen::kReply);
  CHECK(world.count<effect::SayMore>() == 0);
  photograph(world);
  CHECK(world.session.screen == Screen::kReply);
  world.play(action::Next{});
  REQUIRE(world.session.screen == Screen::kSaying);
  const auto& said = world.last<effect::SayMore>();
  CHECK(said.words.empty());
  REQUIRE(said.media.size() == 1);
  CHECK(said.media[0].media == MediaKind::kPhoto);
  CHECK(said.media[0].content.size() == 200);
  CHECK(said.media[0].preview.size() == 20);
}

TEST_CASE("Words and photos are gone from the page once they are saved, and stay when they could not be") {
  SessionWorld world;
  open_ticket(world).play(action::OpenReply{SayKind::kReply}, action::SetText{TextTarget::kReply, "Belum bersih."});
  photograph(world).play(action::Next{});
  world.play(action::SayFailed{world.session.request, ErrorCode::kStorageFailed});
  CHECK(world.session.screen == Screen::kReply);
  CHECK(tracking(world).photos.size() == 1);
  CHECK(tracking(world).reply.view() == "Belum bersih.");
  world.play(action::Next{});
  world.play(action::SaidMore{world.session.request, *tracking(world).ticket, {}, true});
  CHECK(world.session.screen == Screen::kTrackTicket);
  CHECK(tracking(world).reply.empty());
  CHECK(tracking(world).photos_left_out);
  CHECK(tracking(world).photos.size() == 1);  // what had no room is not thrown away
  world.play(action::OpenReply{SayKind::kReply}, action::Next{});
  world.play(action::SaidMore{world.session.request, *tracking(world).ticket, {}, false});
  CHECK(tracking(world).photos.empty());
}

TEST_CASE("Kept photos are looked at and taken away, and after the last one the page is the reply again") {
  SessionWorld world;
  open_ticket(world).play(action::OpenReply{SayKind::kReply});
  photograph(world);
  photograph(world);
  CHECK(world.session.screen == Screen::kPhotos);  // where the second was asked for
  REQUIRE(tracking(world).photos.size() == 2);
  photograph(world).play(action::OpenCamera{.purpose = PhotoFor::kReply});
  CHECK(tracking(world).photos.size() == limits::kPhotosPerFiling);
  CHECK(world.session.screen == Screen::kPhotos);  // a fourth is not taken
  while (tracking(world).photos.size() > 1) {
    world.play(action::RemovePhoto{tracking(world).photos.front().id});
    world.pass_ms(1'000);
  }
  CHECK(world.session.screen == Screen::kPhotos);
  world.play(action::RemovePhoto{tracking(world).photos.front().id});
  CHECK(world.session.screen == Screen::kReply);
  CHECK(tracking(world).photos.empty());
}

TEST_CASE("Photos of a reply go with its ticket, and do not come to another kind of saying") {
  SessionWorld world;
  open_ticket(world, TicketStatus::kResolved).play(action::OpenReply{SayKind::kReply});
  photograph(world).play(action::Back{});
  CHECK(world.session.screen == Screen::kTrackTicket);
  world.play(action::OpenReply{SayKind::kReply});
  CHECK(tracking(world).photos.size() == 1);
  const auto leaves = GENERATE(0, 1, 2);
  world.play(action::Back{});
  if (leaves == 0) world.play(action::OpenReply{SayKind::kReopen});
  if (leaves == 1) {
    world.play(action::Back{});
    CHECK(world.session.dialog == Dialog::kConfirmCancel);  // nobody loses it unasked
    CHECK(tracking(world).photos.size() == 1);
    world.play(action::ConfirmDialog{});
  }
  if (leaves == 2) world.pass_ms(world.context.limits.idle_ms + world.context.limits.answer_ms + 2);
  CHECK(tracking(world).photos.empty());
}

TEST_CASE("What was begun waits while somebody looks at the rating, and while they rate") {
  SessionWorld world;
  open_ticket(world, TicketStatus::kResolved);
  Ticket closed = *tracking(world).ticket;
  closed.closed_ms = kTuesdayMorning;
  world.play(action::TicketRefreshed{closed}, action::OpenReply{SayKind::kReply},
             action::SetText{TextTarget::kReply, "Belum bersih."});
  photograph(world).play(action::Back{}, action::OpenRating{});
  REQUIRE(world.session.screen == Screen::kRating);
  world.play(action::ChooseScore{2});
  world.play(action::SaidMore{world.session.request, closed, {}, false});
  world.play(action::OpenReply{SayKind::kReply});
  CHECK(tracking(world).reply.view() == "Belum bersih.");
  CHECK(tracking(world).photos.size() == 1);
}

TEST_CASE("A reply that was begun is input: it is warned about, and said to be gone after a power cut") {
  SessionWorld world;
  open_ticket(world).play(action::OpenReply{SayKind::kReply});
  CHECK_FALSE(session_has_input(world.session));
  world.play(action::SetText{TextTarget::kReply, "Belum"});
  CHECK(session_has_input(world.session));
}

TEST_CASE("A reply's camera does not open beside a story, nor a story's beside a reply") {
  SessionWorld world;
  open_ticket(world).play(action::OpenReply{SayKind::kReply}, action::OpenCamera{.purpose = PhotoFor::kStory});
  CHECK(world.session.screen == Screen::kReply);
  CHECK(camera_use(world.session) == CameraUse::kOff);
  world.play(action::OpenCamera{.purpose = PhotoFor::kReply});
  CHECK(camera_use(world.session) == CameraUse::kPhoto);
  world.play(action::Back{});
  CHECK(world.session.screen == Screen::kReply);
}
