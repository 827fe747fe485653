// A centre in memory with a clock of its own, kiosks that write real journals, and staff with browsers that speak to
// it without a socket: what the tests of this folder begin with.
#pragma once

#include <catch2/catch.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/base/env.h"
#include "kiosk/crypto/ratchet.h"
#include "kiosk/model/catalogue.h"
#include "kiosk/model/event.h"
#include "sync/central/http/message.h"
#include "sync/central/keys/data_folder.h"
#include "sync/central/site.h"
#include "sync/central/store/accounts.h"
#include "sync/central/store/sqlite_store.h"
#include "sync/wire/envelope.h"
#include "tests/support/memory_folder.h"

namespace mimika::test {

using namespace mimika::central;  // what every test here is about

inline constexpr WallMs kTuesdayMorning = 1'795'480'200'000;  // 24 November 2026, 09.30 WIT
inline constexpr std::int64_t kMinuteMs = 60'000;
inline constexpr std::int64_t kHourMs = 60 * kMinuteMs;
inline constexpr const char* kPassword = "sungai-jernih-7";

const Catalogue& real_catalogue();

struct Filing {
  TicketKind kind = TicketKind::kComplaint;
  Confidentiality confidentiality = Confidentiality::kNameHidden;
  std::string category = "jalan";
  std::string kampung = "94.04.06.2002";
  std::string story = "Jembatan kayu putus, anak sekolah menyeberang sungai.";
  std::string name = "Yosepha Alomang";
  std::optional<ReceiptPublicKey> receipt_key;  // empty: some person's
};

// A kiosk's journal and the calls it makes of it.
class TestKiosk {
 public:
  TestKiosk(Env& env, DeviceId device, DeviceCode code, DistrictCode district, crypto::BoxPublicKey centre_key);

  EventKey append(EventPayload payload, const std::optional<PrivatePart>& details = std::nullopt);
  EventKey append_raw(Bytes event);  // whatever these bytes are, the chain goes over them
  TicketId file(const Filing& filing = {});
  // The same device with the disk as it was when it held `records`: a clone, or a backup put back.
  [[nodiscard]] TestKiosk copied_at(std::size_t records) const;
  void begin_new_life();                                      // another epoch, an empty journal
  void know_centre_key(const crypto::BoxPublicKey& present);  // a policy brought it

  // A call with the records from `first_seq` to the end, under the next number.
  [[nodiscard]] wire::Call call(std::uint64_t first_seq = 1);
  [[nodiscard]] Bytes encoded(const wire::Call& call, std::uint8_t version = wire::kNewestVersion) const {
    return wire::encode_call(call, key, centre_key_, version).value();
  }

  crypto::SigningKey key;
  DeviceId device;
  DeviceCode code;
  DistrictCode district;
  Epoch epoch;
  FeedSeq cursor;
  std::uint64_t call_no = 0;
  std::vector<wire::EventRecord> journal;
  std::vector<crypto::Hash> chains;  // at index i: before the record i

 private:
  Env& env_;
  crypto::BoxPublicKey centre_key_;
  std::optional<crypto::SealStream> stream_;
  Seq stream_seq_;
  std::uint32_t counter_ = 0;
};

class CentreWorld {
 public:
  explicit CentreWorld(Catalogue catalogue = real_catalogue());

  // Closes everything and opens it again, as a restart does.
  void restart();
  [[nodiscard]] Database& database() { return **lease_; }
  [[nodiscard]] const CentreKeys& keys() const { return folder.keys; }

  [[nodiscard]] TestKiosk enrolled_kiosk(const std::string& district = "94.04.06");
  [[nodiscard]] http::Response post(const std::string& path, const Bytes& body);
  // A call that must be taken.
  wire::Answer sync(TestKiosk& kiosk, std::uint64_t first_seq = 1);
  // The name of the refusal; empty when it was taken.
  [[nodiscard]] std::string refusal(const Bytes& call);
  [[nodiscard]] std::int64_t count(const std::string& table);
  [[nodiscard]] Ticket ticket(const TicketId& id);

  void add_account(const std::string& login, Role role, const std::string& opd = "");

  MemoryFolder memory;
  FakeEnv env;
  Catalogue catalogue;
  DataFolder folder;
  std::unique_ptr<CentralSite> site;

 private:
  std::unique_ptr<DatabasePool> pool_;
  std::optional<DatabasePool::Lease> lease_;
};

// One person's browser: keeps cookies, follows nothing by itself.
class Browser {
 public:
  explicit Browser(CentreWorld& world) : world_(world) {}

  http::Response get(const std::string& target);
  http::Response post(const std::string& path, const http::Fields& form);
  http::Response log_in(const std::string& login, const std::string& password = kPassword);
  // Looks at the page first, takes the hidden fields of its form for `action` and sends it with these.
  http::Response act(const TicketId& ticket, const std::string& verb, const http::Fields& fields = {});

  std::string remote_address = "192.0.2.7";
  std::string origin;  // empty: not sent
  http::Fields cookies;

 private:
  http::Response send(http::Request request);
  CentreWorld& world_;
};

// Account, logged in, with the role's OPD.
Browser browser_of(CentreWorld& world, const std::string& login, Role role, const std::string& opd = "");

[[nodiscard]] std::string ticket_path_of(const TicketId& id);
[[nodiscard]] std::string hidden_field(const std::string& page, const std::string& action, const std::string& name);
[[nodiscard]] std::string header(const http::Response& response, const std::string& name);
[[nodiscard]] bool contains(const std::string& text, const std::string& part);

}  // namespace mimika::test
