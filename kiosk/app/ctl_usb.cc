#include "kiosk/app/ctl_usb.h"

#include <signal.h>

#include <algorithm>
#include <cctype>
#include <ctime>
#include <filesystem>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

#include "kiosk/base/files.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/shown_name.h"
#include "kiosk/device/stick_finder.h"
#include "kiosk/device/stick_inspector.h"
#include "kiosk/device/stick_mount.h"
#include "sync/client/courier.h"
#include "sync/client/stick_job.h"

namespace mimika {
namespace {

using Json = nlohmann::ordered_json;

// The centre's key of enrolment and the present one: other kiosks may not have heard of the change.
Result<std::vector<crypto::VerifyKey>> centre_keys_of(const StickKiosk& kiosk) {
  TRY_ASSIGN(const CentreKeysKnown known, kiosk.store.centre_keys());
  return std::vector<crypto::VerifyKey>{known.verify_key, kiosk.enrolment.centre.verify_key};
}
Result<sync::Courier> courier_of(const StickKiosk& kiosk) {
  TRY_ASSIGN(std::vector<crypto::VerifyKey> keys, centre_keys_of(kiosk));
  return sync::Courier(kiosk.data.courier(), kiosk.store.identity().device, std::move(keys));
}

Json describe(const device::StickReport& report) {
  Json entries = Json::array();
  for (const device::StickEntry& entry : report.entries) {
    const bool ours = entry.where == device::StickEntry::Where::kOurs;
    entries.push_back({{"name", (ours ? "mimika/" : "") + shown_name(entry.name)},
                       {"type", device::name_of(entry.type)},
                       {"bytes", entry.bytes}});
  }
  return {{"verdict", device::name_of(report.verdict)},
          {"why", device::name_of(report.why)},
          {"kind", device::name_of(report.kind)},
          {"file_system", shown_name(report.file_system)},
          {"label", shown_name(report.label)},
          {"table", device::name_of(report.table)},
          {"partition", report.partition},
          {"medium_bytes", report.medium_bytes},
          {"bytes", report.bytes},
          {"free_bytes", report.free_bytes ? Json(*report.free_bytes) : Json(nullptr)},
          {"dirty", report.dirty},
          {"read_only", report.read_only},
          {"can_export", report.can_export()},
          {"can_import", report.can_import()},
          {"entries_seen", report.entries_seen},
          {"strange_names", report.strange_names},
          {"entries", std::move(entries)}};
}

// Asks for the end when somebody presses Ctrl-C or the service manager stops us, instead of dying in mid block.
class EndOnSignal {
 public:
  EndOnSignal() {
    ::sigemptyset(&signals_);
    ::sigaddset(&signals_, SIGINT);
    ::sigaddset(&signals_, SIGTERM);
    ::pthread_sigmask(SIG_BLOCK, &signals_, &before_);
    waiting_ = std::jthread([this](const std::stop_token& enough) {
      constexpr timespec kLook{0, 100'000'000};
      while (!enough.stop_requested()) {
        if (::sigtimedwait(&signals_, nullptr, &kLook) > 0) wish_.request_stop();
      }
    });
  }
  EndOnSignal(const EndOnSignal&) = delete;
  EndOnSignal& operator=(const EndOnSignal&) = delete;
  ~EndOnSignal() {
    waiting_.request_stop();
    waiting_.join();
    ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  [[nodiscard]] std::stop_token wish() const { return wish_.get_token(); }

 private:
  sigset_t signals_{};
  sigset_t before_{};
  std::stop_source wish_;
  std::jthread waiting_;
};

sync::StickWatch watch_for(const EndOnSignal& signal, StickTelling telling) {
  if (telling == StickTelling::kNothing) return {signal.wish(), {}};
  // Of one large file only every further megabyte is told.
  auto last = std::make_shared<sync::StickProgress>();
  return {signal.wish(), [telling, last](const sync::StickProgress& now) {
            const bool same = now.step == last->step && now.file == last->file && now.files_done == last->files_done;
            if (same && now.bytes_done < last->bytes_done + limits::kMiB) return;
            *last = now;
            if (telling == StickTelling::kJson) {
              std::cerr << Json{{"step", sync::step_name(now.step)},
                                {"files_done", now.files_done},
                                {"files_total", now.files_total},
                                {"bytes_done", now.bytes_done},
                                {"file", now.file}}
                               .dump()
                        << std::endl;
              return;
            }
            std::cerr << sync::step_name(now.step) << " " << now.files_done << "/" << now.files_total << ", "
                      << now.bytes_done / limits::kKiB << " KiB " << now.file << std::endl;
          }};
}

Result<std::unique_ptr<device::MountedStick>> reach(const StickKiosk& kiosk, const StickPlace& place,
                                                    device::StickAccess access) {
  if (place.device.empty()) return device::FolderAsStick(place.folder).mount({}, {}, access);
  device::LinuxStickFinder finder;
  if (const auto sticks = finder.find()) {
    const auto there = std::ranges::find(*sticks, place.device, &device::PluggedStick::device);
    if (there != sticks->end() && !there->mounted_at.empty()) {
      return fail(ErrorCode::kConflict, place.device + " is mounted already, at " + there->mounted_at.front());
    }
  }
  const device::StickReport report = device::ProbingInspector(kiosk.env).inspect(place.device);
  const bool allowed = access == device::StickAccess::kRead ? report.can_import() : report.can_export();
  if (!allowed) {
    return fail(ErrorCode::kInvalidInput,
                place.device + " is not used: " + device::name_of(report.verdict) + ", " + device::name_of(report.why));
  }
  return device::LinuxStickMount(kiosk.data.stick()).mount(place.device, report, access);
}

// What a log is called on the stick: its own name, as far as it may be one there.
std::string extra_name(const std::string& path) {
  std::string name = std::filesystem::path(path).filename();
  for (char& c : name) {
    c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    const bool good = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
    if (!good) c = '_';
  }
  return name;
}

void add_end(Json& answer, sync::StickEnd end, const Error& error) {
  answer["end"] = sync::end_name(end);
  if (end == sync::StickEnd::kDone) return;
  answer["error"] = error_code_name(error.code);
  answer["message"] = error.message;
}

Json describe(const sync::ExportSummary& summary) {
  Json files = Json::array();
  std::uint64_t events = 0;
  std::uint64_t parts = 0;
  for (const sync::ExportedFile& file : summary.report.bundles) {
    events += file.events;
    parts += file.parts;
    files.push_back({{"name", file.name},
                     {"result", file.written ? "written" : "there"},
                     {"events", file.events},
                     {"parts", file.parts},
                     {"bytes", file.bytes}});
  }
  for (const std::string& name : summary.report.acks) files.push_back({{"name", name}, {"result", "carried"}});
  for (const std::string& name : summary.report.removed) {
    files.push_back({{"name", shown_name(name)}, {"result", "removed"}});
  }
  for (const std::string& name : summary.report.leftovers) files.push_back({{"name", name}, {"result", "leftover"}});
  for (const sync::ExtraResult& extra : summary.extras) {
    files.push_back({{"name", extra.name}, {"result", extra.result}, {"bytes", extra.bytes}});
    if (!extra.message.empty()) files.back()["message"] = extra.message;
  }
  Json answer = {{"exported", events}, {"exported_parts", parts}, {"bytes", summary.bytes_written}, {"files", files}};
  add_end(answer, summary.end, summary.error);
  return answer;
}

Json describe(const sync::ImportSummary& summary) {
  Json files = Json::array();
  for (const sync::ImportedFile& file : summary.report.files) {
    Json line = {{"name", file.name}, {"result", file.refused() ? "refused" : file.result}};
    if (file.refused()) {
      line["reason"] = file.result;
      line["message"] = file.message;
    }
    if (file.damaged > 0) line["repaired_blocks"] = file.damaged;
    if (!file.version.empty()) line["version"] = file.version;
    files.push_back(std::move(line));
  }
  Json rejects = Json::array();
  for (const wire::Reject& reject : summary.report.rejects) {
    rejects.push_back({{"seq", reject.seq.value}, {"reason", reject.reason}});
  }
  const sync::PassedOver& passed = summary.report.passed_over;
  Json answer = {{"arrived", summary.report.arrived},
                 {"feed_applied", summary.report.feed_applied},
                 {"bytes", summary.bytes_read},
                 {"files", std::move(files)},
                 {"passed_over",
                  {{"folders", passed.folders},
                   {"links", passed.links},
                   {"special", passed.special},
                   {"strange_names", passed.strange_names},
                   {"not_ours", passed.not_ours},
                   {"beyond", passed.beyond}}},
                 {"rejects", std::move(rejects)}};
  add_end(answer, summary.end, summary.error);
  return answer;
}

// What could not be written back when it was unmounted is the last word on it.
template <typename Summary>
CtlAnswer answer_of(Summary& summary, device::MountedStick& stick) {
  const Status released = stick.unmount();
  if (!released && summary.end == sync::StickEnd::kDone) {
    summary.end = sync::StickEnd::kMediumFailed;
    summary.error = released.error();
  }
  return {describe(summary).dump(), summary.end == sync::StickEnd::kDone ? 0 : 1};
}

}  // namespace

Result<Json> list_sticks() {
  device::LinuxStickFinder finder;
  TRY_ASSIGN(const auto found, finder.find());
  Json sticks = Json::array();
  for (const device::PluggedStick& stick : found) {
    sticks.push_back({{"device", stick.device},
                      {"model", stick.model},
                      {"bytes", stick.bytes},
                      {"read_only", stick.read_only},
                      {"partitions", stick.partitions},
                      {"mounted_at", Json::array()}});
    for (const std::string& at : stick.mounted_at) sticks.back()["mounted_at"].push_back(shown_name(at));
  }
  return Json{{"sticks", std::move(sticks)}};
}

Result<CtlAnswer> inspect_stick(const std::string& device, Env& env) {
  const device::StickReport report = device::ProbingInspector(env).inspect(device);
  return CtlAnswer{describe(report).dump(), report.can_import() ? 0 : 1};
}

Result<CtlAnswer> export_to_stick(const StickKiosk& kiosk, const StickPlace& place,
                                  const std::vector<std::string>& with, StickTelling telling) {
  TRY_ASSIGN(sync::Courier courier, courier_of(kiosk));
  TRY_ASSIGN(const auto stick, reach(kiosk, place, device::StickAccess::kReadAndWrite));
  std::vector<sync::ExtraFile> extras;
  for (const std::string& path : with) {
    extras.push_back({extra_name(path), [path] { return read_file(path, limits::kStickExtraBytes); }});
  }
  const EndOnSignal signal;
  sync::StickWatch watch = watch_for(signal, telling);
  sync::ExportSummary summary =
      sync::run_export({kiosk.store, kiosk.enrolment.device_key, courier, kiosk.env}, stick->folder(), extras, watch);
  return answer_of(summary, *stick);
}

Result<CtlAnswer> import_from_stick(const StickKiosk& kiosk, const StickPlace& place, StickTelling telling) {
  TRY_ASSIGN(sync::Courier courier, courier_of(kiosk));
  TRY_ASSIGN(const auto stick, reach(kiosk, place, device::StickAccess::kRead));
  sync::UpdatesFrom updates;
  updates.folder = kiosk.data.updates();
  TRY_ASSIGN(updates.centre_keys, centre_keys_of(kiosk));
  const EndOnSignal signal;
  sync::StickWatch watch = watch_for(signal, telling);
  sync::ImportSummary summary =
      sync::run_import({kiosk.store, kiosk.enrolment.device_key, courier, kiosk.env}, stick->folder(), updates, watch);
  return answer_of(summary, *stick);
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
