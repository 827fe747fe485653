#include "kiosk/model/work_queue.h"

#include <catch2/catch.hpp>

#include "kiosk/model/reducer.h"
#include "tests/model/model_world.h"

namespace mimika {
namespace {

using test::at;
using test::date;

const TicketId kId = test::kiosk_key(1);
const Actor kOfficer{.account = "yosefa", .name = "Yosefa", .role = Role::kOfficer, .opd = {}};
const WallMs kFiled = at(date(2026, 11, 2), 9);

class Story {
 public:
  explicit Story(WallMs filed = kFiled) {
    TicketFiled payload;
    payload.number = {DeviceCode{"JLA1"}, 1};
    ticket_ = *apply_event({}, test::make_event(kId, filed, payload), std::nullopt);
  }
  Story& arrives(WallMs when) {
    mark_arrived(ticket_, when);
    return *this;
  }
  Story& then(EventPayload payload) {
    const std::uint64_t seq = next_++;
    const WallMs when = kFiled + static_cast<WallMs>(seq) * 60'000;
    ticket_ = *apply_event(ticket_, test::make_event(test::centre_key(seq), when, std::move(payload)), when);
    return *this;
  }
  [[nodiscard]] std::string tabs(WallMs now = kFiled) const {
    const Mark mark = mark_of(ticket_, now, WorkCalendar(), MarkRule{});
    std::string out;
    constexpr std::string_view kLetters = "alnobc";
    for (std::size_t i = 0; i < kQueueTabs; ++i) {
      if (stands_in(static_cast<QueueTab>(i), ticket_, mark)) out += kLetters[i];
    }
    return out;
  }
  [[nodiscard]] std::int64_t order(WallMs now = kFiled) const {
    return queue_order(ticket_, mark_of(ticket_, now, WorkCalendar(), MarkRule{}));
  }

 private:
  Ticket ticket_;
  std::uint64_t next_ = 2;
};

}  // namespace

TEST_CASE("a ticket goes from list to list as it is worked on") {
  CHECK(Story().tabs() == "an");
  CHECK(Story().then(TicketVerified{kId, kOfficer}).tabs() == "ao");
  CHECK(Story().then(TicketVerified{kId, kOfficer}).then(TicketAssigned{kId, kOfficer, OpdId{"pupr"}}).tabs() == "a");
  CHECK(Story().arrives(kFiled).tabs(at(date(2026, 11, 20), 9)) == "aln");
  CHECK(Story().then(TicketVerified{kId, kOfficer}).then(MoreAsked{kId, kOfficer, {}}).tabs() == "a");
  CHECK(Story()
            .then(TicketVerified{kId, kOfficer})
            .then(MoreAsked{kId, kOfficer, {}})
            .then(PersonReplied{kId, {}})
            .tabs() == "ao");
  CHECK(Story().then(PersonReplied{kId, {}}).then(OfficeAnswered{kId, kOfficer, "Sudah", {}}).tabs() == "an");
  Story solved;
  solved.then(TicketAssigned{kId, kOfficer, OpdId{"pupr"}})
      .then(FollowUpPublished{kId, kOfficer, "Mulai", {}})
      .then(TicketResolved{kId, kOfficer, "Selesai", {}});
  CHECK(solved.tabs() == "c");
  CHECK(solved.then(TicketReopened{kId, {}}).tabs() == "aob");
}

TEST_CASE("what is late longest comes first, then what is oldest") {
  const WallMs now = at(date(2026, 11, 30), 9);
  Story very_late;
  very_late.arrives(at(date(2026, 11, 3), 9));
  Story late(at(date(2026, 11, 1), 9));
  late.arrives(at(date(2026, 11, 17), 9));
  Story old;
  Story young(at(date(2026, 11, 29), 9));
  Story worked(at(date(2026, 10, 1), 9));
  worked.then(TicketAssigned{kId, kOfficer, OpdId{"pupr"}}).then(FollowUpPublished{kId, kOfficer, "Mulai", {}});
  Story closed;
  closed.then(TicketArchived{kId, kOfficer, "Percobaan"});
  CHECK(very_late.order(now) < late.order(now));
  CHECK(late.order(now) < old.order(now));
  CHECK(old.order(now) < young.order(now));
  CHECK(young.order(now) < worked.order(now));
  CHECK(worked.order(now) < closed.order(now));
}

}  // namespace mimika
