#include "sync/wire/dictionary.h"

#include <algorithm>
#include <deque>
#include <mutex>
#include <utility>

#include "kiosk/base/check.h"
#include "kiosk/crypto/hash.h"
#include "sync/wire/dictionary_files.h"
#include "sync/wire/dictionary_forms.h"

namespace mimika::wire {
namespace {

constexpr std::size_t kOpenedKept = 8;  // more than one or two a centre hardly publishes while it runs

}  // namespace

Result<std::shared_ptr<const Dictionary>> Dictionary::open(std::uint32_t version, ByteView bytes) {
  if (version < 1 || version > kDictionaryVersions) return fail(ErrorCode::kCorrupt, "no version of a dictionary");
  if (bytes.size() > kDictionaryBytes) return fail(ErrorCode::kCorrupt, "a dictionary over its limit");
  const bool model = as_text(bytes).starts_with(kModelMagic);
  return model ? open_model_dictionary(version, bytes) : open_zstd_dictionary(version, bytes);
}

Result<std::shared_ptr<const Dictionary>> Dictionary::open_shared(std::uint32_t version, ByteView bytes) {
  static std::mutex guard;
  static std::deque<std::pair<crypto::Hash, std::shared_ptr<const Dictionary>>> opened;
  const crypto::Hash hash = crypto::Hasher("mimika dictionary 1").add_u32(version).add(bytes).finish();
  const std::lock_guard lock(guard);
  const auto found = std::ranges::find(opened, hash, [](const auto& one) { return one.first; });
  if (found != opened.end()) return found->second;
  TRY_ASSIGN(auto dictionary, open(version, bytes));
  opened.emplace_back(hash, dictionary);
  if (opened.size() > kOpenedKept) opened.pop_front();
  return dictionary;
}

const Dictionaries& Dictionaries::built_in() {
  static const Dictionaries dictionaries = [] {
    Dictionaries all;
    std::uint32_t version = 0;
    for (const std::string_view bytes : kDictionaryFiles) {
      auto opened = Dictionary::open(++version, as_bytes(bytes));
      CHECK(opened.has_value());
      all.add(*opened);
    }
    CHECK(all.newest() == kNewestBuiltInDictionary);
    return all;
  }();
  return dictionaries;
}

void Dictionaries::add(std::shared_ptr<const Dictionary> dictionary) {
  const std::uint32_t version = dictionary->version();
  by_version_.emplace(version, std::move(dictionary));
}

std::shared_ptr<const Dictionary> Dictionaries::find(std::uint32_t version) const {
  const auto found = by_version_.find(version);
  return found == by_version_.end() ? nullptr : found->second;
}

std::uint32_t Dictionaries::newest() const {
  return by_version_.empty() ? 0 : by_version_.rbegin()->first;
}

}  // namespace mimika::wire
