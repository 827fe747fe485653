// mimika_sim: plays histories and says whether a promise was broken. docs/simulator.md.
#include <fcntl.h>
#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "kiosk/base/log.h"
#include "tests/sim/minimise.h"
#include "tests/sim/world.h"

namespace {

using namespace mimika;
using namespace mimika::sim;

constexpr std::size_t kMinimiseRuns = 3000;
constexpr std::int64_t kReportMs = 60'000;  // the long mode speaks once a minute
constexpr double kYearMs = 365.25 * 24 * 3600 * 1000;

struct Arguments {
  std::uint64_t first = 1;
  std::uint64_t last = 1;
  double hours = 0;
  PlanOptions plan;
  bool minimise = false;
  bool trace = false;
  bool log = false;
  std::string replay;
  Planted planted = Planted::kNone;
};

int usage() {
  std::cerr << "usage: mimika_sim [--seed N | --seeds A..B | --replay FILE] [--steps N] [--kiosks N] [--hours H]\n"
               "                  [--without KIND,…] [--all-faults] [--plant unstored|nosync] [--minimise] [--trace] "
               "[--log]\n";
  return 2;
}

bool read_number(const std::string& text, std::uint64_t& number) {
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  return problem == std::errc() && end == text.data() + text.size();
}

bool read_without(const std::string& text, std::set<Kind>& without) {
  std::size_t at = 0;
  while (at <= text.size()) {
    const std::size_t comma = std::min(text.find(',', at), text.size());
    const auto kind = kind_named(text.substr(at, comma - at));
    if (!kind) {
      std::cerr << kind.error().message << '\n';
      return false;
    }
    without.insert(*kind);
    at = comma + 1;
  }
  return true;
}

bool read_value(const std::string& name, const std::string& value, Arguments& out) {
  std::uint64_t number = 0;
  if (name == "--replay") {
    out.replay = value;
    return true;
  }
  if (name == "--without") return read_without(value, out.plan.without);
  if (name == "--plant") {
    out.planted = value == "nosync" ? Planted::kDiskIgnoresSyncs : Planted::kAcknowledgesUnstored;
    return value == "nosync" || value == "unstored";
  }
  if (name == "--hours") {
    out.hours = std::strtod(value.c_str(), nullptr);
    return out.hours > 0;
  }
  if (name == "--seeds") {
    const std::size_t dots = value.find("..");
    return dots != std::string::npos && read_number(value.substr(0, dots), out.first) &&
           read_number(value.substr(dots + 2), out.last) && out.first <= out.last;
  }
  if (!read_number(value, number)) return false;
  if (name == "--seed") out.first = out.last = number;
  if (name == "--steps") out.plan.steps = number;
  if (name == "--kiosks") out.plan.kiosks = number;
  return (name == "--seed" || name == "--steps" || name == "--kiosks") && number > 0;
}

bool read_arguments(int count, char** words, Arguments& out) {
  for (int i = 1; i < count; ++i) {
    const std::string name = words[i];
    if (name == "--minimise") {
      out.minimise = true;
    } else if (name == "--trace") {
      out.trace = true;
    } else if (name == "--log") {
      out.log = true;
    } else if (name == "--all-faults") {
      out.plan.few_kinds = false;
    } else if (i + 1 == count || !read_value(name, words[++i], out)) {
      return false;
    }
  }
  return true;
}

void print_plan(const Plan& plan) {
  std::cout << "plan seed " << plan.seed << " kiosks " << plan.kiosks << " districts " << plan.districts << " poll "
            << plan.poll_ms << '\n';
  for (const Action& action : plan.actions) std::cout << line_of(action) << '\n';
}

// What print_plan() wrote.
Result<Plan> read_plan(const std::string& path) {
  std::ifstream in(path);
  std::string word;
  Plan plan;
  in >> word >> word >> plan.seed >> word >> plan.kiosks >> word >> plan.districts >> word >> plan.poll_ms;
  if (!in || plan.kiosks == 0 || plan.poll_ms <= 0) return fail(ErrorCode::kInvalidInput, path + " holds no plan");
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    if (line.empty()) continue;
    TRY_ASSIGN(const Action action, parse_line(line));
    plan.actions.push_back(action);
  }
  return plan;
}

class Account {
 public:
  explicit Account(std::uint64_t first) : first_(first) {}

  void add(const Plan& plan, const Outcome& outcome) {
    ++histories_;
    last_ = plan.seed;
    steps_ += outcome.step;
    simulated_ms_ += static_cast<double>(outcome.simulated_ms);
    machine_ms_ += static_cast<double>(outcome.simulated_ms) * plan.kiosks;
    for (const auto& [what, times] : outcome.tally) tally_[what] += times;
    if (outcome.violation) ++violations_;
    hash_ = hash_ * 1099511628211ULL ^ outcome.trace_hash;
  }

  [[nodiscard]] std::string json() const {
    nlohmann::ordered_json out;
    out["seeds"] = std::to_string(first_) + ".." + std::to_string(last_);
    out["histories"] = histories_;
    out["steps"] = steps_;
    out["simulated_years"] = simulated_ms_ / kYearMs;
    out["kiosk_years"] = machine_ms_ / kYearMs;
    out["violations"] = violations_;
    out["trace"] = fmt::format("{:016x}", hash_);
    const auto filings = tally_.find("filings");
    out["filings"] = filings == tally_.end() ? 0 : filings->second;
    out["happened"] = tally_;
    return out.dump();
  }
  [[nodiscard]] double years() const { return simulated_ms_ / kYearMs; }
  [[nodiscard]] std::uint64_t violations() const { return violations_; }
  [[nodiscard]] std::uint64_t histories() const { return histories_; }

 private:
  std::uint64_t first_;
  std::uint64_t last_ = 0;
  std::uint64_t histories_ = 0;
  std::uint64_t steps_ = 0;
  std::uint64_t violations_ = 0;
  std::uint64_t hash_ = 0;
  double simulated_ms_ = 0;
  double machine_ms_ = 0;
  std::map<std::string, std::uint64_t> tally_;
};

void report(const Plan& plan, const Outcome& outcome, const RunOptions& options, bool shrink) {
  std::cout << "VIOLATION seed " << plan.seed << " step " << outcome.step << " invariant "
            << outcome.violation->invariant << ": " << outcome.violation->text << std::endl;
  if (!shrink) return;
  const Minimised small = minimise(plan, options, kMinimiseRuns);
  std::cout << "minimised in " << small.runs << " runs to " << small.plan.actions.size()
            << " actions: " << small.outcome.violation->text << '\n';
  print_plan(small.plan);
}

int run(const Arguments& arguments) {
  RunOptions options;
  options.planted = arguments.planted;
  if (arguments.trace) options.listener = [](const std::string& line) { std::cout << line << '\n'; };
  if (!arguments.replay.empty()) {
    const auto plan = read_plan(arguments.replay);
    if (!plan) {
      std::cout << plan.error().message << '\n';
      return 2;
    }
    const Outcome outcome = play(*plan, options);
    if (outcome.violation) report(*plan, outcome, options, arguments.minimise);
    return outcome.violation ? 1 : 0;
  }
  const auto clock = make_system_env();
  const std::int64_t begun_ms = clock->monotonic_ms();
  std::int64_t spoken_ms = begun_ms;
  Account account(arguments.first);
  for (std::uint64_t seed = arguments.first; arguments.hours > 0 || seed <= arguments.last; ++seed) {
    const Plan plan = make_plan(seed, arguments.plan);
    const Outcome outcome = play(plan, options);
    account.add(plan, outcome);
    if (outcome.violation) report(plan, outcome, options, arguments.minimise);
    if (arguments.hours <= 0) continue;
    const std::int64_t now_ms = clock->monotonic_ms();
    if (now_ms - spoken_ms > kReportMs) {
      spoken_ms = now_ms;
      std::cout << fmt::format("{} min: {} histories, {:.1f} years, {} violations", (now_ms - begun_ms) / 60'000,
                               account.histories(), account.years(), account.violations())
                << std::endl;
    }
    if (static_cast<double>(now_ms - begun_ms) > arguments.hours * 3'600'000) break;
  }
  std::cout << account.json() << std::endl;
  return account.violations() > 0 ? 1 : 0;
}

}  // namespace

int main(int count, char** words) {
  Arguments arguments;
  if (!read_arguments(count, words, arguments)) return usage();
  open_log("", arguments.log ? LogLevel::kInfo : LogLevel::kError);
  if (!arguments.log) {
    // The programs complain aloud of everything that is done to them.
    const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (nowhere >= 0) ::dup2(nowhere, STDERR_FILENO);
  }
  return run(arguments);
}
