#include "kiosk/device/camera.h"

#include <chrono>
#include <utility>

#include "kiosk/base/wipe.h"

namespace mimika::device {

Camera::Camera(std::unique_ptr<CameraSource> source, Env& env, std::function<void()> notify)
    : source_(std::move(source)), env_(env), notify_(std::move(notify)), thread_([this] { run(); }) {}

Camera::~Camera() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
    forget();
  }
  changed_.notify_all();
  thread_.join();
}

void Camera::start(const CameraWish& wish) {
  {
    const std::lock_guard lock(mutex_);
    // The screen that shows it never says "off" after this.
    if (!wish_) state_ = CameraState::kStarting;
    wish_ = wish;
  }
  changed_.notify_all();
}

void Camera::stop() {
  {
    const std::lock_guard lock(mutex_);
    if (!wish_) return;
    wish_.reset();
    ++visit_;
    take_ = false;
    state_ = CameraState::kOff;
    forget();
  }
  changed_.notify_all();
}

void Camera::take() {
  {
    const std::lock_guard lock(mutex_);
    if (!wish_) return;
    photo_.reset();
    take_ = true;
  }
  changed_.notify_all();
}

CameraState Camera::state() const {
  const std::lock_guard lock(mutex_);
  return state_;
}

std::optional<Image> Camera::preview() {
  const std::lock_guard lock(mutex_);
  return std::exchange(preview_, std::nullopt);
}

std::optional<Result<Photo>> Camera::taken() {
  const std::lock_guard lock(mutex_);
  return std::exchange(photo_, std::nullopt);
}

std::optional<std::string> Camera::code() {
  const std::lock_guard lock(mutex_);
  return std::exchange(code_, std::nullopt);
}

// Images and photos overwrite themselves.
void Camera::forget() {
  preview_.reset();
  photo_.reset();
  if (code_) wipe(*code_);
  code_.reset();
}

bool Camera::publish(CameraNews news) {
  const bool told = news.state != state_ || news.preview || news.photo || news.code;
  state_ = news.state;
  if (news.preview) preview_ = std::move(news.preview);
  if (news.photo) photo_ = std::move(news.photo);
  if (news.code) code_ = std::move(news.code);
  return told;
}

void Camera::run() {
  CameraEngine engine(*source_, env_);
  std::unique_lock lock(mutex_);
  unsigned visit = visit_;
  while (!ending_) {
    if (!wish_ || visit != visit_) {
      // Also between two people who follow closely: nothing of the first is shown to the second.
      visit = visit_;
      lock.unlock();
      engine.switch_off();
      overwrite_dead_stack();  // rows of pixels, while they were made into a photo
      lock.lock();
      changed_.wait(lock, [&] { return ending_ || wish_.has_value(); });
      continue;
    }
    const CameraWish wish = *wish_;
    const bool take = std::exchange(take_, false);
    lock.unlock();
    CameraNews news = engine.step(wish, take);
    lock.lock();
    if (ending_ || visit != visit_) continue;  // the news is overwritten here
    const std::chrono::milliseconds pause(news.pause_ms);
    if (publish(std::move(news))) {
      lock.unlock();
      notify_();
      lock.lock();
    }
    if (pause.count() > 0) {
      changed_.wait_for(lock, pause, [&] { return ending_ || visit != visit_ || !wish_ || take_; });
    }
  }
  lock.unlock();
  engine.switch_off();
  overwrite_dead_stack();
}

}  // namespace mimika::device
