#include "ui/screens/screens.h"

#include "ui/screens/resident/announcements.h"
#include "ui/screens/resident/attract.h"
#include "ui/screens/resident/camera.h"
#include "ui/screens/resident/choosing.h"
#include "ui/screens/resident/dialogs.h"
#include "ui/screens/resident/faces.h"
#include "ui/screens/resident/help.h"
#include "ui/screens/resident/home.h"
#include "ui/screens/resident/known.h"
#include "ui/screens/resident/message.h"
#include "ui/screens/resident/papers.h"
#include "ui/screens/resident/photos.h"
#include "ui/screens/resident/place.h"
#include "ui/screens/resident/place_search.h"
#include "ui/screens/resident/problem.h"
#include "ui/screens/resident/receipt.h"
#include "ui/screens/resident/review.h"
#include "ui/screens/resident/service.h"
#include "ui/screens/resident/speech.h"
#include "ui/screens/resident/track.h"
#include "ui/screens/resident/voice.h"
#include "ui/screens/resident/writing.h"

namespace mimika::screens {
namespace {

// Draws a view that holds copies of what the person wrote, then overwrites them.
template <typename View>
std::optional<Action> draw_and_overwrite(View view, std::optional<Action> (*draw)(const View&, ui::Ui&), ui::Ui& ui) {
  std::optional<Action> action = draw(view, ui);
  overwrite(view);
  return action;
}

std::optional<Action> draw_body(const Session& s, const SessionContext& c, const Text& text, ui::Ui& ui) {
  switch (s.screen) {
    case Screen::kAttract:
      return draw_attract(make_attract_view(s, c, text), ui);
    case Screen::kHome:
      return draw_home(make_home_view(s, c, text), ui);
    case Screen::kKind:
      return draw_choosing(make_kind_view(s, c, text), ui);
    case Screen::kCategory:
      return draw_choosing(make_category_view(s, c, text), ui);
    case Screen::kPlace:
      return draw_place(make_place_view(s, c, text), ui);
    case Screen::kDistricts:
      return draw_place(make_districts_view(s, c, text), ui);
    case Screen::kPlaceSearch:
      return draw_and_overwrite(make_place_search_view(s, c, text), draw_place_search, ui);
    case Screen::kLandmark:
      return draw_and_overwrite(make_landmark_view(s, c, text), draw_writing, ui);
    case Screen::kStory:
      return draw_and_overwrite(make_story_view(s, c, text), draw_writing, ui);
    case Screen::kVoice:
      return draw_voice(make_voice_view(s, c, text), ui);
    case Screen::kCamera:
      return draw_camera(make_camera_view(s, c, text), ui);
    case Screen::kPhotos:
      return draw_photos(make_photos_view(s, text), ui);
    case Screen::kPapers:
      return draw_papers(make_papers_view(s, c, text), ui);
    case Screen::kTrackScan:
      return draw_camera(make_scan_view(s, text), ui);
    case Screen::kKnown:
      return draw_known(make_known_view(s, c, text), ui);
    case Screen::kContact:
      return draw_and_overwrite(make_contact_view(s, c, text), draw_writing, ui);
    case Screen::kServices:
      return draw_choosing(make_services_view(s, c, text), ui);
    case Screen::kServiceDetails:
      return draw_service(make_service_view(s, c, text), ui);
    case Screen::kServiceField:
      return draw_and_overwrite(make_service_field_view(s, c, text), draw_writing, ui);
    case Screen::kReview:
      return draw_and_overwrite(make_review_view(s, c, text), draw_review, ui);
    case Screen::kSaving:
      return draw_saving(make_saving_view(text), ui);
    case Screen::kSaveFailed:
      return draw_save_failed(make_save_failed_view(s, text), ui);
    case Screen::kReceipt:
      return draw_and_overwrite(make_receipt_view(s, c, text), draw_receipt, ui);
    case Screen::kTrackNumber:
      return draw_and_overwrite(make_track_number_view(s, c, text), draw_writing, ui);
    case Screen::kTrackSearching:
    case Screen::kTrackOpening:
      return draw_track_wait(make_track_wait_view(s, text), ui);
    case Screen::kTrackMissing:
      return draw_message(make_track_missing_view(s, text), ui);
    case Screen::kTrackTicket:
      return draw_and_overwrite(make_track_view(s, c, text), draw_track, ui);
    case Screen::kTrackCode:
      return draw_and_overwrite(make_track_code_view(s, c, text), draw_writing, ui);
    case Screen::kAnnouncements:
      return draw_announcements(make_announcements_view(c, text), ui);
    case Screen::kReply:
      return draw_and_overwrite(make_reply_view(s, c, text), draw_writing, ui);
    case Screen::kRating:
      return draw_faces(make_rating_view(s, text), ui);
    case Screen::kSaying:
      return draw_saving(make_saving_view(text), ui);
    case Screen::kSurvey:
      return draw_faces(make_survey_view(s, text), ui);
    case Screen::kSurveyThanks:
      return draw_message(make_survey_thanks_view(text), ui);
  }
  return std::nullopt;
}

// What lies over the screen is drawn last and alone can be touched.
std::optional<Action> draw_layers(const Session& session, const SessionContext& context, const Text& text, ui::Ui& ui) {
  // Under the warning what the person wrote is not drawn at all.
  if (session.warning_since_ms) return draw_dialog(make_warning_view(session, context, text), ui);
  if (session.problem) return draw_problem(make_problem_view(*session.problem, text), ui);
  if (session.dialog == Dialog::kHelp) return draw_help(make_help_view(text), ui);
  if (session.dialog == Dialog::kSpeech) return draw_speech(make_speech_view(session, context, text), ui);
  std::optional<Action> action = draw_body(session, context, text, ui);
  if (session.dialog == Dialog::kDraftLost) return draw_dialog(make_draft_lost_view(text), ui);
  if (session.dialog != Dialog::kNone) action = draw_dialog(make_confirm_view(session, text), ui);
  return action;
}

// Whoever stands there, and whoever passes by, sees that an officer is filling in.
void draw_assisted_band(const Assisted& assisted, const SessionContext& context, const Text& text, ui::Ui& ui) {
  const Kampung* kampung = assisted.kampung ? context.catalogue.find_kampung(*assisted.kampung) : nullptr;
  const std::string words = assisted.how == AssistKind::kOutreach && kampung != nullptr
                                ? text.format("assist.band.outreach", {kampung->name, assisted.officer.name})
                                : text.format("assist.band", {assisted.officer.name});
  const float margin = ui.px(ui::mm::kMargin);
  const float lead = ui.px(6) + ui.px(2.4F);
  const ui::TextStyle style = ui::stepped_down(ui::TextStyle::kBodyStrong, ui.metrics().text_size());
  const float width = ui.stage().w - 2 * margin - lead;
  ui::Rect strip = ui.strip_above(std::max(ui.px(6), ui.text_height(words, style, width)) + 2 * ui.px(1.2F));
  ui.fill(strip, ui.colours().high() ? ui.colours().surface : ui.colours().sago);
  strip = strip.inset(margin, ui.px(1.2F));
  ui.icon("people", strip.cut_left(ui.px(6), ui.px(2.4F)).centred({ui.px(6), ui.px(6)}));
  ui.text(words, strip, {.style = style, .valign = ui::VAlign::kMiddle});
  ui.publish("assist.band", words);
}

}  // namespace

const char* screen_name(const Session& session) {
  if (session.warning_since_ms) return "warning";
  if (session.problem) return "problem";
  if (session.dialog == Dialog::kHelp) return "help";
  if (session.dialog == Dialog::kSpeech) return "speech";
  if (session.dialog == Dialog::kDraftLost) return "draft_lost";
  if (session.dialog != Dialog::kNone) return "confirm";
  switch (session.screen) {
    case Screen::kAttract:
      return "attract";
    case Screen::kHome:
      return "home";
    case Screen::kKind:
      return "kind";
    case Screen::kCategory:
      return "category";
    case Screen::kPlace:
      return "place";
    case Screen::kDistricts:
      return "districts";
    case Screen::kPlaceSearch:
      return "place_search";
    case Screen::kLandmark:
      return "landmark";
    case Screen::kStory:
      return "story";
    case Screen::kVoice:
      return "voice";
    case Screen::kCamera:
      return "camera";
    case Screen::kPhotos:
      return "photos";
    case Screen::kPapers:
      return "papers";
    case Screen::kTrackScan:
      return "track.scan";
    case Screen::kKnown:
      return "known";
    case Screen::kContact:
      return "contact";
    case Screen::kServices:
      return "services";
    case Screen::kServiceDetails:
      return "service";
    case Screen::kServiceField:
      return "field";
    case Screen::kReview:
      return "review";
    case Screen::kSaving:
      return "saving";
    case Screen::kSaveFailed:
      return "save_failed";
    case Screen::kReceipt:
      return "receipt";
    case Screen::kTrackNumber:
      return "track.number";
    case Screen::kTrackSearching:
      return "track.searching";
    case Screen::kTrackMissing:
      return "track.missing";
    case Screen::kTrackTicket:
      return "track.ticket";
    case Screen::kTrackCode:
      return "track.code";
    case Screen::kTrackOpening:
      return "track.opening";
    case Screen::kAnnouncements:
      return "announcements";
    case Screen::kReply:
      return "reply";
    case Screen::kRating:
      return "rating";
    case Screen::kSaying:
      return "saying";
    case Screen::kSurvey:
      return "survey";
    case Screen::kSurveyThanks:
      return "survey.thanks";
  }
  return "attract";
}

std::optional<Action> draw_screen(const Session& session, const SessionContext& context, const Texts& texts,
                                  ui::Ui& ui) {
  const Text& text = texts.in(language_code(session.preferences.language));
  ui.set_words(widget_words(text));
  ui.publish("screen", screen_name(session));
  if (session.assisted) draw_assisted_band(*session.assisted, context, text, ui);
  std::optional<Action> action = draw_layers(session, context, text, ui);
  // The attract screen has the languages in its own row and fills the panel.
  const bool tools = session.screen != Screen::kAttract || session.problem || session.dialog == Dialog::kDraftLost;
  if (tools) {
    if (auto chosen = draw_tools(make_tools_view(session, context, text), ui)) action = std::move(chosen);
  }
  if (ui.key_pressed(ui::Key::kSpeak)) action = action::SpeakFocus{};
  return action;
}

ui::UiWords widget_words(const Text& text) {
  return {.space = text("key.space"),
          .letters = text("key.letters"),
          .digits = text("key.digits"),
          .up = text("key.up"),
          .down = text("key.down"),
          .at_start = text("key.at_start"),
          .at_end = text("key.at_end"),
          .shift = text("key.shift"),
          .backspace = text("key.backspace"),
          .enter = text("key.enter"),
          .caret_left = text("key.caret_left"),
          .caret_right = text("key.caret_right"),
          .caret_up = text("key.caret_up"),
          .caret_down = text("key.caret_down"),
          .shift_locked = text("key.shift_locked"),
          .accents = text("key.accents"),
          .clear = text("key.clear"),
          .undo_clear = text("key.undo_clear"),
          .clear_empty = text("key.clear_empty"),
          .selected = text("speech.selected"),
          .checked = text("speech.checked"),
          .unchecked = text("speech.unchecked"),
          .tools = {text("tool.listen"), text("tool.language"), text("tool.size"), text("tool.contrast"),
                    text("tool.help")}};
}

ui::TextSize text_size_of(const Preferences& preferences) {
  switch (preferences.text_size) {
    case TextSize::kStandard:
      return ui::TextSize::kNormal;
    case TextSize::kLarge:
      return ui::TextSize::kLarge;
    case TextSize::kLarger:
      return ui::TextSize::kLarger;
    case TextSize::kLargest:
      return ui::TextSize::kLargest;
  }
  return ui::TextSize::kNormal;
}

ui::Contrast contrast_of(const Preferences& preferences) {
  switch (preferences.contrast) {
    case Contrast::kHigh:
      return ui::Contrast::kHigh;
    case Contrast::kLowGlare:
      return ui::Contrast::kLowGlare;
    case Contrast::kStandard:
      break;
  }
  return ui::Contrast::kStandard;
}

}  // namespace mimika::screens
