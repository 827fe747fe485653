#include "kiosk/maintenance/time_settings.h"

#include <algorithm>

#include "kiosk/base/ascii.h"
#include "kiosk/base/bytes.h"
#include "kiosk/base/files.h"
#include "kiosk/maintenance/maintenance_limits.h"

namespace mimika::maintenance {
namespace {

constexpr std::size_t kNoteBytes = 64;

std::string note_path(const std::string& folder) {
  return folder + "/clock-by-hand";
}

bool is_zone_letter(char c) {
  return is_digit(c) || is_lower(c) || (c >= 'A' && c <= 'Z') || c == '/' || c == '_' || c == '+' || c == '-';
}

}  // namespace

Status check_zone(const std::string& zone) {
  if (zone.empty() || zone.size() > limits::kTimeZoneBytes || zone.front() == '/' ||
      !std::ranges::all_of(zone, is_zone_letter)) {
    return fail(ErrorCode::kInvalidInput, "no time zone: a name is like Asia/Jayapura");
  }
  return {};
}

Status FakeTimeSettings::set_zone(const std::string& zone) {
  TRY(check_zone(zone));
  now.zone = zone;
  return {};
}

Status FakeTimeSettings::set_clock(WallMs to) {
  clock_set = to;
  return {};
}

Status FakeTimeSettings::set_from_network(bool on) {
  now.from_network = on;
  return {};
}

Status note_clock_set_by_hand(const std::string& folder, Env& env) {
  TRY(make_private_folder(folder));
  return write_file_durably(note_path(folder), as_bytes(std::to_string(env.boot_id())), FileMode::kPrivate);
}

ClockConfidence clock_confidence(ClockConfidence of_store, const std::string& folder, Env& env) {
  if (of_store != ClockConfidence::kUnknown) return of_store;
  const auto note = read_file(note_path(folder), kNoteBytes);
  // Of an earlier boot it says nothing: the chip may have lost its power in between.
  if (!note || as_text(*note) != std::to_string(env.boot_id())) return of_store;
  return ClockConfidence::kSetByHand;
}

}  // namespace mimika::maintenance
