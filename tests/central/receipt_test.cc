// The page on which anyone asks whether a printed receipt is genuine.
#include "sync/central/central_limits.h"
#include "sync/central/store/devices.h"
#include "sync/central/workflow/receipt_check.h"
#include "sync/wire/receipt_statement.h"
#include "tests/central/centre_world.h"

namespace mimika::test {
namespace {

// What the kiosk prints for a filing of its journal.
std::string receipt_of(const TestKiosk& kiosk, const TicketId& id, WallMs filed_ms,
                       const crypto::SigningKey* key = nullptr) {
  wire::ReceiptStatement statement;
  statement.number = {kiosk.code, 1};
  statement.key = id;
  statement.filed_ms = filed_ms;
  // The chain after the filing.
  const auto& chain = kiosk.chains.at(id.seq.value);
  std::copy_n(chain.begin(), statement.content.size(), statement.content.begin());
  return wire::encode_receipt_statement(statement, key == nullptr ? kiosk.key : *key);
}

ReceiptVerdict verdict(CentreWorld& world, const std::string& text) {
  const auto check = check_receipt(world.database(), text);
  REQUIRE(check);
  return check->verdict;
}

std::string page_of(CentreWorld& world, const std::string& text) {
  const http::Response page = Browser(world).get("/receipt?lang=&statement=" + http::percent_encode(text));
  REQUIRE(page.status == 200);
  return page.body;
}

struct Filed {
  CentreWorld world;
  TestKiosk kiosk = world.enrolled_kiosk();
  TicketId id = kiosk.file();
  // A later event, so that the journal knows the chain after the filing.
  EventKey later = kiosk.append(DeviceStarted{"test", 8});
  std::string receipt = receipt_of(kiosk, id, kTuesdayMorning);
};

}  // namespace

TEST_CASE("a receipt is genuine before it arrived, and arrived when it has") {
  Filed filed;
  CHECK(verdict(filed.world, filed.receipt) == ReceiptVerdict::kNotArrived);
  CHECK(contains(page_of(filed.world, filed.receipt), "belum tiba"));
  filed.world.env.advance_ms(3 * kHourMs);
  filed.world.sync(filed.kiosk);
  const auto check = check_receipt(filed.world.database(), filed.receipt);
  REQUIRE(check);
  CHECK(check->verdict == ReceiptVerdict::kArrived);
  CHECK(check->filed_ms == kTuesdayMorning);
  CHECK(check->arrived_ms == filed.world.env.wall_ms());
  const std::string page = page_of(filed.world, filed.receipt);
  CHECK(contains(page, "sudah tiba"));
  CHECK(contains(page, format_ticket_number(check->number)));
  // As a telephone copied it.
  CHECK(verdict(filed.world, " " + filed.receipt.substr(0, 50) + "\r\n" + filed.receipt.substr(50) + "\n") ==
        ReceiptVerdict::kArrived);
}

TEST_CASE("the page of a receipt is open to everybody and says nothing of what was filed or by whom") {
  Filed filed;
  filed.world.sync(filed.kiosk);
  const std::string page = page_of(filed.world, filed.receipt);
  for (const char* secret : {"Yosepha", "Jembatan", "jalan", "94.04.06", "Diloa", "login"}) {
    CAPTURE(secret);
    CHECK_FALSE(contains(page, secret));
  }
  const http::Response form = Browser(filed.world).get("/receipt");
  CHECK(form.status == 200);
  CHECK(contains(form.body, "name=\"statement\""));
  CHECK_FALSE(contains(form.body, "[["));
  CHECK(header(form, "Cache-Control") == "no-store");
}

TEST_CASE("a receipt that was changed, invented or made by another is not genuine") {
  Filed filed;
  filed.world.sync(filed.kiosk);
  const auto stranger = crypto::SigningKey::generate(filed.world.env);
  CHECK(verdict(filed.world, receipt_of(filed.kiosk, filed.id, kTuesdayMorning, &stranger)) ==
        ReceiptVerdict::kNotGenuine);
  for (std::size_t at = 0; at < filed.receipt.size(); at += 7) {
    std::string changed = filed.receipt;
    changed[at] = changed[at] == 'A' ? 'B' : 'A';
    CAPTURE(changed);
    const ReceiptVerdict said = verdict(filed.world, changed);
    CHECK((said == ReceiptVerdict::kNotGenuine || said == ReceiptVerdict::kUnknownKiosk));
  }
  for (const std::string& bad :
       {std::string("x"), std::string("https://example.org/"), std::string("<script>alert(1)"),
        std::string(mimika::central::limits::kReceiptTextBytes + 1, 'A'), filed.receipt + "A"}) {
    CHECK(verdict(filed.world, bad) == ReceiptVerdict::kNotGenuine);
    const std::string page = page_of(filed.world, bad);
    CHECK(contains(page, "Bukan bukti asli"));
    CHECK_FALSE(contains(page, "<script"));
  }
}

TEST_CASE("a receipt of a kiosk that is not known here is not called false") {
  Filed filed;
  TicketId id = filed.id;
  id.device = DeviceId{999};
  CHECK(verdict(filed.world, receipt_of(filed.kiosk, id, kTuesdayMorning)) == ReceiptVerdict::kUnknownKiosk);
}

TEST_CASE("a receipt outlives a change of its kiosk's key") {
  Filed filed;
  filed.world.sync(filed.kiosk);
  const auto next = crypto::SigningKey::generate(filed.world.env);
  REQUIRE(bind_device_key(filed.world.database(), filed.kiosk.device, next.verify_key(), filed.world.env.wall_ms()));
  CHECK(verdict(filed.world, filed.receipt) == ReceiptVerdict::kArrived);
  CHECK(verdict(filed.world, receipt_of(filed.kiosk, filed.id, kTuesdayMorning, &next)) == ReceiptVerdict::kArrived);
}

TEST_CASE("a stolen kiosk's key vouches for what had arrived and for nothing else") {
  Filed filed;
  filed.world.sync(filed.kiosk);
  REQUIRE(set_revoked(filed.world.database(), filed.kiosk.device, filed.world.env.wall_ms()));
  CHECK(verdict(filed.world, filed.receipt) == ReceiptVerdict::kArrived);
  const TicketId never_sent = filed.kiosk.file();
  filed.kiosk.append(DeviceStarted{"test", 9});
  const std::string forged = receipt_of(filed.kiosk, never_sent, kTuesdayMorning);
  CHECK(verdict(filed.world, forged) == ReceiptVerdict::kNotVouchedFor);
  CHECK(contains(page_of(filed.world, forged), "Tidak dapat dipastikan"));
}

TEST_CASE("a receipt from a disk that was copied is genuine, and staff are to look at it") {
  Filed filed;
  TestKiosk copy = filed.kiosk.copied_at(1);
  filed.world.sync(filed.kiosk);
  Filing lie;
  lie.story = "Lain.";
  const TicketId other = copy.file(lie);
  copy.append(DeviceStarted{"test", 9});
  REQUIRE(other == filed.id);
  CHECK(verdict(filed.world, receipt_of(copy, other, kTuesdayMorning)) == ReceiptVerdict::kDiffers);
}

}  // namespace mimika::test
