// What the counter's pages share: the rail with what an officer works at, the row of keys above a page, notes, lists.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kiosk/staff/staff_apply.h"
#include "ui/text/text.h"
#include "ui/widgets/ui.h"

namespace mimika::screens {

struct DeskKey {
  ui::KeyView view;
  staff::Action does;
};

// A key in the type of staff screens.
[[nodiscard]] ui::KeyView desk_key(std::string id, std::string label, std::string icon,
                                   ui::KeyKind kind = ui::KeyKind::kSecondary);
[[nodiscard]] DeskKey desk_back(const Text& text);

enum class NoteTone : std::uint8_t { kPlain, kDone, kTrouble };
struct DeskNote {
  std::string words;  // empty: nothing is to be said
  NoteTone tone = NoteTone::kPlain;
};

// What went wrong, or is saved, or is being waited for.
[[nodiscard]] DeskNote note_of(const staff::Session& session, const staff::Context& context, const Text& text);

struct DeskView {
  std::string office;
  struct Entry {
    ui::RailEntryView view;
    staff::Action does;
  };
  std::vector<Entry> entries;
  Entry out;
  std::string clock;   // empty: it cannot be believed
  std::string unsent;  // what waits for the centre; empty: nothing, or nothing is known
  std::string narrow;  // that staff may do less now
};
[[nodiscard]] DeskView make_desk_view(const staff::Session& session, const staff::Context& context, const Text& text);

// Ground and rail; leaves the page's place in `area`.
[[nodiscard]] std::optional<staff::Action> draw_desk(const DeskView& view, ui::Ui& ui, ui::Rect& area);
// Ground alone, for a page that takes the whole screen.
[[nodiscard]] ui::Rect draw_desk_ground(ui::Ui& ui);

// Title, and keys at both sides of it; what has no room beside the title stands in a row below.
struct DeskHead {
  std::string title;
  std::string detail = {};
  std::optional<DeskKey> back = {};
  std::vector<DeskKey> keys = {};
  std::optional<ui::Sign> sign = {};
  std::string sign_word = {};
  std::string clock = {};
  std::string chip = {};
  // Above a keyboard the way back stands beside the way on: the arrow keys would reach its letters before the other end
  // of the row.
  bool together = false;
};
[[nodiscard]] std::optional<staff::Action> draw_desk_head(const DeskHead& head, ui::Ui& ui, ui::Rect& area);

void draw_desk_note(const DeskNote& note, ui::Ui& ui, ui::Rect& area);
[[nodiscard]] float desk_note_height(const DeskNote& note, const ui::Ui& ui, float width_px);

// Keys side by side, as many rows as they need; equal widths when `across` is given.
[[nodiscard]] std::optional<staff::Action> draw_desk_keys(const std::vector<DeskKey>& keys, ui::Ui& ui, ui::Rect& area);
[[nodiscard]] float desk_keys_height(const std::vector<DeskKey>& keys, const ui::Ui& ui, float width_px);
[[nodiscard]] std::optional<staff::Action> draw_desk_grid(const std::vector<DeskKey>& keys, int across, ui::Ui& ui,
                                                          ui::Rect area);
[[nodiscard]] float desk_grid_height(const std::vector<DeskKey>& keys, int across, const ui::Ui& ui, float width_px);

struct DeskTab {
  ui::TabView view;
  staff::Action does;
};
// `beside`: what the last row leaves free.
[[nodiscard]] std::optional<staff::Action> draw_desk_tabs(const std::vector<DeskTab>& tabs, ui::Ui& ui, ui::Rect& area,
                                                          ui::Rect* beside = nullptr);

// Accounts, agencies, villages: rows in as many columns as their words allow, in a region that may be longer.
struct DeskRow {
  ui::ListRowView view;
  staff::Action does;
};
struct RowLook {
  float least_mm = 60;  // of a row's width; letters that are larger ask for more
  float height_mm = 0;  // at least
  int most = 4;         // side by side
};
[[nodiscard]] std::optional<staff::Action> flow_desk_rows(const std::vector<DeskRow>& rows, const RowLook& look,
                                                          ui::Ui& ui, ui::Flow& flow);

[[nodiscard]] float desk_margin(const ui::Ui& ui);
// How much larger than usual the letters are.
[[nodiscard]] float letter_growth(const ui::Ui& ui);

}  // namespace mimika::screens
