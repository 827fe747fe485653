#include "sync/wire/column_coder.h"

#include <algorithm>
#include <array>

namespace mimika::wire {
namespace {

constexpr std::size_t kPlaces = 4;  // of a number's bytes; the fourth stands for all that follow
constexpr std::size_t kByte = 256;
constexpr std::size_t kLetters = 64;  // tell letters apart well enough: the lowest six bits of one

constexpr std::size_t kSeenMost = 30;
// How far a chance that has seen so many bits goes towards the next, in 65,536ths: 1 / (seen + 1.5).
constexpr std::array<std::int32_t, kSeenMost + 1> kSteps = [] {
  std::array<std::int32_t, kSeenMost + 1> steps{};
  for (std::size_t seen = 0; seen < steps.size(); ++seen) {
    steps[seen] = static_cast<std::int32_t>(131'072 / (2 * seen + 3));
  }
  return steps;
}();
// No bit is ever taken for certain: it would cost everything when it comes otherwise.
constexpr std::int32_t kLeast = 64;

template <typename Models>
std::uint8_t read_byte(ArithmeticReader& in, Models chance_of) {
  unsigned bits = 1;
  while (bits < kByte) {
    ColumnModels::Chance& chance = chance_of(bits);
    const unsigned bit = in.take(chance.share());
    chance.learn(bit);
    bits = bits << 1 | bit;
  }
  return static_cast<std::uint8_t>(bits);
}

template <typename Models>
void write_byte(ArithmeticWriter& out, std::uint8_t value, Models chance_of) {
  unsigned bits = 1;
  for (int shift = 7; shift >= 0; --shift) {
    ColumnModels::Chance& chance = chance_of(bits);
    const unsigned bit = static_cast<unsigned>(value) >> shift & 1U;
    out.put(bit, chance.share());
    chance.learn(bit);
    bits = bits << 1 | bit;
  }
}

}  // namespace

ColumnModels::ColumnModels() : numbers_(kColumns * kPlaces * kByte), letters_(kLetters * kByte) {}

void ColumnModels::Chance::learn(unsigned bit) {
  const std::int64_t difference = (bit != 0 ? 65536 - kLeast : kLeast) - std::int64_t{one_};
  one_ = static_cast<std::uint16_t>(one_ + ((difference * kSteps[seen_]) >> 16));
  if (seen_ < kSeenMost) ++seen_;
}

ColumnModels::Chance& ColumnModels::of_number(Column column, std::size_t place, unsigned bits) {
  return numbers_[(static_cast<std::size_t>(column) * kPlaces + std::min(place, kPlaces - 1)) * kByte + bits];
}

ColumnModels::Chance& ColumnModels::of_letter(std::uint8_t before, unsigned bits) {
  return letters_[before % kLetters * kByte + bits];
}

void ColumnWriter::put(Column column, std::size_t place, std::uint8_t value) {
  write_byte(out_, value, [&](unsigned bits) -> auto& { return models_.of_number(column, place, bits); });
}

void ColumnWriter::byte(Column column, std::uint8_t value) {
  put(column, 0, value);
}

void ColumnWriter::number(Column column, std::uint64_t value) {
  for (std::size_t place = 0;; ++place) {
    const auto low = static_cast<std::uint8_t>(value & 0x7F);
    value >>= 7;
    put(column, place, static_cast<std::uint8_t>(low | (value != 0 ? 0x80U : 0U)));
    if (value == 0) return;
  }
}

void ColumnWriter::letters(ByteView text) {
  std::uint8_t before = 0;
  for (const std::uint8_t letter : text) {
    write_byte(out_, letter, [&](unsigned bits) -> auto& { return models_.of_letter(before, bits); });
    before = letter;
  }
}

std::uint8_t ColumnReader::take(Column column, std::size_t place) {
  return read_byte(in_, [&](unsigned bits) -> auto& { return models_.of_number(column, place, bits); });
}

std::uint8_t ColumnReader::byte(Column column) {
  return take(column, 0);
}

Result<std::uint64_t> ColumnReader::number(Column column) {
  std::uint64_t value = 0;
  for (std::size_t place = 0; place < 10; ++place) {
    const std::uint8_t byte = take(column, place);
    if (place == 9 && byte > 1) break;
    value |= std::uint64_t{byte & 0x7FU} << (7 * place);
    if ((byte & 0x80) == 0) return value;
  }
  return fail(ErrorCode::kCorrupt, "a number without an end");
}

Bytes ColumnReader::letters(std::size_t count) {
  Bytes text;
  std::uint8_t before = 0;
  for (std::size_t i = 0; i < count; ++i) {
    before = read_byte(in_, [&](unsigned bits) -> auto& { return models_.of_letter(before, bits); });
    text.push_back(before);
  }
  return text;
}

}  // namespace mimika::wire
