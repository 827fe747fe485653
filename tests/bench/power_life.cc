#include "tests/bench/power_life.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "kiosk/base/files.h"
#include "kiosk/sqlite/database.h"
#include "sync/wire/event_codec.h"

namespace mimika::bench {
namespace {

constexpr WallMs kStart = 1'795'500'000'000;  // 2026-11-24
constexpr WallMs kHour = 3'600'000;
constexpr DeviceId kDevice{7};
constexpr std::size_t kWitnessBytes = 100;
constexpr std::size_t kWordsKept = 20;

Event neighbour_filed(std::uint64_t seq) {
  TicketFiled filed;
  filed.number = {DeviceCode{"JLA2"}, static_cast<std::uint32_t>(seq)};
  filed.district = DistrictCode{"94.04.06"};
  filed.category = CategoryId{"jalan"};
  Event event;
  event.key = {DeviceId{8}, Epoch{5}, Seq{seq}};
  event.time = {.wall_ms = kStart, .monotonic_ms = 5000, .boot = 1, .confidence = ClockConfidence::kSynced};
  event.payload = filed;
  return event;
}

NewTicket some_complaint(Dice& dice) {
  NewTicket ticket;
  ticket.category = CategoryId{"jalan"};
  ticket.kampung = KampungCode{"94.04.06.2001"};
  ticket.receipt_key.fill(7);
  ticket.details.story = "Jalan rusak di depan sekolah. ";
  // Now and then one that takes several pages.
  const std::uint64_t letters = dice.one_in(10) ? dice.below(4000) : dice.below(300);
  for (std::uint64_t i = 0; i < letters; ++i) ticket.details.story += static_cast<char>('a' + dice.below(26));
  if (dice.one_in(5)) ticket.confidentiality = Confidentiality::kSecret;
  return ticket;
}

}  // namespace

void Findings::add(const Findings& other) {
  saved += other.saved;
  lost += other.lost;
  doubled += other.doubled;
  broken += other.broken;
  for (const std::string& word : other.words) {
    if (words.size() < kWordsKept) words.push_back(word);
  }
}

PowerLife::PowerLife(test::FaultVfs& vfs, std::uint64_t seed)
    : vfs_(vfs),
      seed_(seed),
      dice_(seed),
      env_(kStart, seed + 1),
      centre_key_(crypto::BoxKey::generate(env_)),
      office_key_(crypto::BoxKey::generate(env_)) {}

StoreOptions PowerLife::options() const {
  StoreOptions options;
  options.folder = folder_.path();
  options.identity = {kDevice, DeviceCode{"JLA1"}, DistrictCode{"94.04.06"}};
  options.centre_key = centre_key_.public_key();
  options.office_key = office_key_.public_key();
  options.program_version = "bench";
  return options;
}

void PowerLife::found(std::uint64_t& count, const std::string& words) {
  ++count;
  if (findings_.words.size() < kWordsKept) findings_.words.push_back("seed " + std::to_string(seed_) + ": " + words);
}

void PowerLife::step() {
  if (vfs_.powered_off()) return;
  const std::uint64_t choice = dice_.below(100);
  if (choice < 45) {
    file(1 + dice_.below(4));
  } else if (choice < 65) {
    synchronise();
  } else if (choice < 78) {
    checkpoint();
  } else if (choice < 88) {
    restart();
    open();
  } else if (choice < 94) {
    store_.reset();
    env_.reboot();
  } else {
    jump_clock();
  }
}

void PowerLife::open() {
  if (store_ || vfs_.powered_off()) return;
  auto opened = Store::open(options(), env_);
  if (!opened) return;  // the disk refused just then; the next step tries again
  store_ = *std::move(opened);
  note_witness_on_disk();
  if (!store_->notice().set_aside_path.empty()) found(findings_.broken, "a journal was set aside");
}

void PowerLife::file(std::uint64_t count) {
  for (std::uint64_t i = 0; i < count && !vfs_.powered_off(); ++i) {
    env_.advance_ms(1000);
    const NewTicket ticket = some_complaint(dice_);
    open();
    if (!store_) continue;
    if (const auto filed = store_->file_ticket(ticket); filed) promise(*filed);
  }
}

void PowerLife::promise(const FiledTicket& filed) {
  ++findings_.saved;
  if (!promises_.emplace(filed.number, Promise{filed}).second) {
    found(findings_.doubled, format_ticket_number(filed.number) + " was given twice");
  }
}

std::optional<wire::Answer> PowerLife::take_call(const Outgoing& out) {
  auto& chains = centre_chains_[out.epoch];
  if (chains.empty()) chains.push_back(wire::chain_start(kDevice, out.epoch));
  const std::uint64_t before = out.first_seq.value - 1;
  if (before >= chains.size() || chains[before] != out.chain_before) {
    found(findings_.broken, "a call does not follow what the centre holds");
    return std::nullopt;
  }
  const std::size_t taken = dice_.one_in(3) ? dice_.below(out.records.size() + 1) : out.records.size();
  for (std::size_t i = 0; i < taken; ++i) {
    const EventKey key{kDevice, out.epoch, Seq{out.first_seq.value + i}};
    const crypto::Hash chain =
        wire::chain_next(chains[key.seq.value - 1], key, out.records[i].event, out.records[i].sealed);
    if (key.seq.value == chains.size()) {
      chains.push_back(chain);
    } else if (chains[key.seq.value] != chain) {
      found(findings_.broken, "event " + to_string(key) + " was sent in two forms");
      return std::nullopt;
    }
  }
  wire::Answer answer;
  answer.acknowledged = Seq{chains.size() - 1};
  answer.chain_at = wire::chain_mark(chains.back());
  answer.server_ms = env_.wall_ms();
  for (std::uint64_t i = dice_.below(3); i > 0; --i) {
    const Event event = neighbour_filed(centre_feed_.size() + 1);
    centre_feed_.push_back({FeedSeq{centre_feed_.size() + 1}, event.key, wire::encode_event(event), kStart});
  }
  for (std::size_t i = out.feed_cursor.value; i < centre_feed_.size(); ++i) answer.feed.push_back(centre_feed_[i]);
  return answer;
}

void PowerLife::synchronise() {
  const std::size_t most = dice_.one_in(2) ? 1000 : 1 + dice_.below(10);
  open();
  if (!store_) return;
  const auto out = store_->outgoing(most, 1'000'000);
  if (!out) return;
  if (!store_->next_call_no(out->epoch)) return;
  const auto answer = take_call(*out);
  if (!answer || dice_.one_in(5)) return;  // the link went before the answer came
  if (!store_->apply_answer(out->epoch, *answer)) return;
  feed_cursor_ = std::max<std::uint64_t>(feed_cursor_, centre_feed_.size());
  for (auto& [number, promise] : promises_) {
    const EventKey& key = promise.filed.key;
    if (key.epoch == out->epoch && key.seq <= answer->acknowledged) promise.arrived = true;
  }
}

void PowerLife::checkpoint() {
  if (store_ && store_->checkpoint()) note_witness_on_disk();
}

void PowerLife::jump_clock() {
  const auto hours = static_cast<std::int64_t>(dice_.below(200));
  env_.set_wall_ms(dice_.one_in(2) ? kStart - hours * kHour : kStart + hours * kHour);
}

void PowerLife::restart() {
  store_.reset();
  if (!vfs_.powered_off()) note_witness_on_disk();
}

void PowerLife::note_witness_on_disk() {
  if (auto content = read_file(folder_ / "journal.witness", kWitnessBytes)) witness_on_disk_ = *std::move(content);
}

void PowerLife::restore_power(test::Unsynced fate, std::uint64_t seed) {
  store_.reset();
  vfs_.clear();
  vfs_.lose_unsynced(fate, seed);
  // What was written over in the system's cache is on the disk, or is not.
  const std::string path = folder_ / "journal.witness";
  if (seed % 2 == 0 && witness_on_disk_) {
    if (!write_file_durably(path, *witness_on_disk_, FileMode::kPublic)) found(findings_.broken, "no witness");
  } else if (seed % 2 == 0) {
    std::filesystem::remove(path);
  }
  env_.reboot();
}

// Every own filing in the journal, by its number.
std::map<TicketNumber, PowerLife::Filed> PowerLife::read_journal() {
  std::map<TicketNumber, Filed> journal;
  auto database = sqlite::open(folder_ / "journal.db", {.mode = sqlite::OpenMode::kReadOnly});
  if (!database) {
    found(findings_.broken, database.error().message);
    return journal;
  }
  SQLite::Statement rows(**database,
                         "SELECT epoch, seq, event, chain FROM event WHERE device = ? AND chain IS NOT NULL");
  rows.bind(1, static_cast<std::int64_t>(kDevice.value));
  while (rows.executeStep()) {
    const EventKey key{kDevice, Epoch{static_cast<std::uint32_t>(rows.getColumn(0).getInt64())},
                       Seq{static_cast<std::uint64_t>(rows.getColumn(1).getInt64())}};
    const auto event = wire::decode_event(key, sqlite::blob(rows.getColumn(2)));
    if (!event) {
      found(findings_.broken, "event " + to_string(key) + " cannot be read");
      continue;
    }
    const auto* filed = std::get_if<TicketFiled>(&event->payload);
    if (filed == nullptr) continue;
    if (!journal.emplace(filed->number, Filed{key, sqlite::blob(rows.getColumn(3))}).second) {
      found(findings_.doubled, format_ticket_number(filed->number) + " stands twice in the journal");
    }
  }
  check_centre();
  return journal;
}

// The centre never holds an event that the kiosk has not, or has otherwise.
void PowerLife::check_centre() {
  auto database = sqlite::open(folder_ / "journal.db", {.mode = sqlite::OpenMode::kReadOnly});
  if (!database) return;
  for (const auto& [epoch, chains] : centre_chains_) {
    if (chains.size() < 2) continue;
    const EventKey last{kDevice, epoch, Seq{chains.size() - 1}};
    if (chain_of(**database, last) != Bytes(chains.back().begin(), chains.back().end())) {
      found(findings_.broken, "the centre has event " + to_string(last) + " otherwise");
    }
  }
}

Bytes PowerLife::chain_of(SQLite::Database& database, const EventKey& key) {
  SQLite::Statement row(database, "SELECT chain FROM event WHERE device = ? AND epoch = ? AND seq = ?");
  row.bind(1, static_cast<std::int64_t>(key.device.value));
  row.bind(2, static_cast<std::int64_t>(key.epoch.value));
  row.bind(3, static_cast<std::int64_t>(key.seq.value));
  return row.executeStep() ? sqlite::blob(row.getColumn(0)) : Bytes();
}

// The chain hash covers the event and its sealed part: where it is the promised one, nothing of the filing changed.
void PowerLife::check_promise(const TicketNumber& number, const Promise& promise,
                              const std::map<TicketNumber, Filed>& journal) {
  const std::string name = format_ticket_number(number);
  const auto row = journal.find(number);
  if (row == journal.end()) return found(findings_.lost, name + " is not in the journal");
  const FiledTicket& filed = promise.filed;
  if (row->second.key != filed.key || row->second.chain != Bytes(filed.chain.begin(), filed.chain.end())) {
    return found(findings_.lost, name + " is not what it was");
  }
  const auto ticket = store_->find_ticket(number);
  if (!ticket || !*ticket || (*ticket)->id != filed.key || (*ticket)->filed_ms != filed.filed_ms) {
    return found(findings_.lost, name + " is not among the tickets");
  }
  if (promise.arrived && !(*ticket)->arrived_ms) found(findings_.broken, name + " had arrived");
}

void PowerLife::check() {
  store_.reset();
  auto opened = Store::open(options(), env_);
  if (!opened) {
    findings_.lost += promises_.size();
    return found(findings_.broken, "does not open: " + opened.error().message);
  }
  store_ = *std::move(opened);
  note_witness_on_disk();
  if (!store_->notice().set_aside_path.empty()) found(findings_.broken, "a journal was set aside");
  if (store_->notice().restored) found(findings_.broken, "a power cut was taken for a restored backup");
  if (const Status verified = store_->verify(); !verified) found(findings_.broken, verified.error().message);
  try {
    const auto journal = read_journal();
    for (const auto& [number, promised] : promises_) check_promise(number, promised, journal);
    const auto status = store_->status();
    if (!status || status->feed_cursor.value < feed_cursor_) found(findings_.broken, "the feed went back");
    const auto next = store_->file_ticket(some_complaint(dice_));
    if (!next) return found(findings_.broken, "nothing can be filed: " + next.error().message);
    if (journal.contains(next->number)) found(findings_.doubled, format_ticket_number(next->number) + " given again");
    promise(*next);
  } catch (const SQLite::Exception& problem) {
    found(findings_.broken, problem.what());
  }
}

}  // namespace mimika::bench
