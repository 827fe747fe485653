// Where things lie: the data folder of this kiosk and the assets the program came with.
#pragma once

#include <string>

namespace mimika {

struct DataFolder {
  std::string root;
  [[nodiscard]] std::string config() const { return root + "/kiosk.toml"; }
  [[nodiscard]] std::string journal() const { return root + "/journal"; }
  [[nodiscard]] std::string courier() const { return root + "/courier"; }             // carried for other kiosks
  [[nodiscard]] std::string unfinished_mark() const { return root + "/unfinished"; }  // empty (unfinished.h)
  [[nodiscard]] std::string maintenance() const { return root + "/maintenance"; }     // what diagnostics found
  [[nodiscard]] std::string cache() const { return root + "/cache"; }
  // What the centre published last and this program could read.
  [[nodiscard]] std::string published_catalogue() const { return root + "/cache/catalogue.json"; }
  [[nodiscard]] std::string updates() const { return root + "/updates"; }  // packages that wait to be installed
  [[nodiscard]] std::string stick() const { return root + "/stick"; }      // where one is mounted meanwhile
  [[nodiscard]] std::string log_folder() const { return root + "/log"; }
  [[nodiscard]] std::string events() const { return root + "/events"; }  // the event log (docs/event-log.md)
};

// $MIMIKA_ASSETS, or the installed folder, or the source tree's, whichever first holds a catalogue; the first of them
// when none does, so that the error names a path.
[[nodiscard]] std::string find_assets();

// $MIMIKA_LOCALE, or the installed words, or those of this build: the folder with <language>/LC_MESSAGES.
[[nodiscard]] std::string find_locale();

// $MIMIKA_DATA, or /var/lib/mimika-kiosk.
[[nodiscard]] std::string default_data_folder();

}  // namespace mimika
