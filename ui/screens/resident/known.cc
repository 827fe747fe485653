#include "ui/screens/resident/known.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "ui/screens/resident/layout.h"

namespace mimika::screens {
namespace {

struct KnownSpec {
  Confidentiality known;
  const char* icon;
  const char* name_icon;  // who learns the name
  const char* name_words;
  const char* story_icon;  // who reads the story
  const char* story_words;
};

// The recommended one first.
constexpr std::array<KnownSpec, 5> kKnownSpecs = {{
    {Confidentiality::kNameHidden, "mask", "badge", "known.name.officers", "people", "known.story.everyone"},
    {Confidentiality::kOpen, "person", "people", "known.name.everyone", "people", "known.story.everyone"},
    {Confidentiality::kAnonymous, "personoff", "personoff", "known.name.nobody", "people", "known.story.everyone"},
    {Confidentiality::kSecret, "lock", "badge", "known.name.officers", "badge", "known.story.officers"},
    {Confidentiality::kSecretAnonymous, "eyeoff", "personoff", "known.name.nobody", "badge", "known.story.officers"},
}};

}  // namespace

const char* known_id(Confidentiality known) {
  switch (known) {
    case Confidentiality::kNameHidden:
      return "name_hidden";
    case Confidentiality::kOpen:
      return "open";
    case Confidentiality::kAnonymous:
      return "anonymous";
    case Confidentiality::kSecret:
      return "secret";
    case Confidentiality::kSecretAnonymous:
      return "secret_anonymous";
  }
  return "name_hidden";
}

KnownView make_known_view(const Session& session, const SessionContext& context, const Text& text) {
  KnownView view;
  view.header = {
      .title = text("known.title"), .subtitle = text("known.subtitle"), .steps = steps_of(session, context, text)};
  const Draft* draft = current_draft(session);
  const Confidentiality chosen = draft != nullptr ? draft->known : Confidentiality::kNameHidden;
  for (const KnownSpec& spec : kKnownSpecs) {
    const std::string id = std::string("known.") + known_id(spec.known);
    const bool recommended = spec.known == Confidentiality::kNameHidden;
    view.choices.push_back(
        {.id = id,
         .label = text(id),
         .detail = recommended ? text("known.recommended") : std::string(),
         .icon = spec.icon,
         .facts = {{spec.name_icon, text(spec.name_words)}, {spec.story_icon, text(spec.story_words)}},
         .selected = chosen == spec.known});
    view.meanings.push_back(spec.known);
    if (chosen == spec.known) view.chosen = view.choices.size() - 1;
  }
  view.who_name = text("known.who.name");
  view.who_story = text("known.who.story");
  view.foot = journey_foot(session, text);
  return view;
}

namespace {

using ui::Rect;
using ui::TextStyle;

constexpr float kBetweenMm = 2.7F;
constexpr float kLeastChoiceMm = 16.0F;
constexpr float kFactIconMm = 12.0F;
// How Ui::choice shares a row between words and facts.
constexpr float kChoicePadMm = 5.0F;
constexpr float kChoiceLeadMm = 32.0F;
constexpr float kWordsShare = 0.46F;
constexpr float kFactLeadMm = 13.0F;

float fact_width(const ui::Ui& ui, float width) {
  return (width - 2 * ui.px(kChoicePadMm) - ui.px(kChoiceLeadMm)) * (1 - kWordsShare) / 2;
}

// A table: the facts stand in columns, so the question of each column stands once, above it.
bool fits_table(const KnownView& view, const ui::Ui& ui, const Rect& area) {
  const float room = fact_width(ui, area.w);
  for (const ui::ChoiceView& choice : view.choices) {
    for (const ui::ChoiceFact& fact : choice.facts) {
      if (ui.measure(fact.text, TextStyle::kBodyStrong).w + ui.px(kFactLeadMm + 3) > room) return false;
    }
  }
  return ui.measure(view.who_name, TextStyle::kBodyStrong).w <= room &&
         ui.measure(view.who_story, TextStyle::kBodyStrong).w <= room;
}

std::optional<std::size_t> draw_table(const KnownView& view, ui::Ui& ui, Rect area) {
  const float room = fact_width(ui, area.w);
  const float height = ui.line_height(TextStyle::kBodyStrong);
  const Rect heads = area.cut_top(height, ui.px(1));
  const float first = heads.x + ui.px(kChoicePadMm) + ui.px(kChoiceLeadMm) +
                      (heads.w - 2 * ui.px(kChoicePadMm) - ui.px(kChoiceLeadMm)) * kWordsShare;
  ui.text(view.who_name, {first, heads.y, room, height}, {.style = TextStyle::kBodyStrong});
  ui.text(view.who_story, {first + room, heads.y, room, height}, {.style = TextStyle::kBodyStrong});
  return ui.choice_list("known", view.choices, area);
}

// The choices as plain rows, and what the chosen one means in a card of its own.
struct Explained {
  std::vector<ui::ChoiceView> plain;
  std::vector<float> heights;  // of each row, at its least
  float least = 0;             // of all, with the gaps between
};

Explained explained(const KnownView& view, const ui::Ui& ui, float width) {
  Explained made;
  for (ui::ChoiceView choice : view.choices) {
    choice.facts.clear();
    choice.detail.clear();
    const float words = ui.text_height(choice.label, TextStyle::kKey, width - ui.px(kChoiceLeadMm + 11));
    made.heights.push_back(std::max(ui.px(kLeastChoiceMm), words + ui.px(4)));
    made.least += made.heights.back() + (made.plain.empty() ? 0 : ui.px(kBetweenMm));
    made.plain.push_back(std::move(choice));
  }
  return made;
}

struct FactPart {
  std::string head;
  const ui::ChoiceFact* fact;
};

float meaning_height(const KnownView& view, const ui::Ui& ui, float width) {
  const float inner = width - 2 * ui.px(6);
  const ui::ChoiceView& chosen = view.choices[view.chosen];
  float height = 2 * ui.px(5) + ui.text_height(chosen.label, TextStyle::kKey, inner);
  for (const FactPart& part : {FactPart{view.who_name, &chosen.facts[0]}, FactPart{view.who_story, &chosen.facts[1]}}) {
    const float words = inner - ui.px(kFactIconMm + 4);
    height +=
        ui.px(5) + std::max(ui.px(kFactIconMm), ui.text_height(part.head, TextStyle::kBody, words) +
                                                    ui.text_height(part.fact->text, TextStyle::kBodyStrong, words));
  }
  return height;
}

void draw_meaning(const KnownView& view, ui::Ui& ui, const Rect& place) {
  ui.card(place);
  Rect inner = place.inset(ui.px(6), ui.px(5));
  const ui::ChoiceView& chosen = view.choices[view.chosen];
  ui.text(chosen.label, inner.cut_top(ui.text_height(chosen.label, TextStyle::kKey, inner.w)),
          {.style = TextStyle::kKey});
  for (const FactPart& part : {FactPart{view.who_name, &chosen.facts[0]}, FactPart{view.who_story, &chosen.facts[1]}}) {
    inner.cut_top(ui.px(5));
    const float size = ui.px(kFactIconMm);
    const float words = inner.w - ui.px(kFactIconMm + 4);
    const float head = ui.text_height(part.head, TextStyle::kBody, words);
    const float fact = ui.text_height(part.fact->text, TextStyle::kBodyStrong, words);
    Rect row = inner.cut_top(std::max(size, head + fact));
    ui.icon(part.fact->icon, row.cut_left(size, ui.px(4)).centred({size, size}));
    row.cut_top(std::max(0.0F, (row.h - head - fact) / 2));
    ui.text(part.head, row.cut_top(head), {.style = TextStyle::kBody});
    ui.text(part.fact->text, row, {.style = TextStyle::kBodyStrong});
  }
}

}  // namespace

std::optional<Action> draw_known(const KnownView& view, ui::Ui& ui) {
  ui.background();
  ui::Rect area = ui.content();
  ui.header(fitted(ui, view.header, area.w), area);
  std::optional<Action> action = draw_foot(view.foot, ui, area);
  std::optional<std::size_t> chosen;
  float below = 0;
  for (const ui::ChoiceView& choice : view.choices) below += ui.choice_height(choice, area.w) + ui.px(3.2F);
  const float left_width = std::floor(area.w * 0.52F);
  const Explained rows = explained(view, ui, left_width);
  if (fits_table(view, ui, area)) {
    chosen = draw_table(view, ui, area);
  } else if (below > area.h && ui.landscape() && rows.least + ui.px(ui::mm::kKeyEdge) <= area.h &&
             meaning_height(view, ui, area.w - left_width - ui.gap()) <= area.h) {
    Rect left = area.cut_left(left_width, ui.gap());
    left.cut_bottom(ui.px(ui::mm::kKeyEdge));
    const float column = left.h;
    const float spare = (column - rows.least) / static_cast<float>(rows.plain.size());
    for (std::size_t i = 0; i < rows.plain.size(); ++i) {
      if (ui.choice(rows.plain[i], left.cut_top(rows.heights[i] + spare, ui.px(kBetweenMm)))) chosen = i;
    }
    draw_meaning(view, ui, {area.x, area.y, area.w, std::max(column, meaning_height(view, ui, area.w))});
  } else {
    chosen = ui.choice_list("known", view.choices, area);
  }
  if (chosen) action = action::ChooseKnown{view.meanings[*chosen]};
  return action;
}

}  // namespace mimika::screens
