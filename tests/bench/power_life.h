// A kiosk's life as the dice fall, on a disk that may fail (tests/support/fault_vfs.h): filings, calls to a centre that
// takes all or some and whose answers may be lost, checkpoints, restarts, reboots, clocks that jump. It writes down
// what it was promised, and afterwards looks whether every promise was kept. The same seed lives the same life, as far
// as the faults let it.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "kiosk/crypto/keys.h"
#include "kiosk/store/store.h"
#include "tests/support/fault_vfs.h"
#include "tests/support/memory_folder.h"

namespace mimika::bench {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : env_(0, seed) {}
  std::uint64_t below(std::uint64_t limit) { return random_integer<std::uint64_t>(env_) % limit; }
  bool one_in(std::uint64_t count) { return below(count) == 0; }

 private:
  FakeEnv env_;
};

// What was not as promised. All zero, or something is wrong with the store.
struct Findings {
  std::uint64_t saved = 0;    // filings that were called saved
  std::uint64_t lost = 0;     // of them, not there afterwards or not the same
  std::uint64_t doubled = 0;  // numbers given twice
  std::uint64_t broken = 0;   // journals that do not open, verify or agree with the centre, arrivals taken back
  std::vector<std::string> words;

  [[nodiscard]] bool clean() const { return lost + doubled + broken == 0; }
  void add(const Findings& other);
};

class PowerLife {
 public:
  PowerLife(test::FaultVfs& vfs, std::uint64_t seed);

  // One thing that happens to a kiosk. Nothing while the power is off.
  void step();
  // Closes everything; then the machine is switched on, with what the disk had. `fate`: of what no sync had confirmed.
  void restore_power(test::Unsynced fate, std::uint64_t seed);
  // The same without a cut: the program is started anew on a disk that is well again.
  void restart();
  void open();
  // Opens, and holds the journal against every promise.
  void check();
  [[nodiscard]] const Findings& findings() const { return findings_; }

 private:
  struct Promise {
    FiledTicket filed;
    bool arrived = false;
  };
  struct Filed {
    EventKey key;
    Bytes chain;
  };

  void file(std::uint64_t count);
  void synchronise();
  void checkpoint();
  void jump_clock();
  void promise(const FiledTicket& filed);
  // The centre's side of a call: what it acknowledges; nothing when the call does not follow what it holds.
  std::optional<wire::Answer> take_call(const Outgoing& out);
  void note_witness_on_disk();
  void check_promise(const TicketNumber& number, const Promise& promise, const std::map<TicketNumber, Filed>& journal);
  void check_centre();
  std::map<TicketNumber, Filed> read_journal();
  Bytes chain_of(SQLite::Database& database, const EventKey& key);
  void found(std::uint64_t& count, const std::string& words);
  [[nodiscard]] StoreOptions options() const;

  test::FaultVfs& vfs_;
  std::uint64_t seed_;
  Dice dice_;
  FakeEnv env_;
  test::MemoryFolder folder_;
  crypto::BoxKey centre_key_;
  crypto::BoxKey office_key_;
  std::unique_ptr<Store> store_;
  // The witness does not go through SQLite, so its last synced content is remembered here.
  std::optional<Bytes> witness_on_disk_;

  std::map<TicketNumber, Promise> promises_;
  std::uint64_t feed_cursor_ = 0;
  std::map<Epoch, std::vector<crypto::Hash>> centre_chains_;  // at index i: before the event of seq i + 1
  std::vector<wire::FeedItem> centre_feed_;
  Findings findings_;
};

}  // namespace mimika::bench
