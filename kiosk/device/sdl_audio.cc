#include "kiosk/device/sdl_audio.h"

#include <SDL.h>

#include <mutex>
#include <optional>
#include <utility>

#include "kiosk/base/bytes.h"
#include "kiosk/device/sound.h"

namespace mimika::device {
namespace {

constexpr Uint16 kCaptureBlock = 320;  // samples: 20 ms
constexpr Uint16 kOutputBlock = 512;   // 21 ms: as much as a touch may wait for its click
enum class Direction : int { kOutput = 0, kCapture = 1 };

// SDL counts who uses a part of it, and does so without a lock; recorder and player live on different threads.
std::mutex& audio_mutex() {
  static std::mutex mutex;
  return mutex;
}

// SDL keeps what went wrong last for each thread, and gives it back only where the thread is its own.
struct ThreadCleaner {
  ThreadCleaner() = default;
  ThreadCleaner(const ThreadCleaner&) = delete;
  ThreadCleaner& operator=(const ThreadCleaner&) = delete;
  ~ThreadCleaner() { SDL_TLSCleanup(); }
  void arm() const {}
};
thread_local const ThreadCleaner thread_cleaner;

Error sdl_audio_error(ErrorCode code, const char* doing) {
  return {code, std::string(doing) + ": " + SDL_GetError()};
}

// The name of the first device whose name contains `piece`.
std::optional<std::string> find_device(Direction direction, const std::string& piece) {
  if (piece.empty()) return std::nullopt;
  const int count = SDL_GetNumAudioDevices(static_cast<int>(direction));
  for (int i = 0; i < count; ++i) {
    const char* const name = SDL_GetAudioDeviceName(i, static_cast<int>(direction));
    if (name != nullptr && std::string(name).find(piece) != std::string::npos) return name;
  }
  return std::nullopt;
}

// An opened device, and SDL's audio for as long.
class SdlDevice {
 public:
  SdlDevice() = default;
  SdlDevice(const SdlDevice&) = delete;
  SdlDevice& operator=(const SdlDevice&) = delete;
  ~SdlDevice() { close(); }

  Status start() {
    const std::lock_guard lock(audio_mutex());
    thread_cleaner.arm();
    if (SDL_InitSubSystem(SDL_INIT_AUDIO) != 0) {
      return std::unexpected(sdl_audio_error(ErrorCode::kNotFound, "starting audio"));
    }
    started_ = true;
    return {};
  }

  Status open(Direction direction, const std::optional<std::string>& name, const SDL_AudioSpec& wanted) {
    const std::lock_guard lock(audio_mutex());
    // -1 where the system does not tell; then one has to try.
    if (SDL_GetNumAudioDevices(static_cast<int>(direction)) == 0) {
      return fail(ErrorCode::kNotFound, "there is no sound device");
    }
    device_ = SDL_OpenAudioDevice(name ? name->c_str() : nullptr, static_cast<int>(direction), &wanted, nullptr, 0);
    if (device_ == 0) return std::unexpected(sdl_audio_error(ErrorCode::kConflict, "opening the sound device"));
    SDL_PauseAudioDevice(device_, 0);
    return {};
  }

  void close() {
    const std::lock_guard lock(audio_mutex());
    if (device_ != 0) SDL_CloseAudioDevice(std::exchange(device_, 0));
    if (std::exchange(started_, false)) SDL_QuitSubSystem(SDL_INIT_AUDIO);
  }

  [[nodiscard]] bool alive() const { return device_ != 0 && SDL_GetAudioDeviceStatus(device_) != SDL_AUDIO_STOPPED; }

 private:
  bool started_ = false;
  SDL_AudioDeviceID device_ = 0;
};

SDL_AudioSpec spec_of(int rate_hz, SDL_AudioFormat format, Uint16 block) {
  SDL_AudioSpec spec{};
  spec.freq = rate_hz;
  spec.format = format;
  spec.channels = 1;
  spec.samples = block;
  return spec;
}

class Microphone final : public CaptureSource {
 public:
  explicit Microphone(std::string name) : name_(std::move(name)) {}

  Status open(CaptureSink& sink) override {
    close();
    Status opened = try_open(sink);
    if (!opened) close();
    return opened;
  }
  void close() override { device_.close(); }
  [[nodiscard]] bool alive() const override { return device_.alive(); }

 private:
  Status try_open(CaptureSink& sink) {
    TRY(device_.start());
    const auto found = find_device(Direction::kCapture, name_);
    if (!name_.empty() && !found) return fail(ErrorCode::kNotFound, "no microphone is called \"" + name_ + "\"");
    SDL_AudioSpec spec = spec_of(kVoiceRateHz, AUDIO_F32SYS, kCaptureBlock);
    spec.userdata = &sink;
    spec.callback = [](void* user, Uint8* bytes, int count) {
      static_cast<CaptureSink*>(user)->take({bytes, static_cast<std::size_t>(count)});
    };
    return device_.open(Direction::kCapture, found, spec);
  }

  std::string name_;
  SdlDevice device_;
};

class Output final : public AudioOutput {
 public:
  explicit Output(OutputNames names) : names_(std::move(names)) {}

  Status open(SoundFiller& filler) override {
    close();
    Status opened = try_open(filler);
    if (!opened) close();
    return opened;
  }
  void close() override { device_.close(); }
  [[nodiscard]] bool alive() const override { return device_.alive(); }
  [[nodiscard]] bool should_move() const override {
    return !private_ && find_device(Direction::kOutput, names_.headphones).has_value();
  }

 private:
  Status try_open(SoundFiller& filler) {
    TRY(device_.start());
    auto found = find_device(Direction::kOutput, names_.headphones);
    private_ = found.has_value();
    if (!found) found = find_device(Direction::kOutput, names_.speaker);
    SDL_AudioSpec spec = spec_of(kSoundRateHz, AUDIO_S16SYS, kOutputBlock);
    spec.userdata = &filler;
    spec.callback = [](void* user, Uint8* bytes, int count) {
      // SDL's buffers are aligned for the format that was asked for.
      auto* const samples = reinterpret_cast<std::int16_t*>(bytes);
      static_cast<SoundFiller*>(user)->fill({samples, static_cast<std::size_t>(count) / sizeof(std::int16_t)});
    };
    return device_.open(Direction::kOutput, found, spec);
  }

  OutputNames names_;
  bool private_ = false;
  SdlDevice device_;
};

}  // namespace

std::unique_ptr<CaptureSource> make_microphone(std::string name) {
  return std::make_unique<Microphone>(std::move(name));
}

std::unique_ptr<AudioOutput> make_output(OutputNames names) {
  return std::make_unique<Output>(std::move(names));
}

}  // namespace mimika::device
