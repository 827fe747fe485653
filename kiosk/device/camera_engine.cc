#include "kiosk/device/camera_engine.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "kiosk/base/limits.h"
#include "kiosk/base/log.h"

namespace mimika::device {
namespace {

constexpr PixelSize kPhotoBox{.width = limits::kPhotoLongSide, .height = limits::kPhotoLongSide};
// Burnt out to white everywhere, a picture has no noise either.
constexpr int kBurntOutLuma = 250;

std::size_t hash_of(const FrameView& frame) {
  return std::hash<std::string_view>()(as_text(frame.bytes));
}

bool gives_pictures(CameraState state) {
  return state == CameraState::kLive || state == CameraState::kTooDark;
}

}  // namespace

const char* camera_state_name(CameraState state) {
  switch (state) {
    case CameraState::kOff:
      return "off";
    case CameraState::kNoneFound:
      return "none_found";
    case CameraState::kStarting:
      return "starting";
    case CameraState::kLive:
      return "live";
    case CameraState::kTooDark:
      return "too_dark";
    case CameraState::kUnplugged:
      return "unplugged";
    case CameraState::kInUse:
      return "in_use";
    case CameraState::kGivesGarbage:
      return "gives_garbage";
  }
  return "unknown";
}

CameraNews CameraEngine::step(const CameraWish& wish, bool take) {
  CameraNews news;
  const std::int64_t begun = now_ = env_.monotonic_ms();
  const CameraState before = state_;
  if (take && !take_since_) take_since_ = now_;
  if (!open_ && now_ >= look_at_) open();
  if (open_) {
    const auto frame = source_.next_frame(kFrameWaitMs);
    now_ = env_.monotonic_ms();
    if (frame) {
      on_frame(*frame, wish, news);
    } else if (frame.error() == SourceFault::kNothing) {
      on_silence();
    } else {
      close_and_wait(frame.error() == SourceFault::kGone ? CameraState::kUnplugged : CameraState::kGivesGarbage);
    }
  }
  if (take_since_ && now_ - *take_since_ >= kPhotoMs) {
    take_since_.reset();
    news.photo = fail(ErrorCode::kUnreachable, "the camera gave no picture in time");
  }
  // A device that answers at once, whatever it says, must not keep the processor busy.
  const std::int64_t pause = open_ ? kStepMs - (now_ - begun) : look_at_ - now_;
  news.pause_ms = static_cast<int>(std::clamp<std::int64_t>(pause, 0, kLookMs));
  if (state_ != before) log_info("camera", "the camera is {}", camera_state_name(state_));
  news.state = state_;
  return news;
}

void CameraEngine::switch_off() {
  if (open_) source_.close();
  open_ = false;
  take_since_.reset();
  look_at_ = 0;
  state_ = CameraState::kOff;
}

void CameraEngine::open() {
  const auto opened = source_.open();
  if (!opened) {
    switch (opened.error()) {
      case SourceFault::kInUse:
        return close_and_wait(CameraState::kInUse);
      case SourceFault::kUnusable:
        return close_and_wait(CameraState::kGivesGarbage);
      default:
        return close_and_wait(was_there_ ? CameraState::kUnplugged : CameraState::kNoneFound);
    }
  }
  open_ = true;
  was_there_ = true;
  opened_at_ = changed_at_ = now_;
  good_at_.reset();
  dark_since_.reset();
  preview_at_ = code_at_ = now_ - kLookMs;  // the first picture is shown at once
  frame_hash_ = 0;
  // One that gave garbage must first show that it no longer does.
  if (state_ != CameraState::kGivesGarbage) state_ = CameraState::kStarting;
}

void CameraEngine::close_and_wait(CameraState state) {
  if (open_) source_.close();
  open_ = false;
  state_ = state;
  look_at_ = now_ + kLookMs;
}

void CameraEngine::on_silence() {
  const std::int64_t since = good_at_.value_or(opened_at_);
  if (now_ - since >= (good_at_ ? kSilenceMs : kFirstPictureMs)) close_and_wait(CameraState::kGivesGarbage);
}

// A single broken frame is nothing: the first ones after a start often are, and a bad cable breaks some.
void CameraEngine::on_bad_frame() {
  const std::int64_t since = good_at_.value_or(opened_at_);
  if (now_ - since >= kSilenceMs) close_and_wait(CameraState::kGivesGarbage);
}

void CameraEngine::on_frame(const FrameView& frame, const CameraWish& wish, CameraNews& news) {
  const bool preview_due = now_ - preview_at_ >= kPreviewMs;
  const bool code_due = wish.read_codes && now_ - code_at_ >= kCodeMs;
  if (!preview_due && !code_due && !take_since_) return;  // nobody looks at it; not decoding it is half of the work

  Result<Image> picture = decoder_.rgba(frame, take_since_ ? kPhotoBox : wish.preview);
  if (!picture) return on_bad_frame();
  const int luma = mean_luma(*picture);
  if (stands_still(frame, luma)) return close_and_wait(CameraState::kGivesGarbage);
  good_at_ = now_;
  judge_light(luma);

  if (code_due) {
    code_at_ = now_;
    if (const auto grey = decoder_.grey(frame, QrReader::kPictureBox)) news.code = codes_.read(*grey);
  }
  if (take_since_) {
    take_since_.reset();
    news.photo = make_photo(*picture);
    const PixelSize preview = fit_inside(picture->size, wish.preview);
    if (preview != picture->size) *picture = scaled_down(*picture, preview);
  }
  preview_at_ = now_;
  news.preview = *std::move(picture);
}

bool CameraEngine::stands_still(const FrameView& frame, int luma) {
  const std::size_t hash = hash_of(frame);
  // Darkness and glare have their own names, and may be without noise.
  const bool judged = luma >= kLightLuma && luma < kBurntOutLuma;
  if (hash != frame_hash_ || !judged) {
    frame_hash_ = hash;
    changed_at_ = now_;
    return false;
  }
  return now_ - changed_at_ >= kStillMs;
}

void CameraEngine::judge_light(int luma) {
  const bool dark = luma < (state_ == CameraState::kTooDark ? kLightLuma : kDarkLuma);
  if (!dark) {
    dark_since_.reset();
    state_ = CameraState::kLive;
    return;
  }
  if (!dark_since_) dark_since_ = now_;
  if (now_ - *dark_since_ >= kDarkMs) {
    state_ = CameraState::kTooDark;
  } else if (!gives_pictures(state_)) {
    state_ = CameraState::kLive;
  }
}

}  // namespace mimika::device
