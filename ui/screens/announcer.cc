#include "ui/screens/announcer.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "kiosk/base/wipe.h"

namespace mimika::screens {
namespace {

void add_utterances(std::vector<Utterance>& to, const ui::SpokenItem& item, const Text& text) {
  for (const std::string& words : item.words) {
    // A name that stands as a heading and on its field is one word to the ear.
    if (words.empty() || (!to.empty() && to.back().words == words)) continue;
    to.push_back({.message_id = text.id_of(words).value_or(std::string()), .words = words});
  }
}

bool is_of_page(const ui::SpokenItem& item) {
  return item.part != ui::SpokenPart::kTools && item.part != ui::SpokenPart::kLetters;
}

const ui::SpokenItem* target_of(const ui::Spoken& frame, std::string_view id) {
  const auto found =
      std::ranges::find_if(frame.items, [&](const ui::SpokenItem& item) { return !id.empty() && item.target == id; });
  return found == frame.items.end() ? nullptr : &*found;
}

}  // namespace

std::vector<Utterance> words_of_page(const ui::Spoken& frame, const Text& text, bool on_request) {
  std::vector<Utterance> page;
  bool more = false;
  for (const ui::SpokenItem& item : frame.items) {
    if (!is_of_page(item)) continue;
    const bool withheld = item.hearing == ui::Hearing::kOnRequest || item.hearing == ui::Hearing::kSpelled;
    if (!withheld || on_request) {
      add_utterances(page, item, text);
    } else {
      more = true;
    }
  }
  if (more) page.push_back({.message_id = "speech.more", .words = text("speech.more")});
  return page;
}

std::vector<Utterance> words_of_target(const ui::Spoken& frame, std::string_view id, const Text& text) {
  std::vector<Utterance> said;
  if (const ui::SpokenItem* item = target_of(frame, id)) add_utterances(said, *item, text);
  return said;
}

void Announcer::saw(const ui::Spoken& frame) {
  if (frame.activated.empty()) return;
  const ui::SpokenItem* item = target_of(frame, frame.activated);
  // A letter that is typed is the person's own.
  const bool letter = item != nullptr && item->part == ui::SpokenPart::kLetters;
  touched_ = letter ? std::string() : frame.activated;
}

std::vector<Utterance> Announcer::settled(const ui::Spoken& frame, const Text& text) {
  const bool other_page = page_ != frame.page || language_ != text.language();
  const bool other_focus = focused_ != frame.focused;
  page_ = frame.page;
  language_ = text.language();
  focused_ = frame.focused;
  const std::string touched = std::exchange(touched_, {});
  const Asked asked = std::exchange(asked_, Asked::kNothing);
  std::set<std::string> news;
  std::vector<Utterance> new_news;
  for (const ui::SpokenItem& item : frame.items) {
    if (item.hearing != ui::Hearing::kNews) continue;
    news.insert(item.words.front());
    if (!news_.contains(item.words.front())) add_utterances(new_news, item, text);
  }
  news_ = std::move(news);

  if (asked == Asked::kPage) return words_of_page(frame, text, true);
  if (asked == Asked::kFocus) {
    std::vector<Utterance> said = words_of_target(frame, frame.focused, text);
    return said.empty() ? words_of_page(frame, text, true) : said;
  }
  if (other_page) return words_of_page(frame, text, false);
  std::vector<Utterance> said;
  if (other_focus) {
    said = words_of_target(frame, frame.focused, text);
  } else if (!touched.empty()) {
    said = words_of_target(frame, touched, text);
  }
  std::ranges::move(new_news, std::back_inserter(said));
  return said;
}

void Announcer::forget() {
  wipe(page_);
  *this = Announcer();
}

}  // namespace mimika::screens
