#include "kiosk/app/media.h"

#include <limits>
#include <string>
#include <utility>

#include "kiosk/base/log.h"
#include "sync/wire/receipt_statement.h"

namespace mimika {
namespace {

constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();
constexpr device::PixelSize kViewfinder{.width = 960, .height = 540};
constexpr const char* kCameraPicture = "camera";

CameraSight sight_of(device::CameraState state) {
  switch (state) {
    case device::CameraState::kOff:
    case device::CameraState::kStarting:
      return CameraSight::kStarting;
    case device::CameraState::kLive:
      return CameraSight::kLive;
    case device::CameraState::kTooDark:
      return CameraSight::kTooDark;
    case device::CameraState::kNoneFound:
      return CameraSight::kNone;
    case device::CameraState::kUnplugged:
      return CameraSight::kUnplugged;
    case device::CameraState::kInUse:
      return CameraSight::kInUse;
    case device::CameraState::kGivesGarbage:
      return CameraSight::kGarbage;
  }
  return CameraSight::kNone;
}

std::optional<TicketNumber> number_in(const std::string& code) {
  auto number = wire::ticket_number_of_receipt(code);
  return number ? std::optional(*std::move(number)) : std::nullopt;
}

}  // namespace

Media::Media(MediaDevices devices, device::Player& player, ui::Display& display, Env& env,
             Mailbox<DeskMessage>& mailbox)
    : display_(display),
      player_(player),
      env_(env),
      mailbox_(mailbox),
      camera_(std::move(devices.camera), env, [window = &display.window()] { window->wake(); }),
      dictation_(std::move(devices.microphone), mailbox),
      next_ms_(kNever) {}

void Media::follow(const Session& session) {
  follow_camera(camera_use(session));
  dictation_.follow(microphone_use(session), session.personal.recording.request);
  follow_player(session);
  follow_photos(photos_of(session));
}

void Media::follow_counter(CameraUse use, const std::vector<const Photo*>& photos) {
  follow_camera(use);
  follow_photos(photos);
}

void Media::follow_camera(CameraUse use) {
  if (use == use_) return;
  use_ = use;
  if (use == CameraUse::kOff) {
    camera_.stop();
    state_ = device::CameraState::kOff;
    display_.pictures().forget_image(kCameraPicture);
    return;
  }
  camera_.start({.preview = kViewfinder, .read_codes = use == CameraUse::kCode});
}

void Media::follow_player(const Session& session) {
  const Voice* voice = voice_to_play(session);
  if ((voice != nullptr) == playing_) return;
  playing_ = voice != nullptr;
  next_ms_ = playing_ ? env_.monotonic_ms() + kPlayTickMs : kNever;
  if (!playing_) return player_.stop();
  if (const Status played = player_.play(voice->opus.view()); !played) {
    log_error("app", "a voice does not play: {}", played.error().message);
    mailbox_.post(Action(action::VoicePlayed{.unheard = true}));
  }
}

void Media::follow_photos(const std::vector<const Photo*>& photos) {
  std::set<std::uint32_t> wanted;
  for (const Photo* photo : photos) {
    wanted.insert(photo->id);
    if (shown_.contains(photo->id)) continue;
    shown_.insert(photo->id);
    const auto image = device::decode_photo(photo->jpeg.view(), kViewfinder);
    if (!image) {
      log_error("app", "a photo cannot be shown: {}", image.error().message);
      continue;
    }
    display_.pictures().put_image("photo-" + std::to_string(photo->id), image->size.width, image->size.height,
                                  image->rgba.view());
  }
  for (auto id = shown_.begin(); id != shown_.end();) {
    if (wanted.contains(*id)) {
      ++id;
      continue;
    }
    display_.pictures().forget_image("photo-" + std::to_string(*id));
    id = shown_.erase(id);
  }
}

bool Media::play_for_counter(ByteView opus) {
  if (const Status played = player_.play(opus); !played) {
    log_error("app", "a voice does not play: {}", played.error().message);
    return false;
  }
  counter_plays_ = true;
  next_ms_ = env_.monotonic_ms() + kPlayTickMs;
  return true;
}

void Media::stop_voice() {
  counter_plays_ = false;
  player_.stop();
}

bool Media::fetch(const Session& session) {
  bool draw = false;
  if (use_ != CameraUse::kOff) {
    if (const device::CameraState state = camera_.state(); std::exchange(state_, state) != state) {
      mailbox_.post(Action(action::CameraSeen{sight_of(state)}));
    }
    if (const auto image = camera_.preview()) {
      display_.pictures().put_image(kCameraPicture, image->size.width, image->size.height, image->rgba.view());
      draw = true;
    }
    if (auto taken = camera_.taken()) {
      if (*taken) {
        mailbox_.post(
            Action(action::PhotoTaken{PersonalBytes((*taken)->jpeg.view()), PersonalBytes((*taken)->preview.view())}));
      } else {
        log_warning("app", "no photo: {}", taken->error().message);
        mailbox_.post(Action(action::PhotoFailed{}));
      }
    }
    if (auto code = camera_.code()) {
      mailbox_.post(Action(action::CodeRead{number_in(*code)}));
      wipe(*code);
    }
  }
  if (counter_plays_ && env_.monotonic_ms() >= next_ms_) {
    next_ms_ = env_.monotonic_ms() + kPlayTickMs;
    if (player_.status().state != device::PlayState::kPlaying) {
      counter_plays_ = false;
      next_ms_ = kNever;
      mailbox_.post(staff::Action(staff::action::MediaPlayed{}));
    }
  }
  if (playing_ && session.personal.recording.playing) {
    const device::PlayStatus status = player_.status();
    if (status.state == device::PlayState::kPlaying) {
      if (env_.monotonic_ms() >= next_ms_) {
        next_ms_ = env_.monotonic_ms() + kPlayTickMs;
        mailbox_.post(Action(action::VoicePlays{status.position_ms}));
      }
    } else {
      next_ms_ = kNever;
      mailbox_.post(Action(action::VoicePlayed{.unheard = status.state == device::PlayState::kNoDevice}));
    }
  }
  return draw;
}

void Media::forget() {
  counter_plays_ = false;
  player_.reset();
  shown_.clear();
  display_.pictures().forget_images();
}

}  // namespace mimika
