// What is about no ticket.
#include <catch2/catch.hpp>

#include "tests/staff/staff_world.h"

using namespace mimika;
using namespace mimika::testing;
namespace st = mimika::staff;
namespace act = mimika::staff::action;
namespace eff = mimika::staff::effect;

TEST_CASE("A report is of today unless a day is named, never of a day to come, and is printed as it stands") {
  StaffWorld world;
  world.sign_in().play(act::OpenReport{});
  REQUIRE(world.last<eff::ReadReport>()->day == world.context.today);
  const LocalDate ahead = local_date(world.context.wall_ms + 40LL * 86'400'000);
  world.act(act::OpenReport{st::ReportSpan::kMonth, ahead});
  REQUIRE(world.last<eff::ReadReport>()->day == world.context.today);
  world.play(act::ReportRead{world.session.request, sample_report()}, act::PrintReport{});
  REQUIRE(world.last<eff::PrintReport>()->report == sample_report());
  REQUIRE_FALSE(world.session.report_printed);
  world.act(act::ReportPrinted{world.session.request});
  REQUIRE(world.session.report_printed);
  world.act(act::Back{});
  REQUIRE_FALSE(world.session.report.has_value());
}

TEST_CASE("Pausing is done at once, closing asks what it means for residents") {
  StaffWorld world;
  world.sign_in().play(act::OpenOffice{}, act::SetOffice{OfficeState::kPaused});
  REQUIRE(world.last<eff::SetOffice>()->state == OfficeState::kPaused);
  world.play(act::SetOffice{OfficeState::kClosed});
  REQUIRE(world.count<eff::SetOffice>() == 1);
  REQUIRE(world.session.dialog == st::Dialog::kConfirmOffice);
  world.act(act::ConfirmDialog{});
  REQUIRE(world.last<eff::SetOffice>()->state == OfficeState::kClosed);
}

TEST_CASE("An announcement needs a title, words and a day that can be") {
  StaffWorld world;
  world.sign_in().play(act::OpenOffice{}, act::OpenNotice{}, act::PostNotice{});
  REQUIRE(world.session.trouble == st::Trouble::kNoWords);
  world.play(act::SetText{st::TextTarget::kTitle, "Libur"}, act::PostNotice{});
  REQUIRE(world.session.notice_part == st::TextTarget::kWords);
  world.play(act::SetText{st::TextTarget::kWords, "Kantor tutup."}, act::SetText{st::TextTarget::kUntil, "31022027"},
             act::PostNotice{});
  REQUIRE(world.session.trouble == st::Trouble::kDateWrong);
  world.play(act::SetText{st::TextTarget::kUntil, "01112026"}, act::PostNotice{});
  REQUIRE(world.session.trouble == st::Trouble::kDateWrong);  // past
  world.play(act::SetText{st::TextTarget::kUntil, "24122026"}, act::PostNotice{});
  REQUIRE(world.last<eff::PostNotice>()->until.view() == "2026-12-24");
  REQUIRE(world.session.screen == st::Screen::kNotice);
  world.act(act::NoticesRead{sample_notices()});
  REQUIRE(world.session.screen == st::Screen::kOffice);
  REQUIRE(world.session.done);
  REQUIRE(world.session.notice_title.empty());
}

TEST_CASE("An announcement is taken down after a question") {
  StaffWorld world;
  world.sign_in().play(act::OpenOffice{}, act::NoticesRead{sample_notices()},
                       act::WithdrawNotice{sample_notices()[0].posted});
  REQUIRE(world.session.dialog == st::Dialog::kConfirmWithdraw);
  REQUIRE(world.count<eff::WithdrawNotice>() == 0);
  world.act(act::ConfirmDialog{});
  REQUIRE(world.last<eff::WithdrawNotice>()->posted == sample_notices()[0].posted);
}

TEST_CASE("Only a locked colleague is let in, and only by who may") {
  StaffWorld world;
  world.sign_in().play(act::OpenPeople{}, act::LetIn{"kepala"});
  REQUIRE(world.count<eff::LetIn>() == 0);
  world.act(act::LetIn{"yohanes"});
  REQUIRE(world.last<eff::LetIn>()->login == "yohanes");
  world.act(act::PeopleRead{sample_people()});
  REQUIRE(world.session.done);
  world.session.duty->may = {};
  world.act(act::LetIn{"yohanes"});
  REQUIRE(world.count<eff::LetIn>() == 1);
}

TEST_CASE("At the counter one person is helped, and no case is shown again before the officer's PIN") {
  StaffWorld world;
  world.sign_in().play(act::BeginAssist{AssistKind::kCounter});
  REQUIRE(world.count<eff::ServeResident>() == 1);
  REQUIRE_FALSE(counter_is_shown(world.session));
  REQUIRE(world.session.queue.rows.empty());
  world.act(act::OpenSearch{});
  REQUIRE(world.session.screen == st::Screen::kQueue);
  world.play(act::FiledForPerson{}, act::EndAssist{});
  REQUIRE(counter_is_shown(world.session));
  REQUIRE(world.session.screen == st::Screen::kPin);
  REQUIRE_FALSE(world.session.duty.has_value());
  REQUIRE(world.last<eff::SignOut>() != nullptr);
}

TEST_CASE("An outreach is filed in a row, with one place and one day") {
  StaffWorld world;
  world.sign_in().play(act::OpenOutreach{});
  REQUIRE(st::day_typed(world.session.outreach_day.view()) == world.context.today);
  world.play(act::SetText{st::TextTarget::kDay, "25112026"}, act::BeginAssist{AssistKind::kOutreach});
  REQUIRE(world.session.trouble == st::Trouble::kDateWrong);
  const KampungCode diloa{"94.04.06.2002"};
  world.play(act::SetText{st::TextTarget::kDay, "22112026"}, act::ChooseOutreachKampung{diloa},
             act::BeginAssist{AssistKind::kOutreach});
  REQUIRE(world.session.assist->day == "2026-11-22");
  REQUIRE(world.session.assist->kampung == diloa);
  world.play(act::FiledForPerson{}, act::FiledForPerson{}, act::EndAssist{});
  REQUIRE(world.session.screen == st::Screen::kPin);
  REQUIRE(world.session.outreach_filed == 2);
  const auto enter_again = [&] {
    world.play(act::SetText{st::TextTarget::kPin, "480213"}, act::EnterPin{});
    world.act(act::LetInDone{world.session.request, sample_duty(world.context.monotonic_ms)});
  };
  enter_again();
  REQUIRE(world.session.screen == st::Screen::kOutreach);
  world.play(act::BeginAssist{AssistKind::kOutreach}, act::FiledForPerson{}, act::EndAssist{});
  enter_again();
  REQUIRE(world.session.outreach_filed == 3);
  world.act(act::ChooseOutreachKampung{std::nullopt});
  REQUIRE(world.session.outreach_filed == 0);
}

TEST_CASE("A warning stands before the residents' pages too, and the end takes the filing for others along") {
  StaffWorld world;
  world.sign_in().play(act::BeginAssist{AssistKind::kCounter});
  world.pass_ms(st::kIdleMs - st::kIdleWarningMs);
  REQUIRE(counter_is_shown(world.session));
  world.pass_ms(st::kIdleWarningMs);
  REQUIRE_FALSE(world.session.assist.has_value());
  REQUIRE(world.last<eff::SignOut>()->timed_out);
}
