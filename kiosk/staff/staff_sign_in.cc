// Who comes to the counter, and goes. A PIN stands in the session only while it is typed.
#include <algorithm>
#include <utility>

#include "kiosk/staff/staff_reducers.h"

namespace mimika::staff {
namespace {

const Person* person_of(const Session& session, const std::string& login) {
  const auto found = std::ranges::find(session.people, login, &Person::login);
  return found == session.people.end() ? nullptr : &*found;
}

// "111111", "123456", "987654": what is tried first.
bool is_run_of_digits(std::string_view digits) {
  const auto steps_by = [&](int step) {
    return std::adjacent_find(digits.begin(), digits.end(), [&](char a, char b) { return b - a != step; }) ==
           digits.end();
  };
  return steps_by(0) || steps_by(1) || steps_by(-1);
}

}  // namespace

Trouble trouble_of_new_pin(const PinEntry& entry) {
  const std::string_view pin = entry.pin.view();
  if (pin.size() < (entry.passphrase ? kPassphraseBytes : kPinDigits)) return Trouble::kPinTooShort;
  if (is_run_of_digits(pin)) return Trouble::kPinTooSimple;
  if (pin != entry.again.view()) return Trouble::kPinsDiffer;
  return Trouble::kNone;
}

int seconds_until_try(const Session& session, const Context& context) {
  const std::int64_t left_ms = session.try_again_ms - context.monotonic_ms;
  return left_ms <= 0 ? 0 : static_cast<int>((left_ms + 999) / 1000);
}

namespace reducers {

void open(Change& change) {
  Session& session = change.session;
  if (session.duty || session.waiting == Waiting::kSignIn) return;
  go(change, Screen::kWho);
  change.effects.emplace_back(effect::ReadPeople{});
}

void close(Change& change) {
  Session fresh;
  fresh.request = change.session.request;
  ++fresh.request.value;  // whatever is still being read is for nobody
  fresh.last_activity_ms = change.context.monotonic_ms;
  fresh.last_photo = change.session.last_photo;
  change.session = std::move(fresh);
  change.effects.emplace_back(effect::Close{});
}

void sign_out(Change& change, SignOutWhy why) {
  Session& session = change.session;
  stop_media(change);
  forget_cases(session);
  session.entry = {};
  const std::string login = session.duty ? session.duty->actor.account : std::string();
  session.duty.reset();
  session.dialog = Dialog::kNone;
  session.duty_warned = false;
  session.waiting = Waiting::kNothing;
  change.effects.emplace_back(effect::SignOut{.timed_out = why != SignOutWhy::kAsked});
  if (why == SignOutWhy::kAsked) return close(change);
  if (why == SignOutWhy::kScreenGivenAway) {
    ++session.request.value;
    session.screen = person_of(session, login) == nullptr ? Screen::kWho : Screen::kPin;
    session.entry.login = login;
    session.trouble = Trouble::kNone;
    session.try_again_ms = 0;
    session.last_activity_ms = change.context.monotonic_ms;
    change.effects.emplace_back(effect::ReadPeople{});
    return;
  }
  // Whoever comes back reads why their work is gone.
  ++session.request.value;
  session.screen = Screen::kWho;
  session.trouble = why == SignOutWhy::kDutyOver ? Trouble::kDutyOver : Trouble::kTimedOut;
  session.last_activity_ms = change.context.monotonic_ms;
  change.effects.emplace_back(effect::ReadPeople{});
}

void choose_person(Change& change, const std::string& login) {
  Session& session = change.session;
  if (session.screen != Screen::kWho) return;
  const Person* person = person_of(session, login);
  if (person == nullptr) return;
  if (person->locked) {
    session.trouble = Trouble::kLocked;
    return;
  }
  const std::int64_t try_again_ms = person->wait_ms > 0 ? session.people_read_ms + person->wait_ms : 0;
  const std::string chosen = person->login;
  // A row of an outreach is its officer's own.
  session.outreach_day.wipe();
  session.outreach_kampung.reset();
  session.outreach_filed = 0;
  go(change, Screen::kPin);
  session.entry = {.login = chosen, .pin = {}, .again = {}, .passphrase = false};
  session.try_again_ms = try_again_ms;
}

void toggle_passphrase(Change& change) {
  Session& session = change.session;
  if (session.screen != Screen::kPin && session.screen != Screen::kNewPin) return;
  session.entry.passphrase = !session.entry.passphrase;
  session.entry.pin.wipe();
  session.entry.again.wipe();
  session.trouble = Trouble::kNone;
}

namespace {

void save_new_pin(Change& change) {
  Session& session = change.session;
  if (session.waiting == Waiting::kNewPin) return;
  session.trouble = trouble_of_new_pin(session.entry);
  if (session.trouble != Trouble::kNone) return;
  const RequestId id = ask(change, Waiting::kNewPin);
  change.effects.emplace_back(effect::ChangePin{.id = id, .pin = std::move(session.entry.pin)});
  session.entry.pin.wipe();
  session.entry.again.wipe();
}

}  // namespace

void enter_pin(Change& change) {
  Session& session = change.session;
  if (session.screen == Screen::kNewPin) return save_new_pin(change);
  if (session.screen != Screen::kPin) return;
  if (seconds_until_try(session, change.context) > 0) {
    session.trouble = Trouble::kPinWait;
    return;
  }
  if (session.entry.pin.size() < kPinDigits) {
    session.trouble = Trouble::kPinTooShort;
    return;
  }
  const RequestId id = ask(change, Waiting::kSignIn);
  change.effects.emplace_back(
      effect::SignIn{.id = id, .login = session.entry.login, .pin = std::move(session.entry.pin)});
  session.entry.pin.wipe();
  session.trouble = Trouble::kNone;
  session.screen = Screen::kEntering;
}

void let_in_done(Change& change, action::LetInDone& done) {
  Session& session = change.session;
  if (!answers(change, done.request, Waiting::kSignIn)) return;
  session.duty = std::move(done.duty);
  session.duty_warned = false;
  session.try_again_ms = 0;
  session.last_activity_ms = change.context.monotonic_ms;
  if (session.duty->must_change_pin) return go(change, Screen::kNewPin);
  if (session.outreach_filed > 0) return open_outreach(change);
  open_queue(change);
}

void let_in_refused(Change& change, const action::LetInRefused& refused) {
  Session& session = change.session;
  if (!answers(change, refused.request, Waiting::kSignIn)) return;
  session.screen = Screen::kPin;
  session.trouble = refused.trouble;
  session.try_again_ms = refused.wait_ms > 0 ? change.context.monotonic_ms + refused.wait_ms : 0;
  session.last_activity_ms = change.context.monotonic_ms;  // they were kept waiting; their time starts now
  change.effects.emplace_back(effect::ReadPeople{});
  if (refused.trouble != Trouble::kLocked) return;
  go(change, Screen::kWho);
  session.trouble = Trouble::kLocked;
}

void change_pin(Change& change) {
  go(change, Screen::kNewPin);
}

void pin_changed(Change& change, RequestId request) {
  Session& session = change.session;
  if (!answers(change, request, Waiting::kNewPin) || !session.duty) return;
  session.duty->must_change_pin = false;
  open_queue(change);
  session.done = true;
}

void people_read(Change& change, std::vector<Person>& people) {
  Session& session = change.session;
  session.people = std::move(people);
  session.people_read_ms = change.context.monotonic_ms;
  if (session.waiting != Waiting::kLetIn) return;
  session.waiting = Waiting::kNothing;
  session.done = true;
}

}  // namespace reducers
}  // namespace mimika::staff
