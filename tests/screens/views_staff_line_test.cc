// The quiet line for staff on the first screen: true in every state of the kiosk, and without an invented time.
#include "tests/screens/views_world.h"
#include "ui/screens/resident/attract.h"

using namespace mimika;
using namespace mimika::testing;
using namespace mimika::screens;

namespace {

constexpr WallMs kMinuteMs = 60'000;
constexpr WallMs kHourMs = 60 * kMinuteMs;

struct LineWorld : SessionWorld {
  LineWorld() { context.standing.journal = JournalState::kSound; }
  Standing& standing = context.standing;

  LineWorld& waits(std::uint64_t events, WallMs for_ms) {
    standing.unsent_events = events;
    standing.oldest_unsent_ms = kTuesdayMorning - for_ms;
    standing.oldest_unsent_clock = ClockConfidence::kSynced;
    return *this;
  }
  LineWorld& heard(WallMs ago_ms) {
    standing.last_contact_ms = kTuesdayMorning - ago_ms;
    return *this;
  }
  [[nodiscard]] std::string words(const Text& text = indonesian()) const {
    return make_attract_view(session, context, text).staff.words();
  }
  [[nodiscard]] std::string icon() const { return make_attract_view(session, context, indonesian()).staff.icon; }
};

}  // namespace

TEST_CASE("The line says how many records wait, how old the oldest is, and when the centre was last heard") {
  LineWorld world;
  world.waits(3, 2 * kDayMs).heard(4 * kHourMs);
  CHECK(world.words() == "3 catatan menunggu · tertua 2 hari · Mimika Center terakhir terhubung 4 jam lalu");
  CHECK(world.words(english()) == "3 records waiting · oldest 2 days · Mimika Center last heard 4 hours ago");
  CHECK(world.icon() == "kiosk");
  world.waits(1, 40 * kMinuteMs).heard(kDayMs);
  CHECK(world.words(english()) == "1 record waiting · oldest 40 minutes · Mimika Center last heard 1 day ago");
}

TEST_CASE("When nothing waits the line says so with another sign") {
  LineWorld world;
  world.heard(0);
  CHECK(world.words() == "Tidak ada catatan menunggu · Mimika Center baru saja terhubung");
  CHECK(world.icon() == "check");
}

TEST_CASE("While the centre answers every minute the words stay the same") {
  LineWorld world;
  world.heard(0);
  const std::string words = world.words();
  for (WallMs ago = 0; ago < 4 * kMinuteMs; ago += 5'000) CHECK(world.heard(ago).words() == words);
}

TEST_CASE("A centre that was never heard is not given a time") {
  LineWorld world;
  CHECK(world.words() == "Tidak ada catatan menunggu · belum ada kabar dari Mimika Center");
  world.waits(4, 0);
  CHECK(world.words() == "4 catatan menunggu · belum ada kabar dari Mimika Center");
}

TEST_CASE("With a clock that is not believed days are named as they were written down, and no age") {
  const auto clock = GENERATE(ClockConfidence::kUnknown, ClockConfidence::kRanBackwards);
  LineWorld world;
  world.context.clock = clock;
  world.waits(3, 4 * kDayMs).heard(6 * kDayMs);
  CHECK(world.words() ==
        "3 catatan menunggu · tertua dari 20 Nov 2026 · Mimika Center terakhir terhubung 18 Nov 2026 · jam kios belum "
        "pasti");
}

TEST_CASE("A filing whose own time nobody vouched for has no age and no day") {
  LineWorld world;
  world.waits(3, 20'000 * kDayMs).heard(0);
  world.standing.oldest_unsent_clock = ClockConfidence::kUnknown;
  CHECK(world.words() == "3 catatan menunggu · Mimika Center baru saja terhubung");
}

TEST_CASE("Before the journal was read the line says nothing; when it cannot be read it says only that") {
  LineWorld world;
  world.waits(3, kDayMs).heard(kDayMs);
  world.standing.journal = JournalState::kNotRead;
  CHECK(world.words().empty());
  world.standing.journal = JournalState::kUnreadable;
  CHECK(world.words() == "Catatan di kios tidak bisa dibaca · panggil teknisi");
  CHECK(world.icon() == "gear");
}

TEST_CASE("What needs a technician is told apart from what waits") {
  LineWorld world;
  world.waits(5, kDayMs).heard(0);
  world.standing.disputed_events = 2;
  CHECK(world.words(english()) ==
        "3 records waiting · oldest 1 day · Mimika Center heard just now · 2 records held back · call a technician");
  CHECK(world.icon() == "gear");
  world.standing.disputed_events = 0;
  world.standing.journal = JournalState::kSetAside;
  CHECK(world.words().ends_with("catatan lama rusak, disimpan terpisah · panggil teknisi"));
  world.standing.journal = JournalState::kSound;
  world.standing.sync = Synchronisation::kNotRunning;
  CHECK(world.words().ends_with("sambungan tidak berjalan · panggil teknisi"));
}

TEST_CASE("Records that arrived do not hide attachments that have not") {
  LineWorld world;
  world.heard(0);
  world.standing.unsent_attachments = 2;
  CHECK(world.words() == "2 lampiran menunggu · Mimika Center baru saja terhubung");
  CHECK(world.icon() == "kiosk");
}

TEST_CASE("Attachments that nobody will take are a technician's matter") {
  LineWorld world;
  world.heard(0);
  world.standing.refused_attachments = 2;
  CHECK(world.words().ends_with("2 lampiran tidak diterima pusat · panggil teknisi"));
  CHECK(world.words(english()).ends_with("2 attachments not accepted · call a technician"));
  CHECK(world.icon() == "gear");
}

TEST_CASE("Answers, calls and records that were refused lately are a technician's matter") {
  LineWorld world;
  world.heard(0);
  SECTION("answers or calls") {
    world.standing.refused_lately = true;
    CHECK(world.words().ends_with("kiriman bermasalah · panggil teknisi"));
    CHECK(world.words(english()).ends_with("exchange trouble · call a technician"));
  }
  SECTION("records") {
    world.standing.set_aside_lately = true;
    CHECK(world.words().ends_with("catatan ditolak pusat · panggil teknisi"));
    CHECK(world.words(english()).ends_with("records refused · call a technician"));
  }
  CHECK(world.icon() == "gear");
}

TEST_CASE("Staff are told when they may do less") {
  LineWorld world;
  world.heard(40 * kDayMs);
  world.standing.scope = StaffScope::kNarrow;
  CHECK(world.words().ends_with("hak petugas dibatasi"));
  CHECK(world.words(english()).ends_with("staff may do less until there is word"));
}
