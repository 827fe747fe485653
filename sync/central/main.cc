// mimika-central: the other end of the sync, with the pages of the regency's staff. Wires the parts together and reads
// the command line; each command's work is in cli/.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <iostream>
#include <string>

#include "kiosk/base/log.h"
#include "kiosk/base/wipe.h"
#include "sync/central/central_limits.h"
#include "sync/central/cli/assets.h"
#include "sync/central/cli/commands.h"
#include "sync/central/cli/documents.h"
#include "sync/central/cli/serve.h"
#include "sync/central/cli/staff.h"
#include "sync/central/cli/stick.h"
#include "sync/central/cli/trust.h"
#include "sync/central/cli/verify.h"
#include "sync/central/store/blobs.h"
#include "sync/central/store/sqlite_store.h"

namespace {

using namespace mimika;
using namespace mimika::central;

enum ExitCode { kOk = 0, kFailed = 1, kProblemsFound = 2 };

int report(const Status& status) {
  if (status) return kOk;
  fmt::print(stderr, "mimika-central: {} ({})\n", status.error().message, error_code_name(status.error().code));
  return kFailed;
}

int print(const Result<std::string>& text) {
  if (!text) return report(std::unexpected(text.error()));
  fmt::print("{}", *text);
  return kOk;
}

// One line, so that a script can pipe it; never an argument, which anyone on the machine could read.
Result<std::string> password_from_stdin() {
  std::string line;
  if (!std::getline(std::cin, line)) return fail(ErrorCode::kInvalidInput, "no password on standard input");
  if (!line.empty() && line.back() == '\r') line.pop_back();
  return line;
}

struct Arguments {
  std::string data;
  std::string assets;
  std::string log_file;
  bool verbose = false;
  ServeOptions serve;
  NewUser user;
  EnrolmentOrder order;
  PublishOrder document;
  StaffOrder staff;
  int kiosk_number = 0;
  std::string ticket_path;
  std::string kiosk_code;
  PolicyChange policy;
  std::string stick;  // the folder of import and export
  bool no_ack = false;
  bool fetch_damaged = false;
  std::uint32_t stick_device = 0;
  std::string update_package;
  std::string update_version;
};

int run_serve(Env& env, Arguments& arguments) {
  auto catalogue = load_catalogue_from(arguments.assets);
  if (!catalogue) return report(std::unexpected(catalogue.error()));
  arguments.serve.data = arguments.data;
  return report(serve(env, std::move(*catalogue), arguments.serve));
}

int run_user_add(Env& env, Arguments& arguments) {
  const auto catalogue = load_catalogue_from(arguments.assets);
  if (!catalogue) return report(std::unexpected(catalogue.error()));
  auto password = password_from_stdin();
  if (!password) return report(std::unexpected(password.error()));
  arguments.user.password = std::move(*password);
  const Status added = add_user(env, arguments.data, *catalogue, arguments.user);
  wipe(arguments.user.password);
  if (added) fmt::print("account {} ({}) added\n", arguments.user.login, arguments.user.role);
  return report(added);
}

int run_user_password(Env& env, Arguments& arguments) {
  auto password = password_from_stdin();
  if (!password) return report(std::unexpected(password.error()));
  const Status changed = change_password(env, arguments.data, arguments.user.login, *password);
  wipe(*password);
  return report(changed);
}

int run_kiosk_enrol(Env& env, Arguments& arguments) {
  const auto catalogue = load_catalogue_from(arguments.assets);
  if (!catalogue) return report(std::unexpected(catalogue.error()));
  if (arguments.kiosk_number != 0) arguments.order.number = arguments.kiosk_number;
  return print(enrol_kiosk(env, arguments.data, *catalogue, arguments.order, arguments.ticket_path));
}

// One of the commands about those who work at kiosks.
template <typename Command>
int with_catalogue(Env& env, Arguments& arguments, Command command) {
  const auto catalogue = load_catalogue_from(arguments.assets);
  if (!catalogue) return report(std::unexpected(catalogue.error()));
  return print(command(env, arguments.data, *catalogue, arguments.staff));
}

int run_publish(Env& env, Arguments& arguments) {
  const auto catalogue = load_catalogue_from(arguments.assets);
  if (!catalogue) return report(std::unexpected(catalogue.error()));
  return print(publish(env, arguments.data, *catalogue, arguments.document));
}

int run_verify(Env& env, const Arguments& arguments) {
  const auto look = [&]() -> Result<VerifyReport> {
    TRY_ASSIGN(const DataFolder folder, open_data_folder(env, arguments.data));
    TRY_ASSIGN(const auto pool, DatabasePool::open(folder.database_path(), 1));
    TRY_ASSIGN(const auto database, pool->borrow());
    TRY_ASSIGN(VerifyReport found, verify_database(*database, folder.keys));
    TRY(verify_attachments(*database, folder.blobs_path(), found));
    if (!arguments.fetch_damaged) return found;
    const Status forgotten = in_transaction(*database, [&]() -> Status {
      for (const wire::BlobId& id : found.damaged) TRY(forget_leaves(*database, id));
      return {};
    });
    TRY(forgotten);
    return found;
  };
  const auto found = look();
  if (!found) return report(std::unexpected(found.error()));
  fmt::print("{}", describe(*found));
  if (arguments.fetch_damaged) fmt::print("{} attachments are asked for again\n", found->damaged.size());
  return found->problems.empty() ? kOk : kProblemsFound;
}

int report_stick(const Result<StickReport>& done) {
  if (!done) return report(std::unexpected(done.error()));
  fmt::print("{}", done->text);
  return done->refused == 0 ? kOk : kProblemsFound;
}

int run_import(Env& env, const Arguments& arguments) {
  const auto catalogue = load_catalogue_from(arguments.assets);
  if (!catalogue) return report(std::unexpected(catalogue.error()));
  return report_stick(
      import_stick(env, arguments.data, *catalogue, arguments.stick, arguments.no_ack ? Acks::kNone : Acks::kWrite));
}

int run_export(Env& env, const Arguments& arguments) {
  const auto catalogue = load_catalogue_from(arguments.assets);
  if (!catalogue) return report(std::unexpected(catalogue.error()));
  const auto device = arguments.stick_device == 0 ? std::nullopt : std::optional(DeviceId{arguments.stick_device});
  return report_stick(export_stick(env, arguments.data, *catalogue, arguments.stick, device));
}

int run(int argc, char** argv) {
  CLI::App app("The centre of Mimika's service kiosks: takes their journals, serves the staff's pages.",
               "mimika-central");
  Arguments arguments;
  const auto env = make_system_env();
  int exit_code = kOk;

  app.add_option("--data", arguments.data, "folder of the database and the keys; made if missing");
  app.add_option("--assets", arguments.assets, "folder with catalogue/; default: the installed one")
      ->envname("MIMIKA_ASSETS");
  app.add_option("--listen", arguments.serve.listen, "ADDRESS:PORT to serve on")->capture_default_str();
  app.add_option("--name", arguments.serve.names, "further host name or address for the certificate; repeatable");
  app.add_option("--log-file", arguments.log_file, "also log to this file");
  app.add_flag("--verbose", arguments.verbose, "log every request");

  const auto command = [&](CLI::App* parent, const char* name, const char* help, auto action) {
    CLI::App* added = parent->add_subcommand(name, help);
    added->fallthrough();
    added->callback([&, action] {
      if (arguments.data.empty()) throw CLI::RequiredError("--data");
      exit_code = action(*env, arguments);
    });
    return added;
  };

  CLI::App* user = app.add_subcommand("user", "staff accounts")->require_subcommand(1)->fallthrough();
  CLI::App* add = command(user, "add", "add an account; its password is one line of standard input", run_user_add);
  bool from_stdin = false;
  add->add_option("--name", arguments.user.login, "login name")->required();
  add->add_option("--full-name", arguments.user.full_name, "as shown beside what they do")->required();
  add->add_option("--role", arguments.user.role,
                  "super_admin, liaison, opd_pic, opd_head, inspectorate, regent, system_admin")
      ->required();
  add->add_option("--opd", arguments.user.opd, "OPD of the catalogue, for opd_pic, opd_head and inspectorate");
  add->add_flag("--password-stdin", from_stdin, "read the password from standard input")->required();

  const auto named = [&](const char* name, const char* help, auto action) {
    CLI::App* added = command(user, name, help, action);
    added->add_option("--name", arguments.user.login, "login name")->required();
    return added;
  };
  named("password", "set a new password and end all sessions", run_user_password)
      ->add_flag("--password-stdin", from_stdin, "read the password from standard input")
      ->required();
  named("disable", "close an account and end its sessions",
        [](Env& e, Arguments& a) { return report(set_user_state(e, a.data, a.user.login, AccountState::kDisabled)); });
  named("enable", "open a closed account again",
        [](Env& e, Arguments& a) { return report(set_user_state(e, a.data, a.user.login, AccountState::kEnabled)); });
  command(user, "list", "list accounts", [](Env& e, Arguments& a) { return print(describe_users(e, a.data)); });

  const auto staff_command = [&](CLI::App* parent, const char* name, const char* help, auto action) {
    return command(parent, name, help, [action](Env& e, Arguments& a) { return with_catalogue(e, a, action); });
  };
  CLI::App* staff =
      app.add_subcommand("staff", "those who work at kiosks; all as JSON")->require_subcommand(1)->fallthrough();
  const auto of_staff = [&](const char* name, const char* help, auto action) {
    CLI::App* added = staff_command(staff, name, help, action);
    added->add_option("--login", arguments.staff.login, "2 to 32 of a-z, 0-9, dot, underscore, dash")->required();
    return added;
  };
  CLI::App* hire = of_staff("add", "add an account; its start PIN is shown this once", add_staff);
  hire->add_option("--full-name", arguments.staff.full_name, "as shown beside what they do")->required();
  hire->add_option("--role", arguments.staff.role, "officer, district_head, technician")->capture_default_str();
  hire->add_option("--district", arguments.staff.district, "code of the district, 94.04.06; none for technicians");
  hire->add_option("--key-file", arguments.staff.key_file, "ask for a stick besides the PIN; its file is written here");
  of_staff("reset-pin", "another start PIN, shown this once", reset_staff_pin)
      ->add_option("--key-file", arguments.staff.key_file, "where the next file of its stick is written");
  const auto staff_verb = [&](const char* name, const char* help, StaffVerb verb) {
    return of_staff(name, help, [verb](Env& e, const std::string& data, const Catalogue& c, const StaffOrder& o) {
      return change_staff(e, data, c, o, verb);
    });
  };
  staff_verb("unlock", "let a locked account in again, with the start PIN given last", StaffVerb::kUnlock);
  staff_verb("disable", "close an account at every kiosk that hears of it", StaffVerb::kDisable);
  staff_verb("enable", "open a closed account again", StaffVerb::kEnable);
  staff_verb("rename", "another name beside what they do from now on", StaffVerb::kRename)
      ->add_option("--full-name", arguments.staff.full_name, "the new name")
      ->required();
  command(staff, "list", "list accounts", [](Env& e, Arguments& a) { return print(staff_json(e, a.data)); });

  CLI::App* challenge =
      app.add_subcommand("challenge", "what a kiosk asks by telephone")->require_subcommand(1)->fallthrough();
  CLI::App* reply = staff_command(challenge, "answer", "answer a challenge that a kiosk shows, once", answer_kiosk);
  reply->add_option("--kiosk", arguments.staff.kiosk, "its code, JLA1")->required();
  reply->add_option("--purpose", arguments.staff.purpose, "maintenance, unlock-account, retire")->capture_default_str();
  reply->add_option("--login", arguments.staff.login, "whose account, for unlock-account");
  reply->add_option("challenge", arguments.staff.challenge, "the eight signs, as they were read out")->required();

  CLI::App* stick_key = app.add_subcommand("stick-key", "technicians' sticks")->require_subcommand(1)->fallthrough();
  CLI::App* make = staff_command(stick_key, "make",
                                 "write a key that lets a technician in once at each kiosk it is for", make_stick_file);
  make->add_option("--login", arguments.staff.login, "of the technician")->required();
  auto* for_kiosk = make->add_option("--kiosk", arguments.staff.kiosk, "code of the only kiosk it is for, JLA1");
  make->add_option("--district", arguments.staff.district, "for every kiosk of that district")->excludes(for_kiosk);
  make->add_option("--out", arguments.staff.out, "file to write; a kiosk looks for mimika-maintenance.key")->required();

  CLI::App* kiosk = app.add_subcommand("kiosk", "kiosks")->require_subcommand(1)->fallthrough();
  CLI::App* enrol = command(kiosk, "enrol", "write an enrolment ticket for a technician to carry", run_kiosk_enrol);
  arguments.order.url = "https://127.0.0.1:8443";
  enrol->add_option("--district", arguments.order.district.value, "code of the district, 94.04.06")->required();
  enrol->add_option("--number", arguments.kiosk_number, "1-9 within the district; default: the next free one")
      ->check(CLI::Range(1, central::limits::kKiosksPerDistrict));
  enrol->add_option("--name", arguments.order.name, "what people call the place");
  enrol->add_option("--out", arguments.ticket_path, "file to write")->required();
  enrol->add_option("--url", arguments.order.url, "where the kiosk finds the centre")->capture_default_str();
  command(kiosk, "list", "list kiosks", [](Env& e, Arguments& a) { return print(describe_kiosks(e, a.data)); });

  const auto by_code = [&](const char* name, const char* help, KioskTrust trust) {
    command(kiosk, name, help,
            [trust](Env& e, Arguments& a) { return print(set_kiosk_trust(e, a.data, a.kiosk_code, trust)); })
        ->add_option("--code", arguments.kiosk_code, "its code, JLA1")
        ->required();
  };
  by_code("revoke", "stolen or retired: what it sends from now on changes nothing", KioskTrust::kRevoked);
  by_code("restore", "trust a revoked kiosk again", KioskTrust::kTrusted);

  CLI::App* policy = app.add_subcommand("policy", "what every kiosk must know")->require_subcommand(1)->fallthrough();
  CLI::App* set = command(policy, "set", "issue the next version",
                          [](Env& e, Arguments& a) { return print(set_policy(e, a.data, a.policy)); });
  set->add_option("--revoke-account", arguments.policy.revoke_accounts, "an officer's account; repeatable");
  set->add_option("--restore-account", arguments.policy.restore_accounts, "the opposite; repeatable");
  set->add_option("--staff-days", arguments.policy.staff_days, "days of powered time without word until staff may less")
      ->check(CLI::Range(1, 3650));
  command(policy, "show", "the present version, as JSON",
          [](Env& e, Arguments& a) { return print(policy_json(e, a.data)); });

  CLI::App* keys = app.add_subcommand("keys", "the centre's own keys")->require_subcommand(1)->fallthrough();
  command(keys, "renew", "other keys, announced to every kiosk; start the service again afterwards",
          [](Env& e, Arguments& a) { return print(renew_centre_keys(e, a.data)); });
  CLI::App* document = app.add_subcommand("document", "what kiosks are told")->require_subcommand(1)->fallthrough();
  CLI::App* next = command(document, "publish", "make the next version; kiosks fetch it by themselves", run_publish);
  next->add_option("--kind", arguments.document.kind, "catalogue, accounts, announcements, dictionary")->required();
  next->add_option("--file", arguments.document.file, "what to publish; a catalogue: also its folder")->required();
  next->add_option("--district", arguments.document.district, "code of the district; default: all of them");
  command(document, "list", "list every version",
          [](Env& e, Arguments& a) { return print(describe_documents(e, a.data)); });
  CLI::App* import = command(
      &app, "import",
      "take the bundles of kiosks from a stick and write ACKs beside them; exit 2 when some are refused", run_import);
  import->add_option("--from", arguments.stick, "folder of the stick")->required();
  import->add_flag("--no-ack", arguments.no_ack, "write nothing on the stick");
  CLI::App* write =
      command(&app, "export", "write what is new for kiosks on a stick, without a bundle of theirs", run_export);
  write->add_option("--to", arguments.stick, "folder of the stick")->required();
  write->add_option("--device", arguments.stick_device, "for this kiosk alone; default: every one that is enrolled");
  CLI::App* sign =
      command(&app, "sign-update", "print the note that lets kiosks keep this package off a stick",
              [](Env& e, Arguments& a) { return print(sign_update(e, a.data, a.update_package, a.update_version)); });
  sign->add_option("--package", arguments.update_package, "the Debian package")->required();
  sign->add_option("--version", arguments.update_version, "the version it brings")->required();

  bool json = false;
  command(&app, "status", "tickets, kiosks, refusals and quarantine", [](Env& e, Arguments& a) {
    return print(status_json(e, a.data));
  })->add_flag("--json", json, "as JSON (the only form there is)");
  command(&app, "verify",
          "check the database, every chain, every projection and every attachment; exit 2 when something is wrong",
          run_verify)
      ->add_flag("--fetch-damaged", arguments.fetch_damaged, "ask the kiosks for damaged attachments again");

  app.parse_complete_callback(
      [&] { open_log(arguments.log_file, arguments.verbose ? LogLevel::kDebug : LogLevel::kInfo); });
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& problem) {
    return app.exit(problem);
  }
  if (!app.get_subcommands().empty()) return exit_code;
  if (arguments.data.empty()) {
    fmt::print(stderr, "mimika-central: --data is required: a folder for the database and the keys\n");
    return kFailed;
  }
  return run_serve(*env, arguments);
}

}  // namespace

int main(int argc, char** argv) {
  return run(argc, argv);
}
