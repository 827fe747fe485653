// What a technician carries away.
#include "kiosk/eventlog/event_export.h"

#include "tests/eventlog/event_world.h"

namespace mimika::eventlog {
namespace {

using test::EventWorld;
using test::read_text;
using test::write_text;

TEST_CASE("an export holds every event as it stands in the log, below a line about itself") {
  EventWorld world;
  const auto log = EventLog::open(world.small(), world.env);
  for (int i = 0; i < 30; ++i) log->note({.id = EventId::kSignIn, .role = Role::kOfficer});
  const std::string to = world.folder / "out.jsonl";
  const EventExport done = export_events(world.path(), to, test::kStart).value();
  CHECK(done.withheld == 0);
  CHECK(done.unreadable == 0);
  std::string expected;
  for (const std::uint64_t file : test::files_in(world.path())) {
    expected += read_text(event_file_path(world.path(), file));
  }
  const std::string text = read_text(to);
  CHECK(text.starts_with(R"({"export":"mimika-event-log","format":1,"time":"2026-11-28T13:25:01.123Z")"));
  CHECK(text.substr(text.find('\n') + 1) == expected);
  CHECK(done.bytes == text.size());
}

TEST_CASE("lines that say more than the table allows leave only where they stood") {
  EventWorld world;
  {
    static_cast<void>(world.open());
  }
  const std::string path = event_file_path(world.path(), 1);
  const std::string sound = read_text(path);
  const auto export_with = [&](const std::string& from, const std::string& to) {
    std::string changed = sound;
    const std::size_t at = changed.rfind(from);
    REQUIRE(at != std::string::npos);
    changed.replace(at, from.size(), to);
    write_text(path, changed);
    const std::string out = world.folder / "out.jsonl";
    CHECK(export_events(world.path(), out, test::kStart).value().withheld == 1);
    return read_text(out);
  };
  for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
           {R"("outcome":)", R"("name":"Yosepha","outcome":)"},
           {R"("id":"event.boot-begin")", R"("id":"event.boot-begin","name":"Yosepha")"},
           {R"("id":"event.boot-begin")", R"("id":"event.boot-begin","reason":"yosepha")"},
           {R"("id":"event.boot-begin")", R"("id":"Yosepha")"},
           {R"("id":"boot-begin")", R"("id":"Yosepha")"},
           {R"("source":"log")", R"("source":"Yosepha")"},
           {R"("role":"system")", R"("role":"Yosepha")"},
           {R"({"seq":2)", R"({"Yosepha":1,"seq":2)"},
           {R"({"seq":2)", R"({ "seq":2)"}}) {
    INFO(to);
    const std::string text = export_with(from, to);
    CHECK(text.find("osepha") == std::string::npos);
    CHECK(text.find(R"({"seq":2,"time":"2026-11-28T13:25:01.123Z","boot":"0000000000000001","withheld":true)") !=
          std::string::npos);
  }
}

TEST_CASE("a line that is none of ours is not in the export, and counted") {
  EventWorld world;
  {
    static_cast<void>(world.open());
  }
  const std::string path = event_file_path(world.path(), 1);
  write_text(path, read_text(path) + "my name is Yosepha\n");
  const std::string out = world.folder / "out.jsonl";
  CHECK(export_events(world.path(), out, test::kStart).value().unreadable == 1);
  CHECK(read_text(out).find("Yosepha") == std::string::npos);
}

TEST_CASE("an export that cannot be written fails whole") {
  EventWorld world;
  CHECK_FALSE(export_events(world.path(), world.folder / "none/out.jsonl", test::kStart));
}

TEST_CASE("the text log goes out scrubbed, older files first, missing ones passed over") {
  EventWorld world;
  write_text(world.folder / "old", "2026-11-28T13:25:01.123+0900 info [x] call 0812 3456 7890\n");
  write_text(world.folder / "new", "2026-11-29T13:25:01.123+0900 info [x] said \"a secret\" to a@b.id\n");
  const ScrubCount removed =
      export_text_log({world.folder / "none", world.folder / "old", world.folder / "new"}, world.folder / "out")
          .value();
  CHECK(removed.all() == 3);
  CHECK(read_text(world.folder / "out") ==
        "2026-11-28T13:25:01.123+0900 info [x] call [number]\n"
        "2026-11-29T13:25:01.123+0900 info [x] said [quoted] to [address]\n");
}

}  // namespace
}  // namespace mimika::eventlog
