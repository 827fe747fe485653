#include "ui/screens/resident/speech.h"

#include <algorithm>

#include "ui/screens/resident/layout.h"

namespace mimika::screens {
namespace {

using ui::Rect;
using ui::TextStyle;

constexpr float kKnobPadMm = 4.4F;
constexpr float kBarMm = 5.0F;
constexpr float kKnobKeyPadMm = 5.6F;  // beside the word of a key

ui::KeyView knob_key(const char* id, const char* words, const char* icon, bool at_end, const char* why,
                     const Text& text) {
  return {.id = id, .label = text(words), .icon = icon, .disabled_reason = at_end ? text(why) : std::string()};
}

// Large letters leave no room for words on the keys, and little height: then the signs alone stand beside the words, at
// their top, where the arrow keys find them without scrolling first. Their names are spoken all the same.
bool as_stepper(const SpeechView& view, const ui::Ui& ui, float width) {
  if (ui.metrics().text_size() != ui::TextSize::kNormal) return true;
  const float room = (width - 2 * ui.px(kKnobPadMm) - ui.gap()) / 2 - 2 * ui.px(kKnobKeyPadMm);
  return std::ranges::any_of(view.knobs, [&](const SpeechView::Knob& knob) {
    return std::ranges::any_of(knob.keys,
                               [&](const ui::KeyView& key) { return ui.measure(key.label, key.style).w > room; });
  });
}

float knob_words_width(const ui::Ui& ui, float width, bool stepper) {
  const float inner = width - 2 * ui.px(kKnobPadMm);
  return stepper ? inner - 2 * (ui.px(ui::mm::kTarget) + ui.gap()) : inner;
}

float knob_words_height(const SpeechView::Knob& knob, const ui::Ui& ui, float width, bool stepper) {
  const float words = knob_words_width(ui, width, stepper);
  return ui.text_height(knob.title, TextStyle::kKey, words) + ui.text_height(knob.value, TextStyle::kBody, words) +
         ui.px(2) + ui.px(kBarMm);
}

float knob_keys_height(const SpeechView::Knob& knob, const ui::Ui& ui, bool stepper) {
  if (stepper) return ui.px(ui::mm::kTarget);
  float height = 0;
  for (const ui::KeyView& key : knob.keys) height = std::max(height, ui.key_size(key).h);
  return height;
}

float knob_height(const SpeechView::Knob& knob, const ui::Ui& ui, float width, bool stepper) {
  const float words = knob_words_height(knob, ui, width, stepper);
  const float keys = knob_keys_height(knob, ui, stepper) + ui.px(ui::mm::kKeyEdge);
  return 2 * ui.px(kKnobPadMm) + (stepper ? std::max(words, keys) : words + ui.px(4) + keys);
}

// As many bars as there are steps, filled up to this one; the words above say the same.
void draw_bars(const SpeechView::Knob& knob, ui::Ui& ui, const Rect& place) {
  const std::vector<Rect> bars = ui::columns(place, static_cast<int>(knob.steps), ui.px(1.5F));
  const float line = std::max(1.0F, ui.px(0.5F));
  for (std::size_t i = 0; i < bars.size(); ++i) {
    ui.round(bars[i], ui.px(1.5F), ui.colours().ink);
    if (i > knob.step) ui.round(bars[i].inset(line), ui.px(1.2F), ui.colours().surface);
  }
}

std::optional<Action> draw_knob(const SpeechView::Knob& knob, ui::Ui& ui, const Rect& place, bool stepper) {
  ui.card(place);
  Rect inner = place.inset(ui.px(kKnobPadMm));
  const float keys = knob_keys_height(knob, ui, stepper);
  std::vector<Rect> places;
  if (stepper) {
    const float side = ui.px(ui::mm::kTarget);
    const Rect left = inner.cut_left(side, ui.gap());
    const Rect right = inner.cut_right(side, ui.gap());
    places = {{left.x, left.y, side, keys}, {right.x, right.y, side, keys}};
  }
  ui.text(knob.title, inner.cut_top(ui.text_height(knob.title, TextStyle::kKey, inner.w)), {.style = TextStyle::kKey});
  ui.text(knob.value, inner.cut_top(ui.text_height(knob.value, TextStyle::kBody, inner.w), ui.px(2)),
          {.hearing = ui::Hearing::kNews});
  draw_bars(knob, ui, inner.cut_top(ui.px(kBarMm), ui.px(4)));
  if (!stepper) places = ui::columns({inner.x, inner.y, inner.w, keys}, 2, ui.gap());
  std::optional<Action> action;
  for (std::size_t i = 0; i < knob.keys.size(); ++i) {
    ui::KeyView key = knob.keys.at(i);
    key.icon_only = stepper;
    if (ui.key(key, places[i])) action = action::TurnKnob{knob.turns.at(i)};
  }
  return action;
}

}  // namespace

SpeechView make_speech_view(const Session& session, const SessionContext& context, const Text& text) {
  const Preferences& wishes = session.preferences;
  SpeechView view;
  view.header = {.title = text("speech.title"), .subtitle = text("speech.subtitle"), .icon = "speaker"};
  if (context.sound.missing) {
    view.missing = true;
    view.header.title = text("speech.missing");
    view.header.subtitle = text("speech.missing.detail");
  }
  const auto step_words = [&](std::size_t step, std::size_t steps) {
    return text.format("speech.step", {std::to_string(step + 1), std::to_string(steps)});
  };
  const std::size_t rates = kSpeechRates.size();
  const std::size_t volumes = kVolumes.size();
  view.knobs[0] = {
      .title = text("speech.rate"),
      .value = step_words(wishes.speech_rate, rates),
      .step = wishes.speech_rate,
      .steps = rates,
      .keys = {knob_key("speech.slower", "speech.slower", "down", wishes.speech_rate == 0, "speech.slowest", text),
               knob_key("speech.faster", "speech.faster", "up", wishes.speech_rate + 1 == rates, "speech.fastest",
                        text)},
      .turns = {action::SpeechKnob::kSlower, action::SpeechKnob::kFaster}};
  view.knobs[1] = {
      .title = text("speech.volume"),
      .value = step_words(wishes.volume, volumes),
      .step = wishes.volume,
      .steps = volumes,
      .keys = {knob_key("speech.quieter", "speech.quieter", "down", wishes.volume == 0, "speech.quietest", text),
               knob_key("speech.louder", "speech.louder", "up", wishes.volume + 1 == volumes, "speech.loudest", text)},
      .turns = {action::SpeechKnob::kQuieter, action::SpeechKnob::kLouder}};
  view.foot.view.back =
      ui::KeyView{.id = "speech.close", .label = text("speech.close"), .icon = "back", .answers_escape = true};
  view.foot.view.secondary = ui::KeyView{.id = "speech.stop", .label = text("speech.stop"), .icon = "x"};
  view.foot.secondary = action::StopListening{};
  view.foot.view.primary =
      ui::KeyView{.id = "speech.again", .label = text("speech.again"), .icon = "redo", .kind = ui::KeyKind::kPrimary};
  view.foot.primary = action::ReadAgain{};
  return view;
}

std::optional<Action> draw_speech(const SpeechView& view, ui::Ui& ui) {
  ui.background();
  Rect area = ui.content();
  ui::HeaderView header = view.header;
  if (ui.metrics().text_size() != ui::TextSize::kNormal) {
    // Large letters need the height for the keys, which the arrow keys must find without scrolling first.
    header.style = TextStyle::kKey;
    header.icon.clear();
    if (!view.missing) header.subtitle.clear();
  }
  ui.header(fitted(ui, header, area.w), area);
  std::optional<Action> action = draw_foot(view.foot, ui, area);
  if (action && std::holds_alternative<action::Back>(*action)) action = action::CloseDialog{};
  ui.scroll("speech", area, [&](ui::Flow& flow) {
    // Side by side while each has room for two keys with their words.
    const float half = (flow.width() - ui.gap()) / 2;
    const bool stepper = as_stepper(view, ui, half);
    const int across = stepper ? 1 : 2;
    const float width = stepper ? flow.width() : half;
    float height = 0;
    for (const SpeechView::Knob& knob : view.knobs) height = std::max(height, knob_height(knob, ui, width, stepper));
    std::vector<Rect> places;
    if (across == 2) {
      places = ui::columns(flow.next(height), 2, ui.gap());
    } else {
      places = {flow.next(height), flow.next(height)};
    }
    for (std::size_t i = 0; i < view.knobs.size(); ++i) {
      if (auto turned = draw_knob(view.knobs.at(i), ui, places[i], stepper)) action = std::move(turned);
    }
  });
  return action;
}

}  // namespace mimika::screens
