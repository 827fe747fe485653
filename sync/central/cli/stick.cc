#include "sync/central/cli/stick.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>
#include <tuple>
#include <vector>

#include "kiosk/base/limits.h"
#include "kiosk/base/part_file.h"
#include "kiosk/base/shown_name.h"
#include "kiosk/base/stick_folder.h"
#include "sync/central/ingest/bundle.h"
#include "sync/central/keys/data_folder.h"
#include "sync/central/store/sqlite_store.h"
#include "sync/wire/bundle.h"
#include "sync/wire/update_note.h"

namespace mimika::central {
namespace {

constexpr const char* kUnreadable = "unreadable";

struct Waiting {
  std::string name;
  wire::BundleHead head;
};

class StickDesk {
 public:
  StickDesk(Env& env, const CentreKeys& keys, const Catalogue& catalogue, const std::string& blob_folder,
            Database& database, const std::string& folder)
      : env_(env), database_(database), folder_(folder), bundles_(env, keys, catalogue, blob_folder) {}

  Status take_all() {
    TRY_ASSIGN(const std::vector<FoundFile> found,
               list_files(folder_, wire::kStickSuffix, mimika::limits::kStickFiles));
    std::vector<Waiting> waiting;
    for (const FoundFile& file : found) {
      const auto read = open(file.name);
      if (read) waiting.push_back({file.name, std::get<wire::BundleHead>(read->head)});
    }
    std::ranges::sort(waiting, {}, [](const Waiting& bundle) {
      return std::make_tuple(bundle.head.device, bundle.head.epoch, bundle.head.first, bundle.head.last);
    });
    for (const Waiting& bundle : waiting) take(bundle);
    return refusals_.flush(database_, env_.wall_ms());
  }

  // What was taken is stored, and must be told, also when the stick has no room for an answer.
  void write_acks() {
    for (const DeviceId device : heard_) {
      if (const Status written = write_ack(device); !written) {
        ++report_.refused;
        report_.text += fmt::format("ACK for device {}: not written: {}\n", device.value, written.error().message);
      }
    }
  }

  Status write_ack(DeviceId device) {
    TRY_ASSIGN(const std::vector<FoundFile> found,
               list_files(folder_, wire::kStickSuffix, mimika::limits::kStickFiles));
    TRY_ASSIGN(const BundleIngest::NewAck ack, bundles_.make_ack(database_, device));
    TRY(check_free_space(folder_, ack.file.size()));
    TRY(write_and_verify(folder_, ack.name, ack.file));
    report_.text += fmt::format("{}: written, {} bytes\n", ack.name, ack.file.size());
    // It says all that the ones before said.
    const std::string family = fmt::format("ACK-{}-", device.value);
    for (const FoundFile& file : found) {
      if (file.name.starts_with(family) && file.name != ack.name) TRY(remove_file(folder_, file.name));
    }
    return {};
  }

  [[nodiscard]] StickReport report() && { return std::move(report_); }

 private:
  // Nothing for what is no bundle; an ACK on its way to a kiosk is none of our business.
  std::optional<wire::StickFile> open(const std::string& name) {
    const auto bytes = read_what_is_left(folder_, name, mimika::limits::kStickFileBytes);
    if (!bytes) {
      const bool large = bytes.error().code == ErrorCode::kTooLarge;
      refuse_file(name, large ? "too_large" : kUnreadable, bytes.error().message);
      return std::nullopt;
    }
    auto read = BundleIngest::read(*bytes);
    if (read) return *std::move(read);
    if (read.error().name != "not_a_bundle") refuse_file(name, read.error().name, read.error().message);
    return std::nullopt;
  }

  void take(const Waiting& bundle) {
    const auto file = open(bundle.name);
    if (!file) return;
    const auto taken = bundles_.take(database_, *file);
    const std::string repaired =
        file->damaged > 0 ? fmt::format(", {} damaged blocks brought back", file->damaged) : std::string();
    if (taken) {
      heard_.insert(bundle.head.device);
      const std::string leaves = taken->leaves > 0 ? fmt::format(", {} pieces of attachments", taken->leaves) : "";
      report_.text += fmt::format("{}: taken, {} new events, {} known{}{}\n", shown_name(bundle.name), taken->stored,
                                  taken->had, leaves, repaired);
      for (const wire::Reject& reject : taken->rejects) {
        report_.text += fmt::format("  event {} is set aside: {}\n", reject.seq.value, reject.reason);
      }
      return;
    }
    const std::string& name = taken.error().name;
    // Truly from that kiosk, which should hear how far we are.
    if (name == "gap" || name == "broken_chain") heard_.insert(bundle.head.device);
    refuse_file(bundle.name, name, taken.error().message);
  }

  void refuse_file(const std::string& name, const std::string& reason, const std::string& message) {
    ++report_.refused;
    refusals_.count(reason);
    report_.text += fmt::format("{}: refused, {}: {}\n", shown_name(name), reason, message);
  }

  Env& env_;
  Database& database_;
  const std::string& folder_;
  BundleIngest bundles_;
  RefusalCounter refusals_;
  std::set<DeviceId> heard_;
  StickReport report_;
};

}  // namespace

Result<StickReport> take_stick(Env& env, const CentreKeys& keys, const Catalogue& catalogue,
                               const std::string& blob_folder, Database& database, const std::string& folder,
                               Acks acks) {
  StickDesk desk(env, keys, catalogue, blob_folder, database, folder);
  TRY(desk.take_all());
  if (acks == Acks::kWrite) desk.write_acks();
  return std::move(desk).report();
}

Result<StickReport> import_stick(Env& env, const std::string& data, const Catalogue& catalogue,
                                 const std::string& folder, Acks acks) {
  TRY_ASSIGN(const DataFolder opened, open_data_folder(env, data));
  TRY_ASSIGN(const auto pool, DatabasePool::open(opened.database_path(), 1));
  TRY_ASSIGN(const auto database, pool->borrow());
  return take_stick(env, opened.keys, catalogue, opened.blobs_path(), *database, folder, acks);
}

Result<StickReport> export_stick(Env& env, const std::string& data, const Catalogue& catalogue,
                                 const std::string& folder, std::optional<DeviceId> device) {
  TRY_ASSIGN(const DataFolder opened, open_data_folder(env, data));
  TRY_ASSIGN(const auto pool, DatabasePool::open(opened.database_path(), 1));
  TRY_ASSIGN(const auto database, pool->borrow());
  StickDesk desk(env, opened.keys, catalogue, opened.blobs_path(), *database, folder);
  if (device) {
    TRY(desk.write_ack(*device));
    return std::move(desk).report();
  }
  TRY_ASSIGN(const std::vector<Device> devices, list_devices(*database));
  for (const Device& known : devices) {
    if (known.verify_key && !known.revoked_ms) TRY(desk.write_ack(known.id));
  }
  return std::move(desk).report();
}

Result<std::string> sign_update(Env& env, const std::string& data, const std::string& package,
                                const std::string& version) {
  constexpr std::size_t kBlock = mimika::limits::kMiB;
  TRY_ASSIGN(const DataFolder folder, open_data_folder(env, data));
  std::error_code problem;
  const std::uint64_t size = std::filesystem::file_size(package, problem);
  if (problem) return fail(ErrorCode::kNotFound, package + " cannot be read: " + problem.message());
  if (size > mimika::limits::kUpdateBytes) return fail(ErrorCode::kTooLarge, package + " is too large for a kiosk");
  crypto::Hasher hasher(wire::kUpdateHashDomain);
  for (std::uint64_t at = 0; at < size; at += kBlock) {
    const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(kBlock, size - at));
    TRY_ASSIGN(const Bytes block, read_file_at(package, at, count));
    hasher.add(block);
  }
  return wire::encode_update_note(version, hasher.finish(), folder.keys.signing);
}

}  // namespace mimika::central
