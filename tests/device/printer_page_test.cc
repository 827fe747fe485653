#include "kiosk/device/printer_page.h"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>

#include "tests/device/slip_world.h"
#include "tests/support/temp_folder.h"

using namespace mimika;
using namespace mimika::device;

namespace {

// Paper with dots at its corners and ends, as high as `ratio` times its width.
SlipRenderer slip_of(double ratio) {
  return [ratio](int width) -> Result<BitImage> {
    BitImage image(width, static_cast<int>(width * ratio));
    image.set(0, 0);
    image.set(width - 1, image.height() - 1);
    return image;
  };
}

PrinterAbilities a4_printer() {
  PrinterAbilities can;
  can.formats = {"application/pdf", "image/pwg-raster"};
  can.raster_dpi = {600, 300};
  can.raster_types = {"sgray_8", "black_1"};
  can.media_default = "iso_a4_210x297mm";
  can.media = {{"na_letter_8.5x11in", 21590, 27940}, {"iso_a4_210x297mm", 21000, 29700}};
  can.margins = {423, 423, 423, 423};
  return can;
}

}  // namespace

TEST_CASE("a page is planned for what the printer takes: raster first, at a density no coarser than the slip") {
  const auto page = make_page(a4_printer(), slip_of(3.5)).value();
  CHECK(page.plan.format == PageFormat::kPwgRaster);
  CHECK(page.plan.type == RasterType::kBlack1);
  CHECK(page.plan.dpi == 300);
  CHECK(page.plan.media.name == "iso_a4_210x297mm");
  CHECK(page.dots.width() == 2480);
  CHECK(page.dots.height() == 3508);

  PrinterAbilities can = a4_printer();
  can.raster_types = {"srgb_8"};
  CHECK(make_page(can, slip_of(1)).value().plan.type == RasterType::kRgb8);
  can.formats = {"image/urf", "application/pdf"};
  can.urf = {"V1.4", "CP1", "W8", "RS300-600"};
  CHECK(make_page(can, slip_of(1)).value().plan.format == PageFormat::kAppleRaster);
  can.urf = {"SRGB24"};
  CHECK(make_page(can, slip_of(1)).value().plan.format == PageFormat::kPdf);
  can.formats = {"image/jpeg", "image/png"};
  CHECK(make_page(can, slip_of(1)).value().plan.format == PageFormat::kPng);
  can.formats = {"image/jpeg"};
  CHECK(make_page(can, slip_of(1)).error().code == ErrorCode::kInvalidInput);
}

TEST_CASE("a slip longer than the sheet is made smaller as a whole, and refused when it would not be legible") {
  for (const double ratio : {1.0, 3.5, 4.5, 6.0}) {
    INFO(ratio);
    const auto page = make_page(a4_printer(), slip_of(ratio)).value();
    // Both ends of the slip are on the page, within its margins.
    CHECK(test::black_dots(page.dots, 0, 0, page.dots.width(), page.dots.height()) == 2);
    CHECK(test::black_dots(page.dots, 50, 49, page.dots.width() - 50, page.dots.height() - 49) == 2);
  }
  CHECK(make_page(a4_printer(), slip_of(9)).error().code == ErrorCode::kTooLarge);
}

TEST_CASE("a roll is asked for paper as long as the slip, and fixed lengths for the shortest that holds it") {
  PrinterAbilities can;
  can.formats = {"image/pwg-raster"};
  can.raster_dpi = {203};
  can.raster_types = {"black_1"};
  can.roll = RollMedia{8000, 8000, 5000, 100000};
  can.media_default = "roll_max_80x1000mm";
  const auto cut = make_page(can, slip_of(3.5)).value();
  CHECK(cut.plan.custom_size);
  CHECK(cut.plan.media.width == 8000);
  CHECK(std::abs(cut.dots.height() - 2016) <= 1);
  CHECK(make_page(can, slip_of(0.2)).value().plan.media.length == 5000);

  can.roll.reset();
  can.media = {{"om_a_80x100mm", 8000, 10000}, {"om_b_80x297mm", 8000, 29700}, {"om_c_80x600mm", 8000, 60000}};
  can.media_default = "om_a_80x100mm";
  CHECK(make_page(can, slip_of(3.5)).value().plan.media.name == "om_b_80x297mm");
}

TEST_CASE("narrow paper gets a narrower slip, and a label too small for it nothing") {
  PrinterAbilities can = a4_printer();
  can.raster_dpi = {203};
  can.media = {{"om_x_58x210mm", 5800, 21000}};
  can.media_default = "om_x_58x210mm";
  const auto page = make_page(can, slip_of(3.5)).value();
  CHECK(page.dots.width() == 464);
  can.media = {{"om_x_30x20mm", 3000, 2000}};
  can.media_default = "om_x_30x20mm";
  CHECK(make_page(can, slip_of(3.5)).error().code == ErrorCode::kTooLarge);
}

TEST_CASE("densities and sizes that no printer has are not believed") {
  PrinterAbilities can = a4_printer();
  can.raster_dpi = {0, -300, 1'000'000};
  CHECK(make_page(can, slip_of(3)).value().plan.dpi == 300);
  can.media = {{"iso_a4_210x297mm", 2'000'000, 2'000'000}};
  CHECK(make_page(can, slip_of(3)).error().code == ErrorCode::kTooLarge);
  can.formats = {"image/urf"};
  can.urf = {"W8", "RS99999999999999999999", "RS"};
  can.media.clear();
  CHECK(make_page(can, slip_of(3)).value().plan.dpi == 300);
}

TEST_CASE("an error of the renderer is passed on") {
  const auto page =
      make_page(a4_printer(), [](int) -> Result<BitImage> { return fail(ErrorCode::kCorrupt, "no font"); });
  CHECK(page.error().code == ErrorCode::kCorrupt);
}

TEST_CASE("PNG and PDF show the page dot for dot") {
  const BitImage slip = test::slip_maker().render(test::sample_slip()).value();
  const test::TempFolder folder;
  const auto check = [&](const char* name, const Bytes& bytes, const char* reader) {
    INFO(name);
    std::ofstream(folder / name, std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    const std::string out = folder / "back.pbm";
    REQUIRE(std::system((std::string(reader) + " " + (folder / name) + " " + out).c_str()) == 0);
    std::ifstream in(out, std::ios::binary);
    std::string magic;
    int width = 0;
    int height = 0;
    in >> magic >> width >> height;
    in.get();
    REQUIRE(width == slip.width());
    REQUIRE(height == slip.height());
    long different = 0;
    for (int y = 0; y < height; ++y) {
      std::string row((static_cast<std::size_t>(width) + 7) / 8, '\0');
      in.read(row.data(), static_cast<std::streamsize>(row.size()));
      for (int x = 0; x < width; ++x) {
        const bool black = ((static_cast<unsigned char>(row[static_cast<std::size_t>(x) / 8]) >> (7 - x % 8)) & 1) != 0;
        different += black != slip.black(x, y) ? 1 : 0;
      }
    }
    CHECK(different == 0);
  };
  check("page.png", page_as_png(slip, 203), "convert");
  const Bytes pdf = page_as_pdf(slip, 203);
  if (std::system("command -v pdftoppm > /dev/null") == 0) {
    check("page.pdf", pdf, "sh -c 'pdftoppm -mono -r 203 -singlefile $0 ${1%.pbm}'");
  }
}
