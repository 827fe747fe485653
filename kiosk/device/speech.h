// Says what stands on the screen. Where a speaker of the language has recorded the words, the recording is played, else
// they are synthesised, on a thread of its own and piece by piece, so that sound begins long before all of it is made.
// Callable from any one thread; nothing here waits for sound.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "kiosk/base/result.h"
#include "kiosk/device/player.h"
#include "kiosk/device/speech_cache.h"
#include "kiosk/device/synthesiser.h"

namespace mimika::device {

enum class Kept {
  kNo,   // words of a person, or with their numbers in them: overwritten once said
  kYes,  // fixed words of the catalogue: their sound is kept
};

struct SpeechPiece {
  std::string_view message_id = {};  // of the catalogue, to find its recording; empty: there is none
  std::string_view text = {};
  Kept kept = Kept::kNo;
};

struct SpeechOptions {
  std::string recordings;  // folder that holds <language>/<message-id>.opus; need not exist
};

class Speech {
 public:
  static constexpr double kWordsAMinute = 122;  // VVSG: 120 to 125 at first
  static constexpr int kDefaultRate = 100;      // percent of it, 50 to 200

  // `player` must outlive this.
  Speech(Player& player, std::unique_ptr<Synthesiser> synthesiser, SpeechOptions options);
  ~Speech();
  Speech(const Speech&) = delete;
  Speech& operator=(const Speech&) = delete;

  // Replaces at once what is being said. The texts are copied. Of more than limits::kSpeechPieces or kSpeechTextBytes
  // the first are said. `language` as in assets/locale: "id", "en", …
  void say(std::span<const SpeechPiece> pieces, std::string_view language);
  void hush();
  // Something is heard, or will be.
  [[nodiscard]] bool speaking() const;
  void set_rate(int percent);  // clamped; from the next say() on
  [[nodiscard]] int rate() const;
  // The next person: silence, and the rate as it was at first. The volume is the player's.
  void reset();

  // For tests and diagnostics.
  [[nodiscard]] std::size_t cached_bytes() const { return cached_bytes_; }
  [[nodiscard]] std::uint64_t synthesised() const { return synthesised_; }  // pieces
  // False once the synthesiser was found not to work; recordings are still heard.
  [[nodiscard]] bool can_synthesise() const { return can_synthesise_; }

 private:
  using WipedText = std::vector<char, WipingAllocator<char>>;
  struct Piece {
    std::string message_id;
    WipedText text;
    Kept kept = Kept::kNo;
  };
  struct Job {
    std::vector<Piece> pieces;
    std::string language;
    int rate = kDefaultRate;
    SpeechFeed::Ticket ticket = 0;
  };

  void run();
  void do_job(const Job& job);
  // Each says whether to go on.
  bool say_piece(const Job& job, const Piece& piece);
  bool say_recording(const Job& job, const std::string& path);
  bool synthesise(const Job& job, const Piece& piece);
  std::optional<std::string> find_recording(const std::string& language, const std::string& message_id);

  Player& player_;
  const std::unique_ptr<Synthesiser> synthesiser_;  // from here on the thread's own
  const SpeechOptions options_;
  SpeechCache cache_;
  std::set<std::string> recorded_;  // message ids, in recorded_language_
  std::string recorded_language_;

  std::atomic<std::size_t> cached_bytes_ = 0;
  std::atomic<std::uint64_t> synthesised_ = 0;
  std::atomic<bool> can_synthesise_ = true;
  std::atomic<int> rate_ = kDefaultRate;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<Job> next_;
  bool stopping_ = false;
  std::thread thread_;  // last: it starts when everything above exists
};

}  // namespace mimika::device
