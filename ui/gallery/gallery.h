// The living style guide: every widget in every state, page by page, with the product's own drawing code. Its widgets
// live: keys press, lists scroll, fields take letters. It remembers its page and what was tried there, and nothing
// else; it opens nothing and writes nothing.
//
//   Gallery gallery(texts, pictures.drawing_names());
//   ui.begin_frame({… gallery.text_size(), gallery.contrast(), gallery.reduce_motion() …}, canvas);
//   bool again = gallery.draw(ui);   // true: what is shown has changed
//   ui.end_frame();
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/session/session.h"
#include "ui/text/text.h"
#include "ui/widgets/ui.h"

namespace mimika::gallery {

// The pages' names in their order: "colours", "keys", …; stable, for scripts and goldens.
[[nodiscard]] std::vector<std::string> page_names();
// The names of the dialogs that the page "dialogs" opens.
[[nodiscard]] std::vector<std::string> dialog_names();

class Gallery {
 public:
  // `texts` must outlive it. `drawings`: every drawing's name, "icons/mic".
  Gallery(const Texts& texts, std::vector<std::string> drawings);
  ~Gallery();
  Gallery(const Gallery&) = delete;
  Gallery& operator=(const Gallery&) = delete;

  // What the next frame is to be drawn with.
  [[nodiscard]] ui::TextSize text_size() const;
  [[nodiscard]] ui::Contrast contrast() const;
  [[nodiscard]] bool reduce_motion() const;
  void set_preferences(const Preferences& preferences);

  // An unknown name opens the list of pages.
  void open_page(std::string_view name);
  // None is opened for an unknown name.
  void open_dialog(std::string_view name);
  // "gallery.keys"; "gallery.list" for the list of pages.
  [[nodiscard]] std::string screen_name() const;

  // One frame, between Ui::begin_frame and end_frame. True: it led to a change that the frame does not show.
  [[nodiscard]] bool draw(ui::Ui& ui);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace mimika::gallery
