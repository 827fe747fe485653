// The desk behind the screen: a thread that owns the store and does what sessions ask for. It opens the store without
// keeping the first frame waiting, starts the synchronisation, files, looks up, and opens replies; whatever it finds
// out goes to the screen's thread as a message.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "kiosk/app/config.h"
#include "kiosk/app/counter.h"
#include "kiosk/app/filing.h"
#include "kiosk/app/locations.h"
#include "kiosk/app/published.h"
#include "kiosk/app/task_thread.h"
#include "kiosk/app/unfinished.h"
#include "kiosk/base/env.h"
#include "kiosk/eventlog/event_log.h"
#include "kiosk/model/catalogue.h"
#include "kiosk/session/action.h"
#include "kiosk/session/effect.h"
#include "sync/client/enrolment_files.h"
#include "sync/client/sync_runner.h"

namespace mimika {

// How the kiosk stands, for the clock's honesty and the quiet line for staff.
struct KioskStatus {
  DistrictCode district;  // empty until the kiosk is known to be enrolled
  DeviceCode kiosk;       // so is this
  ClockConfidence clock = ClockConfidence::kUnknown;
  Standing standing = {};
  Announcements announcements = {};         // null: none; the office's own among them
  OfficeStand office = OfficeStand::kOpen;  // by its officers' last word
};

// A voice of a ticket, for the officer who asked; empty: it does not open.
struct VoiceOpened {
  RequestId request;
  PersonalBytes opus;
};
// The officer's turn of duty is over, and nobody at the screen asked for that.
struct CounterClosed {};

using DeskMessage = std::variant<Action, staff::Action, VoiceOpened, CounterClosed, KioskStatus>;

struct DeskOptions {
  DataFolder folder;
  std::string program_version;
  WallMs program_built_ms = 0;
  std::int64_t poll_ms = 60'000;
};

class Desk {
 public:
  // `catalogue`, `events` and `mailbox` must outlive it. Opening begins at once; its outcome is a ProblemCleared or
  // ProblemRaised.
  Desk(DeskOptions options, const Catalogue& catalogue, eventlog::EventLog& events, Mailbox<DeskMessage>& mailbox);
  ~Desk();
  Desk(const Desk&) = delete;
  Desk& operator=(const Desk&) = delete;

  // Runs one effect of a session; those that are the screen's own (EndSession, Chime) are ignored.
  void run(Effect effect);
  // The same for the officers' counter.
  void run(staff::Effect effect);
  // Whether somebody's unsaved words stand on the screen. Should the power fail, the next start tells of it.
  void note_unfinished(bool unfinished);
  // Moves the write-ahead log into the database while nobody is there.
  void tidy();

 private:
  void open();
  void file(effect::FileTicket ask);
  [[nodiscard]] Result<Receipted> commit(const effect::FileTicket& ask);
  void look_up(const effect::LookUpTicket& ask);
  void refresh(const effect::RefreshTicket& ask);
  void open_replies(const effect::OpenReplies& ask);
  void say_more(effect::SayMore ask);
  void answer_survey(const effect::AnswerSurvey& ask);
  [[nodiscard]] Result<EventKey> write_down(const effect::SayMore& ask);
  void prepare_receipt();
  void tell_status();
  [[nodiscard]] Result<KioskStatus> read_status();
  void after_round(const sync::SyncState& state);
  bool post_task(std::function<void()> task);  // false: it will not run

  const DeskOptions options_;
  const Catalogue& catalogue_;
  eventlog::EventLog& events_;
  Mailbox<DeskMessage>& mailbox_;
  std::unique_ptr<Env> env_;

  // Owned by the thread.
  std::optional<sync::Enrolment> enrolment_;
  std::unique_ptr<Store> store_;
  PublishedCatalogue published_;
  PublishedAnnouncements announcements_;
  Counter counter_;
  std::unique_ptr<sync::SyncRunner> sync_;
  UnfinishedMark unfinished_;
  std::optional<ErrorCode> unreadable_;    // why the last reading of the status failed, as the log has heard
  std::optional<ReceiptPair> ready_pair_;  // made while idle: deriving one takes a tenth of a second

  std::atomic<bool> signed_out_ = false;  // the screen asked for it, and no task could be had for that

  TaskThread thread_;  // last: stops before what it works on goes
};

}  // namespace mimika
