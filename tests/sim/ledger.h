// What residents were told, and what was seen to arrive: the truth that every promise is held against. No machine of
// the simulation can read it.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "kiosk/crypto/hash.h"
#include "kiosk/store/store.h"

namespace mimika::sim {

struct Filing {
  std::size_t kiosk = 0;
  TicketNumber number;
  EventKey key;
  crypto::Hash chain{};
  std::string story;
  bool called_arrived = false;  // by the kiosk, to anyone
};

struct Ledger {
  std::vector<Filing> filings;
  std::map<std::string, std::size_t> by_number;
  std::map<EventKey, std::size_t> by_key;
  // Given by two disks at once: two people hold one number, and each disk shows its own.
  std::set<EventKey> keys_given_twice;
  std::set<std::string> numbers_given_twice;
  // Every key ever seen at the centre, with the chain there.
  std::map<EventKey, crypto::Hash> at_centre;
  // Devices whose whole disk was put back or cloned: the same numbers and keys may have been given twice, and the
  // centre is who notices.
  std::set<DeviceId> doubled;
};

}  // namespace mimika::sim
