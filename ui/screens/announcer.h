// Decides what is said of what is shown: a page when it comes, what has the focus when that moves, what was touched,
// and news. It looks at finished frames (ui/widgets/spoken.h) and knows neither sessions nor devices.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ui/text/text.h"
#include "ui/widgets/spoken.h"

namespace mimika::screens {

struct Utterance {
  std::string message_id;  // empty: not of the catalogue
  std::string words;
};

class Announcer {
 public:
  // After each frame somebody listens to: what was touched is known in one of them alone.
  void saw(const ui::Spoken& frame);
  // The frame that stays for now. What is to be said in place of what is being said; empty: nothing new.
  [[nodiscard]] std::vector<Utterance> settled(const ui::Spoken& frame, const Text& text);
  // Whatever comes next is said: the whole page, or what has the focus.
  void ask_for_page() { asked_ = Asked::kPage; }
  void ask_for_focus() { asked_ = Asked::kFocus; }
  // Nobody listens any more, or somebody else.
  void forget();

 private:
  enum class Asked { kNothing, kPage, kFocus };

  Asked asked_ = Asked::kNothing;
  std::string language_;
  std::string page_;
  std::string focused_;
  std::string touched_;
  std::set<std::string> news_;
};

// The whole of a page, in words. `on_request`: with what is said only when asked for; without it, a sentence tells that
// there is more.
[[nodiscard]] std::vector<Utterance> words_of_page(const ui::Spoken& frame, const Text& text, bool on_request);
// A target's name and state; empty when it is not shown.
[[nodiscard]] std::vector<Utterance> words_of_target(const ui::Spoken& frame, std::string_view id, const Text& text);

}  // namespace mimika::screens
