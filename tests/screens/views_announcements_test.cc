// What the regency announces, on the days it is for.
#include "tests/screens/views_world.h"
#include "ui/screens/resident/announcements.h"

namespace mimika::screens {
namespace {

using namespace std::chrono_literals;
using testing::SessionWorld;

std::vector<std::string> titles_on(SessionWorld& world, LocalDate day) {
  world.context.today = day;
  std::vector<std::string> titles;
  for (const CardView& card : make_announcements_view(world.context, testing::indonesian()).cards) {
    titles.push_back(card.title);
  }
  return titles;
}

TEST_CASE("An announcement stands on the screen from its first day to its last, and not a day longer") {
  const std::vector<Announcement> announced = {{.title = {.id = "Libur", .en = "Holiday"},
                                                .text = {.id = "Kantor tutup.", .en = "The office is closed."},
                                                .from = LocalDate{2026y / 12 / 24},
                                                .until = LocalDate{2026y / 12 / 26}},
                                               {.title = {.id = "Air bersih", .en = "Water"},
                                                .text = {.id = "Masak dulu.", .en = "Boil it."},
                                                .from = {},
                                                .until = {}}};
  SessionWorld world;
  world.context.announcements = announced;
  const std::vector<std::string> both = {"Libur", "Air bersih"};
  const std::vector<std::string> one = {"Air bersih"};
  CHECK(titles_on(world, 2026y / 12 / 23) == one);
  CHECK(titles_on(world, 2026y / 12 / 24) == both);
  CHECK(titles_on(world, 2026y / 12 / 26) == both);
  CHECK(titles_on(world, 2026y / 12 / 27) == one);

  const AnnouncementsView english = make_announcements_view(world.context, testing::english());
  CHECK(english.cards.front().title == "Water");

  // A clock that ran backwards does not know the day.
  world.context.clock = ClockConfidence::kRanBackwards;
  CHECK(titles_on(world, 2026y / 12 / 27) == both);
}

}  // namespace
}  // namespace mimika::screens
