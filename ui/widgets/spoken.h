// What a frame says in words, in the order in which it is to be heard. Collected while the frame is drawn, so that
// nothing that is shown can be forgotten; and only while somebody listens (Ui::listen), because it holds words that a
// person wrote.
#pragma once

#include <string>
#include <vector>

namespace mimika::ui {

// How words are heard. Others stand near: a person's own words and numbers are said only when they ask for them.
enum class Hearing {
  kAlways,
  kNews,  // always, and by itself when it appears while the page stays
  kOnRequest,
  kSpelled,  // on request, letter by letter
  kNever,
};

// A page is heard from its body to its keys, whatever was drawn first. Tools and letters are heard one by one alone,
// when they have the focus or are touched.
enum class SpokenPart { kBody, kClosing, kFooter, kTools, kLetters };

struct SpokenItem {
  SpokenPart part = SpokenPart::kBody;
  Hearing hearing = Hearing::kAlways;
  std::string target = {};              // its id, when it is one; else words that stand by themselves
  std::vector<std::string> words = {};  // piece by piece, as each stands in the catalogue: "Air bersih", "dipilih"
};

struct Spoken {
  std::string page;       // changes when another page is shown
  std::string focused;    // the target the arrow keys stand on, while that is shown
  std::string activated;  // the target that was pressed in this frame
  std::vector<SpokenItem> items;

  // Overwrites every word.
  void wipe();
};

}  // namespace mimika::ui
