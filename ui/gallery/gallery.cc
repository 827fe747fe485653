#include "ui/gallery/gallery.h"

#include <algorithm>
#include <array>
#include <utility>

#include "ui/gallery/specimens.h"
#include "ui/screens/languages.h"
#include "ui/screens/resident/layout.h"
#include "ui/screens/screens.h"

namespace mimika::gallery {
namespace {

using ui::Rect;

constexpr std::array kPages = {
    Page{"colours", "drop", draw_colours},
    Page{"type", "text", draw_type},
    Page{"space", "rings", draw_space},
    Page{"grounds", "sun", draw_grounds},
    Page{"keys", "hand", draw_keys},
    Page{"key_shapes", "next", draw_key_shapes},
    Page{"tiles", "screen", draw_tiles},
    Page{"choices", "list", draw_choices},
    Page{"checks", "check", draw_checks},
    Page{"lists", "down", draw_lists},
    Page{"fields", "pen", draw_fields},
    Page{"keyboard_text", "keyb", draw_keyboard_text},
    Page{"keyboard_digits", "keypad", draw_keyboard_digits},
    Page{"keyboard_phone", "phone", draw_keyboard_phone},
    Page{"keyboard_code", "badge", draw_keyboard_code},
    Page{"frame", "home", draw_frame_parts},
    Page{"desk", "inbox", draw_desk},
    Page{"dialogs", "msg", draw_dialogs},
    Page{"messages", "help", draw_messages},
    Page{"marks", "flag", draw_marks},
    Page{"paths", "sync", draw_paths},
    Page{"receipt", "paper", draw_receipt_parts},
    Page{"icons", "star", draw_icons},
    Page{"pictures", "eye", draw_pictures},
};
constexpr std::string_view kListId = "gallery.pages";
// A clock that never moves: the same frame at any time.
constexpr const char* kClockHours = "09";
constexpr const char* kClockMinutes = "24";

std::string title_of(const Page& page, const Text& text) {
  return text(std::string("gallery.page.") + page.name);
}

}  // namespace

std::vector<std::string> page_names() {
  std::vector<std::string> names;
  names.reserve(kPages.size());
  for (const Page& page : kPages) names.emplace_back(page.name);
  return names;
}

std::vector<std::string> dialog_names() {
  return {dialogs().begin(), dialogs().end()};
}

struct Gallery::State {
  explicit State(const Texts& all) : texts(all), languages(screens::offered_languages(all)) {}

  const Texts& texts;
  std::vector<OfferedLanguage> languages;
  std::vector<std::string> drawings = {};
  Preferences preferences = {};
  bool reduce_motion = false;            // as the product has it
  std::optional<std::size_t> page = {};  // empty: the list of pages
  Tried tried = {};

  [[nodiscard]] const Text& text() const { return texts.in(language_code(preferences.language)); }

  void go_to(std::optional<std::size_t> where) {
    page = where;
    tried = {.sign = tried.sign};
    tried.changed = true;
  }

  void next_language() {
    const auto now = std::ranges::find(languages, preferences.language, &OfferedLanguage::language);
    const bool last = now == languages.end() || std::next(now) == languages.end();
    preferences.language = last ? languages.front().language : std::next(now)->language;
  }

  void use_tool(ui::Tool tool, ui::Ui& ui) {
    switch (tool) {
      case ui::Tool::kLanguage:
        next_language();
        break;
      case ui::Tool::kTextSize:
        preferences.text_size = static_cast<TextSize>((static_cast<int>(preferences.text_size) + 1) % kTextSizes);
        break;
      case ui::Tool::kContrast:
        preferences.contrast = static_cast<Contrast>((static_cast<int>(preferences.contrast) + 1) % kContrasts);
        break;
      case ui::Tool::kListen:
      case ui::Tool::kHelp:
        ui.toast(text()("gallery.only_shown"));
        break;
    }
    tried.changed = true;
  }

  void draw_rail(ui::Ui& ui) {
    const Text& words = text();
    ui::RailView rail{.clock = words.format("date.clock", {kClockHours, kClockMinutes}),
                      .state = words(tried.sign == ui::ServiceSign::kOpen     ? "state.open"
                                     : tried.sign == ui::ServiceSign::kPaused ? "state.paused"
                                                                              : "state.closed"),
                      .sign = tried.sign,
                      .labels = screens::widget_words(words).tools};
    rail.selected[static_cast<std::size_t>(ui::Tool::kTextSize)] = preferences.text_size != TextSize::kStandard;
    rail.selected[static_cast<std::size_t>(ui::Tool::kContrast)] = preferences.contrast != Contrast::kStandard;
    if (const auto tool = ui.rail(rail)) use_tool(*tool, ui);
  }

  [[nodiscard]] ui::HeaderView header(const std::string& title, const ui::Ui& ui, float width) const {
    ui::HeaderView view{.title = title};
    view.key = ui::KeyView{.id = "gallery.motion",
                           .label = text()(reduce_motion ? "gallery.motion.reduced" : "gallery.motion.full"),
                           .icon = reduce_motion ? "pause" : "play",
                           .style = ui::TextStyle::kBodyStrong,
                           .selected = reduce_motion};
    return screens::fitted(ui, view, width);
  }

  void draw_list(ui::Ui& ui, Rect area) {
    ui.header(header(text()("gallery.title"), ui, area.w), area);
    turn_motion(ui);
    std::vector<ui::TileView> tiles;
    for (const Page& page_of : kPages) {
      ui::TileView tile{.id = std::string("gallery.go.") + page_of.name,
                        .label = title_of(page_of, text()),
                        .picture = std::string("icons/") + page_of.icon,
                        .icon = page_of.icon};
      tile.shape = ui::TileShape::kRow;
      tile.style = ui::TextStyle::kBodyStrong;
      tiles.push_back(std::move(tile));
    }
    constexpr float kRowTileMm = 64.0F;
    const ui::GridLook look =
        screens::fitted(ui, tiles, {.most_columns = 3, .least_tile_mm = kRowTileMm, .picture_mm = 0}, area);
    if (const auto chosen = ui.tile_grid(kListId, tiles, look, area)) go_to(chosen);
  }

  // header_key_pressed() is of the last header; a page may draw others.
  void turn_motion(const ui::Ui& ui) {
    if (!ui.header_key_pressed()) return;
    reduce_motion = !reduce_motion;
    tried.changed = true;
  }

  void draw_footer(ui::Ui& ui, Rect& area) {
    ui::FooterView foot;
    foot.back = ui::KeyView{
        .id = "gallery.list", .label = text()("gallery.list"), .icon = "list", .answers_escape = tried.dialog.empty()};
    foot.hint = text().format("gallery.page_of", {std::to_string(*page + 1), std::to_string(kPages.size())});
    foot.secondary = ui::KeyView{.id = "gallery.previous", .label = text()("gallery.previous"), .icon = "back"};
    foot.secondary->icon_only = true;
    foot.primary = ui::KeyView{.id = "gallery.next",
                               .label = text()("nav.next"),
                               .icon = "next",
                               .kind = ui::KeyKind::kPrimary,
                               .icon_side = ui::IconSide::kRight};
    // The number stands beside the keys or nowhere.
    float room = area.w - 5 * ui.gap() - ui.measure(foot.hint, ui::TextStyle::kBody).w;
    for (const auto& key : {foot.back, foot.secondary, foot.primary}) room -= ui.key_size(*key).w;
    if (room < 0) foot.hint.clear();
    const auto pressed = ui.footer(foot, area);
    if (!pressed) return;
    const std::size_t count = kPages.size();
    if (*pressed == ui::FooterKey::kBack) go_to(std::nullopt);
    if (*pressed == ui::FooterKey::kSecondary) go_to((*page + count - 1) % count);
    if (*pressed == ui::FooterKey::kPrimary) go_to((*page + 1) % count);
  }

  void draw_page(ui::Ui& ui, Rect area) {
    const std::size_t shown = *page;
    const Page& now = kPages.at(shown);
    Stand stand{.ui = ui, .text = text(), .tried = tried, .drawings = drawings};
    const std::string title = title_of(now, text());
    const ui::HeaderView top = header(title, ui, area.w);
    draw_footer(ui, area);
    // A low panel keeps its height for the keyboard; the page's field bears the title then.
    const bool keyboard = std::string_view(now.name).starts_with("keyboard_");
    if (!keyboard || area.h - ui.header_height(top, area.w) >= keyboard_page_px(ui)) {
      ui.header(top, area);
      turn_motion(ui);
    }
    now.draw(stand, area);
    ui.publish("header.title", title);
    if (!tried.dialog.empty() && page == shown) draw_open_dialog(stand);
  }

  static float keyboard_page_px(const ui::Ui& ui) {
    constexpr float kFieldMm = 30.0F;  // with its label
    return ui.keyboard_least_height(ui::KeyboardKind::kText) + ui.px(kFieldMm);
  }
};

Gallery::Gallery(const Texts& texts, std::vector<std::string> drawings) : state_(std::make_unique<State>(texts)) {
  state_->drawings = std::move(drawings);
}
Gallery::~Gallery() = default;

ui::TextSize Gallery::text_size() const {
  return screens::text_size_of(state_->preferences);
}
ui::Contrast Gallery::contrast() const {
  return screens::contrast_of(state_->preferences);
}
bool Gallery::reduce_motion() const {
  return state_->reduce_motion;
}
void Gallery::set_preferences(const Preferences& preferences) {
  state_->preferences = preferences;
}

void Gallery::open_page(std::string_view name) {
  const auto found = std::ranges::find(kPages, name, [](const Page& page) { return std::string_view(page.name); });
  state_->go_to(found == kPages.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - kPages.begin())));
}

void Gallery::open_dialog(std::string_view name) {
  if (std::ranges::find(dialogs(), name) != dialogs().end()) state_->tried.dialog = name;
}

std::string Gallery::screen_name() const {
  return std::string("gallery.") + (state_->page ? kPages.at(*state_->page).name : "list");
}

bool Gallery::draw(ui::Ui& ui) {
  State& s = *state_;
  s.tried.changed = false;
  ui.set_words(screens::widget_words(s.text()));
  ui.publish("screen", screen_name());
  ui.background();
  if (s.page) {
    s.draw_page(ui, ui.content());
  } else {
    s.draw_list(ui, ui.content());
  }
  s.draw_rail(ui);
  return s.tried.changed;
}

}  // namespace mimika::gallery
