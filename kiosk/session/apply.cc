#include "kiosk/session/apply.h"

#include <algorithm>
#include <utility>

#include "kiosk/session/queries.h"
#include "kiosk/session/reducers.h"

namespace mimika {
namespace {

namespace act = action;
using reducers::Change;

template <typename... Fs>
struct Overloaded : Fs... {
  using Fs::operator()...;
};

enum class Origin : std::uint8_t { kPerson, kMachine };

// Who caused an action: only a person's keep the session awake.
Origin origin_of(const Action& action) {
  return std::visit(Overloaded{
                        [](const act::Tick&) { return Origin::kMachine; },
                        [](const act::SoundMissing&) { return Origin::kMachine; },
                        [](const act::FilingFailed&) { return Origin::kMachine; },
                        [](const act::TicketFound&) { return Origin::kMachine; },
                        [](const act::TicketNotFound&) { return Origin::kMachine; },
                        [](const act::LookUpFailed&) { return Origin::kMachine; },
                        [](const act::TicketsChanged&) { return Origin::kMachine; },
                        [](const act::TicketRefreshed&) { return Origin::kMachine; },
                        [](const act::RepliesOpened&) { return Origin::kMachine; },
                        [](const act::RepliesRefused&) { return Origin::kMachine; },
                        [](const act::FilingDone&) { return Origin::kMachine; },
                        [](const act::SaidMore&) { return Origin::kMachine; },
                        [](const act::VoiceHeard&) { return Origin::kMachine; },
                        [](const act::VoiceRecorded&) { return Origin::kMachine; },
                        [](const act::VoiceFailed&) { return Origin::kMachine; },
                        [](const act::VoicePlays&) { return Origin::kMachine; },
                        [](const act::VoicePlayed&) { return Origin::kMachine; },
                        [](const act::CameraSeen&) { return Origin::kMachine; },
                        [](const act::PhotoTaken&) { return Origin::kMachine; },
                        [](const act::PhotoFailed&) { return Origin::kMachine; },
                        [](const act::CodeRead&) { return Origin::kMachine; },
                        [](const act::SayFailed&) { return Origin::kMachine; },
                        [](const act::SurveySaved&) { return Origin::kMachine; },
                        [](const act::PrinterTold&) { return Origin::kMachine; },
                        [](const act::PrintProgress&) { return Origin::kMachine; },
                        [](const act::PrintDone&) { return Origin::kMachine; },
                        [](const act::PrintFailed&) { return Origin::kMachine; },
                        [](const act::DraftLost&) { return Origin::kMachine; },
                        [](const act::ProblemRaised&) { return Origin::kMachine; },
                        [](const act::ProblemCleared&) { return Origin::kMachine; },
                        [](const act::BeginAssist&) { return Origin::kMachine; },  // the counter's officer did it
                        [](const act::EndAssist&) { return Origin::kMachine; },
                        [](const auto&) { return Origin::kPerson; },
                    },
                    action);
}

// What stays alive while the idle warning covers the screen: its own two answers, and the tools.
bool reaches_under_warning(const Action& action) {
  return std::visit(Overloaded{
                        [](const act::StillHere&) { return true; },
                        [](const act::EndNow&) { return true; },
                        [](const act::NextLanguage&) { return true; },
                        [](const act::ChooseLanguage&) { return true; },
                        [](const act::NextTextSize&) { return true; },
                        [](const act::NextContrast&) { return true; },
                        [](const act::Listen&) { return true; },
                        [](const act::SpeakFocus&) { return true; },
                        [](const auto&) { return false; },
                    },
                    action);
}

bool reaches_under_dialog(const Action& action) {
  return reaches_under_warning(action) || std::holds_alternative<act::CloseDialog>(action) ||
         std::holds_alternative<act::ConfirmDialog>(action) || std::holds_alternative<act::OpenHelp>(action) ||
         std::holds_alternative<act::ReadAgain>(action) || std::holds_alternative<act::TurnKnob>(action) ||
         std::holds_alternative<act::StopListening>(action);
}

template <typename Enum>
Enum next_of(Enum value, int count) {
  return static_cast<Enum>((static_cast<int>(value) + 1) % count);
}

class Reducer {
 public:
  explicit Reducer(Change& change) : change_(change), session_(change.session) {}

  void operator()(act::Touched&) {}
  void operator()(act::Tick&) { reducers::tick(change_); }

  // --- tools
  void operator()(act::NextLanguage&) {
    const auto& offered = change_.context.languages;
    const auto now = std::ranges::find(offered, session_.preferences.language, &OfferedLanguage::language);
    const bool last = now == offered.end() || now + 1 == offered.end();
    session_.preferences.language = last ? Language::kIndonesian : (now + 1)->language;
  }
  void operator()(act::ChooseLanguage& chosen) {
    session_.preferences.language = chosen.language;
    begin();
  }
  void operator()(act::NextTextSize&) {
    session_.preferences.text_size = next_of(session_.preferences.text_size, kTextSizes);
  }
  void operator()(act::NextContrast&) {
    session_.preferences.contrast = next_of(session_.preferences.contrast, kContrasts);
  }
  void operator()(act::OpenHelp&) {
    session_.dialog = session_.dialog == Dialog::kHelp ? Dialog::kNone : Dialog::kHelp;
  }

  // --- speech
  void operator()(act::Listen&) { reducers::listen(change_); }
  void operator()(act::ReadAgain&) { reducers::read_again(change_); }
  void operator()(act::SpeakFocus&) { reducers::speak_focus(change_); }
  void operator()(act::TurnKnob& turn) { reducers::turn_knob(change_, turn.knob); }
  void operator()(act::StopListening&) { reducers::stop_listening(change_); }
  void operator()(act::SoundMissing&) { reducers::sound_missing(change_); }

  // --- dialogs and the end
  void operator()(act::CloseDialog&) { session_.dialog = Dialog::kNone; }
  void operator()(act::ConfirmDialog&) {
    const Dialog dialog = std::exchange(session_.dialog, Dialog::kNone);
    if (dialog == Dialog::kConfirmCancel) reducers::give_up_journey(change_);
    if (dialog == Dialog::kConfirmFinish) reducers::end_session(change_);
  }
  void operator()(act::StillHere&) { reducers::still_here(change_); }
  void operator()(act::EndNow&) {
    if (session_.warning_since_ms) reducers::end_session(change_);
  }
  void operator()(act::Finish&) {
    if (session_.screen != Screen::kHome) return;
    if (session_has_input(session_)) {
      session_.dialog = Dialog::kConfirmFinish;
    } else {
      reducers::end_session(change_);
    }
  }

  // --- ways through
  void operator()(act::Start&) { begin(); }
  void operator()(act::OpenTile& open) {
    if (session_.screen == Screen::kHome) reducers::open_tile(change_, open.tile);
  }
  void operator()(act::Next&) { reducers::next(change_); }
  void operator()(act::Back&) { reducers::back(change_); }
  void operator()(act::Cancel&) { reducers::cancel(change_); }
  void operator()(act::ChooseKind& chosen) {
    const bool fits = chosen.kind == TicketKind::kAspiration || chosen.kind == TicketKind::kInformation;
    if (session_.screen != Screen::kKind || !fits) return;
    session_.personal.idea.kind = chosen.kind;
    reducers::advance(change_);
  }
  void operator()(act::ChooseCategory& chosen) {
    if (session_.screen != Screen::kCategory) return;
    if (change_.context.catalogue.find_category(chosen.category) == nullptr) return;
    session_.personal.complaint.category = std::move(chosen.category);
    reducers::withdraw_consent(session_);
    reducers::advance(change_);
  }
  void operator()(act::ChooseKampung& chosen) {
    const bool searched = session_.screen == Screen::kPlaceSearch;
    if (session_.screen != Screen::kPlace && !searched) return;
    if (change_.context.catalogue.find_kampung(chosen.kampung) == nullptr) return;
    if (searched) reducers::found_kampung(change_, chosen.kampung);
    session_.personal.complaint.kampung = std::move(chosen.kampung);
    session_.personal.complaint.place_unknown = false;
    reducers::withdraw_consent(session_);
  }
  void operator()(act::ChoosePlaceUnknown&) {
    if (session_.screen != Screen::kPlace) return;
    session_.personal.complaint.kampung.reset();
    session_.personal.complaint.place_unknown = true;
    reducers::withdraw_consent(session_);
  }
  void operator()(act::OpenDistricts&) {
    if (session_.screen == Screen::kPlace) session_.screen = Screen::kDistricts;
  }
  void operator()(act::ChooseDistrict& chosen) {
    if (session_.screen != Screen::kDistricts) return;
    if (change_.context.catalogue.find_district(chosen.district) == nullptr) return;
    Draft& draft = session_.personal.complaint;
    const DistrictCode before = draft.district.value_or(change_.context.district);
    if (before != chosen.district) {
      draft.kampung.reset();
      draft.place_unknown = false;
      reducers::withdraw_consent(session_);
    }
    draft.district = std::move(chosen.district);
    session_.screen = Screen::kPlace;
  }
  void operator()(act::OpenPlaceSearch&) {
    if (session_.screen == Screen::kPlace) session_.screen = Screen::kPlaceSearch;
  }
  void operator()(act::OpenLandmark&) {
    if (session_.screen == Screen::kPlace) session_.screen = Screen::kLandmark;
  }
  void operator()(act::ChooseKnown& chosen) { reducers::choose_known(change_, chosen.known); }
  void operator()(act::ChooseService& chosen) {
    if (session_.screen == Screen::kServices) reducers::open_service(change_, chosen.service);
  }
  void operator()(act::Change& what) { reducers::change_from_review(change_, what); }

  // --- filing
  void operator()(act::ToggleConsent&) {
    if (session_.screen != Screen::kReview) return;
    if (session_.journey == Journey::kService) {
      session_.personal.service.consent = !session_.personal.service.consent;
    } else if (Draft* draft = reducers::draft_of(session_)) {
      draft->consent = !draft->consent;
    }
  }
  void operator()(act::Save&) { reducers::save(change_); }
  void operator()(act::FilingDone& done) { reducers::filing_done(change_, done); }
  void operator()(act::FilingFailed& failed) { reducers::filing_failed(change_, failed); }
  void operator()(act::TogglePhotographed&) {
    if (auto& receipt = session_.personal.receipt) receipt->photographed = !receipt->photographed;
  }
  void operator()(act::ToggleWritten&) {
    if (auto& receipt = session_.personal.receipt) receipt->written = !receipt->written;
  }
  void operator()(act::ReceiptDone&) { reducers::receipt_done(change_); }

  // --- printing
  void operator()(act::PrintReceipt&) { reducers::print_receipt(change_); }
  void operator()(act::CancelPrint&) { reducers::cancel_print(change_); }
  void operator()(act::TogglePrinted&) { reducers::toggle_printed(change_); }
  void operator()(act::PrinterTold& told) { reducers::printer_told(change_, told); }
  void operator()(act::PrintProgress& progress) { reducers::print_progress(change_, progress); }
  void operator()(act::PrintDone& done) { reducers::print_done(change_, done); }
  void operator()(act::PrintFailed& failed) { reducers::print_failed(change_, failed); }

  // --- writing and tracking
  void operator()(act::SetText& set) { reducers::set_text(change_, set.target, set.text); }
  void operator()(act::OpenCode&) {
    if (session_.screen == Screen::kTrackTicket) session_.screen = Screen::kTrackCode;
  }
  void operator()(act::TicketFound& found) { reducers::ticket_found(change_, found); }
  void operator()(act::TicketNotFound& missing) { reducers::ticket_not_found(change_, missing); }
  void operator()(act::LookUpFailed& failed) { reducers::look_up_failed(change_, failed); }
  void operator()(act::TicketsChanged&) { reducers::tickets_changed(change_); }
  void operator()(act::TicketRefreshed& fresh) { reducers::ticket_refreshed(change_, fresh.ticket); }
  void operator()(act::RepliesOpened& opened) { reducers::replies_opened(change_, opened); }
  void operator()(act::RepliesRefused& refused) { reducers::replies_refused(change_, refused); }

  // --- saying and showing
  void operator()(act::OpenVoice&) { reducers::open_voice(change_); }
  void operator()(act::JustSpeak&) { reducers::just_speak(change_); }
  void operator()(act::StopVoice&) { reducers::stop_voice(change_); }
  void operator()(act::AgainVoice&) { reducers::again_voice(change_); }
  void operator()(act::DiscardVoice&) { reducers::discard_voice(change_); }
  void operator()(act::PlayVoice&) { reducers::play_voice(change_); }
  void operator()(act::OpenCamera& open) { reducers::open_camera(change_, open); }
  void operator()(act::TakePhoto&) { reducers::take_photo(change_); }
  void operator()(act::KeepPhoto&) { reducers::keep_photo(change_); }
  void operator()(act::AgainPhoto&) { reducers::again_photo(change_); }
  void operator()(act::OpenPhotos&) { reducers::open_photos(change_); }
  void operator()(act::RemovePhoto& remove) { reducers::remove_photo(change_, remove.id); }
  void operator()(act::OpenScan&) { reducers::open_scan(change_); }
  void operator()(act::VoiceHeard& heard) { reducers::voice_heard(change_, heard); }
  void operator()(act::VoiceRecorded& recorded) { reducers::voice_recorded(change_, recorded); }
  void operator()(act::VoiceFailed& failed) { reducers::voice_failed(change_, failed); }
  void operator()(act::VoicePlays& plays) { reducers::voice_plays(change_, plays); }
  void operator()(act::VoicePlayed& played) { reducers::voice_played(change_, played); }
  void operator()(act::CameraSeen& seen) { reducers::camera_seen(change_, seen.sight); }
  void operator()(act::PhotoTaken& taken) { reducers::photo_taken(change_, taken); }
  void operator()(act::PhotoFailed&) { reducers::photo_failed(change_); }
  void operator()(act::CodeRead& read) { reducers::code_read(change_, read); }

  // --- saying more
  void operator()(act::OpenReply& open) { reducers::open_reply(change_, open.kind); }
  void operator()(act::OpenRating&) { reducers::open_rating(change_); }
  void operator()(act::ChooseScore& chosen) { reducers::choose_score(change_, chosen.score); }
  void operator()(act::SkipScore&) { reducers::skip_score(change_); }
  void operator()(act::SaidMore& said) { reducers::said_more(change_, said); }
  void operator()(act::SayFailed& failed) { reducers::say_failed(change_, failed); }
  void operator()(act::SurveySaved& saved) { reducers::survey_saved(change_, saved); }

  // --- staff
  void operator()(act::OpenStaff&) {
    if (session_.screen == Screen::kAttract && session_.dialog == Dialog::kNone)
      change_.effects.emplace_back(effect::OpenStaff{});
  }
  void operator()(act::BeginAssist& begin) { reducers::begin_assist(change_, begin.assisted); }
  void operator()(act::EndAssist&) {
    if (session_.assisted) reducers::end_session(change_);
  }

  // --- the kiosk as a whole
  // Told where whoever wrote it still stands: on the first screen. Whoever comes much later is not told.
  void operator()(act::DraftLost&) {
    if (session_.screen != Screen::kAttract || session_.dialog != Dialog::kNone) return;
    session_.dialog = Dialog::kDraftLost;
    session_.last_activity_ms = change_.context.monotonic_ms;  // their time to read it starts now
  }
  void operator()(act::ProblemRaised& raised) { session_.problem = std::move(raised.problem); }
  void operator()(act::ProblemCleared&) { session_.problem.reset(); }
  void operator()(act::RetryProblem&) {
    if (session_.problem) change_.effects.emplace_back(effect::RetryProblem{});
  }

 private:
  // A closed office has a kiosk that takes filings; one that an officer paused takes nobody until they let it go on.
  void begin() {
    if (session_.screen == Screen::kAttract && change_.context.office != OfficeState::kPaused)
      session_.screen = Screen::kHome;
  }

  Change& change_;
  Session& session_;
};

}  // namespace

Step apply(Session session, Action action, const SessionContext& context) {
  Step step{.session = std::move(session), .effects = {}};
  Session& now = step.session;
  Change change{.session = now, .context = context, .effects = step.effects, .redraw = step.redraw};
  if (origin_of(action) == Origin::kPerson) {
    if (now.warning_since_ms) {
      // A sign of life, but no answer: the words may have to be read first, in the right language and size.
      if (!std::holds_alternative<act::StillHere>(action)) now.warning_since_ms = context.monotonic_ms;
      if (!reaches_under_warning(action)) return step;
    } else {
      now.last_activity_ms = context.monotonic_ms;
      now.extensions = 0;
    }
    if (now.dialog != Dialog::kNone && !reaches_under_dialog(action)) return step;
  } else if (now.screen == Screen::kSaving || now.screen == Screen::kSaying) {
    now.last_activity_ms = context.monotonic_ms;  // the person was kept waiting; their time starts now
  }
  std::visit(Reducer(change), action);
  return step;
}

}  // namespace mimika
