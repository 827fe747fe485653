// The end of a history: all faults end, time passes, and everything must have come together.
#include <algorithm>

#include "sync/central/cli/verify.h"
#include "sync/central/store/documents.h"
#include "sync/central/store/journals.h"
#include "sync/central/store/policies.h"
#include "sync/central/store/tickets.h"
#include "tests/sim/world.h"

namespace mimika::sim {
namespace {

constexpr int kDaysToConverge = 60;
constexpr int kLastRounds = 3;
constexpr std::size_t kAll = 1'000'000;

// Of two disks with one device's keys each may have written its own under a key, before it heard of the other.
bool wrote_other(SimKiosk& kiosk, central::Database& database, const EventKey& key) {
  SQLite::Statement held(kiosk.look(), "SELECT event FROM event WHERE device = ? AND epoch = ? AND seq = ?");
  held.bind(1, static_cast<std::int64_t>(key.device.value));
  held.bind(2, static_cast<std::int64_t>(key.epoch.value));
  held.bind(3, static_cast<std::int64_t>(key.seq.value));
  const auto there = central::find_event(database, key);
  return held.executeStep() && there && *there && sqlite::blob(held.getColumn(0)) != (*there)->event;
}

// What both sides must agree on. When a filing arrived is told by the centre's clock; a kiosk whose first answers were
// lost, or were lies, knows a later moment.
Ticket comparable(Ticket ticket, bool without_arrival) {
  if (!without_arrival) return ticket;
  ticket.arrived_ms.reset();
  for (TimelineEntry& entry : ticket.timeline) {
    if (entry.kind == TimelineKind::kArrived) entry.at_ms = 0;
  }
  return ticket;
}

}  // namespace

void World::end_faults() {
  universe_.trace.say("{} all faults end", universe_.clock());
  centre_.settle();
  centre_.fail_at(0, test::Fault::kNone);
  if (!centre_.up()) centre_.up_again_ms = universe_.now_ms;
  for (Seat& seat : seats_) {
    SimKiosk& kiosk = *seat.kiosk;
    kiosk.settle();
    kiosk.repair();
    kiosk.weather = Weather();
    kiosk.env.wrong_by_ms = 0;
    if (!kiosk.up()) kiosk.up_again_ms = universe_.now_ms;
  }
}

bool World::quiet() {
  return centre_.up() && std::ranges::all_of(seats_, [this](const Seat& seat) {
           if (!seat.kiosk->up()) return false;
           const auto status = seat.kiosk->desk().status();
           return status && status->unsent_events == status->disputed_events &&
                  (status->unsent_blobs == 0 || ledger_.doubled.contains(seat.kiosk->device()));
         });
}

void World::converge() {
  end_faults();
  pass(2 * kHourMs);
  for (Seat& seat : seats_) {
    if (!seat.kiosk->lied_to_watermark || !seat.kiosk->up()) continue;
    const Status offered = seat.kiosk->desk().offer_disputed_again();
    if (!offered) universe_.violated("converges", offered.error().message);
  }
  const WallMs at_the_latest = universe_.now_ms + kDaysToConverge * kDayMs;
  do {
    pass(2 * plan_.poll_ms);
  } while (!quiet() && universe_.now_ms < at_the_latest);
  // Once everything is up, the feeds come down: somebody asks for it, and again where the first answer was a surprise.
  for (int i = 0; i < kLastRounds; ++i) {
    for (Seat& seat : seats_) {
      if (seat.kiosk->up()) sync(*seat.kiosk);
    }
    pass(plan_.poll_ms);
  }
  check_everything();
}

void World::check_everything() {
  if (!centre_.up()) universe_.violated("converges", "the centre is down");
  check_centre();
  centre_.with_database([&](central::Database& database) {
    const auto report = central::verify_database(database, centre_.keys);
    if (!report) universe_.violated("verify", "the centre: " + report.error().message);
    if (!report->problems.empty()) universe_.violated("verify", "the centre: " + report->problems.front());
  });
  for (Seat& seat : seats_) {
    SimKiosk& kiosk = *seat.kiosk;
    if (!kiosk.up()) universe_.violated("converges", kiosk.name() + " is down");
    check_kiosk(kiosk);
    const auto status = kiosk.desk().status();
    if (!status) universe_.violated("converges", kiosk.name() + ": " + status.error().message);
    universe_.trace.say("  {}: {} events, {} unsent, {} disputed, feed {}", kiosk.name(), status->events,
                        status->unsent_events, status->disputed_events, status->feed_cursor.value);
    if (status->unsent_events != status->disputed_events) {
      universe_.violated("converges", fmt::format("{} still has {} events to send, {} disputed", kiosk.name(),
                                                  status->unsent_events, status->disputed_events));
    }
    if (status->disputed_events > 0 && !ledger_.doubled.contains(kiosk.device())) {
      universe_.violated("converges", fmt::format("{} has {} disputed events, and its disk was never copied",
                                                  kiosk.name(), status->disputed_events));
    }
    const Status sound = kiosk.desk().verify();
    if (!sound) universe_.violated("verify", kiosk.name() + ": " + sound.error().message);
    check_tickets(kiosk);
    check_told(kiosk);
  }
  check_filings();
}

// What the centre last published is here, and it has what was attached.
void World::check_told(SimKiosk& kiosk) {
  if (kiosk.lied_to_feed || kiosk.lied_to_watermark || centre_.restored > 0) return;
  const auto policy = kiosk.desk().policy();
  const auto announced = kiosk.desk().document(wire::DocumentKind::kAnnouncements);
  if (!policy || !announced) universe_.violated("told", kiosk.name() + " cannot say what it was told");
  centre_.with_database([&](central::Database& database) {
    const auto newest = central::policy_after(database, 0);
    if (newest && *newest && (!*policy || (*policy)->version != (*newest)->version)) {
      universe_.violated("told", kiosk.name() + " has not heard of the policy");
    }
    const auto heads = central::newer_documents(database, kiosk.identity().options.identity.district, {});
    if (!heads) return;
    for (const wire::DocumentHead& head : *heads) {
      if (!*announced || (*announced)->version != head.version) {
        universe_.violated("told", fmt::format("{} does not have announcements {}", kiosk.name(), head.version));
      }
    }
  });
  const auto status = kiosk.desk().status();
  if (status && status->unsent_blobs > 0 && !ledger_.doubled.contains(kiosk.device())) {
    universe_.violated("converges", fmt::format("{} still has {} attachments", kiosk.name(), status->unsent_blobs));
  }
}

void World::check_tickets(SimKiosk& kiosk) {
  if (kiosk.lied_to_feed || centre_.restored > 0) return;
  const auto here = kiosk.desk().tickets(kAll);
  if (!here) universe_.violated("converges", here.error().message);
  std::map<TicketId, Ticket> mine;
  for (const Ticket& ticket : *here) mine.emplace(ticket.id, ticket);
  centre_.with_database([&](central::Database& database) {
    central::TicketFilter filter;
    filter.district = kiosk.identity().options.identity.district;
    filter.limit = static_cast<int>(kAll);
    const auto rows = central::list_tickets(database, filter);
    if (!rows) universe_.violated("converges", rows.error().message);
    std::map<std::string, int> numbers;
    for (const central::TicketRow& row : *rows) ++numbers[format_ticket_number(row.ticket.number)];
    for (const Ticket& ticket : *here) ++numbers[format_ticket_number(ticket.number)];
    for (const central::TicketRow& row : *rows) {
      const auto found = mine.find(row.ticket.id);
      const std::string number = format_ticket_number(row.ticket.number);
      // Two filings under one number are somebody's fault; a kiosk shows one of them.
      if (numbers[number] > 2 || ledger_.numbers_given_twice.contains(number)) continue;
      if (ledger_.keys_given_twice.contains(row.ticket.id)) continue;
      const bool doubled = ledger_.doubled.contains(row.ticket.id.device);
      if (found == mine.end() && doubled && wrote_other(kiosk, database, row.ticket.id)) continue;
      if (found == mine.end()) {
        universe_.violated("tickets",
                           fmt::format("{} does not have {} ({})", kiosk.name(), number, to_string(row.ticket.id)));
      }
      // What two disks said under one key only one of them can have; the other's own stays beside it, in dispute.
      const auto of_this_device = [&](const TimelineEntry& entry) {
        return entry.event.device == kiosk.device() && entry.kind >= TimelineKind::kPersonReply;
      };
      const bool said_twice =
          ledger_.doubled.contains(kiosk.device()) && (std::ranges::any_of(found->second.timeline, of_this_device) ||
                                                       std::ranges::any_of(row.ticket.timeline, of_this_device));
      if (said_twice) continue;
      const bool own = row.ticket.id.device == kiosk.device();
      if (comparable(found->second, own) != comparable(row.ticket, own)) {
        universe_.violated("tickets", fmt::format("{} shows {} otherwise than the centre", kiosk.name(), number));
      }
    }
  });
}

// Every filing is somewhere it should be.
void World::check_filings() {
  std::set<std::size_t> held;
  for (const Seat& seat : seats_) held.insert(seat.kiosk->truth.filings.begin(), seat.kiosk->truth.filings.end());
  centre_.with_database([&](central::Database& database) {
    for (std::size_t i = 0; i < ledger_.filings.size(); ++i) {
      const Filing& filing = ledger_.filings[i];
      // Of two disks with the same keys one is in dispute; its filings stay where they are, and in quarantine.
      if (ledger_.doubled.contains(filing.key.device)) continue;
      // Gone from its kiosk by a backup put back, and from the centre by another.
      if (!held.contains(i) && (!filing.called_arrived || centre_.restored > 0)) continue;
      const auto stored = central::find_event(database, filing.key);
      const bool there = stored && *stored && (*stored)->chain == filing.chain;
      if (!there) universe_.violated("converges", format_ticket_number(filing.number) + " is not at the centre");
    }
  });
}

}  // namespace mimika::sim
