// What is said of every screen: the words come from what was drawn, so a screen that is added is spoken, or fails here.
#include <algorithm>
#include <set>

#include "tests/screens/audit_stage.h"
#include "tests/screens/views_world.h"
#include "ui/screens/announcer.h"
#include "ui/screens/languages.h"

using namespace mimika;
using namespace mimika::testing;

namespace {

using Said = std::vector<screens::Utterance>;

const Texts& every_text() {
  static const Texts loaded = *screens::load_texts(MIMIKA_LOCALE_FOLDER);
  return loaded;
}

std::string joined(const Said& said) {
  std::string all;
  for (const screens::Utterance& piece : said) all += (all.empty() ? "" : " | ") + piece.words;
  return all;
}

// A screen with somebody who listens to it.
class Listener {
 public:
  explicit Listener(const AuditPanel& panel = audit_panels().front()) : stage_(panel, every_text()) { reset(); }

  void reset() {
    stage_.fresh();
    stage_.ui().listen(&heard);
    announcer = screens::Announcer();
  }
  void show(const Session& session, const SessionContext& context, std::vector<ui::InputEvent> events = {}) {
    stage_.draw(stage_.view_of(session, context), events);
    language_ = language_code(session.preferences.language);
  }
  void press(const Session& session, const SessionContext& context, ui::Key key) {
    show(session, context, {{.kind = ui::InputKind::kKeyDown, .key = key}});
  }
  std::string announce() { return joined(announcer.settled(heard, text())); }
  [[nodiscard]] const Text& text() const { return every_text().in(language_); }
  [[nodiscard]] const ui::Ui& ui() { return stage_.ui(); }

  ui::Spoken heard;
  screens::Announcer announcer;

 private:
  AuditStage stage_;
  std::string language_ = "id";
};

SessionContext context_of(const SessionWorld& world, const ScreenState& state) {
  SessionContext context = world.context;
  context.monotonic_ms += 122'000;
  state.stand_in(context);
  if (!state.languages.empty()) context.languages = state.languages;
  return context;
}

const ScreenState& state_named(const std::string& name) {
  static const std::vector<ScreenState> states = all_screen_states();
  const auto found = std::ranges::find(states, name, &ScreenState::name);
  INFO(name);
  REQUIRE(found != states.end());
  return *found;
}

bool has_letters(const std::string& words) {
  return std::ranges::any_of(words, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
}

// "speech.more", which stands where a catalogue has no words for it.
bool looks_like_an_id(const std::string& words) {
  const bool plain = std::ranges::all_of(words, [](char c) { return (c >= 'a' && c <= 'z') || c == '.' || c == '_'; });
  return plain && words.contains('.') && words.find('.') + 1 < words.size();
}

}  // namespace

TEST_CASE("Every screen in every state is spoken, in each language and however small the panel") {
  const SessionWorld world;
  for (const AuditPanel& panel : {audit_panels()[0], audit_panels()[1], audit_panels()[3]}) {
    Listener listener(panel);
    for (const Language language : {Language::kIndonesian, Language::kEnglish, Language::kPapuanMalay}) {
      for (ScreenState state : all_screen_states()) {
        INFO(state.name << " in " << language_code(language) << " on " << panel.width << "x" << panel.height);
        state.session.preferences = {.language = language, .speech = true};
        listener.reset();
        listener.show(state.session, context_of(world, state));
        const Said page = screens::words_of_page(listener.heard, listener.text(), false);
        REQUIRE_FALSE(page.empty());
        CHECK(has_letters(page.front().words));
        for (const screens::Utterance& piece : page) {
          // An id that shows itself, or a place that was not filled in, is no word.
          CHECK(piece.words.find('{') == std::string::npos);
          CHECK_FALSE(looks_like_an_id(piece.words));
        }
      }
    }
  }
}

TEST_CASE("Whatever can have the focus has a spoken name, and why it cannot be pressed is said as well") {
  const SessionWorld world;
  Listener listener;
  for (const ScreenState& state : all_screen_states()) {
    INFO(state.name);
    listener.reset();
    listener.show(state.session, context_of(world, state));
    for (const ui::Target& target : listener.ui().targets()) {
      INFO(target.id);
      const Said name = screens::words_of_target(listener.heard, target.id, listener.text());
      REQUIRE_FALSE(name.empty());
      CHECK_FALSE(name.front().words.empty());
      if (!target.enabled) CHECK(name.size() >= 2);
    }
  }
}

TEST_CASE("The words that are spoken are the words that are shown: none of the page is left out") {
  const SessionWorld world;
  Listener listener;
  for (const ScreenState& state : all_screen_states()) {
    if (state.session.screen == Screen::kAttract) continue;  // its line for staff is not for the person
    INFO(state.name);
    listener.reset();
    listener.show(state.session, context_of(world, state));
    const std::string page = joined(screens::words_of_page(listener.heard, listener.text(), true));
    for (const ui::Target& target : listener.ui().targets()) {
      if (target.role == ui::Role::kTool || target.role == ui::Role::kLetter) continue;
      INFO(target.id);
      const Said name = screens::words_of_target(listener.heard, target.id, listener.text());
      REQUIRE_FALSE(name.empty());
      CHECK(page.find(name.front().words) != std::string::npos);
    }
  }
}

TEST_CASE("A page is heard from its title to its keys") {
  const SessionWorld world;
  Listener listener;
  const ScreenState& home = state_named("02-home");
  listener.show(home.session, context_of(world, home));
  const std::string page = joined(screens::words_of_page(listener.heard, indonesian(), false));
  const std::vector<std::string> order = {indonesian()("home.title"), indonesian()("home.subtitle"),
                                          indonesian()("home.complaint.title")};
  std::size_t at = 0;
  for (const std::string& words : order) {
    const std::size_t found = page.find(words, at);
    CAPTURE(page, words);
    REQUIRE(found != std::string::npos);
    at = found;
  }
  CHECK(page.find(indonesian()("tool.contrast")) == std::string::npos);

  const ScreenState& place = state_named("18-confirm");
  listener.reset();
  listener.show(place.session, context_of(world, place));
  const std::string question = joined(screens::words_of_page(listener.heard, indonesian(), false));
  CHECK(question.starts_with(indonesian()("confirm.cancel.title")));
  CHECK(question.find(indonesian()("review.title")) == std::string::npos);
}

TEST_CASE("What a person wrote is heard only by whoever asks for it, a number digit by digit") {
  SessionWorld world;
  Listener listener;
  const std::string story = "Guru tidak pernah datang";
  world.complaint_to_review(story);
  listener.show(world.session, world.context);
  Said page = screens::words_of_page(listener.heard, listener.text(), false);
  CHECK(joined(page).find(story) == std::string::npos);
  CHECK(page.back().words == listener.text()("speech.more"));
  CHECK(joined(screens::words_of_page(listener.heard, listener.text(), true)).find(story) != std::string::npos);

  world.file_and_answer();
  REQUIRE(world.session.screen == Screen::kReceipt);
  listener.reset();
  listener.show(world.session, world.context);
  std::string digits;
  for (const char c : world.session.personal.receipt->code.view().substr(0, 4)) digits += std::string(1, c) + ' ';
  digits.pop_back();
  page = screens::words_of_page(listener.heard, listener.text(), false);
  CHECK(joined(page).find(digits) == std::string::npos);
  CHECK(joined(page).find(format_ticket_number(world.session.personal.receipt->number)) == std::string::npos);
  CHECK(joined(screens::words_of_page(listener.heard, listener.text(), true)).find(digits) != std::string::npos);
}

TEST_CASE("What is typed is never read out, not even when asked") {
  SessionWorld world;
  Listener listener;
  world.play(action::Start{}, action::OpenTile{action::HomeTile::kTrack},
             action::SetText{TextTarget::kTrackNumber, "JLA15263"});
  listener.show(world.session, world.context);
  CHECK(joined(screens::words_of_page(listener.heard, listener.text(), true)).find("5263") == std::string::npos);
  listener.announce();
  // A finger types one more letter.
  const ui::Target* key = listener.ui().find_target("keyboard.7");
  REQUIRE(key != nullptr);
  const ui::Point at = key->rect.centre();
  listener.show(world.session, world.context,
                {{.kind = ui::InputKind::kFingerDown, .at = at}, {.kind = ui::InputKind::kFingerUp, .at = at}});
  listener.announcer.saw(listener.heard);
  CHECK(listener.announce().empty());
}

TEST_CASE("The focus is spoken as it moves, with its state; on request once more; and nothing while nothing changes") {
  SessionWorld world;
  Listener listener;
  world.complaint_to_review();
  listener.show(world.session, world.context);
  CHECK(listener.announce().starts_with(indonesian()("review.title")));
  CHECK(listener.announce().empty());
  std::set<std::string> heard;
  std::string last;
  for (int i = 0; i < 40; ++i) {
    listener.press(world.session, world.context, ui::Key::kTab);
    last = listener.announce();
    heard.insert(last);
  }
  CHECK(heard.contains(indonesian()("review.consent") + " | " + indonesian()("speech.unchecked") + " | " +
                       indonesian()("review.consent.detail")));
  CHECK(heard.contains(indonesian()("tool.help")));
  CHECK(heard.contains(indonesian()("review.change") + " | " + indonesian()("review.category")));
  listener.announcer.ask_for_focus();
  CHECK(listener.announce() == last);
}

TEST_CASE("What is touched says what it became, and why it stays grey") {
  SessionWorld world;
  Listener listener;
  world.complaint_to_review();
  listener.show(world.session, world.context);
  listener.announce();
  listener.heard.activated = "review.consent";
  listener.announcer.saw(listener.heard);
  world.play(action::ToggleConsent{});
  listener.show(world.session, world.context);
  CHECK(listener.announce().find(indonesian()("speech.checked")) != std::string::npos);
}

TEST_CASE("Another language reads the page anew, and words of the catalogue are found among the recordings") {
  SessionWorld world;
  Listener listener;
  world.play(action::Start{});
  listener.show(world.session, world.context);
  listener.announce();
  world.play(action::ChooseLanguage{Language::kEnglish});
  listener.show(world.session, world.context);
  const Said page = listener.announcer.settled(listener.heard, listener.text());
  CHECK(joined(page).find(english()("home.title")) != std::string::npos);
  CHECK(std::ranges::any_of(page, [](const auto& piece) { return piece.message_id == "home.title"; }));
}

TEST_CASE("What was heard is overwritten when the person is gone") {
  SessionWorld world;
  Listener listener;
  world.complaint_to_review("Rahasia");
  listener.show(world.session, world.context);
  REQUIRE_FALSE(listener.heard.items.empty());
  listener.heard.wipe();
  CHECK(listener.heard.items.empty());
  CHECK(listener.heard.page.empty());
}
