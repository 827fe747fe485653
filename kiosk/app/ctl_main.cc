// mimika-kiosk-ctl: what a technician, a script or a test does to a kiosk without its screen.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>

#include "kiosk/app/config.h"
#include "kiosk/app/ctl_events.h"
#include "kiosk/app/ctl_maintenance.h"
#include "kiosk/app/ctl_print.h"
#include "kiosk/app/ctl_report.h"
#include "kiosk/app/ctl_usb.h"
#include "kiosk/app/filing.h"
#include "kiosk/app/locations.h"
#include "kiosk/app/media_files.h"
#include "kiosk/app/published.h"
#include "kiosk/app/store_events.h"
#include "kiosk/app/ticket_json.h"
#include "kiosk/app/version.h"
#include "kiosk/base/files.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/log.h"
#include "kiosk/base/wipe.h"
#include "kiosk/eventlog/event_span.h"
#include "kiosk/session/personal_text.h"
#include "sync/client/curl_transport.h"
#include "sync/client/engine.h"
#include "sync/client/enrol.h"
#include "sync/client/rekey.h"

namespace mimika {
namespace {

using Json = nlohmann::ordered_json;
using eventlog::EventId;
using eventlog::ValueKey;

struct Options {
  DataFolder folder;
  bool json = false;
  std::string file = "-";
  int repeat = 1;
  MediaFiles media;
  StickPlace stick;               // of export and import
  std::vector<std::string> with;  // files that go along
  std::string printer_uri;
  std::string font_folder;
  std::string payload;  // the text of a receipt's QR code
  std::string key_hex;
  EventsRequest events;
  ReportRequest report;
};

// Every command prints one JSON object with --json, or a few plain lines without.
void print(const Options& options, const Json& answer) {
  if (options.json) {
    std::cout << answer.dump() << std::endl;
    return;
  }
  for (const auto& [name, value] : answer.items()) {
    std::cout << name << ": " << (value.is_string() ? value.get<std::string>() : value.dump()) << "\n";
  }
  std::cout.flush();
}

Result<std::string> read_input(const std::string& path) {
  if (path != "-") {
    TRY_ASSIGN(const Bytes content, read_file(path, limits::kConfigBytes));
    return std::string(as_text(content));
  }
  std::string text((std::istreambuf_iterator<char>(std::cin)), std::istreambuf_iterator<char>());
  if (text.size() > limits::kConfigBytes) return fail(ErrorCode::kTooLarge, "the input is too long");
  return text;
}

struct OpenKiosk {
  std::unique_ptr<Env> env;
  sync::Enrolment enrolment;
  std::unique_ptr<Store> store;
};

Result<OpenKiosk> open_kiosk(const Options& options) {
  auto env = make_system_env();
  TRY_ASSIGN(sync::Enrolment enrolment, sync::load_enrolment(options.folder.root));
  TRY_ASSIGN(auto store,
             Store::open(enrolment.store_options(options.folder.journal(), kProgramVersion, program_built_ms()), *env));
  if (!store->notice().set_aside_path.empty() || store->notice().restored) {
    note_store_notice(*open_ctl_events(options.folder, *env), *store, options.folder.root);
  }
  if (!store->notice().set_aside_path.empty()) {
    std::cerr << "warning: the journal was damaged; it is kept as " << store->notice().set_aside_path << "\n";
  }
  return OpenKiosk{std::move(env), std::move(enrolment), std::move(store)};
}

StickKiosk stick_kiosk(const Options& options, const OpenKiosk& kiosk) {
  return {*kiosk.store, kiosk.enrolment, *kiosk.env, options.folder};
}

// For `return`, where a piece of work that the event log has the beginning of goes wrong.
std::unexpected<Error> failed(eventlog::EventSpan& span, const Error& error) {
  span.fail(error);
  return std::unexpected(error);
}

Json read(const CtlAnswer& answer) {
  return Json::parse(answer.json);
}

eventlog::Outcome outcome_of(const CtlAnswer& answer) {
  return answer.exit_code == 0 ? eventlog::Outcome::kSuccess : eventlog::Outcome::kFailure;
}

std::int64_t number_in(const Json& answer, const char* name) {
  return answer.value(name, std::int64_t{0});
}

std::int64_t files_in(const Json& answer) {
  return static_cast<std::int64_t>(answer.at("files").size());
}

Status run_enrol(const Options& options) {
  TRY_ASSIGN(const std::string ticket, read_input(options.file));
  const auto env = make_system_env();
  TRY(make_private_folder(options.folder.root));
  const auto events = open_ctl_events(options.folder, *env);
  eventlog::EventSpan span(*events, EventId::kEnrolBegin, eventlog::Role::kTechnician);
  const auto enrolment = sync::enrol_kiosk(ticket, options.folder.root, *env);
  if (!enrolment) return failed(span, enrolment.error());
  // The journal is begun now, so that a full or read-only disk is found while the technician is still here.
  const auto kiosk = open_kiosk(options);
  if (!kiosk) return failed(span, kiosk.error());
  const StoreIdentity& identity = kiosk->store->identity();
  span.end(eventlog::Outcome::kSuccess, {{ValueKey::kDevice, static_cast<std::int64_t>(identity.device.value)},
                                         {ValueKey::kDistrict, identity.district.value}});
  print(options, {{"enrolled", true},
                  {"device", identity.device.value},
                  {"device_code", identity.device_code.value},
                  {"district", identity.district.value},
                  {"centre", enrolment->centre.url}});
  return {};
}

Json when(std::optional<WallMs> at) {
  return at ? Json(*at) : Json(nullptr);
}

// The version of each kind, and of the catalogue whether this program can use it.
Result<Json> describe_documents(Store& store) {
  static constexpr std::pair<const char*, wire::DocumentKind> kKinds[] = {
      {"catalogue", wire::DocumentKind::kCatalogue},
      {"accounts", wire::DocumentKind::kAccounts},
      {"announcements", wire::DocumentKind::kAnnouncements},
      {"dictionary", wire::DocumentKind::kDictionary}};
  Json out = Json::object();
  for (const auto& [name, kind] : kKinds) {
    TRY_ASSIGN(const auto document, store.document(kind));
    out[name] = document ? Json(document->version) : Json(nullptr);
    if (kind != wire::DocumentKind::kCatalogue || !document) continue;
    const auto catalogue = parse_catalogue(as_text(document->content));
    out["catalogue_problem"] = catalogue ? Json(nullptr) : Json(catalogue.error().message);
  }
  return out;
}

// What was refused, by whom, why and how often; and own events that count for nothing at the centre.
Status add_refusals(Store& store, Json& status) {
  TRY_ASSIGN(const std::vector<RefusalCount> refusals, store.refusals());
  TRY_ASSIGN(const std::vector<SetAsideCount> set_aside, store.set_aside_events());
  Json& refused = status["refusals"] = Json::array();
  for (const RefusalCount& count : refusals) {
    refused.push_back({{"what", refused_what_name(count.what)},
                       {"reason", count.reason},
                       {"times", count.times},
                       {"last_ms", count.last_ms}});
  }
  Json& aside = status["events_set_aside"] = Json::array();
  for (const SetAsideCount& count : set_aside) {
    aside.push_back({{"reason", count.reason}, {"events", count.events}, {"last_ms", count.last_ms}});
  }
  return {};
}

Status run_status(const Options& options) {
  TRY_ASSIGN(const OpenKiosk kiosk, open_kiosk(options));
  TRY_ASSIGN(const StoreStatus status, kiosk.store->status());
  TRY_ASSIGN(const CentreKeysKnown centre, kiosk.store->centre_keys());
  TRY_ASSIGN(const StaffScope scope, kiosk.store->staff_scope());
  const StoreIdentity& identity = kiosk.store->identity();
  TRY_ASSIGN(const Json documents, describe_documents(*kiosk.store));
  Json answer = {{"device", identity.device.value},
                 {"device_code", identity.device_code.value},
                 {"district", identity.district.value},
                 {"centre", kiosk.enrolment.centre.url},
                 {"epoch", status.epoch.value},
                 {"events", status.events},
                 {"tickets", status.tickets},
                 {"unsent_events", status.unsent_events},
                 {"oldest_unsent_ms", when(status.oldest_unsent_ms)},
                 {"last_contact_ms", when(status.last_contact_ms)},
                 {"feed_cursor", status.feed_cursor.value},
                 {"waiting_for_their_ticket", status.orphans},
                 {"disputed_events", status.disputed_events},
                 {"policy_version", centre.policy_version},
                 {"staff_scope", scope == StaffScope::kFull ? "full" : "narrow"},
                 {"unsent_attachments", status.unsent_blobs},
                 {"refused_attachments", status.refused_blobs},
                 {"documents", documents}};
  TRY(add_stick_status(stick_kiosk(options, kiosk), answer));
  TRY(add_refusals(*kiosk.store, answer));
  print(options, answer);
  return {};
}

// With --repeat the same filing is made again and again, each printed when it is saved: for load and kill tests.
Status run_file(const Options& options) {
  TRY_ASSIGN(std::string text, read_input(options.file));
  auto request = filing_from_json(text);
  wipe(text);
  if (!request) return std::unexpected(request.error());
  // Before anything is saved: a ticket has all of them or is not filed.
  TRY_ASSIGN(const ReadMedia media, ReadMedia::read(options.media, request->kind));
  request->told_by_media = media.tell();
  TRY_ASSIGN(const Catalogue catalogue, load_catalogue(find_assets() + "/catalogue"));
  TRY_ASSIGN(const OpenKiosk kiosk, open_kiosk(options));
  for (int i = 0; i < options.repeat; ++i) {
    TRY_ASSIGN(ReceiptPair pair, make_receipt_pair(*kiosk.env, kiosk.store->identity().device));
    TRY_ASSIGN(Receipted done,
               file_request(*kiosk.store, catalogue, *request, std::move(pair), kiosk.enrolment.device_key,
                            local_date(kiosk.env->wall_ms()), media.media()));
    std::string code = done.code.grouped();
    print(options, {{"number", format_ticket_number(done.filed.number)},
                    {"receipt_code", code},
                    {"event", to_string(done.filed.key)},
                    {"filed_ms", done.filed.filed_ms},
                    {"statement", done.statement}});
    wipe(code);
  }
  wipe(*request);
  return {};
}

Status run_tickets(const Options& options) {
  TRY_ASSIGN(const OpenKiosk kiosk, open_kiosk(options));
  TRY_ASSIGN(const std::vector<Ticket> tickets, kiosk.store->tickets(1'000'000));
  for (const Ticket& ticket : tickets) {
    print(options, {{"number", format_ticket_number(ticket.number)},
                    {"status", static_cast<int>(ticket.status)},
                    {"filed_ms", ticket.filed_ms},
                    {"arrived_ms", when(ticket.arrived_ms)}});
  }
  return {};
}

Result<CtlAnswer> run_report(const Options& options) {
  TRY_ASSIGN(const OpenKiosk kiosk, open_kiosk(options));
  TRY_ASSIGN(const Catalogue catalogue, newest_catalogue(options.folder, find_assets()));
  return make_report(*kiosk.store, *kiosk.env, catalogue, options.report);
}

Status run_sync(const Options& options) {
  TRY_ASSIGN(OpenKiosk kiosk, open_kiosk(options));
  TRY_ASSIGN(const auto transport, sync::CurlTransport::open(kiosk.enrolment.transport_options()));
  TRY_ASSIGN(auto next_key, sync::finish_pending_rekey(options.folder.root, *transport, *kiosk.env));
  if (next_key) kiosk.enrolment.device_key = *std::move(next_key);
  sync::SyncReport total;
  sync::SyncEngine engine(*kiosk.store, *transport, kiosk.enrolment.device_key, *kiosk.env);
  do {
    total.more = false;
    TRY(engine.run(total));
  } while (total.more);
  TRY_ASSIGN(const Json carried, forward_bundles(stick_kiosk(options, kiosk), *transport));
  const sync::Traffic traffic = transport->traffic();
  Json rejects = Json::array();
  for (const wire::Reject& reject : total.rejects)
    rejects.push_back({{"seq", reject.seq.value}, {"reason", reject.reason}});
  print(options, {{"calls", total.calls},
                  {"records", total.records},
                  {"arrived", total.arrived},
                  {"feed_applied", total.feed_applied},
                  {"application_bytes_sent", traffic.application_sent},
                  {"application_bytes_received", traffic.application_received},
                  {"socket_bytes_sent", traffic.socket_sent},
                  {"socket_bytes_received", traffic.socket_received},
                  {"carried", carried},
                  {"rejects", rejects}});
  return {};
}

Status run_rotate_key(const Options& options) {
  const auto env = make_system_env();
  TRY_ASSIGN(const sync::Enrolment before, sync::load_enrolment(options.folder.root));
  TRY_ASSIGN(const auto transport, sync::CurlTransport::open(before.transport_options()));
  TRY_ASSIGN(const sync::Enrolment after, sync::rekey(options.folder.root, *transport, *env));
  print(options, {{"rotated", true}, {"verify_key", to_hex(after.device_key.verify_key())}});
  return {};
}

Result<CtlAnswer> run_export(const Options& options, StickTelling telling) {
  TRY_ASSIGN(const OpenKiosk kiosk, open_kiosk(options));
  const auto events = open_ctl_events(options.folder, *kiosk.env);
  eventlog::EventSpan span(*events, EventId::kExportBegin, eventlog::Role::kTechnician);
  Result<CtlAnswer> answer = export_to_stick(stick_kiosk(options, kiosk), options.stick, options.with, telling);
  if (!answer) return failed(span, answer.error());
  const Json told = read(*answer);
  span.end(outcome_of(*answer), {{ValueKey::kEvents, number_in(told, "exported")},
                                 {ValueKey::kParts, number_in(told, "exported_parts")},
                                 {ValueKey::kFiles, files_in(told)}});
  return answer;
}

Result<CtlAnswer> run_import(const Options& options, StickTelling telling) {
  TRY_ASSIGN(const OpenKiosk kiosk, open_kiosk(options));
  const auto events = open_ctl_events(options.folder, *kiosk.env);
  eventlog::EventSpan span(*events, EventId::kImportBegin, eventlog::Role::kTechnician);
  Result<CtlAnswer> answer = import_from_stick(stick_kiosk(options, kiosk), options.stick, telling);
  if (!answer) return failed(span, answer.error());
  const Json told = read(*answer);
  const auto refused =
      std::ranges::count_if(told.at("files"), [](const Json& file) { return file.at("result") == "refused"; });
  span.end(outcome_of(*answer), {{ValueKey::kArrived, number_in(told, "arrived")},
                                 {ValueKey::kFiles, files_in(told)},
                                 {ValueKey::kRefused, refused}});
  return answer;
}

Result<CtlAnswer> run_usb(const Options& options, const std::string& command) {
  const StickTelling telling = options.json ? StickTelling::kJson : StickTelling::kWords;
  if (command == "export") return run_export(options, telling);
  if (command == "import") return run_import(options, telling);
  if (command == "inspect") return inspect_stick(options.stick.device, *make_system_env());
  TRY_ASSIGN(const Json sticks, list_sticks());
  return CtlAnswer{sticks.dump(), 0};
}

// Sticks: by hand (usb …), and the two commands that scripts have known for longer.
void add_stick_commands(CLI::App& app, Options& options) {
  app.add_subcommand("export", "Writes what the centre does not have yet on a stick, sealed")
      ->add_option("--to", options.stick.folder, "The stick's folder")
      ->required();
  app.add_subcommand("import", "Takes the centre's answers from a stick, and what others sent to be carried on")
      ->add_option("--from", options.stick.folder, "The stick's folder")
      ->required();
  CLI::App* usb = app.add_subcommand("usb", "Sticks: find, look at, export, import (docs/stick.md)")
                      ->require_subcommand(1)
                      ->fallthrough();
  usb->add_subcommand("list", "The sticks that are plugged in");
  usb->add_subcommand("inspect", "What is on a stick, without mounting it")
      ->add_option("device", options.stick.device, "The whole stick, as /dev/sdb, or a file with its image")
      ->required();
  const auto add_place = [&](CLI::App* command, const char* folder) {
    auto* place = command->add_option_group("place");
    place->add_option(folder, options.stick.folder, "The folder of a stick that is mounted");
    place->add_option("--device", options.stick.device, "The whole stick; it is looked at, mounted and unmounted");
    place->require_option(1);
  };
  CLI::App* out = usb->add_subcommand("export", "Writes what the centre does not have yet, with progress");
  add_place(out, "--to");
  out->add_option("--with", options.with, "A log or report that goes along; may be repeated")->allow_extra_args(false);
  add_place(usb->add_subcommand("import", "Takes answers, what others sent, and updates, with progress"), "--from");
}

Status run_verify(const Options& options) {
  TRY_ASSIGN(const OpenKiosk kiosk, open_kiosk(options));
  TRY(kiosk.store->verify());
  TRY_ASSIGN(const StoreStatus status, kiosk.store->status());
  print(options, {{"verified", true}, {"events", status.events}, {"tickets", status.tickets}});
  return {};
}

// An enrolled kiosk prints under its own code; before that, the printer can be tried all the same.
Result<CtlAnswer> run_print_test(const Options& options) {
  std::string uri = options.printer_uri;
  if (uri.empty()) {
    TRY_ASSIGN(const KioskConfig config, load_config(options.folder.config()));
    uri = config.printer_uri;
  }
  const auto enrolment = sync::load_enrolment(options.folder.root);
  const std::string owner = enrolment ? enrolment->centre.identity.device_code.value : "kiosk";
  const auto env = make_system_env();
  return print_test(uri, owner, options.font_folder, *env);
}

Result<CtlAnswer> run_receipt_check(const Options& options) {
  std::string payload = options.payload;
  if (payload.empty()) {
    TRY_ASSIGN(payload, read_input(options.file));
  }
  if (!options.key_hex.empty()) {
    TRY_ASSIGN(const crypto::VerifyKey key, parse_verify_key(options.key_hex));
    return check_receipt(payload, key);
  }
  TRY_ASSIGN(const sync::Enrolment enrolment, sync::load_enrolment(options.folder.root));
  return check_receipt(payload, enrolment.device_key.verify_key());
}

int report(const Options& options, const Status& status) {
  if (status) return 0;
  if (options.json) {
    std::cout << Json{{"error", error_code_name(status.error().code)}, {"message", status.error().message}}.dump()
              << std::endl;
  } else {
    std::cerr << "mimika-kiosk-ctl: " << status.error().message << "\n";
  }
  return 1;
}

int report_answer(const Options& options, const Result<CtlAnswer>& answer) {
  if (!answer) return report(options, std::unexpected(answer.error()));
  if (options.json || answer->text.empty()) {
    print(options, Json::parse(answer->json));
  } else {
    std::cout << answer->text << std::flush;
  }
  return answer->exit_code;
}

Status run_list_events(const Options& options) {
  TRY_ASSIGN(const std::vector<Json> events, list_events(options.folder, options.events));
  for (const Json& event : events) std::cout << (options.json ? event.dump() : event_in_words(event)) << "\n";
  std::cout.flush();
  return {};
}

Status run_export_events(const Options& options) {
  const auto env = make_system_env();
  TRY_ASSIGN(const Json answer, export_event_log(options.folder, options.events, *env));
  print(options, answer);
  return {};
}

Status run_end_boot(const Options& options) {
  const auto env = make_system_env();
  TRY(end_boot(options.folder, *env));
  print(options, {{"ended", true}});
  return {};
}

int run_events(const Options& options, const CLI::App& events) {
  if (events.got_subcommand("verify")) return report_answer(options, verify_event_log(options.folder));
  if (events.got_subcommand("export")) return report(options, run_export_events(options));
  if (events.got_subcommand("boot-end")) return report(options, run_end_boot(options));
  return report(options, run_list_events(options));
}

void add_events(CLI::App& app, EventsRequest& request) {
  CLI::App* events = app.add_subcommand("events", "What the machine and its staff did (docs/event-log.md)");
  events->require_subcommand(0, 1);
  events->fallthrough();
  events->add_option("--since", request.since, "From a day or a time on: 2026-11-28, 2026-11-28T13:25:01Z, or ms");
  events->add_option("--id", request.id, "Only this event");
  events->add_option("--type", request.type, "Only this type: system-action, user-action, status, error");
  events->add_option("--role", request.role, "Only what this role caused");
  events->add_option("--tail", request.last, "Only so many, the newest");
  events->add_subcommand("verify", "Whether the log is what was written, and if not, where; exit code 2");
  CLI::App* out = events->add_subcommand("export", "Writes the log to a file, with nothing personal in it");
  out->add_option("--to", request.export_to, "The file")->required();
  out->add_option("--text-log", request.text_log_to, "Another file, for what the programs said of themselves");
  events->add_subcommand("boot-end", "Says that the machine goes down in order; for the system's own shutdown");
}

}  // namespace
}  // namespace mimika

int main(int argc, char** argv) {
  using namespace mimika;
  Options options;
  options.folder.root = default_data_folder();
  CLI::App app{"Looks after a Mimika kiosk from a terminal", "mimika-kiosk-ctl"};
  app.set_version_flag("--version", kProgramVersion);
  app.add_option("--data", options.folder.root, "The kiosk's data folder")->capture_default_str();
  app.add_flag("--json", options.json, "One JSON object a line instead of plain text");
  app.require_subcommand(1);
  app.fallthrough();

  CLI::App* enrol = app.add_subcommand("enrol", "Binds this kiosk to the centre with an enrolment ticket");
  enrol->add_option("--ticket", options.file, "The ticket's file; - reads standard input")->required();
  app.add_subcommand("status", "Who this kiosk is, what it holds, what waits to be sent");
  CLI::App* file = app.add_subcommand("file", "Files a ticket from JSON, through the same checks as the screen");
  file->add_option("ticket", options.file, "A file with one JSON object; - reads standard input")
      ->capture_default_str();
  file->add_option("--voice", options.media.voice, "An Ogg Opus file, at most a minute, that goes with it");
  file->add_option("--photo", options.media.photos, "A JPEG file that goes with it; up to three times")
      ->allow_extra_args(false);
  file->add_option("--paper", options.media.papers, "A JPEG file of a paper, with a service")->allow_extra_args(false);
  file->add_option("--repeat", options.repeat, "File it this many times")->check(CLI::Range(1, 1'000'000));
  app.add_subcommand("tickets", "Every ticket this kiosk knows, newest first");
  CLI::App* figures = app.add_subcommand("report", "The figures of a day or a month; no name is in them");
  auto* days = figures->add_option_group("days");
  days->add_option("--day", options.report.day, "As 2026-11-28");
  days->add_option("--month", options.report.month, "As 2026-11");
  days->require_option(1);
  figures->add_flag_callback(
      "--csv", [&] { options.report.form = ReportForm::kCsv; }, "For a spreadsheet, one figure a row");
  app.add_subcommand("sync", "Synchronises with the centre now");
  app.add_subcommand("rotate-key", "Gives this kiosk another signing key; start the kiosk again afterwards");
  add_stick_commands(app, options);
  add_events(app, options.events);
  app.add_subcommand("verify", "Checks the chain, the projections and the database");
  CLI::App* print_test =
      app.add_subcommand("print-test", "Prints a test slip and says what happened (docs/printing.md)");
  print_test->add_option("--uri", options.printer_uri, "Another printer than that of kiosk.toml");
  print_test->add_option("--fonts", options.font_folder, "Where the Inter fonts are");
  CLI::App* receipt = app.add_subcommand("receipt", "What is printed on a receipt")->require_subcommand(1);
  CLI::App* check = receipt->add_subcommand("check", "Is this the receipt of a filing on this kiosk?");
  check->add_option("payload", options.payload, "The text of the QR code; without it, --file");
  check->add_option("--file", options.file, "A file with that text; - reads standard input")->capture_default_str();
  check->add_option("--key", options.key_hex, "The verify key of another kiosk, in hexadecimal");
  MaintenanceCommands maintenance(app);
  CLI11_PARSE(app, argc, argv);

  open_log("", LogLevel::kWarning);
  if (const auto answer = maintenance.run(options.folder)) return report_answer(options, *answer);
  const std::string command = app.get_subcommands().front()->get_name();
  if (command == "enrol") return report(options, run_enrol(options));
  if (command == "status") return report(options, run_status(options));
  if (command == "file") return report(options, run_file(options));
  if (command == "tickets") return report(options, run_tickets(options));
  if (command == "report") return report_answer(options, run_report(options));
  if (command == "sync") return report(options, run_sync(options));
  if (command == "rotate-key") return report(options, run_rotate_key(options));
  if (command == "usb") {
    const CLI::App* usb = app.get_subcommands().front();
    return report_answer(options, run_usb(options, usb->get_subcommands().front()->get_name()));
  }
  if (command == "export") return report_answer(options, run_export(options, StickTelling::kNothing));
  if (command == "print-test") return report_answer(options, run_print_test(options));
  if (command == "receipt") return report_answer(options, run_receipt_check(options));
  if (command == "events") return run_events(options, *app.get_subcommand("events"));
  if (command == "import") return report_answer(options, run_import(options, StickTelling::kNothing));
  return report(options, run_verify(options));
}
