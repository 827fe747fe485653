// The disks of many machines, in memory, put under SQLite: a machine is everything below one folder. Each file keeps
// what a sync has confirmed apart from what has only been written, so a machine may lose its power at any write, with
// any part of what was not synced lost or torn. A disk can be copied while it runs, put back, and given to another
// machine. Nothing asks the clock or the system for randomness: the same calls leave the same bytes.
//
// It becomes SQLite's default while it lives, so the code under test opens its files as ever. One at a time, and one
// thread. Files that do not go through SQLite are not here.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tests/support/disk_trouble.h"

namespace mimika::test {

class MemoryVfs {
 public:
  using Content = std::vector<std::uint8_t>;
  using Image = std::map<std::string, Content>;  // by name within the folder

  explicit MemoryVfs(std::uint64_t seed);
  MemoryVfs(const MemoryVfs&) = delete;
  MemoryVfs& operator=(const MemoryVfs&) = delete;
  ~MemoryVfs();

  // The machine's nth write, sync, truncation or deletion from here (kReadError: its nth read) meets the fault.
  void fail_at(const std::string& folder, std::uint64_t nth, Fault fault);
  // The disk works again; after a power cut the machine may be switched on.
  void clear(const std::string& folder);
  // Nothing this machine does reaches its disk any more, from now on: it was killed, or its power went.
  void stop(const std::string& folder);
  [[nodiscard]] bool stopped(const std::string& folder) const;
  [[nodiscard]] bool struck(const std::string& folder) const;

  // After everything of the machine is closed: leaves what a disk might hold after the power went.
  void lose_unsynced(const std::string& folder, Unsynced fate, std::uint64_t seed);
  // What a reader would see now, written and not synced included.
  [[nodiscard]] Image image(const std::string& folder) const;
  // Replaces the machine's disk; everything of it must be closed. An empty image is an empty disk.
  void restore(const std::string& folder, const Image& image);
  // From now on a sync of this machine's disk confirms and does nothing: a disk that lies.
  void ignore_syncs(const std::string& folder, bool ignore);

  // While one lives nothing fails and nothing is counted: whoever only looks must not be what breaks.
  class Untroubled {
   public:
    Untroubled();
    Untroubled(const Untroubled&) = delete;
    Untroubled& operator=(const Untroubled&) = delete;
    ~Untroubled();

   private:
    bool before_;
  };

  struct Disks;  // for the C functions in the .cc

 private:
  std::unique_ptr<Disks> disks_;
};

}  // namespace mimika::test
