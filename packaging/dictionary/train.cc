// Trains a zstd dictionary: train_dictionary OUT ID BYTES ALL SEEN UNSEEN
//
// The three files hold samples, each after its length as four little-endian bytes: ALL of them; and some that were made
// of two sets of phrases with none in common. The dictionary's text comes out of ALL. Its entropy tables do not: a text
// that the dictionary was made of is found in it nearly whole, and tables counted over such texts expect long matches
// and hardly a literal, which real texts then pay for. They are counted over UNSEEN, compressed with what SEEN yields.
//
// The parameters are fixed and one thread does the work, so the same samples give the same dictionary: what kiosks hold
// must be made again exactly.
#define ZDICT_STATIC_LINKING_ONLY  // training with parameters of our own, and the size of a dictionary's header
#include <zdict.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

namespace {

constexpr std::size_t kLengthBytes = 4;
constexpr std::size_t kMostBytes = std::size_t{1} << 20;
constexpr std::size_t kMostHeaderBytes = 1024;  // above what the format can need
constexpr unsigned kSegmentBytes = 100;         // what training adds at a time …
constexpr unsigned kCountedBytes = 6;           // … for the runs of this length in it that samples share
// The tables are counted at a middling level: without tables the highest ones guess prices, and what they choose by
// them is not what they choose once the tables are there. Of all levels this one leaves unseen texts the shortest.
constexpr int kCountingLevel = 6;

struct Samples {
  std::string bytes;  // one after the other, as the library wants them
  std::vector<std::size_t> sizes;
};

std::optional<Samples> read_samples(const char* path) {
  std::ifstream in(path, std::ios::binary);
  const std::string all{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  Samples out;
  std::size_t at = 0;
  while (at < all.size()) {
    if (all.size() - at < kLengthBytes) return std::nullopt;
    std::size_t size = 0;
    for (std::size_t i = 0; i < kLengthBytes; ++i) {
      size |= static_cast<std::size_t>(static_cast<unsigned char>(all[at + i])) << (8 * i);
    }
    at += kLengthBytes;
    if (all.size() - at < size) return std::nullopt;
    out.bytes.append(all, at, size);
    out.sizes.push_back(size);
    at += size;
  }
  if (out.sizes.empty()) return std::nullopt;
  return out;
}

std::optional<std::string> told(std::string dictionary, std::size_t size) {
  if (ZDICT_isError(size) != 0) {
    std::fprintf(stderr, "train_dictionary: %s\n", ZDICT_getErrorName(size));
    return std::nullopt;
  }
  dictionary.resize(size);
  return dictionary;
}

std::optional<std::string> trained(const Samples& samples, std::size_t bytes) {
  ZDICT_cover_params_t params{};
  params.k = kSegmentBytes;
  params.d = kCountedBytes;
  params.nbThreads = 1;
  params.splitPoint = 1.0;
  std::string out(bytes, '\0');
  const std::size_t size =
      ZDICT_trainFromBuffer_cover(out.data(), out.size(), samples.bytes.data(), samples.sizes.data(),
                                  static_cast<unsigned>(samples.sizes.size()), params);
  return told(std::move(out), size);
}

std::string text_of(const std::string& dictionary) {
  return dictionary.substr(ZDICT_getDictHeaderSize(dictionary.data(), dictionary.size()));
}

std::optional<std::string> with_tables(const std::string& text, const Samples& samples, unsigned id) {
  ZDICT_params_t params{};
  params.compressionLevel = kCountingLevel;
  params.dictID = id;
  std::string out(text.size() + kMostHeaderBytes, '\0');
  const std::size_t size =
      ZDICT_finalizeDictionary(out.data(), out.size(), text.data(), text.size(), samples.bytes.data(),
                               samples.sizes.data(), static_cast<unsigned>(samples.sizes.size()), params);
  return told(std::move(out), size);
}

unsigned number(const char* text) {
  return static_cast<unsigned>(std::strtoul(text, nullptr, 10));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 7) {
    std::fputs("usage: train_dictionary OUT ID BYTES ALL SEEN UNSEEN\n", stderr);
    return 2;
  }
  const std::size_t bytes = number(argv[3]);
  const auto all = read_samples(argv[4]);
  const auto seen = read_samples(argv[5]);
  const auto unseen = read_samples(argv[6]);
  if (bytes == 0 || bytes > kMostBytes || !all || !seen || !unseen) {
    std::fputs("train_dictionary: more than a mebibyte is asked for, or a file holds no samples, or half of one\n",
               stderr);
    return 1;
  }
  const auto from_seen = trained(*seen, bytes);
  if (!from_seen) return 1;
  const auto counted = with_tables(text_of(*from_seen), *unseen, number(argv[2]));
  const auto from_all = trained(*all, bytes);
  if (!counted || !from_all) return 1;

  const std::string tables = counted->substr(0, ZDICT_getDictHeaderSize(counted->data(), counted->size()));
  const std::string text = text_of(*from_all);
  const std::size_t room = bytes - tables.size();
  std::ofstream out(argv[1], std::ios::binary);
  // What training found most useful stands at the end, where it is cheapest to point at.
  out << tables << (text.size() > room ? text.substr(text.size() - room) : text);
  out.close();
  return out ? 0 : 1;
}
