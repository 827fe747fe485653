// What frames a screen, what lies over it, and what it says while something is waited for or has failed.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "ui/gallery/specimens.h"
#include "ui/screens/resident/layout.h"

namespace mimika::gallery {
namespace {

using ui::Rect;
using ui::TextStyle;

constexpr std::array<std::string_view, 3> kDialogs = {"confirm", "countdown", "hiding"};

void show_header(Stand& stand, ui::Flow& flow, const ui::HeaderView& view) {
  ui::Ui& ui = stand.ui;
  const ui::HeaderView fitting = screens::fitted(ui, view, flow.width());
  const float height = ui.header_height(fitting, flow.width());
  Rect place = flow.next(height);
  ui.header(fitting, place);
  if (fitting.key && ui.header_key_pressed()) answer(stand, fitting.key->label);
}

void show_footer(Stand& stand, ui::Flow& flow, const ui::FooterView& view) {
  ui::Ui& ui = stand.ui;
  Rect place = flow.next(ui.footer_height(view, flow.width()));
  if (ui.footer(view, place)) answer(stand, stand.text("gallery.frame.footer"));
}

ui::StepsView steps_at(const Stand& stand, int current, int total) {
  return {.current = current,
          .total = total,
          .spoken = stand.text.format("speech.steps", {std::to_string(current), std::to_string(total)})};
}

ui::KeyView foot_key(const Stand& stand, const char* id, const char* label, const char* icon,
                     ui::KeyKind kind = ui::KeyKind::kSecondary) {
  ui::KeyView key{.id = std::string("foot.") + id, .label = stand.text(label), .icon = icon, .kind = kind};
  if (kind == ui::KeyKind::kPrimary) key.icon_side = ui::IconSide::kRight;
  return key;
}

ui::DialogView dialog_of(const Stand& stand, std::string_view name) {
  if (name == kDialogs[0]) {
    return {
        .id = "confirm",
        .title = stand.text("confirm.cancel.title"),
        .text = stand.text("confirm.cancel.text"),
        .icon = "help",
        .keys = {{.id = "dialog.no",
                  .label = stand.text("confirm.no"),
                  .kind = ui::KeyKind::kPrimary,
                  .answers_escape = true},
                 {.id = "dialog.yes", .label = stand.text("confirm.yes"), .icon = "x", .kind = ui::KeyKind::kDanger}}};
  }
  constexpr int kSecondsLeft = 14;
  return {.id = "warning",
          .title = stand.text("warning.title"),
          .text = stand.text("warning.text"),
          .note = stand.text("warning.sound"),
          .note_icon = "speaker",
          .seconds_left = kSecondsLeft,
          .seconds_word = stand.text("warning.seconds"),
          .keys = {{.id = "dialog.stay",
                    .label = stand.text("warning.stay"),
                    .kind = ui::KeyKind::kPrimary,
                    .answers_escape = true},
                   {.id = "dialog.finish", .label = stand.text("warning.finish")}},
          .hides_screen = name == kDialogs[2]};
}

}  // namespace

std::span<const std::string_view> dialogs() {
  return kDialogs;
}

void draw_frame_parts(Stand& stand, const Rect& area) {
  ui::Ui& ui = stand.ui;
  flow_page(stand, "frame", area, [&](ui::Flow& flow) {
    heading(stand, flow, "gallery.frame.header");
    show_header(stand, flow,
                {.title = stand.text("category.title"),
                 .subtitle = stand.text("category.subtitle"),
                 .steps = steps_at(stand, 2, 5)});
    show_header(stand, flow,
                {.title = stand.text("home.title"),
                 .kicker = stand.text.format("office.name", {stand.text("gallery.sample.district")}),
                 .key = ui::KeyView{.id = "head.finish", .label = stand.text("home.finish"), .icon = "door"}});
    show_header(stand, flow,
                {.title = stand.text("gallery.sample.water"),
                 .subtitle = stand.text("gallery.sample.place"),
                 .picture = "pictures/category-air",
                 .mark = ui::MarkKind::kYellow,
                 .mark_word = stand.text("mark.yellow")});
    heading(stand, flow, "gallery.frame.steps");
    for (const int current : {1, 3, 6}) {
      const Rect strip = flow.next_mm(17);
      ui.steps(steps_at(stand, current, 6), {strip.x, strip.y, std::min(strip.w, ui.px(90)), strip.h});
    }
    heading(stand, flow, "gallery.frame.footer");
    ui::FooterView journey;
    journey.back = foot_key(stand, "back", "nav.back", "back");
    journey.cancel = foot_key(stand, "cancel", "nav.cancel", "x", ui::KeyKind::kQuiet);
    journey.primary = foot_key(stand, "next", "nav.next", "next", ui::KeyKind::kPrimary);
    show_footer(stand, flow, journey);
    ui::FooterView missing;
    missing.back = foot_key(stand, "back.missing", "nav.back", "back");
    missing.hint = stand.text("review.empty");
    missing.primary = foot_key(stand, "next.missing", "nav.next", "next", ui::KeyKind::kPrimary);
    missing.primary->disabled_reason = stand.text("story.missing");
    show_footer(stand, flow, missing);
    heading(stand, flow, "gallery.frame.rail");
    const std::array<std::pair<const char*, ui::ServiceSign>, 3> signs = {{{"state.open", ui::ServiceSign::kOpen},
                                                                           {"state.paused", ui::ServiceSign::kPaused},
                                                                           {"state.closed", ui::ServiceSign::kClosed}}};
    std::vector<Specimen> keys;
    Rows rows{.most = 3};
    for (const auto& [id, sign] : signs) {
      const ui::KeyView key{.id = std::string("rail.") + id,
                            .label = stand.text(id),
                            .style = TextStyle::kBodyStrong,
                            .selected = stand.tried.sign == sign};
      rows.least_px = std::max(rows.least_px, ui.key_size(key).w);
      rows.height_px = std::max(rows.height_px, ui.key_size(key).h);
      keys.push_back({"", [&, key, sign](const Rect& place) {
                        if (!ui.key(key, place)) return;
                        stand.tried.sign = sign;
                        stand.tried.changed = true;
                      }});
    }
    lay_out(stand, flow, keys, rows);
  });
}

void draw_dialogs(Stand& stand, const Rect& area) {
  ui::Ui& ui = stand.ui;
  flow_page(stand, "dialogs", area, [&](ui::Flow& flow) {
    for (const std::string_view name : kDialogs) {
      const ui::DialogView dialog = dialog_of(stand, name);
      ui::LabelledRow row{.label = stand.text("gallery.dialogs." + std::string(name)), .value = dialog.title};
      row.icon = dialog.seconds_left ? "hourglass" : dialog.icon;
      row.ground = dialog.hides_screen ? ui.colours().sago : ui.colours().sky;
      row.key = ui::KeyView{.id = "open." + std::string(name),
                            .label = stand.text("gallery.dialogs.open"),
                            .style = TextStyle::kBodyStrong};
      const float pad = ui.px(4.4F);
      const Rect card = flow.next(ui.labelled_row_height(row, flow.width() - 2 * pad) + 2 * pad);
      if (ui.labelled_row(row, ui.card(card))) {
        stand.tried.dialog = name;
        stand.tried.changed = true;
      }
    }
  });
}

void draw_open_dialog(Stand& stand) {
  if (!stand.ui.dialog(dialog_of(stand, stand.tried.dialog))) return;
  stand.tried.dialog.clear();
  stand.tried.changed = true;
}

void draw_messages(Stand& stand, const Rect& area) {
  ui::Ui& ui = stand.ui;
  constexpr float kLaneMm = 80.0F;
  constexpr float kShare = 0.4F;
  flow_page(stand, "messages", area, [&](ui::Flow& flow) {
    heading(stand, flow, "gallery.messages.toast");
    const ui::KeyView toast{.id = "message.toast", .label = stand.text("gallery.messages.show"), .icon = "msg"};
    const ui::Size size = ui.key_size(toast, flow.width());
    const Rect strip = flow.next(size.h);
    if (ui.key(toast, {strip.x, strip.y, size.w, size.h})) ui.toast(stand.text("story.missing"));
    heading(stand, flow, "gallery.messages.error");
    const ui::ErrorView error{
        .title = stand.text("save_failed.title"), .text = stand.text("error.storage_full.saving"), .icon = "disk"};
    ui.error_panel(error, flow.next(ui.error_panel_height(error, flow.width())));
    heading(stand, flow, "gallery.messages.progress");
    const std::string copying = stand.text("gallery.messages.copying");
    const std::string saving = stand.text("saving.words");
    const float lane = ui.px(kLaneMm);
    const std::vector<Specimen> bars = {
        {stand.text("gallery.messages.share"), [&](const Rect& place) { ui.progress(kShare, copying, place); }},
        {stand.text("gallery.messages.no_share"), [&](const Rect& place) { ui.progress({}, saving, place); }}};
    const float words =
        std::max(ui.text_height(copying, TextStyle::kKey, lane), ui.text_height(saving, TextStyle::kKey, lane));
    lay_out(stand, flow, bars, {.least_px = lane, .height_px = words + ui.px(13), .most = 2});
    heading(stand, flow, "gallery.messages.note");
    const std::string note = stand.text("voice.tip.near");
    screens::draw_note(ui, note, "mic", ui.colours().sago, flow.next(screens::note_height(ui, note, flow.width())));
    heading(stand, flow, "gallery.messages.empty");
    const screens::CardView empty{
        .icon = "screen", .title = stand.text("announcements.empty"), .text = stand.text("announcements.empty.detail")};
    screens::draw_card(ui, empty, ui.colours().sky, flow.next(screens::card_height(ui, empty, flow.width())));
  });
}

}  // namespace mimika::gallery
