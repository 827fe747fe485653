// mimika_monkey: random hands on a kiosk, for as long as is asked.
//   mimika_monkey [--seed N | --seeds A..B] [--minutes M] [--real] [--trace] [--plant texts|ticks|frames]
// Every seed is a process of its own, so that a crash is a finding like any other. The last line is a JSON object.
#include <sys/wait.h>
#include <unistd.h>

#include <charconv>
#include <cstring>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "kiosk/base/log.h"
#include "tests/monkey/monkey.h"

namespace {

using namespace mimika;
using namespace mimika::monkey;

constexpr std::int64_t kMinuteMs = 60'000;
constexpr unsigned kMostSeconds = 600;
constexpr std::size_t kFirstWords = 10;

struct Arguments {
  std::uint64_t first = 1;
  std::uint64_t last = 1;
  MonkeyOptions play;
};

int usage() {
  std::cerr << "usage: mimika_monkey [--seed N | --seeds A..B] [--minutes M] [--real] [--trace] "
               "[--plant texts|ticks|frames]\n";
  return 2;
}

bool read_number(std::string_view text, std::uint64_t& number) {
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  return problem == std::errc() && end == text.data() + text.size();
}

bool read_value(std::string_view name, std::string_view value, Arguments& out) {
  std::uint64_t number = 0;
  if (name == "--seeds") {
    const std::size_t dots = value.find("..");
    return dots != std::string_view::npos && read_number(value.substr(0, dots), out.first) &&
           read_number(value.substr(dots + 2), out.last);
  }
  if (name == "--plant") {
    out.play.planted = value == "texts"    ? Planted::kKeepsTexts
                       : value == "ticks"  ? Planted::kNeverTicks
                       : value == "frames" ? Planted::kEndlessFrames
                                           : Planted::kNothing;
    return out.play.planted != Planted::kNothing;
  }
  if (!read_number(value, number)) return false;
  if (name == "--seed") {
    out.first = out.last = number;
    return true;
  }
  if (name == "--minutes") {
    out.play.simulated_ms = static_cast<std::int64_t>(number) * kMinuteMs;
    return true;
  }
  return false;
}

nlohmann::json as_json(const MonkeyReport& report) {
  return {{"touches", report.touches},  {"keys", report.keys},
          {"frames", report.frames},    {"actions", report.actions},
          {"visits", report.visits},    {"filings", report.filings},
          {"screens", report.screens},  {"simulated_ms", report.simulated_ms},
          {"findings", report.findings}};
}

// Plays one seed in a child. What it says comes through a pipe; a child that says nothing has crashed.
nlohmann::json play_apart(const MonkeyOptions& options) {
  int ends[2];
  if (pipe(ends) != 0) return {{"findings", {"no pipe"}}};
  std::cout.flush();  // or the child would say it once more
  const pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    alarm(kMostSeconds);  // a loop without an end is a finding too
    const std::string said = as_json(play(options)).dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
    for (std::size_t at = 0; at < said.size();) {
      const ssize_t written = write(ends[1], said.data() + at, said.size() - at);
      if (written <= 0) break;
      at += static_cast<std::size_t>(written);
    }
    close(ends[1]);
    std::exit(0);  // through the ends of everything, where leaks are looked for
  }
  close(ends[1]);
  std::string said;
  char block[4096];
  for (ssize_t got = 0; (got = read(ends[0], block, sizeof block)) > 0;)
    said.append(block, static_cast<std::size_t>(got));
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  nlohmann::json report = nlohmann::json::parse(said, nullptr, false);
  if (report.is_discarded()) report = {{"findings", nlohmann::json::array()}};
  if (WIFSIGNALED(status)) report["findings"].push_back("ended by signal " + std::to_string(WTERMSIG(status)));
  if (WIFEXITED(status) && WEXITSTATUS(status) != 0) {
    report["findings"].push_back("ended with status " + std::to_string(WEXITSTATUS(status)));
  }
  return report;
}

}  // namespace

int main(int argc, char** argv) {
  Arguments arguments;
  for (int i = 1; i < argc; ++i) {
    const std::string_view name = argv[i];
    if (name == "--real") {
      arguments.play.real_display = true;
    } else if (name == "--trace") {
      arguments.play.trace = true;
    } else if (i + 1 >= argc || !read_value(name, argv[++i], arguments)) {
      return usage();
    }
  }
  nlohmann::json sums = {{"seeds", 0}, {"findings", 0}};
  nlohmann::json words = nlohmann::json::array();
  for (std::uint64_t seed = arguments.first; seed <= arguments.last; ++seed) {
    arguments.play.seed = seed;
    const nlohmann::json report = play_apart(arguments.play);
    sums["seeds"] = sums["seeds"].get<std::uint64_t>() + 1;
    for (const char* name : {"touches", "keys", "frames", "actions", "visits", "filings", "simulated_ms"}) {
      sums[name] = sums.value(name, std::uint64_t{0}) + report.value(name, std::uint64_t{0});
    }
    sums["screens"] = std::max(sums.value("screens", std::uint64_t{0}), report.value("screens", std::uint64_t{0}));
    for (const auto& finding : report["findings"]) {
      std::cout << "FINDING seed " << seed << " " << finding.get<std::string>() << '\n';
      sums["findings"] = sums["findings"].get<std::uint64_t>() + 1;
      if (words.size() < kFirstWords)
        words.push_back("seed " + std::to_string(seed) + " " + finding.get<std::string>());
    }
  }
  sums["words"] = words;
  std::cout << sums.dump() << std::endl;
  return sums["findings"] == 0 ? 0 : 1;
}
