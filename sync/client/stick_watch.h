// How far an export or an import has come, told to whoever waits before the kiosk, and their wish to end it.
#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>

#include "kiosk/base/stick_folder.h"

namespace mimika::sync {

enum class StickStep : std::uint8_t {
  kLooking,      // what lies on the stick
  kEvents,       // bundles of events are written and read back
  kCarried,      // ACKs for other kiosks
  kAttachments,  //
  kExtras,       // logs and the report
  kReading,      // files for and from others, and what they are
  kTaking,       // the centre's answers, into the journal
  kUpdates,      // packages are checked and kept
  kDone,
};
[[nodiscard]] const char* step_name(StickStep step);  // "events"

struct StickProgress {
  StickStep step = StickStep::kLooking;
  std::uint64_t files_done = 0;
  std::uint64_t files_total = 0;  // as far as it is known by now; grows, and 0 is not known
  std::uint64_t bytes_done = 0;   // written to the stick, or read from it
  std::string file;               // the present one; harmless to show
};

class StickWatch {
 public:
  StickWatch() = default;
  StickWatch(std::stop_token stop, std::function<void(const StickProgress&)> tell)
      : stop_(std::move(stop)), tell_(std::move(tell)) {}

  // kCancelled when somebody asked for the end.
  [[nodiscard]] Status go_on() const;
  [[nodiscard]] Status begin(StickStep step);
  [[nodiscard]] Status begin_file(const std::string& name);
  void end_file();
  void expect_files(std::uint64_t more) { progress_.files_total += more; }
  // For write_and_verify() and the like, as long as this is there.
  [[nodiscard]] BlockWatch blocks();
  [[nodiscard]] const StickProgress& progress() const { return progress_; }

 private:
  void tell() const;
  std::stop_token stop_;
  std::function<void(const StickProgress&)> tell_;
  StickProgress progress_;
};

}  // namespace mimika::sync
