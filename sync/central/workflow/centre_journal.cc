#include "sync/central/workflow/centre_journal.h"

#include <charconv>

#include "sync/central/projection/projector.h"
#include "sync/central/store/journals.h"
#include "sync/central/store/meta.h"
#include "sync/wire/event_codec.h"

namespace mimika::central {
namespace {

constexpr const char* kEpochName = "centre_epoch";
constexpr const char* kBootName = "centre_boot_id";
constexpr const char* kBootsName = "centre_boots";

Result<std::uint64_t> number_in_meta(Database& database, const std::string& name, std::uint64_t missing) {
  TRY_ASSIGN(const auto text, find_meta(database, name));
  if (!text) return missing;
  std::uint64_t number = 0;
  const auto [end, problem] = std::from_chars(text->data(), text->data() + text->size(), number);
  if (problem != std::errc() || end != text->data() + text->size()) {
    return fail(ErrorCode::kCorrupt, "the database's note " + name + " is no number");
  }
  return number;
}

Result<Epoch> centre_epoch(Database& database, Env& env) {
  TRY_ASSIGN(std::uint64_t number, number_in_meta(database, kEpochName, 0));
  if (number == 0) {
    while (number == 0) number = random_integer<std::uint32_t>(env);
    TRY(save_meta(database, kEpochName, std::to_string(number)));
  }
  return Epoch{static_cast<std::uint32_t>(number)};
}

}  // namespace

Status CentreJournal::note_start(Database& database, const std::string& version) {
  return in_transaction(database, [&]() -> Status {
    TRY_ASSIGN(const std::uint64_t last_boot, number_in_meta(database, kBootName, 0));
    TRY_ASSIGN(const std::uint64_t boots, number_in_meta(database, kBootsName, 0));
    if (boots > 0 && last_boot == env_.boot_id()) return {};
    TRY(save_meta(database, kBootName, std::to_string(env_.boot_id())));
    TRY(save_meta(database, kBootsName, std::to_string(boots + 1)));
    TRY(append(database, DeviceStarted{version, env_.boot_id()}));
    return {};
  });
}

Result<Event> CentreJournal::append(Database& database, EventPayload payload) {
  TRY_ASSIGN(const Epoch epoch, centre_epoch(database, env_));
  TRY_ASSIGN(auto journal, find_journal(database, kCentreDevice, epoch));
  JournalHead head = journal.value_or(JournalHead{Seq{0}, wire::chain_start(kCentreDevice, epoch), 0});
  TRY_ASSIGN(const std::uint64_t boots, number_in_meta(database, kBootsName, 0));

  Event event;
  event.key = {kCentreDevice, epoch, Seq{head.last_seq.value + 1}};
  event.time.wall_ms = env_.wall_ms();
  event.time.monotonic_ms = env_.monotonic_ms();
  event.time.boot = static_cast<std::uint32_t>(boots);
  event.time.confidence = ClockConfidence::kSynced;  // the centre's clock is the one the others are held against
  event.payload = std::move(payload);

  StoredEvent stored{event.key, 0, wire::encode_event(event), {}, {}, event.time.wall_ms, std::nullopt};
  stored.chain = wire::chain_next(head.chain, event.key, stored.event, stored.sealed);
  TRY(insert_event(database, stored));
  TRY(Projector(keys_).apply(database, event, stored.sealed, stored.position, event.time.wall_ms));
  head.last_seq = event.key.seq;
  head.chain = stored.chain;
  TRY(save_journal(database, kCentreDevice, epoch, head));
  return event;
}

}  // namespace mimika::central
