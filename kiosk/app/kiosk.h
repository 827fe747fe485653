// The program: window, session, desk and script, and the loop that sleeps between them.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "kiosk/app/config.h"
#include "kiosk/app/desk.h"
#include "kiosk/app/frame_meter.h"
#include "kiosk/app/locations.h"
#include "kiosk/app/media.h"
#include "kiosk/app/printing.h"
#include "kiosk/app/sounds.h"
#include "kiosk/device/recorded_camera.h"
#include "kiosk/eventlog/event_log.h"
#include "kiosk/session/apply.h"
#include "kiosk/staff/staff_apply.h"
#include "ui/platform/display.h"
#include "ui/platform/script_runner.h"
#include "ui/text/text.h"
#include "ui/widgets/ui.h"

namespace mimika {

struct KioskOptions {
  DataFolder folder;
  std::string assets;         // find_assets()
  std::string locale_folder;  // holds <language>/LC_MESSAGES/mimika.mo
  std::string font_folder;    // searched first when not empty
  std::optional<ui::ScriptOptions> script;
  bool headless = false;
  std::optional<int> width_px;  // over the configuration
  std::optional<int> height_px;
  bool sample_camera = false;       // a drawn picture in place of a camera: for demonstrations and tests
  std::string camera_picture;       // a PNG file in place of one
  bool report_first_frame = false;  // "first-frame" on standard output once it can be touched
};

class Kiosk {
 public:
  // Fails only where nothing can be shown: no display, no fonts, no words. Anything else is a problem on the screen.
  [[nodiscard]] static Result<std::unique_ptr<Kiosk>> open(const KioskOptions& options);
  ~Kiosk();
  Kiosk(const Kiosk&) = delete;
  Kiosk& operator=(const Kiosk&) = delete;

  // Until the window is closed, a signal arrives or the script ends. The process's exit code.
  int run();

 private:
  explicit Kiosk(KioskOptions options);
  int serve();  // the loop
  // What fails becomes the session's problem, with a key to try again.
  void take_config();
  void start_service();
  void start_media();
  void start_sounds();
  void give_up(const Error& error);
  void act(Action action);
  void run_effect(Effect effect);
  void forget_visit();  // whatever of the person lives outside the session
  // --- kiosk_counter.cc: the officers' counter
  [[nodiscard]] bool at_counter() const;  // it stands on the screen
  [[nodiscard]] staff::Context counter_context() const;
  void open_counter();
  void act(staff::Action action);
  void run_effect(staff::Effect effect);
  bool take_for_counter(Action& action);  // true: it was the counter's
  void show_case_pictures();
  void play_for_counter(const VoiceOpened& voice);
  void close_counter();  // with everything that stands on it
  [[nodiscard]] std::string page_name() const;
  void run_printing(Effect effect);
  void open_printer();
  bool run_sound_effect(const Effect& effect);  // false: it is another one
  void take_sound_news();
  void speak_what_is_new();
  void take_messages();
  void take_status(KioskStatus status);
  void draw_until_settled(std::span<const ui::InputEvent> events);
  bool draw_once(std::span<const ui::InputEvent> events);  // true: it led to an action
  std::optional<Action> draw_page(std::optional<staff::Action>& at_counter);
  void note_touch();
  void turn_page();                                                 // before the first frame of another one
  [[nodiscard]] bool moves() const;                                 // whether anything may move by itself
  [[nodiscard]] std::optional<std::int64_t> next_frame_ms() const;  // that no event has to ask for
  [[nodiscard]] SessionContext context() const;
  [[nodiscard]] std::int64_t now_ms() const;
  [[nodiscard]] std::int64_t sleep_ms() const;
  void publish_measurements();  // "debug.…", for scripts and benchmarks

  KioskOptions options_;
  KioskConfig config_;
  std::unique_ptr<Env> env_;
  std::unique_ptr<eventlog::EventLog> events_;  // the desk's as well
  Catalogue catalogue_;
  WorkCalendar calendar_;  // the catalogue's
  Session session_;
  std::optional<staff::Session> counter_;          // while an officer is there
  std::map<std::string, std::size_t> shown_case_;  // pictures of the ticket on it, as the display has them, by size
  KioskStatus status_;
  std::optional<Texts> texts_;
  std::vector<OfferedLanguage> languages_;
  std::unique_ptr<ui::Display> display_;
  std::unique_ptr<ui::Ui> ui_;
  std::unique_ptr<Mailbox<DeskMessage>> mailbox_;
  std::unique_ptr<ui::ScriptRunner> script_;
  std::unique_ptr<Desk> desk_;
  std::unique_ptr<Sounds> sounds_;  // empty until the first frame is shown
  bool sound_missing_ = false;      // as it is shown
  device::RecordedScene sample_scene_{device::FrameFormat::kMjpeg, 66};
  std::unique_ptr<Media> media_;             // plays through the sounds
  std::unique_ptr<ReceiptPrinter> printer_;  // once the kiosk knows its own name, when one is set up
  FrameMeter meter_;
  FrameMeter moving_meter_;  // frames that nobody's touch asked for
  std::int64_t next_tick_ms_ = 0;
  PageShown page_;            // as it was drawn last
  std::string counter_page_;  // the same of the counter; empty: it was not there
  bool unfinished_ = false;   // as the desk was told
  bool visit_ended_ = false;  // since the last frame: what it left on the stack is still to be overwritten
  bool changed_ = true;       // something happened that the last frame does not show
};

}  // namespace mimika
