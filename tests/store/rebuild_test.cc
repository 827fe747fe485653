// Projections are computed as events come; computed again from the beginning they must be the same, whatever came.
#include <rapidcheck.h>

#include <algorithm>

#include "tests/store/store_world.h"

namespace mimika {
namespace {

using test::answer_to;
using test::centre_key;
using test::event_at;
using test::kMinute;
using test::kOfficer;
using test::kStart;
using test::outgoing;
using test::World;

// One kiosk and its centre, driven by dice: filings, boots, clocks that jump, calls half taken, feeds early, late and
// twice.
class History {
 public:
  void step() {
    switch (*rc::gen::inRange(0, 9)) {
      case 0:
      case 1:
      case 2:
        filed_.push_back(
            test::file(*store_, *rc::gen::arbitrary<bool>() ? test::complaint() : test::secret_complaint()).key);
        break;
      case 3:
        call(*rc::gen::inRange<std::size_t>(0, 8), false);
        break;
      case 4:
        call(1000, true);
        break;
      case 5:
        publish();
        call(0, true);
        break;
      case 6:
        publish();
        publish();
        break;
      case 7:
        world_.env.reboot();
        store_ = world_.open();
        break;
      default:
        world_.env.set_wall_ms(kStart + *rc::gen::inRange(-10, 10) * kMinute);
        break;
    }
  }

  // The same tickets, waiting events and verdict after everything is computed again.
  void check_rebuild() {
    const auto before = store_->tickets(10'000).value();
    const std::uint64_t orphans = test::status_of(*store_).orphans;
    RC_ASSERT(store_->verify().has_value());
    RC_ASSERT(store_->rebuild_projections().has_value());
    RC_ASSERT(store_->tickets(10'000).value() == before);
    RC_ASSERT(test::status_of(*store_).orphans == orphans);
    RC_ASSERT(store_->verify().has_value());
  }

 private:
  // Something the centre says: of one of our tickets, of a neighbour's, or of one that is still to come.
  void publish() {
    const std::uint64_t n = ++centre_seq_;
    const WallMs at = kStart + static_cast<WallMs>(n) * kMinute;
    TicketId ticket = test::neighbour_filed(*rc::gen::inRange<std::uint64_t>(1, 6), 1).key;
    if (!filed_.empty() && *rc::gen::arbitrary<bool>()) ticket = *rc::gen::elementOf(filed_);
    switch (*rc::gen::inRange(0, 8)) {
      case 0:
        add(event_at(centre_key(n), at, TicketVerified{ticket, kOfficer}));
        break;
      case 1:
        add(event_at(centre_key(n), at, TicketAssigned{ticket, kOfficer, OpdId{"pupr"}}));
        break;
      case 2:
        add(event_at(centre_key(n), at, FollowUpPublished{ticket, kOfficer, "Tim berangkat.", {}}));
        break;
      case 3:
        add(event_at(centre_key(n), at, TicketResolved{ticket, kOfficer, "Selesai.", {}}));
        break;
      case 4:
        add(event_at(centre_key(n), at, TicketArchived{ticket, kOfficer, "Ditarik."}));
        break;
      case 5:
        add(event_at(centre_key(n), at, PrivateMessageAdded{ticket, kOfficer, {1, 2, 3}}));
        break;
      default: {
        // Two neighbours may claim one number, and one of them may be filed twice.
        const auto seq = *rc::gen::inRange<std::uint64_t>(1, 6);
        add(test::neighbour_filed(seq, static_cast<std::uint32_t>(seq % 4 + 1)));
        break;
      }
    }
  }

  void add(const Event& event) {
    const bool there = std::ranges::any_of(feed_, [&](const wire::FeedItem& item) { return item.key == event.key; });
    if (!there) feed_.push_back(test::feed_item(feed_.size() + 1, event, kStart + static_cast<WallMs>(feed_.size())));
  }

  void call(std::size_t taken, bool with_feed) {
    const Outgoing out = outgoing(*store_);
    wire::Answer answer = answer_to(out, world_.env.wall_ms(), std::min(taken, out.records.size()));
    if (with_feed) {
      const auto from = *rc::gen::inRange<std::size_t>(0, feed_.size() + 1);
      const std::size_t start = std::min<std::size_t>(from, out.feed_cursor.value);
      answer.feed.assign(feed_.begin() + static_cast<std::ptrdiff_t>(start), feed_.end());
    }
    RC_ASSERT(store_->apply_answer(out.epoch, answer).has_value());
  }

  World world_;
  std::unique_ptr<Store> store_ = world_.open();
  std::vector<EventKey> filed_;
  std::vector<wire::FeedItem> feed_;
  std::uint64_t centre_seq_ = 0;
};

TEST_CASE("projections computed again are the ones we had, over any history") {
  CHECK(rc::check([] {
    History history;
    const int steps = *rc::gen::inRange(1, 40);
    for (int i = 0; i < steps; ++i) history.step();
    history.check_rebuild();
  }));
}

}  // namespace
}  // namespace mimika
