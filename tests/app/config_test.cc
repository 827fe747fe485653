#include "kiosk/app/config.h"

#include <catch2/catch.hpp>
#include <string>

#include "kiosk/base/files.h"
#include "tests/support/temp_folder.h"

namespace mimika {
namespace {

Result<KioskConfig> load_text(const std::string& text) {
  const test::TempFolder folder;
  REQUIRE(write_file_durably(folder / "kiosk.toml", as_bytes(text), FileMode::kPublic));
  return load_config(folder / "kiosk.toml");
}

std::string complaint_about(const std::string& text) {
  const auto config = load_text(text);
  REQUIRE_FALSE(config.has_value());
  CHECK(config.error().code == ErrorCode::kInvalidInput);
  return config.error().message;
}

TEST_CASE("a kiosk without a configuration file runs on the defaults") {
  const test::TempFolder folder;
  const auto config = load_config(folder / "kiosk.toml");
  REQUIRE(config.has_value());
  CHECK(config->width_px == 1280);
  CHECK(config->idle_s == 120);
  CHECK(config->answer_s == 20);
  CHECK_FALSE(config->reduce_motion);
  CHECK(config->hours == OfficeHours{});
}

TEST_CASE("a configuration file sets what it names and leaves the rest") {
  const auto config = load_text(
      "[office]\nname = \"Kantor Distrik Jila\"\nopen_from = \"08:00\"\nopen_until = \"14:00\"\n"
      "working_days_only = true\n"
      "[screen]\nwidth_px = 1080\nheight_px = 1920\npanel_width_mm = 193.5\nfullscreen = true\nreduce_motion = true\n"
      "[session]\nidle_s = 180\n[sync]\npoll_s = 2\n");
  REQUIRE(config.has_value());
  CHECK(config->office_name == "Kantor Distrik Jila");
  CHECK(config->hours == OfficeHours{LocalTime{8, 0}, LocalTime{14, 0}, true});
  CHECK(config->width_px == 1080);
  CHECK(config->panel_width_mm == Approx(193.5));
  CHECK(config->fullscreen);
  CHECK(config->reduce_motion);
  CHECK(config->idle_s == 180);
  CHECK(config->answer_s == 20);
  CHECK(config->poll_s == 2);
}

TEST_CASE("a broken configuration says where, and is never replaced by defaults in silence") {
  CHECK(complaint_about("[screen\nwidth_px = 3\n").find("line 1") != std::string::npos);
  CHECK(complaint_about("[screen]\nwidth_px = \"wide\"\n").find("width_px") != std::string::npos);
  CHECK(complaint_about("[screen]\nwidht_px = 1280\n").find("widht_px") != std::string::npos);
  CHECK(complaint_about("[sreen]\nwidth_px = 1280\n").find("sreen") != std::string::npos);
  CHECK(complaint_about("screen = 3\n").find("screen") != std::string::npos);
  CHECK(complaint_about("[office]\nopen_until = \"25:00\"\n").find("open_until") != std::string::npos);
  CHECK(complaint_about("[office]\nopen_from = \"8\"\n").find("open_from") != std::string::npos);
  CHECK(complaint_about("[office]\nopen_from = 8\n").find("open_from") != std::string::npos);
}

TEST_CASE("a printer is an address or a queue, and anything else is a mistake that is told") {
  CHECK(load_config("/nowhere/kiosk.toml")->printer_uri.empty());
  CHECK(load_text("[printer]\nuri = \"ipp://192.168.1.50/ipp/print\"\n")->printer_uri ==
        "ipp://192.168.1.50/ipp/print");
  CHECK(load_text("[printer]\nuri = \"struk\"\n")->printer_uri == "struk");
  CHECK(complaint_about("[printer]\nuri = \"usb://EPSON\"\n").find("[printer] uri") != std::string::npos);
  CHECK(complaint_about("[printer]\nurl = \"struk\"\n").find("url") != std::string::npos);
  CHECK(complaint_about("[printer]\nuri = \"" + std::string(241, 'a') + "\"\n").find("short") != std::string::npos);
}

TEST_CASE("limits of the session cannot be set below what people need") {
  CHECK(complaint_about("[session]\nanswer_s = 19\n").find("answer_s") != std::string::npos);
  CHECK(complaint_about("[session]\nidle_s = 119\n").find("idle_s") != std::string::npos);
  CHECK(complaint_about("[session]\nidle_s = 301\n").find("idle_s") != std::string::npos);
  CHECK(complaint_about("[screen]\npanel_width_mm = 50.0\n").find("panel_width_mm") != std::string::npos);
}

}  // namespace
}  // namespace mimika
