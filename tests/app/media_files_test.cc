// Voices and photos from files: what can be sent is read, and of anything else it is said which file and why.
#include "kiosk/app/media_files.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "kiosk/base/files.h"
#include "kiosk/base/limits.h"
#include "kiosk/device/jpeg_codec.h"
#include "kiosk/device/opus_codec.h"
#include "kiosk/device/recorded_camera.h"
#include "tests/support/temp_folder.h"

namespace mimika {
namespace {

struct Files {
  test::TempFolder folder;

  [[nodiscard]] std::string path(const std::string& name) const { return folder.path() + "/" + name; }
  [[nodiscard]] std::string write(const std::string& name, ByteView bytes) const {
    REQUIRE(write_file_durably(path(name), bytes, FileMode::kPrivate));
    return path(name);
  }
  [[nodiscard]] std::string photo(device::PixelSize size = {.width = 320, .height = 200}) const {
    return write("photo.jpg", device::encode_jpeg(device::draw_sample_picture(size), 90)->view());
  }
  [[nodiscard]] std::string voice(std::int64_t ms) const {
    auto encoder = device::VoiceEncoder::create();
    REQUIRE(encoder);
    device::Samples hum(device::samples_in(ms, device::kVoiceRateHz));
    for (std::size_t i = 0; i < hum.size(); ++i) {
      hum[i] = static_cast<std::int16_t>(9000 * std::sin(static_cast<double>(i) * 0.07));
    }
    REQUIRE(encoder->add(hum));
    return write("voice.ogg", encoder->finish()->view());
  }
};

Error refusal(const MediaFiles& files, TicketKind kind = TicketKind::kComplaint) {
  const auto read = ReadMedia::read(files, kind);
  REQUIRE_FALSE(read);
  return read.error();
}

bool says(const Error& error, const std::string& words) {
  INFO(error.message);
  return error.message.find(words) != std::string::npos;
}

TEST_CASE("a voice goes as it is, a photo as the camera makes them") {
  const Files files;
  const std::string voice = files.voice(2000);
  const std::string photo = files.photo({.width = 3000, .height = 2000});
  const auto read = ReadMedia::read({.voice = voice, .photos = {photo, photo}, .papers = {}}, TicketKind::kComplaint);
  REQUIRE(read);
  CHECK(read->tell());
  const std::vector<NewMedia> media = read->media();
  REQUIRE(media.size() == 3);
  CHECK(media[0].media == MediaKind::kVoice);
  CHECK(as_text(media[0].content) == as_text(*read_file(voice, limits::kSoundFileBytes)));
  CHECK(media[0].preview.empty());
  CHECK(media[1].media == MediaKind::kPhoto);
  CHECK(media[1].content.size() <= limits::kPhotoBytes);
  CHECK_FALSE(media[1].preview.empty());

  const auto papers = ReadMedia::read({.voice = {}, .photos = {}, .papers = {photo}}, TicketKind::kService);
  REQUIRE(papers);
  CHECK_FALSE(papers->tell());
  CHECK(papers->media().front().media == MediaKind::kPaper);
  CHECK(ReadMedia::read({}, TicketKind::kComplaint)->media().empty());
}

TEST_CASE("of a file that is missing, empty, too large or something else it is said which and why") {
  const Files files;
  const std::string missing = files.path("missing.jpg");
  const std::string empty = files.write("empty.jpg", {});
  const std::string words = files.write("words.jpg", as_bytes("this is no photo, whatever its name says"));
  const std::string large = files.write("large.ogg", Bytes(limits::kSoundFileBytes + 1, 1));
  const Bytes whole = *read_file(files.photo(), limits::kCameraFrameBytes);
  const std::string cut = files.write("cut.jpg", ByteView(whole).first(whole.size() / 2));

  for (const auto& [file, code, why] :
       std::vector<std::tuple<std::string, ErrorCode, std::string>>{{missing, ErrorCode::kNotFound, ""},
                                                                    {empty, ErrorCode::kInvalidInput, "is empty"},
                                                                    {words, ErrorCode::kInvalidInput, "is no photo"},
                                                                    {cut, ErrorCode::kInvalidInput, "is no photo"}}) {
    const Error error = refusal({.voice = {}, .photos = {files.photo(), file}, .papers = {}});
    CHECK(error.code == code);
    CHECK(says(error, file));
    CHECK(says(error, why));
  }
  for (const auto& [file, code, why] : std::vector<std::tuple<std::string, ErrorCode, std::string>>{
           {missing, ErrorCode::kNotFound, ""},
           {empty, ErrorCode::kInvalidInput, "is empty"},
           {files.photo(), ErrorCode::kInvalidInput, "is no voice"},
           {large, ErrorCode::kTooLarge, ""},
           {files.voice(limits::kVoiceMs + 1000), ErrorCode::kTooLarge, "longer than 60 s"}}) {
    const Error error = refusal({.voice = file, .photos = {}, .papers = {}});
    CHECK(error.code == code);
    CHECK(says(error, file));
    CHECK(says(error, why));
  }
  CHECK(says(refusal({.voice = files.voice(limits::kVoiceLeastMs - 100), .photos = {}, .papers = {}}), "too short"));
}

TEST_CASE("a ticket takes three photos, a service papers and nothing else") {
  const Files files;
  const std::string photo = files.photo();
  const std::vector<std::string> four(limits::kPhotosPerFiling + 1, photo);
  CHECK(refusal({.voice = {}, .photos = four, .papers = {}}).code == ErrorCode::kTooLarge);
  const std::vector<std::string> nine(limits::kAttachmentsPerTicket + 1, photo);
  CHECK(refusal({.voice = {}, .photos = {}, .papers = nine}, TicketKind::kService).code == ErrorCode::kTooLarge);
  CHECK(says(refusal({.voice = {}, .photos = {photo}, .papers = {}}, TicketKind::kService), "takes papers"));
  CHECK(says(refusal({.voice = {}, .photos = {}, .papers = {photo}}), "only a service"));
}

}  // namespace
}  // namespace mimika
