// The journal: how an event comes to stand in it.
#include <algorithm>
#include <utility>

#include "kiosk/base/check.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/wipe.h"
#include "kiosk/store/sealed_streams.h"
#include "kiosk/store/store.h"
#include "sync/wire/event_codec.h"

namespace mimika {
namespace {

// A synced clock may be so far behind the centre's.
constexpr std::int64_t kClockToleranceMs = 60'000;
constexpr std::int64_t kStreamLifeMs = 24LL * 60 * 60 * 1000;  // a new stream daily, counted on the monotonic clock

Result<crypto::Hash> to_hash(const Bytes& bytes) {
  return crypto::to_key(bytes);
}

}  // namespace

Result<Epoch> Store::current_epoch() {
  auto query = statements_.lend("SELECT epoch FROM epoch ORDER BY life DESC LIMIT 1");
  if (!query->executeStep()) return fail(ErrorCode::kCorrupt, "the journal has no epoch");
  return Epoch{static_cast<std::uint32_t>(query->getColumn(0).getInt64())};
}

Result<Store::Head> Store::head(Epoch epoch) {
  auto query = statements_.lend(
      "SELECT seq, chain FROM event WHERE device = ? AND epoch = ? AND chain IS NOT NULL "
      "ORDER BY seq DESC LIMIT 1");
  query->bind(1, static_cast<std::int64_t>(options_.identity.device.value));
  query->bind(2, static_cast<std::int64_t>(epoch.value));
  if (!query->executeStep()) return Head{Seq{0}, wire::chain_start(options_.identity.device, epoch)};
  TRY_ASSIGN(const crypto::Hash chain, to_hash(sqlite::blob(query->getColumn(1))));
  return Head{Seq{static_cast<std::uint64_t>(query->getColumn(0).getInt64())}, chain};
}

// It is later than this, whatever the clock says: a battery that died says 1970, and a receipt should not.
WallMs Store::time_floor_ms() {
  return std::max({options_.built_ms, fact("last_contact_ms", 0), WallMs{0}});
}

EventTime Store::time_now(std::uint32_t boot) {
  EventTime time;
  const WallMs clock = std::max<WallMs>(env_.wall_ms(), 0);
  const WallMs floor = time_floor_ms();
  const bool wrong = clock < floor - kClockToleranceMs;
  time.wall_ms = wrong ? floor : clock;
  time.monotonic_ms = env_.monotonic_ms();
  time.boot = boot;
  if (clock < fact("latest_wall_ms", 0)) {
    time.confidence = ClockConfidence::kRanBackwards;
  } else if (!wrong && find_fact("synced_boot_id") == static_cast<std::int64_t>(env_.boot_id())) {
    time.confidence = ClockConfidence::kSynced;
  }
  return time;
}

Result<ClockConfidence> Store::clock_confidence() {
  return sqlite::guard("reading the clock's confidence", [&]() -> Result<ClockConfidence> {
    const bool known_boot = fact("boot_id", 0) == static_cast<std::int64_t>(env_.boot_id());
    return time_now(known_boot ? static_cast<std::uint32_t>(fact("boot", 0)) : 0).confidence;
  });
}

// The time of an event now. The first event of a boot of the machine is preceded by DeviceStarted.
Result<EventTime> Store::stamp(Epoch epoch, Head& head) {
  auto boot = static_cast<std::uint32_t>(fact("boot", 0));
  const auto boot_id = static_cast<std::int64_t>(env_.boot_id());
  if (boot == 0 || fact("boot_id", 0) != boot_id || fact("boot_epoch", -1) != epoch.value) {
    ++boot;
    set_fact("boot", boot);
    set_fact("boot_id", boot_id);
    set_fact("boot_epoch", epoch.value);
    Event started;
    started.key = {options_.identity.device, epoch, Seq{head.seq.value + 1}};
    started.time = time_now(boot);
    started.payload = DeviceStarted{options_.program_version, env_.boot_id()};
    TRY(append(started, {}, {}, head));
  }
  return time_now(boot);
}

// A stream lives for one process, one boot, one day, and limits::kStreamEvents messages, whichever ends first.
Status Store::ensure_streams(Epoch epoch, Head& head) {
  TRY_ASSIGN(const EventTime now, stamp(epoch, head));
  TRY_ASSIGN(const CentreKeysKnown centre, load_centre_keys());
  const bool usable = sealed_ && sealed_->policy_version == centre.policy_version && sealed_->epoch == epoch &&
                      sealed_->boot == now.boot && sealed_->centre.next_index() < limits::kStreamEvents &&
                      now.monotonic_ms - sealed_->opened_monotonic_ms < kStreamLifeMs;
  if (usable) return {};

  auto fresh = std::make_unique<Sealed>();
  fresh->epoch = epoch;
  fresh->boot = now.boot;
  fresh->opened_monotonic_ms = now.monotonic_ms;
  TRY_ASSIGN(fresh->centre, crypto::SealStream::open(env_, crypto::Recipient::kCentre, centre.box_key));
  fresh->policy_version = centre.policy_version;
  TRY_ASSIGN(fresh->office, crypto::SealStream::open(env_, crypto::Recipient::kOffice, options_.office_key));

  Event opened;
  opened.key = {options_.identity.device, epoch, Seq{head.seq.value + 1}};
  opened.time = now;
  opened.payload = SealStreamOpened{fresh->centre.sealed_key()};
  fresh->stream = opened.key.seq;
  TRY(append(opened, {}, fresh->office.sealed_key(), head));
  sealed_ = std::move(fresh);
  return {};
}

Status Store::append(const Event& event, ByteView sealed, ByteView office_sealed, Head& head) {
  CHECK(event.key.seq.value == head.seq.value + 1);
  const Bytes bytes = wire::encode_event(event);
  if (bytes.size() + sealed.size() > limits::kEventBytes) return fail(ErrorCode::kTooLarge, "an event over its limit");
  const crypto::Hash chain = wire::chain_next(head.chain, event.key, bytes, sealed);

  auto insert = statements_.lend(
      "INSERT INTO event (device, epoch, seq, event, sealed, office_sealed, chain) "
      "VALUES (?, ?, ?, ?, ?, ?, ?)");
  insert->bind(1, static_cast<std::int64_t>(event.key.device.value));
  insert->bind(2, static_cast<std::int64_t>(event.key.epoch.value));
  insert->bind(3, static_cast<std::int64_t>(event.key.seq.value));
  sqlite::bind_blob(*insert, 4, bytes);
  sqlite::bind_blob(*insert, 5, sealed);
  sqlite::bind_blob(*insert, 6, office_sealed);
  sqlite::bind_blob(*insert, 7, chain);
  insert->exec();
  const std::int64_t ord = database_->getLastInsertRowid();
  if (event.time.wall_ms > fact("latest_wall_ms", 0)) set_fact("latest_wall_ms", event.time.wall_ms);
  head = {event.key.seq, chain};
  return project(ord, event, Source::kOwn, std::nullopt);
}

// Of a ticket that was filed here the journal says it: without the office's copy of the filing there is none of what
// follows. Of a secret one from elsewhere nobody here can tell what it is about, so the office gets no copy.
Result<Store::OfficeSees> Store::office_sees(const Event& event, OfficeSees asked) {
  const std::optional<TicketId> ticket = ticket_of(event);
  if (asked == OfficeSees::kNo || !ticket || *ticket == event.key) return asked;
  if (ticket->device == options_.identity.device) {
    TRY_ASSIGN(const bool has, office_has_copy(*ticket));
    return has ? OfficeSees::kYes : OfficeSees::kNo;
  }
  TRY_ASSIGN(const std::optional<Ticket> known, load_ticket(*ticket));
  return known && !is_secret(known->confidentiality) ? OfficeSees::kYes : OfficeSees::kNo;
}

Status Store::append_sealed(Event event, const PrivatePart& details, OfficeSees office, Head& head) {
  event.sealed_at = SealPosition{sealed_->stream, sealed_->centre.next_index()};
  Bytes plain = wire::encode_private_part(details, dictionary().get());
  const Bytes sealed = sealed_->centre.seal(event.key, plain);
  wipe(plain);
  // The office's copy does not travel: its size costs nothing, but an officer's search will open thousands of them.
  plain = wire::encode_private_part(details, wire::Dictionaries::built_in().find(wire::kQuickDictionary).get());
  Bytes office_sealed = sealed_->office.seal(event.key, plain);  // also when it is not kept: both streams count alike
  wipe(plain);
  TRY_ASSIGN(const OfficeSees sees, office_sees(event, office));
  if (sees == OfficeSees::kNo) office_sealed.clear();
  return append(event, sealed, office_sealed, head);
}

// The newest that the centre has said it can read. Before it has said so, none: what is written now must open then.
std::shared_ptr<const wire::Dictionary> Store::dictionary() {
  const auto readable = static_cast<std::uint32_t>(fact("dictionary", 0));
  const wire::Dictionaries& known = wire::Dictionaries::built_in();
  if (readable > known.newest()) {
    const auto received = received_dictionary();
    if (received && received->version() <= readable) return received;
  }
  return known.find(std::min(readable, known.newest()));
}

Status Store::prepare_sealing() {
  return sqlite::guard("preparing to seal", [&]() -> Status {
    if (const auto used = dictionary()) used->prepare();
    return {};
  });
}

Result<std::uint32_t> Store::next_counter() {
  const auto last = static_cast<std::uint32_t>(fact("ticket_counter", 0));
  if (last >= kMaxTicketCounter) return fail(ErrorCode::kTooLarge, "this kiosk has used up its ticket numbers");
  set_fact("ticket_counter", last + 1);
  return last + 1;
}

Result<Store::Written> Store::write_event(EventPayload payload, const PrivatePart* details, OfficeSees office) {
  TRY_ASSIGN(const Epoch epoch, current_epoch());
  TRY_ASSIGN(Head top, head(epoch));
  if (details != nullptr) TRY(ensure_streams(epoch, top));
  Event event;
  TRY_ASSIGN(event.time, stamp(epoch, top));
  event.key = {options_.identity.device, epoch, Seq{top.seq.value + 1}};
  event.payload = std::move(payload);
  const EventKey key = event.key;
  const WallMs at_ms = event.time.wall_ms;
  TRY(details != nullptr ? append_sealed(std::move(event), *details, office, top) : append(event, {}, {}, top));
  return Written{key, at_ms, top};
}

void Store::note_written(const Written& written) {
  note_witness({static_cast<std::uint32_t>(fact("ticket_counter", 0)), written.key.epoch, written.head.seq},
               unsynced_filings_ + 1 < kWitnessMayLag ? Durability::kCached : Durability::kSynced);
}

Result<FiledTicket> Store::file_ticket(const NewTicket& ticket) {
  std::vector<std::string> files;
  auto filed = sqlite::guard("filing a ticket", [&]() -> Result<FiledTicket> {
    SQLite::Transaction transaction(*database_, SQLite::TransactionBehavior::IMMEDIATE);
    TicketFiled payload;
    TRY_ASSIGN(const std::uint32_t counter, next_counter());
    payload.number = {options_.identity.device_code, counter};
    payload.kind = ticket.kind;
    payload.confidentiality = ticket.confidentiality;
    payload.district = options_.identity.district;
    payload.service = ticket.service;
    payload.receipt_key = ticket.receipt_key;
    PrivatePart details = ticket.details;
    // Of a secret ticket the public part says only that something was filed, and when.
    if (is_secret(ticket.confidentiality)) {
      details.category = ticket.category;
      details.kampung = ticket.kampung;
    } else {
      payload.category = ticket.category;
      payload.kampung = ticket.kampung;
    }

    const OfficeSees office = ticket.hidden_from_office ? OfficeSees::kNo : OfficeSees::kYes;
    const auto written = write_event(payload, &details, office);
    wipe(details);
    if (!written) return std::unexpected(written.error());
    Written last = *written;
    if (ticket.assisted) {
      TicketAssisted assisted = *ticket.assisted;
      assisted.ticket = written->key;
      TRY_ASSIGN(last, write_event(std::move(assisted), nullptr));
    }
    for (const NewMedia& media : ticket.media) {
      TRY_ASSIGN(last, write_attachment({written->key, media.media, media.content, media.preview}, files));
    }
    transaction.commit();
    note_written(last);
    return FiledTicket{payload.number, written->key, written->at_ms, written->head.chain};
  });
  if (!filed) {
    sealed_.reset();
    drop_files(files);
  }
  return filed;
}

}  // namespace mimika
