#include "kiosk/app/maintenance.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "kiosk/app/config_edit.h"
#include "kiosk/app/version.h"
#include "kiosk/base/bytes.h"
#include "kiosk/maintenance/maintenance_limits.h"
#include "kiosk/maintenance/system_services.h"
#include "sync/client/curl_transport.h"

namespace mimika {
namespace {

using maintenance::SyncState;

Result<std::unique_ptr<Store>> open_store(const DataFolder& folder, const Result<sync::Enrolment>& enrolment,
                                          Env& env) {
  if (!enrolment) return std::unexpected(enrolment.error());
  return Store::open(enrolment->store_options(folder.journal(), kProgramVersion, program_built_ms()), env);
}

}  // namespace

MaintainedKiosk::MaintainedKiosk(DataFolder folder, Env& env)
    : folder_(std::move(folder)),
      env_(env),
      enrolment_(sync::load_enrolment(folder_.root)),
      store_(open_store(folder_, enrolment_, env_)) {}

MaintainedKiosk::~MaintainedKiosk() = default;

const crypto::SigningKey* MaintainedKiosk::key() const {
  return enrolment_ ? &enrolment_->device_key : nullptr;
}

ClockConfidence MaintainedKiosk::clock() {
  ClockConfidence of_store = ClockConfidence::kUnknown;
  if (store_) of_store = (*store_)->clock_confidence().value_or(ClockConfidence::kUnknown);
  return maintenance::clock_confidence(of_store, folder_.maintenance(), env_);
}

Result<maintenance::DiagnosticHistory> MaintainedKiosk::history() const {
  return maintenance::DiagnosticHistory::open(folder_.maintenance());
}

Result<SyncState> MaintainedKiosk::sync_state() {
  if (!store_) return std::unexpected(store_.error());
  TRY_ASSIGN(const StoreStatus status, (*store_)->status());
  TRY_ASSIGN(const std::vector<SetAsideCount> aside, (*store_)->set_aside_events());
  TRY_ASSIGN(const std::vector<RefusalCount> refusals, (*store_)->refusals());
  SyncState state;
  state.enrolled = true;
  state.events = status.events;
  state.unsent_events = status.unsent_events;
  state.unsent_attachments = status.unsent_blobs;
  state.disputed_events = status.disputed_events;
  for (const SetAsideCount& count : aside) state.set_aside_events += count.events;
  state.waiting_for_their_ticket = status.orphans;
  state.feed_cursor = status.feed_cursor.value;
  state.oldest_unsent_ms = status.oldest_unsent_ms;
  state.last_contact_ms = status.last_contact_ms;
  if (status.refused_lately) {
    const auto newest = std::ranges::max_element(refusals, {}, &RefusalCount::last_ms);
    state.last_error = newest == refusals.end() ? "something was refused" : "refused: " + newest->reason;
  }
  return state;
}

maintenance::Finding MaintainedKiosk::check_database() {
  using maintenance::Outcome;
  if (!store_) return {Outcome::kFail, {}, store_.error().message};
  if (const Status verified = (*store_)->verify(); !verified) return {Outcome::kFail, {}, verified.error().message};
  // A store that opens has set aside what was damaged, and is sound itself. Somebody should still fetch the other.
  std::int64_t aside = 0;
  std::string name;
  std::error_code error;
  for (std::filesystem::directory_iterator at(folder_.journal(), error), end; !error && at != end;
       at.increment(error)) {
    if (!at->path().filename().string().starts_with("journal.db.damaged-")) continue;
    ++aside;
    name = std::max(name, at->path().filename().string());
  }
  if (aside == 0) return {Outcome::kPass, {}, ""};
  return {
      Outcome::kWarning, {{"set_aside", aside, maintenance::Unit::kCount}}, "a damaged journal was set aside: " + name};
}

// An empty call: the centre refuses it, and that it can is all that is asked.
Result<int> MaintainedKiosk::ask_centre() const {
  sync::TransportOptions options = enrolment_->transport_options();
  options.connect_timeout_ms = std::min(options.connect_timeout_ms, limits::kCentreAnswerMs);
  options.call_timeout_ms = std::min(options.call_timeout_ms, limits::kCentreAnswerMs);
  TRY_ASSIGN(const auto transport, sync::CurlTransport::open(options));
  TRY_ASSIGN(const sync::HttpResponse response, transport->post("/v1/sync", {}));
  return response.status;
}

maintenance::DiagnosePlan MaintainedKiosk::plan(const std::string& bus_address) {
  maintenance::DiagnosePlan plan;
  plan.data_folder = folder_.root;
  plan.built_ms = program_built_ms();
  // Where nobody can be asked, nobody watches.
  plan.service_watchdog_us = maintenance::service_watchdog_us(bus_address).value_or(std::nullopt);
  plan.confidence = [this] { return clock(); };
  // Only what is missing is skipped; what is damaged is a finding.
  if (!enrolment_ && enrolment_.error().code == ErrorCode::kNotFound) return plan;
  plan.check_database = [this] { return check_database(); };
  plan.sync = [this] { return sync_state(); };
  if (!enrolment_) return plan;
  plan.centre_url = enrolment_->centre.url;
  plan.ask_centre = [this] { return ask_centre(); };
  return plan;
}

maintenance::ReadinessReport MaintainedKiosk::readiness(const maintenance::DiagnosticHistory& history,
                                                        maintenance::Machine& machine, const std::string& zone) {
  maintenance::ReadinessReport report;
  if (enrolment_) {
    const StoreIdentity& identity = enrolment_->centre.identity;
    report.device_code = identity.device_code.value;
    report.device = identity.device.value;
    report.district = identity.district.value;
    report.centre_url = enrolment_->centre.url;
    report.verify_key = to_hex(enrolment_->device_key.verify_key());
  }
  report.version = kProgramVersion;
  report.built_ms = program_built_ms();
  report.at = maintenance::result_time(env_, clock());
  report.zone = zone;
  if (const auto space = machine.space(folder_.root)) report.free_bytes = space->free_bytes;
  if (store_) {
    if (const auto status = (*store_)->status()) {
      report.events = status->events;
      report.tickets = status->tickets;
      report.unsent_events = status->unsent_events;
    }
  }
  if (const auto config = load_config(folder_.config())) {
    report.office = config->office_name;
    report.settings = settings_of(*config);
    // JSON has its keys in this order, and a report that comes back should be the same.
    std::ranges::sort(report.settings);
  }
  report.diagnostics = history.latest();
  return report;
}

}  // namespace mimika
