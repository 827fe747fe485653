// The forms a dictionary can have. For the sources of this folder: others open one with Dictionary::open().
#pragma once

#include "sync/wire/dictionary.h"

namespace mimika::wire {

// The first byte of a compressed private part is the dictionary's version, and this bit when a whole zstd frame follows
// instead of what the form usually writes.
inline constexpr std::uint8_t kWholeFrame = 0x80;

// What stands in a dictionary's file: its purpose, private parts, and its version.
[[nodiscard]] constexpr std::uint32_t dictionary_id(std::uint32_t version) {
  return 1U << 16 | version;
}

[[nodiscard]] Result<std::shared_ptr<const Dictionary>> open_zstd_dictionary(std::uint32_t version, ByteView bytes);

inline constexpr std::string_view kModelMagic = "MKM1";
// How many bytes of letters one model may be built from, and what is modelled of one private part: longer ones are
// rare, and zstd does them as well.
inline constexpr std::size_t kModelTextBytes = std::size_t{1024} * 1024;
inline constexpr std::size_t kModelledBytes = std::size_t{8} * 1024;
// And no more of them come out than so many for each byte that goes in, with as many to begin with: few hostile bytes
// must not take much time. What people write takes one for five.
inline constexpr std::size_t kModelledPerByte = 64;
[[nodiscard]] Result<std::shared_ptr<const Dictionary>> open_model_dictionary(std::uint32_t version, ByteView bytes);

}  // namespace mimika::wire
