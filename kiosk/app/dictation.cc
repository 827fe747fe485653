#include "kiosk/app/dictation.h"

#include <chrono>
#include <utility>

#include "kiosk/base/log.h"
#include "kiosk/base/wipe.h"

namespace mimika {
namespace {

VoiceTrouble trouble_of(const Error& error) {
  switch (error.code) {
    case ErrorCode::kNotFound:
      return VoiceTrouble::kNoMicrophone;
    case ErrorCode::kConflict:
      return VoiceTrouble::kBusy;
    case ErrorCode::kInvalidInput:
      return VoiceTrouble::kTooShort;
    default:
      return VoiceTrouble::kInternal;
  }
}

}  // namespace

Dictation::Dictation(std::unique_ptr<device::CaptureSource> source, Mailbox<DeskMessage>& mailbox)
    : mailbox_(mailbox), env_(make_system_env()), recorder_(std::move(source)), thread_([this] { run(); }) {}

Dictation::~Dictation() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void Dictation::follow(MicrophoneUse use, RequestId request) {
  {
    const std::lock_guard lock(mutex_);
    if (wish_ == Wish{use, request}) return;
    wish_ = {use, request};
  }
  changed_.notify_one();
}

void Dictation::run() {
  std::unique_lock lock(mutex_);
  Wish done;  // what was last acted upon
  for (;;) {
    const auto news = [&] { return ending_ || wish_ != done; };
    if (recording_) {
      changed_.wait_for(lock, std::chrono::milliseconds(kPollMs), news);
    } else {
      changed_.wait(lock, news);
    }
    if (ending_) break;
    const Wish wish = wish_;
    lock.unlock();
    if (wish.use == MicrophoneUse::kOff) {
      recorder_.discard();
      recording_ = false;
    } else if (wish.request != done.request) {
      begin(wish.request);
    } else if (recording_) {
      listen(wish.request);
    }
    // Also when it was asked for before the microphone had started.
    if (wish.use == MicrophoneUse::kClose && recording_) close(wish.request, false);
    if (!recording_) overwrite_dead_stack();  // where the encoder works
    done = wish;
    lock.lock();
  }
  recorder_.discard();
  overwrite_dead_stack();
}

void Dictation::begin(RequestId request) {
  recorder_.discard();
  if (const Status started = recorder_.start(env_->monotonic_ms()); !started) {
    log_warning("app", "no voice: {}", started.error().message);
    recording_ = false;
    return mailbox_.post(Action(action::VoiceFailed{request, trouble_of(started.error())}));
  }
  recording_ = true;
}

void Dictation::listen(RequestId request) {
  const device::VoiceStatus status = recorder_.poll(env_->monotonic_ms());
  if (status.state == device::VoiceState::kEnded) return close(request, true);
  mailbox_.post(Action(action::VoiceHeard{
      .request = request, .recorded_ms = status.recorded_ms, .level = status.level, .silent = status.silent}));
}

void Dictation::close(RequestId request, bool cut) {
  recording_ = false;
  auto voice = recorder_.stop(env_->monotonic_ms());
  if (!voice) {
    if (voice.error().code != ErrorCode::kInvalidInput) log_warning("app", "no voice: {}", voice.error().message);
    // A microphone that went before a word was said is missing rather than the person too quick.
    const VoiceTrouble trouble = cut ? VoiceTrouble::kNoMicrophone : trouble_of(voice.error());
    return mailbox_.post(Action(action::VoiceFailed{request, trouble}));
  }
  mailbox_.post(Action(action::VoiceRecorded{
      .request = request, .opus = PersonalBytes(voice->opus), .duration_ms = voice->duration_ms, .cut = cut}));
}

}  // namespace mimika
