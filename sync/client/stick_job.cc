#include "sync/client/stick_job.h"

#include <algorithm>
#include <set>
#include <utility>

#include "kiosk/base/limits.h"
#include "kiosk/base/log.h"

namespace mimika::sync {
namespace {

constexpr const char* kOurFolder = "mimika";
constexpr std::size_t kExtraNameBytes = 64;

bool is_extra_name(const std::string& name) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
  };
  return !name.empty() && name.size() <= kExtraNameBytes && name[0] != '.' && std::ranges::all_of(name, allowed) &&
         !name.ends_with(kPartEnding);
}

StickEnd end_of(const Error& error) {
  switch (error.code) {
    case ErrorCode::kCancelled:
      return StickEnd::kCancelled;
    case ErrorCode::kStorageFull:
      return StickEnd::kFull;
    case ErrorCode::kStorageReadOnly:
      return StickEnd::kReadOnly;
    case ErrorCode::kStorageFailed:
    case ErrorCode::kNotFound:
      return StickEnd::kMediumFailed;
    default:
      return StickEnd::kFailed;
  }
}

class Extras {
 public:
  Extras(const StickKiosk& kiosk, const std::string& stick, StickWatch& watch, ExportSummary& summary)
      : device_(std::to_string(kiosk.store.identity().device.value)),
        folder_(stick + "/" + kOurFolder + "/" + device_),
        stick_(stick),
        watch_(watch),
        summary_(summary) {}

  Status run(const std::vector<ExtraFile>& extras) {
    if (extras.empty()) return {};
    TRY(watch_.begin(StickStep::kExtras));
    watch_.expect_files(extras.size());
    TRY(make_stick_folder(stick_, kOurFolder));
    TRY(make_stick_folder(stick_ + "/" + kOurFolder, device_));
    TRY(clear_leftovers());
    for (const ExtraFile& extra : extras) TRY(write(extra));
    return {};
  }

 private:
  // The folder has our number, so that what is half-written in it is ours.
  Status clear_leftovers() {
    const auto rank = [](std::string_view name) { return name.ends_with(kPartEnding) ? 1 : 0; };
    TRY_ASSIGN(const ScannedFolder found, scan_folder(folder_, limits::kStickExtraFiles, rank, watch_.blocks()));
    for (const std::string& name : found.first) {
      TRY(remove_file(folder_, name));
      summary_.report.leftovers.push_back(std::string(kOurFolder) + "/" + device_ + "/" + name);
    }
    return {};
  }

  Status write(const ExtraFile& extra) {
    TRY(watch_.begin_file(extra.name));
    ExtraResult& result = summary_.extras.emplace_back();
    result.name = extra.name;
    result.result = "left_out";
    const auto leave_out = [&](std::string why) -> Status {
      result.message = std::move(why);
      watch_.end_file();
      return {};
    };
    if (!is_extra_name(extra.name) || !names_.insert(extra.name).second) return leave_out("it has no name of its own");
    if (names_.size() > limits::kStickExtraFiles) return leave_out("there are too many");
    // A log that cannot be read must not keep the others from coming along.
    const auto content = extra.content();
    if (!content) return leave_out(content.error().message);
    if (content->size() > limits::kStickExtraBytes) return leave_out("it is too large");
    result.bytes = content->size();
    if (holds_exactly(folder_, extra.name, *content)) {
      result.result = "there";
    } else {
      TRY(check_free_space(folder_, content->size()));
      TRY(write_and_verify(folder_, extra.name, *content, watch_.blocks()));
      result.result = "written";
    }
    watch_.end_file();
    return {};
  }

  std::string device_;
  std::string folder_;
  const std::string& stick_;
  StickWatch& watch_;
  ExportSummary& summary_;
  std::set<std::string> names_;
};

// Whoever waits hears of the end in any case.
void tell_done(StickWatch& watch) {
  static_cast<void>(watch.begin(StickStep::kDone));
}

}  // namespace

const char* end_name(StickEnd end) {
  static constexpr const char* kNames[] = {"done", "cancelled", "full", "read_only", "medium_failed", "failed"};
  return kNames[static_cast<std::size_t>(end)];
}

ExportSummary run_export(const StickKiosk& kiosk, const std::string& folder, const std::vector<ExtraFile>& extras,
                         StickWatch& watch) {
  ExportSummary summary;
  Status done = export_bundles(folder, kiosk.store, kiosk.device_key, kiosk.courier, kiosk.env, summary.report, watch);
  if (done) done = Extras(kiosk, folder, watch, summary).run(extras);
  summary.end = done ? StickEnd::kDone : end_of(done.error());
  if (!done) summary.error = done.error();
  summary.bytes_written = watch.progress().bytes_done;
  log_info("sync", "export to the stick: {}, {} bytes", end_name(summary.end), summary.bytes_written);
  tell_done(watch);
  return summary;
}

ImportSummary run_import(const StickKiosk& kiosk, const std::string& folder, const UpdatesFrom& updates,
                         StickWatch& watch) {
  ImportSummary summary;
  Status done = import_files(folder, kiosk.store, kiosk.device_key, kiosk.courier, updates, summary.report, watch);
  if (done && summary.report.medium_failed > 0) {
    done = fail(ErrorCode::kStorageFailed,
                std::to_string(summary.report.medium_failed) + " files could not be read: it is bad, or was pulled");
  }
  summary.end = done ? StickEnd::kDone : end_of(done.error());
  // Once files were looked at, trouble that is not counted as the medium's is that of this kiosk's own disk.
  const bool own_trouble = !summary.report.files.empty() && summary.report.medium_failed == 0;
  if (!done && own_trouble && summary.end != StickEnd::kCancelled) summary.end = StickEnd::kFailed;
  if (!done) summary.error = done.error();
  summary.bytes_read = watch.progress().bytes_done;
  log_info("sync", "import from the stick: {}, {} bytes", end_name(summary.end), summary.bytes_read);
  tell_done(watch);
  return summary;
}

}  // namespace mimika::sync
