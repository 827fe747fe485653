#include "kiosk/app/config_edit.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <string>

#include "kiosk/base/files.h"
#include "kiosk/base/limits.h"
#include "tests/support/temp_folder.h"

namespace mimika {
namespace {

constexpr const char* kFile =
    "# Set up by Yohana, 24 November\n"
    "[office]\n"
    "name = \"Kantor # Jila\"   # as on the door\n"
    "\n"
    "[printer]   # the small one\n"
    "  uri='struk' # on the left\n"
    "\n"
    "[screen]\n"
    "panel_width_mm = 344 # measured\n";

std::string edited(const char* name, const std::optional<std::string>& value) {
  const auto text = edit_setting(kFile, name, value);
  REQUIRE(text.has_value());
  return *text;
}

std::string replaced(const std::string& what, const std::string& by) {
  std::string text = kFile;
  text.replace(text.find(what), what.size(), by);
  return text;
}

}  // namespace

TEST_CASE("Setting a key changes its value and not a letter else") {
  CHECK(edited("printer.uri", "ipp://10.0.0.5/ipp/print") == replaced("'struk'", "\"ipp://10.0.0.5/ipp/print\""));
  CHECK(edited("screen.panel_width_mm", "193.5") == replaced("344", "193.5"));
  CHECK(edited("office.name", "Say \"hai\" \\ o") == replaced("\"Kantor # Jila\"", "\"Say \\\"hai\\\" \\\\ o\""));
}

TEST_CASE("A key that was not there comes to the end of its section, and a section to the end of the file") {
  CHECK(edited("office.open_from", "08:00") == replaced("as on the door\n", "as on the door\nopen_from = \"08:00\"\n"));
  CHECK(edited("sync.poll_s", "30") == std::string(kFile) + "\n[sync]\npoll_s = 30\n");
  CHECK(*edit_setting("", "sync.poll_s", "30") == "[sync]\npoll_s = 30\n");
  CHECK(*edit_setting("[sync]", "sync.poll_s", "30") == "[sync]\npoll_s = 30\n");
}

TEST_CASE("A key that is taken away takes only its line") {
  CHECK(edited("printer.uri", std::nullopt) == replaced("  uri='struk' # on the left\n", ""));
  CHECK(edited("sync.poll_s", std::nullopt) == kFile);
}

TEST_CASE("What is no setting, and no value of its kind, is refused") {
  for (const char* name : {"printer.password", "uri", "", "sync."})
    CHECK_FALSE(edit_setting(kFile, name, "1").has_value());
  for (const char* value : {"wide", "1 2", "", ".", "1.", "-5", "1\n[sync]"}) {
    CHECK_FALSE(edit_setting(kFile, "screen.panel_width_mm", value).has_value());
  }
  CHECK_FALSE(edit_setting(kFile, "screen.fullscreen", "yes").has_value());
  CHECK_FALSE(edit_setting(kFile, "printer.uri", "two\nlines").has_value());
}

TEST_CASE("Every setting can be set to what is in force, and reads back as it") {
  const test::TempFolder folder;
  const std::string path = folder / "kiosk.toml";
  const std::vector<std::pair<std::string, std::string>> values = {
      {"office.name", "Kantor Jila"},     {"office.open_from", "08:00"},
      {"office.open_until", "14:30"},     {"office.working_days_only", "true"},
      {"screen.width_px", "1080"},        {"screen.height_px", "1920"},
      {"screen.panel_width_mm", "193.5"}, {"screen.fullscreen", "true"},
      {"screen.reduce_motion", "true"},   {"session.idle_s", "180"},
      {"session.answer_s", "30"},         {"sync.poll_s", "90"},
      {"printer.uri", "struk"},           {"sound.headphones", "USB Audio"},
      {"sound.speaker", "HDMI"}};
  for (const auto& [name, value] : values) {
    INFO(name);
    REQUIRE(set_setting(path, name, value).has_value());
  }
  const auto config = load_config(path);
  REQUIRE(config.has_value());
  CHECK(settings_of(*config) == values);
}

TEST_CASE("What the kiosk would refuse is refused with its words, and the file stays") {
  const test::TempFolder folder;
  const std::string path = folder / "kiosk.toml";
  REQUIRE(write_file_durably(path, as_bytes(kFile), FileMode::kPublic).has_value());
  for (const auto& [name, value] : {std::pair("session.idle_s", "5"), std::pair("screen.panel_width_mm", "20"),
                                    std::pair("printer.uri", "http://x"), std::pair("office.open_from", "25:00")}) {
    INFO(name);
    const Status status = set_setting(path, name, value);
    REQUIRE_FALSE(status.has_value());
    CHECK(status.error().code == ErrorCode::kInvalidInput);
    CHECK(status.error().message.find(".check") == std::string::npos);
    CHECK(as_text(*read_file(path, limits::kConfigBytes)) == kFile);
  }
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
}

TEST_CASE("A file in which a text over several lines looks like the key is not made worse") {
  const test::TempFolder folder;
  const std::string path = folder / "kiosk.toml";
  const std::string tricky = "[printer]\nuri = \"\"\"\nstruk\"\"\"\n";
  REQUIRE(write_file_durably(path, as_bytes(tricky), FileMode::kPublic).has_value());
  if (!set_setting(path, "printer.uri", "laser")) {
    CHECK(as_text(*read_file(path, limits::kConfigBytes)) == tricky);
  } else {
    CHECK(load_config(path)->printer_uri == "laser");
  }
}

}  // namespace mimika
