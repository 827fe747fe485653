#include "sync/wire/dictionary.h"

#include <algorithm>

#include "kiosk/base/check.h"
#include "sync/wire/dictionary_files.h"
#include "sync/wire/dictionary_forms.h"

namespace mimika::wire {

Result<std::shared_ptr<const Dictionary>> Dictionary::open(std::uint32_t version, ByteView bytes) {
  if (version < 1 || version > kDictionaryVersions) return fail(ErrorCode::kCorrupt, "no version of a dictionary");
  if (bytes.size() > kDictionaryBytes) return fail(ErrorCode::kCorrupt, "a dictionary over its limit");
  const bool model = as_text(bytes).starts_with(kModelMagic);
  return model ? open_model_dictionary(version, bytes) : open_zstd_dictionary(version, bytes);
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
