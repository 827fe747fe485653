#include "kiosk/app/ctl_maintenance.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <iostream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <vector>

#include "kiosk/app/config_edit.h"
#include "kiosk/app/maintenance.h"
#include "kiosk/app/readiness_words.h"
#include "kiosk/base/files.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/wipe.h"
#include "kiosk/device/printer.h"
#include "kiosk/maintenance/linux_machine.h"
#include "kiosk/maintenance/maintenance_limits.h"
#include "kiosk/maintenance/network_manager.h"
#include "kiosk/maintenance/power.h"
#include "kiosk/maintenance/result_json.h"
#include "kiosk/maintenance/system_services.h"
#include "kiosk/model/calendar.h"

namespace mimika {
namespace {

using Json = nlohmann::ordered_json;
using maintenance::DiagnosticGroup;
using maintenance::DiagnosticId;
using maintenance::DiagnosticResult;
using maintenance::Finding;
using maintenance::Outcome;

constexpr const char* kFontFolders[] = {"/usr/share/fonts/opentype/inter", "/usr/share/fonts/truetype/inter",
                                        "/usr/local/share/fonts/inter"};

CtlAnswer answer_of(const Json& json, std::string text = {}, int exit_code = 0) {
  return {json.dump(-1, ' ', false, Json::error_handler_t::replace), exit_code, std::move(text)};
}

CtlAnswer done(const char* what) {
  return answer_of({{what, true}});
}

int exit_code_of(const std::vector<DiagnosticResult>& results) {
  int code = 0;
  for (const DiagnosticResult& result : results) {
    if (result.finding.outcome == Outcome::kFail) return kSomethingFailedExit;
    if (result.finding.outcome == Outcome::kWarning) code = kWarningsExit;
  }
  return code;
}

std::string clock_text(WallMs at) {
  const LocalDate day = local_date(at);
  const LocalTime time = local_time(at);
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                     static_cast<unsigned>(day.day()), time.hour, time.minute);
}

std::string line_of(const DiagnosticResult& result) {
  std::string line = fmt::format("{:<12}{:<18}{}", outcome_name(result.finding.outcome), diagnostic_name(result.id),
                                 clock_text(result.at.wall_ms));
  for (const maintenance::Fact& fact : result.finding.facts) {
    line += fmt::format("  {}={} {}", fact.name, fact.value, unit_name(fact.unit));
  }
  if (!result.finding.detail.empty()) line += "  " + result.finding.detail;
  return line + "\n";
}

CtlAnswer answer_of(const std::vector<DiagnosticResult>& results) {
  Json list = Json::array();
  std::string text;
  for (const DiagnosticResult& result : results) {
    list.push_back(Json(maintenance::result_to_json(result)));
    text += line_of(result);
  }
  if (text.empty()) text = "nothing was looked at yet\n";
  return answer_of({{"results", list}}, text, exit_code_of(results));
}

// "storage" is all of a group, "storage_wear" one check; none: all of them.
Result<std::vector<DiagnosticId>> chosen(const std::vector<std::string>& items) {
  if (items.empty()) return maintenance::automatic_diagnostics();
  std::vector<DiagnosticId> ids;
  for (const std::string& item : items) {
    bool known = false;
    for (const DiagnosticId id : maintenance::all_diagnostics()) {
      if (diagnostic_name(id) != item && group_name(group_of(id)) != item) continue;
      known = true;
      if (std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
    }
    if (!known) return fail(ErrorCode::kInvalidInput, "there is no check " + item);
  }
  return ids;
}

// "2026-11-28 14:05" or with seconds, as a clock on the wall of Mimika shows it.
Result<WallMs> parse_wall(const std::string& text) {
  std::istringstream in(text);
  std::chrono::sys_days day;
  int year = 0;
  unsigned month = 0;
  unsigned date = 0;
  int hour = 0;
  int minute = 0;
  int second = 0;
  char dash = 0;
  char dash2 = 0;
  char between = 0;
  char colon = 0;
  bool good = static_cast<bool>(in >> year >> dash >> month >> dash2 >> date);
  between = static_cast<char>(in.get());
  good = good && static_cast<bool>(in >> hour >> colon >> minute) && dash == '-' && dash2 == '-' && colon == ':' &&
         (between == ' ' || between == 'T');
  if (good && in.peek() == ':') good = static_cast<bool>(in >> colon >> second);
  const std::chrono::year_month_day local{std::chrono::year(year), std::chrono::month(month), std::chrono::day(date)};
  if (!good || in.peek() != std::istringstream::traits_type::eof() || !local.ok() || hour < 0 || hour > 23 ||
      minute < 0 || minute > 59 || second < 0 || second > 59) {
    return fail(ErrorCode::kInvalidInput, "a time is like \"2026-11-28 14:05\", as a clock in Mimika shows it");
  }
  constexpr std::int64_t kSecondMs = 1000;
  return start_of_day_ms(local) + ((std::int64_t{hour} * 60 + minute) * 60 + second) * kSecondMs;
}

// One line; the caller wipes it.
std::string password_line() {
  std::string line;
  std::getline(std::cin, line);
  if (!line.empty() && line.back() == '\r') line.pop_back();
  return line;
}

Json describe(const maintenance::NetworkInterface& interface) {
  return {{"name", interface.name},
          {"kind", interface_kind_name(interface.kind)},
          {"state", interface_state_name(interface.state)},
          {"connection", interface.connection},
          {"addresses", interface.addresses},
          {"gateway", interface.gateway},
          {"name_servers", interface.name_servers}};
}

}  // namespace

struct MaintenanceCommands::State {
  std::unique_ptr<Env> env = make_system_env();
  std::string bus;  // another message bus than the system's
  std::vector<std::string> items;
  std::string item;
  std::string outcome;
  std::string why;
  std::string name;
  std::string value;
  std::string interface;
  std::string address;
  std::string gateway;
  std::vector<std::string> name_servers;
  std::string pdf;
  std::string report_file;
  std::string language = "id";
  std::string key_hex;
  bool print = false;
  std::function<Result<CtlAnswer>(const DataFolder&)> chosen_command;

  template <typename Work>
  void on(CLI::App* command, Work work) {
    command->callback([this, command, work] {
      // A command with subcommands is called back with them.
      if (command->get_subcommands().empty()) {
        chosen_command = [this, work](const DataFolder& folder) { return (this->*work)(folder); };
      }
    });
  }

  void add_diagnose(CLI::App& app);
  void add_network(CLI::App& app);
  void add_time_and_power(CLI::App& app);
  void add_settings(CLI::App& app);
  void add_readiness(CLI::App& app);

  Result<CtlAnswer> diagnose(const DataFolder& folder) {
    TRY_ASSIGN(const std::vector<DiagnosticId> ids, chosen(items));
    return look_at(folder, ids);
  }
  Result<CtlAnswer> test_network(const DataFolder& folder) {
    TRY_ASSIGN(const std::vector<DiagnosticId> ids, chosen({"network"}));
    return look_at(folder, ids);
  }
  Result<CtlAnswer> look_at(const DataFolder& folder, const std::vector<DiagnosticId>& ids) {
    MaintainedKiosk kiosk(folder, *env);
    const auto machine = maintenance::make_linux_machine(*env);
    const auto reach = maintenance::make_linux_reach();
    TRY_ASSIGN(maintenance::DiagnosticHistory history, kiosk.history());
    maintenance::Diagnoser diagnoser(kiosk.plan(bus), *machine, *reach, *env);
    Status kept;
    const auto results = diagnoser.run(ids, [&](const DiagnosticResult& result) {
      // What only a person can answer was not looked at by anybody: that must not stand in place of their answer.
      if (!needs_person(result.id)) kept = history.add(result);
      return kept.has_value();
    });
    TRY(kept);
    return answer_of(results);
  }
  Result<CtlAnswer> history(const DataFolder& folder) {
    TRY_ASSIGN(const auto kept, maintenance::DiagnosticHistory::open(folder.maintenance()));
    CtlAnswer answer;
    if (item.empty()) {
      answer = answer_of(kept.latest());
    } else {
      const auto id = maintenance::parse_diagnostic(item);
      if (!id) return fail(ErrorCode::kInvalidInput, "there is no check " + item);
      answer = answer_of(kept.of(*id));
    }
    answer.exit_code = 0;  // that something failed once is no news
    return answer;
  }
  Result<CtlAnswer> note(const DataFolder& folder) {
    const auto id = maintenance::parse_diagnostic(item);
    const auto found = maintenance::parse_outcome(outcome);
    if (!id) return fail(ErrorCode::kInvalidInput, "there is no check " + item);
    if (!needs_person(*id)) return fail(ErrorCode::kInvalidInput, item + " is looked at by the machine itself");
    if (!found) return fail(ErrorCode::kInvalidInput, "an outcome is pass, warning, fail, not_fitted or skipped");
    MaintainedKiosk kiosk(folder, *env);
    TRY_ASSIGN(maintenance::DiagnosticHistory kept, kiosk.history());
    const DiagnosticResult result{*id, maintenance::result_time(*env, kiosk.clock()), {*found, {}, why}};
    TRY(kept.add(result));
    CtlAnswer answer = answer_of(std::vector<DiagnosticResult>{result});
    answer.exit_code = 0;
    return answer;
  }

  Result<CtlAnswer> network_status(const DataFolder& /*folder*/) {
    TRY_ASSIGN(const auto settings, maintenance::open_network_manager(bus));
    TRY_ASSIGN(const auto interfaces, settings->interfaces());
    Json list = Json::array();
    std::string text;
    for (const maintenance::NetworkInterface& one : interfaces) {
      list.push_back(describe(one));
      text += fmt::format("{:<10}{:<8}{:<14}{}  {}\n", one.name, interface_kind_name(one.kind),
                          interface_state_name(one.state), one.connection, fmt::join(one.addresses, " "));
    }
    return answer_of({{"interfaces", list}}, text);
  }
  Result<CtlAnswer> network_scan(const DataFolder& /*folder*/) {
    TRY_ASSIGN(const auto settings, maintenance::open_network_manager(bus));
    TRY_ASSIGN(const auto networks, settings->scan());
    Json list = Json::array();
    std::string text;
    for (const maintenance::WifiNetwork& one : networks) {
      list.push_back({{"name", one.name},
                      {"strength_percent", one.strength_percent},
                      {"secured", one.secured},
                      {"known", one.known}});
      text += fmt::format("{:>3} %  {:<8}{:<7}{}\n", one.strength_percent, one.secured ? "secured" : "open",
                          one.known ? "known" : "", one.name);
    }
    return answer_of({{"networks", list}}, text);
  }
  Result<CtlAnswer> network_connect(const DataFolder& /*folder*/) {
    TRY_ASSIGN(const auto settings, maintenance::open_network_manager(bus));
    std::string password = password_line();
    const Status connected = settings->connect_wifi(name, as_bytes(password));
    wipe(password);
    TRY(connected);
    return done("connected");
  }
  Result<CtlAnswer> network_forget(const DataFolder& /*folder*/) {
    TRY_ASSIGN(const auto settings, maintenance::open_network_manager(bus));
    TRY(settings->forget(name));
    return done("forgotten");
  }
  Result<CtlAnswer> network_dhcp(const DataFolder& /*folder*/) {
    TRY_ASSIGN(const auto settings, maintenance::open_network_manager(bus));
    TRY(settings->use_dhcp(interface));
    return done("set");
  }
  Result<CtlAnswer> network_static(const DataFolder& /*folder*/) {
    maintenance::StaticAddress wanted{address, 0, gateway, name_servers};
    const std::size_t slash = address.find('/');
    if (slash != std::string::npos) {
      wanted.address = address.substr(0, slash);
      std::istringstream(address.substr(slash + 1)) >> wanted.prefix_length;
    }
    TRY(maintenance::check_static(wanted));
    TRY_ASSIGN(const auto settings, maintenance::open_network_manager(bus));
    TRY(settings->use_static(interface, wanted));
    return done("set");
  }

  Result<CtlAnswer> time_status(const DataFolder& folder) {
    MaintainedKiosk kiosk(folder, *env);
    TRY_ASSIGN(const auto time, maintenance::open_timedated(bus));
    TRY_ASSIGN(const maintenance::TimeState state, time->state());
    return answer_of({{"wall_ms", env->wall_ms()},
                      {"in_mimika", clock_text(env->wall_ms())},
                      {"clock", maintenance::confidence_name(kiosk.clock())},
                      {"zone", state.zone},
                      {"from_network", state.from_network},
                      {"synchronised", state.synchronised}});
  }
  Result<CtlAnswer> time_zone(const DataFolder& /*folder*/) {
    TRY_ASSIGN(const auto time, maintenance::open_timedated(bus));
    TRY(time->set_zone(name));
    return done("set");
  }
  Result<CtlAnswer> time_set(const DataFolder& folder) {
    TRY_ASSIGN(const WallMs to, parse_wall(value));
    TRY_ASSIGN(const auto time, maintenance::open_timedated(bus));
    TRY(time->set_clock(to));
    TRY(maintenance::note_clock_set_by_hand(folder.maintenance(), *env));
    return done("set");
  }
  Result<CtlAnswer> time_network(const DataFolder& /*folder*/) {
    if (value != "on" && value != "off") return fail(ErrorCode::kInvalidInput, "on or off");
    TRY_ASSIGN(const auto time, maintenance::open_timedated(bus));
    TRY(time->set_from_network(value == "on"));
    return done("set");
  }

  // The kiosk itself closes its store when the service manager ends it; what is on its way to the disk goes now.
  Result<CtlAnswer> end(const DataFolder& folder, bool restart) {
    maintenance::ShutdownPlan plan;
    plan.add(maintenance::ShutdownStep::kSyncDisks, [root = folder.root] { return maintenance::sync_disk_of(root); });
    const maintenance::ShutdownReport report = plan.run(*env);
    TRY_ASSIGN(const auto power, maintenance::open_logind(bus));
    TRY(restart ? power->restart() : power->power_off());
    return answer_of({{restart ? "restarting" : "switching_off", true},
                      {"took_ms", report.took_ms},
                      {"saved_is_on_disk", report.power_may_be_cut}});
  }
  Result<CtlAnswer> restart(const DataFolder& folder) { return end(folder, true); }
  Result<CtlAnswer> off(const DataFolder& folder) { return end(folder, false); }

  Result<CtlAnswer> settings_get(const DataFolder& folder) {
    TRY_ASSIGN(const KioskConfig config, load_config(folder.config()));
    Json all = Json::object();
    for (const auto& [key, in_force] : settings_of(config)) {
      if (name.empty() || name == key) all[key] = in_force;
    }
    if (all.empty()) return fail(ErrorCode::kInvalidInput, "there is no setting " + name);
    return answer_of(all);
  }
  Result<CtlAnswer> settings_set(const DataFolder& folder) {
    TRY(set_setting(folder.config(), name, value));
    return done("set");
  }
  Result<CtlAnswer> settings_unset(const DataFolder& folder) {
    TRY(set_setting(folder.config(), name, std::nullopt));
    return done("set");
  }

  Result<CtlAnswer> readiness(const DataFolder& folder);
  Result<CtlAnswer> readiness_check(const DataFolder& folder);
};

Result<CtlAnswer> MaintenanceCommands::State::readiness(const DataFolder& folder) {
  MaintainedKiosk kiosk(folder, *env);
  const auto machine = maintenance::make_linux_machine(*env);
  TRY_ASSIGN(const maintenance::DiagnosticHistory kept, kiosk.history());
  std::string zone;
  if (const auto time = maintenance::open_timedated(bus)) {
    if (const auto state = (*time)->state()) zone = state->zone;
  }
  const maintenance::ReadinessReport report = kiosk.readiness(kept, *machine, zone);
  const std::string document = maintenance::encode_readiness(report, kiosk.key());
  const std::string summary = maintenance::encode_summary(report, kiosk.key());
  if (!report_file.empty()) TRY(write_file_durably(report_file, as_bytes(document), FileMode::kPublic));
  std::string printed;
  if (!pdf.empty() || print) {
    TRY_ASSIGN(const Texts texts, Texts::load(find_locale(), {"id", "en"}));
    const maintenance::ReadinessWords words = readiness_words(texts.in(language));
    TRY_ASSIGN(const auto paper, maintenance::ReadinessPaper::open({std::begin(kFontFolders), std::end(kFontFolders)}));
    if (!pdf.empty()) {
      TRY_ASSIGN(const auto sheets, paper.sheets(report, summary, words));
      TRY_ASSIGN(const Bytes file, maintenance::sheets_as_pdf(sheets, words.text("readiness.title")));
      TRY(write_file_durably(pdf, file, FileMode::kPublic));
    }
    if (print) {
      TRY_ASSIGN(const KioskConfig config, load_config(folder.config()));
      TRY_ASSIGN(const auto printer, device::open_printer({.uri = config.printer_uri}, *env));
      const device::Cancellation never;
      const auto outcome_of_print =
          printer->print([&](int width_dots) { return paper.strip(report, summary, words, width_dots); }, never);
      printed = device::print_end_name(outcome_of_print.end);
    }
  }
  Json answer = {{"readiness", readiness_name(readiness_of(report))}, {"summary", summary}};
  if (!printed.empty()) answer["printed"] = printed;
  answer["document"] = Json::parse(document);
  std::string text = fmt::format("{}\n{}\n", readiness_name(readiness_of(report)), summary);
  for (const DiagnosticResult& result : report.diagnostics) text += line_of(result);
  const int exit_code = readiness_of(report) == maintenance::Readiness::kNotReady       ? kSomethingFailedExit
                        : readiness_of(report) == maintenance::Readiness::kWithWarnings ? kWarningsExit
                                                                                        : 0;
  return answer_of(answer, text, exit_code);
}

Result<CtlAnswer> MaintenanceCommands::State::readiness_check(const DataFolder& folder) {
  TRY_ASSIGN(const Bytes content, read_file(report_file, limits::kReadinessBytes));
  crypto::VerifyKey key{};
  if (key_hex.empty()) {
    TRY_ASSIGN(const sync::Enrolment enrolment, sync::load_enrolment(folder.root));
    key = enrolment.device_key.verify_key();
  } else {
    TRY_ASSIGN(key, parse_verify_key(key_hex));
  }
  const auto report = maintenance::verify_readiness(as_text(content), key);
  if (!report) {
    return answer_of({{"genuine", false}, {"reason", report.error().message}}, {}, kSomethingFailedExit);
  }
  return answer_of({{"genuine", true},
                    {"device_code", report->device_code},
                    {"wall_ms", report->at.wall_ms},
                    {"readiness", readiness_name(readiness_of(*report))}});
}

void MaintenanceCommands::State::add_diagnose(CLI::App& app) {
  CLI::App* diagnose_command = app.add_subcommand("diagnose", "Looks at the machine: all of it, or some items");
  diagnose_command->add_option("items", items, "A check or a group: storage, clock_drift, network, …");
  on(diagnose_command, &State::diagnose);
  CLI::App* shown = diagnose_command->add_subcommand("history", "What was found before");
  shown->add_option("item", item, "All results of this check");
  on(shown, &State::history);
  CLI::App* noted = diagnose_command->add_subcommand("note", "Keeps what a person saw, heard or felt");
  noted->add_option("item", item, "speaker, dead_pixels, …")->required();
  noted->add_option("outcome", outcome, "pass, warning, fail, not_fitted, skipped")->required();
  noted->add_option("--why", why, "A few words; nothing of any person");
  on(noted, &State::note);
}

void MaintenanceCommands::State::add_network(CLI::App& app) {
  CLI::App* network = app.add_subcommand("network", "How this kiosk is connected")->require_subcommand(1);
  on(network->add_subcommand("status", "Its interfaces"), &State::network_status);
  on(network->add_subcommand("scan", "The Wi-Fi networks in reach"), &State::network_scan);
  CLI::App* connect =
      network->add_subcommand("connect", "Connects to a Wi-Fi; its password is read from standard input");
  connect->add_option("name", name, "The network's name")->required();
  on(connect, &State::network_connect);
  CLI::App* forget = network->add_subcommand("forget", "Forgets a Wi-Fi and its password");
  forget->add_option("name", name, "The network's name")->required();
  on(forget, &State::network_forget);
  CLI::App* dhcp = network->add_subcommand("dhcp", "Takes the address that the network gives");
  dhcp->add_option("interface", interface, "eth0, wlan0, …")->required();
  on(dhcp, &State::network_dhcp);
  CLI::App* fixed = network->add_subcommand("static", "A fixed address");
  fixed->add_option("interface", interface, "eth0, wlan0, …")->required();
  fixed->add_option("address", address, "192.168.1.20/24")->required();
  fixed->add_option("--gateway", gateway, "The way out");
  fixed->add_option("--dns", name_servers, "A name server; up to three times")->allow_extra_args(false);
  on(fixed, &State::network_static);
  on(network->add_subcommand("test", "Step by step to the centre"), &State::test_network);
}

void MaintenanceCommands::State::add_time_and_power(CLI::App& app) {
  CLI::App* time = app.add_subcommand("time", "Clock and zone")->require_subcommand(1);
  on(time->add_subcommand("status", "What the clock shows, and what that is worth"), &State::time_status);
  CLI::App* zone = time->add_subcommand("zone", "Sets the zone");
  zone->add_option("name", name, "Asia/Jayapura")->required();
  on(zone, &State::time_zone);
  CLI::App* set = time->add_subcommand("set", "Sets the clock by hand");
  set->add_option("time", value, "\"2026-11-28 14:05\", as a clock in Mimika shows it")->required();
  on(set, &State::time_set);
  CLI::App* servers = time->add_subcommand("network", "Whether time servers are asked");
  servers->add_option("on-or-off", value, "on or off")->required();
  on(servers, &State::time_network);
  CLI::App* power = app.add_subcommand("power", "Restart and shut down")->require_subcommand(1);
  on(power->add_subcommand("restart", "Starts the machine again"), &State::restart);
  on(power->add_subcommand("off", "Shuts the machine down"), &State::off);
}

void MaintenanceCommands::State::add_settings(CLI::App& app) {
  CLI::App* settings = app.add_subcommand("settings", "kiosk.toml, one key at a time")->require_subcommand(1);
  CLI::App* get = settings->add_subcommand("get", "What is in force");
  get->add_option("name", name, "printer.uri, …; without it, all");
  on(get, &State::settings_get);
  CLI::App* set = settings->add_subcommand("set", "Sets one key; everything else of the file stays");
  set->add_option("name", name, "printer.uri, …")->required();
  set->add_option("value", value, "What the kiosk would refuse is refused")->required();
  on(set, &State::settings_set);
  CLI::App* unset = settings->add_subcommand("unset", "Takes one key away: its default counts again");
  unset->add_option("name", name, "printer.uri, …")->required();
  on(unset, &State::settings_unset);
}

void MaintenanceCommands::State::add_readiness(CLI::App& app) {
  CLI::App* report = app.add_subcommand("readiness", "The readiness report, signed by this kiosk");
  report->add_option("--pdf", pdf, "Writes it as PDF");
  report->add_option("--out", report_file, "Writes it as JSON, for the centre");
  report->add_option("--language", language, "Of the PDF and the print: id, en")->capture_default_str();
  report->add_flag("--print", print, "On the kiosk's printer");
  on(report, &State::readiness);
  CLI::App* check = report->add_subcommand("check", "Is this the report of a kiosk?");
  check->add_option("file", report_file, "The report as JSON")->required();
  check->add_option("--key", key_hex, "The verify key of another kiosk, in hexadecimal");
  on(check, &State::readiness_check);
}

MaintenanceCommands::MaintenanceCommands(CLI::App& app) : state_(std::make_unique<State>()) {
  app.add_option("--bus", state_->bus, "Another message bus than the system's: unix:path=…");
  state_->add_diagnose(app);
  state_->add_network(app);
  state_->add_time_and_power(app);
  state_->add_settings(app);
  state_->add_readiness(app);
}

MaintenanceCommands::~MaintenanceCommands() = default;

std::optional<Result<CtlAnswer>> MaintenanceCommands::run(const DataFolder& folder) {
  if (!state_->chosen_command) return std::nullopt;
  return state_->chosen_command(folder);
}

}  // namespace mimika
