// Dictionaries for private parts. A complaint is compressed alone, before it is sealed, and alone a message of three
// hundred bytes has hardly a word twice: the words both sides hold already halve it. A dictionary never changes and is
// never removed, for what was compressed with it opens with nothing else; those of assets/dictionary travel inside the
// program, newer ones come with the sync.
#pragma once

#include <cstdint>
#include <map>
#include <memory>

#include "kiosk/base/bytes.h"

namespace mimika::wire {

inline constexpr std::uint32_t kNewestBuiltInDictionary = 1;
inline constexpr std::uint32_t kDictionaryVersions = 127;  // what the first byte of a private part can say
inline constexpr std::size_t kDictionaryBytes = 256 * 1024;

// Ready to use, which takes some milliseconds and two megabytes; safe to share between threads.
class Dictionary {
 public:
  // kCorrupt when these bytes are no dictionary, or not the one for private parts of that version (1 to 127).
  [[nodiscard]] static Result<std::shared_ptr<const Dictionary>> open(std::uint32_t version, ByteView bytes);
  ~Dictionary();
  [[nodiscard]] std::uint32_t version() const { return version_; }

  // Without what is the same in every frame: for one short message that is a seventh of it.
  [[nodiscard]] Bytes compress(ByteView raw) const;  // first byte: the version, and how the rest is to be read
  // kCorrupt for damaged bytes, kTooLarge when more than `max_bytes` would come out.
  [[nodiscard]] Result<Bytes> decompress(ByteView compressed, std::size_t max_bytes) const;

 private:
  struct Prepared;
  Dictionary(std::uint32_t version, std::unique_ptr<Prepared> prepared);
  std::uint32_t version_;
  std::unique_ptr<Prepared> prepared_;
};

class Dictionaries {
 public:
  // Those inside the program.
  [[nodiscard]] static const Dictionaries& built_in();

  void add(std::shared_ptr<const Dictionary> dictionary);
  // Null when it is not known.
  [[nodiscard]] std::shared_ptr<const Dictionary> find(std::uint32_t version) const;
  [[nodiscard]] std::uint32_t newest() const;  // 0: none

 private:
  std::map<std::uint32_t, std::shared_ptr<const Dictionary>> by_version_;
};

}  // namespace mimika::wire
