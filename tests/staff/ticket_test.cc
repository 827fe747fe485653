// What is said and done about a ticket.
#include <catch2/catch.hpp>

#include "tests/staff/staff_world.h"

using namespace mimika;
using namespace mimika::testing;
namespace st = mimika::staff;
namespace act = mimika::staff::action;
namespace eff = mimika::staff::effect;

namespace {

StaffWorld& write(StaffWorld& world, OfficerAction action, const char* words) {
  return world.sign_in().open_ticket().play(act::Compose{action}, act::SetText{st::TextTarget::kWords, words});
}

}  // namespace

TEST_CASE("To verify asks nothing, and nothing is done before it is saved") {
  StaffWorld world;
  world.sign_in().open_ticket().play(act::Compose{OfficerAction::kVerify});
  REQUIRE(world.last<eff::Act>()->what.action == OfficerAction::kVerify);
  REQUIRE(world.last<eff::Act>()->seen_entries == sample_case().ticket.timeline.size());
  REQUIRE_FALSE(world.session.done);
  world.play(act::Compose{OfficerAction::kVerify}, act::Back{}, act::SignOut{});
  REQUIRE(world.count<eff::Act>() == 1);
  REQUIRE(world.session.screen == st::Screen::kTicket);
  world.answer_case();
  REQUIRE(world.session.done);
  world.act(act::Touched{});
  REQUIRE(world.session.done);  // or what lies below would move under the finger
  world.act(act::Back{});
  REQUIRE_FALSE(world.session.done);
}

TEST_CASE("An answer is sent as it was written, and leads back to its ticket") {
  StaffWorld world;
  write(world, OfficerAction::kAnswerPublic, "Pipa diperbaiki.").play(act::SendWords{});
  REQUIRE(world.session.dialog == st::Dialog::kNone);
  REQUIRE(world.last<eff::Act>()->what.words.view() == "Pipa diperbaiki.");
  REQUIRE(world.session.screen == st::Screen::kCompose);
  world.answer_case();
  REQUIRE(world.session.screen == st::Screen::kTicket);
  REQUIRE(world.session.composing == st::Composing{});
}

TEST_CASE("Nothing without words is sent") {
  StaffWorld world;
  write(world, OfficerAction::kHold, " \n ").play(act::SendWords{});
  REQUIRE(world.session.trouble == st::Trouble::kNoWords);
  REQUIRE(world.count<eff::Act>() == 0);
}

TEST_CASE("Acts that close, tie or give away ask once") {
  const OfficerAction action = GENERATE(OfficerAction::kArchive, OfficerAction::kResolve);
  StaffWorld world;
  write(world, action, "Pipa sudah diganti.").play(act::SendWords{});
  REQUIRE(world.session.dialog == st::Dialog::kConfirmAct);
  REQUIRE(world.count<eff::Act>() == 0);
  SECTION("no") {
    world.act(act::CloseDialog{});
    REQUIRE(world.count<eff::Act>() == 0);
    REQUIRE(world.session.composing.words.view() == "Pipa sudah diganti.");
  }
  SECTION("yes") {
    world.act(act::ConfirmDialog{});
    REQUIRE(world.last<eff::Act>()->what.action == action);
  }
}

TEST_CASE("A ticket is handed to an agency of the catalogue, after a look at it") {
  StaffWorld world;
  world.sign_in().open_ticket().play(act::Compose{OfficerAction::kHandOver});
  REQUIRE(world.session.screen == st::Screen::kOpds);
  world.act(act::ChooseOpd{{"nobody"}});
  REQUIRE(world.session.dialog == st::Dialog::kNone);
  const OpdId opd = world.catalogue.opds.front().id;
  world.act(act::ChooseOpd{opd});
  REQUIRE(world.session.dialog == st::Dialog::kConfirmAct);
  world.act(act::ConfirmDialog{});
  REQUIRE(world.last<eff::Act>()->what.opd == opd);
  world.answer_case();
  REQUIRE(world.session.screen == st::Screen::kTicket);
}

TEST_CASE("A duplicate names another ticket, by a number that is one") {
  StaffWorld world;
  world.sign_in().open_ticket().play(act::Compose{OfficerAction::kMarkDuplicate}, act::SendWords{});
  REQUIRE(world.session.trouble == st::Trouble::kNumberWrong);
  world.play(act::SetText{st::TextTarget::kDuplicateOf, format_ticket_number(sample_case().ticket.number)},
             act::SendWords{});
  REQUIRE(world.session.trouble == st::Trouble::kNumberWrong);  // of itself
  world.play(act::SetText{st::TextTarget::kDuplicateOf, format_ticket_number({{"JLA1"}, 399})}, act::SendWords{});
  REQUIRE(world.session.dialog == st::Dialog::kConfirmAct);
}

TEST_CASE("What the rules forbid is not begun") {
  StaffWorld world;
  world.sign_in();
  st::Case made = sample_case();
  made.may = {};
  world.play(act::OpenTicket{made.ticket.id});
  world.play(act::CaseRead{world.session.request, made}, act::Compose{OfficerAction::kArchive},
             act::Compose{OfficerAction::kVerify});
  REQUIRE(world.session.screen == st::Screen::kTicket);
  REQUIRE(world.count<eff::Act>() == 0);
}

TEST_CASE("A ticket that moved on is looked at again, and the words wait for the same act") {
  StaffWorld world;
  write(world, OfficerAction::kAnswerPublic, "Pipa diperbaiki.").play(act::SendWords{});
  world.act(act::Refused{world.session.request, st::Trouble::kMovedOn});
  REQUIRE(world.session.screen == st::Screen::kTicket);
  REQUIRE(world.session.trouble == st::Trouble::kMovedOn);
  REQUIRE(world.session.waiting == st::Waiting::kCase);
  world.answer_case().play(act::Compose{OfficerAction::kAnswerPublic});
  REQUIRE(world.session.composing.words.view() == "Pipa diperbaiki.");
}

TEST_CASE("What could not be saved stays where it was written") {
  StaffWorld world;
  write(world, OfficerAction::kHold, "Menunggu pesawat.").play(act::SendWords{});
  world.act(act::Refused{world.session.request, st::Trouble::kNotSaved});
  REQUIRE(world.session.screen == st::Screen::kCompose);
  REQUIRE(world.session.trouble == st::Trouble::kNotSaved);
  REQUIRE(world.session.composing.words.view() == "Menunggu pesawat.");
}

TEST_CASE("Going back over written words asks first") {
  StaffWorld world;
  write(world, OfficerAction::kHold, "Menunggu pesawat.").play(act::Back{});
  REQUIRE(world.session.dialog == st::Dialog::kConfirmDiscard);
  world.act(act::ConfirmDialog{});
  REQUIRE(world.session.screen == st::Screen::kTicket);
  REQUIRE(world.session.composing.words.empty());
  world.play(act::Compose{OfficerAction::kHold}, act::Back{});
  REQUIRE(world.session.dialog == st::Dialog::kNone);
}

TEST_CASE("Photos are evidence of what was done, and are taken, kept and taken away") {
  StaffWorld world;
  write(world, OfficerAction::kResolve, "Selesai.").play(act::OpenCamera{}, act::TakePhoto{});
  REQUIRE(camera_use(world.session) == CameraUse::kPhoto);
  REQUIRE(world.count<eff::TakePhoto>() == 0);  // nothing is seen yet
  world.play(act::CameraSeen{CameraSight::kLive}, act::TakePhoto{}, act::PhotoTaken{});
  REQUIRE(world.count<eff::TakePhoto>() == 1);
  REQUIRE(photos_of(world.session).size() == 1);
  world.play(act::KeepPhoto{});
  REQUIRE(world.session.screen == st::Screen::kCompose);
  REQUIRE(world.session.composing.words.view() == "Selesai.");
  world.play(act::RemovePhoto{world.session.composing.photos.front().id});
  REQUIRE(world.session.composing.photos.empty());
}

TEST_CASE("A voice is heard on its ticket and falls silent with it, a photo opens large") {
  StaffWorld world;
  world.sign_in().open_ticket();
  world.act(act::OpenMedia{world.session.ticket->media[0].event});
  REQUIRE(world.count<eff::PlayMedia>() == 1);
  REQUIRE(world.session.media.has_value());
  SECTION("a second touch stops it") {
    world.act(act::OpenMedia{world.session.ticket->media[0].event});
    REQUIRE(world.count<eff::StopMedia>() == 1);
  }
  SECTION("leaving stops it") {
    world.act(act::Back{});
    REQUIRE(world.count<eff::StopMedia>() == 1);
  }
  SECTION("a photo") {
    world.act(act::OpenMedia{world.session.ticket->media[1].event});
    REQUIRE(world.session.screen == st::Screen::kPhoto);
    world.answer_case().act(act::Back{});
    REQUIRE(world.session.screen == st::Screen::kTicket);
    REQUIRE_FALSE(world.session.media.has_value());
  }
}
