// After signing out nothing of a case is left: not in the session, and not in memory that was given back.
//
// Story: an officer opens a ticket whose every text is the marker, answers it with the marker, searches for it, writes
// it into an announcement, and goes; once by the key, once by staying away.
#include <catch2/catch.hpp>

#include "tests/session/memory_watch.h"
#include "tests/staff/staff_world.h"

using namespace mimika;
using namespace mimika::testing;
namespace st = mimika::staff;
namespace act = mimika::staff::action;

namespace {

constexpr std::string_view kMarker = "penanda rahasia seorang warga";

void play(StaffWorld& world, st::Action action) {
  st::Step step = apply(std::move(world.session), std::move(action), world.context);
  world.session = std::move(step.session);
}

void write(StaffWorld& world, st::TextTarget target) {
  play(world, act::SetText{target, std::string(kMarker)});
}

void work(StaffWorld& world) {
  world.sign_in();
  world.effects.clear();
  st::QueuePage page;
  page.counts.fill(1);
  page.rows.emplace_back().words = PersonalText(kMarker);
  play(world, act::OpenQueue{});
  play(world, act::QueueRead{world.session.request, std::move(page)});
  st::Case made;
  made.ticket.id = {DeviceId{7}, Epoch{1}, Seq{1}};
  made.story = made.name = made.phone = made.nik = made.address = made.landmark = PersonalText(kMarker);
  made.fields.push_back({"nik", PersonalText(kMarker)});
  made.said.push_back({{}, PersonalText(kMarker)});
  made.may.fill(true);
  play(world, act::OpenTicket{made.ticket.id});
  play(world, act::CaseRead{world.session.request, std::move(made)});
  play(world, act::Compose{OfficerAction::kAnswerPublic});
  write(world, st::TextTarget::kWords);
  play(world, act::Back{});
  play(world, act::ConfirmDialog{});
  play(world, act::Back{});
  play(world, act::OpenSearch{});
  write(world, st::TextTarget::kSearch);
  play(world, act::FindWords{});
  st::SearchHits hits;
  hits.rows.emplace_back().words = PersonalText(kMarker);
  play(world, act::Searched{world.session.request, std::move(hits)});
  play(world, act::OpenOffice{});
  play(world, act::OpenNotice{});
  write(world, st::TextTarget::kTitle);
  write(world, st::TextTarget::kWords);
  REQUIRE(world.session.notice_title.view() == kMarker);
}

}  // namespace

TEST_CASE("Signing out leaves a session as good as new, and no freed memory holds what was read or written") {
  StaffWorld world;
  const MemoryWatch watch(kMarker);
  work(world);
  SECTION("by the key") {
    play(world, act::SignOut{});
    play(world, act::ConfirmDialog{});
    st::Session fresh;
    fresh.request = world.session.request;
    fresh.last_activity_ms = world.session.last_activity_ms;
    REQUIRE(world.session == fresh);
  }
  SECTION("by staying away") {
    world.pass_ms(st::kIdleMs);
    REQUIRE_FALSE(world.session.duty.has_value());
    REQUIRE(world.session.notice_title.empty());
    REQUIRE(world.session.queue == st::QueuePage{});
  }
  REQUIRE(watch.blocks_holding_marker() == 0);
}

TEST_CASE("A PIN is not left in freed memory") {
  StaffWorld world;
  const MemoryWatch watch("7305193846");
  play(world, act::Open{});
  play(world, act::PeopleRead{sample_people()});
  play(world, act::ChoosePerson{"rina"});
  play(world, act::SetText{st::TextTarget::kPin, std::string("7305193846")});
  play(world, act::EnterPin{});
  REQUIRE(world.session.entry.pin.empty());
  REQUIRE(watch.blocks_holding_marker() == 0);
}
