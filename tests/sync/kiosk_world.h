// A kiosk's store with a clock of its own and a centre in memory: what the tests of this folder begin with.
#pragma once

#include <catch2/catch.hpp>
#include <memory>
#include <string>

#include "kiosk/base/env.h"
#include "kiosk/store/store.h"
#include "sync/client/engine.h"
#include "tests/support/memory_folder.h"
#include "tests/sync/fake_centre.h"

namespace mimika::test {

inline constexpr WallMs kMorning = 1'771'200'000'000;  // 16 February 2026

inline StoreOptions kiosk_options(const std::string& folder, Env& env) {
  StoreOptions options;
  options.folder = folder;
  options.identity = {DeviceId{17}, DeviceCode{"JLA1"}, DistrictCode{"94.04.06"}};
  options.centre_key = FakeCentre::box().public_key();
  options.office_key = crypto::BoxKey::generate(env).public_key();
  options.program_version = "test";
  return options;
}

inline TicketId file_complaint(Store& store, const std::string& story = "Jalan berlubang di depan pasar.") {
  NewTicket ticket;
  ticket.category = CategoryId{"jalan"};
  ticket.details.story = story;
  const auto filed = store.file_ticket(ticket);
  REQUIRE(filed);
  return filed->key;
}

struct KioskWorld {
  explicit KioskWorld(std::uint64_t seed = 1)
      : env(kMorning, seed),
        device_key(crypto::SigningKey::generate(env)),
        options(kiosk_options(folder.path(), env)),
        centre(env, device_key.verify_key()) {
    options.centre_verify_key = centre.verify_key();
    auto opened = Store::open(options, env);
    REQUIRE(opened);
    store = *std::move(opened);
    engine = std::make_unique<sync::SyncEngine>(*store, centre, device_key, env);
  }

  void file(int count) {
    for (int i = 0; i < count; ++i) last_ticket = file_complaint(*store);
  }
  [[nodiscard]] StoreStatus status() {
    const auto status = store->status();
    REQUIRE(status);
    return *status;
  }
  [[nodiscard]] Ticket ticket(const TicketId& id) {
    const auto tickets = store->tickets(10'000);
    REQUIRE(tickets);
    for (const Ticket& ticket : *tickets) {
      if (ticket.id == id) return ticket;
    }
    FAIL("no such ticket");
    return {};
  }
  // Nothing may be called arrived that the centre does not have.
  void require_honest() {
    const auto tickets = store->tickets(10'000);
    REQUIRE(tickets);
    for (const Ticket& ticket : *tickets) {
      if (ticket.id.device == options.identity.device && ticket.arrived_ms)
        REQUIRE(ticket.id.seq.value <= centre.stored(ticket.id.epoch));
    }
  }

  MemoryFolder folder;
  FakeEnv env;
  crypto::SigningKey device_key;
  StoreOptions options;
  FakeCentre centre;
  std::unique_ptr<Store> store;
  std::unique_ptr<sync::SyncEngine> engine;
  sync::SyncReport report;
  TicketId last_ticket;
};

}  // namespace mimika::test
