// The lists, and finding a ticket in them.
#include <catch2/catch.hpp>

#include "tests/staff/staff_world.h"

using namespace mimika;
using namespace mimika::testing;
namespace st = mimika::staff;
namespace act = mimika::staff::action;
namespace eff = mimika::staff::effect;

TEST_CASE("Another tab begins at its first row, and the rows of the last one are gone at once") {
  StaffWorld world;
  world.sign_in().play(act::ShowRows{9});
  REQUIRE(world.last<eff::ReadQueue>()->first == 9);
  world.play(act::ShowTab{QueueTab::kLate});
  REQUIRE(world.last<eff::ReadQueue>()->tab == QueueTab::kLate);
  REQUIRE(world.last<eff::ReadQueue>()->first == 0);
  REQUIRE(world.session.queue.rows.empty());
}

TEST_CASE("Nobody turns beyond the last row") {
  StaffWorld world;
  world.sign_in().play(act::ShowRows{14});
  REQUIRE(world.count<eff::ReadQueue>() == 1);
}

TEST_CASE("A list that is late for its tab changes nothing") {
  StaffWorld world;
  world.sign_in();
  world.act(act::ShowTab{QueueTab::kLate});
  const RequestId late_one = world.session.request;
  world.act(act::ShowTab{QueueTab::kNew});
  st::QueuePage page = sample_queue();
  page.tab = QueueTab::kLate;
  world.act(act::QueueRead{late_one, page});
  REQUIRE(world.session.queue.tab == QueueTab::kNew);
  REQUIRE(world.session.queue.rows.empty());
}

TEST_CASE("When tickets change the list is read again, and a ticket on the screen without a further reading of it") {
  StaffWorld world;
  world.sign_in().play(act::TicketsChanged{});
  REQUIRE(world.count<eff::ReadQueue>() == 2);
  world.answer_queue().open_ticket();
  REQUIRE_FALSE(world.last<eff::ReadCase>()->again);
  world.act(act::TicketsChanged{});
  REQUIRE(world.last<eff::ReadCase>()->again);
}

TEST_CASE("Changes while something is being saved are read after it") {
  StaffWorld world;
  world.sign_in().open_ticket().play(act::Compose{OfficerAction::kVerify}, act::TicketsChanged{});
  REQUIRE(world.session.waiting == st::Waiting::kAct);
  REQUIRE(world.session.stale);
  world.answer_case();
  REQUIRE(world.session.done);
  REQUIRE(world.session.waiting == st::Waiting::kCase);
}

TEST_CASE("A search needs words, and leads to a ticket and back to what it found") {
  StaffWorld world;
  world.sign_in().play(act::OpenSearch{}, act::FindWords{});
  REQUIRE(world.session.trouble == st::Trouble::kNoWords);
  world.play(act::SetText{st::TextTarget::kSearch, "Yohana"}, act::FindWords{});
  REQUIRE(world.last<eff::Search>()->words.view() == "Yohana");
  world.act(act::Searched{world.session.request, {1, {sample_queue().rows[0]}, false}});
  REQUIRE(world.session.searched);
  world.open_ticket();
  REQUIRE(world.session.screen == st::Screen::kTicket);
  world.act(act::Back{});
  REQUIRE(world.session.screen == st::Screen::kSearch);
  REQUIRE(world.session.hits.rows.size() == 1);
  REQUIRE_FALSE(world.session.ticket.has_value());
  world.act(act::ChangeWords{});
  REQUIRE_FALSE(world.session.searched);
  REQUIRE(world.session.search.view() == "Yohana");
  world.act(act::Back{});
  REQUIRE(world.session.screen == st::Screen::kQueue);
  REQUIRE(world.session.search.empty());
}

TEST_CASE("A ticket that cannot be opened leaves the list there, with the reason") {
  StaffWorld world;
  world.sign_in().play(act::OpenTicket{sample_case().ticket.id});
  world.act(act::Refused{world.session.request, st::Trouble::kNotAllowed});
  REQUIRE(world.session.screen == st::Screen::kQueue);
  REQUIRE(world.session.trouble == st::Trouble::kNotAllowed);
}
