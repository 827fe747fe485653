#include "ui/screens/resident/voice.h"

#include <algorithm>
#include <array>

#include "kiosk/base/limits.h"
#include "ui/screens/resident/layout.h"

namespace mimika::screens {
namespace {

constexpr std::int64_t kSecondMs = 1000;
constexpr float kPictureRatio = 0.66F;  // its height to its width
constexpr float kPictureShare = 0.45F;  // of the card
constexpr float kBarsMm = 22;           // the highest that the level bars stand
constexpr float kLeastBarsMm = 6;       // below that they say nothing
constexpr float kMainKeyMm = 20;        // at least
constexpr float kMostMainKeyMm = 26;
constexpr float kTipsShare = 0.32F;  // of the width, beside the card
constexpr float kLeastTipsMm = 58;
constexpr float kDotMm = 4.5F;
constexpr std::array<const char*, 3> kTipIcons = {"person", "pin", "lock"};

const char* trouble_id(VoiceTrouble trouble) {
  switch (trouble) {
    case VoiceTrouble::kNoMicrophone:
      return "voice.trouble.none";
    case VoiceTrouble::kBusy:
      return "voice.trouble.busy";
    case VoiceTrouble::kTooShort:
      return "voice.trouble.short";
    case VoiceTrouble::kInternal:
      break;
  }
  return "voice.trouble.internal";
}

void fill_recording(VoiceView& view, const Recording& recording, const Text& text) {
  view.recording = true;
  const bool starting = recording.step == VoiceStep::kStarting;
  view.state = text(starting ? "voice.starting" : "voice.recording");
  const std::int64_t left_s = (limits::kVoiceMs - recording.recorded_ms + kSecondMs - 1) / kSecondMs;
  view.left = text.format("voice.left", {std::to_string(std::max<std::int64_t>(left_s, 0))});
  view.of_all = text("voice.of_a_minute");
  if (recording.silent) view.trouble = text("voice.silent");
  view.main = ui::KeyView{.id = "voice.stop", .label = text("voice.stop"), .icon = "stop", .kind = ui::KeyKind::kVoice};
}

void fill_ready(VoiceView& view, const Recording& recording, const Text& text) {
  view.ready = true;
  view.state = text(recording.cut ? "voice.cut" : "voice.ready");
  view.main = ui::KeyView{.id = "voice.play",
                          .label = text(recording.playing ? "voice.play.stop" : "voice.play"),
                          .icon = recording.playing ? "stop" : "play",
                          .kind = ui::KeyKind::kPhoto};
  view.main_does = action::PlayVoice{};
  if (recording.unheard) view.trouble = text("voice.unheard");
  view.discard = ui::KeyView{.id = "voice.discard", .label = text("voice.discard"), .icon = "x"};
}

void fill_failed(VoiceView& view, const Recording& recording, const Text& text) {
  view.state = text("voice.failed");
  view.trouble = text(trouble_id(recording.trouble.value_or(VoiceTrouble::kInternal)));
  view.main =
      ui::KeyView{.id = "voice.again", .label = text("voice.again"), .icon = "redo", .kind = ui::KeyKind::kVoice};
  view.main_does = action::AgainVoice{};
}

}  // namespace

std::string minutes_and_seconds(std::int64_t ms) {
  const std::int64_t seconds = ms / kSecondMs;
  const std::string rest = std::to_string(seconds % 60);
  return std::to_string(seconds / 60) + (rest.size() < 2 ? ".0" : ".") + rest;
}

VoiceView make_voice_view(const Session& session, const SessionContext& context, const Text& text) {
  VoiceView view;
  const Recording& recording = session.personal.recording;
  const bool ready = recording.step == VoiceStep::kReady;
  view.header = {.title = text(ready ? "voice.title.ready" : "voice.title"),
                 .subtitle = text("voice.subtitle"),
                 .steps = steps_of(session, context, text)};
  view.time = minutes_and_seconds(recording.playing ? recording.position_ms : recording.recorded_ms);
  const std::int64_t bar_ms = limits::kVoiceMs / static_cast<std::int64_t>(kVoiceLevels);
  const auto bars = std::min<std::size_t>(static_cast<std::size_t>(recording.recorded_ms / bar_ms) + 1, kVoiceLevels);
  view.levels.assign(recording.levels.begin(), recording.levels.begin() + static_cast<std::ptrdiff_t>(bars));
  switch (recording.step) {
    case VoiceStep::kNone:
    case VoiceStep::kStarting:
    case VoiceStep::kRecording:
    case VoiceStep::kStopping:
      fill_recording(view, recording, text);
      break;
    case VoiceStep::kReady:
      fill_ready(view, recording, text);
      break;
    case VoiceStep::kFailed:
      fill_failed(view, recording, text);
      break;
  }
  view.tips = {text("voice.tip.near"), text("voice.tip.where"), text("voice.tip.locked")};
  view.foot.view.back = back_key(text);
  if (journey_has_input(session)) view.foot.view.cancel = cancel_key(text);
  if (ready) {
    view.foot.view.secondary = ui::KeyView{.id = "voice.again", .label = text("voice.again"), .icon = "redo"};
    view.foot.secondary = action::AgainVoice{};
  }
  view.foot.view.primary = next_key(text, ready ? std::string() : text("voice.missing"));
  return view;
}

namespace {

// As many tips as have room below the picture; they help, and nobody needs them.
void draw_tips(const VoiceView& view, ui::Ui& ui, const ui::Rect& place) {
  ui::Rect inside = ui.card(place);
  if (!ui.colours().high()) {
    const ui::Rect top{place.x, place.y, place.w, std::min(place.w * kPictureRatio, place.h * kPictureShare)};
    ui.picture("pictures/voice", top, ui::Fit::kSlice, ui.px(ui::mm::kTileRadius), ui::kTopLeft | ui::kTopRight);
    inside = {inside.x, top.bottom() + ui.px(3), inside.w, inside.bottom() - top.bottom() - ui.px(3)};
  }
  const float sign = ui.px(8);
  const float gap = ui.px(3);
  for (std::size_t i = 0; i < view.tips.size(); ++i) {
    const float height = std::max(sign, ui.text_height(view.tips[i], ui::TextStyle::kBody, inside.w - sign - gap));
    if (height > inside.h) return;
    ui::Rect row = inside.cut_top(height, gap);
    const ui::Rect mark = row.cut_left(sign, gap);
    ui.icon(kTipIcons.at(i % kTipIcons.size()), {mark.x, mark.y, sign, sign});
    ui.text(view.tips[i], row);
  }
}

void draw_state(const VoiceView& view, ui::Ui& ui, ui::Rect& inside) {
  const ui::TextStyle style = ui::TextStyle::kKey;
  const float dot = ui.px(kDotMm);
  const float left = view.left.empty() ? 0 : ui.measure(view.left, ui::TextStyle::kBodyStrong).w;
  const float lead = view.recording ? dot + ui.px(3) : 0;
  const bool beside = ui.measure(view.state, style).w + lead + left + ui.px(4) <= inside.w;
  const float height = ui.text_height(view.state, style, inside.w - lead - (beside ? left + ui.px(4) : 0));
  ui::Rect row = inside.cut_top(height, ui.px(2));
  if (view.recording) {
    const ui::Rect spot = row.cut_left(dot, ui.px(3));
    const float middle = spot.y + ui.line_height(style) / 2;
    ui.round({spot.x, middle - dot / 2, dot, dot}, dot / 2,
             ui.colours().high() ? ui.colours().ochre : ui.colours().ember);
  }
  if (beside && left > 0) {
    const ui::Rect at = row.cut_right(left, ui.px(4));
    ui.text(view.left, at, {.style = ui::TextStyle::kBodyStrong, .valign = ui::VAlign::kMiddle});
  }
  ui.text(view.state, row, {.style = style});
  if (!beside && left > 0) {
    const float line = ui.text_height(view.left, ui::TextStyle::kBodyStrong, inside.w);
    ui.text(view.left, inside.cut_top(line, ui.px(2)), {.style = ui::TextStyle::kBodyStrong});
  }
}

void draw_time(const VoiceView& view, ui::Ui& ui, ui::Rect& inside) {
  const float height = ui.line_height(ui::TextStyle::kNumber);
  ui::Rect row = inside.cut_top(height, ui.px(2));
  const ui::Rect number = row.cut_left(ui.measure(view.time, ui::TextStyle::kNumber).w, ui.px(4));
  ui.text(view.time, number, {.style = ui::TextStyle::kNumber});
  if (view.of_all.empty() || ui.measure(view.of_all, ui::TextStyle::kBody).w > row.w) return;
  ui.text(view.of_all, row, {.style = ui::TextStyle::kBody, .valign = ui::VAlign::kMiddle});
}

std::optional<Action> draw_keys(const VoiceView& view, ui::Ui& ui, ui::Rect& inside) {
  std::optional<Action> action;
  ui::KeyView main = *view.main;
  const float height = std::clamp(inside.h * 0.3F, ui.px(kMainKeyMm), ui.px(kMostMainKeyMm));
  ui::Rect row = inside.cut_bottom(std::max(height, ui.key_size(main, inside.w).h), ui.px(3));
  if (view.discard) {
    ui::KeyView discard = *view.discard;
    const float needed = ui.key_size(main, 0).w + ui.key_size(discard, 0).w + ui.key_gap();
    discard.icon_only = needed > row.w;
    const ui::Rect place = row.cut_right(ui.key_size(discard, 0).w, ui.key_gap());
    if (ui.key(discard, place)) action = action::DiscardVoice{};
  }
  if (ui.key(main, row)) action = view.main_does;
  return action;
}

}  // namespace

std::optional<Action> draw_voice(const VoiceView& view, ui::Ui& ui) {
  ui.background();
  ui::Rect area = ui.content();
  ui.header(fitted(ui, view.header, area.w), area);
  std::optional<Action> action = draw_foot(view.foot, ui, area);
  if (ui.landscape() && area.w * kTipsShare >= ui.px(kLeastTipsMm) &&
      ui.metrics().text_size() == ui::TextSize::kNormal) {
    draw_tips(view, ui, area.cut_right(area.w * kTipsShare, ui.gap()));
  }
  ui::Rect inside = ui.card(area);
  if (view.main) {
    if (auto pressed = draw_keys(view, ui, inside)) action = std::move(pressed);
  }
  // On a low panel what is wrong takes the place of what is going on.
  const float height = view.trouble.empty() ? 0 : note_height(ui, view.trouble, inside.w);
  if (height + ui.line_height(ui::TextStyle::kKey) + ui.px(2) <= inside.h) draw_state(view, ui, inside);
  ui.publish("voice.state", view.state);
  if (!view.trouble.empty()) {
    draw_note(ui, view.trouble, "mic", ui.colours().sago, inside.cut_top(height, ui.px(2)));
    ui.publish("voice.trouble", view.trouble);
  }
  if (!view.recording && !view.ready) return action;
  if (inside.h >= ui.line_height(ui::TextStyle::kNumber)) draw_time(view, ui, inside);
  const float bars = std::min(inside.h, ui.px(kBarsMm));
  if (bars >= ui.px(kLeastBarsMm)) {
    ui.level_bars(view.levels, kVoiceLevels, {inside.x, inside.centre().y - bars / 2, inside.w, bars});
  }
  return action;
}

}  // namespace mimika::screens
