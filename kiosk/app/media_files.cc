#include "kiosk/app/media_files.h"

#include <utility>

#include "kiosk/base/files.h"
#include "kiosk/base/limits.h"
#include "kiosk/device/jpeg_codec.h"
#include "kiosk/device/opus_codec.h"
#include "kiosk/device/photo.h"

namespace mimika {
namespace {

constexpr std::int64_t kMsPerSecond = 1000;

Result<device::WipedBytes> read_media(const std::string& file, std::size_t most) {
  TRY_ASSIGN(Bytes bytes, read_file(file, most));
  if (bytes.empty()) return fail(ErrorCode::kInvalidInput, file + " is empty");
  return device::WipedBytes(std::move(bytes));
}

// Too large stays too large; whatever else is wrong with it, it is not what it should be.
std::unexpected<Error> is_no(const char* what, const std::string& file, const Error& why) {
  const ErrorCode code = why.code == ErrorCode::kTooLarge ? why.code : ErrorCode::kInvalidInput;
  return fail(code, file + " is no " + what + ": " + why.message);
}

Status at_most(std::size_t count, std::size_t most, const char* what) {
  if (count <= most) return {};
  return fail(ErrorCode::kTooLarge, "at most " + std::to_string(most) + " " + what + " go with a ticket");
}

}  // namespace

Result<ReadMedia> ReadMedia::read(const MediaFiles& files, TicketKind kind) {
  const bool service = kind == TicketKind::kService;
  if (service && (!files.voice.empty() || !files.photos.empty())) {
    return fail(ErrorCode::kInvalidInput, "a service takes papers, and neither a voice nor photos");
  }
  if (!service && !files.papers.empty()) return fail(ErrorCode::kInvalidInput, "only a service takes papers");
  TRY(at_most(files.photos.size(), limits::kPhotosPerFiling, "photos"));
  TRY(at_most(files.papers.size(), limits::kAttachmentsPerTicket, "papers"));
  ReadMedia out;
  if (!files.voice.empty()) TRY(out.add_voice(files.voice));
  for (const std::string& photo : files.photos) TRY(out.add_picture(photo, MediaKind::kPhoto));
  for (const std::string& paper : files.papers) TRY(out.add_picture(paper, MediaKind::kPaper));
  out.tell_ = !service && !out.read_.empty();
  return out;
}

Status ReadMedia::add_voice(const std::string& file) {
  TRY_ASSIGN(device::WipedBytes opus, read_media(file, limits::kSoundFileBytes));
  const auto sound = device::SoundReader::open(opus.view());
  if (!sound) return is_no("voice", file, sound.error());
  if (sound->duration_ms() > limits::kVoiceMs) {
    return fail(ErrorCode::kTooLarge,
                file + " is longer than " + std::to_string(limits::kVoiceMs / kMsPerSecond) + " s");
  }
  if (sound->duration_ms() < limits::kVoiceLeastMs) {
    return fail(ErrorCode::kInvalidInput, file + " is too short to hold a word");
  }
  read_.push_back({.kind = MediaKind::kVoice, .content = std::move(opus), .preview = {}});
  return {};
}

Status ReadMedia::add_picture(const std::string& file, MediaKind kind) {
  constexpr device::PixelSize kBox{.width = limits::kPhotoLongSide, .height = limits::kPhotoLongSide};
  TRY_ASSIGN(const device::WipedBytes jpeg, read_media(file, limits::kCameraFrameBytes));
  device::JpegDecoder decoder;
  const auto picture = decoder.rgba(jpeg.view(), kBox, device::JpegOrigin::kCamera);
  if (!picture) return is_no("photo", file, picture.error());
  auto photo = device::make_photo(*picture);
  if (!photo) return is_no("photo", file, photo.error());
  read_.push_back({.kind = kind, .content = std::move(photo->jpeg), .preview = std::move(photo->preview)});
  return {};
}

std::vector<NewMedia> ReadMedia::media() const {
  std::vector<NewMedia> media;
  for (const One& one : read_) {
    media.push_back({.media = one.kind, .content = one.content.view(), .preview = one.preview.view()});
  }
  return media;
}

}  // namespace mimika
