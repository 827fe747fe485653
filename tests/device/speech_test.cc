// What the kiosk says.
#include "kiosk/device/speech.h"

#include <catch2/catch.hpp>

#include "kiosk/base/files.h"
#include "kiosk/base/limits.h"
#include "tests/device/sound_world.h"
#include "tests/support/temp_folder.h"

namespace mimika::device {
namespace {

using namespace test;

// Says every text as so many samples of one value as it has letters; can be held up, and fail.
class ToldSynthesiser final : public Synthesiser {
 public:
  Status open() override { return opening; }
  Status speak(std::string_view text, std::string_view, double words_a_minute, const SampleSink& sink) override {
    last_words_a_minute = words_a_minute;
    if (text == "fail") return fail(ErrorCode::kInternal, "told to");
    while (text == "endless") {
      if (!sink(Samples(240, 7))) {
        ++interrupted;
        return {};
      }
    }
    for (const char letter : text) {
      if (!sink(Samples(100, static_cast<std::int16_t>(letter * 100)))) return {};
    }
    return {};
  }
  void forget() override { ++forgotten; }

  Status opening;
  std::atomic<double> last_words_a_minute = 0;
  std::atomic<int> interrupted = 0;
  std::atomic<int> forgotten = 0;
};

// The tests pull as fast as they can, and what is not made yet is silence meanwhile.
Samples without_zeros(Samples samples) {
  std::erase(samples, std::int16_t{0});
  return samples;
}

struct SpeechWorld {
  std::atomic<int> notified = 0;
  ToldOutput* output = nullptr;
  ToldSynthesiser* synthesiser = nullptr;
  std::unique_ptr<Player> player;
  std::unique_ptr<Speech> speech;

  explicit SpeechWorld(const std::string& recordings = "", Status opening = {}) {
    auto told = std::make_unique<ToldOutput>();
    output = told.get();
    player = std::make_unique<Player>(std::move(told), [this] { ++notified; });
    player->set_volume(100);
    auto made = std::make_unique<ToldSynthesiser>();
    made->opening = std::move(opening);
    synthesiser = made.get();
    speech = std::make_unique<Speech>(*player, std::move(made), SpeechOptions{recordings});
  }
  void say(std::vector<SpeechPiece> pieces, std::string_view language = "id") { speech->say(pieces, language); }
  [[nodiscard]] bool is_heard(std::int16_t sample) const {
    return comes_true([&] {
      const Samples heard = output->pull(480);
      return !heard.empty() && heard.back() == sample;
    });
  }
  // Everything until it is over.
  Samples listen() {
    Samples heard;
    CHECK(comes_true([&] {
      const Samples more = output->pull(2400);
      heard.insert(heard.end(), more.begin(), more.end());
      return !speech->speaking();
    }));
    return heard;
  }
  // Which of the letters' values are in it, in order of appearance.
  static std::string letters(const Samples& heard) {
    std::string out;
    for (std::size_t i = 1; i < heard.size(); ++i) {
      if (heard[i] == 0 || heard[i] % 100 != 0 || heard[i] != heard[i - 1]) continue;
      const char letter = static_cast<char>(heard[i] / 100);
      if (out.empty() || out.back() != letter) out.push_back(letter);
    }
    return out;
  }
};

TEST_CASE("what stands on the screen is said in its order, and its end is told") {
  SpeechWorld world;
  world.say({{.text = "abc", .kept = Kept::kYes}, {.text = "xyz", .kept = Kept::kYes}});
  CHECK(world.speech->speaking());
  CHECK(SpeechWorld::letters(world.listen()) == "abcxyz");
  CHECK(world.notified == 1);
  CHECK_FALSE(world.speech->speaking());
}

TEST_CASE("a new focus replaces what is being said at once") {
  SpeechWorld world;
  world.say({{.text = "endless"}});
  REQUIRE(world.is_heard(7));
  world.say({{.text = "bbbbbbbbbb"}});
  const Samples heard = world.listen();
  CHECK(SpeechWorld::letters(heard) == "b");
  // Nothing of the old but its dying away.
  CHECK(std::count(heard.begin(), heard.end(), std::int16_t{7}) < 10);
  CHECK(world.synthesiser->interrupted == 1);
}

TEST_CASE("of many things said in a burst only the last is heard to its end") {
  SpeechWorld world;
  for (int i = 0; i < 200; ++i) world.say({{.text = "endless"}});
  world.say({{.text = "last"}});
  CHECK(SpeechWorld::letters(world.listen()).ends_with("last"));
}

TEST_CASE("hushing silences and tells whoever makes it to stop") {
  SpeechWorld world;
  world.say({{.text = "endless"}});
  REQUIRE(world.is_heard(7));
  world.speech->hush();
  CHECK_FALSE(world.speech->speaking());
  CHECK(comes_true([&] { return world.synthesiser->interrupted == 1; }));
  world.output->pull(2400);
  CHECK(world.output->pull(480).back() == 0);
}

TEST_CASE("fixed words are made once, a person's words every time, and those are forgotten") {
  SpeechWorld world;
  for (int turn = 0; turn < 3; ++turn) {
    world.say({{.text = "abc", .kept = Kept::kYes}});
    CHECK(SpeechWorld::letters(world.listen()) == "abc");
  }
  CHECK(world.speech->synthesised() == 1);
  CHECK(world.synthesiser->forgotten == 0);
  const std::size_t cached = world.speech->cached_bytes();
  CHECK(cached > 600);
  for (int turn = 0; turn < 3; ++turn) {
    world.say({{.text = "nama saya", .kept = Kept::kNo}});
    world.listen();
    CHECK(comes_true([&] { return world.synthesiser->forgotten == turn + 1; }));
  }
  CHECK(world.speech->synthesised() == 4);
  CHECK(world.speech->cached_bytes() == cached);
}

TEST_CASE("what was interrupted is not kept as if it were whole") {
  SpeechWorld world;
  world.say({{.text = "endless", .kept = Kept::kYes}});
  REQUIRE(world.is_heard(7));
  world.speech->hush();
  CHECK(comes_true([&] { return world.synthesiser->interrupted == 1; }));
  world.say({{.text = "a", .kept = Kept::kNo}});
  world.listen();
  CHECK(world.speech->cached_bytes() == 0);
}

TEST_CASE("the cache holds no more than its bound, and drops what was not said for the longest time") {
  SpeechCache cache(10'000);
  for (int i = 0; i < 100; ++i) {
    cache.keep("word " + std::to_string(i), Samples(1000));
    CHECK(cache.bytes() <= 10'000);
    CHECK((i < 1 || cache.find("word 0") != nullptr));  // asked for every time
  }
  CHECK(cache.find("word 99") != nullptr);
  CHECK(cache.find("word 50") == nullptr);
  cache.keep("word 99", Samples(10));
  CHECK(cache.find("word 99")->size() == 10);
  const std::size_t before = cache.bytes();
  cache.keep("too large", Samples(6000));
  CHECK(cache.find("too large") == nullptr);
  CHECK(cache.bytes() == before);
}

TEST_CASE("a speaker's recording is heard instead of the synthesiser, and a broken one is not") {
  const mimika::test::TempFolder folder;
  REQUIRE(make_private_folder(folder / "kam"));
  REQUIRE(write_file_durably(folder / "kam/home.title.opus", encoded(voice()), FileMode::kPublic));
  REQUIRE(write_file_durably(folder / "kam/home.broken.opus", Bytes(500, 3), FileMode::kPublic));
  SpeechWorld world(folder.path());
  world.say({{.message_id = "home.title", .text = "abc", .kept = Kept::kYes}}, "kam");
  const Samples heard = world.listen();
  CHECK(world.speech->synthesised() == 0);
  CHECK(without_zeros(heard) == without_zeros(decoded(encoded(voice()))));

  world.say({{.message_id = "home.broken", .text = "abc"}, {.message_id = "home.absent", .text = "def"}}, "kam");
  CHECK(SpeechWorld::letters(world.listen()) == "abcdef");
  // A name is not a way out of the folder.
  world.say({{.message_id = "../kam/home.title", .text = "abc"}}, "en");
  CHECK(SpeechWorld::letters(world.listen()) == "abc");
  world.say({{.message_id = "home.title", .text = "abc"}}, "../kam");
  CHECK(SpeechWorld::letters(world.listen()) == "abc");
}

TEST_CASE("the rate is a share of 122 words a minute, within its range, and set back for the next person") {
  SpeechWorld world;
  const auto rate_heard = [&](int percent) {
    world.speech->set_rate(percent);
    world.say({{.text = "a"}});
    world.listen();
    return world.synthesiser->last_words_a_minute.load();
  };
  CHECK(rate_heard(50) == Approx(61));
  CHECK(rate_heard(200) == Approx(244));
  CHECK(rate_heard(1) == Approx(61));
  CHECK(rate_heard(9000) == Approx(244));
  world.speech->reset();
  CHECK(world.speech->rate() == Speech::kDefaultRate);
  world.say({{.text = "a"}});
  world.listen();
  CHECK(world.synthesiser->last_words_a_minute == Approx(122));
}

TEST_CASE("a synthesiser that fails is silent for those words, and one that does not start for all") {
  SpeechWorld world;
  world.say({{.text = "fail"}, {.text = "b"}});
  CHECK(SpeechWorld::letters(world.listen()) == "b");
  SpeechWorld mute("", fail(ErrorCode::kNotFound, "not installed"));
  mute.say({{.text = "abc"}});
  CHECK(comes_true([&] { return !mute.speech->speaking(); }));
  CHECK_FALSE(mute.speech->can_synthesise());
}

TEST_CASE("too much to say at once is said up to the limit") {
  SpeechWorld world;
  world.say(std::vector<SpeechPiece>(limits::kSpeechPieces + 10, {.text = ""}));
  world.listen();
  CHECK(world.speech->synthesised() == limits::kSpeechPieces);
  const std::string long_text(limits::kSpeechTextBytes + 1, 'a');
  world.say({{.text = long_text}});
  CHECK_FALSE(world.speech->speaking());
  world.say({});
  CHECK_FALSE(world.speech->speaking());
}

TEST_CASE("a device that is missing ends what is being said") {
  SpeechWorld world;
  world.output->missing = true;
  world.say({{.text = "endless"}});
  CHECK(comes_true([&] { return world.synthesiser->interrupted == 1; }));
  CHECK_FALSE(world.speech->speaking());
}

double words_a_minute(std::string_view text, std::string_view language, double asked) {
  const auto words = static_cast<double>(std::count(text.begin(), text.end(), ' ') + 1);
  return words * 60 * kSoundRateHz / static_cast<double>(spoken(text, language, asked).size());
}

constexpr std::string_view kEnglishText =
    "The water in our village has been off since Monday. We must walk for two hours to the river to fetch drinking "
    "water, and the children are often ill. Please send someone to repair the broken pipe near the school.";

TEST_CASE("eSpeak says Indonesian and English at the words a minute that were asked for") {
  for (const double asked : {61.0, 80.0, 122.0, 180.0, 244.0}) {
    INFO(asked);
    CHECK(words_a_minute(kSentence, "id", asked) == Approx(asked).epsilon(0.12));
    CHECK(words_a_minute(kEnglishText, "en", asked) == Approx(asked).epsilon(0.12));
  }
}

TEST_CASE("eSpeak hands over the first piece before the rest is made, and stops when it is told to") {
  const auto synthesiser = make_espeak();
  REQUIRE(synthesiser->open());
  std::size_t pieces = 0;
  std::size_t heard = 0;
  REQUIRE(synthesiser->speak(kSentence, "id", 122, [&](SampleView samples) {
    heard += samples.size();
    return ++pieces < 5;
  }));
  CHECK(pieces == 5);
  CHECK(heard < samples_in(600, kSoundRateHz));
  // And goes on with the next as if nothing had been.
  std::size_t whole = 0;
  REQUIRE(synthesiser->speak("satu", "id", 122, [&](SampleView samples) {
    whole += samples.size();
    return true;
  }));
  CHECK(whole > samples_in(200, kSoundRateHz));
}

TEST_CASE("eSpeak survives every kind of text") {
  const auto synthesiser = make_espeak();
  REQUIRE(synthesiser->open());
  CHECK_FALSE(make_espeak()->open());  // one at a time
  const std::string controls("a\0b\x01\xFF\xC0\xF0\x9F\x98\x80 c", 12);
  const std::vector<std::string> texts = {"",
                                          " ",
                                          controls,
                                          std::string(4000, 'a'),
                                          std::string(4000, '.'),
                                          std::string(3000, '9'),
                                          "<speak>&lt;",
                                          "[[a]]",
                                          "👍🏽 Amungme ñ ŋ é — “kutip”",
                                          std::string(1000, '\xE2')};
  for (const std::string& text : texts) {
    for (const char* const language : {"id", "en", "en-GB", "pmy", "", "../x", "zzzzzz"}) {
      std::size_t heard = 0;
      CHECK(synthesiser->speak(text, language, 244, [&](SampleView samples) {
        heard += samples.size();
        return heard < std::size_t{60} * kSoundRateHz;
      }));
    }
  }
}

}  // namespace
}  // namespace mimika::device
