// kiosk.toml in the data folder: what a technician may set. Every value has a default and a range; the file may be
// absent. A broken file is an error that names line and key, never a silent default.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "kiosk/base/result.h"
#include "kiosk/model/office_hours.h"

namespace mimika {

struct KioskConfig {
  // [office]
  std::string office_name;  // "Kantor Distrik Jila"; empty: made from the district's name
  OfficeHours hours;        // open_from, open_until: "14:00"; working_days_only
  // [screen]
  int width_px = 1280;        // 640 to 7680, for a window; fullscreen takes the panel's own
  int height_px = 800;        // 480 to 4320
  double panel_width_mm = 0;  // 100 to 2000; 0: guessed from the pixels until a technician measures it
  bool fullscreen = false;
  bool reduce_motion = false;  // pages change at once, lists stop under the finger, the caret stands still
  // [session]
  int idle_s = 120;   // 120 to 300 (EXPERIENCE: warning after two to five minutes)
  int answer_s = 20;  // 20 to 120
  // [sync]
  int poll_s = 60;  // 1 to 3600: how often the feed is asked for when nothing is waiting
  // [printer]
  // "ipp://192.168.1.50/ipp/print", or the name of a queue of this machine's CUPS; empty: none (docs/printing.md)
  std::string printer_uri;
  // [sound]: pieces of the names that the system gives its devices; empty: its own choice (docs/sound.md)
  std::string headphones;
  std::string speaker;
};

// kInvalidInput for a syntax error, an unknown key or a value out of range.
[[nodiscard]] Result<KioskConfig> load_config(const std::string& path);

}  // namespace mimika
