// How people here write, learnt from texts both sides hold, to compress one short message by itself.
//
// zstd with a dictionary finds runs of a message in the dictionary; of a complaint of 275 letters in words of its own
// it leaves 95 bytes. Here every bit is foretold from the letters and words before it, by what followed them in the
// texts, and an arithmetic coder writes down how wrong that was: 60 bytes. A frozen model is enough, since a message is
// too short to learn from; so it is built once, and may be shared between threads. All of it is integer arithmetic that
// comes out the same on every machine, for what one side writes the other has to foretell in the same way.
//
// What it knows nothing of: protobuf, versions, keys. dictionary.cc says which messages go through it.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>

#include "kiosk/base/bytes.h"
#include "kiosk/base/wipe.h"

namespace mimika::wire {

// What is looked at before each bit: the letter before it, the two, the three, the five letters before, the word so
// far, and that with the word before it.
inline constexpr std::size_t kTextContexts = 6;
// Each gives two opinions, and there is a constant one.
inline constexpr std::size_t kTextInputs = 2 * kTextContexts + 1;
// Two sets of weights have a say: one by the bit's place in its byte, one by how much is known of the rarest contexts.
inline constexpr std::size_t kTextWeightSets = 8 + 16;
// In 65,536ths, and within ±16 of one, so that no sum of products leaves 64 bits.
using TextWeights = std::array<std::int32_t, kTextInputs * kTextWeightSets>;
inline constexpr std::int32_t kTextWeightMost = 16 << 16;

// One context's count for one next bit.
struct TextSlot {
  std::uint16_t one = 32768;  // how likely a 1 is, in 65,536ths
  std::uint8_t seen = 0;      // how often it was counted, at most 255; 0: never
  std::uint8_t check = 0;     // of the context's hash: whose slot this is
};

class TextModel {
 public:
  // What is counted, in this order. Some 200 ms for 300 KB, and 9.5 MB for as long as it lives.
  TextModel(std::span<const Bytes> messages, const TextWeights& weights);
  ~TextModel();
  TextModel(const TextModel&) = delete;
  TextModel& operator=(const TextModel&) = delete;

  // Any bytes; those like the texts become short. Decoding needs what `ends` knows: where a message is over.
  [[nodiscard]] Bytes encode(ByteView message) const;

  // Told each byte as it is decoded; kDone with the last one, kNever when no message goes on so.
  enum class Next { kMore, kDone, kNever };
  template <typename Ends>
  [[nodiscard]] Result<Bytes> decode(ByteView coded, std::size_t most_bytes, Ends ends) const {
    Reader reader(*this, coded);
    Bytes out;
    out.reserve(most_bytes);  // growing would leave copies of what somebody wrote
    while (out.size() < most_bytes) {
      out.push_back(reader.next());
      const Next next = ends(out.back());
      if (next == Next::kDone) return out;
      if (next == Next::kNever) {
        wipe(out);
        return fail(ErrorCode::kCorrupt, "bytes that are no message");
      }
    }
    wipe(out);
    return fail(ErrorCode::kTooLarge, "a message over its limit");
  }

  // The weights that foretell `messages` best, each before it is counted. For the tool that makes models.
  [[nodiscard]] static TextWeights learn_weights(std::span<const Bytes> messages);

 private:
  class Tables;
  class History;
  class Foretelling;
  class Reader {
   public:
    Reader(const TextModel& model, ByteView coded);
    ~Reader();
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;
    [[nodiscard]] std::uint8_t next();

   private:
    struct State;
    std::unique_ptr<State> state_;
  };

  std::unique_ptr<const Tables> tables_;
  TextWeights weights_;
};

}  // namespace mimika::wire
