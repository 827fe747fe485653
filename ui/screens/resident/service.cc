#include "ui/screens/resident/service.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "ui/screens/resident/layout.h"

namespace mimika::screens {
namespace {

using ui::Rect;
using ui::TextStyle;

constexpr float kPaperIconMm = 18.0F;
constexpr float kNumberMm = 9.0F;
constexpr float kLeastPaperMm = 76.0F;
constexpr float kFactIconMm = 14.0F;

std::string certainty_words(Certainty certainty, const Text& text) {
  switch (certainty) {
    case Certainty::kHigh:
      return {};
    case Certainty::kMedium:
      return text("service.certainty.medium");
    case Certainty::kLow:
      return text("service.certainty.low");
  }
  return {};
}

ServiceView::Fact make_fact(const LocalText& value, const char* label, const char* icon, const Text& text) {
  const bool known = !value.id.empty();
  return {.label = text(label),
          .value = known ? in_language(value, text) : text("service.not_set"),
          .icon = icon,
          .known = known};
}

// --- one paper: sign at the left, words at the right, the way out below a hairline

struct PaperPlan {
  float words_width = 0;
  float text = 0;
  float missing = 0;
  float height = 0;
};

PaperPlan plan_paper(const ServiceView::Paper& paper, const ui::Ui& ui, float width) {
  PaperPlan plan;
  const float pad = ui.px(3);
  plan.words_width = width - 2 * pad - ui.px(kPaperIconMm) - ui.px(4);
  plan.text = ui.text_height(paper.text, TextStyle::kBodyStrong, plan.words_width);
  plan.missing = paper.if_missing.empty() ? 0 : ui.text_height(paper.if_missing, TextStyle::kBody, plan.words_width);
  const float words = plan.text + (plan.missing > 0 ? ui.px(3) + plan.missing : 0);
  plan.height = std::max(ui.px(kPaperIconMm), words) + 2 * pad;
  return plan;
}

void draw_paper(const ServiceView::Paper& paper, ui::Ui& ui, const Rect& place) {
  const PaperPlan plan = plan_paper(paper, ui, place.w);
  ui.card(place);
  Rect inner = place.inset(ui.px(3));
  const float size = ui.px(kPaperIconMm);
  const Rect column = inner.cut_left(size, ui.px(4));
  const Rect square{column.x, column.y, size, size};
  ui.round(square, ui.px(2.5F), ui.under_ink(paper.ground));
  ui.icon(paper.icon, square.inset(ui.px(4)));
  const float badge = ui.px(kNumberMm);
  const Rect number{square.x - ui.px(1.2F), square.y - ui.px(1.2F), badge, badge};
  ui.round(number, badge / 2, ui.colours().ink);
  ui.text(paper.number, number,
          {.style = TextStyle::kNote,
           .colour = ui.colours().surface,
           .align = ui::Align::kCentre,
           .valign = ui::VAlign::kMiddle});
  if (plan.missing == 0) inner.cut_top(std::max(0.0F, (std::min(size, inner.h) - plan.text) / 2));
  ui.text(paper.text, inner.cut_top(plan.text), {.style = TextStyle::kBodyStrong});
  if (plan.missing > 0) {
    ui.line_across(inner.cut_top(ui.px(3)));
    ui.text(paper.if_missing, inner.cut_top(plan.missing), {.style = TextStyle::kBody});
  }
}

// --- one fact: cost, duration, form

TextStyle value_style(const ServiceView::Fact& fact, const ui::Ui& ui, float width) {
  return one_line_style(ui, fact.value, width, {TextStyle::kKey, TextStyle::kBodyStrong});
}

float fact_height(const ServiceView::Fact& fact, const ui::Ui& ui, float width) {
  const float words = width - 2 * ui.px(4) - ui.px(kFactIconMm) - ui.px(4);
  const float lines =
      ui.text_height(fact.label, TextStyle::kBody, words) + ui.text_height(fact.value, TextStyle::kKey, words);
  return std::max(ui.px(kFactIconMm), lines) + 2 * ui.px(3);
}

void draw_fact(const ServiceView::Fact& fact, ui::Ui& ui, const Rect& place) {
  const ui::Palette& c = ui.colours();
  const bool on_forest = fact.good_news && !c.high();
  if (on_forest) {
    ui.panel(place, c.forest);
  } else {
    ui.card(place);
  }
  Rect inner = place.inset(ui.px(4), ui.px(3));
  const float size = ui.px(kFactIconMm);
  const Rect square = inner.cut_left(size, ui.px(4)).centred({size, size});
  if (on_forest) {
    ui.round(square, size / 2, c.ochre);
    ui.icon(fact.icon, square.inset(ui.px(2.6F)));
  } else {
    ui.round(square, ui.px(3), ui.under_ink(fact.known ? c.sago : c.sand));
    ui.icon(fact.known ? fact.icon : "help", square.inset(ui.px(2.6F)));
  }
  const std::optional<ui::Colour> colour = on_forest ? std::optional(c.on_dark) : std::nullopt;
  const float label = ui.text_height(fact.label, TextStyle::kBody, inner.w);
  const TextStyle style = value_style(fact, ui, inner.w);
  const float value = ui.text_height(fact.value, style, inner.w);
  inner.cut_top(std::max(0.0F, (inner.h - label - value) / 2));
  ui.text(fact.label, inner.cut_top(label), {.style = TextStyle::kBody, .colour = colour});
  ui.text(fact.value, inner, {.style = style, .colour = colour});
}

void flow_papers(const ServiceView& view, ui::Ui& ui, ui::Flow& flow) {
  // Where the rules are not certain, that is said before they are read.
  if (!view.uncertain.empty()) {
    draw_note(ui, view.uncertain, "help", ui.colours().dawn, flow.next(note_height(ui, view.uncertain, flow.width())));
  }
  flow.text(view.bring, {.style = TextStyle::kKey});
  const int across = columns_for(ui, flow.width(), kLeastPaperMm, view.papers.size() > 1 ? 2 : 1);
  const float width = ui::columns({0, 0, flow.width(), 0}, across, ui.gap()).front().w;
  for (std::size_t first = 0; first < view.papers.size(); first += static_cast<std::size_t>(across)) {
    const std::size_t end = std::min(view.papers.size(), first + static_cast<std::size_t>(across));
    float height = 0;
    for (std::size_t i = first; i < end; ++i) height = std::max(height, plan_paper(view.papers[i], ui, width).height);
    const std::vector<Rect> cells = ui::columns(flow.next(height), across, ui.gap());
    for (std::size_t i = first; i < end; ++i) draw_paper(view.papers[i], ui, cells[i - first]);
  }
  draw_note(ui, view.help, "badge", ui.colours().sky, flow.next(note_height(ui, view.help, flow.width())));
}

void flow_facts(std::span<const ServiceView::Fact> facts, ui::Ui& ui, ui::Flow& flow) {
  for (const ServiceView::Fact& fact : facts) draw_fact(fact, ui, flow.next(fact_height(fact, ui, flow.width())));
}

// How many facts, from the first, have room in a column.
std::size_t facts_that_fit(const ServiceView& view, const ui::Ui& ui, float width, float height) {
  std::size_t count = 0;
  for (float used = 0; count < view.facts.size(); ++count) {
    used += fact_height(view.facts[count], ui, width) + (count > 0 ? ui.gap() : 0);
    if (used > height) break;
  }
  return count;
}

}  // namespace

ServiceView make_service_view(const Session& session, const SessionContext& context, const Text& text) {
  ServiceView view;
  const Service* service = chosen_service(session, context);
  if (service == nullptr) return view;
  view.header = {.title = in_language(service->name, text),
                 .subtitle = in_language(service->summary, text),
                 .icon = service->icon};
  view.bring = text.count("service.bring", static_cast<long>(service->requirements.size()));
  const ui::Palette& colours = ui::palette_for(ui::Contrast::kStandard);
  const std::array<ui::Colour, 4> grounds = {colours.sky, colours.dawn, colours.sago, colours.leaf};
  for (const ServiceRequirement& requirement : service->requirements) {
    const std::size_t index = view.papers.size();
    const std::string& missing = in_language(requirement.if_missing, text);
    view.papers.push_back({.number = std::to_string(index + 1),
                           .text = in_language(requirement.text, text),
                           .if_missing = missing.empty() ? std::string() : text.format("service.if_missing", {missing}),
                           .icon = requirement.icon,
                           .ground = grounds[index % grounds.size()]});
  }
  ServiceView::Fact cost = make_fact(service->cost, "service.cost", "money", text);
  cost.good_news = cost.known;
  view.facts.push_back(std::move(cost));
  view.facts.push_back(make_fact(service->duration, "service.duration", "clock", text));
  if (!service->form.id.empty()) view.facts.push_back(make_fact(service->form, "service.form", "paper", text));
  view.help = text("service.help");
  view.uncertain = certainty_words(service->provenance.certainty, text);
  view.foot.view.back = back_key(text);
  view.foot.view.primary = ui::KeyView{.id = "nav.next",
                                       .label = text("service.start"),
                                       .icon = "next",
                                       .kind = ui::KeyKind::kPrimary,
                                       .icon_side = ui::IconSide::kRight};
  return view;
}

std::optional<Action> draw_service(const ServiceView& view, ui::Ui& ui) {
  ui.background();
  Rect area = ui.content();
  ui.header(fitted(ui, view.header, area.w), area);
  const std::optional<Action> action = draw_foot(view.foot, ui, area);
  const std::span<const ServiceView::Fact> facts(view.facts);
  const float right_width = std::floor(area.w * 0.33F);
  const std::size_t beside = ui.landscape() && ui.metrics().text_size() <= ui::TextSize::kLarge
                                 ? facts_that_fit(view, ui, right_width, area.h)
                                 : 0;
  // Cost and duration together or not at all: one alone looks as if the other were missing.
  if (beside >= 2) {
    ui::Flow column(ui, area.cut_right(right_width, ui.gap()), ui.gap());
    flow_facts(facts.first(beside), ui, column);
  }
  ui.scroll("service", area, [&](ui::Flow& flow) {
    flow_papers(view, ui, flow);
    flow_facts(beside >= 2 ? facts.subspan(beside) : facts, ui, flow);
  });
  return action;
}

}  // namespace mimika::screens
