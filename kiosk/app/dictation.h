// Takes down what a person says: a thread that owns the microphone, follows what the session wants of it, and posts
// what it hears. Starting a microphone takes longer than a frame.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "kiosk/app/desk.h"
#include "kiosk/base/env.h"
#include "kiosk/device/voice_recorder.h"
#include "kiosk/session/media.h"

namespace mimika {

class Dictation {
 public:
  static constexpr int kPollMs = 50;

  // `mailbox` must outlive it.
  Dictation(std::unique_ptr<device::CaptureSource> source, Mailbox<DeskMessage>& mailbox);
  ~Dictation();
  Dictation(const Dictation&) = delete;
  Dictation& operator=(const Dictation&) = delete;

  // kRecord begins a recording once per request; kClose gives it back as VoiceRecorded or VoiceFailed; kOff overwrites
  // it. Never waits.
  void follow(MicrophoneUse use, RequestId request);

 private:
  struct Wish {
    MicrophoneUse use = MicrophoneUse::kOff;
    RequestId request;
    friend bool operator==(const Wish&, const Wish&) = default;
  };
  void run();
  void begin(RequestId request);
  void listen(RequestId request);
  void close(RequestId request, bool cut);

  Mailbox<DeskMessage>& mailbox_;
  const std::unique_ptr<Env> env_;
  device::VoiceRecorder recorder_;  // the thread's own
  bool recording_ = false;          // so is this

  std::mutex mutex_;
  std::condition_variable changed_;
  Wish wish_;
  bool ending_ = false;
  std::thread thread_;  // last: it starts when everything above exists
};

}  // namespace mimika
