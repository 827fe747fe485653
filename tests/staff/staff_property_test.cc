// Whatever happens in whatever order: without somebody on duty there is nothing of a case in the session, and nothing
// is said to be done.
#include <catch2/catch.hpp>
#include <functional>
#include <random>
#include <vector>

#include "tests/staff/staff_world.h"

using namespace mimika;
using namespace mimika::testing;
namespace st = mimika::staff;
namespace act = mimika::staff::action;

namespace {

bool holds_nothing(const st::Session& session) {
  return !session.ticket && session.queue.rows.empty() && session.hits.rows.empty() && session.search.empty() &&
         session.composing == st::Composing{} && session.notice_text.empty() && !session.report && !session.assist &&
         !session.viewfinder.taken && session.notices.empty() && !session.done;
}

std::vector<std::function<st::Action(const st::Session&)>> everything() {
  using S = st::Session;
  const TicketId ticket = sample_case().ticket.id;
  std::vector<std::function<st::Action(const S&)>> all = {
      [](const S&) { return act::Open{}; },
      [](const S&) { return act::Leave{}; },
      [](const S&) { return act::SignOut{}; },
      [](const S&) { return act::Back{}; },
      [](const S&) { return act::CloseDialog{}; },
      [](const S&) { return act::ConfirmDialog{}; },
      [](const S&) { return act::PeopleRead{sample_people()}; },
      [](const S&) { return act::ChoosePerson{"rina"}; },
      [](const S&) { return act::TogglePassphrase{}; },
      [](const S&) { return act::EnterPin{}; },
      [](const S& s) { return act::LetInDone{s.request, sample_duty(0)}; },
      [](const S& s) { return act::LetInRefused{s.request, st::Trouble::kPinWrong, 100}; },
      [](const S& s) { return act::PinChanged{s.request}; },
      [](const S& s) { return act::QueueRead{s.request, sample_queue()}; },
      [](const S& s) { return act::Searched{s.request, {1, {sample_queue().rows[0]}, false}}; },
      [](const S& s) { return act::CaseRead{s.request, sample_case()}; },
      [](const S& s) { return act::ActDone{s.request, sample_case()}; },
      [](const S& s) { return act::Refused{s.request, st::Trouble::kMovedOn}; },
      [](const S& s) { return act::ReportRead{s.request, sample_report()}; },
      [](const S& s) { return act::ReportPrinted{s.request}; },
      [](const S&) { return act::NoticesRead{sample_notices()}; },
      [](const S&) { return act::TicketsChanged{}; },
      [](const S&) { return act::MediaPlayed{}; },
      [](const S&) { return act::CameraSeen{CameraSight::kLive}; },
      [](const S&) { return act::PhotoTaken{}; },
      [](const S&) { return act::OpenCamera{}; },
      [](const S&) { return act::TakePhoto{}; },
      [](const S&) { return act::KeepPhoto{}; },
      [](const S&) { return act::OpenQueue{}; },
      [](const S&) { return act::OpenSearch{}; },
      [](const S&) { return act::FindWords{}; },
      [](const S&) { return act::OpenReport{}; },
      [](const S&) { return act::PrintReport{}; },
      [](const S&) { return act::OpenOffice{}; },
      [](const S&) { return act::OpenNotice{}; },
      [](const S&) { return act::PostNotice{}; },
      [](const S&) { return act::OpenPeople{}; },
      [](const S&) { return act::LetIn{"yohanes"}; },
      [](const S&) { return act::ChangePin{}; },
      [](const S&) { return act::OpenOutreach{}; },
      [](const S&) { return act::BeginAssist{AssistKind::kOutreach}; },
      [](const S&) { return act::BeginAssist{AssistKind::kCounter}; },
      [](const S&) { return act::FiledForPerson{}; },
      [](const S&) { return act::EndAssist{}; },
      [](const S&) { return act::SendWords{}; },
      [ticket](const S&) { return act::OpenTicket{ticket}; },
      [](const S&) { return act::OpenMedia{sample_case().media[1].event}; },
      [](const S&) { return act::ChooseOpd{{"pupr"}}; },
  };
  for (int action = 0; action < static_cast<int>(kOfficerActions); ++action) {
    all.emplace_back([action](const S&) { return act::Compose{static_cast<OfficerAction>(action)}; });
  }
  for (int target = 0; target <= static_cast<int>(st::TextTarget::kDay); ++target) {
    all.emplace_back([target](const S&) { return act::SetText{static_cast<st::TextTarget>(target), "480216 Jila"}; });
  }
  return all;
}

}  // namespace

TEST_CASE("Random actions never leave a case in a session without duty") {
  const auto all = everything();
  for (unsigned seed = 1; seed <= 40; ++seed) {
    std::mt19937 random(seed);
    StaffWorld world;
    world.context.printer = true;
    std::size_t on_duty = 0;
    for (int step = 0; step < 600; ++step) {
      const unsigned long dice = random() % 40;
      if (dice == 0) {
        world.pass_ms(static_cast<std::int64_t>(random() % 320'000));
      } else {
        // The engine's answer comes often enough to get anywhere.
        const auto& made = all[random() % all.size()];
        world.act(made(world.session));
      }
      INFO("seed " << seed << ", step " << step);
      const bool duty = world.session.duty.has_value();
      on_duty += std::size_t{duty};
      if (!duty) REQUIRE(holds_nothing(world.session));
      const bool before = world.session.screen == st::Screen::kWho || world.session.screen == st::Screen::kPin ||
                          world.session.screen == st::Screen::kEntering;
      REQUIRE(duty == !before);
      REQUIRE(ms_until_next_tick(world.session, world.context) <= 60'000);
      if (!duty && world.session.screen == st::Screen::kWho && random() % 2 == 0) world.sign_in();
      world.effects.clear();
    }
    REQUIRE(on_duty > 100);
  }
}
