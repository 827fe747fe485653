// Takes the parts of blobs that a kiosk brings: what it named in an accepted event, leaf by leaf, each checked. What is
// no good is left out, counted under its reason, and stops nothing else. Over the network and from a stick alike.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "sync/central/store/blobs.h"
#include "sync/central/store/database.h"

namespace mimika::central {

class BlobTaker {
 public:
  // All must outlive it.
  BlobTaker(const BlobFiles& files, DeviceId device) : files_(files), device_(device) {}

  // Outside any transaction: files are written and synced first, then the map is committed.
  void take(Database& database, const std::vector<wire::BlobPart>& parts);

  [[nodiscard]] std::uint64_t leaves_taken() const { return taken_; }
  // What was left out since the last call, by reason; leaves that came although they were held among it.
  [[nodiscard]] std::map<std::string, std::uint64_t> take_refused() { return std::exchange(refused_, {}); }

  // For the answer: how every blob stands that the parts spoke of and that is wanted here, and some others of the
  // device that lack something.
  [[nodiscard]] Result<std::vector<wire::BlobWant>> wants(Database& database) const;

 private:
  [[nodiscard]] Status take_part(Database& database, const wire::BlobPart& part);
  [[nodiscard]] Result<wire::LeafMap> write_leaves(const BlobRow& row, const wire::Manifest& manifest,
                                                   const wire::BlobPart& part);
  void refuse(const char* reason, const wire::BlobId& blob);

  const BlobFiles& files_;
  DeviceId device_;
  std::set<wire::BlobId> spoken_of_;
  std::map<std::string, std::uint64_t> refused_;
  std::uint64_t taken_ = 0;
};

}  // namespace mimika::central
