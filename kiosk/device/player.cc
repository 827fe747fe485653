#include "kiosk/device/player.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

#include "kiosk/base/log.h"
#include "kiosk/base/wipe.h"

namespace mimika::device {
namespace {

constexpr std::size_t kBlockSamples = 512;
constexpr double kFadeKept = 0.985;  // of each sample to the next: gone within some 10 ms
constexpr double kFadeOver = 1;

}  // namespace

Player::Player(std::unique_ptr<AudioOutput> output, std::function<void()> notify)
    : output_(std::move(output)),
      notify_(std::move(notify)),
      cues_{make_cue(Cue::kClick), make_cue(Cue::kChime), make_cue(Cue::kShutter)},
      thread_([this] { run(); }) {}

Player::~Player() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void Player::ask_for_output() {
  wanted_ = true;
  changed_.notify_all();
}

void Player::warm() {
  const std::lock_guard lock(mutex_);
  ask_for_output();
}

Status Player::play(ByteView recording) {
  auto reader = SoundReader::open(recording);
  // What played before is overwritten after the lock is given back.
  std::optional<SoundReader> before;
  const std::lock_guard lock(mutex_);
  cut_off_ = cut_off_ || recording_.has_value();
  before = std::exchange(recording_, std::nullopt);
  status_ = {};
  if (!reader) return fail_with(reader.error(), "opening a recording");
  status_ = {.state = PlayState::kPlaying, .position_ms = 0, .duration_ms = reader->duration_ms()};
  recording_ = std::move(*reader);
  ask_for_output();
  return {};
}

void Player::stop() {
  std::optional<SoundReader> before;
  const std::lock_guard lock(mutex_);
  cut_off_ = cut_off_ || recording_.has_value();
  before = std::exchange(recording_, std::nullopt);
  status_ = {};
}

PlayStatus Player::status() const {
  const std::lock_guard lock(mutex_);
  PlayStatus status = status_;
  if (recording_) status.position_ms = recording_->position_ms();
  return status;
}

void Player::cue(Cue cue) {
  play_samples(cues_[static_cast<std::size_t>(cue)]);
}

void Player::play_samples(Samples samples) {
  const std::lock_guard lock(mutex_);
  cut_off_ = cut_off_ || effect_at_ < effect_.size();
  effect_.swap(samples);
  effect_at_ = 0;
  ask_for_output();
}

void Player::set_volume(int percent) {
  const std::lock_guard lock(mutex_);
  volume_ = std::clamp(percent, 0, 100);
}

int Player::volume() const {
  const std::lock_guard lock(mutex_);
  return volume_;
}

void Player::reset() {
  const std::lock_guard lock(mutex_);
  drop_sounds(PlayState::kIdle);
  status_ = {};
  volume_ = kDefaultVolume;
  wanted_ = false;
  rest_ = true;
  changed_.notify_all();
}

OutputState Player::output() const {
  const std::lock_guard lock(mutex_);
  return state_;
}

void Player::fill(std::span<std::int16_t> out) {
  bool ended = false;
  bool decoded = false;
  {
    const std::lock_guard lock(mutex_);
    asked_ = true;
    decoded = recording_.has_value();
    while (!out.empty()) {
      const std::size_t count = std::min(out.size(), kBlockSamples);
      ended = mix(out.first(count)) || ended;
      out = out.subspan(count);
    }
  }
  // After each block: the device may end this thread before the next, and its stack is kept for another.
  if (decoded) overwrite_dead_stack();
  if (ended) notify_();
}

bool Player::mix(std::span<std::int16_t> out) {
  std::array<std::int16_t, kBlockSamples> block;
  std::array<double, kBlockSamples> sum{};
  bool ended = false;
  const auto add = [&](std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) sum[i] += block[i];
  };
  if (recording_) {
    const std::size_t count = recording_->read(std::span(block).first(out.size()));
    add(count);
    status_.position_ms = recording_->position_ms();
    if (count < out.size() || status_.position_ms >= status_.duration_ms) {
      recording_.reset();
      status_.state = PlayState::kEnded;
      status_.position_ms = status_.duration_ms;
      ended = true;
    }
  }
  const SpeechFeed::Pulled said = speech_.pull(std::span(block).first(out.size()));
  add(said.count);
  const std::size_t effect = std::min(out.size(), effect_.size() - effect_at_);
  for (std::size_t i = 0; i < effect; ++i) sum[i] += effect_[effect_at_++];

  if (std::exchange(cut_off_, false) || said.cut_off) fading_ = last_;
  // The ear hears loudness by the power, so half of the way is a quarter of the amplitude.
  const double gain = volume_ * volume_ / 10'000.0;
  for (std::size_t i = 0; i < out.size(); ++i) {
    last_ = std::clamp(sum[i] * gain + fading_, -32'768.0, 32'767.0);
    out[i] = static_cast<std::int16_t>(std::lround(last_));
    fading_ = std::abs(fading_) < kFadeOver ? 0 : fading_ * kFadeKept;
  }
  overwrite_memory(block.data(), sizeof(block));
  overwrite_memory(sum.data(), sizeof(sum));
  return ended || said.ended;
}

bool Player::has_sound() const {
  return recording_.has_value() || effect_at_ < effect_.size() || speech_.active();
}

void Player::drop_sounds(PlayState now) {
  if (std::exchange(recording_, std::nullopt)) status_.state = now;
  Samples().swap(effect_);
  effect_at_ = 0;
  speech_.hush();
}

void Player::run() {
  Lock lock(mutex_);
  while (!stopping_) {
    if (std::exchange(rest_, false)) {
      close_device(lock, OutputState::kResting);
    } else if (state_ == OutputState::kOpen) {
      changed_.wait_for(lock, std::chrono::milliseconds(kTickMs), [&] { return stopping_ || rest_; });
      if (!stopping_ && !rest_) look_after_device(lock);
    } else if (wanted_) {
      open_device(lock);
    } else {
      changed_.wait(lock, [&] { return stopping_ || rest_ || wanted_; });
    }
  }
  close_device(lock, OutputState::kResting);
}

void Player::open_device(Lock& lock) {
  asked_ = false;
  idle_ticks_ = 0;
  stalled_ticks_ = 0;
  last_ = 0;
  fading_ = 0;
  lock.unlock();
  const Status opened = output_->open(*this);
  lock.lock();
  // Whoever asked meanwhile has been answered by this.
  wanted_ = false;
  if (opened) {
    state_ = OutputState::kOpen;
    return;
  }
  if (state_ != OutputState::kMissing) log_warning("sound", "nothing can be heard: {}", opened.error().message);
  state_ = OutputState::kMissing;
  drop_sounds(PlayState::kNoDevice);
  lock.unlock();
  notify_();
  lock.lock();
}

void Player::close_device(Lock& lock, OutputState now) {
  lock.unlock();
  output_->close();
  lock.lock();
  state_ = now;
}

void Player::look_after_device(Lock& lock) {
  stalled_ticks_ = std::exchange(asked_, false) ? 0 : stalled_ticks_ + 1;
  idle_ticks_ = has_sound() || wanted_ ? 0 : idle_ticks_ + 1;
  wanted_ = false;
  const bool stalled = stalled_ticks_ >= kStalledTicks;
  const bool idle = idle_ticks_ >= kIdleTicks;
  lock.unlock();
  const bool gone = stalled || !output_->alive();
  const bool move = !gone && !idle && output_->should_move();
  lock.lock();
  if (gone) {
    log_warning("sound", "the sound device is gone");
    // What was played into somebody's headphones must not go on from the speaker.
    drop_sounds(PlayState::kNoDevice);
    close_device(lock, OutputState::kMissing);
    lock.unlock();
    notify_();
    lock.lock();
  } else if (idle) {
    close_device(lock, OutputState::kResting);
  } else if (move) {
    close_device(lock, OutputState::kResting);
    open_device(lock);
  }
}

}  // namespace mimika::device
