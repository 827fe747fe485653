#include "kiosk/device/photo.h"

#include <catch2/catch.hpp>

#include "kiosk/base/env.h"
#include "kiosk/base/limits.h"
#include "kiosk/device/frame_decoder.h"
#include "kiosk/device/recorded_camera.h"
#include "tests/device/pictures.h"

namespace mimika::device {
namespace {

constexpr PixelSize kAnyBox{.width = limits::kPictureSide, .height = limits::kPictureSide};

FrameView frame_of(ByteView jpeg) {
  return {.format = FrameFormat::kMjpeg, .size = {1, 1}, .row_bytes = 0, .bytes = jpeg};
}

Bytes jpeg_of(const Image& image, int quality = 80) {
  const auto jpeg = encode_jpeg(image, quality).value();
  return {jpeg.view().begin(), jpeg.view().end()};
}

Bytes with_size(Bytes jpeg, int width, int height) {
  for (std::size_t at = 0; at + 9 < jpeg.size(); ++at) {
    if (jpeg[at] != 0xFF || (jpeg[at + 1] != 0xC0 && jpeg[at + 1] != 0xC2)) continue;
    jpeg[at + 5] = static_cast<std::uint8_t>(height >> 8);
    jpeg[at + 6] = static_cast<std::uint8_t>(height);
    jpeg[at + 7] = static_cast<std::uint8_t>(width >> 8);
    jpeg[at + 8] = static_cast<std::uint8_t>(width);
    break;
  }
  return jpeg;
}

TEST_CASE("a photo and its preview keep within their limits, whatever is on them") {
  const PixelSize hd{1280, 720};
  const PixelSize large{4096, 3000};
  const std::pair<const char*, Image> pictures[] = {
      {"a sample", draw_sample_picture(hd)},
      {"a paper", test::paper(hd)},
      {"noise", test::noise(hd, 3)},
      {"one colour", test::one_colour(hd, 200, 30, 30)},
      {"a large one", draw_sample_picture(large)},
      {"large noise", test::noise({1920, 1080}, 4)},
      {"an upright one", draw_sample_picture({720, 1280})},
      {"a line", test::noise({4000, 1}, 5)},
      {"a pixel", test::one_colour({1, 1}, 9, 9, 9)},
  };
  for (const auto& [what, picture] : pictures) {
    INFO(what);
    const auto photo = make_photo(picture);
    REQUIRE(photo);
    CHECK(photo->jpeg.size() <= limits::kPhotoBytes);
    CHECK(photo->preview.size() <= limits::kPreviewBytes);
    const Image shown = decode_photo(photo->jpeg.view(), kAnyBox).value();
    CHECK(shown.size == photo->size);
    CHECK(std::max(shown.size.width, shown.size.height) <= limits::kPhotoLongSide);
    CHECK(test::all_opaque(shown));
    const Image small = decode_photo(photo->preview.view(), kAnyBox).value();
    CHECK(std::max(small.size.width, small.size.height) <= limits::kPreviewLongSide);
  }
}

TEST_CASE("a picture of this world keeps its pixels, and looks as before") {
  const Image sample = draw_sample_picture({1280, 720});
  const Photo photo = make_photo(sample).value();
  CHECK(photo.size == sample.size);
  CHECK(photo.jpeg.size() > limits::kPhotoBytes / 3);  // nothing is taken away without need
  CHECK(test::difference(decode_photo(photo.jpeg.view(), kAnyBox).value(), sample) < 4);
}

TEST_CASE("a paper full of small letters keeps as many pixels as fit") {
  const Image paper = test::paper({1280, 720});
  const Photo photo = make_photo(paper).value();
  CHECK(photo.size.width >= 1000);
  CHECK(test::difference(decode_photo(photo.jpeg.view(), kAnyBox).value(), scaled_down(paper, photo.size)) < 12);
}

TEST_CASE("a photo carries pixels and nothing else") {
  const Photo photo = make_photo(draw_sample_picture({640, 480})).value();
  for (const WipedBytes* jpeg : {&photo.jpeg, &photo.preview}) {
    const std::vector<std::uint8_t> markers = test::jpeg_markers(jpeg->view());
    REQUIRE(markers.size() > 4);
    CHECK(markers.front() == 0xE0);  // JFIF: a version and a pixel's proportions
    CHECK(markers.back() == 0xD9);
    for (std::size_t i = 1; i + 1 < markers.size(); ++i) {
      // Tables, the frame's and the scan's header. No APPn, no comment.
      const std::set<std::uint8_t> allowed = {0xDB, 0xC0, 0xC4, 0xDA};
      INFO(int{markers[i]});
      CHECK(allowed.contains(markers[i]));
    }
    // JFIF's own segment has room for a picture of its own; it is empty.
    CHECK(jpeg->view()[4] == 0);
    CHECK(jpeg->view()[5] == 16);
  }
}

TEST_CASE("what a camera wrote into its frame is not in the photo") {
  Bytes frame = jpeg_of(draw_sample_picture({640, 480}));
  const std::string exif = "Exif: Timika, 2026-11-28, serial 4711";
  Bytes segment = {0xFF, 0xE1, 0, static_cast<std::uint8_t>(exif.size() + 2)};
  append(segment, as_bytes(exif));
  frame.insert(frame.begin() + 2, segment.begin(), segment.end());
  FrameDecoder decoder;
  const Photo photo = make_photo(decoder.rgba(frame_of(frame), kAnyBox).value()).value();
  CHECK(as_text(photo.jpeg.view()).find("4711") == std::string_view::npos);
  CHECK(as_text(photo.preview.view()).find("4711") == std::string_view::npos);
}

TEST_CASE("a photo is shown in the size asked for, never larger than it is") {
  const Photo photo = make_photo(draw_sample_picture({1280, 720})).value();
  CHECK(decode_photo(photo.jpeg.view(), {800, 800}).value().size == PixelSize{800, 450});
  CHECK(decode_photo(photo.jpeg.view(), {333, 2000}).value().size == PixelSize{333, 187});
  CHECK(decode_photo(photo.jpeg.view(), {5000, 5000}).value().size == PixelSize{1280, 720});
  CHECK(decode_photo(photo.jpeg.view(), {1, 1}).value().size == PixelSize{1, 1});
  CHECK(decode_photo(photo.jpeg.view(), {0, -5}).value().size == PixelSize{1, 1});
}

TEST_CASE("a picture without pixels is no photo") {
  CHECK(make_photo({}).error().code == ErrorCode::kInvalidInput);
}

TEST_CASE("a JPEG cut at any byte is an error and never a crash") {
  const Bytes jpeg = jpeg_of(draw_sample_picture({64, 48}));
  FrameDecoder decoder;
  for (std::size_t size = 0; size < jpeg.size(); ++size) {
    INFO(size);
    // A copy of just this size, so that a sanitizer sees one byte too many.
    const Bytes cut(jpeg.begin(), jpeg.begin() + static_cast<std::ptrdiff_t>(size));
    CHECK_FALSE(decode_photo(cut, kAnyBox));
    CHECK_FALSE(decoder.rgba(frame_of(cut), kAnyBox));
    CHECK_FALSE(decoder.grey(frame_of(cut), kAnyBox));
  }
  CHECK(decoder.rgba(frame_of(jpeg), kAnyBox));
}

TEST_CASE("a JPEG with any byte changed is a picture or an error") {
  const Bytes jpeg = jpeg_of(draw_sample_picture({48, 32}));
  FrameDecoder decoder;
  int pictures = 0;
  for (std::size_t at = 0; at < jpeg.size(); ++at) {
    for (const int change : {0x01, 0x80, 0xFF}) {
      Bytes changed = jpeg;
      changed[at] = static_cast<std::uint8_t>(changed[at] ^ change);
      if (decode_photo(changed, {200, 200})) ++pictures;
      static_cast<void>(decoder.grey(frame_of(changed), {200, 200}));
    }
  }
  CHECK(pictures > 0);
}

TEST_CASE("bytes that were never a picture are an error") {
  FakeEnv env(0, 11);
  for (int i = 0; i < 2000; ++i) {
    Bytes bytes(random_integer<std::uint16_t>(env) % 2000);
    env.fill_random(bytes);
    if (bytes.size() > 3 && i % 2 == 0) std::copy_n(Bytes{0xFF, 0xD8, 0xFF}.begin(), 3, bytes.begin());
    CHECK_FALSE(decode_photo(bytes, kAnyBox));
  }
}

TEST_CASE("a picture that claims more pixels than the limit is refused before they are made room for") {
  const Bytes jpeg = jpeg_of(draw_sample_picture({64, 48}));
  CHECK(decode_photo(with_size(jpeg, 65'500, 65'500), kAnyBox).error().code == ErrorCode::kTooLarge);
  CHECK(decode_photo(with_size(jpeg, limits::kPictureSide + 1, 8), kAnyBox).error().code == ErrorCode::kTooLarge);
  CHECK(decode_photo(with_size(jpeg, 8, limits::kPictureSide + 1), kAnyBox).error().code == ErrorCode::kTooLarge);
  CHECK_FALSE(decode_photo(with_size(jpeg, 0, 48), kAnyBox));
  CHECK(decode_photo(jpeg_of(test::one_colour({limits::kPictureSide, 2}, 1, 2, 3)), kAnyBox));
}

TEST_CASE("a frame without its own tables, as cameras send them, is read with the usual ones") {
  Bytes jpeg = jpeg_of(draw_sample_picture({64, 48}));
  const Image whole = decode_photo(jpeg, kAnyBox).value();
  for (std::size_t at = 2; at + 4 < jpeg.size() && jpeg[at + 1] != 0xDA;) {
    const std::size_t length = 2 + static_cast<std::size_t>(jpeg[at + 2] << 8 | jpeg[at + 3]);
    if (jpeg[at + 1] == 0xC4) {
      jpeg.erase(jpeg.begin() + static_cast<std::ptrdiff_t>(at),
                 jpeg.begin() + static_cast<std::ptrdiff_t>(at + length));
    } else {
      at += length;
    }
  }
  FrameDecoder decoder;
  const auto picture = decoder.rgba(frame_of(jpeg), kAnyBox);
  REQUIRE(picture);
  CHECK(test::difference(*picture, whole) == 0);
}

TEST_CASE("bytes that a camera puts before the end of its frame do no harm") {
  Bytes jpeg = jpeg_of(draw_sample_picture({64, 48}));
  jpeg.insert(jpeg.end() - 2, 40, std::uint8_t{0});
  FrameDecoder decoder;
  CHECK(decoder.rgba(frame_of(jpeg), kAnyBox));
  CHECK_FALSE(decode_photo(jpeg, kAnyBox));  // of our own making there are none
  Bytes padded = jpeg_of(draw_sample_picture({64, 48}));
  padded.resize(padded.size() + 500);
  CHECK(decoder.rgba(frame_of(padded), kAnyBox));
}

TEST_CASE("a YUYV frame has the colours of what stood before the camera") {
  FrameDecoder decoder;
  // Studio-range BT.601 of white, black, red and blue.
  const std::pair<Bytes, std::array<int, 3>> colours[] = {{{235, 128, 235, 128}, {255, 255, 255}},
                                                          {{16, 128, 16, 128}, {0, 0, 0}},
                                                          {{81, 90, 81, 240}, {255, 0, 0}},
                                                          {{41, 240, 41, 110}, {0, 0, 255}}};
  for (const auto& [bytes, expected] : colours) {
    const FrameView frame{.format = FrameFormat::kYuyv, .size = {2, 1}, .row_bytes = 4, .bytes = bytes};
    const Image image = decoder.rgba(frame, kAnyBox).value();
    for (std::size_t c = 0; c < 3; ++c) CHECK(std::abs(image.rgba.data()[4 + c] - expected[c]) <= 3);
    CHECK(test::all_opaque(image));
  }
}

TEST_CASE("a YUYV frame with padded rows or an odd width is read, a cut one refused") {
  FrameDecoder decoder;
  const Bytes bytes(static_cast<std::size_t>(3 * 40 + 20), 128);
  FrameView frame{.format = FrameFormat::kYuyv, .size = {10, 4}, .row_bytes = 40, .bytes = bytes};
  CHECK(decoder.rgba(frame, kAnyBox).value().size == PixelSize{10, 4});  // the last row without padding
  CHECK(decoder.grey(frame, kAnyBox).value().size == PixelSize{10, 4});
  frame.size.width = 9;
  CHECK(decoder.rgba(frame, kAnyBox).value().size == PixelSize{8, 4});
  frame.size.width = 10;
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const Bytes cut(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
    frame.bytes = cut;
    CHECK_FALSE(decoder.rgba(frame, kAnyBox));
  }
  frame.bytes = bytes;
  for (const int row_bytes : {-1, 0, 19, 41, std::numeric_limits<int>::max()}) {
    frame.row_bytes = row_bytes;
    CHECK_FALSE(decoder.rgba(frame, kAnyBox));
  }
  frame.row_bytes = 40;
  for (const PixelSize size : {PixelSize{0, 4}, PixelSize{1, 4}, PixelSize{10, 0}, PixelSize{-10, -4}, PixelSize{10, 5},
                               PixelSize{limits::kPictureSide + 2, 4}, PixelSize{10, limits::kPictureSide + 1}}) {
    frame.size = size;
    CHECK_FALSE(decoder.rgba(frame, kAnyBox));
    CHECK_FALSE(decoder.grey(frame, kAnyBox));
  }
}

TEST_CASE("making a picture smaller keeps its mean and its edges") {
  Image halves = test::one_colour({90, 50}, 0, 0, 0);
  for (int y = 0; y < 50; ++y) {
    for (int x = 45; x < 90; ++x) halves.rgba.data()[(y * 90 + x) * 4 + 1] = 200;
  }
  for (const PixelSize to : {PixelSize{90, 50}, PixelSize{60, 33}, PixelSize{31, 17}, PixelSize{2, 1}}) {
    const Image small = scaled_down(halves, to);
    CHECK(small.size == to);
    CHECK(small.rgba.data()[1] == 0);
    CHECK(small.rgba.data()[small.rgba.size() - 3] == 200);
    CHECK(test::all_opaque(small));
  }
  CHECK(scaled_down(halves, {1, 1}).rgba.data()[1] == 100);
}

TEST_CASE("what fits inside a box keeps its proportions and has pixels") {
  CHECK(fit_inside({1280, 720}, {640, 640}) == PixelSize{640, 360});
  CHECK(fit_inside({720, 1280}, {640, 640}) == PixelSize{360, 640});
  CHECK(fit_inside({100, 50}, {640, 640}) == PixelSize{100, 50});
  CHECK(fit_inside({4000, 1}, {64, 64}) == PixelSize{64, 1});
  CHECK(fit_inside({1280, 720}, {0, 0}) == PixelSize{1, 1});
}

TEST_CASE("bytes are overwritten where they lie when their owner lets them go") {
  const Bytes secret(100, 0x5A);
  WipedBytes bytes{Bytes(secret)};
  bytes.shorten(40);
  CHECK(bytes.size() == 40);
  // The buffer is still ours: what was cut away lies behind its end.
  CHECK(std::all_of(bytes.data() + 41, bytes.data() + 99, [](std::uint8_t byte) { return byte == 0; }));
  WipedBytes other = std::move(bytes);
  CHECK(other.size() == 40);
}

}  // namespace
}  // namespace mimika::device
