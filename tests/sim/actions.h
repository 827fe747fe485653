// A history is a list of actions, made from the seed alone, before anything runs. Each carries its own dice, so that
// the list can be played again with some of them taken out: that is how a failing history is made short.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "kiosk/base/result.h"

namespace mimika::sim {

enum class Kind : std::uint8_t {
  // life
  kFile,
  kOfficer,
  kReadPrivate,
  kIdle,  // the visit ends: checkpoint
  kPass,  // time passes
  kSyncNow,
  kReboot,
  kAttach,   // a photo to one of its tickets
  kSayMore,  // a reply, a reopening, a rating or a survey
  kPublish,  // a document of the centre
  kPolicy,   // another version of the policy
  // sticks
  kStickTrip,  // written at a kiosk, taken to the desk, and brought back to some kiosk, in days
  kStickExport,
  kStickImport,
  kStickCentre,  // the desk takes what is on one, and writes ACKs
  kStickDamage,  // blocks of a file rot, or it loses its end
  kStickGone,    // everything on it is lost
  kStickCopy,    // it is copied over another: what was on it once comes again
  // the network
  kLinkDown,
  kLinkUp,
  kWeather,       // from now on some requests and answers are lost
  kLoseRequest,   // the next one
  kCutRequest,    // the centre sees the beginning of the next one
  kLoseAnswer,    // the next one
  kDamageCall,    // bits flip on the way up
  kDamageAnswer,  // bits flip on the way down, or it is cut short
  kDuplicate,     // the next call is delivered twice
  kReplayCall,    // an old call comes again
  kReplayAnswer,  // the kiosk hears an old answer
  kStranger,      // something answers that is not the centre
  // people who lie
  kForgeCall,
  kLyingKiosk,
  kLyingCentre,
  // machines
  kKill,
  kPowerCut,
  kIoError,
  kReadError,
  kDiskFull,
  kClock,
  kCentreKill,
  kCentrePowerCut,
  kCentreIoError,
  kCentreDiskFull,
  kCentreDown,
  // disks
  kBackup,
  kRestoreDatabase,
  kRestoreFolder,
  kClone,
  kLoseDatabase,
  kCentreBackup,
  kCentreRestore,
  kEnd,
};

[[nodiscard]] const char* name_of(Kind kind);
[[nodiscard]] std::set<Kind> all_faults();
[[nodiscard]] Result<Kind> kind_named(const std::string& name);

struct Action {
  Kind kind = Kind::kPass;
  std::uint32_t kiosk = 0;  // modulo the kiosks there are
  std::int64_t after_ms = 0;
  std::uint64_t dice = 0;
  friend bool operator==(const Action&, const Action&) = default;
};

// "file k3 +3600000 dice 1234": one line, readable both ways.
[[nodiscard]] std::string line_of(const Action& action);
[[nodiscard]] Result<Action> parse_line(const std::string& line);

struct PlanOptions {
  std::size_t steps = 200;
  std::size_t kiosks = 6;  // at most
  std::set<Kind> without;  // faults switched off
  bool few_kinds = true;   // each history has some kinds of faults and not others
};

struct Plan {
  std::uint64_t seed = 0;
  std::uint32_t kiosks = 1;
  std::uint32_t districts = 1;
  std::int64_t poll_ms = 0;  // how often a kiosk asks for the feed
  std::vector<Action> actions;
};

[[nodiscard]] Plan make_plan(std::uint64_t seed, const PlanOptions& options);

}  // namespace mimika::sim
