// The fields of a kiosk's records, one after the other, each bit as long as it is surprising: what a field held before
// tells what it will hold. Numbers are varints, of which each byte is foretold from the same byte of the same column
// before; letters from the letter before them. Both sides learn in the same way, over all the frames of one call.
#pragma once

#include <cstdint>
#include <vector>

#include "sync/wire/arithmetic_coder.h"

namespace mimika::wire {

// docs/wire.md lists what stands in each. Their numbers are the order of the models, nothing else.
enum class Column : std::uint8_t {
  kRecords,     // how many there are in the frame
  kFirstFlags,  // of the first filing of a call
  kFlags,
  kChoices,
  kMonotonic,
  kWall,
  kBoot,
  kConfidence,
  kStream,
  kIndex,
  kCounter,
  kPlaceText,  // which text: said before, or new
  kCategoryText,
  kKampungText,
  kServiceText,
  kTextLength,
  kSealedLength,
  kRawLength,
  kRawSealedLength,
  kRaw,  // a byte of an event as it is
};
inline constexpr std::size_t kColumns = static_cast<std::size_t>(Column::kRaw) + 1;

class ColumnModels {
 public:
  ColumnModels();

  // One bit's chance so far. It moves fast at first, and slower as it has seen more.
  class Chance {
   public:
    [[nodiscard]] Share share() const { return one_; }
    void learn(unsigned bit);

   private:
    std::uint16_t one_ = 32768;
    std::uint16_t seen_ = 0;
  };
  // `bits`: a 1 and the bits of the byte so far.
  Chance& of_number(Column column, std::size_t place, unsigned bits);
  Chance& of_letter(std::uint8_t before, unsigned bits);

 private:
  std::vector<Chance> numbers_;
  std::vector<Chance> letters_;
};

class ColumnWriter {
 public:
  explicit ColumnWriter(ColumnModels& models) : models_(models) {}
  void byte(Column column, std::uint8_t value);
  void number(Column column, std::uint64_t value);
  void letters(ByteView text);
  [[nodiscard]] Bytes finish() && { return std::move(out_).finish(); }

 private:
  void put(Column column, std::size_t place, std::uint8_t value);
  ColumnModels& models_;
  ArithmeticWriter out_;
};

// Reads something of any bytes: who knows what may stand there has to say when it may not.
class ColumnReader {
 public:
  ColumnReader(ColumnModels& models, ByteView coded) : models_(models), in_(coded) {}
  [[nodiscard]] std::uint8_t byte(Column column);
  // kCorrupt for a number that does not end with its tenth byte, or is of more than 64 bits.
  [[nodiscard]] Result<std::uint64_t> number(Column column);
  [[nodiscard]] Bytes letters(std::size_t count);

 private:
  std::uint8_t take(Column column, std::size_t place);
  ColumnModels& models_;
  ArithmeticReader in_;
};

}  // namespace mimika::wire
