#include "kiosk/app/desk.h"

#include <utility>

#include "kiosk/app/replies.h"
#include "kiosk/app/store_events.h"
#include "kiosk/base/log.h"
#include "kiosk/base/wipe.h"
#include "sync/client/curl_transport.h"

namespace mimika {
namespace {

bool has_words(const FilingRequest& request) {
  return request.kind == TicketKind::kService || !request.details.story.empty();
}

}  // namespace

Desk::Desk(DeskOptions options, const Catalogue& catalogue, eventlog::EventLog& events, Mailbox<DeskMessage>& mailbox)
    : options_(std::move(options)),
      catalogue_(catalogue),
      events_(events),
      mailbox_(mailbox),
      env_(make_system_env()),
      published_(options_.folder),
      counter_({.env = *env_,
                .catalogue = catalogue_,
                .tell = [this](staff::Action action) { mailbox_.post(std::move(action)); },
                .post = [this](std::function<void()> task) { return post_task(std::move(task)); },
                .play = [this](RequestId id, PersonalBytes opus) { mailbox_.post(VoiceOpened{id, std::move(opus)}); },
                .closed = [this] { mailbox_.post(CounterClosed{}); },
                .written =
                    [this] {
                      if (sync_) sync_->nudge(sync::Nudge::kFiled);
                      tell_status();
                    }},
               options_.folder.root + "/keys"),
      unfinished_(options_.folder.unfinished_mark()) {
  post_task([this] { open(); });
}

// The synchronisation first: it still posts what it finds out.
Desk::~Desk() {
  sync_.reset();
}

bool Desk::post_task(std::function<void()> task) {
  const bool posted = thread_.post([this, work = std::move(task)] {
    if (signed_out_.exchange(false)) counter_.sign_out(store_.get(), StaffAct::kSignedOut);
    work();
    // Asked for while that ran, and nothing may follow.
    if (signed_out_.exchange(false)) counter_.sign_out(store_.get(), StaffAct::kSignedOut);
  });
  if (posted) return true;
  log_error("app", "too many tasks wait for the store; one was dropped");
  return false;
}

void Desk::run(Effect effect) {
  if (auto* filing = std::get_if<effect::FileTicket>(&effect)) {
    // std::function wants copyable tasks; the request moves through a shared box that is emptied by its only reader.
    auto box = std::make_shared<effect::FileTicket>(std::move(*filing));
    wipe(filing->request);
    filing->media.clear();
    // Nobody may wait on the screen for an answer that will not come.
    if (post_task([this, box] { file(std::move(*box)); })) return;
    wipe(box->request);
    mailbox_.post(Action(action::FilingFailed{box->id, ErrorCode::kInternal}));
  } else if (const auto* search = std::get_if<effect::LookUpTicket>(&effect)) {
    if (post_task([this, ask = *search] { look_up(ask); })) return;
    mailbox_.post(Action(action::LookUpFailed{search->id, ErrorCode::kInternal}));
  } else if (const auto* refreshed = std::get_if<effect::RefreshTicket>(&effect)) {
    post_task([this, ask = *refreshed] { refresh(ask); });
  } else if (const auto* replies = std::get_if<effect::OpenReplies>(&effect)) {
    if (post_task([this, ask = *replies] { open_replies(ask); })) return;
    mailbox_.post(Action(action::RepliesRefused{replies->id, ErrorCode::kInternal}));
  } else if (const auto* said = std::get_if<effect::SayMore>(&effect)) {
    if (post_task([this, ask = *said]() mutable { say_more(std::move(ask)); })) return;
    mailbox_.post(Action(action::SayFailed{said->id, ErrorCode::kInternal}));
  } else if (const auto* answered = std::get_if<effect::AnswerSurvey>(&effect)) {
    if (post_task([this, ask = *answered] { answer_survey(ask); })) return;
    mailbox_.post(Action(action::SayFailed{answered->id, ErrorCode::kInternal}));
  } else if (std::holds_alternative<effect::RetryProblem>(effect)) {
    post_task([this] { open(); });
  }
}

void Desk::note_unfinished(bool unfinished) {
  post_task([this, unfinished] { unfinished_.set(unfinished); });
}

void Desk::tidy() {
  post_task([this] {
    overwrite_dead_stack();
    if (!store_) return;
    if (const Status done = store_->checkpoint(); !done) log_warning("app", "{}", done.error().message);
  });
}

void Desk::open() {
  if (store_) return mailbox_.post(Action(action::ProblemCleared{}));
  const auto give_up = [&](const Error& error) {
    log_error("app", "the kiosk cannot work: {} ({})", error.message, error_code_name(error.code));
    mailbox_.post(Action(action::ProblemRaised{Problem{error.code, error.message}}));
  };
  auto enrolment = sync::load_enrolment(options_.folder.root);
  if (!enrolment) return give_up(enrolment.error());
  // Checking a long journal takes a while; which district this is, the first screens must know before.
  KioskStatus early;
  early.district = enrolment->centre.identity.district;
  early.kiosk = enrolment->centre.identity.device_code;
  mailbox_.post(std::move(early));
  const StoreOptions store_options =
      enrolment->store_options(options_.folder.journal(), options_.program_version, options_.program_built_ms);
  auto store = Store::open(store_options, *env_);
  if (!store) return give_up(store.error());
  note_store_notice(events_, **store, options_.folder.root);
  auto transport = sync::CurlTransport::open(enrolment->transport_options());
  if (!transport) return give_up(transport.error());

  sync::SyncRunnerOptions runner;
  runner.store = store_options;
  runner.enrolment_folder = options_.folder.root;
  runner.store.check = OpeningCheck::kDoneAlready;  // by ours, a moment ago
  runner.schedule.poll_ms = options_.poll_ms;
  runner.transport = *std::move(transport);
  runner.device_key = crypto::SigningKey::from_seed(enrolment->device_key.seed());
  runner.courier_folder = options_.folder.courier();
  runner.env = make_system_env();
  enrolment_ = *std::move(enrolment);
  store_ = *std::move(store);

  auto started = sync::SyncRunner::start(
      std::move(runner), [this](const sync::SyncState& state) { post_task([this, state] { after_round(state); }); });
  // Without the synchronisation the kiosk still takes tickets; they wait.
  if (started) {
    sync_ = *std::move(started);
  } else {
    log_error("app", "no synchronisation: {}", started.error().message);
  }
  mailbox_.post(Action(action::ProblemCleared{}));
  tell_status();
  prepare_receipt();
}

void Desk::prepare_receipt() {
  if (ready_pair_ || !enrolment_) return;
  auto pair = make_receipt_pair(*env_, enrolment_->centre.identity.device);
  if (pair) ready_pair_ = *std::move(pair);
}

void Desk::file(effect::FileTicket ask) {
  const auto refuse = [&](const Error& error) {
    log_error("app", "a ticket was not saved: {} ({})", error.message, error_code_name(error.code));
    mailbox_.post(Action(action::FilingFailed{ask.id, error.code}));
  };
  if (!store_) {
    wipe(ask.request);
    return refuse({ErrorCode::kStorageFailed, "the store is not open"});
  }
  prepare_receipt();
  if (!ready_pair_) {
    wipe(ask.request);
    return refuse({ErrorCode::kInternal, "no memory for a receipt code"});
  }
  auto done = commit(ask);
  bool left_out = false;
  if (!done && done.error().code == ErrorCode::kStorageFull && !ask.media.empty() && has_words(ask.request)) {
    // Photos take a thousand times what words take: what can still be saved is.
    log_warning("app", "no room for {} photos and voices of a ticket", ask.media.size());
    left_out = true;
    ask.media.clear();
    ask.request.told_by_media = false;
    prepare_receipt();
    if (ready_pair_) done = commit(ask);
  }
  wipe(ask.request);
  if (!done) return refuse(done.error());

  std::string digits = done->code.grouped();
  mailbox_.post(Action(action::FilingDone{ask.id, done->filed.number, PersonalText(digits), std::move(done->statement),
                                          done->filed.filed_ms, left_out}));
  wipe(digits);
  if (sync_) sync_->nudge(sync::Nudge::kFiled);
  counter_.tickets_changed(*store_, store_->take_touched());
  tell_status();
  prepare_receipt();
}

namespace {

// Views of what the session gave; nothing is copied.
std::vector<NewMedia> as_new_media(const std::vector<FilingMedia>& given) {
  std::vector<NewMedia> media;
  for (const FilingMedia& one : given) media.push_back({one.media, one.content.view(), one.preview.view()});
  return media;
}

}  // namespace

Result<Receipted> Desk::commit(const effect::FileTicket& ask) {
  const std::vector<NewMedia> media = as_new_media(ask.media);
  const LocalDate today = local_date(env_->wall_ms());
  std::optional<TicketAssisted> assisted;
  if (ask.assisted) assisted = TicketAssisted{{}, ask.assisted->officer, ask.assisted->how, ask.assisted->day};
  return file_request(*store_, catalogue_, ask.request, *std::exchange(ready_pair_, std::nullopt),
                      enrolment_->device_key, today, media, assisted);
}

void Desk::look_up(const effect::LookUpTicket& ask) {
  if (!store_) return mailbox_.post(Action(action::LookUpFailed{ask.id, ErrorCode::kStorageFailed}));
  auto found = store_->find_ticket(ask.number);
  if (!found) {
    log_error("app", "{}", found.error().message);
    return mailbox_.post(Action(action::LookUpFailed{ask.id, found.error().code}));
  }
  if (!*found) return mailbox_.post(Action(action::TicketNotFound{ask.id}));
  mailbox_.post(Action(action::TicketFound{ask.id, **std::move(found)}));
}

// What cannot be read now stays on the screen as it was.
void Desk::refresh(const effect::RefreshTicket& ask) {
  if (!store_) return;
  auto found = store_->find_ticket(ask.number);
  if (!found) return log_error("app", "{}", found.error().message);
  if (*found) mailbox_.post(Action(action::TicketRefreshed{**std::move(found)}));
}

void Desk::open_replies(const effect::OpenReplies& ask) {
  const auto refuse = [&](const Error& error) { mailbox_.post(Action(action::RepliesRefused{ask.id, error.code})); };
  if (!store_) return refuse({ErrorCode::kStorageFailed, "the store is not open"});
  const auto code = crypto::ReceiptCode::parse(ask.code.view());
  if (!code) return refuse(code.error());
  const auto ticket = store_->find_ticket(ask.ticket);
  if (!ticket) return refuse(ticket.error());
  if (!*ticket) return refuse({ErrorCode::kNotFound, "no such ticket"});
  auto replies = mimika::open_replies(**ticket, *code);
  if (!replies) return refuse(replies.error());
  mailbox_.post(Action(action::RepliesOpened{ask.id, *std::move(replies)}));
}

Result<EventKey> Desk::write_down(const effect::SayMore& ask) {
  if (!store_) return fail(ErrorCode::kStorageFailed, "the store is not open");
  if (ask.kind == SayKind::kRate) return store_->rate(ask.ticket, ask.score);
  const auto kind = ask.kind == SayKind::kReopen ? NewReply::Kind::kReopen : NewReply::Kind::kReply;
  // Of what was filed here the journal knows whether the office has a copy; of another kiosk's the category says it.
  TRY_ASSIGN(const std::optional<Ticket> ticket, store_->find_ticket(ask.ticket));
  const bool hidden = ticket && is_about_staff(catalogue_, ticket->category);
  return store_->reply({ask.ticket, ask.words.view(), kind, as_new_media(ask.media), hidden});
}

void Desk::say_more(effect::SayMore ask) {
  const auto refuse = [&](const Error& error) {
    log_error("app", "what somebody said of a ticket is not saved: {}", error.message);
    mailbox_.post(Action(action::SayFailed{ask.id, error.code}));
  };
  auto written = write_down(ask);
  // No room on the disk, or at the ticket: what can still be saved is, and the person is told.
  const bool no_room =
      !written && (written.error().code == ErrorCode::kStorageFull || written.error().code == ErrorCode::kTooLarge);
  const bool left_out = no_room && !ask.media.empty() && (ask.kind == SayKind::kReopen || !ask.words.empty());
  if (left_out) {
    log_warning("app", "a reply is tried without its {} photos: {}", ask.media.size(), written.error().message);
    ask.media.clear();
    written = write_down(ask);
  }
  if (!written) return refuse(written.error());
  const auto ticket = store_->find_ticket(ask.ticket);
  if (!ticket || !*ticket) return refuse(ticket ? Error{ErrorCode::kNotFound, "no such ticket"} : ticket.error());
  action::SaidMore done{ask.id, **ticket, {}, left_out};
  if (ask.kind == SayKind::kReply || !ask.words.empty()) done.reply = OpenedReply{*written, ask.words};
  mailbox_.post(Action(std::move(done)));
  if (sync_) sync_->nudge(sync::Nudge::kFiled);
  counter_.tickets_changed(*store_, store_->take_touched());
  tell_status();
}

void Desk::answer_survey(const effect::AnswerSurvey& ask) {
  const auto written = store_ ? store_->answer_survey(ask.scores)
                              : Result<EventKey>(fail(ErrorCode::kStorageFailed, "the store is not open"));
  if (!written) {
    log_error("app", "a survey is not saved: {}", written.error().message);
    return mailbox_.post(Action(action::SayFailed{ask.id, written.error().code}));
  }
  mailbox_.post(Action(action::SurveySaved{ask.id}));
  if (sync_) sync_->nudge(sync::Nudge::kFiled);
  tell_status();
}

void Desk::after_round(const sync::SyncState& state) {
  if (store_ && enrolment_) {
    counter_.take_accounts(*store_, *enrolment_);
    counter_.check_duty(*store_);
  }
  tell_status();
  if (!state.tickets_changed) return;
  mailbox_.post(Action(action::TicketsChanged{}));
  if (store_) counter_.tickets_changed(*store_, state.touched);
}

void Desk::run(staff::Effect effect) {
  auto box = std::make_shared<staff::Effect>(std::move(effect));
  if (post_task([this, box] { counter_.run(std::move(*box), store_.get()); })) return;
  // A queue that is full of what a failing disk holds up must keep nobody signed in, and nobody waiting.
  if (std::holds_alternative<staff::effect::SignOut>(*box)) signed_out_ = true;
  if (auto refused = Counter::refusal_of(*box)) mailbox_.post(*std::move(refused));
}

Result<KioskStatus> Desk::read_status() {
  TRY_ASSIGN(const OutboxStatus outbox, store_->outbox_status());
  KioskStatus status;
  status.district = store_->identity().district;
  status.kiosk = store_->identity().device_code;
  TRY_ASSIGN(status.clock, store_->clock_confidence());
  events_.set_clock(event_clock(status.clock));
  Standing& standing = status.standing;
  TRY_ASSIGN(standing.scope, store_->staff_scope());
  TRY_ASSIGN(status.office, store_->office());
  standing.journal = store_->notice().set_aside_path.empty() ? JournalState::kSound : JournalState::kSetAside;
  standing.unsent_events = outbox.unsent_events;
  standing.disputed_events = outbox.disputed_events;
  standing.unsent_attachments = outbox.unsent_blobs;
  standing.refused_attachments = outbox.refused_blobs;
  standing.refused_lately = outbox.refused_lately;
  standing.set_aside_lately = outbox.set_aside_lately;
  standing.oldest_unsent_ms = outbox.oldest_unsent_ms;
  standing.oldest_unsent_clock = outbox.oldest_unsent_clock;
  standing.last_contact_ms = outbox.last_contact_ms;
  return status;
}

void Desk::tell_status() {
  if (!store_) return;
  published_.refresh(*store_);
  auto status = read_status();
  if (!status) {
    // Saying nothing would leave on the screen what was true once.
    if (unreadable_ != status.error().code) log_error("app", "reading the status failed: {}", status.error().message);
    unreadable_ = status.error().code;
    status = KioskStatus{};
    status->district = store_->identity().district;
    status->standing.journal = JournalState::kUnreadable;
  } else {
    unreadable_.reset();
  }
  status->announcements = announcements_.refresh(*store_);
  if (!sync_) status->standing.sync = Synchronisation::kNotRunning;
  mailbox_.post(*std::move(status));
}

}  // namespace mimika
