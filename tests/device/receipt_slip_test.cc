#include "kiosk/device/receipt_slip.h"

#include <catch2/catch.hpp>

#include "kiosk/base/limits.h"
#include "kiosk/device/receipt_slip_text.h"
#include "tests/device/slip_world.h"

using namespace mimika;
using namespace mimika::device;
using mimika::test::black_dots;
using mimika::test::keep_picture;
using mimika::test::read_qr;
using mimika::test::sample_slip;
using mimika::test::slip_maker;

namespace {

// Blank at both sides but for the bands at its two ends.
bool margins_are_blank(const BitImage& image) {
  const int band = 50 * image.width() / kSlipWidthDots;
  const int margin = 16 * image.width() / kSlipWidthDots;
  return black_dots(image, 0, band, margin, image.height() - band) == 0 &&
         black_dots(image, image.width() - margin, band, image.width(), image.height() - band) == 0;
}

std::unique_ptr<SlipFont> font() {
  return SlipFont::open({"/usr/share/fonts/opentype/inter"}).value();
}

}  // namespace

TEST_CASE("a slip is as wide as the paper and its QR code reads as what was signed") {
  const ReceiptSlip slip = sample_slip();
  const BitImage image = slip_maker().render(slip).value();
  keep_picture(image, "slip");
  CHECK(image.width() == 576);
  CHECK(image.height() > 1400);
  CHECK(image.height() < 2400);
  CHECK(margins_are_blank(image));
  CHECK(read_qr(image) == slip.statement);
}

TEST_CASE("a slip on a finer printer is the same slip with finer dots") {
  const ReceiptSlip slip = sample_slip();
  const SlipMaker maker = slip_maker();
  const BitImage coarse = maker.render(slip).value();
  for (const int width : {346, 851, 1702}) {
    const BitImage fine = maker.render(slip, width).value();
    keep_picture(fine, "slip-" + std::to_string(width));
    CHECK(fine.width() == width);
    const double ratio = static_cast<double>(fine.height()) / coarse.height();
    CHECK(ratio == Approx(width / 576.0).epsilon(0.06));
    CHECK(read_qr(fine) == slip.statement);
    CHECK(margins_are_blank(fine));
  }
}

TEST_CASE("long words of every part wrap, and what one slip cannot hold is refused") {
  ReceiptSlip slip = sample_slip();
  const int short_height = slip_maker().render(slip).value().height();
  const std::string essay =
      "Kantor pelayanan terpadu di ujung jalan yang baru diperbaiki, dekat gereja dan lapangan terbang lama ";
  for (std::string* text : {&slip.office, &slip.regency, &slip.title, &slip.code_title, &slip.code_note, &slip.saved,
                            &slip.saved_when, &slip.not_arrived, &slip.next_title, &slip.keep, &slip.free_of_charge}) {
    *text = essay + essay;
  }
  slip.facts = {{"Tempat yang dimaksud dalam pengaduan ini menurut warga:", essay}, {"Nama:", essay}};
  slip.steps.front().text = std::string(300, 'm');  // a word wider than the paper
  const BitImage image = slip_maker().render(slip).value();
  keep_picture(image, "slip-long");
  CHECK(image.height() > 2 * short_height);
  CHECK(margins_are_blank(image));
  CHECK(read_qr(image) == slip.statement);

  slip.keep = std::string(limits::kSlipTextBytes, 'm');
  slip.office = slip.keep;
  CHECK(slip_maker().render(slip).error().code == ErrorCode::kTooLarge);  // more paper than a slip may have
  slip.keep += 'm';
  CHECK(slip_maker().render(slip).error().code == ErrorCode::kTooLarge);
}

TEST_CASE("limits of a slip: entries, width, a number") {
  ReceiptSlip slip = sample_slip();
  slip.facts.assign(limits::kSlipEntries, {"a", "b"});
  CHECK(slip_maker().render(slip).has_value());
  slip.facts.emplace_back("a", "b");
  CHECK(slip_maker().render(slip).error().code == ErrorCode::kTooLarge);
  slip.facts.clear();
  CHECK(slip_maker().render(slip, 287).error().code == ErrorCode::kInvalidInput);
  CHECK(slip_maker().render(slip, 4609).error().code == ErrorCode::kInvalidInput);
  slip.number.clear();
  CHECK(slip_maker().render(slip).error().code == ErrorCode::kInvalidInput);
}

TEST_CASE("a statement too long for modules of four dots is refused, not printed illegibly") {
  ReceiptSlip slip = sample_slip();
  slip.statement = std::string(900, 'x');
  const BitImage dense = slip_maker().render(slip).value();  // over the whole width
  CHECK(read_qr(dense) == slip.statement);
  slip.statement = std::string(2000, 'x');
  CHECK(slip_maker().render(slip).error().code == ErrorCode::kTooLarge);
  slip.statement = std::string(9000, 'x');  // no QR code holds it
  CHECK(slip_maker().render(slip).error().code == ErrorCode::kTooLarge);
}

TEST_CASE("what a slip does not have leaves no hole") {
  ReceiptSlip slip;
  slip.number = "JLA1-0417-K";
  const BitImage image = slip_maker().render(slip).value();
  keep_picture(image, "slip-bare");
  CHECK(image.height() < 420);
}

TEST_CASE("bytes that are no text are drawn as something, and never leave the paper") {
  ReceiptSlip slip = sample_slip();
  slip.office = "\xFF\xFE\xC3 Jila \xE2\x82";
  slip.saved = "nama\tdengan\x01kontrol\nbaris";
  slip.code = "4827109";
  CHECK(margins_are_blank(slip_maker().render(slip).value()));
}

TEST_CASE("a slip is wiped with all its words") {
  ReceiptSlip slip = sample_slip();
  wipe(slip);
  CHECK(slip.code.empty());
  CHECK(slip.statement.empty());
  CHECK(slip.facts.empty());
}

TEST_CASE("without its fonts the slip maker says which package brings them") {
  const auto maker = SlipMaker::open({"/nowhere", "/tmp"});
  CHECK(maker.error().code == ErrorCode::kNotFound);
  CHECK(maker.error().message.find("fonts-inter") != std::string::npos);
  CHECK(maker.error().message.find("/nowhere") != std::string::npos);
}

TEST_CASE("lines are broken at spaces, within a word only when it must be, and lose nothing") {
  const auto letters = font();
  const SlipType type{SlipWeight::kMedium, 30};
  for (const std::string text : {"satu dua tiga empat lima enam tujuh", "satukatayangpanjangsekalitanpaspasi",
                                 "  a  b  ", "baris\nbaru\n\nlagi", "äöü ñ — “kutip” Ω", ""}) {
    for (const double most : {1.0, 40.0, 120.0, 400.0}) {
      std::string without_spaces;
      for (const std::string_view line : letters->wrap(type, text, most)) {
        without_spaces += line;
        // One letter alone may be wider than the line.
        if (most >= 40) CHECK(letters->width(type, line) <= most);
      }
      std::string expected = text;
      std::erase_if(expected, [](char c) { return c == ' ' || c == '\n'; });
      std::erase(without_spaces, ' ');
      CHECK(without_spaces == expected);
    }
  }
  CHECK(letters->wrap(type, "satu dua", 1000).size() == 1);
  CHECK(letters->wrap(type, "baris\n\nlagi", 1000).size() == 3);
}
