// The style guide: every page keeps the bars of the touchscreen on every panel, and its widgets live.
#include "ui/gallery/gallery.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "tests/screens/audit_stage.h"
#include "tests/screens/focus_walk.h"
#include "ui/screens/languages.h"
#include "ui/screens/screens.h"

using namespace mimika;
using namespace mimika::testing;

namespace {

const Texts& loaded() {
  static const Texts texts = *screens::load_texts(MIMIKA_LOCALE_FOLDER);
  return texts;
}

std::vector<std::string> pages_and_list() {
  std::vector<std::string> pages = gallery::page_names();
  pages.emplace_back("list");
  return pages;
}

// A page that stays, whatever is pressed on it.
AuditView still_view(gallery::Gallery& guide, const std::string& page, const Preferences& preferences) {
  guide.set_preferences(preferences);
  guide.open_page(page);
  return {
      .text_size = guide.text_size(), .contrast = guide.contrast(), .draw = [&guide, page, preferences](ui::Ui& ui) {
        if (!guide.draw(ui)) return;
        guide.open_page(page);
        guide.set_preferences(preferences);
      }};
}

std::vector<std::string> drawings() {
  return {"icons/mic", "icons/dashed-circle",         "icons/back",
          "marks/red", "pictures/category-puskesmas", "pictures/night"};
}

struct Faults {
  std::map<std::string, std::string> found = {};  // what, and the view where it was met first
  std::size_t views = 0;

  void look_at(AuditStage& stage, const std::string& page, const AuditView& view, const std::string& where) {
    stage.fresh();
    stage.draw(view);
    ++views;
    // The page of the type scale shows the letters of staff screens too.
    const AuditRules rules{
        .staff_words = page == "type",
        .staff_page = page == "desk",
        .picture_contrast = [&](const auto& request, const auto& part, auto text, const auto& veils) {
          return stage.picture_contrast(request, part, text, veils);
        }};
    for (const Fault& fault : faults_of(stage.painted(), stage.ui().metrics(), stage.ui().colours(), rules)) {
      found.try_emplace(page + ": " + fault.where + ": " + fault.what, where);
    }
    for (const std::string& words : stage.ui().overflows()) found.try_emplace(page + ": " + words + ": no room", where);
    if (!stage.ui().settled()) found.try_emplace(page + ": never settles", where);
  }
  void check() const {
    std::string all;
    for (const auto& [what, where] : found) all += what + "    (" + where + ")\n";
    INFO(all);
    CHECK(found.empty());
  }
};

std::string words_of(const AuditPanel& panel, const Preferences& asked) {
  return std::to_string(panel.width) + "x" + std::to_string(panel.height) + " " + language_code(asked.language) +
         " size " + std::to_string(static_cast<int>(asked.text_size)) + " contrast " +
         std::to_string(static_cast<int>(asked.contrast));
}

}  // namespace

TEST_CASE("Every page of the style guide keeps the bars of the touchscreen, on every panel and in every look") {
  Faults faults;
  const std::vector<OfferedLanguage> offered = screens::offered_languages(loaded());
  for (const AuditPanel& panel : audit_panels()) {
    AuditStage stage(panel, loaded());
    gallery::Gallery guide(loaded(), drawings());
    for (const std::string& page : pages_and_list()) {
      for (const OfferedLanguage& offer : offered) {
        for (int size = 0; size < kTextSizes; ++size) {
          for (int contrast = 0; contrast < kContrasts; ++contrast) {
            const Preferences asked{offer.language, static_cast<TextSize>(size), static_cast<Contrast>(contrast)};
            faults.look_at(stage, page, still_view(guide, page, asked), words_of(panel, asked));
          }
        }
      }
    }
  }
  faults.check();
  CHECK(faults.views == pages_and_list().size() * 5 * offered.size() * 4 * 3);
}

TEST_CASE("Whatever a finger reaches in the style guide the arrow keys reach too") {
  Faults faults;
  // Where a screenful holds no target at all, as on small panels, the keys that scroll must be pressed more than once;
  // the walk presses each key once.
  for (const AuditPanel& panel : audit_panels()) {
    if (panel.width < 1080 || panel.width == 1280) continue;
    AuditStage stage(panel, loaded());
    gallery::Gallery guide(loaded(), drawings());
    for (const std::string& page : pages_and_list()) {
      for (const Preferences& asked : {Preferences{}, Preferences{.contrast = Contrast::kHigh}}) {
        for (const Fault& fault : focus_faults(stage, still_view(guide, page, asked))) {
          faults.found.try_emplace(page + ": " + fault.where + ": " + fault.what, words_of(panel, asked));
        }
      }
    }
  }
  faults.check();
}

namespace {

// The style guide with somebody's finger.
class Visit {
 public:
  explicit Visit(const std::string& page) : stage_(audit_panels().front(), loaded()), guide_(loaded(), drawings()) {
    stage_.ui().listen(&heard_);
    guide_.open_page(page);
    draw({});
  }
  void tap(const std::string& id) {
    const ui::Target* target = stage_.ui().find_target(id);
    INFO(id);
    REQUIRE(target != nullptr);
    const ui::Point at = target->rect.centre();
    draw({{.kind = ui::InputKind::kFingerDown, .finger = 1, .at = at}});
    draw({{.kind = ui::InputKind::kFingerUp, .finger = 1, .at = at}});
    draw({});
  }
  [[nodiscard]] bool shows(const std::string& words) const {
    return std::ranges::any_of(stage_.painted().texts,
                               [&](const ui::PaintedText& text) { return text.words == words; });
  }
  [[nodiscard]] bool hears(const std::string& target, const std::string& words) const {
    const auto item = std::ranges::find(heard_.items, target, &ui::SpokenItem::target);
    return item != heard_.items.end() && std::ranges::find(item->words, words) != item->words.end();
  }
  [[nodiscard]] std::string published(const std::string& key) {
    const auto found = stage_.ui().published().find(key);
    return found == stage_.ui().published().end() ? std::string() : found->second;
  }
  [[nodiscard]] bool reaches(const std::string& id) { return stage_.ui().find_target(id) != nullptr; }
  gallery::Gallery& guide() { return guide_; }

 private:
  void draw(const std::vector<ui::InputEvent>& events) {
    stage_.draw({.text_size = guide_.text_size(),
                 .contrast = guide_.contrast(),
                 .draw = [this](ui::Ui& ui) { static_cast<void>(guide_.draw(ui)); }},
                events);
  }

  AuditStage stage_;
  gallery::Gallery guide_;
  ui::Spoken heard_;
};

std::string id_words(const std::string& id) {
  return loaded().in("id")(id);
}

}  // namespace

TEST_CASE("The pages follow each other in a circle, and the list leads to each") {
  Visit visit("list");
  CHECK(visit.guide().screen_name() == "gallery.list");
  visit.tap("gallery.go.colours");
  const std::vector<std::string> pages = gallery::page_names();
  for (const std::string& page : pages) {
    CHECK(visit.guide().screen_name() == "gallery." + page);
    CHECK(visit.published("header.title") == id_words("gallery.page." + page));
    visit.tap("gallery.next");
  }
  CHECK(visit.guide().screen_name() == "gallery." + pages.front());
  visit.tap("gallery.previous");
  CHECK(visit.guide().screen_name() == "gallery." + pages.back());
  visit.tap("gallery.list");
  CHECK(visit.guide().screen_name() == "gallery.list");
}

TEST_CASE("Language, text size, contrast and motion are turned on the page, by the product's own tools") {
  Visit visit("keys");
  CHECK(visit.shows("biasa"));
  visit.tap("tool.language");
  visit.tap("tool.language");
  CHECK(visit.shows("normal"));
  CHECK(visit.guide().text_size() == ui::TextSize::kNormal);
  for (int i = 0; i < 3; ++i) visit.tap("tool.text_size");
  CHECK(visit.guide().text_size() == ui::TextSize::kLargest);
  visit.tap("tool.text_size");
  CHECK(visit.guide().text_size() == ui::TextSize::kNormal);
  visit.tap("tool.contrast");
  CHECK(visit.guide().contrast() == ui::Contrast::kHigh);
  visit.tap("tool.contrast");
  CHECK(visit.guide().contrast() == ui::Contrast::kLowGlare);
  CHECK_FALSE(visit.guide().reduce_motion());
  visit.tap("gallery.motion");
  CHECK(visit.guide().reduce_motion());
}

TEST_CASE("A specimen answers: a key says that it was pressed, a disabled one says why not") {
  Visit visit("keys");
  visit.tap("key.primary.normal");
  CHECK(visit.published("toast") == "Ditekan: " + id_words("nav.next"));
  visit.tap("key.primary.pressed");  // a pose is only how it looks
  CHECK(visit.published("toast") == "Ditekan: " + id_words("nav.next"));
  visit.tap("key.primary.disabled");
  CHECK(visit.published("toast") == id_words("gallery.why_disabled"));
}

TEST_CASE("A list scrolls and keeps what was chosen, a check is turned, a field takes letters") {
  Visit lists("lists");
  CHECK_FALSE(lists.reaches("list.month.12"));
  for (int i = 0; i < 4; ++i) lists.tap("months.down");
  REQUIRE(lists.reaches("list.month.12"));
  lists.tap("list.month.12");
  CHECK(lists.published("months.more") == "no");

  Visit checks("checks");
  CHECK(checks.hears("check.normal", id_words("speech.unchecked")));
  checks.tap("check.normal");
  CHECK(checks.hears("check.normal", id_words("speech.checked")));

  Visit keyboard("keyboard_text");
  for (const char* key : {"keyboard.a", "keyboard.i", "keyboard.r"}) keyboard.tap(key);
  CHECK(keyboard.published("field.text") == "Air");
  keyboard.tap("keyboard.backspace");
  CHECK(keyboard.published("field.text") == "Ai");
  keyboard.tap("gallery.next");
  keyboard.tap("gallery.previous");
  CHECK(keyboard.published("field.text").empty());  // what was tried is gone with the page
}

TEST_CASE("A dialog covers its page until it is answered; the tools stay alive") {
  for (const std::string& name : gallery::dialog_names()) {
    Visit visit("dialogs");
    visit.tap("open.confirm");
    visit.guide().open_dialog(name);
    visit.tap("tool.contrast");
    CHECK(visit.guide().contrast() == ui::Contrast::kHigh);
    CHECK_FALSE(visit.reaches("gallery.next"));
    CHECK_FALSE(visit.published("dialog").empty());
    visit.tap(name == "confirm" ? "dialog.yes" : "dialog.stay");
    CHECK(visit.published("dialog").empty());
    CHECK(visit.reaches("gallery.next"));
  }
}

TEST_CASE("A name that is no page opens the list") {
  Visit visit("keys");
  visit.guide().open_page("nothing");
  CHECK(visit.guide().screen_name() == "gallery.list");
  visit.guide().open_page("keys");
  visit.guide().open_dialog("nothing");
  CHECK(visit.guide().screen_name() == "gallery.keys");
}
