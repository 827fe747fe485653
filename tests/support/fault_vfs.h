// A disk that fails on order, put between SQLite and the real one: it refuses the nth write or sync, is full from the
// nth on, or loses its power there. For the power cut it remembers what has been synced, and lose_unsynced() then
// leaves on the real disk what a real one might have: everything synced, and any part of the rest.
//
// It becomes SQLite's default while it lives, so the code under test opens its files as ever. One test at a time.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <string>

#include "tests/support/disk_trouble.h"

namespace mimika::test {

class FaultVfs {
 public:
  FaultVfs();
  FaultVfs(const FaultVfs&) = delete;
  FaultVfs& operator=(const FaultVfs&) = delete;
  ~FaultVfs();

  // Counts from here; the first operation is 1.
  void fail_at(std::uint64_t nth, Fault fault);
  // The disk works again; after a power cut the machine is switched on.
  void clear();
  // A disk that lies: from here on its syncs return at once and make nothing sure. What a power cut then takes is what
  // a test that believes in syncs must find missing.
  void ignore_syncs(bool ignore);
  // Operations (of the kind the fault counts) since fail_at() or clear().
  [[nodiscard]] std::uint64_t writes() const;
  [[nodiscard]] std::uint64_t reads() const;
  [[nodiscard]] bool struck() const;
  [[nodiscard]] bool powered_off() const;

  // After everything is closed: makes the files what the disk holds. Also drops the shared memory beside them.
  void lose_unsynced(Unsynced fate, std::uint64_t seed);

  struct Disk;  // what is known of the files; for the C functions in the .cc

 private:
  std::unique_ptr<Disk> disk_;
};

}  // namespace mimika::test
