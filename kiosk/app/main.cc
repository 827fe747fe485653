// mimika-kiosk: the touchscreen appliance.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "kiosk/app/gallery_window.h"
#include "kiosk/app/kiosk.h"
#include "kiosk/app/last_words.h"
#include "kiosk/app/picture_camera.h"
#include "kiosk/app/version.h"
#include "kiosk/base/files.h"
#include "kiosk/base/log.h"
#include "kiosk/base/personal_memory.h"

int main(int argc, char** argv) {
  using namespace mimika;
  KioskOptions options;
  options.folder.root = default_data_folder();
  options.assets = find_assets();
  options.locale_folder = find_locale();
  std::string script;
  std::string screenshot_folder;
  std::string size;
  CLI::App app{"The Mimika kiosk: complaints and requests at a touchscreen, with or without a network", "mimika-kiosk"};
  app.set_version_flag("--version", kProgramVersion);
  app.add_option("--data", options.folder.root, "This kiosk's data folder")->capture_default_str();
  app.add_option("--assets", options.assets, "Catalogues and drawings")->capture_default_str();
  app.add_option("--fonts", options.font_folder, "A folder with the Inter fonts, searched first");
  app.add_flag("--sample-camera", options.sample_camera, "A drawn picture in place of a camera, for demonstrations");
  app.add_option("--camera-picture", options.camera_picture,
                 "A PNG file in place of a camera; read again whenever the camera is switched on");
  bool gallery = false;
  app.add_flag("--gallery", gallery,
               "The style guide in place of the kiosk: every widget in every state; no data folder");
  app.add_flag("--headless", options.headless, "No display: frames are drawn and can be photographed");
  app.add_option("--size", size, "The window in pixels, as 1280x800; over the configuration");
  app.add_option("--script", script, "Plays a touch script from a file; - reads standard input");
  app.add_option("--screenshot-dir", screenshot_folder, "Where a script's screenshots go");
  CLI11_PARSE(app, argc, argv);

  if (!size.empty()) {
    int width = 0;
    int height = 0;
    if (std::sscanf(size.c_str(), "%dx%d", &width, &height) != 2 || width < 640 || height < 480 || width > 7680 ||
        height > 7680) {
      std::fprintf(stderr, "mimika-kiosk: --size should look like 1280x800\n");
      return 2;
    }
    options.width_px = width;
    options.height_px = height;
  }
  if (!options.camera_picture.empty()) {
    if (const Status shown = PictureCamera::check(options.camera_picture); !shown) {
      std::fprintf(stderr, "mimika-kiosk: --camera-picture: %s\n", shown.error().message.c_str());
      return 2;
    }
  }
  if (!script.empty()) options.script = ui::ScriptOptions{script, screenshot_folder};
  options.report_first_frame = std::getenv("MIMIKA_REPORT_FIRST_FRAME") != nullptr;

  if (gallery) {
    open_log("", LogLevel::kWarning);
    const Result<int> shown = show_gallery(options);
    if (!shown) log_error("app", "the style guide cannot be shown: {}", shown.error().message);
    flush_log();
    return shown.value_or(1);
  }

  // A test that looks for what was left behind has to be let in; nobody else.
  const bool looked_into = std::getenv("MIMIKA_MAY_BE_LOOKED_INTO") != nullptr;
  const bool log_folder = make_private_folder(options.folder.log_folder()).has_value();
  open_log(log_folder ? options.folder.log_folder() + "/kiosk.log" : "", LogLevel::kInfo);
  if (!looked_into && !forbid_core_dumps()) log_warning("app", "the system insists on core dumps");
  auto kiosk = Kiosk::open(options);
  if (!kiosk) {
    log_error("app", "the kiosk cannot show anything: {}", kiosk.error().message);
    say_last_words(options, kiosk.error());
    return 1;
  }
  log_info("app", "mimika-kiosk {} is up", kProgramVersion);
  const int code = (*kiosk)->run();
  log_info("app", "mimika-kiosk ends");
  flush_log();
  return code;
}
