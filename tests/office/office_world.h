// An office with its kiosk's store, its catalogue and an officer, who has the office's key.
#pragma once

#include "kiosk/office/office_book.h"
#include "kiosk/office/sign_in.h"
#include "tests/store/store_world.h"

namespace mimika::test {

inline const Actor kYosefa{.account = "yosefa", .name = "Yosefa Magal", .role = Role::kOfficer, .opd = {}};
inline constexpr crypto::PinCost kCheap{.passes = 1, .memory_bytes = 8192};

inline const Catalogue& catalogue() {
  static const Catalogue the_catalogue = load_catalogue(std::string(MIMIKA_SOURCE_DIR) + "/assets/catalogue").value();
  return the_catalogue;
}

inline crypto::SecretBytes device_secret() {
  crypto::SecretBytes secret(32);
  std::ranges::fill(secret.span(), std::uint8_t{7});
  return secret;
}

struct Office {
  World world;
  std::unique_ptr<Store> store = world.open();
  office::OfficeBook book{crypto::BoxKey::from_seed(keys().office.seed()), catalogue(), WorkCalendar()};

  void open_book(std::size_t step = 4096) {
    bool done = false;
    while (!done) done = book.load_more(*store, world.env.wall_ms(), step).value();
  }
  void refresh() { REQUIRE(book.refresh(*store, store->take_touched(), world.env.wall_ms())); }
  [[nodiscard]] staff::QueuePage page(QueueTab tab, std::uint32_t first = 0) {
    return book.page(*store, tab, first, world.env.wall_ms()).value();
  }
  [[nodiscard]] std::vector<std::string> found(std::string_view words) {
    std::vector<std::string> numbers;
    const staff::SearchHits hits = book.search(*store, words, world.env.wall_ms()).value();
    for (const staff::QueueRow& row : hits.rows) numbers.push_back(format_ticket_number(row.number));
    return numbers;
  }
  Ticket act(const TicketId& id, OfficerAction action, std::string_view words = {}) {
    OfficerAct act;
    act.action = action;
    act.ticket = id;
    act.seen_entries = store->find_ticket(id).value()->timeline.size();
    act.actor = kYosefa;
    act.words = words;
    act.opd = action == OfficerAction::kHandOver ? OpdId{"pupr"} : OpdId{};
    auto done = store->act(act);
    if (!done) FAIL(done.error().message);
    return *std::move(done);
  }
};

}  // namespace mimika::test
