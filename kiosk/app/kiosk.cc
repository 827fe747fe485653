#include "kiosk/app/kiosk.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <utility>

#include "kiosk/app/picture_camera.h"
#include "kiosk/app/published.h"
#include "kiosk/app/receipt_paper.h"
#include "kiosk/app/version.h"
#include "kiosk/app/window_options.h"
#include "kiosk/base/log.h"
#include "kiosk/base/wipe.h"
#include "kiosk/device/sdl_audio.h"
#include "kiosk/device/v4l2_source.h"
#include "kiosk/eventlog/event_span.h"
#include "kiosk/model/calendar.h"
#include "kiosk/session/queries.h"
#include "ui/platform/glyphs.h"
#include "ui/screens/languages.h"
#include "ui/screens/officer/officer_screens.h"
#include "ui/screens/resident/staff_line.h"
#include "ui/screens/screens.h"

namespace mimika {
namespace {

// A press, its release, and what both lead to: more frames in a row than this would be a loop.
constexpr int kMostFramesAnEvent = 24;  // a page may be tried in four text sizes
constexpr const char* kFallbackDistrict = "94.04.01";

std::int64_t microseconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

Kiosk::Kiosk(KioskOptions options) : options_(std::move(options)), env_(make_system_env()) {}

Kiosk::~Kiosk() {
  media_.reset();
  sounds_.reset();  // its threads wake the window too
  printer_.reset();
  desk_.reset();  // both first: their threads post into the mailbox, and that wakes the window
  script_.reset();
}

Result<std::unique_ptr<Kiosk>> Kiosk::open(const KioskOptions& options) {
  std::unique_ptr<Kiosk> kiosk(new Kiosk(options));
  TRY_ASSIGN(kiosk->texts_, screens::load_texts(options.locale_folder));
  kiosk->languages_ = screens::offered_languages(*kiosk->texts_);

  const auto config = load_config(options.folder.config());
  if (config) kiosk->config_ = *config;
  ui::DisplayOptions display;
  display.window = window_options(options, kiosk->config_);
  display.assets_folder = options.assets;
  display.font_folder = options.font_folder;
  display.cache_folder = options.folder.cache();
  TRY_ASSIGN(kiosk->display_, ui::Display::open(display));
  kiosk->ui_ = std::make_unique<ui::Ui>(kiosk->display_->fonts(), kiosk->display_->pictures());
  const auto wake = [window = &kiosk->display_->window()] { window->wake(); };
  kiosk->mailbox_ = std::make_unique<Mailbox<DeskMessage>>(wake);
  if (options.script) {
    TRY_ASSIGN(kiosk->script_, ui::ScriptRunner::open(*options.script, *kiosk->display_,
                                                      [raw = kiosk.get()] { return raw->page_name(); }));
  }
  kiosk->take_config();
  return kiosk;
}

void Kiosk::give_up(const Error& error) {
  log_error("app", "{} ({})", error.message, error_code_name(error.code));
  act(Action(action::ProblemRaised{Problem{error.code, error.message}}));
}

void Kiosk::take_config() {
  const auto config = load_config(options_.folder.config());
  if (!config) return give_up(config.error());
  config_ = *config;
}

// After the first frame: a screen that can be touched comes before the catalogue and the store that the second touch
// needs.
void Kiosk::start_service() {
  if (desk_ || session_.problem) return;
  if (catalogue_.districts.empty()) {
    auto catalogue = newest_catalogue(options_.folder, options_.assets);
    if (!catalogue) return give_up(catalogue.error());
    catalogue_ = *std::move(catalogue);
    calendar_ = catalogue_.work_calendar();
  }
  if (UnfinishedMark(options_.folder.unfinished_mark()).take()) act(Action(action::DraftLost{}));
  constexpr std::int64_t kMsPerSecond = 1000;
  desk_ = std::make_unique<Desk>(
      DeskOptions{options_.folder, kProgramVersion, program_built_ms(), config_.poll_s * kMsPerSecond}, catalogue_,
      *events_, *mailbox_);
  start_media();
}

void Kiosk::start_media() {
  MediaDevices devices;
  if (!options_.camera_picture.empty()) {
    devices.camera = std::make_unique<PictureCamera>(options_.camera_picture);
  } else if (options_.sample_camera) {
    sample_scene_.show(device::draw_sample_picture({.width = 1280, .height = 720}));
    devices.camera = std::make_unique<device::RecordedCamera>(sample_scene_);
  } else {
    devices.camera = std::make_unique<device::V4l2Source>(device::make_v4l2_io());
  }
  devices.microphone = device::make_microphone("");
  media_ = std::make_unique<Media>(std::move(devices), sounds_->player(), *display_, *env_, *mailbox_);
  media_->follow(session_);
}

// After the first frame as well. What the player and the synthesiser open, they open on threads of their own.
void Kiosk::start_sounds() {
  sounds_ =
      std::make_unique<Sounds>(SoundOptions{.outputs = {.headphones = config_.headphones, .speaker = config_.speaker},
                                            .recordings = options_.assets + "/speech"},
                               [window = &display_->window()] { window->wake(); });
  sounds_->follow(session_);
}

std::int64_t Kiosk::now_ms() const {
  return env_->monotonic_ms();
}

SessionContext Kiosk::context() const {
  const WallMs wall = env_->wall_ms();
  const DistrictCode district = status_.district.value.empty() ? DistrictCode{kFallbackDistrict} : status_.district;
  const District* known = catalogue_.find_district(district);
  std::string office = config_.office_name;
  if (office.empty() && known != nullptr && !status_.district.value.empty()) {
    office = texts_->in(language_code(session_.preferences.language)).format("office.name", {known->name});
  }
  // By a clock that nobody vouched for, nobody is told when the door opens or shuts.
  const bool knows_time = clock_is_trusted(status_.clock);
  const bool open = status_.office == OfficeStand::kOpen &&
                    (!knows_time || is_open(config_.hours, local_date(wall), local_time(wall), calendar_));
  const OfficeState office_state = status_.office == OfficeStand::kPaused ? OfficeState::kPaused
                                   : open                                 ? OfficeState::kOpen
                                                                          : OfficeState::kClosed;
  return {
      .catalogue = catalogue_,
      .district = district,
      .kiosk = status_.kiosk,
      .office_name = std::move(office),
      .wall_ms = wall,
      .monotonic_ms = now_ms(),
      .today = local_date(wall),
      .clock = status_.clock,
      .office = office_state,
      .open_until = knows_time ? config_.hours.until : std::nullopt,
      .standing = status_.standing,
      .announcements = status_.announcements ? std::span<const Announcement>(*status_.announcements)
                                             : std::span<const Announcement>(),
      .sound = sounds_ ? sounds_->state() : SoundState{},
      .limits = {.idle_ms = config_.idle_s * std::int64_t{1000}, .answer_ms = config_.answer_s * std::int64_t{1000}},
      .languages = languages_,
      .printer = printer_ != nullptr};
}

void Kiosk::act(Action action) {
  Step step = apply(std::move(session_), std::move(action), context());
  session_ = std::move(step.session);
  for (Effect& effect : step.effects) run_effect(std::move(effect));
  if (sounds_) sounds_->follow(session_);  // before a voice plays or is recorded the kiosk falls silent
  if (media_ && !at_counter()) media_->follow(session_);
  if (const bool unfinished = session_has_input(session_); desk_ && unfinished != unfinished_) {
    unfinished_ = unfinished;
    desk_->note_unfinished(unfinished);
  }
  next_tick_ms_ = now_ms() + ms_until_next_tick(session_, context());
  if (counter_)
    next_tick_ms_ = std::min(next_tick_ms_, now_ms() + staff::ms_until_next_tick(*counter_, counter_context()));
  changed_ = changed_ || step.redraw;
}

void Kiosk::forget_visit() {
  ui_->forget_person();
  if (media_) media_->forget();
  if (sounds_) sounds_->forget_person();
  if (desk_) desk_->tidy();
  if (printer_) printer_->forget_person();
  visit_ended_ = true;
}

bool Kiosk::run_sound_effect(const Effect& effect) {
  const bool chime = std::holds_alternative<effect::Chime>(effect);
  const bool page = std::holds_alternative<effect::SpeakPage>(effect);
  const bool focus = std::holds_alternative<effect::SpeakFocus>(effect);
  const bool hush = std::holds_alternative<effect::Hush>(effect);
  if (sounds_ && chime) sounds_->chime();
  if (sounds_ && page) sounds_->speak_page();
  if (sounds_ && focus) sounds_->speak_focus();
  if (sounds_ && hush) sounds_->hush();
  return chime || page || focus || hush;
}

// A device that came or went is shown where that is said, and told to whoever wanted to hear something.
void Kiosk::take_sound_news() {
  if (!sounds_) return;
  if (sounds_->take_missing()) act(Action(action::SoundMissing{}));
  const bool missing = sounds_->state().missing;
  if (std::exchange(sound_missing_, missing) != missing) changed_ = changed_ || session_.dialog == Dialog::kSpeech;
}

// Of the frame that stays.
void Kiosk::speak_what_is_new() {
  if (!sounds_ || !session_.preferences.speech) return;
  sounds_->frames_settled(texts_->in(language_code(session_.preferences.language)));
  if (script_) ui_->publish("debug.said", std::to_string(sounds_->said()));
}

void Kiosk::run_effect(Effect effect) {
  if (run_sound_effect(effect)) return;
  if (std::holds_alternative<effect::EndSession>(effect)) {
    forget_visit();
  } else if (std::holds_alternative<effect::OpenStaff>(effect)) {
    open_counter();
  } else if (std::holds_alternative<effect::EndAssist>(effect)) {
    act(staff::Action(staff::action::EndAssist{}));
  } else if (std::holds_alternative<effect::TakePhoto>(effect)) {
    if (media_) media_->take_photo();
  } else if (std::holds_alternative<effect::AskPrinter>(effect) ||
             std::holds_alternative<effect::PrintReceipt>(effect) ||
             std::holds_alternative<effect::CancelPrint>(effect)) {
    run_printing(std::move(effect));
  } else if (std::holds_alternative<effect::RetryProblem>(effect) && !desk_) {
    session_.problem.reset();
    take_config();
    start_service();
  } else if (desk_) {
    desk_->run(std::move(effect));
  } else if (const auto* file = std::get_if<effect::FileTicket>(&effect)) {
    act(Action(action::FilingFailed{file->id, ErrorCode::kInternal}));
  }
}

void Kiosk::run_printing(Effect effect) {
  if (!printer_) return;  // a session without one asks for nothing
  if (const auto* ask = std::get_if<effect::AskPrinter>(&effect)) {
    printer_->ask(ask->id);
  } else if (const auto* print = std::get_if<effect::PrintReceipt>(&effect)) {
    const Text& text = texts_->in(language_code(session_.preferences.language));
    printer_->print(print->id, make_receipt_slip(print->receipt, context(), text));
  } else {
    printer_->cancel();
  }
}

// Its jobs bear the kiosk's own name, so that it finds what an earlier life left behind; hence not before that is
// known.
void Kiosk::open_printer() {
  if (printer_ || config_.printer_uri.empty() || status_.kiosk.value.empty()) return;
  printer_ =
      std::make_unique<ReceiptPrinter>(ReceiptPrinterOptions{{.uri = config_.printer_uri, .owner = status_.kiosk.value},
                                                             ui::font_folders(options_.font_folder)},
                                       [mailbox = mailbox_.get()](Action action) { mailbox->post(std::move(action)); });
}

void Kiosk::take_messages() {
  if (media_) changed_ = media_->fetch(session_) || changed_;
  for (DeskMessage& message : mailbox_->take()) {
    if (auto* action = std::get_if<Action>(&message)) {
      if (take_for_counter(*action)) continue;
      const bool filed = std::holds_alternative<action::FilingDone>(*action);
      act(std::move(*action));
      if (filed && counter_ && counter_->assist) act(staff::Action(staff::action::FiledForPerson{}));
    } else if (auto* at_counter = std::get_if<staff::Action>(&message)) {
      act(std::move(*at_counter));
    } else if (auto* voice = std::get_if<VoiceOpened>(&message)) {
      play_for_counter(*voice);
    } else if (std::holds_alternative<CounterClosed>(message)) {
      close_counter();
    } else {
      take_status(std::move(std::get<KioskStatus>(message)));
    }
  }
}

// Each call to the centre brings a status. When nothing in it is on the screen, nothing is drawn.
void Kiosk::take_status(KioskStatus status) {
  const auto staff_line = [this] {
    if (session_.screen != Screen::kAttract) return screens::StaffLineView{};
    return screens::make_staff_line(context(), texts_->in(language_code(session_.preferences.language)));
  };
  const screens::StaffLineView before = staff_line();
  const bool published = script_ && status.standing.unsent_events != status_.standing.unsent_events;
  const bool news = session_.screen == Screen::kAnnouncements && status.announcements != status_.announcements;
  const bool shown = news || counter_ || status.office != status_.office || status.district != status_.district ||
                     status.clock != status_.clock;
  status_ = std::move(status);
  open_printer();
  changed_ = changed_ || shown || published || staff_line() != before;
}

// The end of a visit is no movement, nor is the warning that covers the page: what the person wrote is gone from the
// screen in the same frame.
void Kiosk::turn_page() {
  const PageShown page = page_shown(session_);
  const std::string counter_page = at_counter() ? screens::staff_screen_name(*counter_) : std::string();
  if (page == page_ && counter_page == counter_page_) return;
  const bool left = counter_page.empty() && !counter_page_.empty();
  const bool covers = left || (counter_page.empty() && page.screen == Screen::kAttract) ||
                      (page.warned && !page_.warned) || counter_page == "staff.warning";
  page_ = page;
  counter_page_ = counter_page;
  if (moves() && !covers && meter_.frames() > 0) {
    display_->fade().begin(now_ms());
  } else {
    display_->fade().end();
  }
}

bool Kiosk::moves() const {
  return !config_.reduce_motion;
}

std::optional<std::int64_t> Kiosk::next_frame_ms() const {
  const auto asked = ui_->schedule().next_ms();
  const auto fading = display_->fade().next_ms();
  return asked && fading ? std::min(*asked, *fading) : asked ? asked : fading;
}

bool Kiosk::draw_once(std::span<const ui::InputEvent> events) {
  std::optional<Action> action;
  bool touched = false;
  // Before the frame: what it asks for itself, such as another one to settle in, must stay.
  static_cast<void>(ui_->schedule().take_due(now_ms()));
  turn_page();
  std::optional<staff::Action> counter_action;
  // Nothing of the counter is said aloud: others stand around it.
  ui::Spoken* const ear = sounds_ && !at_counter() ? sounds_->ear(session_.preferences) : nullptr;
  const Preferences& preferences = at_counter() ? counter_->preferences : session_.preferences;
  ui_->listen(ear);
  display_->draw(
      [&](ImDrawList& canvas) {
        ui_->begin_frame({.now_ms = now_ms(),
                          .screen_px = display_->window().size_px(),
                          .panel_width_mm = static_cast<float>(config_.panel_width_mm),
                          .text_size = screens::text_size_of(preferences),
                          .contrast = screens::contrast_of(preferences),
                          .reduce_motion = !moves(),
                          .events = events},
                         canvas);
        action = draw_page(counter_action);
        if (script_) publish_measurements();
        ui_->end_frame();
        touched = ui_->touched();
      },
      now_ms());
  if (ear != nullptr) sounds_->saw_frame();
  meter_.count_frame();
  changed_ = false;
  if (counter_action) act(*std::move(counter_action));
  if (action) {
    if (counter_) act(staff::Action(staff::action::Touched{}));
    act(*std::move(action));
  }
  if (action || counter_action) return true;
  if (touched && !events.empty()) note_touch();
  return false;
}

std::optional<Action> Kiosk::draw_page(std::optional<staff::Action>& counter_action) {
  if (!at_counter()) return screens::draw_screen(session_, context(), *texts_, *ui_);
  counter_action = screens::draw_staff(*counter_, counter_context(), *texts_, *ui_);
  return std::nullopt;
}

// A touch that hit nothing is a sign of life.
void Kiosk::note_touch() {
  if (counter_) act(staff::Action(staff::action::Touched{}));
  if (at_counter()) return;
  const std::int64_t before = session_.last_activity_ms;
  act(Action(action::Touched{}));
  changed_ = session_.last_activity_ms == before && changed_ && session_.warning_since_ms.has_value();
}

// Frames until the screen shows what the events led to.
void Kiosk::draw_until_settled(std::span<const ui::InputEvent> events) {
  for (int frame = 0; frame < kMostFramesAnEvent; ++frame) {
    const bool acted = draw_once(events);
    events = {};
    const auto due = ui_->schedule().next_ms();
    if (!acted && !changed_ && (!due || *due > now_ms())) return;
  }
}

std::int64_t Kiosk::sleep_ms() const {
  if (changed_) return 0;
  std::int64_t until = next_tick_ms_;
  if (const auto due = next_frame_ms()) until = std::min(until, *due);
  if (media_) until = std::min(until, media_->next_ms());
  if (script_ && script_->next_ms()) until = std::min(until, *script_->next_ms());
  return std::max<std::int64_t>(until - now_ms(), 0);
}

int Kiosk::run() {
  next_tick_ms_ = now_ms() + ms_until_next_tick(session_, context());
  draw_until_settled({});
  if (options_.report_first_frame) {
    std::puts("first-frame");
    std::fflush(stdout);
  }
  // After the first frame too: it waits for the disk a few times.
  events_ = eventlog::EventLog::open({.folder = options_.folder.events()}, *env_);
  eventlog::EventSpan program(*events_, eventlog::EventId::kProgramBegin, eventlog::Role::kSystem,
                              {{eventlog::ValueKey::kVersion, kProgramVersion}});
  const int code = serve();
  program.end(code == 0 ? eventlog::Outcome::kSuccess : eventlog::Outcome::kFailure,
              {{eventlog::ValueKey::kExit, code}});
  return code;
}

int Kiosk::serve() {
  start_sounds();
  start_service();
  for (;;) {
    const ui::WindowEvents events = display_->window().wait(sleep_ms());
    const auto taken = std::chrono::steady_clock::now();
    if (events.quit) return 0;
    take_messages();
    take_sound_news();
    if (now_ms() >= next_tick_ms_) {
      act(Action(action::Tick{}));
      act(staff::Action(staff::action::Tick{}));
    }
    const auto due = next_frame_ms();
    const bool draw = changed_ || events.exposed || !events.input.empty() || (due && *due <= now_ms());
    if (draw) {
      if (!events.input.empty()) display_->fade().end();  // nobody waits for a movement
      draw_until_settled(events.input);
      speak_what_is_new();
      if (std::exchange(visit_ended_, false)) overwrite_dead_stack();
      (events.input.empty() ? moving_meter_ : meter_).add_frame(microseconds_since(taken));
    }
    if (script_) {
      script_->step(*ui_, now_ms());
      if (script_->finished()) return script_->exit_code();
    }
  }
}

void Kiosk::publish_measurements() {
  ui_->publish("debug.frames", std::to_string(meter_.frames() + 1));  // with the one being drawn
  ui_->publish("debug.input_frames", std::to_string(meter_.samples()));
  ui_->publish("debug.moving_frames", std::to_string(moving_meter_.samples()));
  ui_->publish("debug.moving_p50_us", std::to_string(moving_meter_.percentile_us(0.50)));
  ui_->publish("debug.moving_p99_us", std::to_string(moving_meter_.percentile_us(0.99)));
  ui_->publish("debug.frame_p50_us", std::to_string(meter_.percentile_us(0.50)));
  ui_->publish("debug.frame_p99_us", std::to_string(meter_.percentile_us(0.99)));
  if (sounds_) {
    ui_->publish("debug.said", std::to_string(sounds_->said()));
    ui_->publish("debug.volume", std::to_string(sounds_->player().volume()));
  }
  ui_->publish("debug.focus", ui_->focused());
  ui_->publish("debug.unsent_events", std::to_string(status_.standing.unsent_events));
}

}  // namespace mimika
