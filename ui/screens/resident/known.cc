#include "ui/screens/resident/known.h"

#include <array>
#include <string>

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
  view.header = {.title = text("known.title"), .subtitle = text("known.subtitle"), .steps = steps_of(session, context)};
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
  }
  view.foot = journey_foot(session, text);
  return view;
}

std::optional<Action> draw_known(const KnownView& view, ui::Ui& ui) {
  ui.background();
  ui::Rect area = ui.content();
  ui.header(view.header, area);
  std::optional<Action> action = draw_foot(view.foot, ui, area);
  if (const auto chosen = ui.choice_list("known", view.choices, area)) {
    action = action::ChooseKnown{view.meanings[*chosen]};
  }
  return action;
}

}  // namespace mimika::screens
