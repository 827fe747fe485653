// What the actions of a plan do.
#include <algorithm>
#include <array>

#include "sync/central/store/documents.h"
#include "sync/central/store/feed.h"
#include "sync/central/store/tickets.h"
#include "sync/central/workflow/policy.h"
#include "tests/sim/world.h"

namespace mimika::sim {
namespace {

using central::TicketAction;

constexpr std::uint64_t kSoon = 60;  // a fault strikes within so many writes

central::Account account_of(Role role, const OpdId& opd) {
  central::Account account;
  account.login = "petugas" + std::to_string(static_cast<int>(role));
  account.full_name = "Petugas";
  account.role = role;
  account.opd = opd;
  return account;
}

}  // namespace

void World::act(const Action& action) {
  SimKiosk& kiosk = *seats_[action.kiosk % seats_.size()].kiosk;
  switch (action.kind) {
    case Kind::kFile:
      file(kiosk);
      break;
    case Kind::kOfficer:
      officer();
      break;
    case Kind::kReadPrivate:
      read_private();
      break;
    case Kind::kIdle:
      if (kiosk.up()) {
        const Status done = kiosk.desk().checkpoint();
        if (done) kiosk.witness_is_synced();
        kiosk.settle();
        touched(kiosk);
      }
      break;
    case Kind::kSyncNow:
      if (kiosk.up()) sync(kiosk);
      break;
    case Kind::kForgeCall:
      forge(kiosk);
      break;
    case Kind::kLyingKiosk:
      lie_as_kiosk();
      break;
    case Kind::kReplayCall:
      replay(kiosk);
      break;
    case Kind::kAttach:
      attach(kiosk);
      break;
    case Kind::kSayMore:
      say_more(kiosk);
      break;
    case Kind::kPass:
    case Kind::kEnd:
      break;
    default:
      act_on_network(action, kiosk);
      act_on_machine(action, kiosk);
      act_on_disk(action, kiosk);
      act_on_centre(action);
      act_on_stick(action, kiosk);
      break;
  }
}

void World::act_on_network(const Action& action, SimKiosk& kiosk) {
  Weather& weather = kiosk.weather;
  switch (action.kind) {
    case Kind::kLinkDown:
      weather.link = false;
      break;
    case Kind::kLinkUp:
      weather.link = true;
      if (kiosk.up()) kiosk.schedule->nudge(sync::Nudge::kLinkUp, kiosk.env.monotonic_ms());
      break;
    case Kind::kWeather:
      weather.lost_percent = static_cast<unsigned>(universe_.rng.below(60));
      break;
    case Kind::kLoseRequest:
      weather.lose_request = true;
      break;
    case Kind::kCutRequest:
      weather.cut_request = true;
      break;
    case Kind::kLoseAnswer:
      weather.lose_answer = true;
      break;
    case Kind::kDamageCall:
      weather.damage_call = true;
      break;
    case Kind::kDamageAnswer:
      weather.damage_answer = true;
      break;
    case Kind::kDuplicate:
      weather.duplicate = true;
      break;
    case Kind::kReplayAnswer:
      weather.replay_answer = true;
      break;
    case Kind::kStranger:
      weather.stranger = true;
      break;
    case Kind::kLyingCentre:
      weather.lie = true;
      break;
    default:
      break;
  }
}

void World::act_on_machine(const Action& action, SimKiosk& kiosk) {
  const std::uint64_t nth = 1 + universe_.rng.below(kSoon);
  switch (action.kind) {
    case Kind::kReboot:
      if (!kiosk.up()) break;
      kiosk.stop();
      kiosk.env.reboot();
      if (!kiosk.up_again_ms) kiosk.up_again_ms = universe_.now_ms + kMinuteMs;
      break;
    case Kind::kKill:
      kiosk.fail_at(nth, SimKiosk::Crash::kKill);
      break;
    case Kind::kPowerCut:
      kiosk.fail_at(nth, SimKiosk::Crash::kPowerCut);
      break;
    case Kind::kIoError:
      universe_.count("I/O errors");
      kiosk.fail_at(nth, test::Fault::kIoError);
      break;
    case Kind::kReadError:
      universe_.count("read errors");
      kiosk.fail_at(nth, test::Fault::kReadError);
      break;
    case Kind::kDiskFull:
      universe_.count("full disks");
      kiosk.fail_at(nth, test::Fault::kDiskFull);
      kiosk.repaired_ms = universe_.now_ms + static_cast<std::int64_t>(universe_.rng.below(3 * kDayMs));
      break;
    case Kind::kClock: {
      universe_.count("wrong clocks");
      const std::int64_t wrong[] = {-universe_.now_ms, 2'300'000'000'000, 0, kHourMs, -kHourMs, -kDayMs * 400};
      kiosk.env.wrong_by_ms = wrong[universe_.rng.below(std::size(wrong))];
      break;
    }
    default:
      break;
  }
}

void World::act_on_disk(const Action& action, SimKiosk& kiosk) {
  const auto restart = [&] {
    kiosk.up_again_ms = universe_.now_ms + static_cast<std::int64_t>(universe_.rng.below(kHourMs));
  };
  switch (action.kind) {
    case Kind::kBackup:
      kiosk.backup = kiosk.copy();
      break;
    case Kind::kRestoreDatabase:
      if (!kiosk.backup) break;
      universe_.count("restored databases");
      kiosk.stop();
      // Between a power cut and the next start the witness may not know better than the backup does.
      if (kiosk.truth.witness_behind) ledger_.doubled.insert(kiosk.device());
      kiosk.put_back(*kiosk.backup, false);
      restart();
      break;
    case Kind::kRestoreFolder:
      if (!kiosk.backup) break;
      universe_.count("restored folders");
      kiosk.stop();
      ledger_.doubled.insert(kiosk.device());
      kiosk.put_back(*kiosk.backup, true);
      restart();
      break;
    case Kind::kLoseDatabase:
      universe_.count("lost databases");
      kiosk.stop();
      if (kiosk.truth.witness_behind) ledger_.doubled.insert(kiosk.device());
      kiosk.lose_database();
      restart();
      break;
    case Kind::kClone:
      clone(kiosk);
      break;
    default:
      break;
  }
}

void World::act_on_centre(const Action& action) {
  const std::uint64_t nth = 1 + universe_.rng.below(kSoon);
  switch (action.kind) {
    case Kind::kCentreKill:
      centre_.fail_at(nth, SimCentre::Crash::kKill);
      break;
    case Kind::kCentrePowerCut:
      centre_.fail_at(nth, SimCentre::Crash::kPowerCut);
      break;
    case Kind::kCentreIoError:
      universe_.count("I/O errors at the centre");
      centre_.fail_at(nth, test::Fault::kIoError);
      break;
    case Kind::kCentreDiskFull:
      universe_.count("full disks at the centre");
      centre_.fail_at(nth, test::Fault::kDiskFull);
      break;
    case Kind::kCentreDown:
      if (!centre_.up()) break;
      universe_.count("centre stops");
      centre_.stop();
      centre_.settle();
      centre_.up_again_ms = universe_.now_ms + static_cast<std::int64_t>(universe_.rng.below(3 * kDayMs));
      break;
    case Kind::kPublish:
      publish();
      break;
    case Kind::kPolicy:
      change_policy();
      break;
    case Kind::kCentreBackup:
      centre_.back_up();
      break;
    case Kind::kCentreRestore:
      if (!centre_.has_backup()) break;
      universe_.count("restored centres");
      centre_.restore_backup();
      centre_.up_again_ms = universe_.now_ms + kHourMs;
      for (Seat& seat : seats_) seat.kiosk->arrival_checked.clear();
      break;
    default:
      break;
  }
}

void World::file(SimKiosk& kiosk) {
  if (!kiosk.up()) return;
  const auto& categories = sim_catalogue().categories;
  NewTicket ticket;
  ticket.confidentiality = static_cast<Confidentiality>(universe_.rng.below(5));
  ticket.category = categories[universe_.rng.below(categories.size())].id;
  ticket.receipt_key = receipt_;
  ticket.details.story = "cerita " + std::to_string(++stories_);
  const auto filed = kiosk.desk().file_ticket(ticket);
  if (!filed) {
    universe_.trace.say("  not filed: {}", filed.error().message);
    universe_.count("filings refused");
    if (!kiosk.struck() && !kiosk.repaired_ms) universe_.violated("files", kiosk.name() + ": " + filed.error().message);
    kiosk.settle();
    return;
  }
  universe_.count("filings");
  const std::size_t index = ledger_.filings.size();
  ledger_.filings.push_back({kiosk.index_, filed->number, filed->key, filed->chain, ticket.details.story, false});
  kiosk.truth.filings.insert(index);
  universe_.trace.say("  filed {} as {}", format_ticket_number(filed->number), to_string(filed->key));
  check_numbers(ledger_.filings.back());
  kiosk.note_witness();
  kiosk.schedule->nudge(sync::Nudge::kFiled, kiosk.env.monotonic_ms());
  kiosk.settle();
  touched(kiosk);
}

void World::attach(SimKiosk& kiosk) {
  if (!kiosk.up() || kiosk.truth.filings.empty()) return;
  const std::size_t nth = universe_.rng.below(kiosk.truth.filings.size());
  const Filing& filing = ledger_.filings[*std::next(kiosk.truth.filings.begin(), static_cast<std::ptrdiff_t>(nth))];
  Bytes photo(1 + universe_.rng.below(30'000));
  kiosk.env.fill_random(photo);
  const ByteView preview = ByteView(photo).first(std::min<std::size_t>(photo.size(), 900));
  const auto attached = kiosk.desk().attach({filing.key, MediaKind::kPhoto, photo, preview});
  universe_.trace.say("  {} attaches {} bytes to {}: {}", kiosk.name(), photo.size(), to_string(filing.key),
                      attached ? to_string(*attached) : attached.error().message);
  // A ticket has as many as it may, or the disk is in trouble.
  const bool may_refuse =
      attached || attached.error().code == ErrorCode::kTooLarge || kiosk.struck() || kiosk.repaired_ms;
  if (!may_refuse) universe_.violated("attaches", kiosk.name() + ": " + attached.error().message);
  universe_.count(attached ? "attachments" : "attachments refused");
  kiosk.note_witness();
  kiosk.settle();
  touched(kiosk);
}

// The person comes back, to the kiosk of the filing or to another one of the district.
void World::say_more(SimKiosk& kiosk) {
  if (!kiosk.up()) return;
  const auto known = kiosk.desk().tickets(50);
  if (!known || known->empty()) return kiosk.settle();
  const Ticket& ticket = (*known)[universe_.rng.below(known->size())];
  const std::uint64_t what = universe_.rng.below(4);
  Result<EventKey> said = fail(ErrorCode::kInternal, "nothing said");
  if (what == 0) {
    said = kiosk.desk().rate(ticket.id, static_cast<Score>(1 + universe_.rng.below(kBestScore)));
  } else if (what == 1) {
    said = kiosk.desk().answer_survey({4, 3, 2, 1, 0, 1, 2, 3, 4});
  } else {
    const auto kind = what == 2 ? NewReply::Kind::kReopen : NewReply::Kind::kReply;
    Bytes photo(1 + universe_.rng.below(3'000));
    kiosk.env.fill_random(photo);
    std::vector<NewMedia> shown;
    if (universe_.rng.below(4) == 0) shown.push_back({MediaKind::kPhoto, photo, {}});
    said = kiosk.desk().reply({ticket.id, "Masih sama.", kind, shown});
  }
  universe_.trace.say("  {} says more of {}: {}", kiosk.name(), to_string(ticket.id),
                      said ? to_string(*said) : said.error().message);
  // As the ticket stands it may be impossible, a lying kiosk filed it with a key that is none, or the disk is in
  // trouble.
  const bool may_refuse = said || said.error().code == ErrorCode::kConflict ||
                          said.error().code == ErrorCode::kInvalidInput || said.error().code == ErrorCode::kTooLarge ||
                          kiosk.struck() || kiosk.repaired_ms;
  if (!may_refuse) universe_.violated("says", kiosk.name() + ": " + said.error().message);
  universe_.count(said ? "said more" : "not said");
  kiosk.note_witness();
  kiosk.settle();
  touched(kiosk);
}

void World::publish() {
  if (!centre_.up()) return;
  centre_.with_database([&](central::Database& database) {
    const auto& districts = sim_catalogue().districts;
    const DistrictCode district =
        universe_.rng.percent(50) ? DistrictCode{} : districts[universe_.rng.below(plan_.districts)].code;
    std::string text = "[\"" + std::to_string(universe_.rng.next());
    text += std::string(universe_.rng.below(20'000), 'x') + "\"]";
    const auto version = central::in_transaction(database, [&] {
      return central::publish_document(database, wire::DocumentKind::kAnnouncements, district, as_bytes(text),
                                       centre_.env.wall_ms());
    });
    universe_.trace.say("  announcements for {}: {}", district.value.empty() ? "all" : district.value,
                        version ? std::to_string(*version) : version.error().message);
    universe_.count("documents");
  });
  centre_.settle();
}

void World::change_policy() {
  if (!centre_.up()) return;
  centre_.with_database([&](central::Database& database) {
    const auto days = static_cast<std::uint32_t>(1 + universe_.rng.below(60));
    const auto changed = central::change_policy(database, centre_.env, centre_.keys,
                                                [&](wire::Policy& policy) { policy.staff_days = days; });
    universe_.trace.say("  policy: {}", changed ? std::to_string(changed->version) : changed.error().message);
    universe_.count("policies");
  });
  centre_.settle();
}

void World::officer() {
  if (!centre_.up()) return;
  centre_.with_database([&](central::Database& database) {
    const auto count = central::count_tickets(database, {});
    if (!count || *count == 0) return;
    central::TicketFilter filter;
    filter.limit = 1;
    filter.offset = static_cast<int>(universe_.rng.below(static_cast<std::uint64_t>(*count)));
    const auto rows = central::list_tickets(database, filter);
    if (!rows || rows->empty()) return;
    const Ticket& ticket = rows->front().ticket;

    static constexpr std::array kActions = {TicketAction::kVerify,   TicketAction::kAssign,   TicketAction::kAssign,
                                            TicketAction::kFollowUp, TicketAction::kFollowUp, TicketAction::kHold,
                                            TicketAction::kResolve,  TicketAction::kArchive,  TicketAction::kMessage};
    central::ActionRequest request;
    request.action = kActions[universe_.rng.below(kActions.size())];
    request.ticket = ticket.id;
    // Now and then somebody acts on what they saw before.
    request.seen_entries = ticket.timeline.size() - (universe_.rng.percent(5) ? 1 : 0);
    const auto& opds = sim_catalogue().opds;
    const bool assigns = request.action == TicketAction::kAssign;
    request.text = assigns ? opds[universe_.rng.below(opds.size())].id.value : "Kami kerjakan minggu ini.";
    const bool opd_does = request.action == TicketAction::kFollowUp || request.action == TicketAction::kHold ||
                          request.action == TicketAction::kResolve;
    const bool staff = central::is_about_staff(rows->front(), sim_catalogue());
    const Role opd_role = staff ? Role::kInspectorate : Role::kOpdPic;
    const central::Account account =
        opd_does ? account_of(opd_role, ticket.opd.value_or(OpdId{})) : account_of(Role::kSuperAdmin, {});
    const Status done = centre_.officers().act(database, account, request);
    universe_.trace.say("  officer: action {} on {}: {}", static_cast<int>(request.action), to_string(ticket.id),
                        done ? "done" : error_code_name(done.error().code));
    universe_.count(done ? "officers' actions" : "officers' actions refused");
  });
  centre_.settle();
}

void World::read_private() {
  if (!centre_.up() || ledger_.filings.empty()) return;
  const Filing& filing = ledger_.filings[universe_.rng.below(ledger_.filings.size())];
  if (ledger_.doubled.contains(filing.key.device)) return;
  centre_.with_database([&](central::Database& database) {
    const auto row = central::find_ticket(database, filing.key);
    if (!row || !*row) return;
    const auto opened = centre_.officers().open(database, account_of(Role::kSuperAdmin, {}), filing.key,
                                                central::Permission::kOpenPrivatePart);
    if (!opened) {
      const ErrorCode code = opened.error().code;
      if (code == ErrorCode::kStorageFailed || code == ErrorCode::kStorageFull || code == ErrorCode::kStorageReadOnly)
        return;
      universe_.violated("readable", to_string(filing.key) + " does not open: " + opened.error().message);
    }
    universe_.count("private readings");
    if (opened->filing.part().story != filing.story)
      universe_.violated("readable", to_string(filing.key) + " tells another story");
  });
  centre_.settle();
}

void World::lie_as_kiosk() {
  std::string what;
  const DeviceId other = seats_[universe_.rng.below(seats_.size())].kiosk->device();
  const Bytes call = liar_->next_call(universe_.rng, other, what);
  const auto response = centre_.post("/v1/sync", call);
  universe_.trace.say("  the lying kiosk sends {}: {}", what, response ? response->status : 0);
  universe_.count("lies of a kiosk");
}

void World::forge(SimKiosk& kiosk) {
  const auto& heard = seats_[kiosk.index_].network->overheard.calls;
  std::optional<Bytes> overheard;
  if (!heard.empty()) overheard = heard[universe_.rng.below(heard.size())];
  std::string what;
  const Bytes call =
      forged_call(universe_.rng, centre_.env, kiosk.device(), centre_.keys.box.public_key(), overheard, what);
  const auto response = centre_.post("/v1/sync", call);
  universe_.trace.say("  forged: {}: {}", what, response ? response->status : 0);
  universe_.count("forged calls");
  if (response && response->status == 200) universe_.violated("forgery", "the centre took " + what);
}

void World::replay(SimKiosk& kiosk) {
  const auto& heard = seats_[kiosk.index_].network->overheard.calls;
  if (heard.empty()) return;
  const auto response = centre_.post("/v1/sync", heard[universe_.rng.below(heard.size())]);
  universe_.trace.say("  an old call of {} comes: {}", kiosk.name(), response ? response->status : 0);
  universe_.count("replayed calls");
}

// The whole disk, copied as it runs, into a second machine.
void World::clone(SimKiosk& kiosk) {
  if (seats_.size() >= 2 * std::size_t{plan_.kiosks} + 2) return;
  universe_.count("clones");
  const DiskCopy copy = kiosk.copy();
  ledger_.doubled.insert(kiosk.device());
  add_kiosk(kiosk.identity());
  SimKiosk& twin = *seats_.back().kiosk;
  twin.put_back(copy, true);
  // Whatever a lying centre left on the disk was copied as well.
  twin.lied_to_feed = kiosk.lied_to_feed;
  twin.lied_to_watermark = kiosk.lied_to_watermark;
  universe_.trace.say("  {} is cloned as {}", kiosk.name(), twin.name());
}

}  // namespace mimika::sim
