// Ticket numbers must never be given twice, also when the database is lost, damaged or restored from yesterday. A small
// file beside it says up to which counter numbers may have been given; it is raised durably, a block ahead, before the
// first number of a block is used. After a loss the kiosk goes on above the reserve: a gap, never a double.
#pragma once

#include <cstdint>
#include <string>

#include "kiosk/base/result.h"

namespace mimika {

// A block costs one more fsync; at 256 tickets a block fewer than one filing in a hundred pays it.
inline constexpr std::uint32_t kNumberBlock = 256;

class NumberReserve {
 public:
  // An absent file reserves nothing. kCorrupt for a file that is not ours.
  [[nodiscard]] static Result<NumberReserve> load(const std::string& path);
  [[nodiscard]] std::uint32_t reserved() const { return reserved_; }
  // Makes sure `counter` may be used.
  [[nodiscard]] Status cover(std::uint32_t counter);

 private:
  explicit NumberReserve(std::string path, std::uint32_t reserved) : path_(std::move(path)), reserved_(reserved) {}
  std::string path_;
  std::uint32_t reserved_;
};

}  // namespace mimika
