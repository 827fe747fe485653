#include "ui/text/text.h"

#include <boost/locale/gnu_gettext.hpp>
#include <exception>
#include <filesystem>
#include <locale>
#include <mutex>
#include <set>
#include <utility>

#include "kiosk/base/check.h"
#include "kiosk/base/log.h"

namespace mimika {
namespace {

namespace gettext = boost::locale::gnu_gettext;
using Messages = boost::locale::message_format<char>;

constexpr const char* kDomain = "mimika";
constexpr int kDomainIndex = 0;  // the first and only domain that is loaded

std::string path_of(const std::string& folder, const std::string& language) {
  return folder + "/" + language + "/LC_MESSAGES/" + kDomain + ".mo";
}

}  // namespace

// The facet is counted by the locale that holds it.
struct Text::Catalogue {
  std::locale holder;
  const Messages* messages = nullptr;
  mutable std::mutex mutex;
  mutable std::set<std::string, std::less<>> reported;
  mutable std::map<std::string, std::string, std::less<>> ids;  // by their words

  const char* find(std::string_view id) const { return messages->get(kDomainIndex, nullptr, std::string(id).c_str()); }
  std::string given(std::string_view id, const char* words) const {
    const std::lock_guard lock(mutex);
    if (!ids.contains(words)) ids.emplace(words, id);
    return words;
  }
  void report(const std::string& language, std::string_view id) const {
    const std::lock_guard lock(mutex);
    if (reported.emplace(id).second) log_warning("text", "no words for {} in {}", id, language);
  }
};

Text::Text(std::string language, std::unique_ptr<Catalogue> catalogue)
    : language_(std::move(language)), catalogue_(std::move(catalogue)) {}
Text::~Text() = default;
Text::Text(Text&&) noexcept = default;
Text& Text::operator=(Text&&) noexcept = default;

std::optional<std::string> Text::id_of(std::string_view words) const {
  const std::lock_guard lock(catalogue_->mutex);
  const auto found = catalogue_->ids.find(words);
  return found == catalogue_->ids.end() ? std::nullopt : std::optional(found->second);
}

bool Text::has(std::string_view id) const {
  return catalogue_->find(id) != nullptr;
}

std::string Text::operator()(std::string_view id) const {
  if (const char* found = catalogue_->find(id)) return catalogue_->given(id, found);
  if (const char* found = fallback_->find(id)) return catalogue_->given(id, found);
  catalogue_->report(language_, id);
  return std::string(id);
}

std::string Text::format(std::string_view id, std::initializer_list<std::string_view> arguments) const {
  return fill_placeholders((*this)(id), arguments);
}

std::string Text::count(std::string_view id, long number) const {
  const std::string key(id);
  const auto form = [&](const Catalogue& catalogue) {
    return catalogue.messages->get(kDomainIndex, nullptr, key.c_str(), static_cast<int>(number));
  };
  const char* found = form(*catalogue_);
  if (found == nullptr) found = form(*fallback_);
  if (found == nullptr) return format(id, {std::to_string(number)});
  return fill_placeholders(found, {std::to_string(number)});
}

Result<Text> Texts::read(const std::string& folder, const std::string& language) {
  const std::string path = path_of(folder, language);
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(path, ignored)) return fail(ErrorCode::kNotFound, "no catalogue " + path);

  gettext::messages_info info;
  info.language = language;
  info.encoding = "UTF-8";
  info.paths = {folder};
  info.domains = {gettext::messages_info::domain(kDomain)};
  auto catalogue = std::make_unique<Text::Catalogue>();
  try {
    Messages* messages = gettext::create_messages_facet<char>(info);
    catalogue->holder = std::locale(std::locale::classic(), messages);
    catalogue->messages = messages;
  } catch (const std::exception& problem) {
    return fail(ErrorCode::kCorrupt, "catalogue " + path + ": " + problem.what());
  }
  return Text(language, std::move(catalogue));
}

Result<Texts> Texts::load(const std::string& folder, const std::vector<std::string>& languages,
                          const std::vector<std::string>& others) {
  CHECK(!languages.empty());
  std::vector<Text> texts;
  for (const std::string& language : languages) {
    TRY_ASSIGN(Text text, read(folder, language));
    texts.push_back(std::move(text));
  }
  for (const std::string& language : others) {
    Result<Text> text = read(folder, language);
    if (text) {
      texts.push_back(*std::move(text));
    } else {
      log_warning("text", "{} is not offered: {}", language, text.error().message);
    }
  }
  for (Text& text : texts) text.fallback_ = texts.front().catalogue_.get();
  return Texts(std::move(texts));
}

const Text& Texts::in(std::string_view language) const {
  for (const Text& text : texts_) {
    if (text.language() == language) return text;
  }
  return texts_.front();
}

std::string fill_placeholders(std::string_view pattern, std::initializer_list<std::string_view> arguments) {
  std::string filled;
  filled.reserve(pattern.size());
  while (!pattern.empty()) {
    const bool placeholder = pattern.size() >= 3 && pattern[0] == '{' && pattern[1] >= '1' && pattern[1] <= '9' &&
                             pattern[2] == '}' && static_cast<std::size_t>(pattern[1] - '0') <= arguments.size();
    if (placeholder) {
      filled += *(arguments.begin() + (pattern[1] - '1'));
      pattern.remove_prefix(3);
    } else {
      filled += pattern.front();
      pattern.remove_prefix(1);
    }
  }
  return filled;
}

}  // namespace mimika
