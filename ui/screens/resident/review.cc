#include "ui/screens/resident/review.h"

#include <algorithm>
#include <cmath>

#include "kiosk/base/wipe.h"
#include "ui/screens/resident/camera.h"
#include "ui/screens/resident/known.h"
#include "ui/screens/resident/layout.h"
#include "ui/screens/resident/problem.h"
#include "ui/screens/resident/voice.h"
#include "ui/text/dates.h"

namespace mimika::screens {
namespace {

ui::KeyView row_key(const std::string& id, bool filled, const Text& text) {
  return {.id = id,
          .label = text(filled ? "review.change" : "review.fill"),
          .icon = filled ? "pen" : "plus",
          .style = ui::TextStyle::kBodyStrong};
}

// Sixteen digits as they stand on the card: easier to compare, and they may stand on two lines.
std::string in_fours(std::string_view digits) {
  constexpr std::size_t kGroup = 4;
  std::string grouped;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && i % kGroup == 0) grouped += ' ';
    grouped += digits[i];
  }
  return grouped;
}

class RowMaker {
 public:
  RowMaker(ReviewView& view, const Session& session, const SessionContext& context, const Text& text)
      : view_(view),
        session_(session),
        context_(context),
        text_(text),
        colours_(ui::palette_for(ui::Contrast::kStandard)) {}

  void add_draft(const Draft& draft) {
    if (session_.journey == Journey::kIdea) {
      const TicketKind kind = draft.kind.value_or(TicketKind::kAspiration);
      add("kind", kind_name(kind, text_), {Screen::kKind},
          {.icon = kind == TicketKind::kAspiration ? "sun" : "help", .ground = colours_.sago});
    } else {
      add_category(draft);
      add_place(draft);
    }
    add_story(draft);
    add("known", text_(std::string("known.") + known_id(draft.known)), {Screen::kKnown},
        {.icon = "mask", .ground = colours_.leaf});
    if (!is_anonymous(draft.known)) add_contact(draft);
  }

  void add_answers(const Service& service) {
    for (std::size_t i = 0; i < service.fields.size(); ++i) {
      const ServiceField& field = service.fields[i];
      const std::string_view answer = answer_to(session_, field.id);
      ui::LabelledRow row{.label = in_language(field.label, text_),
                          .value = shown_answer(field, answer),
                          .key = row_key("review.change." + field.id, !answer.empty(), text_)};
      row.hearing = hearing_of(field, answer);
      view_.rows.push_back(std::move(row));
      view_.changes.emplace_back(action::Change{Screen::kServiceField, i});
    }
    if (!takes_papers(&service)) return;
    const auto& papers = session_.personal.service.papers;
    Sign sign{.icon = "camera", .picture = {}, .ground = colours_.sago};
    if (!papers.empty()) sign.picture = photo_picture(papers.front());
    add("papers", papers.empty() ? std::string() : text_.count("review.photos.count", static_cast<long>(papers.size())),
        {Screen::kPapers}, std::move(sign));
  }

 private:
  struct Sign {
    const char* icon = "";
    std::string picture = {};
    std::optional<ui::Colour> ground = {};
  };

  void add(const char* what, std::string value, action::Change change, Sign sign, bool own_words = false) {
    const bool filled = !value.empty();
    ui::LabelledRow row{.label = text_(std::string("review.") + what),
                        .value = filled ? std::move(value) : text_("review.empty"),
                        .icon = sign.icon,
                        .picture = std::move(sign.picture),
                        .ground = sign.ground,
                        .key = row_key(std::string("review.change.") + what, filled, text_)};
    if (filled && own_words) row.hearing = ui::Hearing::kOnRequest;
    view_.rows.push_back(std::move(row));
    view_.changes.emplace_back(change);
  }

  void add_category(const Draft& draft) {
    const Category* category = draft.category ? context_.catalogue.find_category(*draft.category) : nullptr;
    if (category == nullptr) return;
    add("category", in_language(category->name, text_), {Screen::kCategory},
        {.picture = "pictures/" + category->picture});
  }

  void add_place(const Draft& draft) {
    std::string place = draft.kampung ? kampung_name(*draft.kampung, context_, text_) : text_("place.unknown");
    if (!draft.landmark.empty()) {
      place = text_.format("review.place_with_landmark", {place, draft.landmark.view()});
    }
    add("place", std::move(place), {Screen::kPlace}, {.icon = "pin", .ground = colours_.sky}, !draft.landmark.empty());
  }

  // Words, a voice, photos: what there is, and the words in any case where nothing else tells it.
  void add_story(const Draft& draft) {
    if (!draft.story.empty() || (!draft.voice && draft.photos.empty())) {
      add("story", std::string(draft.story.view()), {Screen::kStory}, {.icon = "paper", .ground = colours_.sago}, true);
    }
    if (draft.voice) {
      add("voice", text_.format("review.voice.length", {minutes_and_seconds(draft.voice->duration_ms)}),
          {Screen::kVoice}, {.icon = "mic", .ground = colours_.dawn});
    }
    if (!draft.photos.empty()) {
      add("photos", text_.count("review.photos.count", static_cast<long>(draft.photos.size())), {Screen::kPhotos},
          {.icon = "camera", .picture = photo_picture(draft.photos.front())});
    }
  }

  void add_contact(const Draft& draft) {
    std::string contact(draft.name.view());
    if (!contact.empty() && !draft.phone.empty()) contact += ", ";
    contact += draft.phone.view();
    add("contact", std::move(contact), {Screen::kContact}, {.icon = "phone", .ground = colours_.sand}, true);
  }

  // What a person wrote is not for everybody in the room. Numbers are compared with a card, digit by digit.
  static ui::Hearing hearing_of(const ServiceField& field, std::string_view answer) {
    if (answer.empty()) return ui::Hearing::kAlways;
    const bool digits = field.kind == FieldKind::kNik || field.kind == FieldKind::kFamilyCard;
    return digits ? ui::Hearing::kSpelled : ui::Hearing::kOnRequest;
  }

  std::string shown_answer(const ServiceField& field, std::string_view answer) const {
    if (answer.empty()) return text_("review.empty");
    if (field.kind == FieldKind::kDate && answer.size() == 8) {
      const std::string digits(answer);
      return digits.substr(0, 2) + "-" + digits.substr(2, 2) + "-" + digits.substr(4);
    }
    if (field.kind == FieldKind::kNik || field.kind == FieldKind::kFamilyCard) return in_fours(answer);
    return std::string(answer);
  }

  ReviewView& view_;
  const Session& session_;
  const SessionContext& context_;
  const Text& text_;
  const ui::Palette& colours_;
};

const char* save_words(Journey journey) {
  switch (journey) {
    case Journey::kService:
      return "review.save.service";
    case Journey::kIdea:
      return "review.save.idea";
    case Journey::kNone:
    case Journey::kComplaint:
    case Journey::kTrack:
    case Journey::kSurvey:
      break;
  }
  return "review.save.complaint";
}

float draw_rows(const ReviewView& view, ui::Ui& ui, ui::Flow& flow, std::optional<Action>& action) {
  // One card behind all rows, hairlines between them.
  const float pad = ui.px(1.5F);
  float height = 2 * pad;
  for (const ui::LabelledRow& row : view.rows) height += ui.labelled_row_height(row, flow.width() - 2 * pad);
  ui::Rect card = flow.next(height);
  ui.card(card);
  card = card.inset(pad);
  for (std::size_t i = 0; i < view.rows.size(); ++i) {
    const ui::Rect place = card.cut_top(ui.labelled_row_height(view.rows[i], card.w));
    if (i > 0) ui.line_across({place.x - pad, place.y - 1, place.w + 2 * pad, 2});
    if (ui.labelled_row(view.rows[i], place)) action = view.changes[i];
  }
  return height;
}

float consent_height(const ui::CheckView& consent, const ui::Ui& ui, float width) {
  return std::max(ui.px(24), ui.check_height(consent, width));
}

float next_height(const ReviewView& view, const ui::Ui& ui, float width) {
  const float inner = width - 2 * ui.px(5);
  return ui.px(12) + ui.px(3) + ui.text_height(view.next_title, ui::TextStyle::kBodyStrong, inner) +
         ui.text_height(view.next_text, ui::TextStyle::kBody, inner) + 2 * ui.px(5);
}

// Kiosk, dotted arrow, Mimika Center: saved here is not yet arrived there.
void draw_next(const ReviewView& view, ui::Ui& ui, const ui::Rect& place) {
  ui.card(place);
  ui::Rect inner = place.inset(ui.px(5));
  const float sign = ui.px(12);
  const ui::Rect strip = inner.cut_top(sign, ui.px(3));
  const float middle = strip.centre().x;
  const float reach = std::min(strip.w / 2, ui.px(26));
  ui.place(ui::PlaceKind::kSavedHere, {middle - reach, strip.y, sign, sign});
  ui.place(ui::PlaceKind::kNotArrived, {middle + reach - sign, strip.y, sign, sign});
  const float dot = ui.px(1);
  const float step = ui.px(3);
  const int dots = static_cast<int>((2 * reach - 2 * sign - 2 * step) / step);
  for (int i = 0; i < dots; ++i) {
    const float x = middle - reach + sign + step * static_cast<float>(i + 1);
    ui.round({x, strip.centre().y - dot / 2, dot * 1.4F, dot}, dot / 2, ui.colours().ink);
  }
  const float title = ui.text_height(view.next_title, ui::TextStyle::kBodyStrong, inner.w);
  ui.text(view.next_title, inner.cut_top(title), {.style = ui::TextStyle::kBodyStrong});
  ui.text(view.next_text, inner, {.style = ui::TextStyle::kBody});
}

}  // namespace

ReviewView make_review_view(const Session& session, const SessionContext& context, const Text& text) {
  ReviewView view;
  view.header = {
      .title = text("review.title"), .subtitle = text("review.subtitle"), .steps = steps_of(session, context, text)};
  RowMaker maker(view, session, context, text);
  bool consent = false;
  if (const Draft* draft = current_draft(session)) {
    consent = draft->consent;
    maker.add_draft(*draft);
  } else if (const Service* service = chosen_service(session, context)) {
    consent = session.personal.service.consent;
    view.header.subtitle = in_language(service->name, text);
    maker.add_answers(*service);
  }
  const bool of_service = session.journey == Journey::kService;
  view.consent = {.id = "review.consent",
                  .label = text(of_service ? "review.consent.service" : "review.consent"),
                  .detail = text("review.consent.detail"),
                  .checked = consent};
  view.next_title = text("review.next.title");
  view.next_text = text("review.next.text");
  view.foot.view.back = back_key(text);
  view.foot.view.cancel = cancel_key(text);
  view.foot.view.primary = ui::KeyView{.id = "review.save",
                                       .label = text(save_words(session.journey)),
                                       .icon = "check",
                                       .kind = ui::KeyKind::kPrimary,
                                       .disabled_reason = consent ? std::string() : text("problem.consent")};
  view.foot.primary = action::Save{};
  return view;
}

std::optional<Action> draw_review(const ReviewView& view, ui::Ui& ui) {
  ui.background();
  ui::Rect area = ui.content();
  ui.header(fitted(ui, view.header, area.w), area);
  std::optional<Action> action = draw_foot(view.foot, ui, area);

  const auto consent_at = [&](const ui::CheckView& consent, const ui::Rect& place) {
    if (ui.check(consent, place)) action = action::ToggleConsent{};
  };
  const auto flow_rows = [&](ui::Flow& flow) { draw_rows(view, ui, flow, action); };
  const auto flow_next = [&](ui::Flow& flow) { draw_next(view, ui, flow.next(next_height(view, ui, flow.width()))); };

  // Consent beside the answers where a column has room for it, in smaller words if need be; else below them; else at
  // their end.
  const float edge = ui.px(ui::mm::kKeyEdge);
  const float right_width = std::floor(area.w * 0.34F);
  for (const ui::TextStyle style : {ui::TextStyle::kKey, ui::TextStyle::kBodyStrong}) {
    ui::CheckView consent = view.consent;
    consent.style = style;
    const float height = consent_height(consent, ui, right_width);
    if (!ui.landscape() || height + edge > area.h) continue;
    ui::Rect right = area.cut_right(right_width, ui.gap());
    const ui::SpokenPart part = ui.speak_in(ui::SpokenPart::kClosing);
    const float next = next_height(view, ui, right.w);
    const bool next_beside = height + edge + ui.gap() + next <= right.h;
    const float spare = next_beside ? right.h - height - edge - ui.gap() - next : 0;
    consent_at(consent, right.cut_top(height + spare * 0.4F, ui.gap() + edge));
    if (next_beside) draw_next(view, ui, {right.x, right.y, right.w, next + spare * 0.6F});
    ui.speak_in(part);
    ui.scroll("review", area, [&](ui::Flow& flow) {
      flow_rows(flow);
      if (!next_beside) flow_next(flow);
    });
    return action;
  }
  const float height = consent_height(view.consent, ui, area.w);
  if (height < area.h * 0.36F) {
    const ui::Rect bottom = area.cut_bottom(height + edge, ui.gap());
    const ui::SpokenPart part = ui.speak_in(ui::SpokenPart::kClosing);
    consent_at(view.consent, {bottom.x, bottom.y, bottom.w, height});
    ui.speak_in(part);
    ui.scroll("review", area, [&](ui::Flow& flow) {
      flow_rows(flow);
      flow_next(flow);
    });
    return action;
  }
  ui.scroll("review", area, [&](ui::Flow& flow) {
    flow_rows(flow);
    consent_at(view.consent, flow.next(consent_height(view.consent, ui, flow.width())));
    flow_next(flow);
  });
  return action;
}

void overwrite(ReviewView& view) {
  for (ui::LabelledRow& row : view.rows) overwrite(row);
}

SavingView make_saving_view(const Text& text) {
  return {.words = text("saving.words")};
}

std::optional<Action> draw_saving(const SavingView& view, ui::Ui& ui) {
  ui.background();
  const ui::Rect area = ui.content();
  ui.progress(std::nullopt, view.words, area.centred({std::min(area.w, ui.px(150)), ui.px(50)}));
  return std::nullopt;
}

SaveFailedView make_save_failed_view(const Session& session, const Text& text) {
  SaveFailedView view;
  const ErrorCode code = session.save_failure.value_or(ErrorCode::kInternal);
  view.error = {.title = text("save_failed.title"),
                .text = text("save_failed.kept") + "\n" + text(problem_words_id(code, ProblemPlace::kSaving)),
                .icon = "disk"};
  view.technical = technical_code(code);
  view.foot.view.back =
      ui::KeyView{.id = "nav.back", .label = text("save_failed.back"), .icon = "back", .answers_escape = true};
  view.foot.view.primary =
      ui::KeyView{.id = "review.save", .label = text("problem.retry"), .icon = "redo", .kind = ui::KeyKind::kPrimary};
  view.foot.primary = action::Save{};
  return view;
}

std::optional<Action> draw_save_failed(const SaveFailedView& view, ui::Ui& ui) {
  ui.background();
  ui::Rect area = ui.content();
  const std::optional<Action> action = draw_foot(view.foot, ui, area);
  draw_error(view.error, view.technical, ui, area);
  return action;
}

}  // namespace mimika::screens
