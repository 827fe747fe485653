#include "kiosk/device/qr_reader.h"

#include <catch2/catch.hpp>

#include "kiosk/base/env.h"
#include "kiosk/base/limits.h"
#include "kiosk/device/jpeg_codec.h"
#include "kiosk/device/recorded_camera.h"
#include "tests/device/pictures.h"

namespace mimika::device {
namespace {

constexpr PixelSize kFrame{1280, 720};

// As long as a receipt's: 57 modules wide.
std::string receipt_text() {
  std::string text = "MK1:JLA1-0417-K:";
  FakeEnv env(0, 5);
  while (text.size() < 183) text += "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[random_integer<std::uint8_t>(env) % 32];
  return text;
}

std::optional<std::string> read(const test::CodeLook& look, PixelSize size = kFrame) {
  static QrReader reader;
  // As the camera's thread does it.
  const GreyImage picture = test::draw_code(receipt_text(), size, look);
  return reader.read(scaled_down(picture, fit_inside(size, QrReader::kPictureBox)));
}

TEST_CASE("a receipt's code is read from near and from far") {
  for (const double module_px : {2.5, 3.0, 4.0, 6.5, 10.0}) {
    INFO(module_px);
    CHECK(read({.module_px = module_px}) == receipt_text());
  }
}

TEST_CASE("a receipt's code is read however it is held") {
  for (const double degrees : {0.0, 7.0, 30.0, 45.0, 90.0, 133.0, 180.0, 270.0, 315.0}) {
    INFO(degrees);
    CHECK(read({.module_px = 4.5, .degrees = degrees}) == receipt_text());
  }
}

TEST_CASE("a receipt's code is read a little out of focus") {
  CHECK(read({.module_px = 5, .degrees = 5, .blur_px = 1}) == receipt_text());
  CHECK(read({.module_px = 8, .degrees = 5, .blur_px = 2}) == receipt_text());
}

TEST_CASE("a receipt's code is read on faded paper and in little light") {
  CHECK(read({.module_px = 4, .dark = 110, .light = 160}) == receipt_text());
  CHECK(read({.module_px = 4, .dark = 10, .light = 50}) == receipt_text());
  CHECK(read({.module_px = 4, .dark = 200, .light = 245}) == receipt_text());
}

TEST_CASE("a receipt's code is read from a camera's JPEG") {
  const Image picture = test::in_colour(test::draw_code(receipt_text(), kFrame, {.module_px = 4, .degrees = 12}));
  JpegDecoder decoder;
  const WipedBytes jpeg = encode_jpeg(picture, 60).value();
  QrReader reader;
  CHECK(reader.read(decoder.grey(jpeg.view(), QrReader::kPictureBox, JpegOrigin::kCamera).value()) == receipt_text());
}

TEST_CASE("where there is no code nothing is read") {
  QrReader reader;
  CHECK_FALSE(reader.read({}));
  CHECK_FALSE(reader.read(make_grey_image({1, 1})));
  CHECK_FALSE(reader.read(make_grey_image(kFrame)));
  for (std::uint64_t seed = 0; seed < 5; ++seed) {
    GreyImage noise = make_grey_image({320, 240});
    FakeEnv(0, seed).fill_random(noise.luma.span());
    CHECK_FALSE(reader.read(noise));
  }
}

TEST_CASE("a code that is cut or painted over is not read, and the next one is") {
  QrReader reader;
  GreyImage code = test::draw_code(receipt_text(), {640, 480}, {.module_px = 5});
  std::fill(code.luma.data(), code.luma.data() + code.luma.size() / 2, std::uint8_t{235});
  CHECK_FALSE(reader.read(code));
  CHECK(reader.read(test::draw_code(receipt_text(), {640, 480}, {.module_px = 5})) == receipt_text());
}

TEST_CASE("what a code says is cut at the limit") {
  QrReader reader;
  const std::string longest(limits::kCodeBytes, 'A');
  CHECK(reader.read(test::draw_code(longest, kFrame, {.module_px = 4})) == longest);
  CHECK(reader.read(test::draw_code(longest + "BCD", kFrame, {.module_px = 4})) == longest);
  CHECK(reader.read(test::draw_code(std::string(900, 'x'), {1280, 1280}, {.module_px = 6}))->size() ==
        limits::kCodeBytes);
}

TEST_CASE("any text is only text") {
  QrReader reader;
  for (const std::string& text : {std::string("https://example.org/?a=1"), std::string("'; DROP TABLE tickets; --"),
                                  std::string("\x01\x02\xFF\xFE"), std::string("1")}) {
    const auto said = reader.read(test::draw_code(text, {640, 480}, {.module_px = 8}));
    REQUIRE(said);
    CHECK(said->size() <= limits::kCodeBytes);
  }
}

}  // namespace
}  // namespace mimika::device
