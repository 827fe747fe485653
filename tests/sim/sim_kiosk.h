// One kiosk of the simulation: the product's store, opened twice as in the product (by the desk and by the
// synchronisation), its engine and its schedule, on a disk of the universe and with clocks of its own.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "kiosk/store/store.h"
#include "sync/client/courier.h"
#include "sync/client/engine.h"
#include "sync/client/scheduler.h"
#include "sync/client/transport.h"
#include "tests/sim/universe.h"

namespace mimika::sim {

// What the network does to this kiosk.
struct Weather {
  bool link = true;
  unsigned lost_percent = 0;  // of requests, and of answers
  // The next call alone.
  bool lose_request = false;
  bool cut_request = false;
  bool lose_answer = false;
  bool damage_call = false;
  bool damage_answer = false;
  bool duplicate = false;
  bool replay_answer = false;
  bool stranger = false;
  bool lie = false;
};

// What the simulator knows of a kiosk's disk, and the kiosk may not.
struct DiskTruth {
  std::set<std::size_t> filings;  // of the ledger: these must be in the journal
  // A power cut left the witness behind the journal, and nobody has opened the store since.
  bool witness_behind = false;
};

struct DiskCopy {
  test::MemoryVfs::Image image;
  std::optional<Bytes> witness;
  DiskTruth truth;
};

struct KioskIdentity {
  StoreOptions options;
  Bytes key_seed;
  WallMs enrolled_ms = 0;
};

class SimKiosk {
 public:
  SimKiosk(Universe& universe, std::size_t index, const KioskIdentity& identity, const crypto::VerifyKey& centre_key,
           std::int64_t poll_ms, sync::Transport& transport);

  // Switches the program on. False: its disk does not let it (yet).
  bool start();
  void stop();  // an orderly end
  [[nodiscard]] bool up() const { return engine_ != nullptr; }
  // After anything was done: the machine may have been killed or lost its power meanwhile.
  void settle();

  [[nodiscard]] Store& desk() { return *desk_; }
  [[nodiscard]] SQLite::Database& look();
  [[nodiscard]] sync::SyncEngine& engine() { return *engine_; }
  [[nodiscard]] const crypto::SigningKey& key() const { return key_; }
  [[nodiscard]] sync::Courier courier() const;

  [[nodiscard]] DiskCopy copy() const;
  void put_back(const DiskCopy& copy, bool with_witness);
  void lose_database();

  enum class Crash { kKill, kPowerCut };
  void fail_at(std::uint64_t nth, Crash crash);
  void fail_at(std::uint64_t nth, test::Fault fault);
  void repair();
  [[nodiscard]] bool struck() const { return universe_.disks.struck(folder_); }
  void ignore_syncs() { universe_.disks.ignore_syncs(folder_, true); }
  void note_witness();  // after a filing: what a power cut may leave of it
  void witness_is_synced();

  [[nodiscard]] std::string name() const { return "k" + std::to_string(index_); }
  [[nodiscard]] const KioskIdentity& identity() const { return identity_; }
  [[nodiscard]] DeviceId device() const { return identity_.options.identity.device; }

  std::size_t index_;
  SimEnv env;
  Weather weather;
  std::optional<sync::Scheduler> schedule;
  DiskTruth truth;
  std::optional<DiskCopy> backup;
  std::optional<WallMs> up_again_ms;
  std::optional<WallMs> repaired_ms;
  bool disk_lies = false;
  bool lied_to_watermark = false;
  bool lied_to_feed = false;
  std::set<EventKey> arrival_checked;
  std::uint64_t feed_checked = 0;
  std::string why_not;  // the last failure to start

 private:
  void close();
  [[nodiscard]] std::optional<Bytes> witness() const;
  void put_witness(const std::optional<Bytes>& content) const;

  Universe& universe_;
  KioskIdentity identity_;
  std::string folder_;
  crypto::SigningKey key_;
  sync::Transport& transport_;
  std::unique_ptr<Store> desk_;
  std::unique_ptr<Store> runner_;
  std::unique_ptr<SQLite::Database> look_;
  std::unique_ptr<sync::SyncEngine> engine_;
  std::vector<std::optional<Bytes>> witness_may_be_;  // what a power cut may leave
  Crash crash_ = Crash::kKill;
  std::int64_t poll_ms_;
};

}  // namespace mimika::sim
