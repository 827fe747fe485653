#include "kiosk/app/ctl_stick.h"

#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "sync/client/bundle_export.h"
#include "sync/client/bundle_import.h"
#include "sync/client/courier.h"

namespace mimika {
namespace {

using Json = nlohmann::ordered_json;

// The centre's key of enrolment and the present one: other kiosks may not have heard of the change.
Result<sync::Courier> courier_of(const StickKiosk& kiosk) {
  TRY_ASSIGN(const CentreKeysKnown known, kiosk.store.centre_keys());
  std::vector<crypto::VerifyKey> keys = {known.verify_key, kiosk.enrolment.centre.verify_key};
  return sync::Courier(kiosk.courier_folder, kiosk.store.identity().device, std::move(keys));
}

}  // namespace

Result<Json> export_to_stick(const StickKiosk& kiosk, const std::string& folder) {
  TRY_ASSIGN(sync::Courier courier, courier_of(kiosk));
  sync::ExportReport report;
  TRY(sync::export_bundles(folder, kiosk.store, kiosk.enrolment.device_key, courier, kiosk.env, report));
  Json files = Json::array();
  std::uint64_t events = 0;
  std::uint64_t parts = 0;
  for (const sync::ExportedFile& file : report.bundles) {
    events += file.events;
    parts += file.parts;
    files.push_back({{"name", file.name},
                     {"result", file.written ? "written" : "there"},
                     {"events", file.events},
                     {"parts", file.parts},
                     {"bytes", file.bytes}});
  }
  for (const std::string& name : report.acks) files.push_back({{"name", name}, {"result", "carried"}});
  for (const std::string& name : report.removed) files.push_back({{"name", name}, {"result", "removed"}});
  return Json{{"exported", events}, {"exported_parts", parts}, {"files", files}};
}

Result<Json> import_from_stick(const StickKiosk& kiosk, const std::string& folder) {
  TRY_ASSIGN(sync::Courier courier, courier_of(kiosk));
  sync::ImportReport report;
  TRY(sync::import_files(folder, kiosk.store, kiosk.enrolment.device_key, courier, report));
  Json files = Json::array();
  for (const sync::ImportedFile& file : report.files) {
    Json line = {{"name", file.name}, {"result", file.refused() ? "refused" : file.result}};
    if (file.refused()) {
      line["reason"] = file.result;
      line["message"] = file.message;
    }
    if (file.damaged > 0) line["repaired_blocks"] = file.damaged;
    files.push_back(std::move(line));
  }
  Json rejects = Json::array();
  for (const wire::Reject& reject : report.rejects) {
    rejects.push_back({{"seq", reject.seq.value}, {"reason", reject.reason}});
  }
  return Json{{"arrived", report.arrived},
              {"feed_applied", report.feed_applied},
              {"files", std::move(files)},
              {"rejects", std::move(rejects)}};
}

Status add_stick_status(const StickKiosk& kiosk, Json& status) {
  TRY_ASSIGN(const ExportState state, kiosk.store.export_state());
  TRY_ASSIGN(sync::Courier courier, courier_of(kiosk));
  TRY_ASSIGN(const std::uint64_t waiting, courier.waiting_bundles());
  status["exported_not_arrived"] = state.exported_unsent;
  status["last_export_ms"] = state.last_export_ms ? Json(*state.last_export_ms) : Json(nullptr);
  status["ack_version"] = state.ack_version;
  status["carried_for_others"] = waiting;
  return {};
}

Result<Json> forward_bundles(const StickKiosk& kiosk, sync::Transport& transport) {
  sync::ForwardReport report;
  TRY_ASSIGN(sync::Courier courier, courier_of(kiosk));
  const Status forwarded = courier.forward(transport, report);
  for (const auto& [what, reason] : report.refusals) kiosk.store.note_refusal(what, reason);
  TRY(forwarded);
  return Json{{"forwarded", report.forwarded}, {"waiting", report.waiting}, {"refused", report.refused}};
}

}  // namespace mimika
