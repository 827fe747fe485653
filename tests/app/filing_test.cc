// From a request to a saved ticket, to the answer that only the receipt opens.
#include "kiosk/app/filing.h"

#include <catch2/catch.hpp>
#include <filesystem>

#include "kiosk/app/replies.h"
#include "kiosk/base/limits.h"
#include "sync/wire/receipt_statement.h"
#include "tests/support/temp_folder.h"

namespace mimika {
namespace {

constexpr WallMs kNow = 1'795'500'000'000;  // 24 November 2026

struct Kiosk {
  test::TempFolder folder;
  FakeEnv env{kNow};
  crypto::SigningKey device_key = crypto::SigningKey::generate(env);
  crypto::BoxKey centre = crypto::BoxKey::generate(env);
  crypto::BoxKey office = crypto::BoxKey::generate(env);
  Catalogue catalogue = load_catalogue(std::string(MIMIKA_SOURCE_DIR) + "/assets/catalogue").value();
  std::unique_ptr<Store> store = Store::open({.folder = folder.path(),
                                              .identity = {DeviceId{7}, DeviceCode{"JLA1"}, DistrictCode{"94.04.06"}},
                                              .centre_key = centre.public_key(),
                                              .office_key = office.public_key(),
                                              .program_version = "test"},
                                             env)
                                     .value();

  Result<Receipted> file(const FilingRequest& request, std::span<const NewMedia> media = {}) {
    auto pair = make_receipt_pair(env, DeviceId{7});
    REQUIRE(pair.has_value());
    return file_request(*store, catalogue, request, *std::move(pair), device_key, local_date(env.wall_ms()), media);
  }
  [[nodiscard]] std::size_t blob_files() const {
    std::error_code none;
    const std::filesystem::directory_iterator files(std::filesystem::path(folder.path()) / "blobs", none);
    return none ? 0 : static_cast<std::size_t>(std::distance(files, std::filesystem::directory_iterator()));
  }
};

FilingRequest complaint() {
  FilingRequest request;
  request.category = CategoryId{"air"};
  request.kampung = KampungCode{"94.04.06.2002"};
  request.details.story = "Sudah tiga minggu air tidak keluar.";
  request.consent = true;
  return request;
}

TEST_CASE("a filed request has a number, a code, and a statement the device signed") {
  Kiosk kiosk;
  const auto done = kiosk.file(complaint());
  REQUIRE(done.has_value());
  CHECK(format_ticket_number(done->filed.number).starts_with("JLA1-0001-"));
  CHECK(crypto::ReceiptCode::parse(done->code.grouped()).has_value());

  const auto statement = wire::decode_receipt_statement(done->statement, kiosk.device_key.verify_key());
  REQUIRE(statement.has_value());
  CHECK(statement->number == done->filed.number);
  CHECK(statement->key == done->filed.key);

  crypto::SigningKey other = crypto::SigningKey::generate(kiosk.env);
  CHECK(wire::decode_receipt_statement(done->statement, other.verify_key()).error().code == ErrorCode::kUnauthorised);
}

TEST_CASE("a request that breaks a rule is not filed and says which") {
  Kiosk kiosk;
  FilingRequest request = complaint();
  request.consent = false;
  const auto refused = kiosk.file(request);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().code == ErrorCode::kInvalidInput);
  CHECK(refused.error().message.find("consent") != std::string::npos);
  CHECK(kiosk.store->status()->tickets == 0);
}

TEST_CASE("a complaint may be a voice alone, and its photos are saved with it") {
  Kiosk kiosk;
  FilingRequest request = complaint();
  request.details.story.clear();
  CHECK_FALSE(kiosk.file(request).has_value());  // nothing at all tells it
  request.told_by_media = true;
  const Bytes voice(3000, 1);
  const Bytes photo(5000, 2);
  const Bytes preview(200, 3);
  const std::vector<NewMedia> media = {{MediaKind::kVoice, voice, {}}, {MediaKind::kPhoto, photo, preview}};
  const auto done = kiosk.file(request, media);
  REQUIRE(done.has_value());
  CHECK(kiosk.store->status()->unsent_blobs == 3);
  CHECK(kiosk.blob_files() == 3);
  REQUIRE(kiosk.store->verify());
  // The next filing goes on from there.
  REQUIRE(kiosk.file(complaint()).has_value());
  REQUIRE(kiosk.store->verify());
}

TEST_CASE("a filing whose photo cannot be saved is not saved either, and leaves no number and no file") {
  Kiosk kiosk;
  const Bytes photo(5000, 2);
  const Bytes too_large(limits::kAttachmentBytes + 1, 2);
  const std::vector<NewMedia> media = {{MediaKind::kPhoto, photo, {}}, {MediaKind::kPhoto, too_large, {}}};
  const auto refused = kiosk.file(complaint(), media);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().code == ErrorCode::kTooLarge);
  CHECK(kiosk.store->status()->tickets == 0);
  CHECK(kiosk.blob_files() == 0);
  const auto done = kiosk.file(complaint());
  REQUIRE(done.has_value());
  CHECK(format_ticket_number(done->filed.number).starts_with("JLA1-0001-"));
  REQUIRE(kiosk.store->verify());
}

TEST_CASE("an answer sealed to the receipt opens with its code and no other") {
  Kiosk kiosk;
  const auto done = kiosk.file(complaint());
  REQUIRE(done.has_value());
  Ticket ticket = kiosk.store->find_ticket(done->filed.number).value().value();

  TimelineEntry entry;
  entry.kind = TimelineKind::kPrivateMessage;
  entry.event = {kCentreDevice, Epoch{1}, Seq{5}};
  entry.sealed_text = crypto::seal_to(ticket.receipt_key, as_bytes("Petugas datang hari Rabu.")).value();
  ticket.timeline.push_back(entry);
  entry.sealed_text.back() ^= 1;  // a damaged one must not hide the other
  ticket.timeline.push_back(entry);

  const auto replies = open_replies(ticket, done->code);
  REQUIRE(replies.has_value());
  REQUIRE(replies->size() == 1);
  CHECK(replies->front().text.view() == "Petugas datang hari Rabu.");

  const auto other = crypto::ReceiptCode::generate(kiosk.env);
  CHECK(open_replies(ticket, other).error().code == ErrorCode::kUnauthorised);
}

}  // namespace
}  // namespace mimika
