// mimika-kiosk-ctl events: what is asked for, and what is refused.
#include "kiosk/app/ctl_events.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "kiosk/base/files.h"
#include "kiosk/eventlog/event_span.h"
#include "tests/support/memory_folder.h"

namespace mimika {
namespace {

using Json = nlohmann::ordered_json;

constexpr WallMs kNow = 1'795'872'301'123;  // 2026-11-28T13:25:01.123Z

struct CtlWorld {
  test::MemoryFolder temporary;
  DataFolder folder{temporary.path()};
  FakeEnv env{kNow};

  std::vector<Json> list(const EventsRequest& request) const { return list_events(folder, request).value(); }
  Json verify(int exit_code) const {
    const CtlAnswer answer = verify_event_log(folder).value();
    CHECK(answer.exit_code == exit_code);
    return Json::parse(answer.json);
  }
};

TEST_CASE("events are listed as objects with the fields of the log, and in one line for eyes") {
  CtlWorld world;
  open_ctl_events(world.folder, world.env)
      ->note({.id = eventlog::EventId::kExportEnd,
              .role = eventlog::Role::kTechnician,
              .outcome = eventlog::Outcome::kSuccess,
              .values = {{eventlog::ValueKey::kEvents, 12}}});
  const auto events = world.list({.id = "export-end"});
  REQUIRE(events.size() == 1);
  CHECK(events[0].dump() ==
        R"({"seq":3,"time":"2026-11-28T13:25:01.123Z","boot":"0000000000000001","clock":"unknown","source":"ctl",)"
        R"("id":"export-end","type":"user-action","role":"technician","message":{"id":"event.export-end","events":12},)"
        R"("outcome":"success"})");
  CHECK(event_in_words(events[0]) ==
        "     3 2026-11-28T13:25:01.123Z user-action technician export-end success events=12");
}

TEST_CASE("events are chosen from a day, a time or a number of milliseconds on, and the newest of them") {
  CtlWorld world;
  static_cast<void>(open_ctl_events(world.folder, world.env));
  CHECK(world.list({}).size() == 2);
  CHECK(world.list({.since = "2026-11-28"}).size() == 2);
  CHECK(world.list({.since = "2026-11-28T13:25:02Z"}).empty());
  CHECK(world.list({.since = std::to_string(kNow)}).size() == 2);
  CHECK(world.list({.since = std::to_string(kNow + 1)}).empty());
  CHECK(world.list({.last = 1}).size() == 1);
  CHECK(world.list({.type = "status"}).size() == 1);
  CHECK(world.list({.role = "officer"}).empty());
}

TEST_CASE("what there is not is refused with what there is, and looking makes no folder") {
  CtlWorld world;
  CHECK(list_events(world.folder, {.since = "yesterday"}).error().code == ErrorCode::kInvalidInput);
  CHECK(list_events(world.folder, {.id = "boot"}).error().code == ErrorCode::kInvalidInput);
  CHECK(list_events(world.folder, {.type = "errors"}).error().message.find("user-action, status, error") !=
        std::string::npos);
  CHECK(list_events(world.folder, {.role = "king"}).error().code == ErrorCode::kInvalidInput);
  CHECK(world.list({}).empty());
  CHECK(world.verify(0).at("sound") == true);
  CHECK_FALSE(std::filesystem::exists(world.folder.events()));
}

TEST_CASE("what somebody wrote into the file does not steer the terminal") {
  const Json event = {{"seq", 1},         {"time", "t"},      {"boot", ""},
                      {"clock", ""},      {"source", ""},     {"id", "\x1b[2Jx"},
                      {"type", "error"},  {"role", "system"}, {"message", {{"id", ""}, {"what", "a\nb\x7f"}}},
                      {"outcome", "none"}};
  const std::string line = event_in_words(event);
  CHECK(line == "     1 t error system ?[2Jx what=a?b?");
}

TEST_CASE("verify has an exit code of its own, and says where") {
  CtlWorld world;
  static_cast<void>(open_ctl_events(world.folder, world.env));
  CHECK(world.verify(0).at("last_seq") == 2);
  const std::string path = world.folder.events() + "/000001.jsonl";
  std::string text(as_text(read_file(path, limits::kEventLogFileBytes).value()));
  text[text.find("boot-begin")] = 'b' + 1;
  std::ofstream(path, std::ios::binary | std::ios::trunc) << text;
  const Json answer = world.verify(kEventsNotSoundExit);
  CHECK(answer.at("sound") == false);
  CHECK(answer.at("breaks").at(0).at("line") == 2);
}

TEST_CASE("an export is an event itself, also one that fails, and takes the text log along when asked") {
  CtlWorld world;
  REQUIRE(make_private_folder(world.folder.log_folder()));
  REQUIRE(write_file_durably(world.folder.log_folder() + "/kiosk.1.log", as_bytes("old 0812 3456 7890\n"),
                             FileMode::kPrivate));
  REQUIRE(write_file_durably(world.folder.log_folder() + "/kiosk.log", as_bytes("new\n"), FileMode::kPrivate));
  EventsRequest request;
  request.export_to = world.temporary / "out.jsonl";
  request.text_log_to = world.temporary / "out.log";
  const Json answer = export_event_log(world.folder, request, world.env).value();
  CHECK(answer.at("exported") == 3);
  CHECK(answer.at("removed").at("numbers") == 1);
  CHECK(as_text(read_file(request.text_log_to, 1000).value()) == "old [number]\nnew\n");

  request.export_to = world.temporary / "none/out.jsonl";
  REQUIRE_FALSE(export_event_log(world.folder, request, world.env));
  const auto ends = world.list({.id = "log-export-end"});
  REQUIRE(ends.size() == 2);
  CHECK(ends[0].at("message").at("removed") == 1);
  CHECK(ends[1].at("outcome") == "failure");
  CHECK(ends[1].at("message").at("reason") == "not_found");
}

TEST_CASE("after an end of the boot the next one is no power loss") {
  CtlWorld world;
  REQUIRE(end_boot(world.folder, world.env));
  world.env.reboot();
  static_cast<void>(open_ctl_events(world.folder, world.env));
  CHECK(world.list({.id = "power-loss"}).empty());
  world.env.reboot();
  static_cast<void>(open_ctl_events(world.folder, world.env));
  CHECK(world.list({.id = "power-loss"}).size() == 1);
}

}  // namespace
}  // namespace mimika
