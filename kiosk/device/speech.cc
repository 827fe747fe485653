#include "kiosk/device/speech.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>
#include <utility>

#include "kiosk/base/files.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/log.h"

namespace mimika::device {
namespace {

constexpr std::string_view kRecordingSuffix = ".opus";
constexpr std::int64_t kPauseMs = 250;  // between one thing on the screen and the next
constexpr std::size_t kChunkSamples = kSoundRateHz / 50;

std::set<std::string> list_recordings(const std::string& folder) {
  std::set<std::string> ids;
  std::error_code error;
  for (std::filesystem::directory_iterator file(folder, error), end; !error && file != end; file.increment(error)) {
    const std::string name = file->path().filename();
    if (!name.ends_with(kRecordingSuffix)) continue;
    if (ids.size() == limits::kSpeechRecordings) {
      log_warning("speech", "{} holds more than {} recordings; the others are not used", folder, ids.size());
      break;
    }
    ids.insert(name.substr(0, name.size() - kRecordingSuffix.size()));
  }
  return ids;
}

bool is_folder_name(std::string_view name) {
  return !name.empty() && name.front() != '.' && name.find('/') == std::string_view::npos;
}

}  // namespace

Speech::Speech(Player& player, std::unique_ptr<Synthesiser> synthesiser, SpeechOptions options)
    : player_(player),
      synthesiser_(std::move(synthesiser)),
      options_(std::move(options)),
      cache_(limits::kSpeechCacheBytes),
      thread_([this] { run(); }) {}

Speech::~Speech() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    next_.reset();
  }
  player_.speech().hush();
  changed_.notify_all();
  thread_.join();
}

void Speech::say(std::span<const SpeechPiece> pieces, std::string_view language) {
  Job job;
  job.language = language;
  job.rate = rate_;
  std::size_t room = limits::kSpeechTextBytes;
  for (const SpeechPiece& piece : pieces.first(std::min(pieces.size(), limits::kSpeechPieces))) {
    if (piece.text.size() > room) break;
    room -= piece.text.size();
    job.pieces.push_back({std::string(piece.message_id), {piece.text.begin(), piece.text.end()}, piece.kept});
  }
  if (job.pieces.empty()) return hush();
  {
    const std::lock_guard lock(mutex_);
    job.ticket = player_.speech().restart();
    next_ = std::move(job);
  }
  player_.warm();
  changed_.notify_all();
}

void Speech::hush() {
  const std::lock_guard lock(mutex_);
  next_.reset();
  player_.speech().hush();
}

bool Speech::speaking() const {
  return player_.speech().active();
}

void Speech::set_rate(int percent) {
  rate_ = std::clamp(percent, 50, 200);
}

int Speech::rate() const {
  return rate_;
}

void Speech::reset() {
  hush();
  rate_ = kDefaultRate;
}

void Speech::run() {
  if (const Status opened = synthesiser_->open(); !opened) {
    log_error("speech", "nothing can be synthesised: {}", opened.error().message);
    can_synthesise_ = false;
  }
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [&] { return stopping_ || next_; });
    if (stopping_) return;
    {
      const Job job = std::move(*next_);
      next_.reset();
      lock.unlock();
      do_job(job);
    }
    lock.lock();
  }
}

void Speech::do_job(const Job& job) {
  static constexpr std::array<std::int16_t, samples_in(kPauseMs, kSoundRateHz)> kPause{};
  bool personal = false;
  bool first = true;
  for (const Piece& piece : job.pieces) {
    personal = personal || piece.kept == Kept::kNo;
    if (!std::exchange(first, false) && !player_.speech().push(job.ticket, kPause)) break;
    if (!say_piece(job, piece)) break;
  }
  player_.speech().finish(job.ticket);
  if (personal) synthesiser_->forget();
}

bool Speech::say_piece(const Job& job, const Piece& piece) {
  if (const auto path = find_recording(job.language, piece.message_id)) {
    if (say_recording(job, *path)) return true;
    if (!player_.speech().is_latest(job.ticket)) return false;
  }
  return synthesise(job, piece);
}

std::optional<std::string> Speech::find_recording(const std::string& language, const std::string& message_id) {
  if (message_id.empty() || options_.recordings.empty() || !is_folder_name(language)) return std::nullopt;
  const std::string folder = options_.recordings + "/" + language;
  if (language != recorded_language_) {
    recorded_ = list_recordings(folder);
    recorded_language_ = language;
  }
  if (!recorded_.contains(message_id)) return std::nullopt;
  return folder + "/" + message_id + std::string(kRecordingSuffix);
}

// False as well when it cannot be played, which the log says once.
bool Speech::say_recording(const Job& job, const std::string& path) {
  const auto bytes = read_file(path, limits::kSoundFileBytes);
  auto reader = bytes ? SoundReader::open(*bytes) : Result<SoundReader>(std::unexpected(bytes.error()));
  if (!reader) {
    log_warning("speech", "{} is not played, its words are synthesised: {}", path, reader.error().message);
    recorded_.erase(std::filesystem::path(path).stem());
    return false;
  }
  std::array<std::int16_t, kChunkSamples> chunk;
  while (const std::size_t count = reader->read(chunk)) {
    if (!player_.speech().push(job.ticket, SampleView(chunk).first(count))) return false;
  }
  return true;
}

bool Speech::synthesise(const Job& job, const Piece& piece) {
  if (!can_synthesise_) return true;
  const std::string_view text(piece.text.data(), piece.text.size());
  const bool keep = piece.kept == Kept::kYes;
  const std::string key = keep ? job.language + "\n" + std::to_string(job.rate) + "\n" + std::string(text) : "";
  if (const Samples* const kept = keep ? cache_.find(key) : nullptr) {
    return player_.speech().push(job.ticket, *kept);
  }
  Samples all;
  bool whole = true;
  const auto take = [&](SampleView samples) {
    whole = player_.speech().push(job.ticket, samples);
    if (whole && keep && all.size() * sizeof(std::int16_t) <= limits::kSpeechCacheBytes) {
      all.insert(all.end(), samples.begin(), samples.end());
    }
    return whole;
  };
  ++synthesised_;
  const Status said = synthesiser_->speak(text, job.language, kWordsAMinute * job.rate / 100, take);
  if (!said) {
    log_warning("speech", "words are not heard: {}", said.error().message);
  } else if (whole && keep) {
    cache_.keep(key, std::move(all));
    cached_bytes_ = cache_.bytes();
  }
  return whole;
}

}  // namespace mimika::device
