#include "kiosk/app/counter.h"

#include <algorithm>
#include <utility>

#include "kiosk/base/log.h"
#include "kiosk/base/wipe.h"
#include "kiosk/model/iso_date.h"
#include "kiosk/tpm/tpm_vault.h"

namespace mimika {
namespace {

using staff::Trouble;

Trouble trouble_of(const Error& error) {
  switch (error.code) {
    case ErrorCode::kConflict:
      return Trouble::kMovedOn;
    case ErrorCode::kNotFound:
      return Trouble::kNumberWrong;
    case ErrorCode::kInvalidInput:
      return Trouble::kNoWords;
    case ErrorCode::kUnauthorised:
      return Trouble::kNotAllowed;
    default:
      return Trouble::kNotSaved;
  }
}

std::vector<NewMedia> evidence_of(const staff::Composing& what) {
  std::vector<NewMedia> media;
  for (const Photo& photo : what.photos) media.push_back({MediaKind::kPhoto, photo.jpeg.view(), photo.preview.view()});
  return media;
}

staff::OfficeNotice as_shown(const PostedNotice& notice) {
  return {notice.posted, notice.title, notice.text, notice.until, notice.by};
}

OfficeStand stand_of(OfficeState state) {
  return state == OfficeState::kOpen     ? OfficeStand::kOpen
         : state == OfficeState::kPaused ? OfficeStand::kPaused
                                         : OfficeStand::kClosed;
}

}  // namespace

Counter::Counter(CounterWorld world, const std::string& key_folder)
    : world_(std::move(world)), key_folder_(key_folder) {}

Result<const crypto::SecretBytes*> Counter::device_secret() {
  if (!device_secret_) {
    if (!vault_) vault_ = crypto::choose_vault(key_folder_);
    TRY_ASSIGN(device_secret_, vault_->secret(world_.env));
  }
  return &*device_secret_;
}

void Counter::take_accounts(Store& store, const sync::Enrolment& enrolment) {
  const auto version = store.document_version(wire::DocumentKind::kAccounts);
  if (!version || *version == accounts_version_) return;
  const auto document = store.document(wire::DocumentKind::kAccounts);
  if (!document) return log_warning("staff", "the accounts cannot be read: {}", document.error().message);
  if (!*document || (*document)->content.empty()) {
    accounts_version_ = *version;  // taken in an earlier life of this program
    return;
  }
  const auto taken = [&]() -> Status {
    TRY_ASSIGN(
        wire::StaffAccounts accounts,
        wire::open_accounts_document((*document)->content, enrolment.centre.identity.device, enrolment.device_key));
    const auto secret = device_secret();
    const Status stored = secret ? store.take_staff_accounts(accounts, **secret) : std::unexpected(secret.error());
    for (wire::StaffAccount& account : accounts.accounts) wipe(account.credential.wrapped_seed);
    wipe(accounts.challenge_secret);
    return stored;
  }();
  if (!taken) log_error("staff", "the accounts of version {} are not taken: {}", *version, taken.error().message);
  // What a full disk or a chip that is busy kept back is tried again with the next round; what is no good is not.
  const bool no_good =
      !taken && (taken.error().code == ErrorCode::kCorrupt || taken.error().code == ErrorCode::kNotFound ||
                 taken.error().code == ErrorCode::kConflict || taken.error().code == ErrorCode::kTooLarge);
  if (taken || no_good) accounts_version_ = *version;
}

void Counter::check_duty(Store& store) {
  if (!duty_) return;
  const auto member = store.staff_member(duty_->actor.account);
  const auto policy = store.policy();
  if (!member || !policy) return;  // not known now; the next round asks again
  const bool revoked = *policy && std::ranges::count((*policy)->revoked_accounts, duty_->actor.account) > 0;
  if (!revoked && *member && (*member)->role == duty_->actor.role) return;
  log_warning("staff", "the account {} may no longer work here: signed out", duty_->actor.account);
  sign_out(&store, StaffAct::kTimedOut);
  world_.closed();
}

void Counter::sign_out(Store* store, StaffAct why) {
  if (!duty_) return;
  const Actor actor = duty_->actor;
  duty_.reset();
  book_.reset();
  waiting_reports_.clear();
  ++turn_;
  overwrite_dead_stack();
  if (store == nullptr) return;
  if (const Status noted = store->note_staff_act({actor, why, {}}); !noted)
    log_error("staff", "a signing out is not written down: {}", noted.error().message);
  world_.written();
}

// Of what was filed here, and has no copy for the office, it is known that it is not for the office: also of a secret
// ticket, whose category only the centre reads.
CaseKind Counter::kind_of(Store& store, const Ticket& ticket) const {
  bool hidden = book_ && book_->is_about_staff(ticket);
  if (!hidden && ticket.id.device == store.identity().device) {
    const auto has = store.office_has_copy(ticket.id);
    hidden = has && !*has;
  }
  return case_kind(ticket.confidentiality, hidden);
}

bool Counter::may_read(Store& store) const {
  const auto scope = store.staff_scope();
  return duty_ && scope && may(OfficerAction::kReadPrivate, duty_->actor.role, CaseKind::kNameHidden, *scope);
}

bool Counter::allowed(Store& store, OfficerAction action) const {
  const auto scope = store.staff_scope();
  return duty_ && scope && may(action, duty_->actor.role, *scope);
}

std::array<bool, kOfficerActions> Counter::may_now(Store& store, const Ticket& ticket) const {
  std::array<bool, kOfficerActions> out{};
  const auto scope = store.staff_scope();
  if (!duty_ || !scope) return out;
  const CaseKind kind = kind_of(store, ticket);
  // Nobody here can tell what a secret ticket of another kiosk is about: it may be about this office.
  const bool sealed_away = is_secret(ticket.confidentiality) && ticket.id.device != store.identity().device;
  for (std::size_t i = 0; i < kOfficerActions; ++i) {
    const auto action = static_cast<OfficerAction>(i);
    out[i] = may(action, duty_->actor.role, kind, *scope) && possible(action, ticket) &&
             (!sealed_away || action == OfficerAction::kSeeInQueue);
  }
  return out;
}

// That somebody reads is written down before they see a word of it.
Result<staff::Case> Counter::read(Store& store, const TicketId& id, bool note) {
  if (!duty_ || !book_) return fail(ErrorCode::kUnauthorised, "nobody is signed in");
  TRY_ASSIGN(const std::optional<Ticket> ticket, store.find_ticket(id));
  if (!ticket) return fail(ErrorCode::kNotFound, "no such ticket here");
  const auto may_do = may_now(store, *ticket);
  if (!may_do[static_cast<std::size_t>(OfficerAction::kSeeInQueue)])
    return fail(ErrorCode::kUnauthorised, "not for this office");
  const bool reads = may_do[static_cast<std::size_t>(OfficerAction::kReadPrivate)];
  const auto readable = store.office_has_copy(id);
  if (reads && note && readable && *readable) {
    TRY(store.note_private_read(id, duty_->actor));
    world_.written();
  }
  staff::Case out;
  if (reads) {
    TRY_ASSIGN(out, book_->read_case(store, id, world_.env.wall_ms()));
  } else {
    out.ticket = *ticket;
    out.mark = book_->mark(*ticket, world_.env.wall_ms());
    out.unreadable = staff::Unreadable::kNotAllowed;
  }
  out.may = may_do;
  return out;
}

// In pieces, so that what the officer asks meanwhile is answered between two of them.
void Counter::load_on(Store& store) {
  if (!book_ || book_->complete()) return end_loading(true);
  const bool posted = world_.post([this, &store, turn = turn_] {
    if (turn != turn_ || !book_) return;
    const bool had_lists = book_->has_lists();
    const auto more = book_->load_more(store, world_.env.wall_ms());
    if (!more) {
      log_error("office", "what can be searched is not whole: {}", more.error().message);
      return end_loading(false);
    }
    if (*more || had_lists != book_->has_lists()) world_.tell(staff::action::TicketsChanged{});
    if (book_->has_lists()) end_loading(true);
    if (!*more) load_on(store);
  });
  if (!posted) end_loading(false);
}

// Reports that waited for the lists.
void Counter::end_loading(bool well) {
  for (const staff::effect::ReadReport& ask : std::exchange(waiting_reports_, {})) {
    if (well && book_) {
      world_.tell(staff::action::ReportRead{ask.id, book_->report(ask.span, ask.day)});
    } else {
      world_.tell(staff::action::Refused{ask.id, Trouble::kNotSaved});
    }
  }
}

void Counter::tickets_changed(Store& store, const std::optional<std::vector<TicketId>>& changed) {
  if (!book_) return;
  if (const Status done = book_->refresh(store, changed, world_.env.wall_ms()); !done) {
    log_error("office", "the lists are not up to date: {}", done.error().message);
  }
  world_.tell(staff::action::TicketsChanged{});
}

class Counter::Runner {
 public:
  Runner(Counter& counter, Store& store) : c_(counter), store_(store) {}

  void operator()(const staff::effect::ReadPeople&) { tell_people({}); }

  void operator()(staff::effect::SignIn& ask) {
    const auto secret = c_.device_secret();
    if (!secret) {
      log_error("staff", "this device has no secret: {}", secret.error().message);
      ask.pin.wipe();
      return c_.world_.tell(staff::action::LetInRefused{ask.id, Trouble::kNotSaved, 0});
    }
    auto in = office::sign_in(store_, c_.world_.env, **secret, ask.login, ask.pin.view(), nullptr);
    ask.pin.wipe();
    c_.world_.written();
    if (!in) return c_.world_.tell(staff::action::LetInRefused{ask.id, in.error().trouble, in.error().wait_ms});
    ++c_.turn_;
    c_.duty_ = in->duty;
    const auto scope = store_.staff_scope();
    for (std::size_t i = 0; scope && i < kOfficerActions; ++i) {
      const auto action = static_cast<OfficerAction>(i);
      if (!is_about_ticket(action)) c_.duty_->may[i] = may(action, c_.duty_->actor.role, *scope);
    }
    c_.book_.reset();
    if (in->office_key) {
      c_.book_ = std::make_unique<office::OfficeBook>(*std::move(in->office_key), c_.world_.catalogue,
                                                      c_.world_.catalogue.work_calendar());
      c_.book_->let_read(c_.may_read(store_));
      static_cast<void>(store_.take_touched());  // all of it is read now
      c_.load_on(store_);
    }
    c_.world_.tell(staff::action::LetInDone{ask.id, *c_.duty_});
  }

  void operator()(staff::effect::ChangePin& ask) {
    const auto secret = c_.device_secret();
    Trouble trouble = Trouble::kNotAllowed;
    if (c_.duty_ && secret) {
      trouble = office::change_pin(store_, c_.world_.env, **secret, c_.duty_->actor,
                                   c_.book_ ? &c_.book_->key() : nullptr, ask.pin.view(), nullptr);
    }
    ask.pin.wipe();
    if (trouble != Trouble::kNone) return refuse(ask.id, trouble);
    c_.duty_->must_change_pin = false;
    c_.world_.written();
    c_.world_.tell(staff::action::PinChanged{ask.id});
  }

  void operator()(const staff::effect::SignOut& ask) {
    c_.sign_out(&store_, ask.timed_out ? StaffAct::kTimedOut : StaffAct::kSignedOut);
  }

  void operator()(const staff::effect::ReadQueue& ask) {
    if (!c_.book_) return refuse(ask.id, Trouble::kNotAllowed);
    if (c_.book_->let_read(c_.may_read(store_))) c_.load_on(store_);
    auto page = c_.book_->page(store_, ask.tab, ask.first, now());
    if (!page) return refuse(ask.id, page.error());
    c_.world_.tell(staff::action::QueueRead{ask.id, *std::move(page)});
  }

  void operator()(staff::effect::Search& ask) {
    if (!c_.book_) return refuse(ask.id, Trouble::kNotAllowed);
    if (c_.book_->let_read(c_.may_read(store_))) c_.load_on(store_);
    auto hits = c_.book_->search(store_, ask.words.view(), now());
    ask.words.wipe();
    if (!hits) return refuse(ask.id, hits.error());
    c_.world_.tell(staff::action::Searched{ask.id, *std::move(hits)});
  }

  void operator()(const staff::effect::ReadCase& ask) {
    auto read = c_.read(store_, ask.ticket, !ask.again);
    if (!read) return refuse(ask.id, read.error());
    c_.world_.tell(staff::action::CaseRead{ask.id, *std::move(read)});
  }

  void operator()(staff::effect::Act& ask) {
    auto done = act(ask);
    if (!done) return refuse(ask.id, done.error());
    c_.world_.written();
    c_.tickets_changed(store_, store_.take_touched());
    auto read = c_.read(store_, ask.ticket, false);
    if (!read) {  // it is saved, whatever can be read of it now
      read = staff::Case{};
      read->may = c_.may_now(store_, *done);
      read->ticket = *std::move(done);
      read->unreadable = staff::Unreadable::kDamaged;
    }
    c_.world_.tell(staff::action::ActDone{ask.id, *std::move(read)});
  }

  void operator()(const staff::effect::ReadReport& ask) {
    if (!c_.book_ || !c_.allowed(store_, OfficerAction::kReport)) return refuse(ask.id, Trouble::kNotAllowed);
    if (!c_.book_->has_lists()) return c_.waiting_reports_.push_back(ask);
    c_.world_.tell(staff::action::ReportRead{ask.id, c_.book_->report(ask.span, ask.day)});
  }

  void operator()(const staff::effect::SetOffice& ask) {
    if (!c_.allowed(store_, OfficerAction::kSetOffice)) return;
    if (const Status set = store_.set_office(c_.duty_->actor, stand_of(ask.state)); !set)
      log_error("staff", "how the office stands is not saved: {}", set.error().message);
    c_.world_.written();
  }

  void operator()(const staff::effect::ReadNotices&) { tell_notices({}); }

  void operator()(staff::effect::PostNotice& ask) {
    if (!c_.allowed(store_, OfficerAction::kAnnounce)) return refuse(ask.id, Trouble::kNotAllowed);
    if (!ask.until.empty() && !parse_iso_date(ask.until.view())) return refuse(ask.id, Trouble::kDateWrong);
    const auto posted = store_.post_notice(c_.duty_->actor, ask.title.view(), ask.text.view(), ask.until.view());
    if (!posted) return refuse(ask.id, posted.error());
    c_.world_.written();
    tell_notices(ask.id);
  }

  void operator()(const staff::effect::WithdrawNotice& ask) {
    if (!c_.allowed(store_, OfficerAction::kAnnounce)) return refuse(ask.id, Trouble::kNotAllowed);
    if (const Status done = store_.withdraw_notice(c_.duty_->actor, ask.posted); !done)
      return refuse(ask.id, done.error());
    c_.world_.written();
    tell_notices(ask.id);
  }

  void operator()(const staff::effect::LetIn& ask) {
    if (!c_.allowed(store_, OfficerAction::kLetIn)) return refuse(ask.id, Trouble::kNotAllowed);
    if (const Status done = office::let_in(store_, c_.duty_->actor, ask.login); !done)
      return refuse(ask.id, done.error());
    c_.world_.written();
    tell_people(ask.id);
  }

  // A photo in its full size with the case; a voice on its own, for the loudspeaker.
  void operator()(const staff::effect::PlayMedia& ask) {
    auto read = c_.read(store_, ask.ticket, false);
    if (!read) return refuse(ask.id, read.error());
    for (staff::CaseMedia& media : read->media) {
      if (media.event != ask.event) continue;
      if (media.media == MediaKind::kVoice) {
        auto voice = c_.book_->open_media(store_, ask.ticket, ask.event);
        c_.world_.play(ask.id, voice ? PersonalBytes(*voice) : PersonalBytes());
        if (voice) wipe(*voice);
        return;
      }
      auto content = c_.book_->open_media(store_, ask.ticket, ask.event);
      if (!content) return refuse(ask.id, content.error());
      media.preview = PersonalBytes(*content);
      wipe(*content);
    }
    c_.world_.tell(staff::action::CaseRead{ask.id, *std::move(read)});
  }

  // The screen's own.
  void operator()(const staff::effect::StopMedia&) {}
  void operator()(const staff::effect::TakePhoto&) {}
  void operator()(const staff::effect::PrintReport&) {}
  void operator()(const staff::effect::ServeResident&) {}
  void operator()(const staff::effect::Close&) {}

 private:
  [[nodiscard]] WallMs now() const { return c_.world_.env.wall_ms(); }
  void refuse(RequestId id, Trouble trouble) { c_.world_.tell(staff::action::Refused{id, trouble}); }
  void refuse(RequestId id, const Error& error) {
    log_warning("staff", "not done: {} ({})", error.message, error_code_name(error.code));
    refuse(id, trouble_of(error));
  }

  Result<Ticket> act(staff::effect::Act& ask) {
    TRY_ASSIGN(const std::optional<Ticket> ticket, store_.find_ticket(ask.ticket));
    if (!ticket) return fail(ErrorCode::kConflict, "the ticket is gone");
    const auto scope = store_.staff_scope();
    if (!c_.duty_ || !scope) return fail(ErrorCode::kUnauthorised, "nobody is signed in");
    const CaseKind kind = c_.kind_of(store_, *ticket);
    const bool sealed_away = is_secret(ticket->confidentiality) && ticket->id.device != store_.identity().device;
    if (sealed_away || !may(ask.what.action, c_.duty_->actor.role, kind, *scope))
      return fail(ErrorCode::kUnauthorised, "not this role's to do");
    OfficerAct act;
    act.action = ask.what.action;
    act.ticket = ask.ticket;
    act.seen_entries = ask.seen_entries;
    act.actor = c_.duty_->actor;
    act.words = ask.what.words.view();
    if (ask.what.opd) act.opd = *ask.what.opd;
    if (act.action == OfficerAction::kHandOver && c_.world_.catalogue.find_opd(act.opd) == nullptr)
      return fail(ErrorCode::kUnauthorised, "no such agency");
    if (act.action == OfficerAction::kMarkDuplicate) {
      const auto other = parse_ticket_number(ask.what.other.view());
      if (!other) return fail(ErrorCode::kNotFound, "no ticket number");
      TRY_ASSIGN(const std::optional<Ticket> known, store_.find_ticket(*other));
      // What is about the office, or secret, is tied to nothing in public: as if it were not here.
      if (known && (c_.kind_of(store_, *known) == CaseKind::kAboutStaff || is_secret(known->confidentiality)))
        return fail(ErrorCode::kNotFound, "no ticket to be tied to");
      act.other = *other;
    }
    auto done = store_.act(act, evidence_of(ask.what));
    ask.what.words.wipe();
    return done;
  }

  void tell_people(RequestId asked) {
    const auto members = store_.staff();
    if (!members) return refuse(asked, members.error());
    const auto policy = store_.policy();
    const std::vector<std::string> revoked =
        policy && *policy ? (*policy)->revoked_accounts : std::vector<std::string>();
    c_.world_.tell(staff::action::PeopleRead{office::people(*members, c_.world_.env.monotonic_ms(), revoked)});
  }

  void tell_notices(RequestId asked) {
    const auto posted = store_.notices();
    if (!posted) return refuse(asked, posted.error());
    std::vector<staff::OfficeNotice> notices;
    for (const PostedNotice& notice : *posted) notices.push_back(as_shown(notice));
    c_.world_.tell(staff::action::NoticesRead{std::move(notices)});
  }

  Counter& c_;
  Store& store_;
};

std::optional<staff::Action> Counter::refusal_of(const staff::Effect& effect) {
  return std::visit(
      [](const auto& ask) -> std::optional<staff::Action> {
        using Asked = std::decay_t<decltype(ask)>;
        if constexpr (std::is_same_v<Asked, staff::effect::SignIn>) {
          return staff::action::LetInRefused{ask.id, Trouble::kNotSaved, 0};
        } else if constexpr (requires { ask.id; }) {
          return staff::action::Refused{ask.id, Trouble::kNotSaved};
        } else {
          return std::nullopt;
        }
      },
      effect);
}

void Counter::run(staff::Effect effect, Store* store) {
  if (store == nullptr) {
    if (auto refused = refusal_of(effect)) world_.tell(*std::move(refused));
    return;
  }
  std::visit(Runner(*this, *store), effect);
}

}  // namespace mimika
