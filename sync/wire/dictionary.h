// Dictionaries for private parts. A complaint is compressed alone, before it is sealed, and alone a message of three
// hundred bytes has hardly a word twice: the words both sides hold already halve it. A dictionary never changes and is
// never removed, for what was compressed with it opens with nothing else; those of assets/dictionary travel inside the
// program, newer ones come with the sync.
//
// There are two forms of them. One is zstd's: quick. The other is a model of how people write (text_model.h), which
// leaves two thirds of what zstd leaves, and takes thirty times as long: for what goes over the wire.
#pragma once

#include <cstdint>
#include <map>
#include <memory>

#include "kiosk/base/bytes.h"

namespace mimika::wire {

inline constexpr std::uint32_t kNewestBuiltInDictionary = 2;
inline constexpr std::uint32_t kQuickDictionary = 1;       // built in, of zstd's form: for what stays on this machine
inline constexpr std::uint32_t kDictionaryVersions = 127;  // what the first byte of a private part can say
inline constexpr std::size_t kDictionaryBytes = std::size_t{256} * 1024;

// Ready to use; safe to share between threads.
class Dictionary {
 public:
  // kCorrupt when these bytes are no dictionary, or not the one for private parts of that version (1 to 127). Of zstd's
  // form it takes some milliseconds and two megabytes; a model is built when it is used for the first time.
  [[nodiscard]] static Result<std::shared_ptr<const Dictionary>> open(std::uint32_t version, ByteView bytes);
  // The same, but the same bytes give the same dictionary all over the process: a model is built once. The last few are
  // kept.
  [[nodiscard]] static Result<std::shared_ptr<const Dictionary>> open_shared(std::uint32_t version, ByteView bytes);
  virtual ~Dictionary() = default;
  Dictionary(const Dictionary&) = delete;
  Dictionary& operator=(const Dictionary&) = delete;
  [[nodiscard]] std::uint32_t version() const { return version_; }

  // Of a private part's bytes. The first byte says the version, and how the rest is to be read.
  [[nodiscard]] virtual Bytes compress(ByteView raw) const = 0;
  // kCorrupt for damaged bytes, kTooLarge when more than `max_bytes` would come out.
  [[nodiscard]] virtual Result<Bytes> decompress(ByteView compressed, std::size_t max_bytes) const = 0;
  // Takes the time now that the first use would take: a model's quarter of a second.
  virtual void prepare() const {}

 protected:
  explicit Dictionary(std::uint32_t version) : version_(version) {}

 private:
  std::uint32_t version_;
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
