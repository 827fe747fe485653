#include "ui/widgets/spoken.h"

#include <algorithm>
#include <utility>

#include "kiosk/base/wipe.h"
#include "ui/widgets/ui_state.h"
#include "ui/widgets/utf8.h"

namespace mimika::ui {
namespace {

// "0417-K" → "0 4 1 7 K": a synthesiser reads a number otherwise, and a code is copied letter by letter.
std::string spelled(std::string_view words) {
  std::string letters;
  letters.reserve(2 * words.size());
  for (std::size_t at = 0; at < words.size();) {
    const char32_t letter = next_letter(words, at);
    if (letter == U' ' || letter == U'-') continue;
    if (!letters.empty()) letters += ' ';
    append_letter(letters, letter);
  }
  return letters;
}

}  // namespace

void Spoken::wipe() {
  for (SpokenItem& item : items) {
    for (std::string& words : item.words) mimika::wipe(words);
  }
  items.clear();
  mimika::wipe(page);
  page.clear();
  focused.clear();
  activated.clear();
}

void Ui::listen(Spoken* into) {
  state_->heard = into;
}

SpokenPart Ui::speak_in(SpokenPart part) {
  return std::exchange(state_->spoken_part, part);
}

void Ui::say(std::string_view words, Hearing hearing) {
  state_->hear(words, hearing);
}

void Ui::State::hear(std::string_view said, Hearing hearing) {
  if (heard == nullptr || hearing == Hearing::kNever || said.empty()) {
    return;
  }
  SpokenItem item{.part = spoken_part, .hearing = hearing};
  item.words.push_back(hearing == Hearing::kSpelled ? spelled(said) : std::string(said));
  heard->items.push_back(std::move(item));
}

// Words on a key are the key's own name. Geometry tells: every widget registers its target before its words.
void Ui::State::hear_text(std::string_view said, Point ink, const TextLook& look) {
  if (heard == nullptr) {
    return;
  }
  const bool on_target = std::ranges::any_of(
      building, [&](const Registered& entry) { return entry.scroll == scroll_id && entry.full.contains(ink); });
  if (!on_target) {
    hear(said, look.hearing);
  }
}

void Ui::State::hear_target(const Registered& entry) {
  if (heard == nullptr) {
    return;
  }
  SpokenItem item{.part = spoken_part, .target = entry.target.id};
  item.words.push_back(entry.target.label);
  if (!entry.disabled_reason.empty()) item.words.push_back(entry.disabled_reason);
  heard->items.push_back(std::move(item));
}

void Ui::State::hear_instead(const std::vector<std::string_view>& pieces) {
  if (heard == nullptr) {
    return;
  }
  std::vector<std::string>& name = heard->items.back().words;
  auto at = name.erase(name.begin());  // what remains says why it is grey
  for (const std::string_view piece : pieces) {
    if (!piece.empty()) at = name.insert(at, std::string(piece)) + 1;
  }
}

void Ui::State::end_hearing() {
  if (heard == nullptr) {
    return;
  }
  for (const char* part : {"screen", "dialog", "header.title", "error.title"}) {
    const auto found = published.find(part);
    heard->page += found == published.end() ? "/" : "/" + found->second;
  }
  heard->focused = focus_shown ? focus_id : std::string();
  heard->activated = activated_id;
  std::ranges::stable_sort(heard->items, {}, &SpokenItem::part);
}

}  // namespace mimika::ui
