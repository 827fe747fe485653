// A kiosk with a stick, and the centre's desk, as far as a stick knows it.
#pragma once

#include <catch2/catch.hpp>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "kiosk/base/files.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/stick_folder.h"
#include "sync/client/bundle_export.h"
#include "sync/client/bundle_import.h"
#include "sync/client/courier.h"
#include "sync/wire/event_codec.h"
#include "tests/sync/kiosk_world.h"

namespace mimika::test {

inline std::vector<FoundFile> stick_files(const std::string& folder) {
  return list_files(folder, ".kb", 100).value();
}

// The centre's desk, as far as a stick knows it: chains of what was brought.
class StickCentre {
 public:
  explicit StickCentre(KioskWorld& world) : world_(world), key_(world.centre.signing_key()) {}
  [[nodiscard]] const crypto::VerifyKey& verify_key() const { return key_.verify_key(); }

  // Takes every bundle of the folder in its order.
  void take(const std::string& folder) {
    for (const FoundFile& file : stick_files(folder)) {
      const auto read = wire::read_stick_file(read_file(folder + "/" + file.name, 1 << 22).value()).value();
      if (!std::holds_alternative<wire::BundleHead>(read.head)) continue;
      const auto call = wire::open_bundle(read, FakeCentre::box(), world_.device_key.verify_key());
      REQUIRE(call);
      auto& chains = lives_[call->header.epoch.value];
      if (chains.empty()) chains.push_back(wire::chain_start(call->header.device, call->header.epoch));
      const std::size_t before = call->header.first_seq.value - 1;
      REQUIRE(before < chains.size());
      for (std::size_t i = 0; i < call->records.size(); ++i) {
        const EventKey key{call->header.device, call->header.epoch, Seq{before + i + 1}};
        const auto chain = wire::chain_next(chains[before + i], key, call->records[i].event, call->records[i].sealed);
        if (before + i + 1 == chains.size()) chains.push_back(chain);
        REQUIRE(chains[before + i + 1] == chain);
      }
    }
  }

  [[nodiscard]] wire::Ack ack(std::uint64_t version) const {
    wire::Ack out;
    out.device = world_.options.identity.device;
    out.version = version;
    for (const auto& [epoch, chains] : lives_) {
      out.lives.push_back({Epoch{epoch}, Seq{chains.size() - 1}, wire::chain_mark(chains.back()), {}});
    }
    out.news.server_ms = world_.env.wall_ms();
    out.news.feed = feed;
    return out;
  }
  void write(const std::string& folder, const wire::Ack& ack) {
    const auto file = wire::encode_ack(ack, {key_, FakeCentre::box(), world_.device_key.verify_key()}, world_.env);
    REQUIRE(file);
    REQUIRE(write_and_verify(folder, wire::file_name(wire::AckHead{ack.device, ack.version, {}}), *file));
  }
  [[nodiscard]] const crypto::SigningKey& key() const { return key_; }
  std::vector<wire::FeedItem> feed;

 private:
  KioskWorld& world_;
  const crypto::SigningKey& key_;
  std::map<std::uint32_t, std::vector<crypto::Hash>> lives_;
};

// A test's folder may be a small disk in memory, so nothing of it is kept back.
inline constexpr sync::CourierLimits kTestLimits = {64 * limits::kMiB, 500, 0};

struct StickWorld : KioskWorld {
  StickWorld() : desk(*this), courier(folder / "courier", options.identity.device, {desk.verify_key()}, kTestLimits) {
    std::filesystem::create_directory(stick());
    options.attachment_reserve_bytes = 0;
    store.reset();
    open();
  }
  [[nodiscard]] std::string stick() const { return folder / "stick"; }
  sync::ExportReport export_now() {
    sync::ExportReport out;
    const Status done = sync::export_bundles(stick(), *store, device_key, courier, env, out);
    if (!done) FAIL(done.error().message);
    return out;
  }
  sync::ImportReport import_now() {
    sync::ImportReport out;
    const Status done = sync::import_files(stick(), *store, device_key, courier, out);
    if (!done) FAIL(done.error().message);
    return out;
  }
  std::map<std::string, std::uint64_t> refused_of_sticks() {
    std::map<std::string, std::uint64_t> counts;
    const auto refusals = store->refusals().value();
    for (const RefusalCount& count : refusals) {
      if (count.what == RefusedWhat::kStickFile) counts[count.reason] = count.times;
    }
    return counts;
  }
  std::vector<std::string> on_stick() {
    std::vector<std::string> names;
    for (const FoundFile& file : stick_files(stick())) names.push_back(file.name);
    return names;
  }
  wire::BlobId attach(std::size_t bytes) {
    Bytes content(bytes);
    env.fill_random(content);
    REQUIRE(store->attach({last_ticket, MediaKind::kPhoto, content, {}}));
    return store->parts_for_stick(std::nullopt, limits::kBundleRawBytes).value().parts.at(0).blob;
  }
  [[nodiscard]] std::string database() const { return folder / "journal.db"; }
  void open() {
    auto opened = Store::open(options, env);
    REQUIRE(opened);
    store = *std::move(opened);
    engine = std::make_unique<sync::SyncEngine>(*store, centre, device_key, env);
  }
  // The disk of this moment comes back after `what` happened.
  template <typename Happening>
  void restore_from_before(const Happening& what) {
    store.reset();
    const std::string copy = folder / "yesterday";
    std::filesystem::copy_file(database(), copy);
    open();
    what();
    store.reset();
    for (const char* suffix : {"-wal", "-shm"}) std::filesystem::remove(database() + suffix);
    std::filesystem::copy_file(copy, database(), std::filesystem::copy_options::overwrite_existing);
    open();
  }
  [[nodiscard]] ExportState exported() { return store->export_state().value(); }

  StickCentre desk;
  sync::Courier courier;
};

}  // namespace mimika::test
