#include "sync/wire/text_model.h"

#include <algorithm>
#include <utility>

#include "sync/wire/arithmetic_coder.h"

namespace mimika::wire {
namespace {

// A chance is spoken of in two ways: as a share, or as its logarithmic odds, in 256ths and within ±kOddsMost, in which
// opinions can be added.
constexpr int kOddsMost = 2047;

// 65,536 / (1 + exp(-x)) for x from -8 to 8 in steps of a half; between them it goes straight.
constexpr std::array<std::int32_t, 33> kShares = {22,    36,    60,    98,    162,   267,   439,   720,   1179,
                                                  1921,  3108,  4971,  7812,  11955, 17625, 24743, 32768, 40793,
                                                  47911, 53581, 57724, 60565, 62428, 63615, 64357, 64816, 65097,
                                                  65269, 65374, 65438, 65476, 65500, 65514};

constexpr std::int32_t share_of(int odds) {
  const int place = std::clamp(odds, -kOddsMost, kOddsMost) + 2048;
  const auto low = static_cast<std::size_t>(place >> 7);
  const std::int32_t part = place & 127;
  return (kShares[low] * (128 - part) + kShares[low + 1] * part) >> 7;
}

// The odds whose share comes next to this one, for each of 4,096 shares.
constexpr std::array<std::int16_t, 4096> make_odds() {
  std::array<std::int16_t, 4096> odds{};
  int place = -kOddsMost;
  for (int share = 0; share < 4096; ++share) {
    while (place < kOddsMost && share_of(place) < share * 16 + 8) ++place;
    odds[static_cast<std::size_t>(share)] = static_cast<std::int16_t>(place);
  }
  return odds;
}
constexpr std::array<std::int16_t, 4096> kOdds = make_odds();

// What a count is worth that was seen so many times, in 64ths.
constexpr std::array<int, 16> kWorth = {0, 20, 32, 44, 52, 58, 62, 66, 70, 74, 78, 80, 82, 84, 86, 88};

constexpr std::size_t kSeenMost = 255;

// How far a slot that was seen so many times goes towards what is counted next, in 65,536ths: 1 / (seen + 1.5).
constexpr std::array<std::int32_t, kSeenMost + 1> kSteps = [] {
  std::array<std::int32_t, kSeenMost + 1> steps{};
  for (std::size_t seen = 0; seen < steps.size(); ++seen)
    steps[seen] = static_cast<std::int32_t>(131'072 / (2 * seen + 3));
  return steps;
}();

std::uint32_t mix(std::uint32_t a, std::uint32_t b) {
  std::uint32_t x = a * 0x9E3779B1U + b * 0x85EBCA6BU + 0x27D4EB2FU;
  x ^= x >> 15;
  x *= 0x2C1B3C6DU;
  return x ^ (x >> 13);
}

}  // namespace

// The letters before, and where in a byte we are. Capitals count as small letters here: what follows a word does not
// depend on them.
class TextModel::History {
 public:
  History() { begin_byte(); }

  [[nodiscard]] std::uint32_t context(std::size_t place) const { return mix(contexts_[place], bits_ * 0x01000193U); }
  [[nodiscard]] std::size_t bit_place() const { return bit_place_; }

  void add(unsigned bit) {
    bits_ = bits_ << 1 | bit;
    if (++bit_place_ < 8) return;
    add_letter(bits_ & 0xFF);
    begin_byte();
  }

 private:
  void add_letter(std::uint32_t letter) {
    if (letter >= 'A' && letter <= 'Z') letter += 'a' - 'A';
    older_ = older_ << 8 | letters_ >> 24;
    letters_ = letters_ << 8 | letter;
    if ((letter >= 'a' && letter <= 'z') || letter >= 0x80) {
      word_ = mix(word_ + 1, letter);
    } else if (word_ != 0) {
      word_before_ = std::exchange(word_, 0);
    }
  }

  void begin_byte() {
    bits_ = 1;
    bit_place_ = 0;
    const std::uint32_t last = letters_ & 0xFF;
    contexts_ = {mix(1, last),
                 mix(2, letters_ & 0xFFFF),
                 mix(3, letters_ & 0xFFFFFF),
                 mix(mix(5, letters_), older_ & 0xFF),
                 mix(7, mix(word_, last)),
                 mix(8, mix(word_, mix(word_before_, last)))};
  }

  std::uint32_t letters_ = 0;  // the last four, the last one lowest
  std::uint32_t older_ = 0;    // the four before
  std::uint32_t word_ = 0;     // of the letters since the last that was none; 0: none
  std::uint32_t word_before_ = 0;
  std::uint32_t bits_ = 1;  // of this byte, behind a 1
  std::size_t bit_place_ = 0;
  std::array<std::uint32_t, kTextContexts> contexts_{};
};

class TextModel::Tables {
 public:
  Tables() {
    for (std::size_t place = 0; place < kTextContexts; ++place) slots_[place].resize(std::size_t{1} << kBits[place]);
  }

  // Null: this context was never met with these bits.
  [[nodiscard]] const TextSlot* find(std::size_t place, std::uint32_t hash) const {
    const auto [one, other] = places_of(place, hash);
    const auto check = static_cast<std::uint8_t>(hash);
    const std::vector<TextSlot>& slots = slots_[place];
    if (slots[one].seen != 0 && slots[one].check == check) return &slots[one];
    if (slots[other].seen != 0 && slots[other].check == check) return &slots[other];
    return nullptr;
  }

  // Where there is no room the one that was seen less often makes way.
  TextSlot& take(std::size_t place, std::uint32_t hash) {
    const auto [one, other] = places_of(place, hash);
    const auto check = static_cast<std::uint8_t>(hash);
    std::vector<TextSlot>& slots = slots_[place];
    for (const std::size_t at : {one, other}) {
      if (slots[at].seen == 0) slots[at].check = check;
      if (slots[at].check == check) return slots[at];
    }
    TextSlot& taken = slots[slots[other].seen < slots[one].seen ? other : one];
    taken = {.check = check};
    return taken;
  }

  static void count(TextSlot& slot, unsigned bit) {
    const std::int64_t difference = (bit != 0 ? 65535 : 0) - std::int64_t{slot.one};
    slot.one = static_cast<std::uint16_t>(slot.one + ((difference * kSteps[slot.seen]) >> 16));
    if (slot.seen < kSeenMost) ++slot.seen;
  }

  void count(ByteView message) {
    History history;
    for (const std::uint8_t letter : message) {
      for (int shift = 7; shift >= 0; --shift) {
        const unsigned bit = static_cast<unsigned>(letter) >> shift & 1U;
        for (std::size_t place = 0; place < kTextContexts; ++place) count(take(place, history.context(place)), bit);
        history.add(bit);
      }
    }
  }

 private:
  // As many as the texts of a quarter of a megabyte need: a larger table would save nothing, one of half the size costs
  // half a byte a message.
  static constexpr std::array<unsigned, kTextContexts> kBits = {17, 18, 19, 19, 19, 19};

  [[nodiscard]] static std::pair<std::size_t, std::size_t> places_of(std::size_t place, std::uint32_t hash) {
    const std::size_t one = hash >> 8 & ((std::size_t{1} << kBits[place]) - 1);
    return {one, one ^ 1};
  }

  std::array<std::vector<TextSlot>, kTextContexts> slots_;
};

// What the next bit will be.
class TextModel::Foretelling {
 public:
  Foretelling(const Tables& tables, const TextWeights& weights, const History& history) {
    std::size_t known = 0;
    for (std::size_t place = 0; place < kTextContexts; ++place) {
      const TextSlot* slot = tables.find(place, history.context(place));
      const unsigned seen = slot != nullptr ? slot->seen : 0;
      if (seen != 0) {
        const int share = slot->one >> 4;
        inputs_[2 * place] = kOdds[static_cast<std::size_t>(share)];
        inputs_[2 * place + 1] = (share - 2048) * kWorth[std::min<std::size_t>(seen, kWorth.size() - 1)] / 64;
      }
      const bool rare = place == 3 || place == kTextContexts - 1;
      if (rare) known = known * 4 + (seen >= 8 ? 3 : seen >= 2 ? 2 : seen);
    }
    inputs_.back() = 256;
    sets_ = {history.bit_place() * kTextInputs, (8 + known) * kTextInputs};
    for (std::size_t set = 0; set < sets_.size(); ++set) {
      std::int64_t sum = 0;
      for (std::size_t i = 0; i < kTextInputs; ++i) sum += std::int64_t{inputs_[i]} * weights[sets_[set] + i];
      odds_[set] = static_cast<int>(std::clamp<std::int64_t>(sum >> 16, -kOddsMost, kOddsMost));
    }
  }

  // That it is a 1, in 65,536ths; never none and never all.
  [[nodiscard]] Share share() const { return share_of((odds_[0] + odds_[1]) / 2); }

  // Both sets learn from how wrong each was by itself.
  void teach(unsigned bit, TextWeights& weights) const {
    constexpr int kPace = 8;
    for (std::size_t set = 0; set < sets_.size(); ++set) {
      const std::int64_t error = (bit != 0 ? 4096 : 0) - (share_of(odds_[set]) >> 4);
      for (std::size_t i = 0; i < kTextInputs; ++i) {
        std::int32_t& weight = weights[sets_[set] + i];
        const std::int64_t step = (inputs_[i] * error * kPace + 0x8000) >> 16;
        weight = static_cast<std::int32_t>(std::clamp<std::int64_t>(weight + step, -kTextWeightMost, kTextWeightMost));
      }
    }
  }

 private:
  std::array<int, kTextInputs> inputs_{};
  std::array<std::size_t, 2> sets_{};
  std::array<int, 2> odds_{};
};

TextModel::TextModel(std::span<const Bytes> messages, const TextWeights& weights) : weights_(weights) {
  auto tables = std::make_unique<Tables>();
  for (const Bytes& message : messages) tables->count(message);
  tables_ = std::move(tables);
}
TextModel::~TextModel() = default;

Bytes TextModel::encode(ByteView message) const {
  ArithmeticWriter writer;
  History history;
  for (const std::uint8_t letter : message) {
    for (int shift = 7; shift >= 0; --shift) {
      const unsigned bit = static_cast<unsigned>(letter) >> shift & 1U;
      writer.put(bit, Foretelling(*tables_, weights_, history).share());
      history.add(bit);
    }
  }
  return std::move(writer).finish();
}

struct TextModel::Reader::State {
  const TextModel& model;
  ArithmeticReader in;
  History history{};
};

TextModel::Reader::Reader(const TextModel& model, ByteView coded)
    : state_(std::make_unique<State>(State{model, ArithmeticReader(coded)})) {}
TextModel::Reader::~Reader() = default;

std::uint8_t TextModel::Reader::next() {
  unsigned letter = 0;
  for (int i = 0; i < 8; ++i) {
    const TextModel& model = state_->model;
    const unsigned bit = state_->in.take(Foretelling(*model.tables_, model.weights_, state_->history).share());
    state_->history.add(bit);
    letter = letter << 1 | bit;
  }
  return static_cast<std::uint8_t>(letter);
}

TextWeights TextModel::learn_weights(std::span<const Bytes> messages) {
  TextWeights weights;
  weights.fill(19'661);  // 0.3 each
  Tables tables;
  for (const Bytes& message : messages) {
    History history;
    for (const std::uint8_t letter : message) {
      for (int shift = 7; shift >= 0; --shift) {
        const unsigned bit = static_cast<unsigned>(letter) >> shift & 1U;
        Foretelling(tables, weights, history).teach(bit, weights);
        history.add(bit);
      }
    }
    tables.count(message);
  }
  return weights;
}

}  // namespace mimika::wire
